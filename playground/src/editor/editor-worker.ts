// The editor's own worker, as a file of the page's server.

import 'monaco-editor/editor/editor.worker.js';

// The door of checking without data: what `merit check` loads, and what every command says on the way.

export { lint } from './analyse/lint.ts';
export { CONFIG_FILE, loadProject, type Project } from './node-project.ts';
export { countText, diagnosticsText } from './report/diagnostic-text.ts';
export { visibleLines } from './report/terminal-text.ts';
export { compileVersions } from './versions.ts';

// The page's start: the state is restored, the frame is painted, the workers begin, and the editor comes after.

import './app/theme.css';
import './app/app.css';
import { render } from 'preact';
import { startKeys } from './app/keys.ts';
import { App } from './app/layout.tsx';
import { startLook } from './app/look.ts';
import { trustOwnScripts } from './app/trust.ts';
import { startWork } from './app/work.ts';
import { keepOffline } from './share/offline.ts';
import { restore } from './share/restore.ts';
import { startWorkers } from './worker/client.ts';

trustOwnScripts();
startWorkers();
startLook();
await restore();
const root = document.querySelector('#app')!;
root.replaceChildren();
render(<App />, root);
startWork();
startKeys();
keepOffline();

// A worker of the page: it holds the policy and the data, and answers one request after the other. The handlers of a
// part are loaded when the part is first asked for.

import { createDesk, type Desk } from './held.ts';
import type { FromWorker, RequestName, ToWorker } from './protocol.ts';

type Handler = (params: unknown, desk: Desk) => Promise<unknown>;

const PARTS: Readonly<Record<string, () => Promise<{ readonly handlers: object }>>> = {
  language: () => import('./handle-language.ts'),
  editor: () => import('./handle-editor.ts'),
  run: () => import('./handle-run.ts'),
  data: () => import('./handle-data.ts'),
  results: () => import('./handle-results.ts'),
  charts: () => import('./handle-charts.ts'),
  texts: () => import('./handle-texts.ts'),
  tests: () => import('./handle-tests.ts'),
  changes: () => import('./handle-changes.ts'),
};

const desk = createDesk();
// Messages are taken one after the other: a request sees what was held when it was sent.
let last: Promise<void> = Promise.resolve();

self.addEventListener('message', ({ data: message }: MessageEvent<ToWorker>) => {
  last = last.then(() => take(message));
});

async function take(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'hold':
      desk.hold(message.held);
      return;
    case 'ask': {
      const { id, name, params } = message;
      try {
        const handler = await handlerOf(name);
        post({ kind: 'answer', id, answer: await handler(params, desk) });
      } catch (error) {
        post({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) });
      }
      return;
    }
    default:
      message satisfies never;
  }
}

async function handlerOf(name: RequestName): Promise<Handler> {
  const load = PARTS[name.slice(0, name.indexOf('.'))];
  const { handlers } = (await load?.()) ?? { handlers: {} };
  const handler = (handlers as Readonly<Record<string, Handler>>)[name];
  if (!handler) throw new Error(`nobody answers ${name}`);
  return handler;
}

// a worker is called after the part that it is asked first, which is there then
void PARTS[self.name.slice(self.name.indexOf('-') + 1)]?.();

function post(message: FromWorker): void {
  self.postMessage(message);
}

// Values of the project's own data, for hovers, hints and lenses: run in the background a moment after the last edit, where
// the user's settings ask for it. Until there are new ones, none are shown.

import { CodeLensRefreshRequest, InlayHintRefreshRequest } from 'vscode-languageserver/node';
import { valuesOf } from '../node-editor.ts';
import type { Workplace } from './lsp-projects.ts';
import type { Session } from './lsp-session.ts';

/** How long nothing has to be typed until the data is run, in milliseconds. */
const PAUSE = 500;

/** Runs projects in the background. */
export interface Values {
  /** Something has changed: run soon. */
  soon(): void;
  close(): void;
}

/** Runs the projects of a session's documents. */
export function createValues(session: Session): Values {
  const { connection, documents, projects } = session;
  let timer: NodeJS.Timeout | undefined;
  let said = '';
  const work = async (): Promise<void> => {
    const open = new Set<Workplace>();
    for (const { name } of documents.all()) {
      const workplace = await projects.of(name);
      if (workplace?.onDisk) open.add(workplace);
    }
    for (const workplace of open) await learnValues(workplace);
  };
  const learnValues = async (workplace: Workplace): Promise<void> => {
    if (!workplace.onDisk || session.known(workplace).values) return;
    const count = projects.count();
    const { period, person } = session.settings();
    const asked = { project: workplace.onDisk, ...(period !== undefined && { period }) };
    const answer = await session.background.ask('run', asked);
    if (!answer || count !== projects.count()) return;
    if (answer.kind === 'none') {
      if (said !== answer.why) connection.console.info(`no values: ${answer.why}`);
      said = answer.why;
      return;
    }
    said = '';
    const values = valuesOf(answer.result, person === undefined ? {} : { person });
    if (!values) return;
    session.learn(workplace, { values });
    await refreshShown(session);
  };
  return {
    soon() {
      clearTimeout(timer);
      if (!session.settings().values) return;
      timer = setTimeout(() => void work().catch(() => undefined), PAUSE);
    },
    close: () => clearTimeout(timer),
  };
}

/** Has the editor ask again for what it shows beside the text. */
export async function refreshShown({ connection, client }: Session): Promise<void> {
  const { workspace } = client();
  const asked = [
    ...(workspace?.codeLens?.refreshSupport ? [CodeLensRefreshRequest.type] : []),
    ...(workspace?.inlayHint?.refreshSupport ? [InlayHintRefreshRequest.type] : []),
  ];
  await Promise.all(asked.map((type) => connection.sendRequest(type).catch(() => undefined)));
}

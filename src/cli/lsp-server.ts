// A session of the language server from its beginning to its end: what it hears about documents, files and settings.
// Answers are in lsp-names.ts, lsp-texts.ts, lsp-colours.ts and lsp-shown.ts, commands in lsp-commands.ts.

import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type Connection,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { openBackground, VERSION } from '../node-editor.ts';
import { pagesFolder } from './explain-error.ts';
import { capabilities, rootsOf, settingsFrom, WATCHED, wantsToAsk } from './lsp-capabilities.ts';
import { answerColours } from './lsp-colours.ts';
import { answerCommands } from './lsp-commands.ts';
import { createDocuments } from './lsp-documents.ts';
import { createTeller } from './lsp-findings.ts';
import { answerNames } from './lsp-names.ts';
import { type Encoding, encodingFor, pathOf } from './lsp-positions.ts';
import { createProjects, type Workplace } from './lsp-projects.ts';
import { DEFAULTS, type Known, type Session, type Settings } from './lsp-session.ts';
import { answerShown } from './lsp-shown.ts';
import { answerTexts } from './lsp-texts.ts';
import { CANCELS, guarded, type Stage } from './lsp-transport.ts';
import { createValues, refreshShown } from './lsp-values.ts';
import type { ExitCode } from './usage.ts';

/** The streams of a session. */
export interface Wire {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** What becomes known of the client as the session goes on. */
interface State {
  stage: Stage;
  client: ClientCapabilities;
  encoding: Encoding;
  settings: Settings;
  /** Whether the client asks what is wrong, and isn't told. */
  asksItself: boolean;
  /** What is known of the files as they are. */
  values: WeakMap<Workplace['sources'], Pick<Known, 'values'>>;
}

/** What has to be done when something isn't as it was. */
interface Changes {
  /** A text is another now. */
  text(): void;
  /** Files are others now, or values are asked of something else. */
  others(): void;
}

/** Serves an editor until it says goodbye or hangs up; gives the exit code, which is 1 for a session that wasn't shut. */
export async function serveEditor({ input, output }: Wire): Promise<ExitCode> {
  const state: State = {
    stage: 'new',
    client: {},
    encoding: 'utf-16',
    settings: DEFAULTS,
    asksItself: false,
    values: new WeakMap(),
  };
  const writer = new StreamMessageWriter(output);
  const reader = new StreamMessageReader(input);
  const guard = guarded(reader, writer, () => state.stage);
  const connection = createConnection(guard, writer, CANCELS);
  const session = sessionOf(connection, state, await pageAddresses());
  const { projects, background } = session;
  const teller = createTeller(session, () => !state.asksItself);
  const runs = createValues(session);
  const text = (): void => {
    projects.changed();
    background.drop();
    teller.soon();
    runs.soon();
  };
  const others = (): void => {
    state.values = new WeakMap();
    text();
  };
  hearClient(session, state, { text, others });
  hearTexts(session, { text, others });
  answerNames(session);
  answerTexts(session, teller);
  answerColours(session);
  answerShown(session);
  answerCommands(session, teller);
  return new Promise((resolve) => {
    const end = (): void => {
      teller.close();
      runs.close();
      background.close();
      resolve(state.stage === 'shut' ? 0 : 1);
    };
    connection.onExit(end);
    reader.onClose(end);
    connection.listen();
  });
}

function sessionOf(connection: Connection, state: State, pages: ReadonlyMap<string, string>): Session {
  const documents = createDocuments(() => state.encoding);
  const reports = new WeakMap<Workplace['sources'], Pick<Known, 'reports'>>();
  return {
    connection,
    documents,
    projects: createProjects(documents),
    background: openBackground(),
    client: () => state.client,
    encoding: () => state.encoding,
    settings: () => state.settings,
    pageOf: (code) => pages.get(code),
    known: ({ sources }) => ({ ...state.values.get(sources), ...reports.get(sources) }),
    learn({ sources }, known) {
      if (known.values) state.values.set(sources, { values: known.values });
      if (known.reports) reports.set(sources, { reports: known.reports });
    },
  };
}

/** Hears how the session begins and ends, and what its user wants. */
function hearClient(session: Session, state: State, changes: Changes): void {
  const { connection, projects } = session;
  connection.onInitialize((params) => {
    state.stage = 'begun';
    state.client = params.capabilities ?? {};
    state.encoding = encodingFor(state.client.general?.positionEncodings);
    state.settings = settingsFrom(params.initializationOptions, DEFAULTS);
    state.asksItself = wantsToAsk(params);
    projects.setRoots(rootsOf(params));
    return {
      capabilities: capabilities(state.encoding, state.asksItself),
      serverInfo: { name: 'merit', version: VERSION },
    };
  });
  const configure = async (given?: unknown): Promise<void> => {
    const found = state.client.workspace?.configuration
      ? await connection.workspace.getConfiguration('merit').catch(() => undefined)
      : (given as { readonly merit?: unknown } | undefined)?.merit;
    state.settings = settingsFrom(found, state.settings);
    changes.others();
    await refreshShown(session);
  };
  connection.onInitialized(async () => {
    const { workspace } = state.client;
    if (workspace?.didChangeConfiguration?.dynamicRegistration)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'merit' });
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration)
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: WATCHED.map((globPattern) => ({ globPattern })),
      });
    if (workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(async () => {
        const folders = await connection.workspace.getWorkspaceFolders();
        projects.setRoots((folders ?? []).flatMap(({ uri }) => pathOf(uri) ?? []));
        changes.text();
      });
    }
    await configure();
  });
  connection.onDidChangeConfiguration(({ settings }) => configure(settings));
  connection.onShutdown(() => {
    state.stage = 'shut';
  });
}

/** Hears what becomes of documents and files. */
function hearTexts({ connection, documents, projects }: Session, changes: Changes): void {
  connection.onDidChangeWatchedFiles(async ({ changes: files }) => {
    const open = await Promise.all(documents.all().map(({ name }) => projects.of(name)));
    const folders = open.flatMap((each) => each?.onDisk?.folder ?? []);
    const isTheirs = (path: string): boolean => folders.some((each) => path.startsWith(`${each}${sep}`));
    const paths = files.flatMap(({ uri }) => pathOf(uri) ?? []);
    // tables of data lie everywhere: those of other folders are nothing to look at again
    if (paths.some((path) => OF_A_POLICY.test(path) || isTheirs(path))) changes.others();
  });
  connection.onDidOpenTextDocument(({ textDocument }) => {
    documents.open(textDocument);
    changes.text();
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    if (documents.change(textDocument, contentChanges)) changes.text();
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    documents.close(textDocument.uri);
    changes.text();
  });
  connection.onDidSaveTextDocument(changes.text);
}

/** Policies and their configuration. */
const OF_A_POLICY = /\.merit(?:\.ya?ml)?$|merit\.config\.yaml$/i;

/** The page of each code, where the pages lie beside the program. */
async function pageAddresses(): Promise<ReadonlyMap<string, string>> {
  const folder = await pagesFolder();
  const names = await readdir(folder).catch(() => []);
  return new Map(
    names
      .filter((name) => /^M\d{4}\.md$/.test(name))
      .map((name) => [name.slice(0, -3), pathToFileURL(join(folder, name)).href]),
  );
}

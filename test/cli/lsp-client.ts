// A language client as editors have one: it starts the built `merit lsp` as a process, speaks the protocol over its
// streams, and keeps what it is told.

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

/** Everything that the server has something for. */
const CAPABILITIES: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown', 'plaintext'] } },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
};

export interface Client {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly started: InitializeResult;
  /** What the server wrote beside the protocol. */
  stderr(): string;
  uri(name: string): string;
  open(name: string, text: string): void;
  /** Edits a range of a document, as typing does. */
  edit(name: string, range: Range, text: string): void;
  /** Replaces a document's whole text. */
  write(name: string, text: string): void;
  close(name: string): void;
  /** Waits until a file's diagnostics are as wanted. */
  told(name: string, fits: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  /** How often the server has asked for something to be shown anew. */
  refreshed(): number;
  /** Waits until the server has asked for something to be shown anew more often than so. */
  refresh(count: number): Promise<void>;
  request<T>(method: string, params: unknown): Promise<T>;
  at(name: string, line: number, character: number): { textDocument: { uri: string }; position: Position };
  /** What the server asks for under `merit`. */
  configure(settings: Readonly<Record<string, unknown>>): void;
  /** Says goodbye; gives the exit code. */
  end(): Promise<number | null>;
}

export interface Started {
  readonly program: string;
  readonly folder: string;
  readonly capabilities?: ClientCapabilities;
  readonly options?: unknown;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly roots?: readonly string[];
}

/** Starts a server and begins a session in a folder. */
export async function startClient(wanted: Started): Promise<Client> {
  const { program, folder, capabilities = CAPABILITIES, options, roots = [folder] } = wanted;
  let settings = wanted.settings ?? {};
  const child = spawn(process.execPath, [program, 'lsp', '--stdio'], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const diagnostics = new Map<string, readonly Diagnostic[]>();
  let wakers: (() => void)[] = [];
  const wake = (): void => {
    const woken = wakers;
    wakers = [];
    for (const each of woken) each();
  };
  const until = async <T>(look: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise<void>((done) => wakers.push(done));
    }
  };
  const versions = new Map<string, number>();
  let refreshes = 0;
  const uri = (name: string): string =>
    /^[a-z]+:/.test(name) ? name : pathToFileURL(join(folder, name)).href;
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    // what is told of a version before the last edit is old
    if (params.version !== undefined && params.version !== versions.get(params.uri)) return;
    diagnostics.set(params.uri, params.diagnostics);
    wake();
  });
  connection.onRequest('workspace/configuration', () => [settings]);
  for (const method of ['workspace/codeLens/refresh', 'workspace/inlayHint/refresh'])
    connection.onRequest(method, () => {
      refreshes++;
      wake();
      return null;
    });
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const folders = roots.map((each) => ({ uri: pathToFileURL(each).href, name: each }));
  const started: InitializeResult = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: folders[0]?.uri ?? null,
    workspaceFolders: folders,
    capabilities,
    ...(options !== undefined && { initializationOptions: options }),
  });
  connection.sendNotification('initialized', {});
  const change = (name: string, contentChanges: readonly unknown[]): void => {
    const version = (versions.get(uri(name)) ?? 0) + 1;
    versions.set(uri(name), version);
    diagnostics.delete(uri(name));
    connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: uri(name), version },
      contentChanges,
    });
  };
  return {
    connection,
    process: child,
    started,
    stderr: () => stderr,
    uri,
    open(name, text) {
      versions.set(uri(name), 1);
      const languageId = /\.ya?ml$/.test(name) ? 'yaml' : 'merit';
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(name), languageId, version: 1, text },
      });
    },
    edit: (name, range, text) => change(name, [{ range, text }]),
    write: (name, text) => change(name, [{ text }]),
    close(name) {
      versions.delete(uri(name));
      connection.sendNotification('textDocument/didClose', { textDocument: { uri: uri(name) } });
    },
    told: (name, fits) =>
      until(() => {
        const found = diagnostics.get(uri(name));
        return found && fits(found) ? found : undefined;
      }),
    refreshed: () => refreshes,
    async refresh(count) {
      await until(() => (refreshes > count ? true : undefined));
    },
    request: (method, params) => connection.sendRequest(method, params),
    at: (name, line, character) => ({
      textDocument: { uri: uri(name) },
      position: { line, character },
    }),
    configure(given) {
      settings = given;
      connection.sendNotification('workspace/didChangeConfiguration', { settings: { merit: given } });
    },
    async end() {
      await connection.sendRequest('shutdown');
      const ended = new Promise<number | null>((done) => child.once('exit', done));
      connection.sendNotification('exit');
      return ended;
    },
  };
}

/** Codes of diagnostics, in order. */
export function codes(diagnostics: readonly Diagnostic[]): readonly unknown[] {
  return diagnostics.map(({ code }) => code);
}

/** A range of one line. */
export function span(line: number, from: number, until: number): Range {
  return { start: { line, character: from }, end: { line, character: until } };
}

// What the server tells a client that it can do, and what it takes from what the client says of itself.

import {
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { LEGEND } from './lsp-colours.ts';
import { COMMANDS } from './lsp-commands.ts';
import { type Encoding, pathOf } from './lsp-positions.ts';
import type { Settings } from './lsp-session.ts';

/** Files of a policy, its configuration, and the data beside it. */
export const WATCHED = [
  '**/*.merit',
  '**/*.merit.{yaml,yml}',
  '**/merit.config.yaml',
  '**/*.{csv,tsv,json,ndjson,jsonl}',
];

/** What can be asked for. `asksItself`: whether the client asks what is wrong, and isn't told. */
export function capabilities(encoding: Encoding, asksItself: boolean): InitializeResult['capabilities'] {
  return {
    positionEncoding: encoding,
    textDocumentSync: {
      openClose: true,
      change: TextDocumentSyncKind.Incremental,
      save: { includeText: false },
    },
    completionProvider: { triggerCharacters: ['.', ' ', '[', '(', ':'], resolveProvider: false },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: ['(', ','] },
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    documentFormattingProvider: true,
    codeActionProvider: { codeActionKinds: ['quickfix'] },
    codeLensProvider: { resolveProvider: false },
    inlayHintProvider: { resolveProvider: false },
    semanticTokensProvider: { legend: LEGEND, full: { delta: true }, range: true },
    executeCommandProvider: { commands: [...COMMANDS] },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(asksItself && {
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false, identifier: 'merit' },
    }),
  };
}

/** A client that would rather ask for what is wrong than be told says so. */
export function wantsToAsk({ capabilities: client, initializationOptions }: InitializeParams): boolean {
  return client?.textDocument?.diagnostic !== undefined && initializationOptions?.diagnostics === 'pull';
}

/** The folders that the client works in. */
export function rootsOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.flatMap((uri) => pathOf(uri) ?? []);
}

/** What the client's settings say; what isn't of its kind stays as it was. */
export function settingsFrom(given: unknown, before: Settings): Settings {
  if (typeof given !== 'object' || given === null) return before;
  const { values, lints, period, person } = given as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  return {
    values: typeof values === 'boolean' ? values : before.values,
    lints: typeof lints === 'boolean' ? lints : before.lints,
    ...(text(period) !== undefined && { period: text(period)! }),
    ...(text(person) !== undefined && { person: text(person)! }),
  };
}

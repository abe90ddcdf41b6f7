// What a session between an editor and the server knows: its documents and projects, what the client can do, and what came
// of the last tests and runs.

import {
  type CancellationToken,
  type ClientCapabilities,
  type Connection,
  type Location,
  LSPErrorCodes,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Fix } from '../base/diagnostic.ts';
import type { Source, Span } from '../base/source.ts';
import type { Background, EditorProject, KnownValues, TestReport } from '../node-editor.ts';
import { type Documents, nameOf } from './lsp-documents.ts';
import { type Encoding, rangeOf, uriOf } from './lsp-positions.ts';
import type { Projects, Workplace } from './lsp-projects.ts';
import { breathe, cancelled } from './lsp-transport.ts';

/** What users can choose, under `merit` in their editor's settings. */
export interface Settings {
  /** Whether the project's data is run in the background, for values in hovers, hints and lenses. */
  readonly values: boolean;
  /** Whether what is worth a look is said beside what is wrong. */
  readonly lints: boolean;
  /** The period whose values are shown, where it isn't the configuration's. */
  readonly period?: string;
  /** The person whose values are shown, where it isn't everybody's sum. */
  readonly person?: string;
}

export const DEFAULTS: Settings = { values: false, lints: true };

/** What is known of a workplace beside its text: as long as none of its files changes. */
export interface Known {
  readonly values?: KnownValues;
  readonly reports?: readonly TestReport[];
}

export interface Session {
  readonly connection: Connection;
  readonly documents: Documents;
  readonly projects: Projects;
  readonly background: Background;
  readonly client: () => ClientCapabilities;
  readonly encoding: () => Encoding;
  readonly settings: () => Settings;
  /** The address of the page about a code. */
  readonly pageOf: (code: string) => string | undefined;
  /** What is known of a workplace; forgotten with the next edit of one of its files. */
  readonly known: (workplace: Workplace) => Known;
  readonly learn: (workplace: Workplace, known: Known) => void;
}

/** A document that somebody asks about, in its project. */
export interface Asked {
  readonly workplace: Workplace;
  /** The first version of the policy that the document is in. */
  readonly project: EditorProject;
  /** All versions that it is in. */
  readonly projects: readonly EditorProject[];
  readonly source: Source;
}

/**
 * Answers about a document as it is; null where nobody knows it. Throws where the request is cancelled meanwhile, or the
 * document changed, so that its places would mean something else.
 */
export async function answerAbout<T>(
  session: Session,
  { uri, token }: { readonly uri: string; readonly token: CancellationToken },
  answer: (asked: Asked) => T | Promise<T>,
): Promise<T | null> {
  const { documents } = session;
  const before = documents.get(uri)?.source;
  await breathe(token);
  const asked = await askedAbout(session, nameOf(uri));
  if (token.isCancellationRequested) throw cancelled();
  if (documents.get(uri)?.source !== before)
    throw new ResponseError(LSPErrorCodes.ContentModified, 'the document has changed meanwhile');
  return asked ? answer(asked) : null;
}

/** A document in its project, as everything stands now. */
export async function askedAbout({ projects }: Session, name: string): Promise<Asked | undefined> {
  for (;;) {
    const count = projects.count();
    const workplace = await projects.of(name);
    if (count !== projects.count()) continue;
    const holding = workplace?.versions.filter((each) => each.sources.some((one) => one.name === name)) ?? [];
    const source = holding[0]?.sources.find((each) => each.name === name);
    if (!workplace || !source) return undefined;
    return { workplace, project: holding[0]!, projects: holding, source };
  }
}

/** The address of a source: as the client writes it, where it has it open. */
export function addressOf({ documents }: Session, name: string): string {
  return documents.named(name)?.uri ?? uriOf(name);
}

/** A span of a project as the client counts. */
export function locationOf(session: Session, project: EditorProject, span: Span): Location | undefined {
  const source = project.sources.find((each) => each.name === span.source);
  return source && { uri: addressOf(session, span.source), range: rangeOf(source, span, session.encoding()) };
}

/** A replacement as the client counts. One that cuts a character or a line's end in two takes in all of it. */
export function textEditOf(source: Source, { span, text }: Fix, encoding: Encoding): TextEdit {
  const [before, after] = [
    isInside(source, span.start) ? source.text[span.start - 1]! : '',
    isInside(source, span.end) ? source.text[span.end]! : '',
  ];
  const whole = { start: span.start - before.length, end: span.end + after.length };
  return { range: rangeOf(source, whole, encoding), newText: before + text + after };
}

function isInside({ text }: Source, offset: number): boolean {
  return /^(?:\r\n|[\ud800-\udbff][\udc00-\udfff])$/.test(text.slice(Math.max(0, offset - 1), offset + 1));
}

/** Replacements in several files; with the versions that they are meant for, where the client heeds them. */
export function workspaceEdit(
  session: Session,
  sources: readonly Source[],
  fixes: readonly Fix[],
): WorkspaceEdit {
  const files = sources.flatMap((source) => {
    const edits = fixes
      .filter(({ span }) => span.source === source.name)
      .toSorted((a, b) => a.span.start - b.span.start)
      .map((fix) => textEditOf(source, fix, session.encoding()));
    return edits.length === 0 ? [] : [{ name: source.name, uri: addressOf(session, source.name), edits }];
  });
  if (!session.client().workspace?.workspaceEdit?.documentChanges)
    return { changes: Object.fromEntries(files.map(({ uri, edits }) => [uri, edits])) };
  return {
    documentChanges: files.map(({ name, uri, edits }) => ({
      textDocument: { uri, version: session.documents.named(name)?.version ?? null },
      edits,
    })),
  };
}

// What an editor shows beside the text: what may be written, what something is and what it comes to on the data.

import { sep } from 'node:path';
import {
  type CodeLens,
  type Command,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type InlayHint,
  InsertTextFormat,
  type SignatureHelp,
} from 'vscode-languageserver/node';
import {
  type Completion,
  type CompletionKind,
  completionsAt,
  type Hover,
  hintsOf,
  hoverAt,
  lensesOf,
  signatureAt,
} from '../node-editor.ts';
import { markupOf, messageText, type Part, plainText } from './lsp-markup.ts';
import { offsetOf, positionOf, rangeOf } from './lsp-positions.ts';
import { answerAbout, type Session } from './lsp-session.ts';

/** Answers to questions about a place. */
export function answerShown(session: Session): void {
  const { connection, encoding, client } = session;
  connection.onCompletion(({ textDocument: { uri }, position }, token) =>
    answerAbout(session, { uri, token }, ({ project, source }): CompletionList => {
      const { span, items } = completionsAt(project, source.name, offsetOf(source, position, encoding()));
      const range = rangeOf(source, span, encoding());
      const can = client().textDocument?.completion?.completionItem;
      const itemOf = ({ label, kind, detail, doc, insert, snippet, sortKey }: Completion): CompletionItem => {
        const isSnippet = snippet !== undefined && can?.snippetSupport === true;
        return {
          label,
          kind: KINDS[kind],
          ...(detail !== undefined && { detail }),
          ...(doc !== undefined && {
            documentation: markupOf([{ kind: 'text', text: doc }], can?.documentationFormat),
          }),
          sortText: sortKey,
          insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
          textEdit: { range, newText: isSnippet ? snippet : insert },
        };
      };
      return { isIncomplete: false, items: items.map(itemOf) };
    }),
  );
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    answerAbout(session, { uri, token }, ({ project, source, workplace }) => {
      const { values } = session.known(workplace);
      const found = hoverAt(project, source.name, offsetOf(source, position, encoding()), values);
      if (!found) return null;
      // files are called by their way from the project's folder
      const folder = workplace.onDisk ? `${workplace.onDisk.folder}${sep}` : workplace.path;
      const parts = partsOf(found).map((each) => ({ ...each, text: each.text.replaceAll(folder, '') }));
      const contents = markupOf(parts, client().textDocument?.hover?.contentFormat);
      return { contents, range: rangeOf(source, found.span, encoding()) };
    }),
  );
  connection.onSignatureHelp(({ textDocument: { uri }, position }, token) =>
    answerAbout(session, { uri, token }, ({ project, source }): SignatureHelp | null => {
      const found = signatureAt(project, source.name, offsetOf(source, position, encoding()));
      const formats = client().textDocument?.signatureHelp?.signatureInformation?.documentationFormat;
      if (!found) return null;
      const signatures = found.signatures.map(({ label, doc, parts, activePart }) => ({
        label,
        documentation: markupOf([{ kind: 'text', text: doc }], formats),
        parameters: parts.map(([start, end]) => ({ label: [start, end] as [number, number] })),
        // past the last one none is meant
        activeParameter: activePart ?? parts.length,
      }));
      const activeParameter = signatures[found.active]?.activeParameter ?? 0;
      return { signatures, activeSignature: found.active, activeParameter };
    }),
  );
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
    answerAbout(session, { uri, token }, ({ project, source, workplace }) => {
      const from = offsetOf(source, range.start, encoding());
      const until = offsetOf(source, range.end, encoding());
      return hintsOf(project, source.name, session.known(workplace).values)
        .filter(({ at }) => from <= at && at <= until)
        .map(
          ({ at, text, tooltip }): InlayHint => ({
            position: positionOf(source, at, encoding()),
            label: plainText(text),
            tooltip: plainText(tooltip),
            paddingLeft: true,
          }),
        );
    }),
  );
  connection.onCodeLens(({ textDocument: { uri } }, token) =>
    answerAbout(session, { uri, token }, ({ project, source, workplace }) => {
      const { values, reports } = session.known(workplace);
      const tests = reports?.[0] && { ...reports[0], tests: reports.flatMap((each) => each.tests) };
      return lensesOf(project, source.name, { values, tests }).map((lens): CodeLens => {
        const title = messageText(lens.title).replaceAll('$(', '$ (');
        // a lens without a command only says something
        const command: Command =
          lens.kind === 'run test'
            ? { title, command: 'merit.runTest', arguments: [uri, lens.span.start] }
            : { title, command: '' };
        return { range: rangeOf(source, lens.span, encoding()), command };
      });
    }),
  );
}

/** What is said of a word, line by line. */
function partsOf({ title, called, type, formula, doc, examples = [], value, note }: Hover): readonly Part[] {
  const heading = type === undefined ? title : `${title}: ${type}`;
  const text = (said: string | undefined): readonly Part[] =>
    said === undefined ? [] : [{ kind: 'text', text: said }];
  const code = (lines: readonly string[]): readonly Part[] =>
    lines.length === 0 ? [] : [{ kind: 'code', text: lines.join('\n') }];
  return [
    { kind: 'heading', text: heading },
    ...text(called),
    ...code(formula === undefined ? [] : [formula]),
    ...text(doc),
    ...code(examples),
    ...text(value),
    ...text(note),
  ];
}

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  policy: CompletionItemKind.Module,
  kpi: CompletionItemKind.Variable,
  let: CompletionItemKind.Variable,
  curve: CompletionItemKind.Function,
  rates: CompletionItemKind.Function,
  grid: CompletionItemKind.Function,
  dimension: CompletionItemKind.Field,
  pool: CompletionItemKind.Class,
  award: CompletionItemKind.Class,
  level: CompletionItemKind.Class,
  role: CompletionItemKind.Class,
  bonus: CompletionItemKind.Variable,
  event: CompletionItemKind.Struct,
  field: CompletionItemKind.Field,
  table: CompletionItemKind.Struct,
  column: CompletionItemKind.Field,
  attribute: CompletionItemKind.Field,
  'credit line': CompletionItemKind.Reference,
  word: CompletionItemKind.EnumMember,
  calendar: CompletionItemKind.Struct,
  test: CompletionItemKind.Method,
  'test person': CompletionItemKind.Variable,
  invariant: CompletionItemKind.Method,
  file: CompletionItemKind.File,
  'built-in': CompletionItemKind.Variable,
  function: CompletionItemKind.Function,
  scope: CompletionItemKind.Keyword,
  'length of time': CompletionItemKind.Unit,
  type: CompletionItemKind.TypeParameter,
  person: CompletionItemKind.Value,
  team: CompletionItemKind.Value,
  declaration: CompletionItemKind.Snippet,
  clause: CompletionItemKind.Property,
  key: CompletionItemKind.Property,
  keyword: CompletionItemKind.Keyword,
  unit: CompletionItemKind.Unit,
  value: CompletionItemKind.Value,
  code: CompletionItemKind.Reference,
};

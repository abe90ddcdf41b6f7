// What a document is as a text: its outline and folds, its layout, and what is wrong in it with its fixes.

import {
  type CodeAction,
  CodeActionKind,
  type DocumentSymbol,
  type FoldingRange,
  FoldingRangeKind,
  SymbolKind,
} from 'vscode-languageserver/node';
import type { Source } from '../base/source.ts';
import { foldsOf, formatEdits, type OutlineItem, outlineOf } from '../node-editor.ts';
import { nameOf } from './lsp-documents.ts';
import { lspDiagnostic, type Teller } from './lsp-findings.ts';
import { offsetOf, positionOf, rangeOf } from './lsp-positions.ts';
import { answerAbout, type Session, textEditOf, workspaceEdit } from './lsp-session.ts';
import { breathe } from './lsp-transport.ts';

/** Answers to questions about a whole text. */
export function answerTexts(session: Session, teller: Teller): void {
  const { connection, encoding } = session;
  connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
    answerAbout(session, { uri, token }, ({ project, source }) =>
      outlineOf(project, source.name).map((each) => symbolOf(session, source, each)),
    ),
  );
  connection.onFoldingRanges(({ textDocument: { uri } }, token) =>
    answerAbout(session, { uri, token }, ({ project, source }) =>
      foldsOf(project, source.name).flatMap(({ span, kind }) => {
        const from = positionOf(source, span.start, encoding());
        const until = positionOf(source, span.end, encoding());
        // the line of a closing bracket stays in sight
        const last = source.text[span.end - 1] === '}' ? until.line - 1 : until.line;
        if (last <= from.line) return [];
        const fold: FoldingRange = { startLine: from.line, endLine: last };
        return [kind === 'comment' ? { ...fold, kind: FoldingRangeKind.Comment } : fold];
      }),
    ),
  );
  connection.onDocumentFormatting(({ textDocument: { uri } }, token) =>
    answerAbout(session, { uri, token }, ({ project, source }) =>
      formatEdits(project, source.name).map((each) => textEditOf(source, each, encoding())),
    ),
  );
  connection.languages.diagnostics.on(async ({ textDocument: { uri } }, token) => {
    await breathe(token);
    // the configuration is in no version of the policy, and has findings too
    const workplace = await session.projects.of(nameOf(uri));
    return { kind: 'full', items: workplace ? [...teller.of(workplace, nameOf(uri))] : [] };
  });
  connection.onCodeAction(({ textDocument: { uri }, range, context }, token) =>
    answerAbout(session, { uri, token }, ({ workplace, source }) => {
      const wanted = context.only ?? [CodeActionKind.QuickFix];
      if (!wanted.some((kind) => isWithin(CodeActionKind.QuickFix, kind))) return [];
      const from = offsetOf(source, range.start, encoding());
      const until = offsetOf(source, range.end, encoding());
      return teller
        .findingsIn(workplace, source.name)
        .filter(({ diagnostic: { span } }) => span && span.start <= until && from <= span.end)
        .flatMap(({ diagnostic, fixes }) =>
          fixes.map(
            ({ title, edits, preferred }): CodeAction => ({
              title,
              kind: CodeActionKind.QuickFix,
              diagnostics: [lspDiagnostic(session, workplace, diagnostic)],
              edit: workspaceEdit(session, workplace.sources, edits),
              ...(preferred && { isPreferred: true }),
            }),
          ),
        );
    }),
  );
}

/** Whether a kind of action is of the kind that is asked for: `quickfix` is, of `quickfix` and of everything. */
function isWithin(kind: string, asked: string): boolean {
  return asked === '' || kind === asked || kind.startsWith(`${asked}.`);
}

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  policy: SymbolKind.Package,
  import: SymbolKind.File,
  calendar: SymbolKind.Object,
  person: SymbolKind.Struct,
  event: SymbolKind.Event,
  table: SymbolKind.Struct,
  credit: SymbolKind.Interface,
  'credit line': SymbolKind.Property,
  kpi: SymbolKind.Variable,
  let: SymbolKind.Constant,
  curve: SymbolKind.Function,
  rates: SymbolKind.Function,
  grid: SymbolKind.Function,
  role: SymbolKind.Class,
  award: SymbolKind.Object,
  level: SymbolKind.Object,
  pool: SymbolKind.Object,
  targets: SymbolKind.Class,
  test: SymbolKind.Method,
  invariant: SymbolKind.Method,
  field: SymbolKind.Field,
  'computed field': SymbolKind.Property,
  bonus: SymbolKind.Number,
  target: SymbolKind.Constant,
  scorecard: SymbolKind.Array,
};

function symbolOf(session: Session, source: Source, item: OutlineItem): DocumentSymbol {
  const { name, kind, detail, span, nameSpan, children } = item;
  return {
    // editors refuse an empty name
    name: name.trim() === '' ? kind : name,
    ...(detail !== undefined && { detail }),
    kind: KINDS[kind],
    range: rangeOf(source, span, session.encoding()),
    selectionRange: rangeOf(source, nameSpan, session.encoding()),
    children: children.map((each) => symbolOf(session, source, each)),
  };
}

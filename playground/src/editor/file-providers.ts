// What the editor asks about whole files: outline, folds, colours by meaning, formatting.

import type { ColourKind, OutlineItem, OutlineKind } from '../../../src/browser-editor.ts';
import { askHere } from './ask-here.ts';
import { withoutPictures } from './markdown.ts';
import { fileOf, type Model } from './models.ts';
import { monaco } from './monaco.ts';
import { LANGUAGES } from './providers.ts';
import { rangeOf } from './ranges.ts';

/** Registers what is asked of whole files. */
export function registerFileProviders(): void {
  const { languages } = monaco;
  languages.registerDocumentSymbolProvider(LANGUAGES, {
    displayName: 'Merit',
    provideDocumentSymbols: async (model, token) => {
      const file = fileOf(model);
      const items = file && (await askHere('editor.outline', { file: file.name }, token));
      return items?.map((each) => symbolOf(model, each));
    },
  });
  languages.registerFoldingRangeProvider(LANGUAGES, {
    provideFoldingRanges: async (model, _, token) => {
      const file = fileOf(model);
      const folds = file && (await askHere('editor.folds', { file: file.name }, token));
      return folds?.map(({ span, kind }) => {
        const { startLineNumber: start, endLineNumber: end } = rangeOf(model, span);
        return { start, end, ...(kind === 'comment' && { kind: languages.FoldingRangeKind.Comment }) };
      });
    },
  });
  languages.registerDocumentFormattingEditProvider(LANGUAGES, {
    displayName: 'Merit',
    provideDocumentFormattingEdits: async (model, _, token) => {
      const file = fileOf(model);
      const edits = file && (await askHere('editor.format', { file: file.name }, token));
      return edits?.map(({ span, text }) => ({ range: rangeOf(model, span), text }));
    },
  });
  for (const language of LANGUAGES)
    languages.registerDocumentSemanticTokensProvider(language, {
      getLegend: () => ({ tokenTypes: [...TOKENS], tokenModifiers: ['declaration'] }),
      provideDocumentSemanticTokens: colours,
      releaseDocumentSemanticTokens: () => {},
    });
}

function symbolOf(model: Model, item: OutlineItem): monaco.languages.DocumentSymbol {
  return {
    name: withoutPictures(item.name),
    detail: withoutPictures(item.detail ?? ''),
    kind: SYMBOLS[item.kind] ?? monaco.languages.SymbolKind.Object,
    tags: [],
    range: rangeOf(model, item.span),
    selectionRange: rangeOf(model, item.nameSpan),
    children: item.children.map((each) => symbolOf(model, each)),
  };
}

const Symbols = monaco.languages.SymbolKind;
const SYMBOLS: Readonly<Partial<Record<OutlineKind, monaco.languages.SymbolKind>>> = {
  policy: Symbols.Module,
  import: Symbols.File,
  person: Symbols.Struct,
  event: Symbols.Event,
  table: Symbols.Struct,
  field: Symbols.Field,
  'computed field': Symbols.Property,
  kpi: Symbols.Variable,
  curve: Symbols.Array,
  role: Symbols.Interface,
  bonus: Symbols.Method,
  target: Symbols.Constant,
  targets: Symbols.Constant,
  test: Symbols.Function,
  invariant: Symbols.Function,
};

/** Kinds of words that have a colour of their own; the themes know them by these names. */
const TOKENS = [
  'keyword',
  'operator',
  'number',
  'string',
  'comment',
  'doc',
  'type',
  'function',
  'name',
  'word',
] as const;

const TOKEN_OF: Readonly<Partial<Record<ColourKind, (typeof TOKENS)[number]>>> = {
  keyword: 'keyword',
  operator: 'operator',
  number: 'number',
  money: 'number',
  unit: 'type',
  date: 'number',
  text: 'string',
  comment: 'comment',
  doc: 'doc',
  event: 'type',
  table: 'type',
  role: 'type',
  type: 'type',
  curve: 'type',
  rates: 'type',
  grid: 'type',
  calendar: 'type',
  pool: 'type',
  award: 'type',
  level: 'type',
  function: 'function',
  'built-in': 'function',
  scope: 'keyword',
  'length of time': 'keyword',
  word: 'word',
};

async function colours(
  model: Model,
  _: string | null,
  token: monaco.CancellationToken,
): Promise<monaco.languages.SemanticTokens | undefined> {
  const file = fileOf(model);
  const version = model.getVersionId();
  const found = file && (await askHere('editor.colours', { file: file.name }, token));
  if (!found || model.isDisposed() || model.getVersionId() !== version) return undefined;
  const data: number[] = [];
  let [line, column] = [0, 0];
  for (const { span, kind, modifiers } of found) {
    const start = model.getPositionAt(span.start);
    const on = start.lineNumber - 1;
    const at = start.column - 1;
    const type = TOKENS.indexOf(TOKEN_OF[kind] ?? 'name');
    data.push(
      on - line,
      on === line ? at - column : at,
      span.end - span.start,
      type,
      modifiers.length > 0 ? 1 : 0,
    );
    [line, column] = [on, at];
  }
  return { data: new Uint32Array(data) };
}

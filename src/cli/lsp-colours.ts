// Colours by what a word means, as the protocol has them: five numbers each, counted from the one before; whole, as the
// difference from what was answered last, or of a part of the text.

import {
  SemanticTokenModifiers,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  SemanticTokenTypes,
} from 'vscode-languageserver/node';
import { type Colour, coloursOf } from '../node-editor.ts';
import { offsetOf, positionOf } from './lsp-positions.ts';
import { type Asked, answerAbout, type Session } from './lsp-session.ts';

/** What every editor has a colour for, that comes nearest. */
const TYPES: Readonly<Record<Colour['kind'], SemanticTokenTypes>> = {
  policy: SemanticTokenTypes.namespace,
  kpi: SemanticTokenTypes.variable,
  let: SemanticTokenTypes.variable,
  curve: SemanticTokenTypes.function,
  rates: SemanticTokenTypes.function,
  grid: SemanticTokenTypes.function,
  dimension: SemanticTokenTypes.parameter,
  pool: SemanticTokenTypes.class,
  award: SemanticTokenTypes.class,
  level: SemanticTokenTypes.class,
  role: SemanticTokenTypes.class,
  bonus: SemanticTokenTypes.variable,
  event: SemanticTokenTypes.struct,
  field: SemanticTokenTypes.property,
  table: SemanticTokenTypes.struct,
  column: SemanticTokenTypes.property,
  attribute: SemanticTokenTypes.property,
  'credit line': SemanticTokenTypes.variable,
  word: SemanticTokenTypes.enumMember,
  calendar: SemanticTokenTypes.struct,
  test: SemanticTokenTypes.method,
  'test person': SemanticTokenTypes.parameter,
  invariant: SemanticTokenTypes.method,
  'built-in': SemanticTokenTypes.variable,
  function: SemanticTokenTypes.function,
  scope: SemanticTokenTypes.keyword,
  'length of time': SemanticTokenTypes.keyword,
  type: SemanticTokenTypes.type,
  person: SemanticTokenTypes.parameter,
  team: SemanticTokenTypes.parameter,
  keyword: SemanticTokenTypes.keyword,
  operator: SemanticTokenTypes.operator,
  number: SemanticTokenTypes.number,
  money: SemanticTokenTypes.number,
  unit: SemanticTokenTypes.type,
  date: SemanticTokenTypes.number,
  text: SemanticTokenTypes.string,
  comment: SemanticTokenTypes.comment,
  doc: SemanticTokenTypes.comment,
};

const tokenTypes = [...new Set(Object.values(TYPES))];
const tokenModifiers: readonly string[] = [
  SemanticTokenModifiers.declaration,
  SemanticTokenModifiers.defaultLibrary,
  SemanticTokenModifiers.documentation,
];

/** What the numbers stand for. */
export const LEGEND: SemanticTokensLegend = { tokenTypes, tokenModifiers: [...tokenModifiers] };

/** Answers to questions about colours. */
export function answerColours(session: Session): void {
  const { semanticTokens } = session.connection.languages;
  const builders = new Map<string, SemanticTokensBuilder>();
  const builderOf = (uri: string): SemanticTokensBuilder => {
    for (const each of builders.keys()) if (!session.documents.get(each)) builders.delete(each);
    const builder = builders.get(uri) ?? new SemanticTokensBuilder();
    builders.set(uri, builder);
    return builder;
  };
  const none = { data: [] };
  semanticTokens.on(async ({ textDocument: { uri } }, token) => {
    const answer = await answerAbout(session, { uri, token }, (asked) => {
      const builder = builderOf(uri);
      builder.previousResult('');
      push(session, asked, builder);
      return builder.build();
    });
    return answer ?? none;
  });
  semanticTokens.onDelta(async ({ textDocument: { uri }, previousResultId }, token) => {
    const answer = await answerAbout(session, { uri, token }, (asked) => {
      const builder = builderOf(uri);
      builder.previousResult(previousResultId);
      push(session, asked, builder);
      return builder.buildEdits();
    });
    return answer ?? none;
  });
  semanticTokens.onRange(async ({ textDocument: { uri }, range }, token) => {
    const answer = await answerAbout(session, { uri, token }, (asked) => {
      const builder = new SemanticTokensBuilder();
      push(session, asked, builder, {
        start: offsetOf(asked.source, range.start, session.encoding()),
        end: offsetOf(asked.source, range.end, session.encoding()),
      });
      return builder.build();
    });
    return answer ?? none;
  });
}

function push(
  session: Session,
  { project, source }: Asked,
  builder: SemanticTokensBuilder,
  within = { start: 0, end: source.text.length },
): void {
  for (const { span, kind, modifiers } of coloursOf(project, source.name)) {
    if (span.end <= within.start || span.start >= within.end) continue;
    const from = positionOf(source, span.start, session.encoding());
    const until = positionOf(source, span.end, session.encoding());
    builder.push(
      from.line,
      from.character,
      until.character - from.character,
      tokenTypes.indexOf(TYPES[kind]),
      modifierBits(kind, modifiers),
    );
  }
}

function modifierBits(kind: Colour['kind'], modifiers: Colour['modifiers']): number {
  const of = [
    ...modifiers,
    ...(kind === 'built-in' || kind === 'function' ? ['defaultLibrary'] : []),
    ...(kind === 'doc' ? ['documentation'] : []),
  ];
  return of.reduce((bits, each) => bits | (1 << tokenModifiers.indexOf(each)), 0);
}

// A cursor in the text form. The word under it is replaced by one of its own, so that the lexer and the outline say
// which statement it is in as they do for any text.

import type { Source, Span } from '../base/source.ts';
import { clauseOf, endOfClause, isEqualsOnly } from '../syntax/find-clause.ts';
import { lex } from '../syntax/lexer.ts';
import { type Block, outline, type Statement } from '../syntax/outline.ts';
import { type Clause, type DeclarationShape, shapeOf } from '../syntax/shape.ts';
import { wholeOf } from '../syntax/slice.ts';
import type { Token } from '../syntax/tokens.ts';
import * as t from '../syntax/tokens.ts';
import {
  type Cursor,
  type Inside,
  type Place,
  PROBE,
  probed,
  type Within,
  wordAround,
} from './cursor-place.ts';

const NOTHING: Place = { kind: 'nothing' };
const NONE: ReadonlySet<string> = new Set();

/** Where the offset stands in a file of the text form. */
export function textCursor(source: Source, offset: number, within: Within): Cursor {
  const word = wordAround(source, offset);
  const { tokens, comments } = lex(wholeOf(source));
  const isIn = ({ start, end }: Span): boolean => start < offset && offset <= end;
  const comment = comments.find(({ span }) => isIn(span));
  if (comment) {
    const before = source.text.slice(comment.span.start, offset);
    return { span: word, at: { kind: 'comment', before } };
  }
  if (tokens.some(({ doc }) => doc && isIn(doc.span))) return { span: word, at: NOTHING };
  const around = tokens.find(({ span, tokenType }) =>
    tokenType === t.Text ? span.start < offset && offset < span.end : isIn(span),
  );
  if (around && isNumber(around) && within === 'words') return { span: word, at: NOTHING };
  const isWhole = around && (around.tokenType === t.Text || isDate(around) || isNumber(around));
  const span = isWhole ? around.span : word;
  const at = placeOf(probed(source, span));
  const quoted = around?.tokenType === t.Text && { quoted: true as const };
  if (at.kind !== 'phrase') return { span, at, ...quoted };
  const moved = PROBE.length - (span.end - span.start);
  const end = Math.max(span.end, at.tokens.at(-1)!.span.end - moved);
  return { span, at, ...quoted, rest: { ...span, start: span.end, end } };
}

function isDate({ tokenType }: Token): boolean {
  return tokenType === t.DateToken || tokenType === t.PeriodToken;
}

function isNumber(token: Token): boolean {
  return token.tokenType.CATEGORIES?.includes(t.Literal) === true && !isDate(token);
}

/** The statements around the word that is looked for, outermost first, with its index in the innermost. */
interface Found {
  readonly statements: readonly Statement[];
  readonly index: number;
}

function find(statements: readonly Statement[], around: readonly Statement[]): Found | undefined {
  for (const statement of statements) {
    const index = statement.tokens.findIndex(({ value }) => value === PROBE);
    if (index !== -1) return { statements: [...around, statement], index };
    const inside = statement.block && find(statement.block.statements, [...around, statement]);
    if (inside) return inside;
  }
  return undefined;
}

function placeOf(source: Source): Place {
  const { tokens } = lex(wholeOf(source));
  const { statements } = outline(tokens);
  const found = find(statements, []);
  if (!found) return NOTHING;
  const [declaration, line, inner] = found.statements;
  const shape = shapeOf(declaration!.tokens[0]?.value ?? '');
  if (!line) return ofFirstLine(shape, declaration!, found.index, statements);
  if (!shape) return NOTHING;
  const inside = { shape, ...nameOf(shape, declaration!) };
  if (!inner) return ofLine(inside, declaration!, line, found.index);
  return found.statements.length > 3 ? NOTHING : ofInnerLine(inside, line, inner, found.index);
}

function nameOf(shape: DeclarationShape, { tokens }: Statement): { readonly name?: string } {
  const name = shape.named ? tokens[1]?.value : undefined;
  return name === undefined ? {} : { name };
}

/** The first line of a declaration: its word, its name, its head, its formula. */
function ofFirstLine(
  shape: DeclarationShape | undefined,
  { tokens }: Statement,
  index: number,
  all: readonly Statement[],
): Place {
  if (index === 0) {
    const said = new Set(all.flatMap((each) => each.tokens[0]?.value ?? []));
    return { kind: 'declaration', said };
  }
  if (!shape) return NOTHING;
  const inside: Inside = { shape, ...nameOf(shape, { tokens }) };
  if (shape.named && index === 1) return { kind: 'name', names: newName(shape), inside, said: NONE };
  const from = shape.named ? 2 : 1;
  const equals = shape.equals === undefined ? -1 : tokens.findIndex((each) => each.tokenType === t.Equals);
  if (equals === -1 || index < equals) {
    const end = equals === -1 ? tokens.length : equals;
    return phrase(shape.head, tokens.slice(from, end), index - from, inside);
  }
  const clause = shape.clauses.find(({ key }) => key === shape.equals)!;
  return phrase(clause.phrase, tokens.slice(equals + 1), index - equals - 1, { ...inside, clause });
}

function newName({ word }: DeclarationShape): 'event' | 'new' {
  return word === 'credit' ? 'event' : 'new';
}

/** A line in the block of a declaration. */
function ofLine(inside: Inside, declaration: Statement, line: Statement, index: number): Place {
  const shape = inside.shape!;
  if (index === 0)
    return { kind: 'line', inside, said: saidIn(shape, declaration, declaration.block!, line) };
  const clause = clauseOf(shape, line.tokens);
  if (!clause) return NOTHING;
  const { tokens } = line;
  const end = endOfClause(shape, clause, tokens);
  if (index >= end) return ofLine(inside, declaration, { tokens: tokens.slice(end) }, index - end);
  const said = new Set([
    clause.key,
    ...clausesIn(shape, declaration, declaration.block!).map(({ key }) => key),
  ]);
  const place = ofClause({ ...inside, clause, said }, tokens.slice(0, end), index);
  const later = clause.goesOn ? shape.clauses.slice(shape.clauses.indexOf(clause) + 1) : [];
  return place.kind === 'phrase' && later.length > 0 ? { ...place, later } : place;
}

/** The clauses that stand there once and can't again. */
function saidIn(
  shape: DeclarationShape,
  declaration: Statement,
  block: Block,
  line: Statement,
): ReadonlySet<string> {
  const others = { ...block, statements: block.statements.filter((each) => each !== line) };
  const once = clausesIn(shape, declaration, others).filter(({ many }) => many !== true);
  return new Set(once.map(({ key }) => key));
}

/** All clauses of a declaration, that of its `=` included. */
function clausesIn(shape: DeclarationShape, declaration: Statement, block: Block): readonly Clause[] {
  const equals = declaration.tokens.some(({ tokenType }) => tokenType === t.Equals);
  const defined = equals ? shape.clauses.filter(({ key }) => key === shape.equals) : [];
  return [...defined, ...block.statements.flatMap(({ tokens }) => clausesOfLine(shape, tokens))];
}

/** The clauses of a line, several where one goes on with the next. */
function clausesOfLine(shape: DeclarationShape, tokens: readonly Token[]): readonly Clause[] {
  const clause = clauseOf(shape, tokens);
  if (!clause) return [];
  const rest = tokens.slice(endOfClause(shape, clause, tokens));
  return [clause, ...(rest.length < tokens.length ? clausesOfLine(shape, rest) : [])];
}

function ofClause(inside: Inside, tokens: readonly Token[], index: number): Place {
  const clause = inside.clause!;
  const from = (at: number, field?: string): Place =>
    index < at
      ? NOTHING
      : phrase(clause.phrase, tokens.slice(at), index - at, {
          ...inside,
          ...(field !== undefined && { field }),
        });
  switch (clause.form) {
    case 'field':
    case 'computed': {
      const sign = tokens.findIndex(({ tokenType }) => tokenType === t.Colon || tokenType === t.Equals);
      return from(sign + 1, tokens[sign - 1]?.value);
    }
    case 'entry': {
      const sign = clause.separator === '|' ? t.Bar : t.Colon;
      const at = tokens.findIndex(({ tokenType }) => tokenType === sign);
      return at === -1 || index < at ? phrase(clause.keyPhrase!, tokens, index, inside) : from(at + 1);
    }
    case 'line': {
      // a credit line's `to` belongs to its phrase
      if (clause.phrase === 'creditLine') return from(0);
      const words = clause.word!.split(' ').length + (clause.defines === true ? 1 : 0);
      return from(words);
    }
    case 'named': {
      if (index === 1) {
        const names = clause.key === 'targets' ? 'kpi' : 'new';
        return { kind: 'name', names, inside, said: NONE };
      }
      const equals = tokens.findIndex(({ tokenType }) => tokenType === t.Equals);
      const name = tokens[1]!.value;
      if (clause.head === undefined) return from(2, name);
      if (equals === -1 || index < equals)
        return phrase(
          clause.head,
          tokens.slice(2, equals === -1 ? tokens.length : equals),
          index - 2,
          inside,
        );
      return from(equals + 1, name);
    }
    case 'group':
      return from(clause.word === undefined ? 0 : 1);
    case 'bare':
      return from(0);
    case 'block':
    case 'head':
      return NOTHING;
    default:
      return clause.form satisfies never;
  }
}

/** A line in a block within a block: of a scorecard, a bonus, a row or an expectation. */
function ofInnerLine(inside: Inside, line: Statement, inner: Statement, index: number): Place {
  const clause = clauseOf(inside.shape!, line.tokens);
  if (!clause) return NOTHING;
  const within: Inside = { ...inside, clause };
  const { tokens } = inner;
  if (clause.block !== undefined) return phrase(clause.block, tokens, index, within);
  if (clause.form === 'block') return named('kpi', clause, within);
  if (clause.form !== 'group') return NOTHING;
  const head = line.tokens.slice(clause.word === undefined ? 0 : 1);
  const ofRow: Inside = { ...within, head };
  return clause.lines!.named
    ? named('cell', clause, ofRow)
    : phrase(clause.lines!.phrase, tokens, index, ofRow);

  function named(names: 'kpi' | 'cell', { lines, phrase: reader }: Clause, around: Inside): Place {
    if (index > 0) {
      const field = tokens[0]!.value;
      return phrase(lines?.phrase ?? reader, tokens.slice(1), index - 1, { ...around, field });
    }
    const others = line.block?.statements ?? [];
    const said = new Set(others.flatMap((each) => (each === inner ? [] : (each.tokens[0]?.value ?? []))));
    return { kind: 'name', names, inside: around, said };
  }
}

function phrase(
  reader: Extract<Place, { kind: 'phrase' }>['phrase'],
  tokens: readonly Token[],
  index: number,
  inside: Inside,
): Place {
  if (index < 0) return NOTHING;
  return {
    kind: 'phrase',
    phrase: reader,
    tokens,
    index,
    inside,
  };
}

/** The clauses that a line of a block may be. */
export function linesOf(shape: DeclarationShape): readonly Clause[] {
  return shape.clauses.filter((each) => each.form !== 'head' && !isEqualsOnly(each));
}

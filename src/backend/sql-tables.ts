// Tables read for a row, in SQL: CASE over exact decimals. `x of y` compares `x` with each bound times `y`, and never
// divides; what a table gives is a decimal, or a numerator over a constant denominator.

import { InternalError } from '../base/diagnostic.ts';
import { type Exact, exact, fraction, multiply } from '../base/exact.ts';
import {
  amountPieces,
  decimalsBy,
  denominatorOf,
  isSloped,
  type Piece,
  type Pieces,
  type PieceValue,
  ratePieces,
  scorePieces,
} from '../library/pieces.ts';
import type { CurveNode, Expression, GridNode, RatesNode } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import { digitsOf, floored, type SqlFraction } from './sql-fraction.ts';
import { isExact, type RowChain, sameScale } from './sql-row.ts';
import { decimalParameter, decimalType, type SqlValue, textParameter } from './sql-text.ts';

/** What a table reads: a value, or a part of a whole of which it reads the ratio; the whole is made positive. */
interface Read {
  readonly x: SqlValue;
  readonly whole?: SqlValue;
  /** Holds where there is nothing to read. */
  readonly absent: string;
}

/** A table of rates or a curve as a fraction; of the rates' amount of a part, `y * ladder(x / y)`. */
export function tableFraction(chain: RowChain, node: RatesNode | CurveNode): SqlFraction {
  const { pieces, multiplies } = piecesOf(chain.names.model, node);
  const x = chain.hold(chain.expression(node.argument));
  const whole = node.whole && chain.hold(chain.expression(node.whole));
  if (node.kind === 'curve' || !node.after) return fractionAt(chain, pieces, { x, whole, multiplies });
  const after = chain.hold(chain.expression(node.after));
  const [a, b] = sameScale([x, after]) as [SqlValue, SqlValue];
  const both = chain.hold({ sql: `(${b.sql} + ${a.sql})`, scale: a.scale });
  const [end, start] = [both, after].map((each) => fractionAt(chain, pieces, { x: each, whole, multiplies }));
  const [more, less] = sameScale([end!.num, start!.num]) as [SqlValue, SqlValue];
  const num = chain.hold({ sql: `(${more.sql} - ${less.sql})`, scale: more.scale });
  return { ...end!, num };
}

/** What a table gives as a decimal, or a word; the checker has seen to it that it is one. */
export function tableValue(chain: RowChain, node: RatesNode | CurveNode): SqlValue {
  if (node.kind === 'curve' && !isExact(node.type)) return tableWord(chain, node);
  const { num, den } = tableFraction(chain, node);
  if (den) throw new InternalError('a table that divides outside a rounding');
  return num;
}

/** A curve that gives words, read for a row. */
function tableWord(chain: RowChain, node: CurveNode): SqlValue {
  const { pieces } = piecesOf(chain.names.model, node);
  const read = readOf(chain, chain.hold(chain.expression(node.argument)), node.whole);
  const sql = cases(chain, pieces, read, (value) =>
    value.kind === 'word' ? textParameter(chain.names.parameters, value.word) : 'NULL',
  );
  return chain.hold({ sql, scale: undefined });
}

/** The pieces of a table, and whether what they give is multiplied by the whole. */
function piecesOf(
  model: Model,
  node: RatesNode | CurveNode,
): { readonly pieces: Pieces; readonly multiplies: boolean } {
  if (node.kind === 'curve') {
    const curve = model.curves.find((each) => each.name === node.curve);
    if (!curve) throw new InternalError(`no such curve: ${node.curve}`);
    return { pieces: scorePieces(curve), multiplies: false };
  }
  const rates = model.rates.find((each) => each.name === node.rates);
  if (!rates) throw new InternalError(`no such rates: ${node.rates}`);
  return node.read === 'rate'
    ? { pieces: ratePieces(rates), multiplies: false }
    : { pieces: amountPieces(rates), multiplies: true };
}

function fractionAt(
  chain: RowChain,
  pieces: Pieces,
  {
    x,
    whole,
    multiplies,
  }: { readonly x: SqlValue; readonly whole: SqlValue | undefined; readonly multiplies: boolean },
): SqlFraction {
  const read = withWhole(chain, x, whole);
  const denominator = denominatorOf(pieces);
  const times = (value: Exact): Exact => multiply(value, fraction(denominator, 1n));
  // of a ratio a line is (slope * x + constant * y) / y, and `y *` takes the last y away
  const divides = whole !== undefined && !multiplies && isSloped(pieces);
  const terms = new Map<PieceValue, SqlValue>();
  const used = [pieces.below, ...pieces.pieces.map((each) => each.value)];
  // the amount of a part has the sign of the whole, which the read parts have lost
  const [part, unit] = multiplies && whole ? [x, whole] : [read.x, divides ? read.whole : undefined];
  for (const value of used) terms.set(value, termOf(chain, value, { part, unit, times, read }));
  const scale = Math.max(...[...terms.values()].map((each) => each.scale ?? 0));
  const sql = cases(chain, pieces, read, (value) => {
    const term = terms.get(value)!;
    return `CAST(${term.sql} AS ${decimalType(scale)})`;
  });
  const num = chain.hold({ sql, scale });
  const constant = decimalParameter(chain.names.parameters, fraction(denominator, 1n));
  if (divides) {
    const { sql, scale } = product(read.whole!, constant);
    return { num, den: chain.hold({ sql, scale }) };
  }
  return denominator === 1n ? { num } : { num, den: constant };
}

interface TermContext {
  readonly part: SqlValue;
  /** What the constants are multiplied by. */
  readonly unit: SqlValue | undefined;
  readonly times: (value: Exact) => Exact;
  readonly read: Read;
}

function termOf(chain: RowChain, value: PieceValue, context: TermContext): SqlValue {
  const { part, unit, times, read } = context;
  const of = (number: Exact): SqlValue => decimalParameter(chain.names.parameters, times(number));
  const withUnit = (each: SqlValue): SqlValue => (unit ? product(each, unit) : each);
  switch (value.kind) {
    case 'straight': {
      const constant = withUnit(of(value.constant));
      if (value.slope.num === 0) return constant;
      const [a, b] = sameScale([product(of(value.slope), part), constant]) as [SqlValue, SqlValue];
      return { sql: `(${a.sql} + ${b.sql})`, scale: a.scale };
    }
    case 'full': {
      const steps = fullSteps(chain, value, read);
      const [a, b] = sameScale([withUnit(product(of(value.more), steps)), withUnit(of(value.base))]) as [
        SqlValue,
        SqlValue,
      ];
      return { sql: `(${a.sql} + ${b.sql})`, scale: a.scale };
    }
    case 'word':
    case 'missing':
      return { sql: 'CAST(NULL AS DECIMAL(38, 0))', scale: 0 };
    default:
      return value satisfies never;
  }
}

/** How many full `per` lie between the origin and what is read. */
function fullSteps(chain: RowChain, value: PieceValue & { readonly kind: 'full' }, read: Read): SqlValue {
  const by = decimalsBy([value.origin, value.per]);
  const of = (number: Exact): SqlValue =>
    decimalParameter(chain.names.parameters, multiply(number, fraction(by, 1n)));
  const scaled = (number: Exact): SqlValue => (read.whole ? product(of(number), read.whole) : of(number));
  const [x, from, per] = sameScale([
    multiplied(chain, read.x, by),
    scaled(value.origin),
    scaled(value.per),
  ]) as [SqlValue, SqlValue, SqlValue];
  const { dialect } = chain.names;
  const top = chain.hold(digitsOf({ sql: `(${x.sql} - ${from.sql})`, scale: x.scale }, dialect));
  const bottom = chain.hold(digitsOf(per, dialect));
  const steps = floored({ top: top.sql, bottom: bottom.sql, dialect });
  return chain.hold({ sql: `CAST(${steps} AS DECIMAL(38, 0))`, scale: 0 });
}

function multiplied(chain: RowChain, value: SqlValue, by: bigint): SqlValue {
  return by === 1n ? value : product(value, decimalParameter(chain.names.parameters, fraction(by, 1n)));
}

function product(a: SqlValue, b: SqlValue): SqlValue {
  const scale = (a.scale ?? 0) + (b.scale ?? 0);
  return { sql: `CAST(${a.sql} * ${b.sql} AS ${decimalType(scale)})`, scale };
}

// ---- what is read ------------------------------------------------------------------------------------------

function readOf(chain: RowChain, x: SqlValue, whole: Expression | undefined): Read {
  return withWhole(chain, x, whole && chain.hold(chain.expression(whole)));
}

function withWhole(chain: RowChain, x: SqlValue, whole: SqlValue | undefined): Read {
  if (!whole) return { x, absent: `${x.sql} IS NULL` };
  return {
    x: chain.hold({ sql: `CASE WHEN ${whole.sql} < 0 THEN -${x.sql} ELSE ${x.sql} END`, scale: x.scale }),
    whole: chain.hold({ sql: `abs(${whole.sql})`, scale: whole.scale }),
    absent: `${x.sql} IS NULL OR ${whole.sql} IS NULL OR ${whole.sql} = 0`,
  };
}

function reaches(
  chain: RowChain,
  { bound, includes }: { readonly bound: Exact; readonly includes: boolean },
  { x, whole }: Read,
): string {
  // a bound that no decimal writes is compared as many times
  const by = decimalsBy([bound]);
  const constant = decimalParameter(chain.names.parameters, multiply(bound, fraction(by, 1n)));
  const [left, right] = sameScale([
    multiplied(chain, x, by),
    whole ? product(constant, whole) : constant,
  ]) as [SqlValue, SqlValue];
  return `${left.sql} ${includes ? '>=' : '>'} ${right.sql}`;
}

/** The last piece that is reached, else what lies below. */
function cases(
  chain: RowChain,
  { below, pieces }: Pieces,
  read: Read,
  sqlOf: (value: PieceValue) => string,
): string {
  const when = (piece: Piece): string => `WHEN ${reaches(chain, piece, read)} THEN ${sqlOf(piece.value)}`;
  return `CASE WHEN ${read.absent} THEN NULL ${pieces.toReversed().map(when).join(' ')} ELSE ${sqlOf(below)} END`;
}

// ---- grids -------------------------------------------------------------------------------------------------

/** The cell of a grid for a row. */
export function gridValue(chain: RowChain, node: GridNode): SqlValue {
  const grid = chain.names.model.grids.find((each) => each.name === node.grid);
  if (!grid) throw new InternalError(`no such grid: ${node.grid}`);
  const reads = node.args.map((each, at) =>
    readOf(
      chain,
      chain.hold(chain.expression(each)),
      node.ratio?.argument === at ? node.ratio.whole : undefined,
    ),
  );
  const words = grid.output.kind === 'enumeration' || grid.output.kind === 'text';
  const numbers = words
    ? []
    : grid.cells.map((each) => decimalParameter(chain.names.parameters, exact(each)));
  const scale = words ? undefined : Math.max(0, ...numbers.map((each) => each.scale ?? 0));
  const decimal = scale === undefined ? undefined : decimalType(scale);
  const below = decimal ? `CAST(0 AS ${decimal})` : 'NULL';
  const columns = grid.dimensions.at(-1)!.keys.length;
  const cell = (at: number): string => (grid.rows?.[Math.floor(at / columns)] === null ? below : cellOf(at));
  const cellOf = (at: number): string =>
    decimal
      ? `CAST(${numbers[at]!.sql} AS ${decimal})`
      : textParameter(chain.names.parameters, grid.cells[at]!);
  const level = (dimension: number, first: number): string => {
    const { keys } = grid.dimensions[dimension]!;
    const size = grid.dimensions.slice(dimension + 1).reduce((all, each) => all * each.keys.length, 1);
    const inner = (at: number): string =>
      dimension + 1 < grid.dimensions.length ? level(dimension + 1, first + at * size) : cell(first + at);
    const branches = keys.map((key, at) => {
      if (key.kind === 'otherwise') return '';
      const holds =
        key.kind === 'word'
          ? `${reads[dimension]!.x.sql} = ${textParameter(chain.names.parameters, key.word)}`
          : reaches(chain, { bound: exact(key.at), includes: key.includes }, reads[dimension]!);
      return `WHEN ${holds} THEN ${inner(at)}`;
    });
    const rest = keys.findIndex((each) => each.kind === 'otherwise');
    const otherwise = rest < 0 ? below : inner(rest);
    const held = branches.filter((each) => each !== '').toReversed();
    return `CASE ${held.join(' ')} ELSE ${otherwise} END`;
  };
  const absent = reads.map((each) => each.absent).join(' OR ');
  return chain.hold({ sql: `CASE WHEN ${absent} THEN NULL ELSE ${level(0, 0)} END`, scale });
}

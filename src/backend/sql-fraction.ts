// Fractions in SQL: within a rounding a formula of a row may divide, and is held as a numerator over a denominator until
// it is rounded, in whole numbers. Nothing is divided before, so nothing is rounded twice.

import { InternalError } from '../base/diagnostic.ts';
import { decimalPlaces, type Exact, exact, exactText } from '../base/exact.ts';
import { constantValue } from '../library/constant.ts';
import { walk } from '../library/parts.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import type { SqlDialect } from './sql-dialect.ts';
import { isExact, type RowChain, sameScale } from './sql-row.ts';
import { tableFraction } from './sql-tables.ts';
import { decimalParameter, decimalType, type SqlValue } from './sql-text.ts';

/** `num / den`; `den` is above zero, and 1 where it is absent. Missing is a NULL in `num`. */
export interface SqlFraction {
  readonly num: SqlValue;
  readonly den?: SqlValue;
}

const ROUNDINGS: ReadonlySet<string> = new Set(['round', 'round half even', 'round down', 'floor', 'ceil']);

export function isRounding({ function: name }: ApplyNode): boolean {
  return ROUNDINGS.has(name);
}

/** A column that holds a rounded value. */
export function roundedValue(chain: RowChain, formula: ApplyNode): SqlValue {
  const step = constantOf(formula.args[1]!);
  const { num, den } = fractionOf(chain, formula.args[0]!);
  const places = decimalPlaces(step);
  if (places === undefined) throw new InternalError('a step that no decimal writes');
  // num / 10^s over den / 10^t, in steps of p / q, is num * 10^t * q steps over den * 10^s * p
  const up = 10n ** BigInt(den?.scale ?? 0) * BigInt(step.den);
  const down = 10n ** BigInt(num.scale ?? 0) * BigInt(step.num);
  const common = divisor(up, down);
  const { dialect } = chain.names;
  const top = chain.hold(times(digitsOf(num, dialect), up / common, dialect));
  const bottom = den
    ? chain.hold(times(digitsOf(den, dialect), down / common, dialect)).sql
    : big(down / common, dialect);
  const steps = chain.hold({
    sql: roundedSteps(formula.function, { top: top.sql, bottom, dialect }),
    scale: undefined,
  });
  const size = decimalParameter(chain.names.parameters, step);
  const sql = `CAST(CAST(${steps.sql} AS DECIMAL(38, 0)) * ${size.sql} AS ${decimalType(places)})`;
  return chain.hold({ sql, scale: places });
}

function constantOf(formula: Expression): Exact {
  if (formula.kind !== 'constant') throw new InternalError('a step that is no constant');
  return constantValue(formula.type, formula.text) as Exact;
}

/** A quotient of whole numbers, of which the second is above zero. */
interface Quotient {
  readonly top: string;
  readonly bottom: string;
  readonly dialect: SqlDialect;
}

/** The whole number of steps that a way to round gives; quotients are cut towards zero, and `%` has the sign of the dividend. */
function roundedSteps(mode: string, quotient: Quotient): string {
  const { top, bottom, dialect } = quotient;
  const steps = dialect.quotient(top, bottom);
  const rest = `(${top} % ${bottom})`;
  const away = `CASE WHEN ${top} < 0 THEN -1 ELSE 1 END`;
  const least = `abs(${rest})`;
  switch (mode) {
    case 'round':
      return `${steps} + CASE WHEN ${least} >= ${bottom} - ${least} THEN ${away} ELSE 0 END`;
    case 'round half even':
      return `${steps} + CASE WHEN ${least} > ${bottom} - ${least} OR (${least} = ${bottom} - ${least} AND ${steps} % 2 <> 0) THEN ${away} ELSE 0 END`;
    case 'round down':
      return steps;
    case 'floor':
      return floored(quotient);
    case 'ceil':
      return `${steps} + CASE WHEN ${rest} > 0 THEN 1 ELSE 0 END`;
    default:
      throw new InternalError(`no way to round: ${mode}`);
  }
}

/** The whole number not above a quotient. */
export function floored({ top, bottom, dialect }: Quotient): string {
  return `${dialect.quotient(top, bottom)} - CASE WHEN ${top} % ${bottom} < 0 THEN 1 ELSE 0 END`;
}

/** The digits of a decimal as a whole number: `12.50` is 1250. Too many are an error, never cut off. */
export function digitsOf({ sql, scale }: SqlValue, { huge }: SqlDialect): SqlValue {
  const places = scale ?? 0;
  if (places === 0) return { sql: `CAST(${sql} AS ${huge})`, scale: undefined };
  const shifted =
    places <= 9
      ? `${sql} * CAST(${10n ** BigInt(places)} AS DECIMAL(38, 0))`
      : `replace(CAST(${sql} AS VARCHAR), '.', '')`;
  return { sql: `CAST(${shifted} AS ${huge})`, scale: undefined };
}

function times({ sql }: SqlValue, factor: bigint, dialect: SqlDialect): SqlValue {
  return { sql: factor === 1n ? sql : `${sql} * ${big(factor, dialect)}`, scale: undefined };
}

function big(value: bigint, { huge }: SqlDialect): string {
  return `CAST('${value}' AS ${huge})`;
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}

// ---- formulas that divide ------------------------------------------------------------------------------------

/** Whether a formula is worked out as a fraction: it divides outside any other rounding, or reads a table that does. */
function divides(formula: Expression): boolean {
  if (formula.kind === 'apply') {
    if (isRounding(formula)) return false;
    return formula.function === '/' || formula.args.some(divides);
  }
  return formula.kind === 'rates' || formula.kind === 'curve';
}

/** A formula of numbers as a fraction. */
export function fractionOf(chain: RowChain, formula: Expression): SqlFraction {
  if (!divides(formula)) return { num: chain.expression(formula) };
  if (formula.kind === 'rates' || formula.kind === 'curve') return tableFraction(chain, formula);
  if (formula.kind !== 'apply') throw new InternalError(`no fraction: ${formula.kind}`);
  const { function: name, args } = formula;
  const constant = foldedConstant(formula);
  if (constant) return held(chain, { num: textOf(chain, constant) });
  if (name === 'choose') {
    const [condition, ...branches] = args as [Expression, Expression, Expression];
    const holds = truthOf(chain, condition);
    const [then, otherwise] = branches.map((each) => fractionOf(chain, each)) as [SqlFraction, SqlFraction];
    return pick(
      chain,
      [then, otherwise],
      (a, b) => `CASE WHEN ${holds} THEN ${a} WHEN NOT ${holds} THEN ${b} END`,
    );
  }
  const [a, b, ...more] = args.map((each) => fractionOf(chain, each)) as [SqlFraction, SqlFraction];
  switch (name) {
    case '/': {
      const [top, bottom] = [product(chain, a.num, b.den), product(chain, b.num, a.den)].map((each) =>
        chain.hold(each),
      ) as [SqlValue, SqlValue];
      return held(chain, {
        num: {
          sql: `CASE WHEN ${bottom.sql} > 0 THEN ${top.sql} WHEN ${bottom.sql} < 0 THEN -${top.sql} END`,
          scale: top.scale,
        },
        den: { sql: `abs(${bottom.sql})`, scale: bottom.scale },
      });
    }
    case '*':
      return fraction(
        chain,
        product(chain, a.num, b.num),
        a.den && b.den ? product(chain, a.den, b.den) : (a.den ?? b.den),
      );
    case '+':
    case '-': {
      const [left, right] = crossed(chain, a, b);
      const den = a.den && b.den ? product(chain, a.den, b.den) : (a.den ?? b.den);
      return fraction(chain, { sql: `(${left.sql} ${name} ${right.sql})`, scale: left.scale }, den);
    }
    case 'minus':
    case 'abs': {
      const sql = name === 'minus' ? `(-${a.num.sql})` : `abs(${a.num.sql})`;
      return { ...a, num: { sql, scale: a.num.scale } };
    }
    case 'else':
      return pick(chain, [a, b], (x, y) => `CASE WHEN ${a.num.sql} IS NOT NULL THEN ${x} ELSE ${y} END`);
    case 'min':
    case 'max':
      return [b, ...more].reduce((best, each) => {
        const [left, right] = crossed(chain, best, each);
        const [x, y] = sameScale([left, right]).map((side) => side.sql) as [string, string];
        const wins = `${x} ${name === 'min' ? '<=' : '>='} ${y}`;
        return pick(
          chain,
          [best, each],
          (one, other) => `CASE WHEN ${wins} THEN ${one} WHEN NOT (${wins}) THEN ${other} END`,
        );
      }, a);
    default:
      throw new InternalError(`no fraction: ${name}`);
  }
}

/** What tells whether a part is there, or a condition holds; of a fraction its numerator. */
export function decidingSql(chain: RowChain, part: Expression): string {
  if (part.type.kind === 'truth') return truthOf(chain, part);
  return isExact(part.type) ? fractionOf(chain, part).num.sql : chain.expression(part).sql;
}

const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['is', '='],
  ['is not', '<>'],
]);

/** A condition that may compare fractions, as SQL. */
function truthOf(chain: RowChain, formula: Expression): string {
  if (!containsDivision(formula) || formula.kind !== 'apply') return chain.expression(formula).sql;
  const { function: name, args } = formula;
  const sign = COMPARISONS.get(name);
  if (sign !== undefined && args.some(divides)) {
    const [left, right] = crossed(chain, fractionOf(chain, args[0]!), fractionOf(chain, args[1]!));
    const [x, y] = sameScale([left, right]) as [SqlValue, SqlValue];
    return chain.hold({ sql: `(${x.sql} ${sign} ${y.sql})`, scale: undefined }).sql;
  }
  const all = (): string[] => args.map((each) => truthOf(chain, each));
  switch (name) {
    case 'and':
    case 'or':
      return `(${all().join(name === 'and' ? ' AND ' : ' OR ')})`;
    case 'not':
      return `(NOT ${all()[0]})`;
    case 'else':
      return `coalesce(${all().join(', ')})`;
    case 'choose': {
      const [holds, then, otherwise] = all();
      return `CASE WHEN ${holds} THEN ${then} WHEN NOT ${holds} THEN ${otherwise} END`;
    }
    case 'exists':
      return isExact(args[0]!.type) && divides(args[0]!)
        ? `(${fractionOf(chain, args[0]!).num.sql} IS NOT NULL)`
        : `(${truthOf(chain, args[0]!)} IS NOT NULL)`;
    default:
      return chain.expression(formula).sql;
  }
}

function containsDivision(formula: Expression): boolean {
  let found = false;
  walk(formula, (node) => {
    if (divides(node)) found = true;
  });
  return found;
}

/** Numerators over one denominator. */
function crossed(chain: RowChain, a: SqlFraction, b: SqlFraction): readonly [SqlValue, SqlValue] {
  const sides = sameScale([product(chain, a.num, b.den), product(chain, b.num, a.den)]);
  return [sides[0]!, sides[1]!];
}

/** One of several fractions, chosen by the same SQL for numerators and denominators. */
function pick(
  chain: RowChain,
  fractions: readonly [SqlFraction, SqlFraction],
  choose: (a: string, b: string) => string,
): SqlFraction {
  const part = (values: readonly SqlValue[]): SqlValue => {
    const [a, b] = sameScale(values) as [SqlValue, SqlValue];
    return { sql: choose(a.sql, b.sql), scale: a.scale };
  };
  const num = part(fractions.map((each) => each.num));
  if (fractions.every((each) => !each.den)) return held(chain, { num });
  const one: SqlValue = { sql: 'CAST(1 AS DECIMAL(38, 0))', scale: 0 };
  return held(chain, { num, den: part(fractions.map((each) => each.den ?? one)) });
}

function fraction(chain: RowChain, num: SqlValue, den: SqlValue | undefined): SqlFraction {
  return held(chain, den ? { num, den } : { num });
}

/** The parts in columns of their own, so that each is worked out once. */
function held(chain: RowChain, { num, den }: SqlFraction): SqlFraction {
  return { num: chain.hold(num), ...(den && { den: chain.hold(den) }) };
}

function product(chain: RowChain, a: SqlValue, b: SqlValue | undefined): SqlValue {
  if (!b) return a;
  const scale = (a.scale ?? 0) + (b.scale ?? 0);
  return chain.hold({ sql: `CAST(${a.sql} * ${b.sql} AS ${decimalType(scale)})`, scale });
}

function textOf(chain: RowChain, value: Exact): SqlValue {
  return decimalParameter(chain.names.parameters, value);
}

/** The value of a quotient of constants that a decimal writes: `1 / 4`. */
function foldedConstant(formula: ApplyNode): Exact | undefined {
  const [a, b] = formula.args;
  if (formula.function !== '/' || a?.kind !== 'constant' || b?.kind !== 'constant') return undefined;
  const text = `${a.text}/${b.text}`;
  if (/\/.*\//.test(text) || /^-?0*(\.0*)?$/.test(b.text)) return undefined;
  const value = exact(text);
  return decimalPlaces(value) === undefined ? undefined : exact(exactText(value));
}

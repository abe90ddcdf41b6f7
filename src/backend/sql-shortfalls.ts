// What a formula of rows lacks, as SQL: a text where a rate is needed and isn't there, NULL where nothing is wanting. It
// follows what decides, as the judge does: of a choice the branch taken, of conditions those up to the deciding one.

import { partsOf, walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { Measure } from '../model/policy.ts';
import { createShortfalls, shortfallOf } from '../query/shortfalls.ts';
import type { Connection } from './sql-connection.ts';
import { decidingSql } from './sql-fraction.ts';
import type { RowChain } from './sql-row.ts';
import { conversionShort } from './sql-scalars.ts';

/** What the formula lacks on a row; `undefined` for one that never lacks anything. */
export function shortSql(chain: RowChain, formula: Expression): string | undefined {
  if (!mayLack(chain, formula)) return undefined;
  const of = (part: Expression): string => shortSql(chain, part) ?? 'NULL';
  switch (formula.kind) {
    case 'field':
      return of(formulaOf(chain, formula.name)!);
    case 'convert':
      return firstOf([...partsOf(formula).map(of), conversionShort(chain, formula)]);
    case 'apply': {
      const [first, second, third] = formula.args as [Expression, Expression, Expression];
      const value = (part: Expression): string =>
        chain.hold({ sql: decidingSql(chain, part), scale: undefined }).sql;
      switch (formula.function) {
        case 'choose':
          return firstOf([
            of(first),
            `CASE WHEN ${value(first)} THEN ${of(second)} WHEN NOT ${value(first)} THEN ${of(third)} END`,
          ]);
        case 'else':
          return firstOf([of(first), `CASE WHEN ${value(first)} IS NULL THEN ${of(second)} END`]);
        case 'and':
          return firstOf([of(first), `CASE WHEN coalesce(${value(first)}, TRUE) THEN ${of(second)} END`]);
        case 'or':
          return firstOf([
            of(first),
            `CASE WHEN NOT coalesce(${value(first)}, FALSE) THEN ${of(second)} END`,
          ]);
        default:
          return firstOf(formula.args.map(of));
      }
    }
    default:
      return firstOf(partsOf(formula).map(of));
  }
}

/** What a measure lacks on a row: its condition decides whether its value is asked for. */
function measureShort(chain: RowChain, { where, value, each }: Measure): string | undefined {
  const asked = [value, each].flatMap((part) => (part ? (shortSql(chain, part) ?? []) : []));
  if (!where) return asked.length > 0 ? firstOf(asked) : undefined;
  const short = shortSql(chain, where);
  if (asked.length === 0) return short;
  const holds = chain.hold(chain.expression(where)).sql;
  return firstOf([...(short ? [short] : []), `CASE WHEN ${holds} THEN ${firstOf(asked)} END`]);
}

function firstOf(texts: readonly string[]): string {
  return `coalesce(${[...texts, 'CAST(NULL AS VARCHAR)'].join(', ')})`;
}

function formulaOf(chain: RowChain, field: string): Expression | undefined {
  const { model, event } = chain.names;
  return model.events.find((each) => each.name === event)?.computed.find((each) => each.name === field)
    ?.value;
}

function mayLack(chain: RowChain, formula: Expression): boolean {
  let found = false;
  walk(formula, (node) => {
    if (node.kind === 'convert') found = true;
    const behind = node.kind === 'field' ? formulaOf(chain, node.name) : undefined;
    if (behind && mayLack(chain, behind)) found = true;
  });
  return found;
}

/** Whether any of these measures may lack something. */
export function measuresMayLack(chain: RowChain, measures: readonly Measure[]): boolean {
  return measures.some(({ where, value, each }) =>
    [where, value, each].some((formula) => formula && mayLack(chain, formula)),
  );
}

/** Stops for what measures lack; `counts` says which rows of the chain a measure looks at. */
export async function stopForMeasures(
  connection: Connection,
  chain: RowChain,
  measures: readonly { readonly measure: Measure; readonly counts: string }[],
): Promise<void> {
  const shorts = measures.flatMap(({ measure, counts }) => {
    const short = measureShort(chain, measure);
    return short ? [`CASE WHEN ${counts} THEN ${short} END`] : [];
  });
  await stopFor(connection, chain, shorts);
}

/** Stops for what formulas lack on any row of the chain. */
export async function stopFor(
  connection: Connection,
  chain: RowChain,
  shorts: readonly string[],
): Promise<void> {
  if (shorts.length === 0) return;
  const columns = shorts.map((each) => chain.hold({ sql: each, scale: undefined }).sql);
  const rows = await connection.rows({
    sql: `WITH ${chain.sql}\n${columns
      .map((each) => `SELECT DISTINCT ${each} AS s FROM ${chain.name} WHERE ${each} IS NOT NULL`)
      .join('\nUNION\n')}`,
    values: chain.names.parameters.values,
    about: `what \`${chain.names.event}\` is converted by`,
  });
  const shortfalls = createShortfalls();
  for (const [text] of rows) shortfalls.note(shortfallOf(text as string));
  shortfalls.stop();
}

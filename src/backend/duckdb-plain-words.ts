// Sums whose conditions ask for words of lists, such as a status: rows are added up by those words first, so that many sums
// cost little more than a few.

import type { Expression } from '../model/expression.ts';
import type { EventModel, Measure } from '../model/policy.ts';
import { cellKey, conjuncts, fieldsIn } from './duckdb-plain-formulas.ts';

/** Sums and counts in two steps. */
export interface WordCells {
  /** Places of the fields by whose words rows are added up. */
  readonly fields: readonly number[];
  /** What is added up for each combination of words: without the conditions that ask for words. */
  readonly inner: readonly Measure[];
  /** Each sum of the second step: of which one of the first, where which conditions hold. */
  readonly outer: readonly { readonly at: number; readonly where: readonly Expression[] }[];
}

/** Fewer sums than this are soon added up one beside the other. */
const MANY = 16;
/** More combinations of words than this make more groups than are worth it. */
const MOST_COMBINATIONS = 64;

/** The two steps; `undefined` where they would save little. */
export function wordCells(cells: readonly Measure[], event: EventModel): WordCells | undefined {
  if (cells.length < MANY) return undefined;
  const inner = new Map<string, { readonly at: number; readonly measure: Measure }>();
  const fields = new Set<number>();
  const outer = cells.map((cell) => {
    const parts = cell.where ? conjuncts(cell.where, event) : [];
    const words = parts.filter((each) => asksWords(each, event));
    for (const name of words.flatMap((each) => [...fieldsIn(each, event)]))
      fields.add(event.fields.findIndex((each) => each.name === name));
    const { where: _, ...whole } = cell;
    const rest = together(parts.filter((each) => !words.includes(each)));
    const measure: Measure = rest ? { ...whole, where: rest } : whole;
    const found = inner.get(cellKey(measure)) ?? { at: inner.size, measure };
    inner.set(cellKey(measure), found);
    return { at: found.at, where: words };
  });
  const combinations = [...fields].reduce((product, at) => product * wordsOf(event, at), 1);
  if (combinations > MOST_COMBINATIONS || inner.size * 2 > cells.length) return undefined;
  return { fields: [...fields], inner: [...inner.values()].map((each) => each.measure), outer };
}

/** How many values a field may have, with none. */
function wordsOf({ fields }: EventModel, at: number): number {
  const { type } = fields[at]!;
  return type.kind === 'enumeration' ? type.members.length + 1 : 3;
}

const OF_WORDS: ReadonlySet<string> = new Set(['is', 'is not', 'and', 'or', 'not']);

/** Whether a condition asks for nothing but words of lists and truth values that are read. */
function asksWords(formula: Expression, event: EventModel): boolean {
  switch (formula.kind) {
    case 'constant':
      return true;
    case 'field': {
      const kind = event.fields.find((each) => each.name === formula.name)?.type.kind;
      return kind === 'enumeration' || kind === 'truth';
    }
    case 'apply':
      return OF_WORDS.has(formula.function) && formula.args.every((each) => asksWords(each, event));
    default:
      return false;
  }
}

function together(conditions: readonly Expression[]): Expression | undefined {
  const [first, ...others] = conditions;
  return others.reduce<Expression | undefined>(
    (all, each) => all && { ...each, kind: 'apply', function: 'and', args: [all, each] },
    first,
  );
}

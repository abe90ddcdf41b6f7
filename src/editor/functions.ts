// What can be called in a formula, with what completion, hover and signature help say of it: the library's table, and
// what only the checker knows, which compares people, periods or rows.

import { AGGREGATES } from '../library/aggregate.ts';
import { AGGREGATE_DOCUMENTATION, FUNCTION_DOCUMENTATION } from '../library/documentation.ts';
import { FUNCTIONS } from '../library/scalar.ts';

/** Something that is written like a function. */
export interface Callable {
  readonly name: string;
  /** The ways in which it is written: `sum(event.field where condition)`. */
  readonly signatures: readonly string[];
  readonly summary: string;
  readonly examples: readonly { readonly formula: string; readonly value?: string }[];
  /** The words that may begin a clause among its arguments. */
  readonly clauses: readonly string[];
}

const ROWS = ['where', 'as', 'by', 'each', 'of', 'within'] as const;

/** What the checker makes of its own. */
const PHRASES: readonly Callable[] = [
  {
    name: 'attainment',
    signatures: ['attainment(kpi)'],
    summary: 'The actual of a KPI against its target; missing where it has no target.',
    examples: [
      { formula: 'attainment(revenue) >= 100%' },
      { formula: '(attainment(revenue[team]) else 0%) >= 100%' },
    ],
    clauses: [],
  },
  {
    name: 'target',
    signatures: ['target(kpi)'],
    summary: 'The target of a KPI that applies to the person in the period; missing where there is none.',
    examples: [{ formula: 'revenue - target(revenue)' }],
    clauses: [],
  },
  {
    name: 'nth',
    signatures: ['nth(by field where condition)'],
    summary: 'Which row it is among all rows that share a value, from 1, in order of time.',
    examples: [{ formula: 'nth(by client where is_won) is 1' }],
    clauses: ['by', 'where'],
  },
  {
    name: 'previous',
    signatures: ['previous(x)'],
    summary: 'The same value of the same person one period before; missing before the first.',
    examples: [{ formula: 'previous(commission) else 0 RUB' }],
    clauses: [],
  },
  {
    name: 'rank',
    signatures: ['rank(x of role)'],
    summary: 'The place of the person among people, from 1; ties share a place.',
    examples: [{ formula: 'rank(revenue of hunter) is 1' }],
    clauses: ['of', 'by'],
  },
  {
    name: 'total',
    signatures: ['total(x of role)'],
    summary: 'The sum of a value over people.',
    examples: [{ formula: 'revenue / total(revenue of hunter)' }],
    clauses: ['of'],
  },
  {
    name: 'streak',
    signatures: ['streak(condition)'],
    summary: 'For how many periods in a row a condition has held, this one included.',
    examples: [{ formula: 'streak(attainment(revenue) >= 100%) is 3' }],
    clauses: [],
  },
  {
    name: 'before',
    signatures: ['before(x)'],
    summary: "The sum of a value over the person's earlier events of the period; for bonuses per event.",
    examples: [{ formula: 'ladder(deal.amount, after before(deal.amount))' }],
    clauses: [],
  },
  {
    name: 'exists',
    signatures: ['exists(event of field where condition within length after date)'],
    summary: 'Whether another event shares a value with this row, or refers to it.',
    examples: [{ formula: 'exists(deal of client within 30 days after opened_at)' }],
    clauses: ['of', 'where', 'within'],
  },
  {
    name: 'convert',
    signatures: ['convert(amount, to currency, at date)'],
    summary: 'An amount in another currency, at the rate of a day from the table of rates.',
    examples: [{ formula: 'convert(amount, to RUB, at closed_on)' }],
    clauses: ['to', 'at'],
  },
  {
    name: 'working_time',
    signatures: ['working_time(from, until, calendar)'],
    summary: 'The working hours of a calendar between two moments.',
    examples: [{ formula: 'working_time(opened_at, closed_at, office)' }],
    clauses: [],
  },
];

const EXAMPLES: Readonly<Record<string, string>> = {
  sum: 'sum(deal.amount where is_won)',
  count: 'count(distinct deal.client where is_won)',
  average: 'average(score each month)',
  min: 'min(deal.amount where is_won)',
  max: 'max(deal.amount where is_won)',
  median: 'median(call.length)',
  percentile: 'percentile(call.length, 90%)',
  first: 'first(deal.amount where is_won)',
  last: 'last(balance.amount each account)',
};

const OF_TOTALS: Readonly<Record<string, readonly string[]>> = {
  sum: ['sum(x each month)', 'sum(event.field of this)'],
  count: ['count(condition each month)'],
  average: ['average(x each month)'],
};

const all = new Map<string, Callable>(PHRASES.map((each) => [each.name, each]));
for (const { name } of AGGREGATES) {
  const { signature, summary } = AGGREGATE_DOCUMENTATION[name]!;
  all.set(name, {
    name,
    signatures: [...signature.split(/(?<=\)), /), ...(OF_TOTALS[name] ?? [])],
    summary,
    examples: EXAMPLES[name] === undefined ? [] : [{ formula: EXAMPLES[name] }],
    clauses: ROWS,
  });
}
for (const { name } of FUNCTIONS) {
  const { signature, summary, examples } = FUNCTION_DOCUMENTATION[name]!;
  const before = all.get(name.split(' ')[0]!);
  const clauses = /\bto\b/.test(signature) ? ['to', 'half', 'down'] : [];
  if (!before) all.set(name, { name, signatures: [signature], summary, examples, clauses });
  else if (before.signatures.includes(signature) || examples.length === 0) continue;
  else
    all.set(before.name, {
      ...before,
      signatures: [...before.signatures, signature],
      examples: [...before.examples, ...examples],
    });
}

/** Everything that can be called, by name. */
export const CALLABLES: ReadonlyMap<string, Callable> = all;

/** The words that may begin a clause in a call of one of the policy's tables. */
export const TABLE_CLAUSES: readonly string[] = ['of', 'after'];

/** A signature cut into the parts that are filled in, as pairs of offsets. */
export function partsOf(signature: string): readonly (readonly [number, number])[] {
  const open = signature.indexOf('(') + 1;
  const close = signature.lastIndexOf(')');
  const parts: (readonly [number, number])[] = [];
  const separator = /, | (?=(?:where|to|as|by|each|of|within|after|at|half|down) )| (?=down$|half even$)/g;
  let from = open;
  for (const { index, 0: found } of signature.slice(0, close).matchAll(separator)) {
    if (index < open || isWithin(signature, index)) continue;
    if (index > from) parts.push([from, index]);
    from = index + found.length;
  }
  if (close > from) parts.push([from, close]);
  return parts;
}

/** `within length after date` is one part. */
function isWithin(signature: string, at: number): boolean {
  return / within \S+$/.test(signature.slice(0, at));
}

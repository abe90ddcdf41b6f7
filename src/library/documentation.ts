// What documentation, completion and hovers say of the function table, by the names of its entries. It stands apart, so that
// a page that only checks and runs policies doesn't load it.

/** What is said of a function or operator. */
export interface Documentation {
  /** How it is written: `min(a, b, …)`. */
  readonly signature: string;
  /** One sentence that stands alone in a hover. */
  readonly summary: string;
  /** Formulas with constants only, and what they give; run as tests. */
  readonly examples: readonly { readonly formula: string; readonly value: string }[];
}

/** Of the functions and operators. */
export const FUNCTION_DOCUMENTATION: Readonly<Record<string, Documentation>> = {
  '+': {
    signature: 'a + b',
    summary: 'The sum of two like amounts.',
    examples: [
      { formula: '1 + 2', value: '3' },
      { formula: '5% + 0.1', value: '0.15' },
    ],
  },
  '-': {
    signature: 'a - b',
    summary: 'The difference of two like amounts.',
    examples: [{ formula: '10 RUB - 12.5 RUB', value: '-2.5' }],
  },
  'days between': {
    signature: 'date - date',
    summary: 'The time from the second date to the first.',
    examples: [{ formula: '2026-03-01 - 2026-02-01', value: '2419200' }],
  },
  'time between': {
    signature: 'datetime - datetime',
    summary: 'The time from the second moment to the first.',
    examples: [],
  },
  later: { signature: 'date + duration', summary: 'The date some days later.', examples: [] },
  'later moment': {
    signature: 'datetime + duration',
    summary: 'The moment so much real time later, whatever local clocks do meanwhile.',
    examples: [],
  },
  '*': {
    signature: 'a * b',
    summary: 'The product; one of the two is a number or a percent.',
    examples: [
      { formula: '1_000 RUB * 5%', value: '50' },
      { formula: '1/3 * 3', value: '1' },
    ],
  },
  '/': {
    signature: 'a / b',
    summary: 'The quotient, exact; missing when the divisor is zero.',
    examples: [
      { formula: '1 / 3', value: '1/3' },
      { formula: '50 RUB / 200 RUB', value: '0.25' },
    ],
  },
  minus: {
    signature: '-a',
    summary: 'The same amount with the other sign.',
    examples: [{ formula: '-5%', value: '-0.05' }],
  },
  is: {
    signature: 'a is b',
    summary: 'Whether two values are the same.',
    examples: [{ formula: '0.5 is 50%', value: 'true' }],
  },
  'is not': {
    signature: 'a is not b',
    summary: 'Whether two values differ.',
    examples: [{ formula: '"a" is not "b"', value: 'true' }],
  },
  '<': {
    signature: 'a < b',
    summary: 'Whether the first is less.',
    examples: [{ formula: '1/3 < 0.333', value: 'false' }],
  },
  '<=': {
    signature: 'a <= b',
    summary: 'Whether the first is less or equal.',
    examples: [{ formula: '1/3 <= 0.333', value: 'false' }],
  },
  '>': {
    signature: 'a > b',
    summary: 'Whether the first is greater.',
    examples: [{ formula: '1/3 > 0.333', value: 'true' }],
  },
  '>=': {
    signature: 'a >= b',
    summary: 'Whether the first is greater or equal.',
    examples: [{ formula: '1/3 >= 0.333', value: 'true' }],
  },
  and: {
    signature: 'a and b',
    summary: 'Whether both hold; a condition that fails decides even when the other is missing.',
    examples: [{ formula: '1 < 2 and 2 < 1', value: 'false' }],
  },
  or: {
    signature: 'a or b',
    summary: 'Whether one of the two holds; one that holds decides even when the other is missing.',
    examples: [{ formula: '1 < 2 or 2 < 1', value: 'true' }],
  },
  not: {
    signature: 'not a',
    summary: 'Whether the condition fails.',
    examples: [{ formula: 'not (1 < 2)', value: 'false' }],
  },
  exists: {
    signature: 'a exists',
    summary: 'Whether there is a value: it is not missing.',
    examples: [{ formula: '(1 / 0) exists', value: 'false' }],
  },
  else: {
    signature: 'a else b',
    summary: 'The first value, or the second where the first is missing.',
    examples: [{ formula: '(1 / 0) else 7', value: '7' }],
  },
  choose: {
    signature: 'a when c otherwise b',
    summary: 'The first value where the condition holds, the other where it fails.',
    examples: [{ formula: '1 when 2 < 1 otherwise 3', value: '3' }],
  },
  min: {
    signature: 'min(a, b, …)',
    summary: 'The least of the values.',
    examples: [{ formula: 'min(3, 1/3, 2)', value: '1/3' }],
  },
  max: {
    signature: 'max(a, b, …)',
    summary: 'The greatest of the values.',
    examples: [{ formula: 'max(3, 1/3, 2)', value: '3' }],
  },
  abs: {
    signature: 'abs(x)',
    summary: 'The amount without its sign.',
    examples: [{ formula: 'abs(-2.5)', value: '2.5' }],
  },
  round: {
    signature: 'round(x to step)',
    summary: 'The nearest multiple of the step; a half goes away from zero.',
    examples: [{ formula: 'round(2.345 to 0.01)', value: '2.35' }],
  },
  'round half even': {
    signature: 'round(x to step half even)',
    summary: 'The nearest multiple of the step; a half goes to the even one.',
    examples: [{ formula: 'round(2.345 to 0.01 half even)', value: '2.34' }],
  },
  'round down': {
    signature: 'round(x to step down)',
    summary: 'The multiple of the step that is nearest towards zero.',
    examples: [{ formula: 'round(2.345 to 0.01 down)', value: '2.34' }],
  },
  floor: {
    signature: 'floor(x to step)',
    summary: 'The largest multiple of the step that is not above.',
    examples: [{ formula: 'floor(2.345 to 0.01)', value: '2.34' }],
  },
  ceil: {
    signature: 'ceil(x to step)',
    summary: 'The smallest multiple of the step that is not below.',
    examples: [{ formula: 'ceil(2.345 to 0.01)', value: '2.35' }],
  },
  average: {
    signature: 'average(x where c)',
    summary: 'The sum over the count; missing when there are no rows.',
    examples: [],
  },
  median: {
    signature: 'median(x where c)',
    summary: 'The middle value, or the mean of the two middle ones; missing when there are no rows.',
    examples: [],
  },
};

/** Of the aggregates that KPIs are built from. */
export const AGGREGATE_DOCUMENTATION: Readonly<Record<string, Omit<Documentation, 'examples'>>> = {
  sum: {
    signature: 'sum(event.field where condition)',
    summary: 'The total of a field, weighted by the credited share; 0 when there are no rows.',
  },
  count: {
    signature: 'count(event where condition), count(distinct event.field where condition)',
    summary:
      'How many rows, weighted by the credited share, or how many different values; 0 when there are none.',
  },
  average: {
    signature: 'average(event.field where condition)',
    summary: 'The weighted sum over the weighted count; missing when there are no rows.',
  },
  min: {
    signature: 'min(event.field where condition)',
    summary: 'The least value of a field; missing when there are no rows.',
  },
  max: {
    signature: 'max(event.field where condition)',
    summary: 'The greatest value of a field; missing when there are no rows.',
  },
  median: {
    signature: 'median(event.field where condition)',
    summary: 'The middle value, exact; missing when there are no rows.',
  },
  percentile: {
    signature: 'percentile(event.field, 90% where condition)',
    summary: 'The value at that place from below, by nearest rank; missing when there are no rows.',
  },
  first: {
    signature: 'first(event.field where condition), first(event.field each field)',
    summary:
      'The value of the earliest row, by time, known time, then key; with `each`, that of each value of a field, added up; missing when there are no rows.',
  },
  last: {
    signature: 'last(event.field where condition), last(event.field each field)',
    summary:
      'The value of the latest row, by time, known time, then key; with `each`, that of each value of a field, added up (a balance of each account); missing when there are no rows.',
  },
};

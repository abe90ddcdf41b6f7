// What documentation, completion and hovers say of each declaration, clause and part of shape.ts. It stands apart, so that
// a page that only reads policies doesn't load it.

import { type DeclarationShape, type Part, SHAPES } from './shape.ts';

/** Of the declarations, by the words that begin them. */
const OF_DECLARATIONS: Readonly<Record<string, string>> = {
  policy: 'what holds for the whole policy',
  import: 'another file of the policy',
  calendar: 'working days and hours, or a fiscal year',
  person: 'what the people data says of each person',
  event: 'a kind of dated row',
  table: 'reference rows',
  credit: 'whose result an event is',
  kpi: 'a named indicator',
  let: 'a named value',
  curve: 'attainment to a score',
  rates: 'value to rate, by lower bounds',
  amounts: 'value to an amount, tier by tier',
  grid: 'a table of two or three dimensions',
  role: 'what is expected of people, and what it earns',
  award: 'something that a person wins',
  level: 'a career step',
  pool: 'an amount shared among people',
  for: 'targets of one person or team',
  test: 'rows, and what they must give',
  invariant: 'what holds whatever the data is',
};

/**
 * Of clauses and parts: by the declaration and the keys that lead there, by those keys where it says the same in each, or
 * by the last of them.
 */
const OF_CLAUSES: Readonly<Record<string, string>> = {
  title: 'how people call it',
  fields: 'its columns: name and type',
  'fields.type': 'the type and its clauses',
  per: 'the grain: day, week, month, quarter, year, of a calendar too: `quarter of retail`',
  to: 'who gets it',
  targets: 'what is expected of a KPI',
  'targets.value': 'the target',
  'targets.adds_up': 'whether the targets of parts add up',
  'targets.spread': 'how a longer target goes over its parts',
  gates: 'without it, nothing in the gated bonuses',
  'gates.condition': 'what must hold',
  when: 'the condition under which it holds',
  caps: 'the most that is paid',
  floors: 'the least that is paid',
  draws: 'what pay is topped up to',
  'policy.amends': 'the policy that it changes',
  'policy.currency': 'the currency of `money`',
  'policy.timezone': 'the zone whose days count',
  'policy.period': 'the grain that pay is worked out over: `month`, `month of retail`',
  'policy.effective': 'from and until when it holds',
  'policy.reopens': 'from when it holds for closed periods too',
  'policy.rounding': 'how each bonus is rounded',
  'policy.reports': 'what the output is grouped by',
  'policy.gates': 'without it, nothing in the gated bonuses of any role',
  'policy.pays_in': 'the currency that is paid out',
  'policy.corrections': 'how far back data is corrected',
  'policy.takes_back': 'how much of pay an adjustment may take',
  'import.path': 'the file, from this one',
  'calendar.work': 'the working hours of some days',
  'calendar.holidays': 'days without work',
  'calendar.year_starts': 'the first day of a fiscal year',
  'calendar.quarters': 'the weeks of the months of a quarter: `4, 4, 5 weeks`',
  'event.since': 'from when its data is complete',
  'event.computed': 'fields worked out from others of the row',
  'event.computed.value': 'the formula',
  'credit.lines': 'who is credited, with which share',
  'kpi.kind': 'outcome or operational',
  'kpi.better': 'which way is better: higher or lower',
  'kpi.value': 'how it is measured',
  'kpi.owner': 'who answers for it',
  'kpi.attainment': 'a formula of `actual` and `target`',
  'kpi.status': 'its traffic light: `green from 95%, amber from 70%`',
  'let.value': 'the formula',
  'curve.kind': 'linear or steps',
  'curve.points': 'attainment and score',
  'rates.kind': 'marginal or whole',
  'rates.tiers': 'bounds and rate',
  'amounts.tiers': 'bounds and amount',
  'grid.by': "what its keys are called, the columns' last: `by margin_rate, invoice`",
  'grid.columns': 'the keys of the columns, with `|` between them',
  'grid.rows': 'the keys of a row, and its values with `|` between them',
  'role.extends': 'the role whose clauses it takes over',
  'role.ramp': 'shares of the targets, by month in the role',
  'role.prorate': 'by what a part of a period is measured',
  'role.scorecard': 'weighted KPIs',
  'role.bonuses': 'a named amount of money',
  'role.bonuses.gated': 'whether the gates hold it',
  'role.bonuses.prorated': 'whether it goes by the days held',
  'role.bonuses.per': 'the grain, or the event that it is worked out for',
  'role.bonuses.value': 'the amount',
  'role.bonuses.cap': 'the most it pays',
  'role.bonuses.floor': 'the least it pays',
  'role.bonuses.first': 'how many events of the period count',
  'role.bonuses.while_employed': 'only for who is there when the grain ends',
  'role.bonuses.pays': 'when and in what: `in 3 monthly parts`, `1 month later`, `in EUR`',
  'role.bonuses.holds': 'what is held back: `20% for 3 months`',
  'role.bonuses.forfeited_on_leaving': 'whether parts and holds end with the work',
  'role.bonuses.payable': 'what frees it: `as payment.amount of amount`',
  'award.when': 'the condition under which it is won',
  'award.gives': 'the prizes, with `and` between them',
  'level.when': 'what it takes',
  'pool.value': 'the amount',
  'pool.when': 'who of them has a share',
  'pool.shared': '`equally`, or `by` what each has',
  'for.person': 'whose they are',
  'for.team': "which team's they are",
  'for.from': 'the first day',
  'for.until': 'the last day',
  'test.rows': 'people and rows of events and tables',
  'test.expect': 'what must hold of a person in a period',
  'invariant.given': 'the bounds within which it holds',
  'invariant.claim': 'what holds',
};

const ALL: ReadonlyMap<object, string> = new Map(SHAPES.flatMap(docsOf));

/** What is said of a declaration, clause or part of the tables. */
export function docOf(of: DeclarationShape | Part): string {
  return ALL.get(of)!;
}

/** All that is said, for the test that nothing is said of what isn't there. */
export const DOCS: readonly string[] = [...Object.values(OF_DECLARATIONS), ...Object.values(OF_CLAUSES)];

function docsOf(shape: DeclarationShape): readonly (readonly [object, string])[] {
  const of = (part: Part, keys: readonly string[]): readonly [object, string] => [
    part,
    (OF_CLAUSES[[shape.word, ...keys].join('.')] ?? OF_CLAUSES[keys.join('.')] ?? OF_CLAUSES[part.key])!,
  ];
  return [
    [shape, OF_DECLARATIONS[shape.word]!],
    ...shape.clauses.flatMap((clause) => [
      of(clause, [clause.key]),
      ...(clause.parts ?? []).map((part) => of(part, [clause.key, part.key])),
    ]),
  ];
}

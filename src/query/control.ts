// The internal balance of a run: what becomes of an event's shares, and whether the results of people and groups come to
// those of the company. A few queries for each event, none for each person.

import { type Day, dayText } from '../base/date.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { add, type Exact, equals, exactText, multiply, sign, subtract, whole, ZERO } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import type { FactRow } from '../model/dataset.ts';
import type { People } from '../model/people.ts';
import type { EventModel, Measure, Model } from '../model/policy.ts';
import { scopeOfQuery } from './facts.ts';
import { type DayRange, groupId, groupValue, valuesBetween } from './groups.ts';
import { bucketOf, dayRange, wholeGroups } from './make-queries.ts';
import { doesNotBalance } from './messages.ts';
import { type AggregateQuery, type Bucket, type RowsQuery, takesShares } from './query.ts';

/** A query and its rows. */
export interface Answer {
  readonly query: AggregateQuery;
  readonly rows: readonly FactRow[];
}

/** The shares of an event's used rows: those credited to somebody in a role, and the others. */
export interface CreditedShares {
  readonly event: string;
  readonly credited: Exact;
  readonly outside: Exact;
}

const PROBE = 'control';

function probeOf(event: string): Measure {
  return { id: `${PROBE} ${event}`, event, aggregate: 'count' };
}

/**
 * What a run asks beside its figures. Of each event with credit, over all of its days and each period asked for: how
 * many rows there are, which shares are credited to stays and to groups, and which to nobody in a role. And of sums and
 * counts that the policy asks of people and of the company: the part of those who held no role. Nothing where nothing is
 * worked out.
 */
export function balanceQueries(
  model: Model,
  { people, queries, rowsQueries = [], periods }: Asked,
): readonly AggregateQuery[] {
  if (model.figures.length === 0) return [];
  const credited = model.events.filter((event) => event.credit.length > 0);
  const probes = credited.flatMap((event) => {
    const days = dayRange(event.name, [...queries, ...rowsQueries], periods);
    if (days.from >= days.until) return [];
    const buckets = bucketsOnce([days, ...periods].map(bucketOf));
    const base = { event: event.name, buckets, measures: [probeOf(event.name)] };
    return [
      { ...base, id: `${PROBE} own`, scope: { kind: 'own' as const } },
      { ...base, id: `${PROBE} company`, scope: { kind: 'company' as const } },
      { ...base, id: `${PROBE} outside`, scope: { kind: 'outside' as const } },
      ...attributesGrouped(model, queries).map((attribute) => {
        const pieces = wholeGroups(model, people.stays, attribute, buckets);
        return { ...base, id: `${PROBE} ${attribute}`, scope: { kind: 'group' as const, attribute, pieces } };
      }),
    ];
  });
  const events = new Set(credited.map((each) => each.name));
  const outside = queries
    .filter(
      ({ event, scope, buckets }) =>
        scope.kind === 'company' && events.has(event) && !buckets.some(isSeenInPart),
    )
    .flatMap((query): readonly AggregateQuery[] => {
      const measures = query.measures.filter(
        (measure) => takesShares(measure) && measure.as === undefined && isAskedOfPeople(measure, queries),
      );
      return measures.length === 0
        ? []
        : [{ ...query, id: `${PROBE} ${query.id}`, scope: { kind: 'outside' }, measures }];
    });
  return [...probes, ...outside];
}

/** What a stay sees of the company: of people there is nothing to hold it against. */
function isSeenInPart({ partOf }: Bucket): boolean {
  return partOf !== undefined;
}

/** What a run asks for, and of whom. */
export interface Asked {
  readonly people: People;
  readonly queries: readonly AggregateQuery[];
  readonly rowsQueries?: readonly RowsQuery[];
  readonly periods: readonly Period[];
}

function bucketsOnce(buckets: readonly Bucket[]): readonly Bucket[] {
  return [...new Map(buckets.map((each) => [each.id, each])).values()];
}

/** By what the policy groups people, in its report and in the scopes that its figures ask for. */
function attributesGrouped({ reports }: Model, queries: readonly AggregateQuery[]): readonly string[] {
  const asked = queries.flatMap(({ scope }) => (scope.kind === 'group' ? [scope.attribute] : []));
  return [...new Set([...reports, ...asked])];
}

function isAskedOfPeople(measure: Measure, queries: readonly AggregateQuery[]): boolean {
  return queries.some(
    ({ scope, measures }) => scope.kind === 'own' && measures.some((each) => each.id === measure.id),
  );
}

// ---- whether it balances -----------------------------------------------------------------------------------

/** By measure, scope and bucket: what each group has. A bucket that was asked about has an entry, if only an empty one. */
type Totals = ReadonlyMap<string, ReadonlyMap<string, Exact>>;

function totalsOf(answers: readonly Answer[]): Totals {
  const totals = new Map<string, Map<string, Exact>>();
  for (const { query, rows } of answers) {
    query.measures.forEach((measure, at) => {
      if (!takesShares(measure)) return;
      const fresh = new Map(query.buckets.map((each) => [each.id, new Map<string, Exact>()]));
      for (const { group, bucket, share, values } of rows) {
        const value = values[at];
        if (share === undefined || value === undefined) continue;
        const cells = fresh.get(bucket)!;
        cells.set(group, add(cells.get(group) ?? ZERO, multiply(value as Exact, share)));
      }
      // queries of different grains may share a bucket; each answers it in full
      for (const [bucket, cells] of fresh)
        totals.set(keyOf(measure, scopeOfQuery(query.scope), bucket), cells);
    });
  }
  return totals;
}

/** Measures that a test leaves something out of: their sums are of some rows only. */
function lackingOf(answers: readonly Answer[]): ReadonlySet<string> {
  return new Set(
    answers.flatMap(({ query, rows }) =>
      rows.flatMap(({ lacks = [] }) => lacks.map(({ column }) => query.measures[column]!.id)),
    ),
  );
}

function keyOf(measure: Measure, scope: string, bucket: string): string {
  return JSON.stringify([measure.id, scope, bucket]);
}

function sumOf(cells: ReadonlyMap<string, Exact>): Exact {
  return [...cells.values()].reduce(add, ZERO);
}

/**
 * Where the figures of a run don't come to each other, each with its event, days and the two sums. A line that credits
 * every role, or all leads above, gives one share to several stays, so that theirs can only be more than the rows.
 */
export function unbalanced(
  model: Model,
  people: People,
  answers: readonly Answer[],
  used: ReadonlyMap<string, number>,
): readonly Diagnostic[] {
  const totals = totalsOf(answers);
  const unknown = lackingOf(answers);
  const checked = new Set<string>();
  return answers.flatMap(({ query }) => {
    const event = model.events.find((each) => each.name === query.event)!;
    if (event.credit.length === 0 || query.scope.kind !== 'company') return [];
    const countsByPosting = !answers.some((each) => each.query.event === event.name && each.query.by);
    return query.buckets.flatMap((bucket) =>
      query.measures.filter(takesShares).flatMap((measure) => {
        const key = keyOf(measure, 'company', bucket.id);
        if (checked.has(key) || unknown.has(measure.id)) return [];
        checked.add(key);
        return [
          ...peopleAgainstCompany({ totals, event, measure, bucket }),
          ...groupsAgainstPeople(model, people, { totals, event, measure, bucket }),
          ...(bucket === query.buckets[0] && countsByPosting
            ? rowsAgainstTotals({ totals, event, measure, bucket }, used)
            : []),
        ];
      }),
    );
  });
}

interface Cell {
  readonly totals: Totals;
  readonly event: EventModel;
  readonly measure: Measure;
  readonly bucket: Bucket;
}

function isProbe(measure: Measure): boolean {
  return measure.id.startsWith(`${PROBE} `);
}

function creditsTwice({ credit }: EventModel): boolean {
  return credit.some((line) => line.inEveryRole || (line.leadsAbove && !line.extra));
}

function peopleAgainstCompany({ totals, event, measure, bucket }: Cell): readonly Diagnostic[] {
  const own = totals.get(keyOf(measure, 'own', bucket.id));
  const outside = totals.get(keyOf(measure, 'outside', bucket.id));
  if (!own || (!outside && measure.as === undefined)) return [];
  const company = sumOf(totals.get(keyOf(measure, 'company', bucket.id))!);
  const people = add(sumOf(own), outside ? sumOf(outside) : ZERO);
  if (creditsTwice(event)) {
    if (!isProbe(measure) || sign(subtract(people, company)) >= 0) return [];
  } else if (equals(people, company)) return [];
  const what = isProbe(measure) ? 'the used rows' : 'the figures of the company';
  return [problem(event, bucket, { what, is: company, against: 'the shares of people', sum: people })];
}

/** Groups come to all people where everybody has a value, and to no more than that where somebody has none. */
function groupsAgainstPeople(
  model: Model,
  people: People,
  { totals, event, measure, bucket }: Cell,
): readonly Diagnostic[] {
  const own = totals.get(keyOf(measure, 'own', bucket.id));
  if (!own || !isProbe(measure)) return [];
  const all = sumOf(own);
  return [...new Set([...model.reports, ...attributesIn(totals, measure, bucket)])].flatMap((attribute) => {
    const groups = totals.get(keyOf(measure, `by ${attribute}`, bucket.id));
    if (!groups) return [];
    const sum = valuesBetween(model, people.stays, attribute, bucket)
      .map((value) => groups.get(groupId([{ value, from: bucket.from, until: bucket.until }])) ?? ZERO)
      .reduce(add, ZERO);
    const loose = creditsTwice(event) || somebodyWithout(model, people, { attribute, days: bucket });
    if (loose ? sign(subtract(all, sum)) >= 0 : equals(all, sum)) return [];
    const what = `the shares of people by \`${attribute}\``;
    return [problem(event, bucket, { what, is: sum, against: 'the shares of people', sum: all })];
  });
}

function attributesIn(totals: Totals, measure: Measure, bucket: Bucket): readonly string[] {
  return [...totals.keys()].flatMap((key) => {
    const [id, scope, at] = JSON.parse(key) as [string, string, string];
    return id === measure.id && at === bucket.id && scope.startsWith('by ') ? [scope.slice(3)] : [];
  });
}

function somebodyWithout(
  model: Model,
  people: People,
  { attribute, days }: { readonly attribute: string; readonly days: DayRange },
): boolean {
  return people.rows.some(
    (row) =>
      row.from < days.until && days.from < row.until && groupValue(model, row, attribute) === undefined,
  );
}

/** The rows that the company has over all days are those that the control totals call used. */
function rowsAgainstTotals(
  { totals, event, measure, bucket }: Cell,
  used: ReadonlyMap<string, number>,
): readonly Diagnostic[] {
  const rows = used.get(event.name);
  if (!isProbe(measure) || rows === undefined) return [];
  const company = sumOf(totals.get(keyOf(measure, 'company', bucket.id))!);
  const is = whole(rows);
  if (equals(company, is)) return [];
  return [
    problem(event, bucket, { what: 'all used rows', is, against: 'those of the company', sum: company }),
  ];
}

function problem(
  event: EventModel,
  { from, until }: Bucket,
  sums: { readonly what: string; readonly is: Exact; readonly against: string; readonly sum: Exact },
): Diagnostic {
  const days = `${dayText(from)} to ${dayText((until - 1) as Day)}`;
  return doesNotBalance(event.name, days, {
    ...sums,
    is: exactText(sums.is),
    sum: exactText(sums.sum),
  });
}

/** Of each event with credit, what became of the shares of its used rows, by the posting date. */
export function creditedShares(answers: readonly Answer[]): readonly CreditedShares[] {
  const totals = totalsOf(answers);
  return answers.flatMap(({ query }) => {
    const [measure] = query.measures;
    const [all] = query.buckets;
    if (query.scope.kind !== 'outside' || !measure || !all || !isProbe(measure)) return [];
    return [
      {
        event: query.event,
        credited: sumOf(totals.get(keyOf(measure, 'own', all.id)) ?? new Map()),
        outside: sumOf(totals.get(keyOf(measure, 'outside', all.id)) ?? new Map()),
      },
    ];
  });
}

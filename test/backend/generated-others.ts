// Generated policies of two events whose rows look at each other's and at people: references, look-backs, leads above,
// every role, shares. Each comes with raw CSV text, in which a few cells are wrong.

import { parseDay } from '../../src/base/date.ts';
import type { Expression, LookBackNode } from '../../src/model/expression.ts';
import type { People, PersonRow, Stay } from '../../src/model/people.ts';
import type { CreditModel, EventModel, FieldModel, Measure, Model } from '../../src/model/policy.ts';
import type { ValueType } from '../../src/model/value.ts';
import type { AggregateQuery, Bucket, GroupPiece, QueryScope } from '../../src/query/query.ts';
import { reportPieces } from '../../src/query/reports.ts';
import type { Draw } from './draw.ts';
import {
  DATE,
  DATETIME,
  MONEY,
  NUMBER,
  PERCENT,
  PERSON,
  START,
  span,
  TEXT,
  TRUTH,
} from './generated-formulas.ts';
import { apply, attribute, constant, field, smallModel } from './small-model.ts';

export interface OthersCase {
  readonly model: Model;
  readonly people: People;
  readonly queries: readonly AggregateQuery[];
  /** CSV text by event. */
  readonly texts: ReadonlyMap<string, string>;
}

const PERSONS = ['ann', 'bob', 'cid', 'dee'];
const CLIENTS = ['A', 'B', 'Ж'];
const ROLES = ['hunter', 'farmer'];

export function generateOthers(draw: Draw): OthersCase {
  const events = [eventOf(draw, 'sale', 'refund'), eventOf(draw, 'refund', 'sale')];
  const computedOrder = computeFields(draw, events);
  for (const event of events) event.credit.push(...creditOf(draw, event, events));
  const people = generatePeople(draw);
  const attributes = [
    { name: 'region', type: TEXT, optional: true, span },
    { name: 'grade', type: NUMBER, optional: true, span },
  ];
  const zone = draw.pick(['Europe/Berlin', 'Europe/Moscow', 'America/New_York', 'Asia/Kolkata']);
  const asked = draw.list(1, 3, (at) => queryOf(draw, { events, people, at }));
  const queries = [...events.map(everyField), ...asked];
  const measures = queries.flatMap((each) => each.measures);
  return {
    model: { ...smallModel, zone, attributes, events, computedOrder, measures, tables: [] },
    people,
    queries,
    texts: new Map(events.map((event) => [event.name, textOf(draw, event)])),
  };
}

/** An event that is still being made. */
interface Draft extends EventModel {
  readonly computed: EventModel['computed'][number][];
  readonly credit: CreditModel[];
}

function plain(name: string, type: ValueType, optional = false): FieldModel {
  return { name, type, optional, span };
}

function eventOf(draw: Draw, name: string, other: string): Draft {
  return {
    name,
    ...(draw.rarely(2) && { since: START + draw.int(-5, 15) }),
    fields: [
      plain('id', TEXT),
      plain('at', draw.pick([DATE, DATETIME]), draw.rarely(3)),
      plain('owner', PERSON, draw.rarely(3)),
      plain('partner', PERSON, true),
      plain('client', TEXT, draw.rarely(2)),
      plain('amount', MONEY),
      plain('qty', NUMBER, true),
      plain('day', DATE, true),
      plain('moment', DATETIME, true),
      { ...plain('other', TEXT, true), references: other },
      { ...plain('peer', TEXT, true), references: name },
    ],
    key: 'id',
    posting: 'at',
    computed: [],
    credit: [],
    span,
  };
}

// ---- formulas ----------------------------------------------------------------------------------------------

/** Fields of both events by turns, each of which may use all that are there before. */
function computeFields(draw: Draw, events: readonly Draft[]): Model['computedOrder'] {
  return draw.list(1, 6, (at) => {
    const event = draw.pick(events);
    const type = draw.pick([MONEY, NUMBER, TEXT, TRUTH, PERSON, DATE]);
    const place: Place = { event, events, depth: 2 };
    const value = draw.rarely(2) ? lookBack(draw, type, place) : formulaOf(draw, type, place);
    event.computed.push({ name: `c${at}`, type, optional: true, value, span });
    return { event: event.name, field: `c${at}` };
  });
}

interface Place {
  readonly event: Draft;
  readonly events: readonly Draft[];
  readonly depth: number;
  /** In a measure or credit: rows of others aren't looked back at there. */
  readonly settled?: true;
  /** In a measure of people. */
  readonly named?: true;
}

function fieldOf(draw: Draw, type: ValueType, event: Draft): Expression {
  const all = [...event.fields, ...event.computed].filter((each) => each.type.kind === type.kind);
  const found = all.length > 0 ? draw.pick(all) : undefined;
  if (found) return field(found.name, found.type, true);
  return constant(type, type.kind === 'truth' ? 'true' : '1');
}

function formulaOf(draw: Draw, type: ValueType, place: Place): Expression {
  const { event, depth } = place;
  const of = (part: ValueType): Expression => formulaOf(draw, part, { ...place, depth: depth - 1 });
  if (depth <= 0) return fieldOf(draw, type, event);
  const [first] = draw.list(1, 1, () => draw.int(0, 7));
  if (first! < 2) return through(draw, type, place);
  if (first! < 4 && !place.settled) return lookBack(draw, type, place);
  if (first === 4 && type.kind === 'person') return ofPerson(of(PERSON), 'lead', PERSON);
  if (first === 4 && type.kind === 'text')
    return ofPerson(of(PERSON), draw.pick(['team', 'region', 'role']), TEXT);
  if (first === 4 && type.kind === 'number') return ofPerson(of(PERSON), 'grade', NUMBER);
  if (place.named && first === 6 && type.kind === 'date')
    return { kind: 'period', edge: draw.pick(['start', 'end']), type: DATE, optional: false, span };
  if (place.named && first === 5) {
    if (type.kind === 'truth') return apply(draw.pick(['>', '<=']), share(), constant(PERCENT, '0.5'));
    if (type.kind === 'money') return apply('*', of(MONEY), share());
    if (type.kind === 'text') return attribute(draw.pick(['team', 'region', 'id']));
  }
  switch (type.kind) {
    case 'money':
    case 'number':
      return apply(draw.pick(['+', '-', 'else', 'min']), of(type), fieldOf(draw, type, event));
    case 'truth':
      return draw.rarely(2)
        ? apply('exists', of(draw.pick([MONEY, TEXT, PERSON])))
        : apply(draw.pick(['<', '>=', 'is']), of(MONEY), fieldOf(draw, MONEY, event));
    default:
      return apply('else', of(type), fieldOf(draw, type, event));
  }
}

function share(): Expression {
  return { kind: 'share', type: PERCENT, optional: false, span };
}

function ofPerson(person: Expression, name: string, type: ValueType): Expression {
  return { kind: 'of person', person, attribute: name, type, optional: true, span };
}

/** A field of the row that a reference names; the reference may itself be read through one. */
function through(draw: Draw, type: ValueType, { event, events }: Place): Expression {
  const step = (key: Expression, from: Draft, steps: number): Expression => {
    const name = draw.pick(['other', 'peer']);
    const target = name === 'peer' ? from : events.find((each) => each !== from)!;
    const reference =
      steps === 0 && key.kind === 'constant' ? field(name, TEXT, true) : { ...keyOf(key, from, name) };
    if (steps < 1 && draw.rarely(3)) return step(reference, target, steps + 1);
    const found = fieldOf(draw, type, target);
    return found.kind === 'field'
      ? { kind: 'through', event: target.name, key: reference, field: found.name, type, optional: true, span }
      : found;
  };
  return step(constant(TEXT, ''), event, 0);
}

function keyOf(key: Expression, from: Draft, name: string): Expression {
  return { kind: 'through', event: from.name, key, field: name, type: TEXT, optional: true, span };
}

const AGGREGATES = {
  money: ['sum', 'min', 'max', 'lower middle', 'upper middle', 'first', 'last'],
  number: ['count', 'distinct', 'sum', 'max'],
  truth: ['exists'],
  date: ['min', 'max', 'first'],
  text: ['first', 'last'],
  person: ['first', 'last'],
} as const;

function lookBack(draw: Draw, type: ValueType, { event, events }: Place): Expression {
  const target = draw.pick(events);
  const [own, other] = draw.pick([
    ['client', 'client'],
    ['id', target === event ? 'peer' : 'other'],
    ['other', target === event ? 'other' : 'id'],
    ['owner', 'partner'],
  ] as const);
  const aggregate = draw.pick(AGGREGATES[type.kind as keyof typeof AGGREGATES]);
  const inside: Place = { event: target, events, depth: draw.int(0, 1), settled: true };
  const needsValue = aggregate !== 'count' && aggregate !== 'exists';
  const valued = aggregate === 'distinct' ? draw.pick([TEXT, MONEY, DATE]) : type;
  return {
    kind: 'look-back',
    event: target.name,
    aggregate,
    ...(needsValue && { value: formulaOf(draw, valued, inside) }),
    ...(draw.rarely(3) && { where: formulaOf(draw, TRUTH, inside) }),
    own: field(own, own === 'owner' ? PERSON : TEXT, true),
    other,
    ...(draw.rarely(2) && { within: within(draw, event, target) }),
    type,
    optional: true,
    span,
  };
}

function within(draw: Draw, event: Draft, target: Draft): NonNullable<LookBackNode['within']> {
  const at = event.fields[1]!;
  const of = draw.pick([
    field('day', DATE, true),
    field('moment', DATETIME, true),
    field('at', at.type, at.optional),
  ]);
  const byMoments = of.type.kind === 'datetime' && target.fields[1]!.type.kind === 'datetime';
  const seconds =
    byMoments && draw.rarely(2) ? draw.pick(['5400.5', '0', '100000']) : String(86400 * draw.int(0, 20));
  return {
    word: draw.pick(['after', 'before']),
    length: draw.rarely(3) ? { kind: 'months', months: draw.int(1, 3) } : { kind: 'seconds', seconds },
    of,
  };
}

// ---- people and credit -------------------------------------------------------------------------------------

function generatePeople(draw: Draw): People {
  const rows: PersonRow[] = [];
  const stays: Stay[] = [];
  for (const person of PERSONS) {
    for (const role of ROLES) {
      if (role === 'farmer' && !draw.rarely(3)) continue;
      const index = stays.length;
      const from = START + draw.int(-40, 5);
      const days = [from, from + draw.int(1, 50), from + draw.int(51, 120)];
      const own = days.slice(0, -1).map((start, at): PersonRow => {
        const team = draw.pick(['north', 'south', undefined]);
        const lead = draw.pick([...PERSONS, 'nobody', undefined]);
        return {
          person,
          name: person.toUpperCase(),
          role,
          ...(team !== undefined && { team }),
          ...(lead !== undefined && { lead }),
          from: start,
          until: days[at + 1]!,
          attributes: [
            draw.pick(['east', undefined]),
            draw.pick([{ num: 5, den: 2 }, { num: 1, den: 1 }, undefined]),
          ],
          stay: index,
        };
      });
      rows.push(...own);
      stays.push({ index, person, role, from, until: days[2]!, rows: own });
    }
  }
  return { rows, stays, absences: [] };
}

function creditOf(draw: Draw, event: Draft, events: readonly Draft[]): readonly CreditModel[] {
  const owner = field('owner', PERSON, true);
  const place: Place = { event, events, depth: 1, settled: true };
  const line = (to: Expression, share: string, more: Partial<CreditModel> = {}): CreditModel => ({
    to,
    share,
    extra: false,
    span,
    ...(draw.rarely(4) && { roles: ['hunter'] }),
    ...more,
  });
  const every = () => (draw.rarely(2) ? { inEveryRole: true as const } : {});
  const extras = draw.list(0, 2, () =>
    line(
      draw.pick([owner, field('partner', PERSON, true), formulaOf(draw, PERSON, place)]),
      draw.pick(['0.3', '0.05', '0.05', '1', '1', '0.25', '0.3', '1/3']),
      {
        extra: true,
        as: draw.pick(['care', 'above']),
        ...(draw.rarely(2) && { leadsAbove: true as const }),
        ...(draw.rarely(3) && { also: true as const }),
        ...(draw.rarely(3) && { when: formulaOf(draw, TRUTH, place) }),
        ...every(),
      },
    ),
  );
  const named = formulaOf(draw, PERSON, { ...place, depth: draw.int(0, 2) });
  const lines = draw.pick([
    [],
    [line(owner, '1', { otherwise: named, ...every() })],
    [
      line(named, '0.75', { otherwise: owner, ...every() }),
      line(owner, 'rest', { otherwise: named, ...every() }),
    ],
  ]);
  return lines.length === 0 ? [] : [...lines, ...extras];
}

// ---- questions and data ------------------------------------------------------------------------------------

function queryOf(
  draw: Draw,
  context: { readonly events: readonly Draft[]; readonly people: People; readonly at: number },
): AggregateQuery {
  const { events, people, at } = context;
  const event = draw.pick(events);
  const buckets = draw.list(1, 2, (each): Bucket => {
    const from = START + draw.int(-10, 40);
    const until = from + draw.int(1, 70);
    const partOf = { from: from - draw.int(0, 20), until: until + draw.int(0, 20) };
    return { id: `b${each}`, from, until, ...(draw.rarely(3) && { partOf }) };
  });
  const scope = scopeOf(draw, people, buckets);
  const place: Place = {
    event,
    events,
    depth: 2,
    settled: true,
    ...(scope.kind !== 'company' && scope.kind !== 'outside' && { named: true }),
  };
  const measures = draw.list(1, 5, (each): Measure => {
    const aggregate =
      scope.kind === 'outside'
        ? draw.pick(['sum', 'count'] as const)
        : draw.pick(['sum', 'count', 'distinct', 'min', 'max', 'lower middle'] as const);
    const type = aggregate === 'distinct' ? draw.pick([TEXT, PERSON, DATE]) : draw.pick([MONEY, NUMBER]);
    return {
      id: `m${each}`,
      event: event.name,
      aggregate,
      ...(aggregate !== 'count' && { value: formulaOf(draw, type, place) }),
      ...(draw.rarely(2) && { where: formulaOf(draw, TRUTH, place) }),
      ...(draw.rarely(2) && { as: draw.pick(['care', 'above']) }),
    };
  });
  return { id: `q${at}`, event: event.name, scope, buckets, measures };
}

/** What the computed fields of the rows of each day are. */
function everyField(event: Draft): AggregateQuery {
  const measures = event.computed.map(({ name, type }, at): Measure => {
    const base = { id: `c${at}`, event: event.name };
    const value = field(name, type, true);
    if (type.kind === 'truth') return { ...base, aggregate: 'count', where: value };
    const isAmount = type.kind === 'money' || type.kind === 'number';
    return { ...base, aggregate: isAmount ? 'sum' : 'first', value };
  });
  const buckets = DAYS.map((text): Bucket => {
    const day = parseDay(text)!;
    return { id: text, from: day, until: day + 1 };
  });
  return { id: `every ${event.name}`, event: event.name, scope: { kind: 'company' }, buckets, measures };
}

function scopeOf(draw: Draw, people: People, buckets: readonly Bucket[]): QueryScope {
  const kind = draw.pick(['own', 'group', 'below', 'outside', 'company'] as const);
  if (kind === 'below')
    return { kind, pieces: reportPieces(people, { from: START - 20, until: START + 150 }) };
  if (kind !== 'group') return { kind };
  const attributeName = draw.pick(['team', 'region']);
  const values = attributeName === 'team' ? ['north', 'south'] : ['east'];
  const pieces = people.stays.slice(0, 3).flatMap(({ index }) =>
    buckets.flatMap((bucket) =>
      draw.list(0, 2, (): GroupPiece => {
        const from = bucket.from + draw.int(-3, 10);
        const until = from + draw.int(1, 40);
        const alone = draw.rarely(3);
        const value = alone ? draw.pick(PERSONS) : draw.pick(values);
        return { group: String(index), bucket: bucket.id, value, ...(alone && { alone }), from, until };
      }),
    ),
  );
  return { kind, attribute: attributeName, pieces };
}

const DAYS = [
  '2025-12-28',
  '2026-01-01',
  '2026-01-08',
  '2026-01-31',
  '2026-02-15',
  '2026-02-28',
  '2026-03-29',
];

function textOf(draw: Draw, event: Draft): string {
  const rows = draw.list(0, 14, (at) =>
    event.fields.map(({ name, type, optional }) => {
      if (name === 'id') return draw.rarely(40) ? '1' : String(at + 1);
      if (optional && draw.rarely(5)) return '';
      if (draw.rarely(150)) return 'odd';
      if (name === 'other' || name === 'peer') return String(draw.int(1, 16));
      const time = (): string =>
        `${draw.pick(DAYS)} ${draw.pick(['00:00', '09:30', '23:59:59', '12:00:00.25'])}`;
      switch (type.kind) {
        case 'date':
          return draw.pick(DAYS);
        case 'datetime':
          return time();
        case 'person':
          return draw.pick(PERSONS);
        case 'money':
          return draw.pick(['1', '10.05', '-3', '100', '0.125']);
        case 'number':
          return draw.pick(['1', '2.5', '7']);
        default:
          return draw.pick(CLIENTS);
      }
    }),
  );
  return [event.fields.map((each) => each.name), ...rows].map((row) => row.join(',')).join('\n');
}

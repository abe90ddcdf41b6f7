// Generated policies of one event: its fields, computed fields, credit lines, people, tables, and queries over them.

import { exact } from '../../src/base/exact.ts';
import type { TableData } from '../../src/model/dataset.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { People, PersonRow, Stay } from '../../src/model/people.ts';
import type {
  CreditModel,
  EventModel,
  FieldModel,
  Measure,
  Model,
  TableModel,
} from '../../src/model/policy.ts';
import type { Cell, ValueType } from '../../src/model/value.ts';
import type { AggregateQuery, Bucket, GroupPiece, QueryScope } from '../../src/query/query.ts';
import type { Draw } from './draw.ts';
import { CLIENTS, PERSONS, WORDS } from './generated-cells.ts';
import {
  createFormulas,
  DATE,
  DATETIME,
  DURATION,
  type Formulas,
  MONEY,
  NUMBER,
  PERCENT,
  PERSON,
  START,
  STATUS,
  span,
  TEXT,
  TRUTH,
} from './generated-formulas.ts';
import { EXCHANGE, exchangeData, SCALAR_FIELDS, TABLES } from './generated-scalars.ts';
import { apply, field } from './small-model.ts';

const ZONES = [
  'Europe/Berlin',
  'Europe/Moscow',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'America/Sao_Paulo',
];

export interface GeneratedCase {
  readonly model: Model;
  readonly event: EventModel;
  readonly people: People;
  readonly tables: readonly TableData[];
  readonly queries: readonly AggregateQuery[];
  /** As of which day rows are to be known. */
  readonly knownOn: number | undefined;
}

export function generateCase(draw: Draw): GeneratedCase {
  const event = generateEvent(draw);
  const model: Model = {
    formatVersion: 1,
    name: 'generated',
    currency: 'RUB',
    zone: draw.pick(ZONES),
    grain: 'month',
    effective: {},
    rounding: { mode: 'half up', step: '0.01' },
    reports: [],
    attributes: [plain('region', TEXT, true), plain('fte', PERCENT), plain('grade', NUMBER, true)],
    events: [event],
    computedOrder: event.computed.map((each) => ({ event: event.name, field: each.name })),
    tables: [CARE, PRICE, EXCHANGE],
    measures: [],
    figures: [],
    kpis: [],
    ...TABLES,
    overrides: [],
    pools: [],
    awards: [],
    pay: { caps: [], floors: [], draws: [] },
    corrections: {},
    roles: [],
    tests: [],
    invariants: [],
    onlyProved: { figures: [], measures: [] },
    beyond: [],
    sources: [],
  };
  const people = generatePeople(draw);
  return {
    model,
    event,
    people,
    tables: [careData(draw), priceData(draw), exchangeData()],
    queries: draw.list(2, 4, (at) => generateQuery(draw, { event, people, at })),
    knownOn: draw.rarely(3) ? START + draw.int(-10, 60) : undefined,
  };
}

function plain(name: string, type: ValueType, optional = false, more: Partial<FieldModel> = {}): FieldModel {
  return { name, type, optional, span, ...more };
}

const CARE: TableModel = {
  name: 'care',
  fields: [
    plain('client', TEXT),
    plain('farmer', PERSON, true),
    plain('rate', PERCENT),
    plain('from', DATE, true),
    plain('until', DATE, true),
  ],
  keys: ['client'],
  dated: true,
  span,
};
const PRICE: TableModel = {
  name: 'price',
  fields: [plain('size', NUMBER), plain('status', STATUS), plain('cost', MONEY, true)],
  keys: ['size', 'status'],
  dated: false,
  span,
};

function careData(draw: Draw): TableData {
  const rows = [...new Set(CLIENTS.map((each) => each.normalize('NFC')))].flatMap((client): Cell[][] => {
    const rate = (): Cell => exact(draw.pick(['0.05', '0.1', '0.125']));
    const who = (): Cell => draw.pick([...PERSONS, undefined]);
    const middle = START + draw.int(0, 60);
    switch (draw.int(0, 2)) {
      case 0:
        return [];
      case 1:
        return [[client, who(), rate(), undefined, undefined]];
      default:
        return [
          [client, who(), rate(), undefined, exact(String(middle))],
          [client, who(), rate(), exact(String(middle + 1)), exact(String(middle + 20))],
        ];
    }
  });
  return { table: 'care', rows };
}

function priceData(draw: Draw): TableData {
  const sizes = ['1', '10.5', '2.5', '100'];
  const rows = sizes.flatMap((size) =>
    WORDS.filter(() => draw.rarely(2)).map((word): Cell[] => [
      exact(size),
      word,
      draw.pick([exact('3.33'), exact('1000'), undefined]),
    ]),
  );
  return { table: 'price', rows };
}

function generatePeople(draw: Draw): People {
  const rows: PersonRow[] = [];
  const stays: Stay[] = [];
  for (const person of PERSONS) {
    for (const role of ['hunter', 'farmer']) {
      if (role === 'farmer' && !draw.rarely(5)) continue;
      const index = stays.length;
      const from = START + draw.int(-60, 20);
      const middle = from + draw.int(1, 30);
      const until = middle + draw.int(10, 90);
      const row = (start: number, end: number): PersonRow => {
        const team = draw.pick(['north', 'юг', undefined]);
        return {
          person,
          name: person.toUpperCase(),
          role,
          ...(team !== undefined && { team }),
          from: start,
          until: end,
          attributes: [
            draw.pick(['east', 'запад', undefined]),
            exact(draw.pick(['1', '0.5'])),
            draw.pick([exact('1'), exact('2.50'), undefined]),
          ],
          stay: index,
        };
      };
      const own = draw.rarely(2) ? [row(from, until)] : [row(from, middle), row(middle, until)];
      rows.push(...own);
      stays.push({ index, person, role, from, until, rows: own });
    }
  }
  return { rows, stays, absences: [] };
}

function generateEvent(draw: Draw): EventModel {
  const posting = draw.pick([DATE, DATETIME]);
  const key = draw.pick([TEXT, TEXT, NUMBER]);
  const fields: FieldModel[] = [
    plain('id', key),
    plain('at', posting, draw.rarely(3)),
    plain('owner', PERSON, draw.rarely(2)),
    plain('partner', PERSON, true),
    plain('client', TEXT, draw.rarely(3), draw.rarely(4) ? { optional: false, fallback: 'Волга' } : {}),
    plain('amount', MONEY, draw.rarely(3), draw.rarely(3) ? { from: '-2.5', until: '12345.6789' } : {}),
    plain('qty', NUMBER, true, draw.rarely(3) ? { optional: false, fallback: '1.25' } : {}),
    plain('rate', PERCENT, true),
    plain('took', DURATION, true),
    plain('flag', TRUTH, true, draw.rarely(3) ? { optional: false, fallback: 'false' } : {}),
    plain('status', STATUS, draw.rarely(2)),
    plain('day', DATE, true, draw.rarely(3) ? { from: String(START) } : {}),
    plain('moment', DATETIME, true),
    ...SCALAR_FIELDS,
  ];
  const formulas = createFormulas(draw, { posting, computed: [], person: false });
  const computed: EventModel['computed'][number][] = [];
  for (const at of draw.list(0, 4, (each) => each)) {
    const type = draw.pick([MONEY, NUMBER, PERCENT, DURATION, DATE, TRUTH, TEXT]);
    const value = formulas.of(type, 2);
    computed.push({ name: `c${at}`, type: value.type, optional: true, value, span });
    formulas.computed.push({ name: `c${at}`, type: value.type });
  }
  return {
    name: 'sale',
    ...(draw.rarely(2) && { since: START + draw.int(-5, 20) }),
    fields,
    key: 'id',
    posting: 'at',
    ...(draw.rarely(2) && { known: 'moment' }),
    computed,
    credit: generateCredit(draw, formulas),
    span,
  };
}

function generateCredit(draw: Draw, formulas: Formulas): readonly CreditModel[] {
  const owner = field('owner', PERSON, true);
  const partner = field('partner', PERSON, true);
  const hasPartner = apply('exists', partner);
  const line = (to: Expression, share: string, more: Partial<CreditModel> = {}): CreditModel => ({
    to,
    share,
    extra: false,
    span,
    ...(draw.rarely(5) && { roles: ['hunter'] }),
    ...more,
  });
  const care: Expression = {
    kind: 'lookup',
    type: PERSON,
    optional: true,
    span,
    table: 'care',
    keys: [field('client', TEXT, true)],
    at: field('at', formulas.posting),
    column: 'farmer',
  };
  const extra = draw.rarely(2)
    ? [
        line(draw.pick([care, partner]), draw.pick(['0.3', '1/3', '1']), {
          extra: true,
          as: 'care',
          ...(draw.rarely(2) && { when: formulas.of(TRUTH, 1) }),
        }),
      ]
    : [];
  switch (draw.int(0, 4)) {
    case 0:
      return [];
    case 1:
      return [line(owner, '1', draw.rarely(2) ? { otherwise: partner } : {}), ...extra];
    case 2:
      return [
        line(owner, '1', { when: apply('not', hasPartner) }),
        line(owner, '2/3', { when: hasPartner }),
        line(partner, 'rest', { when: hasPartner }),
        ...extra,
      ];
    case 3:
      return [
        line(owner, '1/7'),
        line(partner, draw.pick(['1/2', '0.9', '1/3']), { when: hasPartner }),
        line(owner, 'rest'),
        ...extra,
      ];
    default:
      return [line(owner, '0.5'), line(owner, '0.5', { when: formulas.of(TRUTH, 1) }), ...extra];
  }
}

function generateQuery(
  draw: Draw,
  context: { readonly event: EventModel; readonly people: People; readonly at: number },
): AggregateQuery {
  const { event, people, at } = context;
  const posting = event.fields[1]!.type;
  const formulas = createFormulas(draw, {
    posting,
    computed: event.computed.map((each) => ({ name: each.name, type: each.type })),
    person: true,
  });
  const buckets = draw.list(1, 3, (each): Bucket => {
    const from = START + draw.int(-10, 60);
    return { id: `b${each}`, from, until: from + draw.int(1, 70) };
  });
  const valued = (type: ValueType): Expression =>
    type === STATUS
      ? field('status', STATUS, true)
      : type === PERSON
        ? field('partner', PERSON, true)
        : formulas.of(type, 2);
  const by = draw.rarely(3) ? otherDate(draw, event, posting) : undefined;
  const measures = draw.list(1, 6, (each): Measure => {
    const aggregate = draw.pick([
      'sum',
      'count',
      'distinct',
      'min',
      'max',
      'lower middle',
      'upper middle',
      'percentile',
      'first',
      'last',
      'first',
      'last',
    ] as const);
    const inEach = (aggregate === 'first' || aggregate === 'last') && draw.rarely(2);
    const numeric = [MONEY, DURATION, NUMBER];
    const type = {
      sum: [MONEY, NUMBER, PERCENT, DURATION],
      count: [],
      distinct: [TEXT, MONEY, DATE, TRUTH, DATETIME],
      min: [MONEY, DATE, DATETIME],
      max: [NUMBER, DATE, DATETIME],
      'lower middle': numeric,
      'upper middle': numeric,
      percentile: [...numeric, DATE, DATETIME],
      first: inEach ? numeric : [TEXT, STATUS, PERSON, TRUTH, MONEY, DATE, DATETIME],
      last: inEach ? numeric : [TEXT, STATUS, PERSON, TRUTH, MONEY, DATE, DATETIME],
    }[aggregate];
    const kind = type.length > 0 ? draw.pick(type) : NUMBER;
    return {
      id: `m${each}`,
      event: event.name,
      aggregate,
      ...(type.length > 0 && { value: valued(kind) }),
      ...(aggregate === 'percentile' && { place: draw.pick(PLACES) }),
      ...(inEach && { each: formulas.of(draw.pick([TEXT, DATE, NUMBER]), 1) }),
      ...(by && { by }),
      ...(draw.rarely(2) && { where: formulas.of(TRUTH, 2) }),
      ...(draw.rarely(4) && { as: 'care' }),
    };
  });
  const scope = generateScope(draw, people, buckets);
  return { id: `q${at}`, event: event.name, scope, buckets, ...(by && { by }), measures };
}

/** Places of percentiles, among them those that binary floating point takes for a little more than they are. */
const PLACES = ['0.9', '0.07', '0.29', '0.57', '1/3', '2/3', '0.5', '0.001', '1'];

function otherDate(draw: Draw, event: EventModel, posting: ValueType): Expression {
  const computed = event.computed.map((each) => ({ name: each.name, type: each.type }));
  const formulas = createFormulas(draw, { posting, computed, person: false });
  return draw.pick([field('day', DATE, true), formulas.of(DATE, 1), formulas.of(DATETIME, 1)]);
}

function generateScope(draw: Draw, people: People, buckets: readonly Bucket[]): QueryScope {
  const kind = draw.pick(['own', 'own', 'group', 'company'] as const);
  if (kind !== 'group') return { kind };
  const attributeName = draw.pick(['team', 'region', 'grade']);
  const values = { team: ['north', 'юг'], region: ['east', 'запад'], grade: ['1', '2.5'] }[attributeName]!;
  const pieces = people.stays.slice(0, 3).flatMap(({ index }) =>
    buckets.flatMap((bucket) =>
      draw.list(0, 2, (): GroupPiece => {
        const from = bucket.from + draw.int(-3, 10);
        const alone = draw.rarely(3);
        return {
          group: String(index),
          bucket: bucket.id,
          value: alone ? draw.pick(people.rows).person : draw.pick(values),
          ...(alone && { alone }),
          from,
          until: from + draw.int(1, 30),
        };
      }),
    ),
  );
  return { kind, attribute: attributeName, pieces };
}

// Generated policies of one event: its fields, computed fields, credit lines, people, tables, and queries over them.

import { dayOf } from '../../src/base/date.ts';
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
import { apply, attribute, constant, field, nth } from './small-model.ts';

const span = { source: 'policy.merit', start: 0, end: 0 };
const NUMBER: ValueType = { kind: 'number' };
const PERCENT: ValueType = { kind: 'percent' };
const MONEY: ValueType = { kind: 'money', currency: 'RUB' };
const DURATION: ValueType = { kind: 'duration' };
const DATE: ValueType = { kind: 'date' };
const DATETIME: ValueType = { kind: 'datetime' };
const TRUTH: ValueType = { kind: 'truth' };
const TEXT: ValueType = { kind: 'text' };
const PERSON: ValueType = { kind: 'person' };
const STATUS: ValueType = { kind: 'enumeration', members: WORDS, ordered: false };

const ZONES = [
  'Europe/Berlin',
  'Europe/Moscow',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'America/Sao_Paulo',
];
const START = dayOf(2026, 1, 1);

export interface GeneratedCase {
  readonly model: Model;
  readonly event: EventModel;
  readonly people: People;
  readonly tables: readonly TableData[];
  readonly queries: readonly AggregateQuery[];
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
    tables: [CARE, PRICE],
    measures: [],
    figures: [],
    kpis: [],
    curves: [],
    rates: [],
    roles: [],
    sources: [],
  };
  const people = generatePeople(draw);
  return {
    model,
    event,
    people,
    tables: [careData(draw), priceData(draw)],
    queries: draw.list(2, 4, (at) => generateQuery(draw, { event, people, at })),
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
  return { rows, stays };
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

interface Formulas {
  readonly posting: ValueType;
  readonly computed: { name: string; type: ValueType }[];
  of(type: ValueType, depth: number): Expression;
}

function createFormulas(
  draw: Draw,
  options: {
    readonly posting: ValueType;
    readonly computed: { name: string; type: ValueType }[];
    readonly person: boolean;
  },
): Formulas {
  const { posting, computed, person } = options;
  const own = (type: ValueType): Expression[] =>
    computed.filter((each) => each.type.kind === type.kind).map((each) => field(each.name, each.type, true));
  const lookup = (table: string, column: string, type: ValueType, depth: number): Expression => ({
    kind: 'lookup',
    type,
    optional: true,
    span,
    table,
    keys:
      table === 'care'
        ? [field('client', TEXT, true)]
        : [of(NUMBER, depth - 1), field('status', STATUS, true)],
    ...(table === 'care' && {
      at: draw.pick([field('at', posting), field('day', DATE, true), field('moment', DATETIME, true)]),
    }),
    column,
  });
  const leaf = (type: ValueType): Expression => {
    switch (type.kind) {
      case 'money':
        return draw.pick([
          field('amount', MONEY, true),
          ...own(type),
          constant(MONEY, draw.pick(['10.05', '0', '-3.333'])),
        ]);
      case 'number':
        return draw.pick([
          field('qty', NUMBER, true),
          ...own(type),
          constant(NUMBER, draw.pick(['2', '0.5', '-1.25'])),
          ...(person ? [attribute('grade', NUMBER)] : []),
        ]);
      case 'percent':
        return draw.pick([
          field('rate', PERCENT, true),
          ...own(type),
          constant(PERCENT, '0.125'),
          ...(person ? [attribute('fte', PERCENT)] : []),
        ]);
      case 'duration':
        return draw.pick([field('took', DURATION, true), ...own(type), constant(DURATION, '3600')]);
      case 'date':
        return draw.pick([
          field('day', DATE, true),
          ...own(type),
          ...(posting.kind === 'date' ? [field('at', DATE)] : []),
          constant(DATE, String(START + 10)),
        ]);
      case 'datetime':
        return draw.pick([
          field('moment', DATETIME, true),
          ...(posting.kind === 'datetime' ? [field('at', DATETIME)] : []),
        ]);
      case 'truth':
        return draw.pick([field('flag', TRUTH, true), ...own(type)]);
      default:
        return draw.pick([
          field('client', TEXT, true),
          ...own(type),
          constant(TEXT, draw.pick(['Волга', 'й', 'ann'])),
          ...(person ? [attribute('region'), attribute('team'), attribute('id')] : []),
        ]);
    }
  };
  const comparison = (depth: number): Expression => {
    const type = draw.pick([MONEY, NUMBER, PERCENT, DURATION, DATE, DATETIME]);
    return apply(draw.pick(['<', '<=', '>', '>=', 'is', 'is not']), of(type, depth - 1), of(type, depth - 1));
  };
  const shared = (type: ValueType, depth: number): Expression => {
    switch (draw.int(0, 1)) {
      case 0:
        return apply('else', of(type, depth - 1), of(type, depth - 1));
      default:
        return apply('choose', of(TRUTH, depth - 1), of(type, depth - 1), of(type, depth - 1));
    }
  };
  const numeric = (type: ValueType, depth: number): Expression => {
    switch (draw.int(0, 5)) {
      case 0:
        return apply(draw.pick(['+', '-']), of(type, depth - 1), of(type, depth - 1));
      case 1:
        return apply(draw.pick(['min', 'max']), ...draw.list(2, 3, () => of(type, depth - 1)));
      case 2:
        return apply(draw.pick(['abs', 'minus']), of(type, depth - 1));
      case 3:
        return apply(
          '*',
          of(type, depth - 1),
          leaf(type.kind === 'number' ? NUMBER : draw.pick([NUMBER, PERCENT])),
        );
      default:
        return shared(type, depth);
    }
  };
  const of = (type: ValueType, depth: number): Expression => {
    if (depth <= 0 || draw.rarely(3)) return leaf(type);
    switch (type.kind) {
      case 'number':
        if (draw.rarely(3)) {
          // look-backs come before credit, so they know nobody's attributes
          const back = person ? createFormulas(draw, { posting, computed, person: false }) : { of };
          const by = draw.list(0, 2, () => back.of(draw.pick([TEXT, TEXT, NUMBER, DATE]), 0));
          return nth(by, draw.rarely(2) ? back.of(TRUTH, depth - 1) : undefined);
        }
        return numeric(type, depth);
      case 'money':
        return draw.rarely(5) ? lookup('price', 'cost', MONEY, depth) : numeric(type, depth);
      case 'percent':
        return draw.rarely(4) ? lookup('care', 'rate', PERCENT, depth) : shared(type, depth);
      case 'duration':
        if (draw.rarely(4)) return apply('days between', of(DATE, depth - 1), of(DATE, depth - 1));
        if (draw.rarely(4)) return apply('time between', of(DATETIME, 0), of(DATETIME, 0));
        return numeric(type, depth);
      case 'date':
        return draw.rarely(2)
          ? apply(draw.pick(['min', 'max']), of(type, 0), of(type, depth - 1))
          : shared(type, depth);
      case 'truth':
        switch (draw.int(0, 5)) {
          case 0:
            return apply(draw.pick(['and', 'or']), of(TRUTH, depth - 1), of(TRUTH, depth - 1));
          case 1:
            return apply('not', of(TRUTH, depth - 1));
          case 2:
            return apply('exists', of(draw.pick([MONEY, TEXT, TRUTH, DATE]), depth - 1));
          case 3:
            return apply(draw.pick(['is', 'is not']), of(TEXT, depth - 1), of(TEXT, depth - 1));
          case 4:
            return apply('is', field('status', STATUS, true), constant(STATUS, 'won'));
          default:
            return comparison(depth);
        }
      default:
        return draw.rarely(3) && type.kind === 'text' ? shared(type, depth) : leaf(type);
    }
  };
  return { posting, computed, of };
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
  const measures = draw.list(1, 6, (each): Measure => {
    const aggregate = draw.pick([
      'sum',
      'count',
      'distinct',
      'min',
      'max',
      'lower middle',
      'upper middle',
    ] as const);
    const type = {
      sum: [MONEY, NUMBER, PERCENT, DURATION],
      count: [],
      distinct: [TEXT, MONEY, DATE, TRUTH, DATETIME],
      min: [MONEY, DATE, DATETIME],
      max: [NUMBER, DATE, DATETIME],
      'lower middle': [MONEY, DURATION, NUMBER],
      'upper middle': [MONEY, DURATION, NUMBER],
    }[aggregate];
    return {
      id: `m${each}`,
      event: event.name,
      aggregate,
      ...(type.length > 0 && { value: formulas.of(draw.pick(type), 2) }),
      ...(draw.rarely(2) && { where: formulas.of(TRUTH, 2) }),
      ...(draw.rarely(4) && { as: 'care' }),
    };
  });
  return { id: `q${at}`, event: event.name, scope: generateScope(draw, people, buckets), buckets, measures };
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
        return {
          group: String(index),
          bucket: bucket.id,
          value: draw.pick(values),
          from,
          until: from + draw.int(1, 30),
        };
      }),
    ),
  );
  return { kind, attribute: attributeName, pieces };
}

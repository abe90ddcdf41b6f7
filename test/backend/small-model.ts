// A small policy as a Model made by hand, for tests of backends: deals that two people can share and a farmer can
// care for, visits that need a role, and leads that nobody is credited with.

import { parseDay } from '../../src/base/date.ts';
import { libraryFunction } from '../../src/library/index.ts';
import type { Expression } from '../../src/model/expression.ts';
import type {
  CreditModel,
  EventModel,
  FieldModel,
  Measure,
  Model,
  Role,
  TableModel,
} from '../../src/model/policy.ts';
import type { ValueType } from '../../src/model/value.ts';

const span = { source: 'policy.merit', start: 0, end: 0 };

export const NUMBER: ValueType = { kind: 'number' };
export const MONEY: ValueType = { kind: 'money', currency: 'RUB' };
export const DATE: ValueType = { kind: 'date' };
export const DATETIME: ValueType = { kind: 'datetime' };
export const TEXT: ValueType = { kind: 'text' };
export const TRUTH: ValueType = { kind: 'truth' };
export const PERSON: ValueType = { kind: 'person' };
export const STATUS: ValueType = { kind: 'enumeration', members: ['won', 'lost', 'open'], ordered: false };

export function constant(type: ValueType, text: string): Expression {
  return { kind: 'constant', type, optional: false, span, text };
}

export function field(name: string, type: ValueType, optional = false): Expression {
  return { kind: 'field', type, optional, span, name };
}

/** An attribute of the credited person. */
export function attribute(name: string, type: ValueType = TEXT): Expression {
  return { kind: 'attribute', type, optional: true, span, name };
}

/** A function or operator of the library over arguments. */
export function apply(name: string, ...args: readonly Expression[]): Expression {
  const type = libraryFunction(name).result(args.map((each) => each.type));
  if (type.kind === 'mismatch') throw new Error(`${name}: argument ${type.argument} isn't ${type.expected}`);
  return { kind: 'apply', type, optional: args.some((each) => each.optional), span, function: name, args };
}

export function nth(by: readonly Expression[], where?: Expression): Expression {
  return { kind: 'nth', type: NUMBER, optional: true, span, by, ...(where && { where }) };
}

function column(name: string, type: ValueType, more: Partial<FieldModel> = {}): FieldModel {
  return { name, type, optional: false, span, ...more };
}

function credit(to: Expression, share: string, more: Partial<CreditModel> = {}): CreditModel {
  return { to, share, extra: false, span, ...more };
}

function role(name: string, ...above: readonly string[]): Role {
  return {
    name,
    lineage: [name, ...above],
    targets: [],
    gates: [],
    bonuses: [],
    caps: [],
    floors: [],
    draws: [],
    span,
  };
}

const isWon = apply('is', field('status', STATUS), constant(STATUS, 'won'));
const hasPartner = apply('exists', field('partner', PERSON, true));
const isFirst = apply(
  'else',
  apply('is', nth([field('client', TEXT)], field('is_won', TRUTH)), constant(NUMBER, '1')),
  constant(TRUTH, 'false'),
);

const careOf: Expression = {
  kind: 'lookup',
  type: PERSON,
  optional: true,
  span,
  table: 'account_care',
  keys: [field('client', TEXT)],
  at: field('closed_on', DATE),
  column: 'farmer',
};

/**
 * Shares: the manager whole, or with a partner 2/3 and the rest. Beside them 30 % as `care` to the client's farmer,
 * once the client has been won before.
 */
export const deal: EventModel = {
  name: 'deal',
  since: parseDay('2026-01-01')!,
  fields: [
    column('id', TEXT),
    column('closed_on', DATE, { optional: true }),
    column('manager', PERSON, { optional: true }),
    column('partner', PERSON, { optional: true }),
    column('client', TEXT),
    column('amount', MONEY, { from: '0' }),
    column('status', STATUS),
  ],
  key: 'id',
  posting: 'closed_on',
  computed: [
    { name: 'is_won', type: TRUTH, optional: false, value: isWon, span },
    { name: 'is_first', type: TRUTH, optional: false, value: isFirst, span },
  ],
  credit: [
    credit(field('manager', PERSON, true), '1', { when: apply('not', hasPartner) }),
    credit(field('manager', PERSON, true), '2/3', { when: hasPartner }),
    credit(field('partner', PERSON, true), 'rest', { when: hasPartner }),
    credit(careOf, '0.3', {
      extra: true,
      as: 'care',
      when: apply('not', field('is_first', TRUTH)),
    }),
  ],
  span,
};

/** Credited to the visitor in the role of a hunter (or what extends it); shares as the row says them. */
export const visit: EventModel = {
  name: 'visit',
  fields: [
    column('no', NUMBER),
    column('at', DATETIME),
    column('visitor', PERSON, { optional: true }),
    column('host', PERSON, { optional: true }),
    column('kind', TEXT),
  ],
  key: 'no',
  posting: 'at',
  computed: [
    {
      name: 'place',
      type: NUMBER,
      optional: true,
      value: nth([field('kind', TEXT)]),
      span,
    },
  ],
  credit: [
    credit(field('visitor', PERSON, true), '1', {
      otherwise: field('host', PERSON, true),
      roles: ['hunter', 'senior'],
      when: apply('is not', field('kind', TEXT), constant(TEXT, 'half')),
    }),
    credit(field('visitor', PERSON, true), '0.5', {
      when: apply('is', field('kind', TEXT), constant(TEXT, 'half')),
    }),
  ],
  span,
};

/** Nobody's: it counts for the company only. */
export const lead: EventModel = {
  name: 'lead',
  fields: [column('id', TEXT), column('on', DATE), column('score', NUMBER, { optional: true })],
  key: 'id',
  posting: 'on',
  computed: [],
  credit: [],
  span,
};

export const accountCare: TableModel = {
  name: 'account_care',
  fields: [
    column('client', TEXT),
    column('farmer', PERSON),
    column('from', DATE),
    column('until', DATE, { optional: true }),
  ],
  keys: ['client'],
  dated: true,
  span,
};

export const smallModel: Model = {
  formatVersion: 1,
  name: 'small',
  currency: 'RUB',
  zone: 'Europe/Berlin',
  grain: 'month',
  effective: {},
  rounding: { mode: 'half up', step: '0.01' },
  reports: [],
  attributes: [
    column('region', TEXT, { optional: true }),
    column('fte', { kind: 'percent' }, { fallback: '1' }),
  ],
  events: [deal, visit, lead],
  computedOrder: [
    { event: 'deal', field: 'is_won' },
    { event: 'deal', field: 'is_first' },
    { event: 'visit', field: 'place' },
  ],
  tables: [accountCare],
  measures: [],
  figures: [],
  kpis: [],
  curves: [],
  rates: [],
  grids: [],
  calendars: [],
  overrides: [],
  pools: [],
  awards: [],
  pay: { caps: [], floors: [], draws: [] },
  corrections: {},
  roles: [role('hunter'), role('senior', 'hunter'), role('farmer')],
  tests: [],
  invariants: [],
  onlyProved: { figures: [], measures: [] },
  beyond: [],
  sources: [],
};

/** A measure of an event; `id` is what it is called in a query. */
export function measure(
  event: EventModel,
  aggregate: Measure['aggregate'],
  more: { readonly value?: Expression; readonly where?: Expression; readonly as?: string } = {},
): Measure {
  return { id: `${aggregate} of ${event.name}`, event: event.name, aggregate, ...more };
}

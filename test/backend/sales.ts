// The smallest event that backends can be asked about: sales with an owner and an amount, one credit line.

import type { Backend, LoadReport } from '../../src/backend/backend.ts';
import { dayOf } from '../../src/base/date.ts';
import { bindColumns } from '../../src/input/bind.ts';
import type { FactRow, SourceSpec } from '../../src/model/dataset.ts';
import type { People } from '../../src/model/people.ts';
import type { CreditModel, EventModel, FieldModel, Measure, Model } from '../../src/model/policy.ts';
import type { ValueType } from '../../src/model/value.ts';
import type { QueryScope } from '../../src/query/query.ts';
import { loadOne } from './load.ts';
import { field, MONEY, measure, smallModel } from './small-model.ts';

const span = { source: 'policy.merit', start: 0, end: 0 };
const FROM = dayOf(2026, 1, 1);
const UNTIL = dayOf(2027, 1, 1);

function column(name: string, type: ValueType): FieldModel {
  return { name, type, optional: false, span };
}

const owner = field('owner', { kind: 'person' });
export const WHOLE: readonly CreditModel[] = [{ to: owner, share: '1', extra: false, span }];

export function salesEvent(credit: readonly CreditModel[] = WHOLE): EventModel {
  return {
    name: 'sale',
    fields: [
      column('id', { kind: 'text' }),
      column('at', { kind: 'date' }),
      column('owner', { kind: 'person' }),
      column('amount', MONEY),
    ],
    key: 'id',
    posting: 'at',
    computed: [],
    credit,
    span,
  };
}

export const PEOPLE: People = {
  rows: ['ann', 'bob'].map((person, stay) => ({
    person,
    name: person,
    role: 'hunter',
    from: FROM,
    until: UNTIL,
    attributes: [undefined, undefined],
    stay,
  })),
  absences: [],
  stays: ['ann', 'bob'].map((person, index) => ({
    index,
    person,
    role: 'hunter',
    from: FROM,
    until: UNTIL,
    rows: [],
  })),
};

export interface SalesAnswer {
  readonly report: LoadReport;
  readonly facts: readonly FactRow[];
}

/** Loads a file of sales and asks one query by month of 2026. */
export async function askSales(
  backend: Backend,
  source: SourceSpec,
  question: {
    readonly event?: EventModel;
    readonly measures?: readonly Measure[];
    readonly scope?: QueryScope;
  } = {},
): Promise<SalesAnswer> {
  const event = question.event ?? salesEvent();
  const computedOrder = event.computed.map((each) => ({ event: event.name, field: each.name }));
  const model: Model = { ...smallModel, events: [event], computedOrder, tables: [] };
  try {
    const header = await backend.columns(source);
    const bound = bindColumns(source, event.fields, header.value);
    const problems = [...header.diagnostics, ...bound.diagnostics];
    if (problems.length > 0) throw new Error(problems.map((each) => each.message).join('; '));
    await backend.open({ model, people: PEOPLE, tables: [] });
    const report = await loadOne(backend, 'sale', bound.value, { from: FROM, until: UNTIL });
    const months = Array.from({ length: 12 }, (_, at) => ({
      id: `2026-${String(at + 1).padStart(2, '0')}`,
      from: dayOf(2026, at + 1, 1),
      until: dayOf(2026, at + 2, 1),
    }));
    const facts = await backend.facts({
      id: 'sales',
      event: 'sale',
      scope: question.scope ?? { kind: 'own' },
      buckets: months,
      measures: question.measures ?? [
        measure(event, 'sum', { value: field('amount', MONEY) }),
        measure(event, 'count'),
      ],
    });
    return { report, facts };
  } finally {
    await backend.close();
  }
}

export function salesSource(format: SourceSpec['format'], path: string): SourceSpec {
  return {
    name: 'sale',
    file: 'sales',
    format,
    content: { kind: 'file', path },
    columns: new Map(),
    constants: new Map(),
    dialect: {},
  };
}

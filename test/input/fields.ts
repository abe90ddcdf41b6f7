// Fields and sources for tests of reading.

import { createClock } from '../../src/input/clock.ts';
import type { Dialect, SourceSpec } from '../../src/model/dataset.ts';
import type { FieldModel } from '../../src/model/policy.ts';
import type { ValueType } from '../../src/model/value.ts';

const span = { source: 'policy.merit', start: 0, end: 0 };

export const NUMBER: ValueType = { kind: 'number' };
export const PERCENT: ValueType = { kind: 'percent' };
export const MONEY: ValueType = { kind: 'money', currency: 'RUB' };
export const DURATION: ValueType = { kind: 'duration' };
export const DATE: ValueType = { kind: 'date' };
export const DATETIME: ValueType = { kind: 'datetime' };
export const TEXT: ValueType = { kind: 'text' };
export const TRUTH: ValueType = { kind: 'truth' };
export const PERSON: ValueType = { kind: 'person' };
export const STATUS: ValueType = { kind: 'enumeration', members: ['won', 'lost', 'open'], ordered: false };

export function field(name: string, type: ValueType, more: Partial<FieldModel> = {}): FieldModel {
  return { name, type, optional: false, span, ...more };
}

export function context(zone = 'Europe/Berlin', dialect: Dialect = {}, persons?: ReadonlySet<string>) {
  return { dialect, clock: createClock(zone), ...(persons && { persons }) };
}

export function spec(name: string, text: string, more: Partial<SourceSpec> = {}): SourceSpec {
  return {
    name,
    file: `${name}.csv`,
    format: 'csv',
    content: { kind: 'text', text },
    columns: new Map(),
    constants: new Map(),
    dialect: {},
    ...more,
  };
}

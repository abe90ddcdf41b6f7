// The rows of a situation as a test of the policy would write them.

import { exact, multiply } from '../base/exact.ts';
import type { FieldModel, Model } from '../model/policy.ts';
import type { Situation } from './situations.ts';
import type { TextRow } from './test-data.ts';
import { quoted, writtenName, writtenValue } from './written.ts';

/** A line for each row: `person p1 { role seller }`, `deal { manager p1, amount 100 RUB }`. */
export function writtenRows(model: Model, { people, absences, rows }: Situation): readonly string[] {
  const events = new Map(model.events.map((each) => [each.name, each]));
  return [
    ...people.map(
      (row) => `person ${writtenName(row.id!)} ${cellsOf(model, model.attributes, without(row, 'id'))}`,
    ),
    ...absences.map((row) => `absence ${cellsOf(model, [], row)}`),
    ...[...rows].flatMap(([name, all]) => {
      const event = events.get(name);
      const fields = event?.fields ?? model.tables.find((each) => each.name === name)!.fields;
      return all.map((row) => `${name} ${cellsOf(model, fields, event ? without(row, event.key) : row)}`);
    }),
  ];
}

function without(row: TextRow, field: string): TextRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));
}

function cellsOf({ currency }: Model, fields: readonly FieldModel[], row: TextRow): string {
  const cells = Object.entries(row).filter(([, text]) => text !== '');
  const written = cells.map(([name, text]) => {
    const field = fields.find((each) => each.name === name);
    return `${name} ${field ? writtenCell(field, text, currency) : plain(name, text)}`;
  });
  return `{ ${written.join(', ')} }`;
}

/** Of columns that all people have. */
function plain(name: string, text: string): string {
  return name === 'from' || name === 'until' ? text : writtenName(text);
}

function writtenCell({ type }: FieldModel, text: string, currency: string): string {
  switch (type.kind) {
    case 'money':
      return writtenValue(exact(text), { kind: 'money', currency });
    case 'percent':
      return writtenValue(multiply(exact(text.replace('%', '')), exact('0.01')), type);
    case 'number':
      return writtenValue(exact(text), type);
    case 'datetime':
    case 'text':
      return quoted(text);
    case 'person':
      return writtenName(text);
    default:
      return text;
  }
}

// From fields to columns: which column, constant or nothing each field of a source is read from.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { skeleton } from '../base/suggest.ts';
import type { Binding, BoundSource, SourceSpec } from '../model/dataset.ts';
import type { FieldModel } from '../model/policy.ts';
import { columnName } from './csv.ts';
import {
  columnAndConstant,
  doubledColumn,
  fieldWithoutColumn,
  nearlyBound,
  noSuchColumn,
  unknownField,
} from './messages.ts';

/**
 * Binds each field to the column of its name, or to what the source says of it. A field that may be empty or has a
 * fallback may go without. Errors: a column that isn't there or stands twice, a required field without one, and names
 * of fields that don't exist; all in one go. Where there is an error the value isn't to be used.
 */
export function bindColumns(
  spec: SourceSpec,
  fields: readonly FieldModel[],
  header: readonly string[],
): Checked<BoundSource> {
  const columns = header.map(columnName);
  const found: { readonly binding: Binding; readonly problem?: Diagnostic }[] = fields.map((field) =>
    bindField(spec, field, columns),
  );
  const bindings = found.map((each) => each.binding);
  const diagnostics = [
    ...unknownFields(spec, fields),
    ...found.flatMap((each) => each.problem ?? []),
    ...nearMisses(spec, fields, { columns, bindings }),
  ];
  return { value: { ...spec, header, bindings }, diagnostics };
}

/** The source for a policy that doesn't declare all the fields of which the source says where they stand. */
export function forFields(spec: SourceSpec, fields: readonly FieldModel[]): SourceSpec {
  const names = new Set(fields.map((each) => each.name));
  const known = (said: ReadonlyMap<string, string>) =>
    new Map([...said].filter(([field]) => names.has(field)));
  return { ...spec, columns: known(spec.columns), constants: known(spec.constants) };
}

function bindField(
  spec: SourceSpec,
  field: FieldModel,
  columns: readonly string[],
): { readonly binding: Binding; readonly problem?: Diagnostic } {
  const absent: Binding = { kind: 'absent' };
  const constant = spec.constants.get(field.name);
  const named = spec.columns.get(field.name);
  if (constant !== undefined) {
    const binding: Binding = { kind: 'constant', text: constant };
    return named === undefined ? { binding } : { binding, problem: columnAndConstant(spec.file, field.name) };
  }
  const column = columnName(named ?? field.name);
  const index = columns.indexOf(column);
  if (index >= 0) {
    const binding: Binding = { kind: 'column', column, index };
    const doubled = columns.indexOf(column, index + 1) >= 0;
    return doubled ? { binding, problem: doubledColumn(spec.file, column) } : { binding };
  }
  if (named !== undefined && !knowsNoColumns(spec, columns)) {
    return { binding: absent, problem: noSuchColumn(spec.file, field.name, column, columns) };
  }
  return field.optional || field.fallback !== undefined || knowsNoColumns(spec, columns)
    ? { binding: absent }
    : { binding: absent, problem: fieldWithoutColumn(spec.file, field.name, columns) };
}

/** JSON without rows has no heading to miss a column in. Rows of `{}` are rejected, cell by cell. */
function knowsNoColumns(spec: SourceSpec, columns: readonly string[]): boolean {
  return spec.format === 'json' && columns.length === 0;
}

function unknownFields(spec: SourceSpec, fields: readonly FieldModel[]): readonly Diagnostic[] {
  const names = fields.map((each) => each.name);
  return (['columns', 'constants'] as const).flatMap((section) =>
    [...spec[section].keys()]
      .filter((key) => !names.includes(key))
      .map((key) => unknownField({ file: spec.file, source: spec.name, section }, key, names)),
  );
}

/** Warnings for fields that go without a column while one that nobody reads looks just like them. */
function nearMisses(
  spec: SourceSpec,
  fields: readonly FieldModel[],
  found: { readonly columns: readonly string[]; readonly bindings: readonly Binding[] },
): readonly Diagnostic[] {
  const read = new Set(found.bindings.map((each) => (each.kind === 'column' ? each.index : undefined)));
  const free = found.columns.filter((column, index) => column !== '' && !read.has(index));
  return fields.flatMap((field, at) => {
    const optional = field.optional || field.fallback !== undefined;
    if (found.bindings[at]!.kind !== 'absent' || !optional || spec.columns.has(field.name)) return [];
    const column = free.find((each) => skeleton(each) === skeleton(field.name));
    return column === undefined ? [] : [nearlyBound(spec.file, field.name, column)];
  });
}

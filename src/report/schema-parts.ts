// What the JSON Schemas of this folder are written with.

export type Schema = Readonly<Record<string, unknown>>;

export const TEXT: Schema = { type: 'string' };
export const WHOLE: Schema = { type: 'integer', minimum: 0 };

export function list(items: Schema, description?: string): Schema {
  return { type: 'array', items, ...(description === undefined ? {} : { description }) };
}

/** Keys of which all are there, but for those that `optional` names. */
export function record(
  properties: Readonly<Record<string, Schema>>,
  optional: readonly string[] = [],
): Schema {
  const required = Object.keys(properties).filter((each) => !optional.includes(each));
  return { type: 'object', additionalProperties: false, required, properties };
}

/** Where a policy says something. */
export const PLACE: Schema = {
  ...record(
    { file: TEXT, line: WHOLE, column: WHOLE, endLine: WHOLE, endColumn: WHOLE, start: WHOLE, end: WHOLE },
    ['line', 'column', 'endLine', 'endColumn'],
  ),
  description: 'lines and columns from 1, offsets from 0',
};

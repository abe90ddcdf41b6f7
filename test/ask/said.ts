// What tests ask of explained cells: that they say what the result says, and that rows stand behind each measure.

import { Ajv } from 'ajv';
import { equals, exact, parseExact } from '../../src/base/exact.ts';
import type { Step } from '../../src/model/explanation.ts';
import { explanationSchema } from '../../src/report/explanation-schema.ts';
import type { ExplainedCell } from './explained-cells.ts';

/** Cells whose step says something else than the Result. */
export function differing(cells: readonly ExplainedCell[]): readonly string[] {
  return cells.flatMap(({ what, said, step }) => {
    const value = step === undefined ? undefined : step.value === 'top' ? 'top' : step.value.value;
    const isSame = said === value || isSameNumber(said, value);
    return isSame ? [] : [`${what}: the result says ${said}, the explanation ${value}`];
  });
}

function isSameNumber(a: string | null, b: string | null | undefined): boolean {
  if (typeof a !== 'string' || typeof b !== 'string' || !parseExact(a) || !parseExact(b)) return false;
  return equals(exact(a), exact(b));
}

/** Measures whose rows aren't listed. */
export function withoutRows(step: Step): readonly string[] {
  const isMissing = step.value !== 'top' && step.value.value === null;
  const own = step.how.kind === 'rows' && !step.rows && !isMissing ? [step.name] : [];
  // an average says of both its parts which rows they look at
  const parts = step.rows && step.how.kind !== 'rows' ? [] : step.parts;
  return [...own, ...parts.flatMap(withoutRows)];
}

const fits = new Ajv({ strict: true, allowUnionTypes: true }).compile(explanationSchema());

/** Where an explanation isn't as the published form says. */
export function misformed(explanation: unknown): readonly string[] {
  return fits(JSON.parse(JSON.stringify(explanation)))
    ? []
    : (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

// The pipeline on one screen, and the embedding API: policy files to a Model, a Model and data to a Result.
// Nothing here touches a platform: files, drivers and the zone data's version come in through the doors.

import type { Backend } from './backend/backend.ts';
import { dayText } from './base/date.ts';
import { type Checked, type Diagnostic, hasErrors, RunError } from './base/diagnostic.ts';
import type { Source, Span } from './base/source.ts';
import { check } from './check/check.ts';
import { createRun, type Run } from './evaluate/cell.ts';
import { evaluateRun } from './evaluate/evaluate.ts';
import { type Gathered, gather, type RunRequest } from './gather.ts';
import type { Decided } from './model/decision.ts';
import type { Model } from './model/policy.ts';
import type { Result } from './model/result.ts';
import { parsePolicy } from './syntax/parse.ts';

export const VERSION = '0.1.0';

/** Reads and checks a policy's files. The value is absent when there are errors. */
export function compile(sources: readonly Source[]): Checked<Model | undefined> {
  const files = sources.map(parsePolicy);
  const syntax = files.flatMap((each) => each.diagnostics);
  const checked = check(
    files.map((each) => each.value),
    sources,
  );
  if (!hasErrors(syntax)) return { value: checked.value, diagnostics: [...syntax, ...checked.diagnostics] };
  // what couldn't be read may be what a name stands for: only what doesn't depend on it is said beside
  return {
    value: undefined,
    diagnostics: [...syntax, ...checked.diagnostics.filter((each) => isOwnFault(each, syntax, sources))],
  };
}

/**
 * Whether a finding can't be due to a declaration that couldn't be read: names declared twice, wrong words and types,
 * tables and weights that don't add up, and a name that stands nowhere else, so that nothing can have declared it.
 */
function isOwnFault(
  { code, span }: Diagnostic,
  syntax: readonly Diagnostic[],
  sources: readonly Source[],
): boolean {
  if (span && syntax.some((each) => each.span && overlap(each.span, span))) return false;
  if (code !== 'M1101') return code === 'M1102' || code === 'M1109' || /^M12|^M140[1-6]$/.test(code);
  const source = sources.find((each) => each.name === span?.source);
  const name = span && source ? source.text.slice(span.start, span.end) : '';
  return name !== '' && sources.reduce((count, { text }) => count + text.split(name).length - 1, 0) === 1;
}

function overlap(a: Span, b: Span): boolean {
  return a.source === b.source && a.start < b.end && b.start < a.end;
}

/**
 * Evaluates a policy over data. The value is absent when there are errors; rejected rows are among the diagnostics,
 * as warnings where they are allowed. Faults that only running finds (an overflow, an unbounded attainment) are
 * diagnostics too. `decided` hears what is decided about people, and changes nothing.
 */
export async function run(
  request: RunRequest,
  backend: Backend,
  decided?: Decided,
): Promise<Checked<Result | undefined>> {
  try {
    const { value, diagnostics } = await gather(request, backend);
    return { value: value && resultOf(value, request, decided), diagnostics };
  } catch (error) {
    if (error instanceof RunError) return { value: undefined, diagnostics: error.diagnostics };
    throw error;
  }
}

/** A run over what was gathered, of which nothing is worked out yet; `over` replaces parts of it. */
export function runOver({ model, people, tables, facts, rows }: Gathered, over: Partial<Run> = {}): Run {
  return { ...createRun(model, { people, tables }, { facts, rows }), ...over };
}

/** The Result of what was gathered for a request. Throws `RunError` for faults that only working it out finds. */
export function resultOf(
  gathered: Gathered,
  { asKnownOn, allowRejects = false, zoneData = 'unknown' }: RunRequest,
  decided?: Decided,
): Result {
  const { model, periods, control, backend } = gathered;
  const { name, title, currency } = model;
  return {
    formatVersion: 1,
    policy: { name, ...(title === undefined ? {} : { title }), currency },
    engine: { version: VERSION, backend, zoneData },
    periods: periods.map((each) => each.id),
    ...(asKnownOn !== undefined && { asKnownOn: dayText(asKnownOn) }),
    ...evaluateRun(runOver(gathered, decided ? { watch: { decided } } : {}), periods),
    control,
    rejectsAllowed: allowRejects,
  };
}

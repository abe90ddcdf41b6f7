// Which versions are compared in which periods: each side may have several, of which one holds at a time.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { fiscalYears } from '../base/fiscal.ts';
import { parsePeriod, periodsBetween } from '../base/period.ts';
import { runPeriods } from '../evaluate/periods.ts';
import type { Model } from '../model/policy.ts';
import { versionFor } from '../versions.ts';

/** Periods in which the same two versions hold. */
export interface Segment {
  readonly before: Model;
  readonly after: Model;
  /** As a run is asked for it. */
  readonly period: string;
}

/** All versions of both sides. */
export interface Sides {
  readonly before: readonly Model[];
  readonly after: readonly Model[];
}

/** The periods asked for, cut where either side goes over to another version. */
export function segmentsOf(sides: Sides, period: string): Checked<readonly Segment[]> {
  const whole = segmentIn(sides, period);
  if (whole.value) return { value: [whole.value], diagnostics: [] };
  const segments: { readonly before: Model; readonly after: Model; readonly ids: string[] }[] = [];
  for (const id of periodsOf(sides.after, period) ?? []) {
    const { value, diagnostics } = segmentIn(sides, id);
    if (!value) return { value: [], diagnostics };
    const last = segments.at(-1);
    if (last?.before === value.before && last.after === value.after) last.ids.push(id);
    else segments.push({ ...value, ids: [id] });
  }
  if (segments.length === 0) return { value: [], diagnostics: whole.diagnostics };
  const value = segments.map(({ ids, ...versions }): Segment => {
    const [first, last] = [ids[0]!, ids.at(-1)!];
    return { ...versions, period: first === last ? first : `${first}..${last}` };
  });
  return { value, diagnostics: [] };
}

function segmentIn({ before, after }: Sides, period: string): Checked<Segment | undefined> {
  const [old, now] = [versionFor(before, period), versionFor(after, period)];
  const faults: readonly Diagnostic[] = [old, now].flatMap(({ value, diagnostics }) =>
    value ? runPeriods(value, period).diagnostics : diagnostics,
  );
  if (!old.value || !now.value || faults.length > 0) return { value: undefined, diagnostics: faults };
  return { value: { before: old.value, after: now.value, period }, diagnostics: [] };
}

/** The periods of the later side's policy in a text such as `2026-01..2026-06`. */
function periodsOf([model]: readonly Model[], text: string): readonly string[] | undefined {
  if (!model) return undefined;
  const [first = '', last = first] = text.split('..');
  const calendars = fiscalYears(model);
  const [from, until] = [parsePeriod(first.trim(), calendars), parsePeriod(last.trim(), calendars)];
  if (!from || !until) return undefined;
  return periodsBetween(model.grain, from.from, until.until).map(({ id }) => id);
}

/** Both sides' last versions, as if each had held as long as either does. */
export function onSameDays({ before, after }: Sides): Sides {
  const [old, now] = [before.at(-1)!, after.at(-1)!];
  const ends = [old.effective, now.effective];
  const from = ends.some((each) => each.from === undefined)
    ? undefined
    : Math.min(...ends.map((each) => each.from!));
  const until = ends.some((each) => each.until === undefined)
    ? undefined
    : Math.max(...ends.map((each) => each.until!));
  const effective = { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
  return { before: [{ ...old, effective }], after: [{ ...now, effective }] };
}

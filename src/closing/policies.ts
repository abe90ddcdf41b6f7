// By which policy each closed period is worked out again: the one that it was closed with, as it was then, unless a version
// of now reopens it.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { fiscalYears } from '../base/fiscal.ts';
import { type Period, parsePeriod } from '../base/period.ts';
import type { Source } from '../base/source.ts';
import { compile } from '../engine.ts';
import * as messages from '../ledger/messages.ts';
import type { CloseBody, Reopened } from '../model/ledger.ts';
import type { Model } from '../model/policy.ts';
import { needForms } from '../syntax/forms.ts';

/** A closed period, with its policy at the last close and now. */
export interface ClosedPeriod {
  readonly period: Period;
  readonly before: Model;
  readonly now: Model;
}

/** Closed periods in order of time, and the versions that held before the first of them, as they were then. */
export interface ClosedPolicies {
  readonly periods: readonly ClosedPeriod[];
  readonly earlier: readonly Model[];
}

/** The policies of closed periods. Errors: a policy that was closed with can't be read by this version of Merit. */
export async function closedPeriods(
  closes: readonly CloseBody[],
  models: readonly Model[],
  open: Period,
): Promise<Checked<ClosedPolicies>> {
  const files = filesByPeriod(closes);
  const earlierFiles = closes[0]?.earlier ?? [];
  await needForms([...files.values(), ...earlierFiles].flat());
  const known = new Map(models.map((each) => [textOf(each.sources), each]));
  const diagnostics: Diagnostic[] = [];
  const reopening = models.filter((each) => each.corrections.reopens !== undefined);
  const periods = closes.flatMap(({ period: id }): readonly ClosedPeriod[] => {
    const before = compiled(files.get(id)!, known);
    const period = before && parsePeriod(id, fiscalYears(before));
    if (!period) {
      diagnostics.push(messages.policyUnread(id));
      return [];
    }
    return [{ period, before, now: reopenedBy(reopening, { period, before, open }) ?? before }];
  });
  const earlier = earlierFiles.flatMap((each) => {
    const model = compiled(each, known);
    if (!model) diagnostics.push(messages.policyUnread(closes[0]!.period));
    return model ?? [];
  });
  return { value: { periods, earlier }, diagnostics };
}

/** The files of each closed period's policy: those of its close, or of the last that has reopened it. */
function filesByPeriod(closes: readonly CloseBody[]): ReadonlyMap<string, readonly Source[]> {
  const found = new Map<string, readonly Source[]>();
  for (const { period, files, reopened = [] } of closes) {
    found.set(period, files);
    for (const each of reopened) for (const id of each.periods) found.set(id, each.files);
  }
  return found;
}

function compiled(files: readonly Source[], known: Map<string, Model>): Model | undefined {
  const text = textOf(files);
  const model = known.get(text) ?? compile(files).value;
  if (model) known.set(text, model);
  return model;
}

/** Files by what they say: what they are called depends on where somebody stands. */
function textOf(files: readonly Source[]): string {
  return JSON.stringify(files.map((each) => each.text).sort());
}

/**
 * The version that reopens a closed period: one that says so of a day up to its first, has begun by the open period, and
 * hasn't ended before the closed one. Of several the one that began last. One that is earlier than what the period has now
 * doesn't open it again: a later version has taken its place there, and needn't say so for ever.
 */
function reopenedBy(
  models: readonly Model[],
  { period, before, open }: Pick<ClosedPeriod, 'period' | 'before'> & { readonly open: Period },
): Model | undefined {
  return models
    .filter((model) => {
      const { reopens } = model.corrections;
      const { from, until } = model.effective;
      const hasBegun = from === undefined || from < open.until;
      const isLater = begins(model) >= begins(before);
      return reopens! <= period.from && hasBegun && isLater && (until === undefined || period.from < until);
    })
    .sort((a, b) => begins(a) - begins(b))
    .at(-1);
}

function begins({ effective: { from } }: Model): number {
  return from ?? Number.NEGATIVE_INFINITY;
}

/** The periods whose policy is another than at the last close, by policy, in order of time. */
export function reopenedNow(closed: readonly ClosedPeriod[]): readonly Reopened[] {
  const found = new Map<Model, string[]>();
  for (const { period, before, now } of closed) {
    if (before === now) continue;
    const own = found.get(now) ?? [];
    found.set(now, own);
    own.push(period.id);
  }
  return [...found].map(([{ sources }, periods]) => ({ periods, files: filesOf(sources) }));
}

/** Files as a record keeps them. */
export function filesOf(sources: readonly Source[]): CloseBody['files'] {
  return sources.map(({ name, text }) => ({ name, text }));
}

// What a version that reopens closed periods says differently from the policy that they were closed with, as steps that are
// looked at one by one.

import { type Comparison, compareVersions, type ReadVersion, readVersion } from '../compare/compare.ts';
import { apart } from '../compare/diff.ts';
import { hybridModel } from '../compare/hybrid.ts';
import type { PolicyChange } from '../model/diff.ts';
import type { AdjustmentCause } from '../model/ledger.ts';
import type { Model } from '../model/policy.ts';
import type { ClosedPeriod } from './policies.ts';

/** One difference, and its cause. */
export interface PolicyUnit {
  readonly cause: AdjustmentCause;
}

/** The differences of all policies that are reopened, and what a period's policy is with some of them taken over. */
export interface PolicyUnits {
  readonly units: readonly PolicyUnit[];
  /** None: what it says isn't a policy. One object for what is the same, so that periods of one policy are known by it. */
  readonly modelWith: (closed: ClosedPeriod, taken: ReadonlySet<number>) => Model | undefined;
}

interface Reopening {
  readonly before: Model;
  readonly now: Model;
  /** The number of its first unit. */
  readonly first: number;
  readonly comparison: Comparison;
  readonly versions: { readonly before: ReadVersion; readonly after: ReadVersion };
  readonly known: Map<string, Model | undefined>;
}

/** Compares the policies of all closed periods with those of now. */
export function policyUnits(closed: readonly ClosedPeriod[]): PolicyUnits {
  const reopenings: Reopening[] = [];
  const units: PolicyUnit[] = [];
  for (const { before, now } of closed) {
    if (before === now || reopenings.some((each) => each.before === before && each.now === now)) continue;
    const versions = {
      before: readVersion(apart(before.sources, now.sources)),
      after: readVersion(now.sources),
    };
    const comparison = compareVersions(versions.before, versions.after);
    reopenings.push({ before, now, first: units.length, comparison, versions, known: new Map() });
    units.push(...comparison.changes.map((each) => ({ cause: causeOf(now, each) })));
  }
  return {
    units,
    modelWith: ({ before, now }, taken) => {
      const found = reopenings.find((each) => each.before === before && each.now === now);
      return found ? between(found, taken) : now;
    },
  };
}

function between(reopening: Reopening, taken: ReadonlySet<number>): Model | undefined {
  const { before, now, first, comparison, versions, known } = reopening;
  const own = comparison.changes.map((_, unit) => unit).filter((unit) => taken.has(first + unit));
  if (own.length === comparison.changes.length) return now;
  if (own.length === 0) return before;
  const key = own.join(',');
  if (!known.has(key))
    known.set(
      key,
      hybridModel(comparison, versions, (unit) => own.includes(unit)),
    );
  return known.get(key);
}

function causeOf({ name }: Model, { kind, name: declared, part }: PolicyChange): AdjustmentCause {
  const words = [
    [kind, declared].filter((each) => each !== '').join(' '),
    ...(part === undefined ? [] : [part]),
  ];
  return { kind: 'policy', policy: name, declaration: words.join(', ') };
}

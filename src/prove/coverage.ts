// Coverage: which ways of a policy's decisions were taken, of all that there are. What was taken may come from many tests,
// files, versions or runs; what can't happen isn't counted.

import type { Source } from '../base/source.ts';
import type { CoverageLine, CoverageReport } from '../model/coverage.ts';
import type { Decision } from '../model/decision.ts';
import type { Model } from '../model/policy.ts';
import { type Decidable, decidablesOf, decisionKey } from './decisions.ts';
import { textPlace } from './failure.ts';

/** What has been heard of decisions so far. */
export interface Heard {
  /** Takes note of a decision; what is only supposed isn't one that was taken. */
  readonly decided: (decision: Decision) => void;
  /** Their keys. */
  readonly keys: ReadonlySet<string>;
}

/** Hears decisions, each way once. */
export function createHeard(): Heard {
  const keys = new Set<string>();
  return {
    keys,
    decided(decision) {
      if (!decision.supposed) keys.add(decisionKey(decision));
    },
  };
}

/**
 * What of the decisions of policies was taken. Policies that share a file, as versions do what they don't change, have its
 * decisions once.
 */
export function coverageOf(models: readonly Model[], heard: Pick<Heard, 'keys'>): CoverageReport {
  const all = new Map<string, Decidable>();
  for (const decidable of models.flatMap((model) => decidablesOf(model).all)) {
    const before = all.get(decidable.key);
    // what can happen in one of them can happen
    if (!before || before.impossible) all.set(decidable.key, decidable);
  }
  const sources = new Map(models.flatMap((each) => each.sources).map((each) => [each.name, each]));
  const found = [...all.values()];
  const isTaken = ({ key }: Decidable): boolean => heard.keys.has(key);
  const counted = found.filter((each) => !each.impossible);
  const missed = counted.filter((each) => !isTaken(each));
  const covered = counted.length - missed.length;
  return {
    formatVersion: 1,
    policy: [...new Set(models.map((each) => each.name))].join(', '),
    total: counted.length,
    covered,
    percent: percentOf(covered, counted.length),
    uncovered: inOrder(missed.map((each) => lineOf(each, sources))),
    taken: inOrder(counted.filter(isTaken).map((each) => lineOf(each, sources))),
    impossible: inOrder(
      found.flatMap((each) => (each.impossible ? [{ ...lineOf(each, sources), why: each.impossible }] : [])),
    ),
  };
}

/** Whole percents, rounded down: 100 only where nothing is left. Of no decisions all are covered. */
function percentOf(covered: number, total: number): number {
  return total === 0 ? 100 : Math.floor((covered * 100) / total);
}

function lineOf({ kind, name, span }: Decidable, sources: ReadonlyMap<string, Source>): CoverageLine {
  return { kind, name, at: textPlace(sources, span) };
}

function inOrder<T extends CoverageLine>(lines: readonly T[]): readonly T[] {
  return lines.toSorted(
    (a, b) =>
      (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : 0) || a.at.span.start - b.at.span.start,
  );
}

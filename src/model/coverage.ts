// Which decisions of a policy were taken, by its tests or over data. Plain data that JSON can hold.

import type { DecisionKind } from './decision.ts';
import type { TextPlace } from './test-report.ts';

export interface CoverageReport {
  readonly formatVersion: 1;
  readonly policy: string;
  /** Ways that decisions can go: a gate has two, a table one for each tier. Those that can't happen, or change nothing, aren't counted. */
  readonly total: number;
  readonly covered: number;
  /** Whole percents, rounded down: 100 only where nothing is left. */
  readonly percent: number;
  /** Each in the order of files, by name, and their text. */
  readonly uncovered: readonly CoverageLine[];
  readonly taken: readonly CoverageLine[];
  readonly impossible: readonly ImpossibleLine[];
}

/** One way of a decision. */
export interface CoverageLine {
  readonly kind: DecisionKind;
  /** Alone among those of its version of the policy, and the same however the files are laid out. */
  readonly name: string;
  readonly at: TextPlace;
}

export interface ImpossibleLine extends CoverageLine {
  readonly why: string;
}

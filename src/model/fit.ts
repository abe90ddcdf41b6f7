// One number of a policy, moved until the cost comes to a budget. Figures are exact text.

export interface Fit {
  /** The line as the policy writes it, and where. */
  readonly subject: string;
  readonly file: string;
  readonly line: number;
  readonly budget: string;
  readonly currency: string;
  /** The step of the answer, in the number as it is written: `0.1%`, `1_000 RUB`. */
  readonly step: string;
  /** The value that the policy has, and what it costs. */
  readonly now: FitPoint;
  readonly outcome: FitOutcome;
  /** How many values were run. */
  readonly runs: number;
  /** Whether the cost went one way only, from each value that was run to the next. */
  readonly monotone: boolean;
  /** The least and the greatest cost among the values that were run. */
  readonly least: FitPoint;
  readonly greatest: FitPoint;
}

export interface FitPoint {
  /** As the policy writes it. */
  readonly value: string;
  readonly cost: string;
}

export type FitOutcome =
  | {
      readonly kind: 'found';
      /** The value on the step that costs no more than the budget, while the next one costs more: both were run. */
      readonly fits: FitPoint;
      readonly over: FitPoint;
      readonly exact: FitExact;
      /** The line of the policy before and after. */
      readonly diff: { readonly before: string; readonly after: string };
    }
  /** Whatever was tried costs more, or fits: so budget isn't what holds it. */
  | { readonly kind: 'always over' }
  | { readonly kind: 'always fits' };

/** Where the cost without rounding to cents is the budget itself. */
export type FitExact =
  /**
   * An exact number, as the policy counts: 5% is `0.05`; and as it is written, cut where it has no end. It was run to see
   * that it is so.
   */
  | { readonly kind: 'value'; readonly value: string; readonly shown: string }
  /** It isn't there: the cost jumps over the budget at about this value. */
  | {
      readonly kind: 'jump';
      readonly value: string;
      readonly shown: string;
      readonly below: string;
      readonly above: string;
    }
  /** It lies between the two values, where the cost doesn't go straight. */
  | { readonly kind: 'between' };

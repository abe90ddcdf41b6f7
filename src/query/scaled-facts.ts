// Facts as they would be if each row of some measures counted for more or less: in every window and every scope alike.

import { type Exact, multiply } from '../base/exact.ts';
import type { Facts } from './facts.ts';

/** The facts with some measures, by their ids, taken so many times. Every one of them must be additive. */
export function scaledFacts(facts: Facts, factors: ReadonlyMap<string, Exact>): Facts {
  return {
    value: (measure, scope, bucket, group) => {
      const value = facts.value(measure, scope, bucket, group);
      const factor = factors.get(measure.id);
      return factor && value !== undefined ? multiply(value as Exact, factor) : value;
    },
  };
}

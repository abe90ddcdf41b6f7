// Facts as they would be with one row more of somebody: what it adds to a measure is added wherever such a row would
// count, in every window that holds its day and every scope that holds the person then.

import type { Day } from '../base/date.ts';
import { add, type Exact, isZero } from '../base/exact.ts';
import type { Scope } from '../model/expression.ts';
import type { People, Stay } from '../model/people.ts';
import type { Measure, Model } from '../model/policy.ts';
import type { Facts } from './facts.ts';
import { isSeen, stretchesIn } from './groups.ts';
import { bucketDays, scopeKey } from './make-queries.ts';
import { belowEach } from './reports.ts';

/** What a row of a stay on a day adds to each measure, by the measure's id; below zero: takes away. */
export interface Addition {
  readonly stay: Stay;
  readonly day: Day;
  readonly by: ReadonlyMap<string, Exact>;
}

/** Whether a measure goes up by what a row adds: a sum, a count, or a count of different things of which it has a new one. */
export function isAdditive({ aggregate, each }: Measure): boolean {
  return !each && (aggregate === 'sum' || aggregate === 'count' || aggregate === 'distinct');
}

/** The facts with what is added. Every moved measure must be additive. */
export function movedFacts(
  { model, people, facts }: { readonly model: Model; readonly people: People; readonly facts: Facts },
  addition: Addition,
): Facts {
  const { stay, day, by } = addition;
  const row = stay.rows.find((each) => each.from <= day && day < each.until);
  const counts = once((scope: Scope, bucket: string, group: string): boolean => {
    if (!row || !isOn(day, bucketDays(bucket))) return false;
    switch (scope.kind) {
      case 'company':
        return true;
      case 'own':
        return group === String(stay.index);
      case 'group': {
        if (scope.below)
          return (belowEach(people).get(Number(group)) ?? []).some(
            (each) => each.stay.index === stay.index && isOn(day, each),
          );
        const { attribute } = scope;
        return stretchesIn(group).some(
          (stretch) => isOn(day, stretch) && isSeen(model, row, { attribute, stretch }),
        );
      }
      default:
        return scope satisfies never;
    }
  });
  return {
    value: (measure, scope, bucket, group) => {
      const before = facts.value(measure, scope, bucket, group);
      const moved = by.get(measure.id);
      if (!moved || isZero(moved) || !counts(scope, bucket, group)) return before;
      return add(before as Exact, moved);
    },
  };
}

/** Remembers what was found out of a group in a bucket. */
function once(
  work: (scope: Scope, bucket: string, group: string) => boolean,
): (scope: Scope, bucket: string, group: string) => boolean {
  const known = new Map<string, boolean>();
  return (scope, bucket, group) => {
    const key = `${scopeKey(scope)} ${bucket} ${group}`;
    const found = known.get(key) ?? work(scope, bucket, group);
    known.set(key, found);
    return found;
  };
}

function isOn(day: Day, { from, until }: { readonly from: Day; readonly until: Day }): boolean {
  return from <= day && day < until;
}

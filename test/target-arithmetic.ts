// The arithmetic of accounts of targets, as their types describe it and apart from the code that makes them: every
// account in a result comes to the target that it is of.

import { expect } from 'vitest';
import {
  add,
  divide,
  type Exact,
  equals,
  exact,
  exactText,
  multiply,
  ONE,
  whole,
  ZERO,
} from '../src/base/exact.ts';
import type { KpiLine } from '../src/model/kpi-lines.ts';
import type { TargetAccount } from '../src/model/target-account.ts';

/** How many accounts of each kind were looked at. */
export type Kinds = Partial<Record<TargetAccount['kind'] | 'upper end', number>>;

/** Checks every account in a result, wherever it stands, and every step in it. */
export function checkTargets(value: unknown, kinds: Kinds = {}): Kinds {
  if (Array.isArray(value)) for (const each of value) checkTargets(each, kinds);
  else if (typeof value === 'object' && value !== null) {
    const { target, targetAccount, upTo, upToAccount } = value as Partial<KpiLine>;
    // lines of a scorecard are of a KPI too, and have none
    if ('kpi' in value && 'actual' in value) {
      expect(targetAccount === undefined).toBe(target === undefined);
      expect(upToAccount === undefined).toBe(upTo === undefined);
    }
    if (targetAccount) expect(exactText(madeBy(targetAccount, kinds))).toBe(target!.value);
    if (upToAccount) {
      kinds['upper end'] = (kinds['upper end'] ?? 0) + 1;
      expect(exactText(madeBy(upToAccount, kinds))).toBe(upTo!.value);
    }
    for (const [key, each] of Object.entries(value)) if (!key.endsWith('Account')) checkTargets(each, kinds);
  }
  return kinds;
}

function madeBy(account: TargetAccount, kinds: Kinds): Exact {
  kinds[account.kind] = (kinds[account.kind] ?? 0) + 1;
  const value = worked(account, kinds);
  expect(exactText(value)).toBe(account.value);
  return value;
}

function worked(account: TargetAccount, kinds: Kinds): Exact {
  switch (account.kind) {
    case 'line': {
      const { written, spread, ramp } = account;
      const share = spread ? exact(spread.share) : ONE;
      return multiply(multiply(exact(written), share), ramp ? exact(ramp.percent) : ONE);
    }
    case 'days': {
      const { parts, counted, of, prorated } = account;
      expect(exactText(sum(parts.map((each) => exact(each.counts))))).toBe(counted);
      const all = sum(parts.map((each) => multiply(madeBy(each.target, kinds), exact(each.counts))));
      return divide(all, exact(prorated ? of : counted))!;
    }
    case 'periods':
      return joined(
        account.parts.map((each) => madeBy(each.target, kinds)),
        account.together,
      );
    case 'whole':
      return divide(multiply(madeBy(account.target, kinds), exact(account.of)), exact(account.counted))!;
    case 'people': {
      const { parts, others, people, together } = account;
      const listed = parts.reduce((count, each) => count + each.people, 0);
      expect(listed + (others?.people ?? 0)).toBe(people);
      if (together === 'same')
        return joined(
          [...parts, ...(others ? [others] : [])].map((each) => exact(each.value)),
          together,
        );
      const values = parts.map((each) => multiply(exact(each.value), whole(each.people)));
      return sum([...values, ...(others ? [exact(others.value)] : [])]);
    }
    default:
      return account satisfies never;
  }
}

function joined(values: readonly Exact[], together: 'sum' | 'same'): Exact {
  if (together === 'sum') return sum(values);
  expect(values.every((each) => equals(each, values[0]!))).toBe(true);
  return values[0]!;
}

function sum(values: readonly Exact[]): Exact {
  return values.reduce<Exact>(add, ZERO);
}

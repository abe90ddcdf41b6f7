// Costs of periods drawn from history, with a seed. What one person was paid in one past period by the policy is drawn whole,
// so that all KPIs of that period stay together; sums are exact.

import { chanceOf } from '../base/chance.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { compare, divide, type Exact, exact, exactText, fraction, multiply, whole } from '../base/exact.ts';
import type { Result, Statement } from '../model/result.ts';
import type { DrawnCost, DrawsResult } from '../model/simulation.ts';
import { tooManyDraws } from './messages.ts';
import { ranked } from './spread.ts';

/** What is drawn. */
export interface DrawsRequest {
  readonly draws: number;
  readonly seed: number;
  /** How many periods one draw is long; as many as history has unless said. */
  readonly periods?: number;
  /** Each person's periods apart, unless said. */
  readonly by?: 'person' | 'period';
  readonly budget?: Exact;
}

/** So many draws, and so many people's periods in all of them, are drawn at most. */
export const MOST_DRAWS = 100_000;
export const MOST_DRAWN = 50_000_000;
/** Who has fewer periods of their own is drawn for from all who hold the same roles. */
const ENOUGH = 3;

/** One person of the last period, and what may be drawn for them: places of statements. */
interface Drawn {
  readonly person: string;
  readonly isBorrowed: boolean;
  /** Keys of statements, in order of period and person. */
  readonly from: readonly string[];
  /** The person's own, by period. */
  readonly own: ReadonlyMap<string, string>;
}

interface Named {
  readonly scenario: string | null;
  readonly result: Result;
}

/** The draws; the first result says who is drawn for, and all are drawn alike. Too many are refused (M3082). */
export function drawCosts(
  request: DrawsRequest,
  results: readonly [Named, ...Named[]],
): DrawsResult | Diagnostic {
  const { draws, seed, by = 'person', budget } = request;
  const [{ result }] = results;
  const periods = request.periods ?? result.periods.length;
  const roster = rosterOf(result);
  if (draws > MOST_DRAWS || draws * periods * Math.max(1, roster.length) > MOST_DRAWN)
    return tooManyDraws({ draws, periods, people: roster.length }, { draws: MOST_DRAWS, drawn: MOST_DRAWN });
  const plan = { draws, seed, periods, by, history: result.periods };
  return {
    draws,
    seed,
    periods,
    by,
    people: roster.length,
    borrowed: roster.filter(({ isBorrowed }) => isBorrowed).length,
    ...(budget && { budget: exactText(budget) }),
    costs: results.map(({ scenario, result: own }) =>
      costsOf(scenario, sumsOf(roster, payByKey(own), plan), budget),
    ),
  };
}

/** Who has a role in the last period. */
function rosterOf({ statements, periods }: Result): readonly Drawn[] {
  const all = statements
    .filter(({ roles }) => roles.length > 0)
    .toSorted((a, b) => byText(a.period, b.period, periods) || (a.person < b.person ? -1 : 1));
  return all
    .filter(({ period }) => period === periods.at(-1))
    .map((last): Drawn => {
      const alike = all.filter((each) => rolesOf(each) === rolesOf(last));
      const own = alike.filter(({ person }) => person === last.person);
      const isBorrowed = own.length < ENOUGH && alike.length > own.length;
      return {
        person: last.person,
        isBorrowed,
        from: (isBorrowed ? alike : own).map(keyOf),
        own: new Map(own.map((each) => [each.period, keyOf(each)])),
      };
    });
}

function byText(a: string, b: string, periods: readonly string[]): number {
  return periods.indexOf(a) - periods.indexOf(b);
}

function rolesOf({ roles }: Statement): string {
  return JSON.stringify([...new Set(roles.map(({ role }) => role))].sort());
}

function keyOf({ person, period }: Pick<Statement, 'person' | 'period'>): string {
  return JSON.stringify([person, period]);
}

function payByKey({ statements }: Result): ReadonlyMap<string, Exact> {
  return new Map(statements.map((each) => [keyOf(each), exact(each.pay)]));
}

interface Plan extends Required<Pick<DrawsRequest, 'draws' | 'seed' | 'periods' | 'by'>> {
  readonly history: readonly string[];
}

/** The cost of each draw, in order of size. The seed begins anew for each result, so that the same periods are drawn. */
function sumsOf(roster: readonly Drawn[], pay: ReadonlyMap<string, Exact>, plan: Plan): readonly Exact[] {
  const { of, unit } = inWholes([...pay.values()]);
  const wholes = new Map([...pay.keys()].map((key, index) => [key, of[index]!]));
  // who isn't paid there by the changed policy has no statement to draw
  const amounts = roster.map(({ from }) => from.map((key) => wholes.get(key) ?? 0n));
  const owns = roster.map(({ own }) =>
    plan.history.map((period) => {
      const key = own.get(period);
      return key === undefined ? undefined : (wholes.get(key) ?? 0n);
    }),
  );
  const chance = chanceOf(plan.seed);
  const sums = Array.from({ length: plan.draws }, () => {
    let sum = 0n;
    for (let period = 0; period < plan.periods; period++) {
      const together = plan.by === 'period' ? chance.below(plan.history.length) : -1;
      for (let at = 0; at < roster.length; at++) {
        const own = together < 0 ? undefined : owns[at]![together];
        sum += own ?? chance.one(amounts[at]!);
      }
    }
    return sum;
  });
  return sums.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map((sum) => multiply(whole(sum), unit));
}

/** Amounts as whole numbers of the largest unit of which all are multiples. */
function inWholes(amounts: readonly Exact[]): { readonly of: readonly bigint[]; readonly unit: Exact } {
  let den = 1n;
  for (const each of amounts) den = (den / common(den, BigInt(each.den))) * BigInt(each.den);
  return {
    of: amounts.map((each) => BigInt(each.num) * (den / BigInt(each.den))),
    unit: fraction(1n, den),
  };
}

function common(a: bigint, b: bigint): bigint {
  return b === 0n ? a : common(b, a % b);
}

function costsOf(scenario: string | null, sums: readonly Exact[], budget: Exact | undefined): DrawnCost {
  const at = (percent: number): string => exactText(ranked(sums, percent)!);
  const { of, unit } = inWholes(sums);
  const total = multiply(whole(of.reduce((sum, each) => sum + each, 0n)), unit);
  return {
    scenario,
    mean: exactText(divide(total, whole(sums.length))!),
    min: at(0),
    p5: at(5),
    p25: at(25),
    p50: at(50),
    p75: at(75),
    p95: at(95),
    max: at(100),
    ...(budget && { over: sums.filter((each) => compare(each, budget) > 0).length }),
  };
}

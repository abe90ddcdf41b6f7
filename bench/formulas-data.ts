// The policy that formulas are measured with, and its people and results by chance.

import { type Period, parsePeriod, periodsBetween } from '../src/base/period.ts';
import { seeded } from './measure.ts';

export const KPIS = ['revenue', 'margin', 'calls', 'clients', 'meetings'] as const;
export const WEIGHTS = [40n, 25n, 15n, 10n, 10n] as const;

export const POLICY = `policy bench {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
person {
  revenue_norm: money
  margin_norm: money
  calls_norm: number
  clients_norm: number
  meetings_norm: number
  base: money
}
event deal {
  id: text key
  day: date posts
  who: person owner
  revenue: money
  margin: money
  calls: number
  clients: number
  meetings: number
}
${KPIS.map((each) => `kpi ${each} = sum(deal.${each})`).join('\n')}
curve payout linear {
  below: 0%
  50%: 0%
  80%: 50%
  100%: 100%
  120%: 150%
  150%: 200%
  above: 200%
}
rates ladder marginal {
  from 0 RUB: 3%
  from 200_000 RUB: 5%
  from 500_000 RUB: 7%
  from 800_000 RUB: 10%
}
role seller {
  ${KPIS.map((each) => `target ${each} person.${each}_norm`).join('\n  ')}
  scorecard {
    ${KPIS.map((each, at) => `${each} ${WEIGHTS[at]}% cap 150% missing counts 0%`).join('\n    ')}
  }
  gate (attainment(revenue) else 0%) >= 80%
  bonus variable gated = person.base * payout(score) { cap 1.9 * person.base }
  bonus commission = ladder(revenue)
}
`;

/** Whole numbers: cents of money, else counts. By person where a norm or base, by period and person where a result. */
export interface Inputs {
  readonly people: number;
  readonly periods: readonly Period[];
  readonly norms: readonly Float64Array[];
  readonly base: Float64Array;
  /** Days of each person in each period. */
  readonly days: readonly Float64Array[];
  readonly results: readonly (readonly Float64Array[])[];
}

/** Cents of both bonuses, by period. */
export type Paid = readonly { readonly variable: Float64Array; readonly commission: Float64Array }[];

/**
 * Random people, one in fifty of them at a bound: the gate's attainment, a point of the curve, the start of a tier, an
 * amount that ends in half a cent.
 */
export function draw(people: number, months: number): Inputs {
  const random = seeded(1);
  const below = (limit: number): number => Math.floor(random() * limit);
  const first = parsePeriod('2026-01')!;
  const last = parsePeriod(`2026-${String(months).padStart(2, '0')}`)!;
  const periods = periodsBetween('month', first.from, last.until);
  const fill = (make: (at: number) => number): Float64Array =>
    Float64Array.from({ length: people }, (_, at) => make(at));
  const norms = KPIS.map((_, at) => fill(() => (at < 2 ? (1 + below(900)) * 100_000 : 5 * (2 + below(40)))));
  const base = fill(() => 1_000_000 + below(9_000_000));
  const starts = fill(() => (random() < 0.1 ? periods[below(periods.length)]!.from + below(28) : 0));
  const days = periods.map(({ from, until }) =>
    fill((at) => Math.max(0, until - Math.max(from, starts[at]!))),
  );
  const results = periods.map(({ from, until }, period) => {
    const length = until - from;
    const kind = fill(() => below(200));
    return norms.map((norm, kpi) =>
      fill((at) => {
        const due = (norm[at]! * days[period]![at]!) / length;
        switch (kind[at]) {
          case 0: // at the gate, or as near as whole numbers come
            return Math.round(due * 0.8);
          case 1: // at a point of the curve
            return Math.round(due * 1.2);
          case 2: // where a tier begins
            return kpi === 0 ? 50_000_000 : Math.round(due);
          case 3: // half a cent
            return kpi === 0 ? below(10_000) * 100 + 50 : Math.round(due * 1.5);
          default:
            return Math.floor(due * random() * 1.7);
        }
      }),
    );
  });
  return { people, periods, norms, base, days, results };
}

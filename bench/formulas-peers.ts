// The same pay by hand: by whole numbers alone, which judges the others, by decimal.js, and by doubles.

import { Decimal } from 'decimal.js';
import { type Inputs, type Paid, WEIGHTS } from './formulas-data.ts';

// ---- plain fractions ------------------------------------------------------------------------------------------------

interface Plain {
  readonly num: bigint;
  readonly den: bigint;
}

const CURVE: readonly (readonly [bigint, bigint])[] = [
  [50n, 0n],
  [80n, 50n],
  [100n, 100n],
  [120n, 150n],
  [150n, 200n],
];
const TIERS: readonly (readonly [bigint, bigint])[] = [
  [0n, 3n],
  [20_000_000n, 5n],
  [50_000_000n, 7n],
  [80_000_000n, 10n],
];

/** Cents of both bonuses of one person in one period, by whole numbers alone. */
function plainPay(
  norms: readonly bigint[],
  results: readonly bigint[],
  at: { readonly base: bigint; readonly days: bigint; readonly length: bigint },
): readonly [bigint, bigint] {
  const { base, days, length } = at;
  let score: Plain = { num: 0n, den: 1n };
  for (const [kpi, result] of results.entries()) {
    const due = norms[kpi]! * days;
    const capped: Plain =
      2n * result * length > 3n * due ? { num: 3n, den: 2n } : { num: result * length, den: due };
    score = {
      num: score.num * capped.den * 100n + WEIGHTS[kpi]! * capped.num * score.den,
      den: score.den * capped.den * 100n,
    };
  }
  const passes = results[0]! * length * 10n >= norms[0]! * days * 8n;
  const payout = passes ? curveAt(score) : { num: 0n, den: 1n };
  // a fixed amount goes by the days, what caps it doesn't
  let variable: Plain = { num: base * payout.num * days, den: payout.den * length };
  if (variable.num * 10n > 19n * base * variable.den) variable = { num: 19n * base, den: 10n };
  let commission = 0n;
  for (const [tier, [from, rate]] of TIERS.entries()) {
    const end = TIERS[tier + 1]?.[0] ?? results[0]!;
    const part = (results[0]! < end ? results[0]! : end) - from;
    if (part > 0n) commission += part * rate;
  }
  return [halfUp(variable), halfUp({ num: commission, den: 100n })];
}

function curveAt({ num, den }: Plain): Plain {
  const reaches = (point: bigint): boolean => num * 100n >= point * den;
  if (!reaches(50n)) return { num: 0n, den: 1n };
  if (reaches(150n)) return { num: 2n, den: 1n };
  const at = CURVE.findLastIndex(([point]) => reaches(point));
  const [x, y] = CURVE[at]!;
  const [nextX, nextY] = CURVE[at + 1]!;
  // y + (score - x) * rise / run, in hundredths
  return { num: y * (nextX - x) * den + (num * 100n - x * den) * (nextY - y), den: den * (nextX - x) * 100n };
}

function halfUp({ num, den }: Plain): bigint {
  return (2n * num + den) / (2n * den);
}

export function byFractions({ people, periods, norms, base, days, results }: Inputs): Paid {
  const big = (column: Float64Array): readonly bigint[] => Array.from(column, BigInt);
  const [ofNorms, ofBase] = [norms.map(big), big(base)];
  return periods.map((period, month) => {
    const [variable, commission] = [new Float64Array(people), new Float64Array(people)];
    const [ofDays, ofResults] = [big(days[month]!), results[month]!.map(big)];
    const length = BigInt(period.until - period.from);
    for (let at = 0; at < people; at++) {
      if (ofDays[at] === 0n) continue;
      const of = { base: ofBase[at]!, days: ofDays[at]!, length };
      const pay = plainPay(
        ofNorms.map((each) => each[at]!),
        ofResults.map((each) => each[at]!),
        of,
      );
      variable[at] = Number(pay[0]);
      commission[at] = Number(pay[1]);
    }
    return { variable, commission };
  });
}

// ---- hand-written peers ---------------------------------------------------------------------------------------------

const D = Decimal.clone({ precision: 34 });

/** Hand-written arithmetic with decimal.js, over numbers that are decimals already. */
export function decimals(inputs: Inputs, people: number): () => Paid {
  const d = (column: Float64Array, scale: number): readonly Decimal[] =>
    Array.from(column.subarray(0, people), (each) => new D(each).div(scale));
  const scales = [100, 100, 1, 1, 1];
  const norms = inputs.norms.map((each, kpi) => d(each, scales[kpi]!));
  const base = d(inputs.base, 100);
  const months = inputs.periods.map(({ from, until }, month) => ({
    length: new D(until - from),
    days: d(inputs.days[month]!, 1),
    results: inputs.results[month]!.map((each, kpi) => d(each, scales[kpi]!)),
  }));
  const weights = WEIGHTS.map((each) => new D(String(each)).div(100));
  const points = CURVE.map(([x, y]) => [new D(String(x)).div(100), new D(String(y)).div(100)] as const);
  const tiers = TIERS.map(
    ([from, rate]) => [new D(String(from)).div(100), new D(String(rate)).div(100)] as const,
  );
  const [ZERO, TOP, GATE, MOST, HALF_UP] = [
    new D(0),
    new D(1.5),
    new D('0.8'),
    new D('1.9'),
    Decimal.ROUND_HALF_UP,
  ];
  const cents = (value: Decimal): number => value.times(100).toDecimalPlaces(0, HALF_UP).toNumber();
  return () =>
    months.map(({ length, days, results }) => {
      const [variable, commission] = [new Float64Array(people), new Float64Array(people)];
      for (let at = 0; at < people; at++) {
        if (days[at]!.isZero()) continue;
        const share = days[at]!.div(length);
        let score = ZERO;
        let first = ZERO;
        for (let kpi = 0; kpi < 5; kpi++) {
          const attained = results[kpi]![at]!.div(norms[kpi]![at]!.times(share));
          if (kpi === 0) first = attained;
          score = score.plus(weights[kpi]!.times(D.min(attained, TOP)));
        }
        let payout = ZERO;
        if (score.gte(points[4]![0])) payout = points[4]![1];
        else if (score.gte(points[0]![0])) {
          let place = 3;
          while (score.lt(points[place]![0])) place--;
          const [x, y] = points[place]!;
          const [nextX, nextY] = points[place + 1]!;
          payout = y.plus(score.minus(x).times(nextY.minus(y)).div(nextX.minus(x)));
        }
        if (first.gte(GATE))
          variable[at] = cents(D.min(base[at]!.times(payout).times(share), base[at]!.times(MOST)));
        const revenue = results[0]![at]!;
        let sum = ZERO;
        for (let tier = 0; tier < 4; tier++) {
          const [from, rate] = tiers[tier]!;
          if (revenue.lte(from)) break;
          const end = tier < 3 ? D.min(revenue, tiers[tier + 1]![0]) : revenue;
          sum = sum.plus(end.minus(from).times(rate));
        }
        commission[at] = cents(sum);
      }
      return { variable, commission };
    });
}

/** Hand-written doubles, in roubles, as a spreadsheet has them. */
export function plainDoubles(inputs: Inputs): () => Paid {
  const { people } = inputs;
  const scales = [100, 100, 1, 1, 1];
  const norms = inputs.norms.map((each, kpi) => each.map((value) => value / scales[kpi]!));
  const base = inputs.base.map((value) => value / 100);
  const months = inputs.results.map((month) =>
    month.map((each, kpi) => each.map((value) => value / scales[kpi]!)),
  );
  const weights = [0.4, 0.25, 0.15, 0.1, 0.1];
  return () =>
    months.map((results, month) => {
      const [variable, commission] = [new Float64Array(people), new Float64Array(people)];
      const { from, until } = inputs.periods[month]!;
      const days = inputs.days[month]!;
      for (let at = 0; at < people; at++) {
        if (days[at] === 0) continue;
        const share = days[at]! / (until - from);
        let score = 0;
        let first = 0;
        for (let kpi = 0; kpi < 5; kpi++) {
          const attained = results[kpi]![at]! / (norms[kpi]![at]! * share);
          if (kpi === 0) first = attained;
          score += weights[kpi]! * Math.min(attained, 1.5);
        }
        let payout = 0;
        if (score >= 1.5) payout = 2;
        else if (score >= 1.2) payout = 1.5 + ((score - 1.2) * 0.5) / 0.3;
        else if (score >= 1) payout = 1 + ((score - 1) * 0.5) / 0.2;
        else if (score >= 0.8) payout = 0.5 + ((score - 0.8) * 0.5) / 0.2;
        else if (score >= 0.5) payout = ((score - 0.5) * 0.5) / 0.3;
        if (first >= 0.8)
          variable[at] = Math.round(Math.min(base[at]! * payout * share, base[at]! * 1.9) * 100);
        const revenue = results[0]![at]!;
        const sum =
          revenue > 800_000
            ? 42_000 + (revenue - 800_000) * 0.1
            : revenue > 500_000
              ? 21_000 + (revenue - 500_000) * 0.07
              : revenue > 200_000
                ? 6_000 + (revenue - 200_000) * 0.05
                : revenue * 0.03;
        commission[at] = Math.round(sum * 100);
      }
      return { variable, commission };
    });
}

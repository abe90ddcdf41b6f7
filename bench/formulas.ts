// Formulas over columns against hand-written arithmetic: five weighted KPIs with their attainment, a curve, a gate, a cap
// and four marginal tiers, for many people and periods. Every amount is compared with plain fractions first.

import { type Exact, fraction, whole } from '../src/base/exact.ts';
import { compile } from '../src/engine.ts';
import { createRun, type Run } from '../src/evaluate/cell.ts';
import { leavesOf } from '../src/evaluate/column-leaves.ts';
import { type EarnedColumn, layOut } from '../src/evaluate/column-pay.ts';
import { stayPlace } from '../src/evaluate/places.ts';
import type { PersonRow, Stay } from '../src/model/people.ts';
import type { Model } from '../src/model/policy.ts';
import { draw, type Inputs, KPIS, type Paid, POLICY } from './formulas-data.ts';
import { byFractions, decimals, plainDoubles } from './formulas-peers.ts';
import { type Figure, quantile, timedNow } from './measure.ts';

// ---- Merit -----------------------------------------------------------------------------------------------------------

function runOf(model: Model, { people, periods, norms, base, days, results }: Inputs): Run {
  const money = (value: number): Exact => fraction(value, 100);
  const stays: Stay[] = [];
  const rows: PersonRow[] = [];
  for (let at = 0; at < people; at++) {
    const month = days.findIndex((each) => each[at]! > 0);
    const row: PersonRow = {
      person: `p${at}`,
      name: `p${at}`,
      role: 'seller',
      from: month < 0 ? periods.at(-1)!.until : periods[month]!.until - days[month]![at]!,
      until: periods.at(-1)!.until + 1,
      attributes: [
        ...norms.map((each, kpi) => (kpi < 2 ? money(each[at]!) : whole(each[at]!))),
        money(base[at]!),
      ],
      stay: at,
    };
    rows.push(row);
    stays.push({
      index: at,
      person: row.person,
      role: 'seller',
      from: row.from,
      until: row.until,
      rows: [row],
    });
  }
  const months = new Map(periods.map((each, month) => [`${each.from}..${each.until}`, month]));
  const places = new Map(
    model.measures.map((each) => [
      each.id,
      KPIS.indexOf(each.value!.kind === 'field' ? (each.value.name as never) : ('' as never)),
    ]),
  );
  return createRun(
    model,
    { people: { rows, stays, absences: [] }, tables: [] },
    {
      facts: {
        value: ({ id }, _, bucket, group) => {
          const kpi = places.get(id)!;
          const result = results[months.get(bucket) ?? months.size]![kpi]![Number(group)]!;
          return kpi < 2 ? money(result) : whole(result);
        },
      },
      rows: new Map() as never,
    },
  );
}

interface Ours {
  readonly paid: () => Paid;
  /** Amounts in all, and those that doubles left to fractions. */
  readonly cells: number;
  readonly slow: () => number;
}

/** Everybody's bonuses: formulas laid out over what was read of facts and people. */
function merit(inputs: Inputs): Ours {
  const { value: model, diagnostics } = compile([{ name: 'bench.merit', text: POLICY }]);
  if (!model) throw new Error(JSON.stringify(diagnostics[0]));
  const run = runOf(model, inputs);
  const role = model.roles[0]!;
  const months = inputs.periods.map((period) => {
    const there = run.people.stays.filter((each) => each.from < period.until);
    const leaves = leavesOf(
      run,
      there.map((each) => stayPlace(run, each, period)),
    );
    const work = layOut(run, { role, grain: 'month', count: there.length, leaves });
    run.cells.clear();
    return { people: Int32Array.from(there, (each) => each.index), work };
  });
  let slow = 0;
  const paid: Paid = months.map(() => ({
    variable: new Float64Array(inputs.people),
    commission: new Float64Array(inputs.people),
  }));
  const fill = (
    column: Float64Array,
    people: Int32Array,
    { steps, open, byFractions }: EarnedColumn,
  ): void => {
    slow += byFractions;
    if (open.includes(1)) throw new Error('a cell is left to the evaluation of cells');
    for (let at = 0; at < steps.length; at++) column[people[at]!] = steps[at]!;
  };
  return {
    paid: () => {
      slow = 0;
      for (const [month, { people, work }] of months.entries()) {
        const earned = work();
        fill(paid[month]!.variable, people, earned.get('variable')!);
        fill(paid[month]!.commission, people, earned.get('commission')!);
      }
      return paid;
    },
    cells: months.reduce((sum, { people }) => sum + people.length * 2, 0),
    slow: () => slow,
  };
}

// ---- the figures -----------------------------------------------------------------------------------------------------

/** In how many cells two disagree, over the first people. */
function differing(a: Paid, b: Paid, people: number): number {
  let count = 0;
  for (const [month, { variable, commission }] of a.entries())
    for (let at = 0; at < people; at++) {
      if (variable[at] !== b[month]!.variable[at]) count += 1;
      if (commission[at] !== b[month]!.commission[at]) count += 1;
    }
  return count;
}

export function benchFormulas(options: {
  readonly rounds: number;
  readonly people: number;
  readonly months: number;
}): readonly Figure[] {
  const inputs = draw(options.people, options.months);
  const expected = byFractions(inputs);
  const ours = merit(inputs);
  const wrong = differing(ours.paid(), expected, options.people);
  if (wrong > 0) throw new Error(`${wrong} amounts differ from plain fractions`);
  const slow = ours.slow();
  const doubles = plainDoubles(inputs);
  const wrongDoubles = differing(doubles(), expected, options.people);
  // decimal.js over a part of the people: it takes its time for each alike
  const few = Math.min(options.people, 5_000);
  const decimal = decimals(inputs, few);
  const wrongDecimals = differing(decimal(), expected, few);
  const evaluations = options.people * inputs.periods.length;
  const ratios: number[] = [];
  const ofDoubles: number[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const one = timedNow(decimal) / (few * inputs.periods.length);
    ratios.push(one / (timedNow(ours.paid) / evaluations));
    ofDoubles.push(one / (timedNow(doubles) / evaluations));
  }
  const input = `${options.people} people by ${inputs.periods.length} months, one in fifty at a bound; every amount equal to plain fractions`;
  return [
    {
      what: 'formulas over columns against hand-written decimal.js of 34 digits',
      input: `${input}; ${wrongDecimals} of decimal.js's differ`,
      value: quantile(ratios, 0.5),
      unit: ' times as many',
      least: 60,
    },
    {
      what: 'amounts that doubles leave to fractions',
      input: `${slow} of ${ours.cells}`,
      value: (slow / ours.cells) * 100,
      unit: '%',
    },
    {
      what: 'hand-written doubles against the same decimal.js',
      input: `the same; ${wrongDoubles} of their amounts are wrong`,
      value: quantile(ofDoubles, 0.5),
      unit: ' times as many',
    },
  ];
}

// What scenarios move and what was drawn from history, for people.

import { exact, fixedText, fraction, multiply, sign, whole } from '../base/exact.ts';
import type { ChangeMeans, DrawsResult, Effect, ScenarioResult, Simulation } from '../model/simulation.ts';
import { count, notesOf, rangeText, shareOf } from './backtest-text.ts';
import { columnsText, WIDTH } from './columns.ts';
import { amountText, MISSING, moneyText } from './format.ts';
import { visible, wrap } from './terminal-text.ts';

export interface SimulationTextOptions {
  readonly width?: number;
  /** How many people are listed whose pay moves. */
  readonly top?: number;
}

const TOP = 10;

/** The report; `width` is how wide lines may be. */
export function simulationText(
  found: Simulation,
  { width = WIDTH, top = TOP }: SimulationTextOptions = {},
): string {
  const { policy, periods, people, cost } = found;
  const { currency } = policy;
  const head = `${visible(policy.title ?? policy.name)}, run over ${rangeText(periods)}: ${count(people, 'person', 'people')}, ${moneyText(cost, currency)} as it is`;
  const shown: Shown = { currency, width, top };
  return `${[
    head,
    ...notesOf(found),
    ...(found.scenarios.length > 1 ? [overview(found, shown)] : []),
    ...found.scenarios.map((each) => scenarioText(each, shown)),
    ...(found.draws ? [drawsText(found.draws, shown)] : []),
  ].join('\n\n')}\n`;
}

interface Shown {
  readonly currency: string;
  readonly width: number;
  readonly top: number;
}

/** With its sign: `+1,000.00`, `-1,000.00`, `0.00`. */
function signed(value: string, currency: string): string {
  const text = amountText(value, currency);
  return sign(exact(value)) > 0 ? `+${text}` : text;
}

/** What the delta is of what was there, rounded. */
function relative({ before, delta }: Effect): string {
  const { num, den } = exact(before);
  if (num === 0) return MISSING;
  const percent = fixedText(multiply(exact(delta), multiply(fraction(den, num), whole(100))), 1);
  return `${exact(percent).num > 0 ? '+' : ''}${percent} %`;
}

function effectColumns(currency: string) {
  const right = (heading: string) => ({ heading, align: 'right' }) as const;
  return [right(`before, ${visible(currency)}`), right('after'), right('change'), right('')];
}

function effectCells(effect: Effect, currency: string): readonly string[] {
  return [
    amountText(effect.before, currency),
    amountText(effect.after, currency),
    signed(effect.delta, currency),
    relative(effect),
  ];
}

function overview({ scenarios }: Simulation, { currency, width }: Shown): string {
  return columnsText(
    [{ heading: 'Scenario', align: 'left' }, ...effectColumns(currency)],
    scenarios.map(({ name, total }) => [visible(name), ...effectCells(total, currency)]),
    { width },
  );
}

function scenarioText(scenario: ScenarioResult, shown: Shown): string {
  const { currency, width, top } = shown;
  const { name, changes, total, byPeriod, byLine, people } = scenario;
  const table = (
    heading: string,
    rows: readonly { readonly name: string; readonly effect: Effect }[],
    all = true,
  ) =>
    columnsText(
      [{ heading, align: 'left' }, ...effectColumns(currency)],
      rows.map((each) => [visible(each.name), ...effectCells(each.effect, currency)]),
      { width, ...(all && { total: ['All', ...effectCells(total, currency)] }) },
    );
  const moving = byLine.filter(({ delta }) => exact(delta).num !== 0);
  const moved = people.moved.slice(0, top);
  const rest = people.moved.length - moved.length;
  const money = (value: string | null) => (value === null ? MISSING : signed(value, currency));
  const { delta } = people;
  return [
    `Scenario: ${visible(name)}`,
    ...changes.map(({ text, means }) => `  ${visible(text)}: ${meansText(means)}`),
    '',
    table(
      'Period',
      byPeriod.map((each) => ({ name: each.period, effect: each })),
    ),
    '',
    ...(moving.length > 0
      ? [
          table(
            'Lines that move',
            moving.map((each) => ({ name: lineName(each), effect: each })),
          ),
          '',
        ]
      : []),
    `${count(people.gain, 'person gains', 'people gain')}, ${count(people.lose, 'loses', 'lose')}, ${count(people.same, 'has', 'have')} the same. Pay moves by ${money(delta.min)} to ${money(delta.max)}; for half of the people by ${money(delta.p50)} or less.`,
    ...(moved.length > 0
      ? [
          '',
          table(
            'Whose pay moves most',
            moved.map((each) => ({ name: each.name, effect: each })),
            false,
          ),
        ]
      : []),
    ...(rest > 0 ? [`and ${count(rest, 'more person', 'more people')}`] : []),
  ].join('\n');
}

function lineName({ role, kind, name }: ScenarioResult['byLine'][number]): string {
  const line = kind === 'bonus' || kind === name ? name : `${kind} ${name}`;
  return role === null ? line : `${role}: ${line}`;
}

/** What a change takes along. */
function meansText(means: ChangeMeans): string {
  switch (means.kind) {
    case 'rows': {
      const also = means.also.map(visible);
      const with_ = also.length === 0 ? '' : `; with it goes what is made of it: ${also.join(', ')}`;
      return `each of its rows counts for so much more or less, for everybody, in every period and window${with_}`;
    }
    case 'figure':
      return 'it is made of other figures, so it alone is moved, wherever it is read; these stay as they are';
    case 'target':
      return `moves ${count(means.lines, 'line')} of the policy`;
    case 'number':
      return `${visible(means.before)} becomes ${visible(means.after)}`;
    default:
      return means satisfies never;
  }
}

// ---- draws -----------------------------------------------------------------------------------------------------------

function drawsText(drawn: DrawsResult, { currency, width }: Shown): string {
  const { draws, seed, periods, by, people, borrowed, budget, costs } = drawn;
  const money = (value: string) => amountText(value, currency);
  const right = (heading: string) => ({ heading, align: 'right' }) as const;
  const table = columnsText(
    [
      { heading: `Cost, ${visible(currency)}`, align: 'left' },
      ...['least', '5 %', '25 %', 'half', '75 %', '95 %', 'most', 'mean'].map(right),
      ...(budget === undefined ? [] : [right('over the budget')]),
    ],
    costs.map((each) => [
      each.scenario === null ? 'as it is' : visible(each.scenario),
      ...[each.min, each.p5, each.p25, each.p50, each.p75, each.p95, each.max].map(money),
      money(fixedText(exact(each.mean), 2)),
      ...(each.over === undefined ? [] : [shareOf(`${each.over}/${draws}`)]),
    ]),
    { width },
  );
  const how =
    by === 'person'
      ? 'for each person and period one of their own past periods is drawn, apart from those of others: a month that is good or bad for all at once is not seen'
      : 'for each period one past period of everybody is drawn together; who was not there then has one of their own drawn';
  const notes = [
    `${count(draws, 'draw')} of ${count(periods, 'period')} for ${count(people, 'person', 'people')} of the last period, seed ${seed}:`,
    `${how}. What was paid for that period by the policy is taken whole, with bonuses over longer times where they were paid; nobody comes or goes, and no season is known.`,
    ...(borrowed > 0
      ? [
          `${count(borrowed, 'person has', 'people have')} too few periods of their own: periods of all in the same roles are drawn for them.`,
        ]
      : []),
    ...(budget === undefined ? [] : [`The budget is ${moneyText(budget, currency)}.`]),
  ];
  return [...notes.flatMap((each) => wrap(each, width)), '', table].join('\n');
}

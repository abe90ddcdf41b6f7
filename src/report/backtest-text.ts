// What a policy came to over history, for people: the cost, what was reached, what was paid, and where people stood.

import { exact, fraction, multiply } from '../base/exact.ts';
import type { Backtest, Band, DecisionHistory, PayHistory, TargetHistory } from '../model/backtest.ts';
import { columnsText, WIDTH } from './columns.ts';
import { fitText } from './fit-text.ts';
import { amountText, MISSING, moneyText, numberText, percentText } from './format.ts';
import { padStart, visible } from './terminal-text.ts';

export interface BacktestTextOptions {
  readonly width?: number;
}

/** The report; `width` is how wide lines may be. */
export function backtestText(found: Backtest, { width = WIDTH }: BacktestTextOptions = {}): string {
  const { policy, periods, people, statements } = found;
  const head = `${visible(policy.title ?? policy.name)}, run over ${rangeText(periods)}: ${count(people, 'person', 'people')}, ${count(statements, 'statement')}`;
  return `${[
    head,
    ...notesOf(found),
    costText(found, width),
    ...targetsText(found, width),
    payText(found, width),
    ...decisionsText(found, width),
    ...(found.fit ? [fitText(found.fit)] : []),
  ].join('\n\n')}\n`;
}

/** What everybody has to know who reads the figures. */
export function notesOf({
  rejectsAllowed,
  outside,
}: Pick<Backtest, 'rejectsAllowed' | 'outside'>): readonly string[] {
  return [
    ...(rejectsAllowed ? ['WITHOUT REJECTED ROWS'] : []),
    ...(outside ? [`The policy doesn't hold in ${rangeText(outside)}: it is run there as if it did.`] : []),
  ];
}

/** `2026-01 to 2026-06 (6 periods)`. */
export function rangeText(periods: readonly string[]): string {
  const [first = '', last] = [periods[0], periods.at(-1)];
  return periods.length > 1
    ? `${visible(first)} to ${visible(last!)} (${periods.length} periods)`
    : visible(first);
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${numberText(String(number))} ${number === 1 ? one : many}`;
}

/** A share as a percent of at most one decimal, cut: 99.99 % doesn't read as all. */
export function shareOf(share: string | null): string {
  if (share === null) return MISSING;
  const text = percentText(share);
  const [whole = text, decimals] = text.replace(/…? %$/, '').split('.');
  return decimals === undefined ? text : `${whole}.${decimals.slice(0, 1)} %`;
}

// ---- cost ------------------------------------------------------------------------------------------------------------

function costText({ cost, policy, periods }: Backtest, width: number): string {
  const { currency } = policy;
  const money = (value: string) => amountText(value, currency);
  const [one, ...others] = [
    columnsText(
      [
        { heading: 'Cost', align: 'left' },
        { heading: 'People', align: 'right' },
        { heading: `Pay, ${visible(currency)}`, align: 'right' },
      ],
      cost.byPeriod.map((each) => [visible(each.period), String(each.people), money(each.cost)]),
      { width, total: [`All ${periods.length}`, '', money(cost.total)] },
    ),
    columnsText(
      [
        { heading: 'Role', align: 'left' },
        { heading: 'Line', align: 'left' },
        { heading: `Pay, ${visible(currency)}`, align: 'right' },
        { heading: 'of the cost', align: 'right' },
        { heading: 'not 0', align: 'right' },
      ],
      cost.byLine.map((each) => [
        roleName(each.role),
        visible(
          each.title ??
            (each.kind === 'bonus' || each.kind === each.name ? each.name : `${each.kind} ${each.name}`),
        ),
        money(each.cost),
        shareOf(ratio(each.cost, cost.total)),
        `${each.paid} of ${each.lines}`,
      ]),
      { width, total: ['All', '', money(cost.total), '', ''] },
    ),
  ];
  return [one, ...others].join('\n\n');
}

function roleName(role: string | null): string {
  return role === null ? 'no role' : visible(role);
}

function ratio(part: string, of: string): string | null {
  const { num, den } = exact(of);
  if (num === 0) return null;
  const { num: top, den: bottom } = multiply(exact(part), fraction(den, num));
  return `${top}/${bottom}`;
}

// ---- targets ---------------------------------------------------------------------------------------------------------

function targetsText({ targets, periods }: Backtest, width: number): readonly string[] {
  if (targets.length === 0) return [];
  const all = columnsText(
    [
      { heading: 'Target', align: 'left' },
      { heading: 'Results', align: 'right' },
      { heading: 'reached', align: 'right' },
      { heading: 'share', align: 'right' },
      ...['least', '25 %', 'half', '75 %', 'most'].map((heading) => ({ heading, align: 'right' }) as const),
      { heading: '', align: 'left' },
    ],
    targets.map((each) => [
      targetName(each),
      String(each.results),
      String(each.reached),
      shareOf(each.share),
      ...(['min', 'p25', 'p50', 'p75', 'max'] as const).map((at) => attained(each.attainment[at])),
      noteOf(each),
    ]),
    { width },
  );
  const spreads = targets
    .filter(({ results }) => results > 0)
    .map((each) => [
      targetName(each),
      ...each.bands.map((band) => (band.count === 0 ? '' : String(band.count))),
    ]);
  const bands = columnsText(
    [
      { heading: 'Attainment: how many results', align: 'left' },
      ...(targets[0]?.bands ?? []).map((band) => ({ heading: bandName(band), align: 'right' }) as const),
    ],
    spreads,
    { width },
  );
  const byPeriod = columnsText(
    [
      { heading: 'Reached, by period', align: 'left' },
      ...periods.map((period) => ({ heading: visible(period), align: 'right' }) as const),
    ],
    targets.map((each) => [
      targetName(each),
      ...each.byPeriod.map(({ share }) => (share === null ? MISSING : wholePercent(share))),
    ]),
    { width },
  );
  const note =
    'a result is what one person had in one role and period; quantiles are of attainment: half of the results are at or below';
  return [`Targets: ${note}\n${all}`, bands, ...(periods.length > 1 ? [byPeriod] : [])];
}

function targetName({ role, kpi }: TargetHistory): string {
  return `${visible(role)}: ${visible(kpi)}`;
}

function attained(value: string | null): string {
  if (value === null) return MISSING;
  return value === 'top' ? value : shareOf(value);
}

function noteOf({ verdict, missing, results }: TargetHistory): string {
  const parts = [
    ...(verdict === 'never reached' ? ['never reached'] : []),
    ...(verdict === 'always reached' ? ['always reached'] : []),
    ...(results === 0 ? ['no results'] : missing > 0 ? [`missing in ${missing}`] : []),
  ];
  return parts.join('; ');
}

function bandName({ from, until }: Band): string {
  if (from === undefined) return `below ${percentText(until!)}`;
  return until === undefined
    ? `from ${percentText(from)}`
    : `${percentText(from).replace(/ %$/, '')}–${percentText(until)}`;
}

/** Cut to a whole percent: 99.5 % isn't all. */
function wholePercent(share: string): string {
  return shareOf(share).replace(/\.[0-9]+(?= %)/, '');
}

// ---- pay -------------------------------------------------------------------------------------------------------------

function payText({ pay, policy }: Backtest, width: number): string {
  const { currency } = policy;
  const money = (value: string | null) => (value === null ? MISSING : amountText(value, currency));
  const table = columnsText(
    [
      { heading: `Pay of a period, ${visible(currency)}`, align: 'left' },
      { heading: 'Results', align: 'right' },
      { heading: 'of 0', align: 'right' },
      ...['least', '10 %', '25 %', 'half', '75 %', '90 %', 'most', 'mean'].map(
        (heading) => ({ heading, align: 'right' }) as const,
      ),
    ],
    pay.map(({ role, results, zero, mean, quantiles }) => [
      role === null ? 'all' : visible(role),
      String(results),
      zero === 0 ? '' : String(zero),
      ...(['min', 'p10', 'p25', 'p50', 'p75', 'p90', 'max'] as const).map((at) => money(quantiles[at])),
      money(mean),
    ]),
    { width },
  );
  const [all] = pay as readonly [PayHistory];
  const names = all.bands.map(({ from, until }) =>
    `${amountText(from!, currency)} to ${moneyText(until!, currency)}`.replaceAll('.00', ''),
  );
  return [
    table,
    '',
    ...bars(
      names,
      all.bands.map((each) => each.count),
    ),
  ].join('\n');
}

const BAR = 40;

/** A line for each count, with a bar of its length. */
export function bars(names: readonly string[], counts: readonly number[]): readonly string[] {
  const most = Math.max(1, ...counts);
  const wide = Math.max(0, ...names.map((each) => each.length));
  const digits = Math.max(0, ...counts.map((each) => String(each).length));
  return names.map((name, at) => {
    const number = counts[at]!;
    const bar = '█'.repeat(Math.ceil((number * BAR) / most));
    return `  ${padStart(name, wide)}  ${padStart(String(number), digits)}  ${bar}`.trimEnd();
  });
}

// ---- where people stood ----------------------------------------------------------------------------------------------

function decisionsText({ decisions }: Backtest, width: number): readonly string[] {
  const seen = decisions.filter(({ results }) => results > 0);
  const unseen = decisions.length - seen.length;
  if (decisions.length === 0) return [];
  const rows = seen.flatMap((each) => waysOf(each));
  const table = columnsText(
    [
      { heading: 'Gates, caps and tables', align: 'left' },
      { heading: 'Results', align: 'right' },
      { heading: 'Share', align: 'right' },
      { heading: 'People', align: 'right' },
      { heading: '', align: 'left' },
    ],
    rows,
    { width },
  );
  const never =
    unseen === 0
      ? []
      : [
          `${count(unseen, 'gate, cap or table', 'gates, caps and tables')} decided nothing in these periods.`,
        ];
  return [[...(seen.length > 0 ? [table] : []), ...never].join('\n')];
}

function waysOf({ subject, ways, results }: DecisionHistory): readonly (readonly string[])[] {
  return [
    [visible(subject.replaceAll('`', '')), '', '', '', ''],
    ...ways.map(({ way, results: own, people, share }) => [
      `  ${visible(way.replaceAll('`', ''))}`,
      String(own),
      shareOf(share),
      String(people),
      '█'.repeat(Math.ceil((own * 20) / Math.max(1, results))),
    ]),
  ];
}

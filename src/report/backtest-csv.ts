// What a policy came to over history as flat CSV rows, one for each figure.

import type { Backtest, Quantiles, TargetResults } from '../model/backtest.ts';
import { textCell } from './csv.ts';

const COLUMNS = ['what', 'period', 'role', 'item', 'figure', 'value'] as const;

interface Row {
  readonly what: 'cost' | 'target' | 'pay' | 'decision';
  readonly period?: string;
  readonly role?: string | null;
  readonly item?: string;
  readonly figure: string;
  readonly value: string | number | null;
}

/** Figures are exact text; a row without a period is of all of them. */
export function backtestCsv(found: Backtest): string {
  const rows = [...costRows(found), ...targetRows(found), ...payRows(found), ...decisionRows(found)];
  const lines = rows.map(({ what, period = '', role, item = '', figure, value }) =>
    [what, period, role ?? '', item, figure]
      .map(textCell)
      .concat(value === null ? '' : String(value))
      .join(','),
  );
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}

function costRows({ cost }: Backtest): readonly Row[] {
  return [
    { what: 'cost', figure: 'total', value: cost.total },
    ...cost.byPeriod.flatMap(({ period, people, cost: value }): readonly Row[] => [
      { what: 'cost', period, figure: 'total', value },
      { what: 'cost', period, figure: 'people', value: people },
    ]),
    ...cost.byRole.map(({ role, cost: value }): Row => ({ what: 'cost', role, figure: 'total', value })),
    ...cost.byLine.flatMap(({ role, name, kind, cost: value, lines, paid }): readonly Row[] => {
      const of = { what: 'cost', role, item: kind === 'bonus' ? name : `${kind} ${name}` } as const;
      return [
        { ...of, figure: 'total', value },
        { ...of, figure: 'lines', value: lines },
        { ...of, figure: 'not 0', value: paid },
      ];
    }),
  ];
}

function targetRows({ targets }: Backtest): readonly Row[] {
  return targets.flatMap(({ role, kpi, byPeriod, ...all }) => {
    const of = { what: 'target', role, item: kpi } as const;
    return [
      ...resultRows(all).map((each): Row => ({ ...of, ...each })),
      ...byPeriod.flatMap(({ period, ...own }) =>
        resultRows(own).map((each): Row => ({ ...of, period, ...each })),
      ),
    ];
  });
}

type Figure = Pick<Row, 'figure' | 'value'>;

function resultRows({
  people,
  results,
  missing,
  reached,
  share,
  attainment,
}: TargetResults): readonly Figure[] {
  return [
    { figure: 'people', value: people },
    { figure: 'results', value: results },
    { figure: 'missing', value: missing },
    { figure: 'reached', value: reached },
    { figure: 'share', value: share },
    ...quantileRows(attainment),
  ];
}

function quantileRows(quantiles: Quantiles): readonly Figure[] {
  return Object.entries(quantiles).map(([figure, value]) => ({ figure, value }));
}

function payRows({ pay }: Backtest): readonly Row[] {
  return pay.flatMap(({ role, people, results, zero, mean, quantiles }) =>
    [
      { figure: 'people', value: people },
      { figure: 'results', value: results },
      { figure: 'of 0', value: zero },
      { figure: 'mean', value: mean },
      ...quantileRows(quantiles),
    ].map((each): Row => ({ what: 'pay', role, ...each })),
  );
}

function decisionRows({ decisions }: Backtest): readonly Row[] {
  return decisions.flatMap(({ subject, ways }) =>
    ways.flatMap(({ way, results, people, share }): readonly Row[] => {
      const of = { what: 'decision', item: `${subject}: ${way}`.replaceAll('`', '') } as const;
      return [
        { ...of, figure: 'results', value: results },
        { ...of, figure: 'people', value: people },
        { ...of, figure: 'share', value: share },
      ];
    }),
  );
}

// What scenarios move as flat CSV rows, one for each figure.

import type { DrawnCost, Effect, Simulation } from '../model/simulation.ts';
import { textCell } from './csv.ts';

const COLUMNS = ['scenario', 'by', 'role', 'item', 'before', 'after', 'delta'] as const;

/** Figures are exact text; of draws the quantiles stand in the column `after`. */
export function simulationCsv({ scenarios, draws }: Simulation): string {
  const effect = ({ before, after, delta }: Effect): readonly string[] => [before, after, delta];
  const rows = scenarios.flatMap(({ name, total, byPeriod, byRole, byLine, people }) =>
    [
      [['total', '', ''], effect(total)] as const,
      ...byPeriod.map((each) => [['period', '', each.period], effect(each)] as const),
      ...byRole.map((each) => [['role', each.role ?? '', ''], effect(each)] as const),
      ...byLine.map(
        (each) => [['line', each.role ?? '', `${each.kind} ${each.name}`], effect(each)] as const,
      ),
      ...people.moved.map((each) => [['person', '', each.person], effect(each)] as const),
    ].map(([names, figures]) => [...[name, ...names].map(textCell), ...figures]),
  );
  const drawn = (draws?.costs ?? []).flatMap((each) =>
    figuresOf(each).map(([figure, value]) => [
      ...[each.scenario ?? '', 'draws', '', figure].map(textCell),
      '',
      value,
      '',
    ]),
  );
  return `${[[...COLUMNS], ...rows, ...drawn].map((row) => row.join(',')).join('\n')}\n`;
}

function figuresOf({ scenario: _, ...figures }: DrawnCost): readonly (readonly [string, string])[] {
  return Object.entries(figures).map(([figure, value]) => [figure, String(value)]);
}

// Every benchmark, each figure beside its limit. Exits with 1 where a limit doesn't hold.

import { benchCheck } from './check.ts';
import { benchCsv } from './csv.ts';
import { benchFormulas } from './formulas.ts';
import { doesHold, type Figure } from './measure.ts';
import { benchMemory } from './memory.ts';
import { benchScan } from './scan.ts';
import { benchScans } from './scans.ts';
import { benchParse, benchStart } from './start.ts';
import { benchVariants } from './variants.ts';

const flag = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

const rounds = flag('rounds', 5);
const figures: readonly Figure[] = [
  ...benchCheck({ rounds }),
  ...benchParse({ rounds }),
  ...(await benchStart({ rounds: flag('starts', 15) })),
  ...benchFormulas({ rounds, people: flag('people', 100_000), months: 12 }),
  ...benchCsv({ rounds, rows: flag('csv', 300_000) }),
  ...(await benchScan({ rounds, rows: flag('rows', 100_000) })),
  ...(await benchScans({ rounds, rows: flag('scan-rows', 10_000_000), people: flag('scan-people', 5_000) })),
  ...(await benchMemory({ rounds, rows: flag('memory-rows', 1_000_000) })),
  ...(await benchVariants({
    variants: flag('variants', 1_000),
    people: flag('variant-people', 5_000),
    rows: flag('rows', 100_000),
    sample: rounds,
  })),
];

for (const figure of figures) {
  const { what, input, value, unit, limit, least } = figure;
  const goal = limit === undefined ? (least === undefined ? '' : `at least ${least}`) : `at most ${limit}`;
  const holds = goal === '' ? '' : `  ${doesHold(figure) ? 'holds' : 'DOES NOT HOLD'} (${goal}${unit})`;
  console.log(`${what}: ${value.toFixed(2)}${unit}${holds}\n  ${input}`);
}
process.exitCode = figures.every(doesHold) ? 0 : 1;

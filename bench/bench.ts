// Every benchmark, each figure beside its limit. Exits with 1 where a limit doesn't hold.

import { benchCheck } from './check.ts';
import type { Figure } from './measure.ts';
import { benchScan } from './scan.ts';

const flag = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

const rounds = flag('rounds', 5);
const figures: readonly Figure[] = [
  ...benchCheck({ rounds }),
  ...(await benchScan({ rounds, rows: flag('rows', 100_000) })),
];

for (const { what, input, value, unit, limit } of figures) {
  const holds =
    limit === undefined
      ? ''
      : value <= limit
        ? `  holds (at most ${limit}${unit})`
        : `  DOES NOT HOLD (at most ${limit}${unit})`;
  console.log(`${what}: ${value.toFixed(2)}${unit}${holds}\n  ${input}`);
}
process.exitCode = figures.some(({ value, limit }) => limit !== undefined && value > limit) ? 1 : 0;

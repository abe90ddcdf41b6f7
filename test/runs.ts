// How many cases a test over generated ones draws, and which. `MERIT_RUNS` raises their number and draws anew,
// `MERIT_SEED` repeats cases that failed. Unless either is said, the same cases are drawn each time, so that what a test
// counts over all of them (how often there was a result, how often a feature was drawn) holds or fails for good.

export interface Runs {
  readonly numRuns: number;
  readonly seed?: number;
}

export function generatedRuns(usual: number): Runs {
  const { MERIT_RUNS, MERIT_SEED } = process.env;
  const numRuns = Number(MERIT_RUNS ?? usual);
  if (MERIT_SEED !== undefined) return { numRuns, seed: Number(MERIT_SEED) };
  return MERIT_RUNS === undefined ? { numRuns, seed: 20261124 } : { numRuns };
}

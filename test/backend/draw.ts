// Random choices for generated cases, over one source of whole numbers so that fast-check can replay and shrink them.

import fc from 'fast-check';

export interface Draw {
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  pick<T>(options: readonly T[]): T;
  /** True once in `times` times. */
  rarely(times: number): boolean;
  list<T>(least: number, most: number, make: (at: number) => T): T[];
}

export function drawFrom(gen: fc.GeneratorValue): Draw {
  const int = (least: number, most: number): number => gen(fc.integer, { min: least, max: most });
  const pick = <T>(options: readonly T[]): T => options[int(0, options.length - 1)]!;
  return {
    int,
    pick,
    rarely: (times) => int(0, times - 1) === times - 1,
    list: (least, most, make) => Array.from({ length: int(least, most) }, (_, at) => make(at)),
  };
}

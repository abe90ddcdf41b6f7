// Chance by a seed: the same seed draws the same, on every machine.

/** Draws numbers one after the other. */
export interface Chance {
  /** A whole number from 0 up to, and not including, `count`. */
  below(count: number): number;
  /** Whether something of this likelihood, from 0 to 1, happens. */
  happens(likelihood: number): boolean;
  /** One of a list that isn't empty. */
  one<T>(list: readonly T[]): T;
}

/** Chance from a seed: mixed by multiplying and shifting 32 bits, which is even enough to draw cases by. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    happens: (likelihood) => next() < likelihood,
    one: (list) => list[below(list.length)]!,
  };
}

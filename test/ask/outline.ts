// An explanation as lines that a person can write by hand: `kind name = value`, and below it tiers, rows and what would
// have paid.

import type { Step } from '../../src/model/explanation.ts';
import type { FigureValue } from '../../src/model/inputs.ts';

/** The lines of a step and those below it. */
export function outlineOf(step: Step): readonly string[] {
  const { kind, name, value, how, rows, would = [], parts } = step;
  const text = (each: FigureValue | 'top' | undefined): string =>
    each === 'top' ? 'top' : (each?.value ?? 'missing');
  const tiers = how.kind === 'rates' ? (how.tiers ?? []) : [];
  return [
    `${kind} ${name} = ${text(value)}`,
    ...would.map(({ amount, pay, text: condition, held }) => {
      const short = held ? `, short of ${text(held.bound)} by ${text(held.short)}` : '';
      return `would pay ${amount}, in all ${pay}: ${condition}${short}`;
    }),
    ...tiers.map(
      ({ bound, part, rate, amount }) =>
        `tier ${text(bound)}: ${text(part)} × ${text(rate)} = ${text(amount)}`,
    ),
    ...(rows?.rows ?? []).map(({ key, day, adds, value: own }) => `row ${key} ${day} ${text(adds ?? own)}`),
    ...parts.flatMap(outlineOf),
  ];
}

/** The lines that don't stand among others in their order. */
export function missingLines(wanted: readonly string[], found: readonly string[]): readonly string[] {
  let at = 0;
  return wanted.filter((line) => {
    const next = found.indexOf(line, at);
    if (next < 0) return true;
    at = next + 1;
    return false;
  });
}

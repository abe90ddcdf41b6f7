// Generated policies with claims of all kinds: what is called proved is never refuted, however long one looks; and claims
// that are false by construction are never called proved.

import { describe, expect, test } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { chanceOf } from '../../src/base/chance.ts';
import { compile } from '../../src/engine.ts';
import type { Model } from '../../src/model/policy.ts';
import { modelWithin, proveFor, rolesOfClaim } from '../../src/prove/prove-claim.ts';
import { tryClaim } from '../../src/prove/try-claim.ts';
import { generatedRuns } from '../runs.ts';
import { generatedPolicy } from './generated-claims.ts';

const openBackend = () =>
  createMemoryBackend({
    readFile: () => {
      throw new Error('there are no files here');
    },
  });

function isProved(model: Model): boolean {
  const [invariant] = model.invariants;
  const own = modelWithin(model, invariant!.given);
  const proofs = rolesOfClaim(own, invariant!.claim).map((role) => proveFor(own, role, invariant!));
  return proofs.length > 0 && proofs.every((each) => each.proved);
}

describe('generated claims', () => {
  const { numRuns, seed = Math.floor(Math.random() * 1_000_000) } = generatedRuns(12);

  test('what is proved is refuted by no situation', async () => {
    let [proved, open] = [0, 0];
    for (let run = 0; run < numRuns; run++) {
      const own = seed + run;
      const { text, claims } = generatedPolicy(chanceOf(own));
      for (const claim of claims) {
        // what doesn't check claims nothing
        const { value: model } = compile([{ name: 'p.merit', text: `${text}${claim}` }]);
        if (!model) continue;
        if (!isProved(model)) {
          open++;
          continue;
        }
        proved++;
        const [invariant] = model.invariants;
        const within = modelWithin(model, invariant!.given);
        const tried = await tryClaim(within, invariant!, { openBackend, situations: 40, seed: own });
        expect(tried.counterexample, `MERIT_SEED=${own}: ${claim} in\n${text}`).toBeUndefined();
      }
    }
    // enough of both for the test to mean something
    expect(proved).toBeGreaterThan(numRuns / 2);
    expect(open).toBeGreaterThan(numRuns);
  }, 600_000);
});

describe('claims that are false by construction', () => {
  const HEAD = `policy p { currency RUB
  timezone "UTC"
  period month }
person { salary: money from 0 RUB }
event deal { id: text key
  day: date posts
  manager: person owner
  amount: money from 0 RUB }
event call { id: text key
  day: date posts
  manager: person owner }
kpi revenue = sum(deal.amount)
kpi calls = count(call)
`;
  const { numRuns, seed = 1 } = generatedRuns(40);
  const proved = (policy: string, claim: string): boolean => {
    const { value, diagnostics } = compile([
      { name: 'p.merit', text: `${HEAD}${policy}\ninvariant "i" { ${claim} }` },
    ]);
    if (!value) throw new Error(diagnostics.map((each) => each.message).join('\n'));
    return isProved(value);
  };

  test('none is called proved', () => {
    for (let run = 0; run < numRuns; run++) {
      const chance = chanceOf(seed + run);
      const low = 1 + chance.below(20);
      const high = low + 1 + chance.below(20);
      const bound = 100 + chance.below(10_000);
      const says = (mode: string, first: number, second: number): string =>
        `rates t ${mode} {\n  from 0 RUB: ${first}%\n  from ${bound} RUB: ${second}%\n}\n`;
      const role = (lines: string): string => `role seller {\n${lines}\n}`;
      // a whole rate that falls at its bound pays less there
      const cliff = `${says('whole', high, low)}${role('bonus b = t(revenue)')}`;
      expect(proved(cliff, 'pay is nondecreasing in revenue')).toBe(false);
      expect(proved(cliff, 'b is nondecreasing in revenue')).toBe(false);
      // past the bound a rising rate gives more than the first one
      const rising = `${says('marginal', low, high)}${role('bonus b = t(revenue)')}`;
      expect(proved(rising, `b <= ${low}% * revenue`)).toBe(false);
      expect(proved(rising, `b >= ${high}% * revenue`)).toBe(false);
      expect(proved(rising, 'b is nonincreasing in revenue')).toBe(false);
      expect(proved(rising, `given revenue until ${bound + 1} RUB\n b <= ${low}% * revenue`)).toBe(false);
      // a cap that is reached, one cent above what is claimed
      const capped = `${says('marginal', low, high)}${role(`bonus b = t(revenue) cap ${bound} RUB`)}`;
      expect(proved(capped, `pay <= ${bound - 1}.99 RUB`)).toBe(false);
      expect(proved(capped, `pay <= ${bound} RUB`)).toBe(true);
      // a condition that ends pay, and a choice that drops
      expect(proved(role(`bonus b = 100 RUB when calls < ${low}`), 'pay is nondecreasing in calls')).toBe(
        false,
      );
      const dropped = role(
        `bonus b = revenue * ${high}% when revenue < ${bound} RUB otherwise revenue * ${low}%`,
      );
      expect(proved(dropped, 'b is nondecreasing in revenue')).toBe(false);
      // calls in two directions
      const both = role(`bonus b = calls * ${low} RUB - max(0, calls - ${low}) * ${high} RUB`);
      expect(proved(both, 'b is nondecreasing in calls')).toBe(false);
      expect(proved(both, 'b is nonincreasing in calls')).toBe(false);
      // pays only between two bounds, or at one
      const between = role(`bonus b = 100 RUB when calls >= ${low} and calls < ${high}`);
      expect(proved(between, 'b is nondecreasing in calls')).toBe(false);
      expect(proved(between, 'b is nonincreasing in calls')).toBe(false);
      expect(proved(role(`bonus b = 100 RUB when calls is ${low}`), 'pay is nondecreasing in calls')).toBe(
        false,
      );
      // a rate that falls times what it is read for
      const times = `${says('marginal', high, low)}${role('bonus b = t.rate(revenue) * revenue')}`;
      expect(proved(times, 'b is nondecreasing in revenue')).toBe(false);
      // rounding: a cent more than the share of what was sold
      expect(proved(rising, `pay <= ${high}% * revenue`)).toBe(false);
    }
  }, 120_000);
});

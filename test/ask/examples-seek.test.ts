// Over the examples: of every person and KPI, for several amounts, what `seek` says is what running forward gives, at the
// value and just short of it; and nothing is out of reach that a place further on reaches.

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { along, beginningOf, scaleOf } from '../../src/ask/along.ts';
import { movables } from '../../src/ask/movables.ts';
import { type Opened, probing } from '../../src/ask/probing.ts';
import { openAsking } from '../../src/ask/questions.ts';
import { reachedBy } from '../../src/ask/reached.ts';
import { parseDay } from '../../src/base/date.ts';
import { add, compare, equals, exact, fraction, multiply, subtract } from '../../src/base/exact.ts';
import { periodAt } from '../../src/base/period.ts';
import { hasDayIn, stayPlace } from '../../src/evaluate/places.ts';
import { bindData, compile, loadProject, openBackend } from '../../src/node.ts';

const TINY = fraction(1n, 10n ** 15n);

async function openedAll(name: string, day: string): Promise<readonly Opened[]> {
  const folder = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
  const { value: project } = await loadProject(folder);
  const model = compile(project?.policy ?? []).value!;
  const sources = (await bindData(project!, model, {})).value;
  const { value: asking } = await openAsking({ model, sources }, await openBackend('memory', sources));
  const period = periodAt(model.grain, parseDay(day)!);
  const stays = asking!.reference.people.stays.filter((each) => hasDayIn(each, period));
  const last = new Map(
    stays.toSorted((a, b) => a.until - b.until || a.index - b.index).map((each) => [each.person, each]),
  );
  return [...last.values()].map((stay) => ({ asking: asking!, period, stay }));
}

describe.each([
  { name: 'sales-department', day: '2026-06-01', least: 60 },
  { name: 'whole-language', day: '2026-04-01', least: 5 },
])('$name', ({ name, day, least }) => {
  it('reaches what it says, and not just short of it', async () => {
    let exactly = 0;
    let reached = 0;
    for (const opened of await openedAll(name, day)) {
      const found = (await probing(opened)).value!;
      const now = found.amount([])!;
      const levels = ['3/7', '11/10', '8/5'].map((each) => multiply(add(now, exact('1000')), exact(each)));
      for (const of of movables(found.run, stayPlace(found.run, found.stay, found.period))) {
        const one = along(found, of);
        for (const level of levels) {
          const { at, practical, short, outcome, lowerIsBetter } = reachedBy(found.run, one, level);
          const isEnough = (x: ReturnType<typeof exact>): boolean => {
            const value = one.look(x).value;
            return value !== undefined && compare(value, level) >= 0;
          };
          if (outcome === 'out of reach') {
            for (let step = 0; step < 12; step++)
              expect(isEnough(multiply(scaleOf(of), fraction(step, 3)))).toBe(false);
          }
          if (!at?.isExact) continue;
          const x = exact(at.value.value!);
          const past = lowerIsBetter ? subtract(x, TINY) : add(x, TINY);
          const before = lowerIsBetter ? add(x, TINY) : subtract(x, TINY);
          reached++;
          expect(at.includes ? isEnough(x) : !isEnough(x) && isEnough(past)).toBe(true);
          if (compare(before, beginningOf(of)) >= 0) expect(isEnough(before)).toBe(false);
          if (one.look(x).value && equals(one.look(x).value!, level)) exactly++;
          if (practical) expect(compare(exact(practical.amount.value!), level)).toBeGreaterThanOrEqual(0);
          if (short) expect(compare(exact(short.amount.value!), level)).toBeLessThan(0);
        }
      }
    }
    expect(reached).toBeGreaterThan(least);
    expect(exactly).toBeGreaterThan(least / 3);
  }, 120_000);
});

// Changes that are called equivalent pay the same: on policies and data by chance, and on a small policy whose data lies at
// its bounds; and what is proved, with the reason, and what must not be.

import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { RunError } from '../../src/base/diagnostic.ts';
import { atOnce } from '../../src/base/limits.ts';
import { compile, runOver } from '../../src/engine.ts';
import { evaluateRun } from '../../src/evaluate/evaluate.ts';
import { gather } from '../../src/gather.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { Model } from '../../src/model/policy.ts';
import type { Statement } from '../../src/model/result.ts';
import { whyTheSame } from '../../src/prove/equivalent.ts';
import { mutantsOf } from '../../src/prove/mutants.ts';
import { modelOf } from '../../src/prove/mutation.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { type Draw, drawFrom } from '../backend/draw.ts';
import { csvText, generateData, SOURCES } from '../pipeline/generated-data.ts';
import { FEATURE_NAMES } from '../pipeline/generated-features.ts';
import { generatePolicy } from '../pipeline/generated-policy.ts';
import { printText } from '../pipeline/print-policy.ts';
import { generatedRuns } from '../runs.ts';

const RUNS = generatedRuns(3);

function modelFrom(text: string): Model {
  const { value, diagnostics } = compile([{ name: 'policy.merit', text }]);
  if (!value)
    throw new Error(`${diagnostics.map((each) => `${each.code} ${each.message}`).join('\n')}\n${text}`);
  return value;
}

/** Each change of a policy that is said to pay the same, with the changed policy. */
function* equivalents(model: Model, isTried: () => boolean = () => true) {
  const files = model.sources.map((each) => parsePolicy(each).value);
  for (const mutant of mutantsOf(files)) {
    if (!isTried()) continue;
    const other = modelOf({ model, files }, mutant);
    const reasons = other && whyTheSame(model, other, mutant);
    if (other && reasons) yield { mutant, other, reasons };
  }
}

type Texts = Readonly<Record<string, string>>;

interface Paid {
  readonly amounts: unknown;
  /** By person, period, role and KPI: a statement says those that its lines read. */
  readonly figures: ReadonlyMap<string, string>;
}

function expectSame(before: Paid, after: Paid, what: string): void {
  expect(after.amounts, what).toEqual(before.amounts);
  for (const [key, figure] of before.figures)
    if (after.figures.has(key)) expect(`${key} ${after.figures.get(key)}`, what).toBe(`${key} ${figure}`);
}

async function paid(model: Model, texts: Texts, period: string): Promise<Paid> {
  const sources = Object.entries(texts).map(
    ([name, text]): SourceSpec => ({
      name,
      file: name,
      format: 'csv',
      content: { kind: 'text', text },
      columns: new Map(),
      constants: new Map(),
      dialect: {},
    }),
  );
  const backend = createMemoryBackend({
    readFile: () => {
      throw new Error('no files here');
    },
  });
  try {
    const { value } = await gather({ model, sources, period, allowRejects: true }, backend);
    const statements = value ? atOnce(evaluateRun(runOver(value), value.periods)).statements : [];
    return { amounts: statements.map(amountsOf), figures: new Map(statements.flatMap(figuresOf)) };
  } catch (fault) {
    if (fault instanceof RunError)
      return { amounts: fault.diagnostics.map((each) => each.code), figures: new Map() };
    throw fault;
  } finally {
    await backend.close();
  }
}

/** What a statement says of amounts and figures, and not how it says it. */
function amountsOf({
  person,
  period,
  pay,
  earned,
  paid,
  due,
  balances,
  awards,
  points,
  kept,
  levels,
  roles,
}: Statement) {
  return {
    ...{ person, period, pay, earned, paid, due, balances, awards, points, kept, levels },
    roles: roles.map((role) => ({
      role: role.role,
      total: role.total,
      score: role.score?.value,
      lines: role.lines
        .filter((line) => line.amount !== '0' || (line.later ?? []).length > 0)
        .map(({ kind, name, computed, amount, earned, later }) => ({
          kind,
          name,
          computed,
          amount,
          earned,
          later,
        })),
    })),
  };
}

function figuresOf({ person, period, roles }: Statement): readonly (readonly [string, string])[] {
  return roles.flatMap(({ role, from, kpis }) =>
    kpis.map(({ kpi, actual, target, attainment }) => {
      const key = [person, period, role, from, kpi].join(' ');
      return [key, JSON.stringify({ actual, target, attainment })] as const;
    }),
  );
}

test('generated policies pay the same after every change that is said to be equivalent', async () => {
  const waiting = [...FEATURE_NAMES];
  let found = 0;
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const features = waiting.slice(0, 6);
    waiting.push(...waiting.splice(0, features.length));
    const model = modelFrom(printText(generatePolicy(draw, features)));
    const data = generateData(draw);
    const texts = Object.fromEntries(SOURCES.map((name) => [name, csvText(data[name])]));
    const period = model.grain.includes(' of ') ? 'retail-2026-01..retail-2026-03' : '2026';
    let before: Paid | undefined;
    // a whole year is worked out for each: some of them
    for (const { mutant, other } of equivalents(model, () => draw.rarely(5))) {
      before ??= await paid(model, texts, period);
      expectSame(before, await paid(other, texts, period), mutant.id);
      found++;
    }
  });
  await fc.assert(property, { ...RUNS, endOnFailure: true });
  expect(found).toBeGreaterThan(RUNS.numRuns);
}, 600_000);

/** A policy of what can be equivalent, with bounds drawn close to each other and to the data. */
function closePolicy(draw: Draw): string {
  const at = (): number => draw.int(0, 4);
  const rate = (): string => `${draw.int(1, 3)}%`;
  const compared = (): string => draw.pick(['<', '<=', '>', '>=', 'is', 'is not']);
  const low = draw.int(0, 2);
  const steps = [low, low + draw.int(1, 2), low + draw.int(3, 4), low + draw.int(5, 6)];
  return `policy close {
  currency RUB
  timezone "Europe/Moscow"
  period month
  effective from 2026-01-01 until 2026-12-31
}
person {
  salary: money
}
event deal {
  id: text key
  closed_on: date posts
  manager: person owner
  opener: person?
  client: text
  amount: money from 0 RUB
  mark: number?
}
event call {
  id: text key
  day: date posts
  manager: person owner
}
credit deal {
  to opener ${draw.pick(['50%', '50%', '100%'])} when opener exists
  to manager rest
}
kpi deals = count(deal)
kpi clients = count(distinct deal.client)
kpi calls = count(call)
kpi revenue = sum(deal.amount)
kpi mark = average(deal.mark where mark exists)
let both = clients + calls
rates ladder marginal {
  from ${steps[0]} RUB: ${rate()}${draw.pick(['', ' on all'])}
  from ${steps[1]} RUB: ${rate()}${draw.pick(['', '', ' on all'])}
  above ${steps[2]} RUB: ${rate()}
}
rates flat whole {
  from ${steps[0]} RUB: ${rate()}
  from ${steps[1]} RUB: ${rate()}
}
curve bend linear {
  below ${steps[0]}0%: 0%
  ${steps[0]}0%: ${draw.int(0, 2)}0%
  ${steps[1]}0%: ${draw.int(2, 3)}0%
  ${steps[2]}0%: ${draw.int(3, 4)}0%
  above: ${draw.int(3, 5)}0%
}
role seller {
  target revenue ${draw.int(1, 6)} RUB
  target mark ${draw.int(1, 4)}
  target calls ${draw.int(1, 3)}
  scorecard {
    revenue 50% on bend cap ${draw.int(3, 6)}0%
    mark 30% on bend missing ${draw.pick([`counts ${at()}%`, `spreads its weight at least ${draw.int(2, 9)}0%`])}
    calls 20% on bend missing ${draw.pick([`counts ${at()}%`, `spreads its weight at least ${draw.int(2, 9)}0%`])}
  }
  gate ${draw.pick(['calls', 'clients', 'both', 'deals'])} ${compared()} ${draw.pick(['0', '1', '1.5', '2'])}
  bonus a gated = ladder(revenue)${draw.pick(['', ' cap 5 RUB', ' cap 1 RUB'])}
  bonus b = flat(revenue)
  bonus c = 10 RUB when (mark else ${at()}) ${compared()} ${at()}
  bonus d not prorated = min(5 RUB, 1 RUB * both) when ${draw.pick(['calls', 'clients', 'both', 'deals'])} ${compared()} ${draw.pick(['1', '1.5', '2'])}
  bonus e = person.salary * (score else ${at()}%)
  bonus f not prorated = 100 RUB * ladder.rate(revenue) when not (clients ${compared()} 1)
  bonus g not prorated = max(0 RUB, revenue) * (score else ${at()}%) when calls >= 0 and clients < 3
}
`;
}

/** A few rows of a month or two, whose values lie at the bounds. */
function closeData(draw: Draw): Texts {
  const day = (): string => `2026-0${draw.int(1, 2)}-${draw.pick(['01', '15', '28'])}`;
  const who = (): string => draw.pick(['ann', 'bob']);
  const deals = draw.list(0, 5, (at) =>
    [
      at,
      day(),
      who(),
      draw.pick(['', '', who()]),
      draw.pick(['x', 'y']),
      draw.pick(['0', '1', '2', '2.5', '3']),
      draw.pick(['', '1', '2', '3']),
    ].join(','),
  );
  const calls = draw.list(0, 3, (at) => [at, day(), who()].join(','));
  const away = draw.rarely(2) ? ['ann,2026-01-01,2026-01-31'] : ['bob,2026-02-10,'];
  return {
    person:
      'id,name,role,team,lead,from,until,salary\nann,Ann,seller,,,2026-01-01,,100\nbob,Bob,seller,,,2026-01-20,,100\n',
    deal: ['id,closed_on,manager,opener,client,amount,mark', ...deals, ''].join('\n'),
    call: ['id,day,manager', ...calls, ''].join('\n'),
    absence: ['person,from,until', ...away, ''].join('\n'),
  };
}

test('bounds that lie close to the data pay the same after every change that is said to be equivalent', async () => {
  const runs = generatedRuns(6);
  let found = 0;
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const model = modelFrom(closePolicy(draw));
    const same = [...equivalents(model)];
    found += same.length;
    for (const texts of draw.list(6, 6, () => closeData(draw))) {
      const before = await paid(model, texts, '2026-01..2026-03');
      for (const { mutant, other } of same)
        expectSame(
          before,
          await paid(other, texts, '2026-01..2026-03'),
          `${mutant.id}\n${model.sources[0]!.text}`,
        );
    }
  });
  await fc.assert(property, { ...runs, endOnFailure: true });
  expect(found).toBeGreaterThan(runs.numRuns * 3);
}, 600_000);

const HEAD = `policy p { currency RUB  timezone "Europe/Moscow"  period month }
person { salary: money }
event deal { id: text key  closed_on: date posts  manager: person owner  opener: person  client: text  amount: money from 0 RUB }
event call { id: text key  day: date posts  manager: person owner }
kpi revenue = sum(deal.amount)
kpi calls = count(call)
kpi mean = average(deal.amount)
`;

/** Each statement on a line of its own. */
function lined(text: string): string {
  return text.replace(/\{ /g, '{\n').replace(/ \}/g, '\n}').replace(/ {2}/g, '\n');
}

/** The changes of a policy that are proved to pay the same, in short. */
function proved(lines: string): readonly string[] {
  return [...equivalents(modelFrom(lined(HEAD + lines)))].map(({ mutant }) => mutant.id);
}

describe('what is proved', () => {
  const LADDER = 'rates ladder marginal { from 0 RUB: 3%  from 100 RUB: 5% }\n';
  it.each<[what: string, lines: string, id: string]>([
    [
      'which tier the bound of marginal rates is of',
      `${LADDER}role r { bonus b = ladder(revenue) }`,
      'edge: rates `ladder`: from 100 RUB -> above 100 RUB',
    ],
    [
      'a whole number between two bounds',
      'role r { bonus b = 10 RUB when calls > 2.5 }',
      'comparison: role `r`, bonus `b`: calls > 2.5 -> calls >= 2.5',
    ],
    [
      'an `else` that fails either way',
      'role r { bonus b = 10 RUB when (mean else 0 RUB) >= 10 RUB }',
      'else: role `r`, bonus `b`: 0 RUB -> 1 RUB',
    ],
    [
      'a gate that never fails',
      'role r { gate calls >= 0  bonus b gated = 10 RUB }',
      'gate: role `r`, gate: gate calls >= 0 -> left out',
    ],
    [
      'a point on the line between its neighbours',
      'curve c linear { 0%: 0%  50%: 50%  100%: 100%  above: 100% }\nrole r { target revenue 100 RUB  bonus b = 10 RUB * (c(attainment(revenue)) else 0%) }',
      'bound: curve `c`: 50%: 50% -> left out',
    ],
    [
      'one more of weights that are there either way',
      'role r { target revenue 100 RUB  target mean 1 RUB  scorecard { revenue 60%  mean 40% missing spreads its weight at least 50% }  bonus b not prorated = 10 RUB * (score else 0%) }',
      'missing: role `r`, scorecard, `mean`: 50% -> 51%',
    ],
  ])('%s', (_, lines, id) => {
    expect(proved(lines)).toContain(id);
  });

  it.each<[what: string, lines: string, id: string]>([
    [
      'which tier the bound is of, where a formula asks for the rate',
      `${LADDER}role r { bonus b = ladder.rate(revenue) * 10 RUB }`,
      'edge: rates `ladder`: from 100 RUB -> above 100 RUB',
    ],
    [
      'which tier the bound of whole rates is of',
      'rates ladder whole { from 0 RUB: 3%  from 100 RUB: 5% }\nrole r { bonus b = ladder(revenue) }',
      'edge: rates `ladder`: from 100 RUB -> above 100 RUB',
    ],
    [
      'whether a whole number is more or as much',
      'role r { bonus b = 10 RUB when calls > 2 }',
      'comparison: role `r`, bonus `b`: calls > 2 -> calls >= 2',
    ],
    [
      'a count between two bounds that credit splits into parts',
      'credit deal { to manager 50%  to opener 50% }\nkpi deals = count(deal)\nrole r { bonus b = 10 RUB when deals > 2.5 }',
      'comparison: role `r`, bonus `b`: deals > 2.5 -> deals >= 2.5',
    ],
    [
      'an `else` on the other side of the bound',
      'role r { bonus b = 10 RUB when (mean else 0 RUB) >= 1 RUB }',
      'else: role `r`, bonus `b`: 0 RUB -> 1 RUB',
    ],
    [
      'the score of somebody who is away, of what is measured',
      'role r { target revenue 1 RUB  scorecard { revenue 100% }  bonus b = revenue * (score else 0%) }',
      'else: role `r`, bonus `b`: 0% -> 1%',
    ],
  ])('not %s', (_, lines, id) => {
    const files = [parsePolicy({ name: 'policy.merit', text: lined(HEAD + lines) }).value];
    expect(mutantsOf(files).map((each) => each.id)).toContain(id);
    expect(proved(lines)).not.toContain(id);
  });
});

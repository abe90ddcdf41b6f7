// The whole language: the policy of its page in both forms, every construct once, and published plans as printed.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseDay } from '../../src/base/date.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Source } from '../../src/base/source.ts';
import { check } from '../../src/check/check.ts';
import { run } from '../../src/engine.ts';
import type { Model } from '../../src/model/policy.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { accepted, errorsOf, expectError, HEAD, WORLD } from './helpers.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

function checkedTogether(...sources: readonly Source[]): {
  readonly model: Model | undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  const parsed = sources.map(parsePolicy);
  expect(parsed.flatMap((each) => each.diagnostics)).toEqual([]);
  const { value, diagnostics } = check(
    parsed.map((each) => each.value),
    sources,
  );
  return { model: value, diagnostics };
}

const CALENDAR: Source = {
  name: 'policies/calendar.merit',
  text: 'calendar office {\n  work monday to friday 09:00 to 18:00\n}\n',
};

describe('the policy of the language page', () => {
  test.each(['language.merit', 'language.merit.yaml'])('%s checks without a word', (name) => {
    const source = { name: `policies/${name}`, text: read(`../syntax/corpus/${name}`) };
    const { model, diagnostics } = checkedTogether(source, CALENDAR);
    expect(diagnostics).toEqual([]);
    expect(model!.beyond.map((each) => each.what)).toEqual([]);
  });

  test('without the file that it imports, that is all that is said', () => {
    const source = { name: 'language.merit', text: read('../syntax/corpus/language.merit') };
    const { model, diagnostics } = checkedTogether(source);
    expect(diagnostics.map((each) => each.code)).toEqual(['M1190']);
    expect(model).toBeUndefined();
  });

  test('an import is found from the folder of its own file', () => {
    const shared = { name: 'shared/rates.merit', text: 'rates ladder whole {\n  from 0 RUB: 3%\n}\n' };
    const main = { name: 'plans/p.merit', text: `${HEAD}import "../shared/rates.merit"\n` };
    expect(checkedTogether(main, shared).diagnostics).toEqual([]);
    expect(checkedTogether(shared, { ...main, name: 'p.merit' }).diagnostics).toHaveLength(1);
  });
});

test('every construct once', () => {
  const model = accepted(read('whole.merit'));
  const place = ({ start }: { readonly start: number }): number => start;
  const places = model.beyond.map((each) => place(each.span));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(model.corrections).toEqual({
    within: { count: 12, unit: 'month' },
    takesBack: '0.2',
    reopens: parseDay('2026-01-01'),
  });
});

test('what is checked and can’t be paid is refused by a run, each construct by name', async () => {
  const person = 'person {\n  currency: text\n  salary: money in currency\n}\n';
  const model = accepted(
    `${WORLD.replace(/^person \{[^}]*\}\n/m, '')}${person}role seller {\n  bonus b = revenue * 1%\n}\n`,
  );
  const { value, diagnostics } = await run({ model, sources: [], period: '2026-01' }, undefined as never);
  expect(value).toBeUndefined();
  expect(diagnostics.map((each) => `${each.code} ${each.message}`)).toEqual([
    "M3012 money of a person in `currency` is checked but can't be paid by this version of Merit yet",
  ]);
});

test('a `let` of its own grain isn’t worked out over the period instead', () => {
  const beyond = (per: string) =>
    accepted(`${WORLD}let x${per} = revenue * 2\n`).beyond.map((each) => each.what);
  expect([beyond(' per quarter'), beyond(' per month'), beyond('')]).toEqual([[], [], []]);
});

test('tests and invariants stand in nobody’s way', () => {
  const model = accepted(
    `${WORLD}test "t" {\n  person anna { region "x" }\n}\ninvariant "i" {\n  revenue >= 0 RUB\n}\n`,
  );
  expect(model.beyond).toEqual([]);
  const without = accepted(`${WORLD}role r { bonus b = 5 RUB }\n`);
  const { beyond, figures, measures } = accepted(
    `${WORLD}role r { bonus b = 5 RUB }\ntest "t" {\n  person anna { role r }\n  expect anna in 2026-01 { previous(revenue[reports]) > 5 RUB, percentile(deal.amount, 50%) > 5 RUB, count(deal where amount > 7 RUB) is 1 }\n}\n`,
  );
  expect(beyond).toEqual([]);
  expect([figures.length, measures.length]).toEqual([without.figures.length, without.measures.length]);
});

describe('what needs an answer, and what doesn’t', () => {
  const ROLE = (line: string): string => `${WORLD}role seller {\n  target revenue 5 RUB\n  ${line}\n}\n`;
  test.each([
    'bonus b = 5 RUB when streak(attainment(revenue) >= 100%) is 3',
    'bonus b = 5 RUB when streak(conversion >= 10%) is 3',
    'bonus b = revenue * 1% when previous(revenue) exists and previous(revenue) > 5 RUB',
    'bonus b not prorated = (previous(b) else 0 RUB) + 5 RUB',
    'bonus b = ladder(revenue[ytd]) - sum(b each earlier month)[ytd]',
    'bonus b per quarter = sum(attainment(revenue) * 5 RUB each month)',
    'bonus b per quarter = person.salary * average(attainment(revenue) each month)',
    'bonus b = total(revenue) * 1%',
    'bonus b = 5 RUB when (rank(revenue) else 99) <= 3',
    'bonus b per deal = ladder(amount) when is_won',
    'bonus b per deal = amount * 2% when attainment(revenue) >= 100%',
    'bonus b per deal = amount * (2% when attainment(revenue) >= 100% otherwise 1%)',
    'bonus b per deal = amount * standard(50%)',
    'bonus b per deal = (amount - cost) * 2% when cost exists',
    'bonus b per deal = ladder.rate(amount) * amount when person.region is "South"',
    'bonus b per deal = round(amount / 3 to 0.01)',
    'bonus b per deal = amount * ((revenue / (revenue + 5 RUB)) else 0%)',
    'bonus b = 5 RUB when period is 2026-12',
    'bonus b = 5 RUB when period >= 2026-06',
    'bonus b = ladder(revenue, after 5 RUB)',
    'floor 5 RUB per quarter in all',
    'draw person.salary recoverable for 3 months recovered from month 4',
    'cap 5 RUB per quarter in all carry excess',
    'bonus b = 5 RUB holds 20% for 3 months forfeited on leaving',
  ])('accepted: %s', (line) => {
    accepted(ROLE(line));
  });

  test('a gate of the policy holds for every role, and a bonus of a role isn’t a circle with it', () => {
    const policy = WORLD.replace('  effective', '  gate calls >= 5\n  effective');
    const roles =
      'role a {\n  gate deals > 0\n  bonus x gated = 5 RUB\n}\nrole b {\n  bonus y gated = 5 RUB\n}\n';
    const { roles: models } = accepted(policy + roles);
    expect(models.map((each) => each.gates.length)).toEqual([2, 1]);
  });

  test('a window of a window shifts it', () => {
    const { figures } = accepted(
      `${WORLD}kpi growth = revenue / revenue[previous] - 1\nkpi x = growth[previous]\nkpi y = x[same period last year]\n`,
    );
    const windows = figures.filter((each) => each.name === 'revenue').map((each) => each.window);
    expect(windows).toContainEqual({ kind: 'previous', count: 1, back: { periods: 1, years: 0 } });
    expect(windows).toContainEqual({ kind: 'previous', count: 1, back: { periods: 1, years: 1 } });
  });

  test('formulas that look at each other’s past are no circle', () => {
    accepted(
      `${WORLD}let a = round((previous(b) else 0 RUB) + revenue to 0.01 RUB)\nlet b = round((previous(a) else 0 RUB) * 2 to 0.01 RUB)\n`,
    );
  });

  test('a table of targets by person and period', () => {
    const table = 'table quota {\n  seller: person key\n  month: period key\n  revenue: money\n}\n';
    const role =
      'role r {\n  target revenue from quota\n  bonus b = (quota[person.id, period].revenue else 0 RUB) * 1%\n}\n';
    accepted(WORLD + table + role);
  });

  test('a row’s money in its own currency goes with itself only', () => {
    const event =
      'event visit {\n  id: text key\n  day: date posts\n  a: money in cur\n  b: money in cur\n  cur: text\n';
    accepted(`${WORLD}${event}  both = a + b\n}\n`);
  });
});

describe('published plans as printed', () => {
  const PLANS: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'E06: bands that leave a cent',
      'rates gross marginal {\n  from 0 USD until 200 USD: 2%\n  from 200.01 USD until 500 USD: 3%\n  from 500.01 USD until 1_000 USD: 4%\n  above 1_000 USD: 5.5%\n}',
      ['from 200.01 USD', 'from 500.01 USD'],
    ],
    [
      'E08: to 100 %, and then from 101 %',
      'rates variable marginal {\n  from 0% until 100%: 1\n  from 101% until 130%: 1.5\n  above 130%: 2\n}',
      ['from 101%'],
    ],
    [
      'E14: 0 to 60 % and 50 to 100 %',
      'rates it marginal {\n  from 0% until 60%: 5%\n  from 50% until 100%: 10%\n  above 100%: 20%\n}',
      ['from 50%'],
    ],
    [
      'E63: deal sizes with holes',
      'rates bookings whole {\n  from 0 USD below 20_000 USD: 1%\n  from 20_000 USD until 29_000 USD: 4%\n  from 30_000 USD until 99_000 USD: 7%\n  from 100_000 USD until 249_000 USD: 10%\n  above 250_000 USD: 14%\n}',
      ['from 30_000 USD', 'from 100_000 USD', 'above 250_000 USD'],
    ],
  ];
  test.each(PLANS)('%s', (_, table, lines) => {
    expect(errorsOf(`${HEAD}${table}\n`)).toEqual(lines.map((each) => `M1403 ${each}`));
  });

  test('both lines are named, and what lies between them', () => {
    expectError(`${HEAD}${PLANS[1]![1]}\n`, 'M1403', {
      at: 'from 101%',
      message: /gap between 100% and 101%/,
      related: ['until 100%'],
    });
    expectError(`${HEAD}${PLANS[2]![1]}\n`, 'M1403', {
      at: 'from 50%',
      message: /overlap between 50% and 60%/,
      related: ['until 60%'],
    });
  });

  test('E14 mended: a tier that re-rates what lies below it', () => {
    accepted(`${HEAD}rates arr marginal {\n  from 0%: 5%\n  from 50%: 10% on all\n  from 100%: 20%\n}\n`);
  });
});

// `merit test --coverage`: what it prints, what it writes, and when it fails.

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { merit, workplace } from './command.ts';

const { files } = workplace();

files({
  'policy.merit': `policy p { currency RUB
  timezone "UTC"
  period month }
event deal { id: text key
  day: date posts
  manager: person owner
  amount: money }
kpi revenue = sum(deal.amount)
rates ladder marginal {
  from 0 RUB:   3%
  from 100 RUB: 5%
}
role seller {
  gate revenue >= 10 RUB
  bonus commission gated = ladder(revenue)
}
test "a large deal" {
  person anna { role seller }
  deal { manager anna, day 2026-01-10, amount 200 RUB }
  expect anna in 2026-01 { commission is 8 RUB }
}
test "a small one" {
  person ben { role seller }
  deal { manager ben, day 2026-01-10, amount 50 RUB }
  expect ben in 2026-01 { commission is 1.50 RUB }
}
`,
});

// 200 RUB: 100 * 3% + 100 * 5% = 8 RUB, in the tier from 100 RUB; 50 RUB: 50 * 3% = 1.50 RUB in the tier from 0 RUB.
// The gate passes both times: 3 of 4 decisions.

test('the decisions that no test takes stand below the tests', async () => {
  const { code, out, err } = await merit('test', 'policy.merit', '--coverage');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(`passed  a large deal
passed  a small one
p: 2 tests, all passed

not covered

policy.merit:14  gate revenue >= 10 RUB
    gate \`revenue >= 10 RUB\` of role \`seller\`: fails

coverage 75%: 3 of 4 decisions
`);
});

test('fewer tests take fewer of them', async () => {
  const { out } = await merit('test', 'policy.merit', '--coverage', '--filter', 'large');
  expect(out).toContain('rates `ladder`: tier from 0 RUB\n');
  expect(out).toContain('coverage 50%: 2 of 4 decisions\n');
});

test('a threshold decides the exit code', async () => {
  const enough = await merit('test', 'policy.merit', '--coverage-threshold', '75');
  expect(enough.code).toBe(0);
  const few = await merit('test', 'policy.merit', '--coverage-threshold', '76%');
  expect(few.code).toBe(1);
  expect(few.err).toBe('note: coverage is below the threshold of 76%\n');
  const wrong = await merit('test', 'policy.merit', '--coverage-threshold', 'most');
  expect({ code: wrong.code, err: wrong.err }).toEqual({
    code: 2,
    err: expect.stringContaining("`most` isn't a whole percent"),
  });
});

test('a file takes it, as JSON or as text', async () => {
  const { code, out, err } = await merit('test', 'policy.merit', '--coverage-output', 'coverage.json');
  expect({ code, err }).toEqual({ code: 0, err: 'note: coverage 75%: 3 of 4 decisions\n' });
  expect(out).not.toContain('coverage');
  expect(JSON.parse(readFileSync('coverage.json', 'utf8'))).toMatchObject({
    formatVersion: 1,
    policy: 'p',
    total: 4,
    covered: 3,
    percent: 75,
    uncovered: [{ kind: 'gate', place: { file: 'policy.merit', line: 14, column: 8 } }],
  });
  await merit('test', 'policy.merit', '--coverage-output', 'coverage.txt');
  expect(readFileSync('coverage.txt', 'utf8')).toMatch(/^not covered\n/);
});

test('output for programs stays whole', async () => {
  rmSync('coverage.json', { force: true });
  const { out, err } = await merit('test', 'policy.merit', '--coverage', '--format', 'json');
  expect(JSON.parse(out)).toMatchObject({ passed: 2, failed: 0 });
  expect(err).toBe('note: coverage 75%: 3 of 4 decisions\n');
  expect(existsSync('coverage.json')).toBe(false);
});

test('data takes decisions too', async () => {
  files({
    'people.csv': 'id,name,role\nanna,Anna,seller\nben,Ben,seller\n',
    'deals.csv': 'id,day,manager,amount\nd1,2026-01-10,anna,200\nd2,2026-01-10,ben,5\n',
  });
  const data = ['--people', 'people.csv', '--data', 'deal=deals.csv', '--period', '2026-01'];
  const { code, err } = await merit('run', 'policy.merit', ...data, '--coverage-output', 'taken.txt');
  // 200 RUB lie in the upper tier; 5 RUB are below the gate, so that no tier pays them
  expect({ code, err }).toEqual({ code: 0, err: 'note: coverage 75%: 3 of 4 decisions\n' });
  expect(readFileSync('taken.txt', 'utf8')).toContain('rates `ladder`: tier from 0 RUB\n');
  const refused = await merit('run', 'policy.merit', ...data, '--coverage-output', 'deals.csv');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain("`deals.csv` can't be written: the run reads it");
});

test('versions have what they share once', async () => {
  files({
    'versions/old.merit': `policy p { currency RUB
  timezone "UTC"
  period month
  effective from 2025-01-01 until 2025-12-31 }
event deal { id: text key
  day: date posts
  manager: person owner
  amount: money }
kpi revenue = sum(deal.amount)
rates ladder marginal { from 0 RUB: 3%
  from 100 RUB: 5% }
role seller { gate revenue >= 10 RUB
  bonus commission gated = ladder(revenue) }
test "old" {
  person anna { role seller }
  deal { manager anna, day 2025-01-10, amount 200 RUB }
  expect anna in 2025-01 { commission is 8 RUB }
}
`,
    'versions/new.merit': `policy p { amends "./old.merit"
  effective from 2026-01-01 }
rates ladder marginal { from 0 RUB: 4%
  from 100 RUB: 5% }
test "new" {
  person anna { role seller }
  deal { manager anna, day 2026-01-10, amount 5 RUB }
  expect anna in 2026-01 { commission is 0 RUB }
}
`,
  });
  // the gate of both passes in the one and fails in the other; each has two tiers, of which the old one's upper is taken
  const { code, out } = await merit('test', 'versions/new.merit', '--coverage');
  expect(code).toBe(0);
  expect(out).toContain('coverage 50%: 3 of 6 decisions\n');
  expect(out).not.toContain('gate `');
});

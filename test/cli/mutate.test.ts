// `merit test --mutate`: what it prints and how it ends, in one thread and, built, by workers.

import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { builtMerit, merit, workplace } from './command.ts';

vi.setConfig({ testTimeout: 60_000 }); // processes start slowly on a busy machine
const { files, folder } = workplace();
const { start } = builtMerit(folder);

const POLICY = `policy calls {
  currency RUB
  timezone "Europe/Moscow"
  period   month
}

event call {
  id:      text key
  day:     date posts
  manager: person owner
}

kpi calls = count(call)

role caller {
  bonus fee = calls * 100 RUB cap 300 RUB
}
`;

// 3 × 100 is the cap itself, 4 × 100 would be more
const test = (name: string, calls: number, fee: number): string => `test "${name}" {
  person anna { role caller }
  ${calls} calls { manager anna, day 2026-01-10 }
  expect anna in 2026-01 { fee is ${fee} RUB }
}
`;
const TESTS = `${test('two calls', 2, 200)}\n${test('more calls than are paid', 4, 300)}`;
const TWO = test('two calls', 2, 200);

const LEFT = `no test noticed

policy.merit:16  cap  role \`caller\`, bonus \`fee\`
    -   bonus fee = calls * 100 RUB cap 300 RUB
    +   bonus fee = calls * 100 RUB
    to notice it: a test in which \`cap 300 RUB\` decides what is paid

policy.merit:16  cap  role \`caller\`, bonus \`fee\`
    -   bonus fee = calls * 100 RUB cap 300 RUB
    +   bonus fee = calls * 100 RUB cap 301 RUB
    to notice it: a test in which \`300 RUB\` decides what is paid

policy.merit:16  cap  role \`caller\`, bonus \`fee\`
    -   bonus fee = calls * 100 RUB cap 300 RUB
    +   bonus fee = calls * 100 RUB cap 299 RUB
    to notice it: a test in which \`300 RUB\` decides what is paid

calls: 3 changes, 0 noticed by a test, 3 not, 0 proved to pay the same
`;

const ALL = `proved to pay the same, whatever the data

policy.merit:13  direction  kpi \`calls\`: with \`lower is better\`
    \`calls\` has no target in any role, so it has no attainment

calls: 6 changes, 5 noticed by a test, 0 not, 1 proved to pay the same; 1 more would be no policy
`;

describe('merit test --mutate', () => {
  it('ends with 0 where every change is noticed, or proved to pay the same', async () => {
    files({ 'policy.merit': POLICY + TESTS });
    expect(await merit('test', 'policy.merit', '--mutate')).toEqual({ code: 0, out: ALL, err: '' });
  });

  it('ends with 1 where one is left, with the line and a test that would notice', async () => {
    files({ 'policy.merit': POLICY + TWO });
    expect(await merit('test', 'policy.merit', '--mutate-only', 'cap')).toEqual({
      code: 1,
      out: LEFT,
      err: '',
    });
  });

  it('gives the same from workers, however many there are', () => {
    files({ 'policy.merit': POLICY + TESTS });
    for (const jobs of ['1', '3'])
      expect(start('test', 'policy.merit', '--mutate', '--jobs', jobs)).toEqual({
        code: 0,
        out: ALL,
        err: '',
      });
    const json = JSON.parse(start('test', 'policy.merit', '--mutate', '--format', 'json').out);
    expect(json).toMatchObject({ formatVersion: 1, killed: 5, survived: 0, equivalent: 1, invalid: 1 });
  });

  it('counts a change as noticed whose tests do not come to an end in time', async () => {
    const built: typeof import('../../src/node.ts') = await import(join(folder, '.built/node.js'));
    const { value } = built.compileVersions([{ name: 'policy.merit', text: POLICY + TWO }]);
    const shortly = { only: 'cap', workers: 2, timeLimit: 0.000_01 };
    const { reports } = await built.mutatePolicies(value, shortly);
    const outcomes = reports[0]!.mutants.map((each) => each.outcome);
    expect(outcomes).toEqual(Array(3).fill({ kind: 'killed', test: '', by: 'the time limit' }));
  });

  it('changes nothing where tests fail as the policy stands', async () => {
    files({ 'policy.merit': POLICY + test('wrong', 2, 201) });
    const { code, out, err } = await merit('test', 'policy.merit', '--mutate');
    expect([code, out]).toEqual([1, '']);
    expect(err).toBe(
      'error: test `wrong` fails as the policy stands\nnote: `merit test` says why; changes are tried once all tests pass\n',
    );
  });

  it.each([
    [['--mutate-only', 'nonsense']],
    [['--jobs', '2']],
    [['--mutate', '--jobs', '0']],
    [['--mutate', '--coverage']],
    [['--mutate', '--format', 'junit']],
  ])('refuses what says nothing: %j', async (options) => {
    files({ 'policy.merit': POLICY + TESTS });
    expect(await merit('test', 'policy.merit', ...options)).toMatchObject({ code: 2, out: '' });
  });
});

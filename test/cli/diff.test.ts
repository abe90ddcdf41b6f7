// `merit diff`: versions on disk and in git, with data and without.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { merit, workplace } from './command.ts';

const { files, folder } = workplace();

const policy = (rate: string, head = '') => `policy sales {
  currency RUB
  timezone "Europe/Moscow"
  period   month
  ${head}
}
import "./data.merit"
kpi revenue = sum(deal.amount)
role seller { bonus commission = revenue * ${rate} }
`;
const DATA = `event deal {
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money
}
`;
const project = (rate: string) => ({
  'shop/policy.merit': policy(rate),
  'shop/data.merit': DATA,
  'shop/merit.config.yaml':
    'policy: policy.merit\npeople: people.csv\ndata:\n  deal: deals.csv\nperiod: 2026-01\n',
  'shop/people.csv': 'id,name,role\nanna,Anna,seller\nbob,Bob,seller\n',
  'shop/deals.csv': 'id,closed_on,manager,amount\n1,2026-01-10,anna,100000\n2,2026-02-10,bob,100000\n',
});

/** Git of the workplace and nothing above it: the repository is named, never looked for. */
const git = (...args: readonly string[]) => {
  const env = { ...process.env, GIT_DIR: join(folder, '.git'), GIT_WORK_TREE: folder };
  const own = ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'core.hooksPath=/dev/null'];
  return execFileSync('git', [...own, ...args], { cwd: folder, env, stdio: 'pipe' });
};

function history(): void {
  files(project('3%'));
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'one');
  files(project('4%'));
  git('commit', '-q', '-a', '-m', 'two');
  files({ ...project('5%'), 'other/policy.merit': policy('3%'), 'other/data.merit': DATA });
}

describe('merit diff', () => {
  beforeAll(history);

  // Anna sold for 100,000 in January.
  it.each([
    ['a revision and the folder', ['HEAD', 'shop'], '4,000.00  5,000.00  +1,000.00'],
    ['a file of it', ['HEAD', 'shop/policy.merit'], '4,000.00  5,000.00  +1,000.00'],
    ['two revisions', ['HEAD~1:shop', 'main:shop'], '3,000.00  4,000.00  +1,000.00'],
    ['a revision that says so', ['git:HEAD~1', 'shop'], '3,000.00  5,000.00  +2,000.00'],
    ['two folders', ['other', 'shop'], '3,000.00  5,000.00  +2,000.00'],
  ])('compares %s over the same data', async (_, sides, total) => {
    const { code, out, err } = await merit('diff', ...sides, '--backend', 'memory');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Total  ${total}`);
    expect(out).toContain('1  role seller, bonus commission: changed (policy.merit:9)');
    expect(out).toContain('1 person gets more, 0 less, 1 the same');
  });

  it('names files as the revision has them, and reads what they import', async () => {
    const { out } = await merit('diff', 'HEAD~1', 'shop', '--no-data');
    expect(out).toContain('  before  HEAD~1:./shop/policy.merit, HEAD~1:./shop/data.merit\n');
    expect(out).toContain(
      '       - bonus commission = revenue * 3%\n       + bonus commission = revenue * 5%\n',
    );
  });

  it('exits with 1 where pay moves, if asked to', async () => {
    const exit = async (...args: readonly string[]) =>
      (await merit('diff', ...args, '--backend', 'memory', '--exit-code')).code;
    expect(await exit('HEAD', 'shop')).toBe(1);
    expect(await exit('shop', 'shop')).toBe(0);
    // nobody has sold anything in March
    expect(await exit('HEAD', 'shop', '--period', '2026-03')).toBe(0);
    expect(await exit('HEAD', 'shop', '--no-data')).toBe(1);
  });

  it('writes JSON and Markdown to a file', async () => {
    await merit('diff', 'HEAD', 'shop', '--format', 'json', '--output', 'diff.json', '--backend', 'memory');
    const { figures, changes } = JSON.parse(readFileSync('diff.json', 'utf8'));
    expect([figures.total.delta, changes.length]).toEqual(['1000', 1]);
    await merit('diff', 'HEAD', 'shop', '--format', 'markdown', '--output', 'diff.md', '--backend', 'memory');
    expect(readFileSync('diff.md', 'utf8')).toContain(
      '| 1 | role seller, bonus commission | +1,000.00 | 1 |',
    );
  });

  it('says that there is no data where none is named', async () => {
    const { code, out, err } = await merit('diff', 'shop', 'other');
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toContain('−2,000.00');
    const bare = await merit('diff', 'other', 'other/policy.merit');
    expect(bare.err).toContain('note: no data is given or named in merit.config.yaml');
    expect(bare.out).toContain('Both say the same.');
  });

  it.each([
    [
      ['nowhere', 'shop'],
      'error[M2061]: there is no policy at `nowhere`, and git knows no revision of that name',
    ],
    [['git:--upload-pack=x', 'shop'], 'error[M2061]: there is no policy at `git:--upload-pack=x`'],
    [['git:HEAD..main', 'shop'], 'error[M2061]'],
    [['HEAD:nowhere', 'shop'], 'error[M2061]: there is no policy at `nowhere` in `HEAD`'],
    [['HEAD', 'shop', '--person', 'ana'], 'error[M3060]: `ana` has no role in 2026-01'],
    [['HEAD', 'shop', '--output', 'shop/deals.csv'], "`shop/deals.csv` can't be written: the run reads it"],
    [['HEAD', 'shop', '--output', 'shop/policy.merit', '--no-data'], 'the run reads it'],
    [['HEAD', 'shop', '--top', '0'], "`--top` can't be `0`"],
    [['HEAD', 'shop', '--no-data', '--people', 'shop/people.csv'], "`--no-data` and data don't go together"],
    [['HEAD', 'shop', '--period', 'January'], "`January` isn't a period"],
  ])('refuses %j', async (args, message) => {
    const { code, out, err } = await merit('diff', ...args, '--backend', 'memory');
    expect(out).toBe('');
    expect(code).not.toBe(0);
    expect(err).toContain(message);
  });

  it('says what is wrong in a version, with its place', async () => {
    files({ 'wrong/policy.merit': policy('3% *'), 'wrong/data.merit': DATA });
    const { code, err } = await merit('diff', 'wrong', 'shop');
    expect(code).toBe(1);
    expect(err).toContain('wrong/policy.merit:9');
  });

  it('tells one person’s figures alone', async () => {
    const { out } = await merit(
      'diff',
      'HEAD',
      'shop',
      '--period',
      '2026-01..2026-02',
      '--person',
      'bob',
      '--backend',
      'memory',
    );
    expect(out).toContain('Bob (bob)');
    expect(out).not.toContain('Anna');
  });

  it('runs next year’s policy over this year, if asked to', async () => {
    files({
      'this/policy.merit': policy('3%', 'effective from 2026-01-01 until 2026-12-31'),
      'this/data.merit': DATA,
      'next/policy.merit': policy('6%', 'effective from 2027-01-01 until 2027-12-31'),
      'next/data.merit': DATA,
    });
    const data = [
      '--people',
      'shop/people.csv',
      '--data',
      'deal=shop/deals.csv',
      '--period',
      '2026-01',
      '--backend',
      'memory',
    ];
    const apart = await merit('diff', 'this', 'next', ...data);
    expect(apart.code).toBe(2);
    expect(apart.err).toContain('`--same-days` runs both as if they did');
    const { code, out } = await merit('diff', 'this', 'next', ...data, '--same-days');
    expect(code).toBe(0);
    expect(out).toContain('Total  3,000.00  6,000.00  +3,000.00');
  });
});

// `merit eval` in a policy's names: of nobody, of a person in a period, and of one who has several roles in it.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { builtMerit, merit, workplace } from './command.ts';
import { FILES } from './eval-policy.ts';

const { files, folder } = workplace();
const { start } = builtMerit(folder);
files(FILES);

const EXAMPLE = fileURLToPath(new URL('../../examples/sales-department', import.meta.url));
const evaluate = (expression: string, ...options: readonly string[]) =>
  merit('eval', expression, '--policy', 'pay', ...options);

describe('of a person in a period', () => {
  it.each([
    ['revenue', '1200.1 RUB'],
    ['revenue[ytd] * 2%', '32.002 RUB'],
    ['revenue[previous]', '400 RUB'],
    ['revenue[company]', '1430.1 RUB'],
    ['revenue / 3', '400.033333333333… RUB'],
    ['revenue / revenue[previous] - 1', '200.025%'],
    ['deals + deals[previous]', '3'],
    ['sum(deal.amount where amount > 500 RUB)', '900 RUB'],
    ['commission', '40.005 RUB'],
    ['score', '120.01%'],
    ['attainment(revenue)', '120.01%'],
    ['target(revenue)', '1000 RUB'],
    ['ladder(revenue)', '40.005 RUB'],
    ['ladder.rate(revenue)', '5%'],
    ['average_deal[previous] < average_deal', 'true'],
    ['count(deal where amount > 1_000 RUB) / deals', '0%'],
    ['average(deal.amount where amount > 1_000 RUB)', 'missing'],
    ['person.name', '"Анна"'],
    ['person.id', 'anna'],
    ['period.end', '2026-06-30'],
    ['period.end - period.start', '29 days'],
    ['attainment(refunds)', 'top'],
    ['min(attainment(refunds), 150%)', '150%'],
    ['1/3*3', '1'],
  ])('%s is %s', async (expression, shown) => {
    const answer = await evaluate(expression, '--person', 'anna', '--period', '2026-06');
    expect(answer).toEqual({ code: 0, out: `${shown}\n`, err: '' });
  });

  it('takes the period of the configuration unless it is said', async () => {
    expect((await evaluate('revenue', '--person', 'anna')).out).toBe('1200.1 RUB\n');
    expect((await evaluate('revenue', '--person', 'anna', '--period', '2026-05')).out).toBe('400 RUB\n');
  });

  it('reads the files that the options name', async () => {
    files({ 'other.csv': 'id,closed_on,manager,amount\n1,2026-06-01,anna,7\n' });
    expect((await evaluate('revenue', '--person', 'anna', '--data', 'deal=other.csv')).out).toBe('7 RUB\n');
  });

  it('knows accounts of points and parts of pools', async () => {
    const { 'pay/policy.merit': policy, ...data } = FILES;
    const won = `award busy { to seller when deals >= 1
      gives points 10 }
    pool gift = 10% * revenue[company] { to seller shared by points }\n`;
    const moved = Object.entries(data).map(([path, text]) => [path.replace('pay/', 'won/'), text]);
    files({ 'won/policy.merit': policy + won, ...Object.fromEntries(moved) });
    const asked = ['won', '--person', 'anna', '--period', '2026-06'];
    // a deal in May and in June
    expect((await merit('eval', 'points', '--policy', ...asked)).out).toBe('20\n');
    expect((await merit('eval', 'previous(points)', '--policy', ...asked)).out).toBe('10\n');
    // 10 % of 1,430.10 is 143.01: anna has 20 points, boris and carla 10 each
    expect((await merit('eval', 'gift', '--policy', ...asked)).out).toBe('71.51 RUB\n');
  });

  it('agrees with the worked example, as a process', () => {
    const whose = ['--policy', EXAMPLE, '--person', 'anna', '--period', '2026-02'];
    expect(start('eval', 'revenue', ...whose)).toEqual({ code: 0, out: '1439692.77 RUB\n', err: '' });
    const { roles } = JSON.parse(start('eval', 'score', ...whose, '--json').out);
    expect(roles.map((each: { exact: string }) => each.exact)).toEqual(['557907831/700000000']);
  });
});

describe('of one who has several roles in the period', () => {
  it('gives one value per role, named', async () => {
    const { out } = await evaluate('revenue', '--person', 'boris');
    expect(out).toBe('seller: 200 RUB\nmentor: 0 RUB\n');
  });

  it('sees the company on the days of each', async () => {
    // 900 + 200 + 10 until the 15th, 300.10 + 20 since
    const { out } = await evaluate('revenue[company]', '--person', 'boris');
    expect(out).toBe('seller: 1110 RUB\nmentor: 320.1 RUB\n');
  });

  it('tells stretches of one role apart by their days', async () => {
    const { out } = await evaluate('revenue', '--person', 'carla');
    expect(out).toBe('seller 2026-06-01..2026-06-05: 10 RUB\nseller 2026-06-20..2026-06-30: 20 RUB\n');
  });

  it('as JSON: a list of roles, for one role too', async () => {
    const { out } = await evaluate('attainment(revenue)', '--person', 'boris', '--json');
    const type = { kind: 'percent' };
    expect(JSON.parse(out)).toEqual({
      rejectsAllowed: false,
      person: 'boris',
      period: '2026-06',
      roles: [
        { role: 'seller', from: '2026-06-01', until: '2026-06-15', type, exact: '0.4', shown: '40%' },
        { role: 'mentor', from: '2026-06-16', until: '2026-06-30', type, exact: null, shown: 'missing' },
      ],
    });
  });

  it('says what one of the roles has not, and gives no value', async () => {
    const { code, out, err } = await evaluate('score', '--person', 'boris');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('role `mentor` has no scorecard');
    expect(err).toContain('1 error');
  });
});

describe('of nobody', () => {
  it('reads rates, and no data', async () => {
    expect((await evaluate('ladder(1_200.10 RUB)')).out).toBe('40.005 RUB\n');
    expect((await evaluate('ladder(1_000 RUB)', '--people', 'nowhere.csv')).out).toBe('30 RUB\n');
  });

  it.each(['revenue', 'ladder(revenue)', 'person.region', 'score', 'sum(deal.amount)', 'target(revenue)'])(
    '%s belongs to a person',
    async (expression) => {
      const { code, err } = await evaluate(expression);
      expect(code).toBe(1);
      expect(err).toContain('error[M3061]');
    },
  );
});

describe('mistakes', () => {
  it('of the expression are said once, whoever inherits the role', async () => {
    const { code, err } = await evaluate('scor + 1', '--person', 'anna');
    expect(code).toBe(1);
    expect(err).toContain('<expression>:1:1');
    expect(err).toContain('\n1 error\n');
    const guide = await evaluate('score', '--person', 'dina');
    expect(guide.err).toContain('role `guide` has no scorecard');
    expect(guide.err).toContain('\n1 error\n');
  });

  it('may show only when it is worked out', async () => {
    const { code, err } = await evaluate('attainment(refunds) * 2', '--person', 'anna');
    expect(code).toBe(1);
    expect(err).toContain('has no upper end');
    expect(err).toContain('<expression>:1:1');
  });

  it('suggest the names of the policy', async () => {
    const { err } = await evaluate('revenu', '--person', 'anna');
    expect(err).toContain('did you mean `revenue`?');
  });

  it('of the policy are said instead', async () => {
    files({ 'bad/policy.merit': `${FILES['pay/policy.merit']}kpi wrong = 1 + 2 RUB\n` });
    const { code, out, err } = await merit('eval', '1', '--policy', 'bad');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('policy.merit:');
  });

  it('of the data stop it, as they stop a run, unless they are allowed', async () => {
    files({ 'rejects.csv': 'id,closed_on,manager,amount\n1,2026-06-01,anna,7\n2,2026-06-01,anna,1e3\n' });
    const options = ['--person', 'anna', '--data', 'deal=rejects.csv'];
    const stopped = await evaluate('revenue', ...options);
    expect({ code: stopped.code, out: stopped.out }).toEqual({ code: 1, out: '' });
    expect(stopped.err).toContain('rejects.csv');
    const allowed = await evaluate('revenue', ...options, '--allow-rejects');
    expect({ code: allowed.code, out: allowed.out }).toEqual({ code: 0, out: '7 RUB\n' });
    expect(allowed.err).toContain('rejects.csv');
  });

  it.each([
    [['--person', 'ana'], 'did you mean `anna`?'],
    [['--person', 'anna', '--period', '2025-06'], "doesn't hold in `2025-06`"],
    [['--person', 'anna', '--period', '2026-Q1'], '`2026-Q1` is 3 periods'],
    [['--person', 'anna', '--period', 'june'], "`june` isn't a period"],
    [['--person', 'carla', '--period', '2026-05'], '`carla` has no role in 2026-05'],
    [['--person', 'anna', '--data', 'call=pay/deals.csv'], 'no event or table `call`'],
    [['--person', 'anna', '--data', 'deal'], 'names no file'],
    [['--person', 'anna', '--data', 'deal=nowhere.csv'], '`nowhere.csv`'],
    [['--data-dir', 'nowhere'], 'there is no folder `nowhere`'],
  ])('in the options %j are wrong use', async (options, words) => {
    const { code, out, err } = await evaluate('revenue', ...options);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  });

  it('a person without a period is wrong use', async () => {
    files({ 'bare/policy.merit': FILES['pay/policy.merit'] });
    const { code, err } = await merit('eval', '1', '--policy', join(folder, 'bare'), '--person', 'anna');
    expect(code).toBe(2);
    expect(err).toContain('no period');
  });
});

// `merit eval` without a policy: expressions of constants, their texts and JSON, and what is wrong with them. Expected
// values are worked out by hand.

import { describe, expect, it } from 'vitest';
import { builtMerit, merit, workplace } from './command.ts';

const { folder } = workplace();
const { start } = builtMerit(folder);

describe('values of constants', () => {
  it.each([
    ['1/3*3', '1'],
    ['1/3', '0.333333333333…'],
    ['2/3', '0.666666666667…'],
    ['1/3 - 1', '-0.666666666667…'],
    // 1 - 1/3 of a trillionth of a tenth: nearer to 1 than to any other number of twelve places
    ['1 - 1/30_000_000_000_000', '1.000000000000…'],
    ['1/8', '0.125'],
    ['0.1 + 0.2', '0.3'],
    ['1_200_000 * 10', '12000000'],
    ['1/3 - 333_333_333_333_333/1_000_000_000_000_000', '0.000000000000…'],
    ['round(2.345 to 0.01)', '2.35'],
    ['max(3, 1/3, 2)', '3'],
    ['5% + 0.1', '15%'],
    ['1% / 3', '0.333333333333…%'],
    ['50 RUB / 200 RUB', '25%'],
    ['100 RUB * 5%', '5 RUB'],
    ['10 RUB - 12.50 RUB', '-2.5 RUB'],
    ['100 EUR / 3', '33.333333333333… EUR'],
    ['90 minutes * 2', '3 hours'],
    ['90 minutes', '1 hour 30 minutes'],
    ['1 hour / 7', '8 minutes 34.285714285714… seconds'],
    ['0 hours', '0 seconds'],
    ['1 hour - 1 day', '-23 hours'],
    ['2026-03-01 - 2026-02-01', '28 days'],
    ['2026-02-28 + 1 day', '2026-03-01'],
    ['2026-01-01 < 2026-01-02', 'true'],
    ['not (1 < 2)', 'false'],
    ['"South"', '"South"'],
    ['"a \\"b\\" \\\\ c"', '"a \\"b\\" \\\\ c"'],
    ['"South" is "North"', 'false'],
    ['1/0', 'missing'],
    ['(1/0) else 7', '7'],
    ['(1/0) exists', 'false'],
    ['1 when 2 < 1 otherwise 3', '3'],
  ])('%s is %s', async (expression, shown) => {
    expect(await merit('eval', '--', expression)).toEqual({ code: 0, out: `${shown}\n`, err: '' });
  });

  it('takes an expression that begins with a minus after `--`, as a process', () => {
    expect(start('eval', '--', '-5% * 2')).toEqual({ code: 0, out: '-10%\n', err: '' });
  });
});

describe('JSON', () => {
  it.each([
    ['1/3', { type: { kind: 'number' }, exact: '1/3', rounded: '0.333333333333', shown: '0.333333333333…' }],
    // two thirds of a percent: 0.00666…
    [
      '2% / 3',
      { type: { kind: 'percent' }, exact: '1/150', rounded: '0.006666666667', shown: '0.666666666667…%' },
    ],
    ['100 RUB * 5%', { type: { kind: 'money', currency: 'RUB' }, exact: '5', shown: '5 RUB' }],
    ['12.5%', { type: { kind: 'percent' }, exact: '0.125', shown: '12.5%' }],
    ['90 minutes', { type: { kind: 'duration' }, exact: '5400', shown: '1 hour 30 minutes' }],
    ['2026-01-31', { type: { kind: 'date' }, exact: '2026-01-31', shown: '2026-01-31' }],
    ['1/0', { type: { kind: 'number' }, exact: null, shown: 'missing' }],
    ['true', { type: { kind: 'truth' }, exact: 'true', shown: 'true' }],
  ])('%s', async (expression, value) => {
    const { code, out } = await merit('eval', expression, '--json');
    expect({ code, value: JSON.parse(out) }).toEqual({ code: 0, value });
  });

  it('escapes what could steer a terminal', async () => {
    const { out } = await merit('eval', '"a\u200bb"', '--json');
    expect(out).not.toContain('\u200b');
    expect(JSON.parse(out).exact).toBe('a\u200bb');
  });
});

describe('mistakes in an expression', () => {
  it('are shown as the checker shows those of a policy', async () => {
    expect(await merit('eval', '1 + 2 RUB')).toEqual({
      code: 1,
      out: '',
      err: `error[M1203]: cannot add an amount in RUB to a number
  ┌─ <expression>:1:5
 1│ 1 + 2 RUB
  │ ─   ^^^^^ an amount in RUB
  │ │ a number
  = help: multiply by an amount first, such as \`25 RUB\`, so that both are money

1 error
`,
    });
  });

  it.each([
    ['1 +', 'M1020', '<expression>:1:4'],
    ['1 = 1', 'M10', '<expression>:1:3'],
    ['revenue * 2%', 'M1101', '<expression>:1:1'],
    ['sum(deal.amount)', 'M1101', '<expression>:1:5'],
    ['abz(1)', 'M1101', '<expression>:1:1'],
    ['2 * person.name', 'M', '<expression>:1'],
    ['person.name', 'M3061', '<expression>:1:1'],
    ['period.end + 1 day', 'M3061', '<expression>:1:1'],
    ['score', 'M3061', '<expression>:1:1'],
    ['1 + 1)', 'M10', '<expression>:1:6'],
  ])('%s: %s at %s', async (expression, errorCode, place) => {
    const { code, out, err } = await merit('eval', expression);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`error[${errorCode}`);
    expect(err).toContain(place);
  });

  it('says of an unknown name that there is no policy', async () => {
    expect((await merit('eval', 'revenue')).err).toContain(
      '= help: without a policy there are only constants and functions',
    );
  });
});

describe('wrong use', () => {
  it.each([
    [['eval'], 'expression'],
    [['eval', '  '], 'there is no expression'],
    [['eval', '1', '2'], 'eval'],
    [['eval', '1', '--perod', '2026-01'], '--period'],
    [['eval', '1', '--person', 'anna'], '`--person` needs a policy'],
    [['eval', '1', '--data-dir', 'data'], '`--data-dir` needs a policy'],
    [['eval', '1', '--policy', 'nowhere'], 'there is no policy at `nowhere`'],
  ])('%j', async (args, words) => {
    const { code, out, err } = await merit(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  });
});

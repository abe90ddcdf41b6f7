// What two versions say differently: by meaning, whatever the layout, the form and an order that means nothing.

import { describe, expect, it } from 'vitest';
import { convertPolicy } from '../../src/syntax/print.ts';
import { changesOf, policy, said } from './versions.ts';

const LADDER = `rates ladder marginal {
  from 0 RUB:         3%
  from 1_000_000 RUB: 5%
}`;
const SELLER = `role seller {
  target revenue 1_000_000 RUB
  target calls   100
  scorecard { revenue 60%, calls 40% }
  gate revenue >= 1_000 RUB
  bonus commission "Commission" gated = ladder(revenue)
  bonus fixed = 5_000 RUB * (score else 0%)
  cap 90_000 RUB
}`;
const BASE = policy(`${LADDER}\n\n${SELLER}`);

function changed(from: string, to: string): string {
  if (!BASE.includes(from)) throw new Error(`no ${from}`);
  return BASE.replace(from, to);
}

describe('no difference', () => {
  it.each([
    ['the same text', BASE],
    ['another layout', BASE.replaceAll('\n  ', '\n      ').replaceAll('1_000_000', '1000000')],
    ['another order of declarations', policy(`${SELLER}\n\n${LADDER}`)],
    [
      'another order of lines that stand beside each other',
      changed(
        '  target revenue 1_000_000 RUB\n  target calls   100\n',
        '  target calls 100\n  target revenue 1_000_000 RUB\n',
      ),
    ],
    ['a number written otherwise', changed('5_000 RUB * ', '5_000.00 RUB * ')],
    ['brackets that say nothing', changed('= ladder(revenue)', '= (ladder(revenue))')],
  ])('%s', (_, after) => {
    const diff = said(BASE, after);
    expect(changesOf(diff)).toEqual([]);
    expect(diff.words).toEqual([]);
  });

  it('the policy in YAML', () => {
    const yaml = convertPolicy({ name: 'a.merit', text: BASE }, 'yaml').value!;
    expect(yaml).toContain('policy: sales');
    expect(changesOf(said(BASE, yaml))).toEqual([]);
    expect(changesOf(said(yaml, BASE))).toEqual([]);
  });
});

describe('words for people', () => {
  it('are told apart', () => {
    const diff = said(
      BASE,
      `// why\n${changed('"Commission"', '"Provision"').replace('role seller {', 'role seller "Seller" {')}`,
    );
    expect(changesOf(diff)).toEqual([]);
    expect(diff.words).toEqual([
      { of: 'role seller', what: 'title', after: 'Seller' },
      { of: 'role seller', what: 'bonus commission: title', before: 'Commission', after: 'Provision' },
      { of: 'comment', after: 'why' },
    ]);
  });
});

describe('changes', () => {
  it.each([
    [
      'a tier',
      changed('RUB: 5%', 'RUB: 6%'),
      'rates ladder changed',
      ['from 1_000_000 RUB: 5%', 'from 1_000_000 RUB: 6%'],
    ],
    [
      'a bound',
      changed('from 1_000_000 RUB: 5%', 'from 2_000_000 RUB: 5%'),
      'rates ladder changed',
      ['from 1_000_000 RUB: 5%', 'from 2_000_000 RUB: 5%'],
    ],
    [
      'the kind of a table',
      changed('ladder marginal', 'ladder whole'),
      'rates ladder changed',
      ['rates ladder marginal', 'rates ladder whole'],
    ],
    [
      'a target',
      changed('target calls   100', 'target calls 120'),
      'role seller target calls changed',
      ['target calls 100', 'target calls 120'],
    ],
    [
      'a gate',
      changed('>= 1_000 RUB', '>= 2_000 RUB'),
      'role seller gate changed',
      ['gate revenue >= 1_000 RUB', 'gate revenue >= 2_000 RUB'],
    ],
    [
      'a cap that goes',
      changed('  cap 90_000 RUB\n', ''),
      'role seller cap removed',
      ['cap 90_000 RUB', undefined],
    ],
    [
      'a bonus that comes',
      changed('  cap 90_000', '  bonus more = 1 RUB\n  cap 90_000'),
      'role seller bonus more added',
      [undefined, 'bonus more = 1 RUB'],
    ],
    [
      'a flag of a bonus',
      changed('"Commission" gated', '"Commission"'),
      'role seller bonus commission changed',
      ['bonus commission gated = ladder(revenue)', 'bonus commission = ladder(revenue)'],
    ],
    [
      'rounding',
      policy(`${LADDER}\n\n${SELLER}`, 'rounding down to 1'),
      'policy sales rounding added',
      [undefined, 'rounding down to 1'],
    ],
  ])('%s', (_, after, change, [before, now]) => {
    const diff = said(BASE, after);
    expect(changesOf(diff)).toEqual([change]);
    expect(diff.changes[0]!.lines).toEqual([
      { ...(before !== undefined && { before }), ...(now !== undefined && { after: now }) },
    ]);
  });

  it('of tests stand apart', () => {
    const diff = said(BASE, `${BASE}\ntest "nothing" {\n  person anna { role seller }\n}\n`);
    expect(diff.changes).toEqual([]);
    expect(diff.proofs.map(({ kind, name, how }) => [kind, name, how])).toEqual([
      ['test', 'nothing', 'added'],
    ]);
  });

  it('have their places in both files', () => {
    const [change] = said(BASE, `\n\n${changed('target calls   100', 'target calls 120')}`).changes;
    const line = BASE.split('\n').findIndex((each) => each.includes('target calls')) + 1;
    expect(change).toMatchObject({
      placeBefore: { file: 'old/0.merit', line },
      place: { file: 'new/0.merit', line: line + 2 },
    });
  });
});

describe('renaming', () => {
  it('is seen where all else is the same, and what names it is no change', () => {
    const diff = said(BASE, BASE.replaceAll('ladder', 'tiers'));
    expect(changesOf(diff)).toEqual(['rates tiers renamed']);
    expect(diff.changes[0]).toMatchObject({ was: 'ladder' });
  });

  it('of a KPI, in targets, scores, gates and formulas', () => {
    expect(changesOf(said(BASE, BASE.replaceAll('revenue', 'turnover')))).toEqual(['kpi turnover renamed']);
  });

  it('of a bonus, and of what names it', () => {
    const twice = changed('  cap 90_000', '  bonus extra = commission * 10%\n  cap 90_000');
    expect(changesOf(said(twice, twice.replaceAll('commission', 'share')))).toEqual([
      'role seller bonus share renamed',
    ]);
  });

  it('isn’t what changes more than the name', () => {
    const diff = said(BASE, BASE.replaceAll('ladder', 'tiers').replace('RUB: 5%', 'RUB: 6%'));
    expect(changesOf(diff)).toEqual([
      'rates tiers added',
      'role seller bonus commission changed',
      'rates ladder removed',
    ]);
  });
});

describe('lines that go to the role above', () => {
  const roles = (above: string, hunter: string, farmer: string) =>
    policy(
      `role seller {\n${above}\n}\nrole hunter extends seller {\n${hunter}\n}\nrole farmer extends seller {\n${farmer}\n}`,
    );
  const below = roles(
    '',
    'target calls 100\n bonus a = calls * 1 RUB',
    'target calls 100\n bonus b = calls * 2 RUB',
  );
  const above = roles('target calls 100', 'bonus a = calls * 1 RUB', 'bonus b = calls * 2 RUB');

  it('are one move, up and down', () => {
    const up = said(below, above);
    expect(changesOf(up)).toEqual(['role seller target calls moved']);
    expect(up.changes[0]).toMatchObject({ roles: ['hunter', 'farmer'] });
    expect(changesOf(said(above, below))).toEqual(['role seller target calls moved']);
  });

  it('change what they don’t leave as it was', () => {
    const other = roles(
      'target calls 100',
      'bonus a = calls * 1 RUB',
      'target calls 90\n bonus b = calls * 2 RUB',
    );
    expect(changesOf(said(below, other))).toEqual([
      'role seller target calls moved',
      'role farmer target calls changed',
    ]);
  });
});

describe('what order means', () => {
  const credited = (...lines: readonly string[]) =>
    policy('role seller {}').replace('kpi revenue', `credit deal {\n  ${lines.join('\n  ')}\n}\nkpi revenue`);
  const [owner, half, care] = [
    'to manager 100%',
    'to manager.lead 50% extra as half',
    'to manager.lead 20% extra as care',
  ] as const;

  it('of credit lines only that of extra ones among themselves', () => {
    const before = credited(owner, half, care);
    expect(changesOf(said(before, credited(half, care, owner)))).toEqual([]);
    expect(changesOf(said(before, credited(owner, care, half)))).toEqual(['credit deal changed']);
  });

  it('of targets of one KPI, as a later line wins', () => {
    const anna = 'target calls 100 when person.name is "Anna"';
    const north = 'target calls 70 when person.name is "Boris"';
    const of = (...lines: readonly string[]) =>
      policy(`role seller {\n${['target calls 50', ...lines].join('\n')}\n}`);
    const diff = said(of(anna, north), of(north, anna));
    expect(changesOf(diff)).toEqual(['role seller target calls changed']);
    expect(diff.changes[0]!.lines).toEqual([
      { before: `target calls 50; ${anna}; ${north}`, after: `target calls 50; ${north}; ${anna}` },
    ]);
  });

  it('nothing, of words that an unordered field may hold', () => {
    const of = (words: string) => policy('role seller {}').replace('made_on', `how: ${words}\n  made_on`);
    expect(changesOf(said(of('mail | phone'), of('phone | mail')))).toEqual([]);
    expect(changesOf(said(of('mail < phone'), of('phone < mail')))).toEqual(['event call field how changed']);
  });
});

describe('files', () => {
  it('of which one amends the other are one policy', () => {
    const base = policy('role seller {\n  bonus a = calls * 1 RUB\n  bonus b = calls * 2 RUB\n}');
    const amendment = 'policy sales {\n  amends "./0.merit"\n}\nrole seller { bonus b = calls * 3 RUB }\n';
    const diff = said(base, [base, amendment]);
    expect(changesOf(diff)).toEqual(['role seller bonus b changed']);
    expect(diff.changes[0]).toMatchObject({ place: { file: 'new/1.merit', line: 4 } });
    const whole = policy('role seller {\n  bonus a = calls * 1 RUB\n  bonus b = calls * 3 RUB\n}');
    expect(changesOf(said(whole, [base, amendment]))).toEqual([]);
  });
});

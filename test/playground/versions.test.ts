// A policy of two versions in the page: each period is paid by the one that holds in it, and goes on from the one before.

import { describe, expect, it } from 'vitest';
import { handlers as editor } from '../../playground/src/worker/handle-editor.ts';
import { handlers as language } from '../../playground/src/worker/handle-language.ts';
import { handlers as results } from '../../playground/src/worker/handle-results.ts';
import { handlers as runs } from '../../playground/src/worker/handle-run.ts';
import { handlers as tests } from '../../playground/src/worker/handle-tests.ts';
import { createDesk } from '../../playground/src/worker/held.ts';
import type { Source } from '../../src/browser-engine.ts';

const SHARED: Source = {
  name: 'world.merit',
  text: `event deal { id: text key, day: date posts, who: person owner, amount: money }
kpi revenue = sum(deal.amount)
`,
};

function version(half: 1 | 2, bonus: string, until = half === 1 ? '2026-06-30' : '2026-12-31'): Source {
  return {
    name: `half-${half}.merit`,
    text: `import "./world.merit"
policy half_${half} {
  currency RUB
  timezone "UTC"
  period month
  effective from 2026-0${half === 1 ? 1 : 7}-01 until ${until}
}
role seller { bonus share = ${bonus} }
test "of half ${half}" {
  person ben { role seller }
  deal { who ben, day 2026-0${half === 1 ? 2 : 8}-10, amount 1_000 RUB }
  expect ben in 2026-0${half === 1 ? 2 : 8} { share is ${half === 1 ? 120 : 10} RUB }
}
`,
  };
}

// the later one first: which holds is said by its days, not by the order of the files
const POLICY = [
  version(2, 'revenue * 1%'),
  version(1, 'revenue * 12% pays in 3 monthly parts'),
  SHARED,
] as const;
// June: 3,000 × 12% = 360 in three parts of 120: June, July, August. July: 5,000 × 1% = 50, and 120 of June
const DATA = [
  { name: 'person', file: 'people.csv', text: 'id,name,role\nanna,Anna,seller\n' },
  {
    name: 'deal',
    file: 'deals.csv',
    text: 'id,day,who,amount\n1,2026-06-10,anna,3000\n2,2026-07-10,anna,5000\n',
  },
];

function deskWith(policy: readonly Source[]) {
  const desk = createDesk();
  desk.hold({ policy, data: DATA });
  return desk;
}

describe('versions of a policy in the page', () => {
  it('are chosen by the period, and the later goes on from the earlier', async () => {
    const desk = deskWith(POLICY);
    const pay = async (period: string) => {
      const { result, diagnostics } = await runs['run.period']({ period }, desk);
      expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
      return [result?.policy.name, result?.statements[0]?.pay];
    };
    expect(await pay('2026-06')).toEqual(['half_1', '120']);
    expect(await pay('2026-07')).toEqual(['half_2', '170']);
    const asked = { person: 'anna', period: '2026-07', what: 'pay' };
    const { value, diagnostics } = await results['results.explain'](asked, desk);
    expect([diagnostics, value?.answers[0]?.value]).toMatchObject([[], { value: '170' }]);
  });

  it('are no choice where none holds in the whole time: it is said when each does', async () => {
    const desk = deskWith(POLICY);
    const { result, diagnostics } = await runs['run.period']({ period: '2026' }, desk);
    expect([result, diagnostics.map((each) => each.code)]).toEqual([undefined, ['M3008']]);
  });

  it('give the periods of all of them', async () => {
    expect(await runs['run.periods']({}, deskWith(POLICY))).toEqual({
      groups: [
        { grain: 'year', periods: ['2026'] },
        { grain: 'quarter', periods: ['2026-Q2', '2026-Q3'] },
        { grain: 'month', periods: ['2026-06', '2026-07'] },
      ],
      last: '2026-07',
    });
  });

  it('are checked each by itself, and run their own tests', async () => {
    const desk = deskWith(POLICY);
    const { findings, overview } = await language['language.check']({}, desk);
    expect(findings.filter((each) => each.diagnostic.severity === 'error')).toEqual([]);
    expect(overview).toMatchObject({ name: 'half_2', tests: ['of half 1', 'of half 2'] });
    for (const test of [0, 1])
      expect((await tests['tests.run']({ test }, desk)).result).toMatchObject({ passed: true });
  });

  it('must not hold on the same days', async () => {
    const desk = deskWith([POLICY[0], version(1, 'revenue', '2026-07-31'), SHARED]);
    const { findings } = await language['language.check']({}, desk);
    const errors = findings.filter((each) => each.diagnostic.severity === 'error');
    expect(errors.map((each) => [each.diagnostic.code, each.diagnostic.span?.source])).toEqual([
      ['M1430', 'half-2.merit'],
    ]);
  });

  it('are renamed in together where they share a file', async () => {
    const at = { file: 'world.merit', offset: SHARED.text.indexOf('revenue') };
    const renamed = await editor['editor.rename']({ ...at, to: 'turnover' }, deskWith(POLICY));
    const files = 'edits' in renamed ? renamed.edits.map((each) => each.span.source) : [];
    expect(files.sort()).toEqual(['half-1.merit', 'half-2.merit', 'world.merit']);
  });
});

// What a run came to, beside the names of the policy: values, hints, lenses, hovers. All amounts are worked out by hand.

import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { runTests, textSource } from '../../src/browser.ts';
import { hintsOf } from '../../src/editor/hints.ts';
import { hoverAt } from '../../src/editor/hover.ts';
import { lensesOf } from '../../src/editor/lenses.ts';
import { openProject } from '../../src/editor/project.ts';
import { knownFigure, valuesOf } from '../../src/editor/values.ts';
import { compile, run } from '../../src/engine.ts';
import { convertPolicy } from '../../src/syntax/print.ts';
import './helpers.ts';

const TEXT = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
  effective from 2026-01-01
}
event deal {
  id: text key
  closed_on: date posts
  manager: person owner
  amount: money
}
kpi revenue "Revenue" = sum(deal.amount)
kpi mean = average(deal.amount)
role base {
  bonus commission = revenue * 10%
}
role hunter extends base {
  target revenue 100 RUB
  bonus extra = 5 RUB
}
award best { to top 1 of base by revenue, gives 7 RUB }
test "ten percent" {
  person anna { role base }
  deal { manager anna, closed_on 2026-01-10, amount 50 RUB }
  expect anna in 2026-01 { commission is 6 RUB }
}
test "nothing of nothing" {
  person anna { role base }
  expect anna in 2026-01 { commission is 0 RUB }
}
`;

const PEOPLE = `id,name,role,from
anna,Anna,hunter,2026-01-01
bob,Bob,base,2026-01-01
`;

// January: Anna 100 + 300, Bob 200; February: Anna 40
const DEALS = `id,closed_on,manager,amount
1,2026-01-05,anna,100
2,2026-01-06,anna,300
3,2026-01-07,bob,200
4,2026-02-07,anna,40
`;

const sources = [{ name: 'p.merit', text: TEXT }];
const project = openProject(sources);
const model = compile(sources).value!;
const result = (
  await run(
    {
      model,
      sources: [textSource('person', 'person.csv', PEOPLE), textSource('deal', 'deal.csv', DEALS)],
      period: '2026-01..2026-02',
    },
    createMemoryBackend({ readFile: () => Promise.reject() }),
  )
).value!;
const tests = await runTests(model);

describe('values of a run', () => {
  it('are of the company and of the person, in the period that is asked for', () => {
    const values = valuesOf(result, { period: '2026-01', person: 'anna' })!;
    const revenue = values.kpis.find(({ name }) => name === 'revenue')!;
    // 100 + 300 + 200, and of Anna 100 + 300 against 100
    expect(revenue.company?.text).toBe('600 RUB');
    expect(revenue.person).toMatchObject([
      {
        role: 'hunter',
        actual: { text: '400 RUB' },
        target: { text: '100 RUB' },
        attainment: { text: '400%' },
        status: 'green',
      },
    ]);
    // 600 over three deals; Anna's and Bob's means come to 400
    expect(values.kpis.find(({ name }) => name === 'mean')?.company?.text).toBe('200 RUB');
    expect(JSON.parse(JSON.stringify(values))).toEqual(values);
  });

  it('are those of the last period unless said, or where it is none of the run', () => {
    expect(valuesOf(result)?.period).toBe('2026-02');
    expect(valuesOf(result, { period: '2031-01' })?.period).toBe('2026-02');
    expect(valuesOf(result, { person: 'nobody' })).not.toHaveProperty('who');
    expect(valuesOf({ ...result, periods: [] })).toBeUndefined();
  });
});

it('lengths of time are said in hours, minutes and seconds', () => {
  const said = (value: string) => knownFigure({ value, type: { kind: 'duration' } }).text;
  expect(said('14400')).toBe('4 hours');
  expect(said('5400')).toBe('1 hour 30 minutes');
  // 4 * 3600 + 6 * 60 = 14760, and 16 5/9 are left
  expect(said('132989/9')).toBe('4 hours 6 minutes 16.55… seconds');
  expect(said('0.5')).toBe('0.5 seconds');
  expect(said('-3661')).toBe('-1 hour 1 minute 1 second');
  expect(said('0')).toBe('0 days');
});

/** A name of the text with the text of what is said at it. */
function said(list: readonly { readonly name: string; readonly text: string }[]) {
  return Object.fromEntries(list.map(({ name, text }) => [name, text]));
}

describe('hints', () => {
  const values = valuesOf(result, { period: '2026-01', person: 'anna' })!;

  it('stand at the ends of lines: totals, and what the person has', () => {
    const hints = hintsOf(project, 'p.merit', values);
    expect(said(hints)).toEqual({
      revenue: '600 RUB · Anna: 400 RUB',
      mean: '200 RUB',
      // 10% of 400 and of 200; the hunter has the bonus of the role that hers extends
      commission: '60 RUB · Anna: 40 RUB',
      extra: '5 RUB · Anna: 5 RUB',
    });
    for (const { at } of hints) expect(TEXT[at]).toBe('\n');
    expect(hintsOf(project, 'p.merit', undefined)).toEqual([]);
    expect(hintsOf(project, 'other.merit', values)).toEqual([]);
  });

  it('say of what nobody has that nobody is paid', () => {
    const february = valuesOf(result, { period: '2026-02' })!;
    const none = { ...february, pay: february.pay.map((each) => ({ ...each, people: 0, several: [] })) };
    const extra = hintsOf(project, 'p.merit', none).find(({ name }) => name === 'extra');
    expect(extra?.tooltip).toBe('2026-02: nobody is paid');
  });

  it('are the same in YAML', () => {
    const text = convertPolicy({ name: 'p.merit', text: TEXT }, 'yaml').value!;
    const yaml = openProject([{ name: 'p.merit.yaml', text }]);
    expect(said(hintsOf(yaml, 'p.merit.yaml', values))).toEqual(said(hintsOf(project, 'p.merit', values)));
    expect(lensesOf(yaml, 'p.merit.yaml', { values, tests }).map(({ title }) => title)).toEqual(
      lensesOf(project, 'p.merit', { values, tests }).map(({ title }) => title),
    );
  });
});

describe('lenses', () => {
  it('run tests, and say what came of them', () => {
    const titles = lensesOf(project, 'p.merit', { tests }).map(({ title }) => title);
    // 10% of 50 is 5
    expect(titles).toEqual(['Run this test', 'failed: expected 6 RUB, was 5 RUB', 'Run this test', 'passed']);
    expect(lensesOf(project, 'p.merit').map(({ title }) => title)).toEqual([
      'Run this test',
      'Run this test',
    ]);
  });

  it('say what KPIs have and what roles, bonuses and awards pay', () => {
    const values = valuesOf(result, { period: '2026-01' });
    const lenses = lensesOf(project, 'p.merit', { values }).filter(({ kind }) => kind !== 'run test');
    expect(lenses.map(({ title, span }) => `${TEXT.slice(span.start, span.end)}: ${title}`)).toEqual([
      'revenue: value now: 600 RUB (2026-01)',
      'mean: value now: 200 RUB (2026-01)',
      // Bob: 20; Anna is a hunter, and has 40 + 5 + 7
      'base: pays one person, 20 RUB (2026-01)',
      'commission: pays 2 people, 60 RUB (2026-01)',
      'hunter: pays one person, 52 RUB (2026-01)',
      'extra: pays one person, 5 RUB (2026-01)',
      'best: pays one person, 7 RUB (2026-01)',
    ]);
  });
});

describe('hovers with values', () => {
  const values = valuesOf(result, { period: '2026-01', person: 'anna' });
  const valueAt = (text: string) => hoverAt(project, 'p.merit', TEXT.indexOf(text), values)?.value;

  it('say what a name comes to', () => {
    expect(valueAt('revenue "Revenue"')).toBe(
      '2026-01: company 600 RUB; Anna 400 RUB, target 100 RUB, attainment 400%, green',
    );
    expect(valueAt('revenue * 10%')).toBe(valueAt('revenue "Revenue"'));
    expect(valueAt('commission = ')).toBe('2026-01: pays 2 people, 60 RUB; Anna 40 RUB');
    expect(valueAt('hunter extends')).toBe('2026-01: pays one person, 52 RUB; Anna 52 RUB');
    expect(valueAt('deal {')).toBeUndefined();
    expect(hoverAt(project, 'p.merit', TEXT.indexOf('revenue "'))).not.toHaveProperty('value');
  });
});

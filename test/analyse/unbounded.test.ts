// Attainments without an upper end: where arithmetic would meet one, and what keeps it from doing so.

import { describe, expect, it } from 'vitest';
import { lint } from '../../src/analyse/lint.ts';
import { HEAD, marked, modelOf, only } from './helpers.ts';

const WORLD = `${HEAD}event ticket {
  id: text key
  day: date posts
  who: person owner
  took: duration
  grade: number from 1 until 5
}
kpi flaws "Flaws" lower is better = count(ticket)
kpi grade "Grade" lower is better = average(ticket.grade)
kpi speed "Speed" lower is better { value count(ticket), attainment = 2 - actual / target }
kpi sales "Sales" = count(ticket)
curve up linear { below 50%: 0%, 50%: 0%, 150%: 100%, above: 120% }
`;

function found(bonus: string, beside = ''): readonly string[] {
  const text = `${WORLD}${beside}role seller {
  target flaws 10
  target grade 2
  target speed 10
  target sales 10
  bonus b not prorated = ${bonus}
}
role other { bonus c not prorated = 1 RUB }
`;
  return lint(modelOf(text))
    .filter(({ code }) => code === 'M1533')
    .map((each) => marked(text, each));
}

describe('is warned of where a run may stop', () => {
  it.each([
    ['5 RUB * (attainment(flaws) else 0%)', 'attainment(flaws)'],
    ['5 RUB * (max(attainment(flaws), 10%) else 0%)', 'attainment(flaws)'],
    ['5 RUB * ((attainment(flaws) else 0%) when sales > 5 otherwise 0%)', 'attainment(flaws)'],
    ['5 RUB * (attainment(flaws) else 0%) when sales > 5', 'attainment(flaws)'],
    ['1 RUB when (attainment(flaws) else 0%) * 2 > 100%', 'attainment(flaws)'],
  ])('%s', (bonus, at) => {
    expect(found(bonus)).toEqual([`M1533 ${at}`]);
  });

  it('through a `let`, at the place that goes on with it', () => {
    expect(found('5 RUB * (quality else 0%)', 'let quality = attainment(flaws)\n')).toEqual([
      'M1533 quality',
    ]);
    expect(found('5 RUB * (quality else 0%)', 'let quality = attainment(flaws) * 2\n')).toEqual([
      'M1533 attainment(flaws)',
    ]);
  });

  it('of a KPI that is such an attainment', () => {
    const kpi = 'kpi quality "Quality" = attainment(flaws) else 0%\n';
    expect(found('5 RUB when quality >= 100%', kpi)).toEqual(['M1533 attainment(flaws)']);
  });

  it('tells the way out', () => {
    const text = `${WORLD}role seller { target flaws 10, bonus b = 5 RUB * (attainment(flaws) else 0%) }`;
    const { message, severity, help } = only(text, 'M1533');
    expect(severity).toBe('warning');
    expect(message).toBe(
      '`attainment(flaws)` has no upper end where `flaws` is 0, and a run stops there: lower is better',
    );
    expect(help).toBe('say where it ends: `min(attainment(flaws), 150%)`, or read a curve');
  });
});

describe('is content', () => {
  it.each([
    ['a bound', '5 RUB * (min(attainment(flaws), 150%) else 0%)'],
    ['a bound around it', '5 RUB * min(attainment(flaws) else 0%, 150%)'],
    ['a curve', '5 RUB * (up(attainment(flaws)) else 0%)'],
    ['a comparison', '5 RUB when (attainment(flaws) else 0%) >= 100%'],
    ['a condition about the result', '5 RUB * (attainment(flaws) else 0%) when flaws > 0'],
    ['a choice about the result', '5 RUB * ((attainment(flaws) else 0%) when flaws > 0 otherwise 100%)'],
    // grades begin at 1, so their average is never 0
    ['a result that is never 0', '5 RUB * (attainment(grade) else 0%)'],
    ['an attainment of the KPI’s own', '5 RUB * (attainment(speed) else 0%)'],
    ['higher is better', '5 RUB * (attainment(sales) else 0%)'],
  ])('with %s', (_, bonus) => {
    expect(found(bonus)).toEqual([]);
  });

  it('where the role has no target, so that the attainment is missing', () => {
    const text = `${WORLD}role other { target flaws 10, bonus c = flaws * 1 RUB }
role seller { bonus b = 5 RUB * (attainment(flaws) else 0%) }`;
    expect(lint(modelOf(text)).map(({ code }) => code)).not.toContain('M1533');
  });
});

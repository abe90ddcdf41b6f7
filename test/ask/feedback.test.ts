// Feedback to a person: against targets and earlier periods, the KPI that costs most, and the next step; worked by hand,
// and as it is written out in both languages.

import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { feedbackText } from '../../src/report/feedback-text.ts';
import { feedbackSchema } from '../../src/report/seek-schema.ts';
import { type Small, toldIn } from './sought.ts';

const POLICY = `event deal {
  since 2026-01-01
  id:      text key
  on_day:  date posts
  manager: person owner
  amount:  money
}
event call {
  since 2026-01-01
  id:      text key
  on_day:  date posts
  manager: person owner
}
event request {
  since 2026-02-01
  id:      text key
  on_day:  date posts
  manager: person owner
  took:    duration
}
kpi revenue "Revenue" = sum(deal.amount)
kpi calls = count(call)
kpi answer_time "Answers" lower is better = average(request.took)
role seller {
  target revenue     1_000_000 RUB
  target calls       4
  target answer_time 2 hours
  bonus share  = revenue * 1%
  bonus plan   = 3_000 RUB when calls >= 4
}
award best { to top 1 of seller by calls
  gives badge "Caller" }
`;

const SMALL: Small = {
  policy: POLICY,
  people: 'id,name,role\nanna,Anna,seller\nboris,Boris,seller\n',
  data: {
    deal: 'id,on_day,manager,amount\nd1,2026-01-10,anna,800000\nd2,2026-02-10,anna,600000\n',
    call: 'id,on_day,manager\nc1,2026-01-10,anna\nc2,2026-02-10,anna\nc3,2026-02-11,anna\nc4,2026-02-12,anna\n',
    request: 'id,on_day,manager,took\nr1,2026-02-10,anna,01:30:00\nr2,2026-01-10,anna,03:00:00\n',
  },
};

const FEBRUARY = { person: 'anna', period: '2026-02' };

describe('feedback', () => {
  it('is about pay, targets and earlier periods', async () => {
    const told = await toldIn(SMALL, FEBRUARY);
    // 6,000 now; 8,000 in January; nothing is known of a year before
    expect(told.pay.value).toBe('6000');
    expect(told.earlier).toMatchObject([
      { which: 'previous', period: '2026-01', pay: { value: '8000' }, more: { value: '-2000' } },
    ]);
    expect(told.kpis).toMatchObject([
      {
        kpi: 'revenue',
        attainment: { value: '0.6' },
        status: 'red',
        earlier: [{ period: '2026-01', value: { value: '800000' }, is: 'worse' }],
      },
      { kpi: 'calls', attainment: { value: '0.75' }, earlier: [{ value: { value: '1' }, is: 'better' }] },
      // requests are complete from February on only
      { kpi: 'answer_time', attainment: { value: '4/3' }, earlier: [] },
    ]);
    expect(told.well).toMatchObject([
      { kind: 'improved', kpi: { kpi: 'calls' } },
      { kind: 'target reached', kpi: { kpi: 'answer_time' } },
      { kind: 'award', name: 'best' },
    ]);
  });

  it('finds the KPI that costs most, and the step that brings most for its effort', async () => {
    const told = await toldIn(SMALL, FEBRUARY);
    // at the target revenue brings 400,000 × 1% = 4,000 more, a fourth call 3,000
    expect(told.weak).toMatchObject({
      kpi: { kpi: 'revenue' },
      at: {
        missing: { value: '400000' },
        practical: { amount: { value: '10000' } },
        gain: { value: '4000' },
      },
    });
    // 3,000 for a quarter of the target is 12,000 a target; 4,000 for 40% is 10,000
    expect(told.step).toMatchObject({
      kpi: { kpi: 'calls' },
      to: { kind: 'target', missing: { value: '1' }, practical: { amount: { value: '9000' } } },
    });
  });

  it('reads well in English', async () => {
    expect(feedbackText(await toldIn(SMALL, FEBRUARY))).toBe(`Anna, seller, 2026-02

Pay: 6,000.00 RUB.
That is 2,000.00 RUB less than in 2026-01 (8,000.00 RUB).

What went well
  calls: better than in 2026-01, 1 then and 3 now.
  Answers: 1 h 30 min, the target was 2 h (133.33… %).
  “best” was won.

Where it falls short
  Revenue: 600,000.00 RUB, the target is 1,000,000.00 RUB (60 %).
  At the target pay would have been 10,000.00 RUB, 4,000.00 RUB more.

The next step
  calls: 1 more, at 4: the target.
  That brings 3,000.00 RUB more: pay would be 9,000.00 RUB.

Against earlier periods
  Revenue: 800,000.00 RUB in 2026-01, 600,000.00 RUB now: worse.
  calls: 1 in 2026-01, 3 now: better.
`);
  });

  it('reads well in Russian', async () => {
    const text = feedbackText(await toldIn(SMALL, FEBRUARY), { language: 'ru' }).replaceAll('\u00a0', ' ');
    expect(text).toContain('Это на 2 000,00 RUB меньше, чем за 2026-01 (8 000,00 RUB).');
    expect(text).toContain('Получена награда «best».');
    expect(text).toContain('calls: на 1 больше, при 4: план выполнен.');
    expect(text).toContain('При выполненном плане выплата была бы 10 000,00 RUB, на 4 000,00 RUB больше.');
    expect(text).not.toMatch(/\b(pay|more|target)\b/);
  });

  it('has the published form', async () => {
    const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(feedbackSchema());
    const told = JSON.parse(JSON.stringify(await toldIn(SMALL, FEBRUARY)));
    expect(isValid(told), JSON.stringify(isValid.errors?.slice(0, 3))).toBe(true);
    expect(isValid({ ...told, more: 1 })).toBe(false);
  });

  it('says so where there is nothing to say', async () => {
    const told = await toldIn(
      {
        ...SMALL,
        policy: POLICY.replace(/ {2}target .*\n/g, '').replace(/ {2}bonus plan.*\n/g, ''),
      },
      { person: 'boris', period: '2026-01' },
    );
    expect(told.weak).toBeUndefined();
    expect(told.step).toBeUndefined();
    expect(feedbackText(told)).toContain('The role has no targets.');
    expect(feedbackText(told)).toContain('Nothing that can be moved would bring more.');
  });
});

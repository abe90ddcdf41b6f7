// How KPIs stand before their period has ended: forecasts worked by hand, in days and in working days.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { type StandingRequest, standingOf } from '../../src/ask/standing.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { dayOf } from '../../src/base/date.ts';
import type { KpiStanding, Standing } from '../../src/model/standing.ts';
import { standingMarkdown } from '../../src/report/standing-markdown.ts';
import { standingSchema } from '../../src/report/standing-schema.ts';
import { standingLine, standingText } from '../../src/report/standing-text.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';

const POLICY = `policy small {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  since 2026-02-01
  id:      text key
  on_day:  date posts
  manager: person owner
  amount:  money
  won:     truth
}
kpi revenue "Revenue" = sum(deal.amount)
kpi deals             = count(deal)
kpi conversion        = count(deal where won) / count(deal)
kpi biggest           = max(deal.amount)
kpi growth            = revenue / revenue[previous] - 1
kpi team_sales        = revenue[team]
role seller {
  target revenue    40_000 RUB
  target deals      6
  target conversion 50%
  target biggest    8_000 RUB
  target growth     50%
  target team_sales 60_000 RUB
}
`;

const OFFICE = `calendar office {
  work    monday to friday 09:00 to 18:00
  holiday 2026-03-09
}
`;

const PEOPLE = `id,name,role,team,from
anna,Anna,seller,north,2026-01-01
boris,Boris,seller,north,2026-03-06
vera,Vera,seller,south,2026-03-20
`;

const DEALS = `id,on_day,manager,amount,won
d0,2026-02-10,anna,20000,true
d1,2026-03-03,anna,7000,true
d2,2026-03-10,anna,3000,false
d3,2026-03-07,boris,1000,true
`;

async function standing(
  asked: Partial<StandingRequest> & { readonly policy?: string; readonly deals?: string } = {},
): Promise<Standing> {
  const { policy = POLICY, deals = DEALS, ...more } = asked;
  const backend = createMemoryBackend({
    readFile: () => {
      throw new Error('no files');
    },
  });
  const sources = [csvSource('person', PEOPLE), csvSource('deal', deals)];
  const request = { model: modelOf(policy), sources, period: '2026-03', ...more };
  const { value, diagnostics } = await standingOf(request, backend);
  if (!value) throw new Error(JSON.stringify(diagnostics));
  return value;
}

function kpi({ kpis }: Standing, person: string, name: string): KpiStanding {
  return kpis.find((each) => each.person === person && each.kpi === name)!;
}

const ahead = (each: KpiStanding) => each.forecast?.actual.value;
const attained = ({ forecast }: KpiStanding) => {
  const attainment = forecast?.attainment;
  return attainment === 'top' ? 'top' : attainment?.value;
};

describe('a forecast in days', () => {
  it('takes sums and counts as many times as all days are those that have passed', async () => {
    const found = await standing();
    // the last row is of March 10: 10 of 31 days
    expect(found.pace).toEqual({ today: '2026-03-10', passed: 10, all: 31 });
    // 10,000 * 31/10 = 31,000; 31,000 / 40,000 = 77.5%
    const revenue = kpi(found, 'anna', 'revenue');
    expect([revenue.actual.value, ahead(revenue), attained(revenue)]).toEqual(['10000', '31000', '0.775']);
    expect([revenue.status, revenue.forecast?.status, revenue.expected]).toEqual(['red', 'red', 'red']);
    // 30,000 are missing, in 21 days: 10,000/7 a day
    expect(revenue.left).toMatchObject({
      days: 21,
      amount: { value: '30000' },
      perDay: { value: '10000/7' },
    });
    // 2 * 31/10 = 6.2 of 6
    const deals = kpi(found, 'anna', 'deals');
    expect([ahead(deals), deals.status, deals.expected]).toEqual(['6.2', 'red', 'green']);
    expect(deals.left).toBeUndefined();
  });

  it('keeps ratios and bounds, and works formulas out of what it has', async () => {
    const found = await standing();
    expect(ahead(kpi(found, 'anna', 'conversion'))).toBe('0.5');
    expect(ahead(kpi(found, 'anna', 'biggest'))).toBe('7000');
    // 31,000 / 20,000 - 1, where the whole of February stays
    expect(ahead(kpi(found, 'anna', 'growth'))).toBe('0.55');
    // (7,000 + 3,000 + 1,000) * 31/10
    expect(ahead(kpi(found, 'anna', 'team_sales'))).toBe('34100');
  });

  it('counts the days of the role', async () => {
    const found = await standing();
    // from March 6: 5 of 26 days; 1,000 * 26/5 = 5,200
    expect(ahead(kpi(found, 'boris', 'revenue'))).toBe('5200');
    // nothing has passed of Vera's days, so there is nothing to go by
    const vera = kpi(found, 'vera', 'revenue');
    expect([vera.forecast, vera.expected, vera.left]).toEqual([undefined, 'open', undefined]);
  });

  it('goes by the day that is asked for, where no row is dated after it', async () => {
    // 10,000 * 31/20 = 15,500
    const later = await standing({ today: dayOf(2026, 3, 20) });
    expect([later.pace?.today, ahead(kpi(later, 'anna', 'revenue'))]).toEqual(['2026-03-20', '15500']);
    const earlier = await standing({ today: dayOf(2026, 3, 5) });
    expect(earlier.pace).toEqual({ today: '2026-03-10', asked: '2026-03-05', passed: 10, all: 31 });
  });

  it('says why there is none', async () => {
    expect((await standing({ today: dayOf(2026, 3, 31) })).noForecast).toBe('over');
    expect((await standing({ period: '2026-02' })).noForecast).toBeUndefined();
    expect((await standing({ period: '2026-04' })).noForecast).toBe('no rows');
    expect((await standing({ period: '2026-04', today: dayOf(2026, 3, 10) })).noForecast).toBe('not begun');
  });
});

describe('a forecast in working days', () => {
  it('counts those of the only calendar', async () => {
    const found = await standing({ policy: `${POLICY}${OFFICE}` });
    // March 2026 has 22 days from Monday to Friday, of which one is off; until the 10th: 2, 3, 4, 5, 6 and 10
    expect(found.pace).toEqual({ today: '2026-03-10', calendar: 'office', passed: 6, all: 21 });
    // 10,000 * 21/6 = 35,000
    expect(ahead(kpi(found, 'anna', 'revenue'))).toBe('35000');
    // from Friday the 6th: 2 of 17; 1,000 * 17/2
    expect(ahead(kpi(found, 'boris', 'revenue'))).toBe('8500');
  });

  it('counts all days where there are several calendars', async () => {
    const found = await standing({ policy: `${POLICY}${OFFICE}${OFFICE.replace('office', 'shop')}` });
    expect(found.pace).toEqual({ today: '2026-03-10', passed: 10, all: 31 });
  });
});

describe('what is said', () => {
  it('counts how KPIs are expected to end, of all or of one', async () => {
    const found = await standing();
    const { green, amber, red, open } = found.counts;
    expect(green + amber + red + open).toBe(found.kpis.length);
    const one = await standing({ person: 'anna', kpi: 'deals' });
    expect([one.kpis.length, one.counts]).toEqual([1, { green: 1, amber: 0, red: 0, open: 0 }]);
  });

  it('refuses somebody who has no role then', async () => {
    await expect(standing({ person: 'ana' })).rejects.toThrow(/M3060.*anna/);
  });

  it('is a line, a text and a table', async () => {
    const found = await standing({ person: 'anna' });
    // revenue 77.5% and team_sales 34,100/60,000 are red; biggest 7,000/8,000 is amber; the rest is green
    expect(standingLine(found)).toBe(
      'small 2026-03: 2 red, 1 amber, 3 green of 6 KPIs, expected on 2026-03-31\n',
    );
    const text = standingText(found);
    expect(text).toContain(
      'Forecast for 2026-03-31 at the pace until 2026-03-10: 10 of 31 days have passed.',
    );
    expect(text.replace(/ +/g, ' ')).toContain('31,000.00 RUB 77.5 % red 30,000.00 RUB 1,428.57… RUB\n');
    expect(text).toContain('green (red so far)');
    const markdown = standingMarkdown(found);
    expect(markdown).toContain('| --- | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: |');
    expect(markdown).toContain('🔴 red');
  });

  it('has names that do nothing in Markdown', async () => {
    const policy = POLICY.replace('"Revenue"', '"<img src=x> [a](http://b) | @c"');
    const markdown = standingMarkdown(await standing({ policy }));
    expect(markdown).not.toContain('<img');
    expect(markdown).not.toMatch(/\[a\]\(/);
    expect(markdown).not.toMatch(/@c/);
    expect(markdown).not.toMatch(/[^\\]\| @|\) \| @/);
  });

  it('fits the published schema', async () => {
    const schema = standingSchema();
    const committed = new URL('../../schemas/merit.status.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(schema);
    const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
    for (const each of [await standing(), await standing({ period: '2026-04' })])
      expect([isValid(JSON.parse(JSON.stringify(each))), isValid.errors]).toEqual([true, null]);
  });
});

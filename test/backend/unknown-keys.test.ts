// References to rows that aren't there: told by both backends, with how many there are and the first of the file.

import { describe, expect, it } from 'vitest';
import { type SmallRun, tryPolicy } from '../evaluate/run-policy.ts';

const POLICY = `
event deal {
  since 2026-01-01
  id:   text key
  day:  date posts
  who:  person owner
}
event visit {
  number: number key
  day:    date posts
  who:    person owner
}
event payment {
  since 2026-01-01
  id:     text key
  day:    date posts
  who:    person owner
  deal:   deal?
  visit:  visit?
  amount: money
}
kpi paid = sum(payment.amount)
role r { bonus b = paid * 10% }`;

const RUN: SmallRun = {
  policy: POLICY,
  people: 'id,role,from,until\nann,r,2025-01-01,',
  period: '2026-02',
  data: {
    // before `since`, and so in no figure: what refers to it finds it all the same
    deal: 'id,day,who\nd1,2025-12-01,ann\nd2,2026-02-01,ann',
    visit: 'number,day,who\n1,2026-02-01,ann\n2.50,2026-02-01,ann',
    payment: `id,day,who,deal,visit,amount
      p1,2026-02-01,ann,d1,1.0,10
      p2,2026-02-02,ann,d9,2.5,10
      p3,2026-02-03,ann,,3,10
      p4,2026-01-03,ann,d8,,10
      p5,2025-12-03,ann,d7,,10`,
  },
};

async function said(run: SmallRun, backend: 'memory' | 'duckdb'): Promise<readonly string[]> {
  const { diagnostics } = await tryPolicy({ ...run, backend });
  const about = diagnostics.filter(({ code }) => code === 'M2124');
  return about.map(({ severity, message, data }) => `${severity} ${message} (${data?.file} ${data?.column})`);
}

describe.each(['memory', 'duckdb'] as const)('references to nothing on %s', (backend) => {
  it('are counted by field, rows before `since` and empty cells aside', async () => {
    // d9 and d8; p5 lies before `since`, p3 refers to no deal; 1.0 is 1 and 2.5 is 2.50
    expect(await said(RUN, backend)).toEqual([
      "warning `payment.deal` refers to a `deal` that isn't there, in 2 rows: first `d9` in row 3 (payment.csv deal)",
      "warning `payment.visit` refers to a `visit` that isn't there, in 1 row: first `3` in row 4 (payment.csv visit)",
    ]);
  });

  it('are those to rejected rows too', async () => {
    const deal = `${RUN.data!.deal}\nd9,2026-02-01,nobody\nd8,2026-02-01,ann`;
    const run = { ...RUN, data: { ...RUN.data, deal }, allowRejects: true };
    expect(await said(run, backend)).toEqual([
      "warning `payment.deal` refers to a `deal` that isn't there, in 1 row: first `d9` in row 3 (payment.csv deal)",
      "warning `payment.visit` refers to a `visit` that isn't there, in 1 row: first `3` in row 4 (payment.csv visit)",
    ]);
  });

  it('aren’t said where all are there', async () => {
    const payment = 'id,day,who,deal,visit,amount\np1,2026-02-01,ann,d1,1,10';
    expect(await said({ ...RUN, data: { ...RUN.data, payment } }, backend)).toEqual([]);
  });
});

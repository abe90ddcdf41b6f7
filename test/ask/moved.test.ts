// What one row of an event moved: the amounts, and what passed the change on. Worked by hand.

import { describe, expect, it } from 'vitest';
import { explainEvent } from '../../src/ask/moved.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import type { EventExplanation } from '../../src/model/event-explanation.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';
import { misformed } from './said.ts';

const POLICY = `policy sales {
  currency RUB
  timezone "Europe/Moscow"
  period   month
}

event deal {
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money
  status:    won | cancelled
}

kpi revenue = sum(deal.amount where status is won)
kpi kept    = count(deal where status is won) / count(deal)

rates ladder whole {
  from 0 RUB:    1%
  from 1000 RUB: 2%
}

role seller {
  gate (kept else 0%) >= 50%
  bonus commission           = ladder(revenue)
  bonus fixed      gated     = 100 RUB
  bonus place      not prorated = 50 RUB when (rank(revenue) else 9) is 1
  bonus growth     not prorated = 10 RUB when revenue > (revenue[previous] else 0 RUB)
}

role head {
  bonus share = revenue[company] * 1%
}

award best {
  to    top 1 of seller by revenue
  gives 30 RUB
}
`;

const PEOPLE = `id,name,role
anna,Anna,seller
boris,Boris,seller
olga,Olga,head`;

const moves = async (deals: string, key: string, period = '2026-01'): Promise<EventExplanation> => {
  const model = modelOf(POLICY);
  const sources = [
    csvSource('person', PEOPLE),
    csvSource('deal', `id,closed_on,manager,amount,status\n${deals}`),
  ];
  const open = async () => createMemoryBackend({ readFile: () => Promise.reject(new Error('no files')) });
  const { value, diagnostics } = await explainEvent({ model, sources, event: 'deal', key, period }, open);
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  expect(misformed(value)).toEqual([]);
  return value!;
};

/** `person line: without -> with, way, through`. */
const lines = ({ moved }: EventExplanation): readonly string[] =>
  moved
    .filter(({ what }) => what === 'line')
    .map(({ period, person, of, without, with: after, way, through = [] }) => {
      const text = (each: typeof after): string =>
        each === undefined ? 'none' : each === 'top' ? 'top' : each.value!;
      const kinds = [...new Set(through.map(({ kind }) => kind))].join(', ');
      return `${period} ${person} ${of}: ${text(without)} -> ${text(after)}, ${way}${kinds ? ` (${kinds})` : ''}`;
    });

describe('what an event moved', () => {
  it('is told of everybody whom it touched, directly or at second hand', async () => {
    // Boris has 600, Anna 500 and with A2 600 more, which is 1,100: 2% of all, the first place, and the company 1,700
    const found = await moves(
      'A1,2026-01-05,anna,500,won\nA2,2026-01-06,anna,600,won\nB1,2026-01-07,boris,600,won',
      'A2',
    );
    expect(found.row).toBe(3);
    expect(found.credited).toEqual([{ person: 'anna', role: 'seller', share: '1' }]);
    expect(lines(found)).toEqual([
      // 500 × 1% = 5; 1,100 × 2% = 22, as a tier was reached
      '2026-01 anna commission: 5 -> 22, second hand (tier, figure)',
      '2026-01 anna place: 0 -> 50, second hand (condition, rank, figure)',
      '2026-01 anna best: none -> 30, second hand (award, figure)',
      '2026-01 boris place: 50 -> 0, second hand (condition, rank, figure of others)',
      '2026-01 boris best: 30 -> none, second hand (award, figure of others)',
      // 1,100 × 1% = 11; 1,700 × 1% = 17
      '2026-01 olga share: 11 -> 17, second hand (figure of others)',
    ]);
    const pay = found.moved.filter(({ what }) => what === 'pay');
    // Anna: 5 + 100 + 0 + 10 = 115; 22 + 100 + 50 + 10 + 30 = 212
    expect(pay.map(({ person, delta }) => `${person} ${delta?.value}`)).toEqual([
      'anna 97',
      'boris -80',
      'olga 6',
    ]);
  });

  it('is direct where only the own result passed it on', async () => {
    const found = await moves(
      'A1,2026-01-05,anna,100,won\nA2,2026-01-06,anna,50,won\nB1,2026-01-07,boris,600,won',
      'A2',
    );
    expect(lines(found)[0]).toBe('2026-01 anna commission: 1 -> 1.5, direct (figure)');
  });

  it('is at second hand where a cancelled deal keeps a gate from being passed', async () => {
    // one of three is won with it, one of two without
    const found = await moves(
      'A1,2026-01-05,anna,100,won\nA2,2026-01-06,anna,50,cancelled\nA3,2026-01-06,anna,50,cancelled',
      'A3',
    );
    expect(lines(found)).toEqual(['2026-01 anna fixed: 100 -> 0, second hand (gate, figure)']);
    expect(found.moved.find(({ what }) => what === 'gate')).toMatchObject({
      without: { value: 'true' },
      with: { value: 'false' },
    });
  });

  it('goes on into later periods', async () => {
    // February has 100 more than January's 100 without A2, and less than its 300 with it
    const deals = 'A1,2026-01-05,anna,100,won\nA2,2026-01-06,anna,200,won\nA3,2026-02-06,anna,200,won';
    const found = await moves(deals, 'A2', '2026-01..2026-02');
    expect(lines(found).filter((each) => each.includes('growth'))).toEqual([
      '2026-02 anna growth: 10 -> 0, second hand (condition, figure)',
    ]);
  });

  it('is nothing where nobody is paid by it', async () => {
    const found = await moves(
      'A1,2026-01-05,anna,100,won\nA2,2026-01-06,boris,0,won\nA3,2026-01-07,boris,10,won',
      'A2',
    );
    expect(found.moved.filter(({ what }) => what === 'pay')).toEqual([]);
  });

  it('says when there is no such row or event', async () => {
    const model = modelOf(POLICY);
    const sources = [
      csvSource('person', PEOPLE),
      csvSource('deal', 'id,closed_on,manager,amount,status\nA1,2026-01-05,anna,1,won'),
    ];
    const open = async () => createMemoryBackend({ readFile: () => Promise.reject(new Error('no files')) });
    const asked = { model, sources, event: 'deal', key: 'A11', period: '2026-01' };
    const row = await explainEvent(asked, open);
    expect(row.diagnostics).toMatchObject([
      { code: 'M3066', message: 'there is no `deal` with the key `A11` in deal.csv' },
    ]);
    const event = await explainEvent({ ...asked, event: 'call' }, open);
    expect(event.diagnostics).toMatchObject([{ code: 'M3066', help: 'its events are `deal`' }]);
  });
});

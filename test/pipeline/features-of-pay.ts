// Features of tables, fiscal calendars, pay, awards, points and pools.

import { type Feature, kpi } from './feature.ts';
import type { BoundParts } from './policy-parts.ts';

export const OF_PAY: Readonly<Record<string, Feature>> = {
  // ---- tables
  'on all': ({ draw }) => ({
    rates: [
      {
        name: 'f_mixed',
        kind: 'marginal',
        entries: [
          ['from 0 RUB', `${draw.int(1, 9)}%`],
          [`from ${draw.int(50, 300)} RUB`, `${draw.int(5, 20)}% on all`],
          [`above ${draw.int(301, 900)} RUB`, `${draw.int(5, 20)}%`],
        ],
      },
    ],
    paid: draw.pick(['f_mixed(revenue)', 'f_mixed(revenue[team])', 'f_mixed(100 RUB, after revenue)']),
    prorated: false,
  }),
  amounts: ({ draw }) => ({
    amounts: [
      {
        name: 'f_steps',
        entries: [
          ['from 0 RUB until 100 RUB', `${draw.int(1, 90)} RUB`],
          [`above 100 RUB until ${draw.int(200, 900)} RUB`, `${draw.int(1, 90)} RUB`],
        ],
      },
    ],
    paid: draw.pick(['f_steps(revenue)', '(f_steps(middle) else 0 RUB)']),
    prorated: false,
  }),
  'after and of': ({ draw }) => ({
    paid: draw.pick([
      'ladder(revenue, after wide)',
      '(ladder(revenue[previous], after revenue) else 0 RUB)',
      'revenue * flat.rate(revenue)',
    ]),
    prorated: false,
  }),
  grid: ({ draw }) => ({
    grids: [
      {
        name: 'f_grid',
        by: 'share_of_team, size',
        columns: `from 0 RUB | above ${draw.int(1, 200)} RUB | from ${draw.int(201, 900)} RUB`,
        rows: [
          ['from 0%', '10% | 11.5% | 12%'],
          [`above ${draw.int(1, 90)}%`, '1/3 | -1% | 14%'],
        ],
      },
    ],
    paid: draw.pick([
      'revenue * (f_grid(part, revenue) else 1%)',
      '100 RUB * f_grid(revenue of 500 RUB, revenue)',
    ]),
    prorated: false,
  }),
  'grid on rows': ({ draw }) => ({
    grids: [
      {
        name: 'f_cells',
        by: 'state, margin, size',
        columns: `from 0 RUB | above ${draw.int(1, 400)} RUB`,
        rows: [
          ['won, from 0%', '10% | 11%'],
          ['won, above 20%', '12% | 13%'],
          ['otherwise, from 0%', '1% | 2%'],
        ],
      },
    ],
    dealComputed: [['cell', 'f_cells(status, margin of amount, amount)']],
    kpis: [kpi('f_celled', 'sum((deal.amount * (deal.cell else 0%)))')],
    paid: 'f_celled',
  }),
  'rates on rows': ({ draw }) => ({
    dealComputed: [['fee', draw.pick(['ladder(amount)', 'flat(amount)', 'amount * flat.rate(amount)'])]],
    kpis: [kpi('f_fee', 'sum(deal.fee)')],
    paid: 'f_fee',
  }),
  'curve that jumps': ({ draw }) => ({
    curves: [
      {
        name: 'f_jump',
        kind: 'linear',
        entries: [
          ['below 20%', '0%'],
          ['20%', '30%'],
          ['up to 50%', '40%'],
          ['50%', `${draw.int(41, 90)}%`],
          ['above', draw.pick(['1% more per 2%', '1% more per full 10%', '120%'])],
        ],
      },
    ],
    paid: '100 RUB * (f_jump(min(attainment(revenue), 900%)) else 5%)',
    prorated: false,
  }),
  'curve of words': () => ({
    curves: [
      {
        name: 'f_words',
        kind: 'steps',
        entries: [
          ['below 50%', 'bronze'],
          ['50%', 'silver'],
          ['120%', 'gold'],
        ],
      },
    ],
    paid: '(100 RUB when (f_words(min(attainment(revenue) else 0%, 900%)) down 1) >= person.medal otherwise 7 RUB)',
    prorated: false,
  }),

  // ---- fiscal calendars
  'window of a fiscal year': ({ draw }) => ({
    paid: `(revenue[${draw.pick(['', 'team, ', 'company, '])}trailing ${draw.int(1, 3)} months of retail] else 0 RUB)`,
    prorated: false,
  }),

  // ---- pay
  'per event': ({ draw }) => ({
    per: 'deal',
    paid: draw.pick([
      'ladder(deal.amount) * share',
      'ladder(deal.amount * share)',
      'ladder(deal.amount, after before(deal.amount)) * share',
      'deal.amount * 10% * share * (score else 50%)',
    ]),
    ...(draw.rarely(2) && { clauses: [{ key: 'first', text: `first ${draw.int(1, 4)}` }] }),
  }),
  'freed by payments': () => ({
    per: 'deal',
    paid: 'deal.amount * 10% * share',
    clauses: [{ key: 'payable', text: 'payable as payment.amount of amount' }],
  }),
  'parts and holds': ({ draw, period }) => ({
    paid: 'revenue * 7%',
    clauses: [
      ...(period.startsWith('month')
        ? [
            draw.pick([
              { key: 'pays', text: `pays in ${draw.int(2, 4)} monthly parts` },
              { key: 'pays', text: 'pays 1 month later' },
              { key: 'holds', text: `holds ${draw.int(1, 50)}% for 2 months` },
            ]),
            ...(draw.rarely(2) ? [{ key: 'forfeited_on_leaving', text: 'forfeited on leaving' }] : []),
          ]
        : []),
      ...(draw.rarely(2) ? [{ key: 'while_employed', text: 'while employed' }] : []),
    ],
  }),
  'floors and carried caps': ({ draw }) => ({
    paid: 'revenue * 20%',
    clauses: [{ key: 'floor', text: `floor ${draw.int(1, 90)} RUB` }],
    bounds: draw.pick<readonly BoundParts[]>([
      [{ kind: 'cap', text: `${draw.int(50, 300)} RUB carry excess` }],
      [{ kind: 'floor', text: `${draw.int(50, 300)} RUB` }],
      [{ kind: 'floor', text: `${draw.int(50, 300)} RUB in all` }],
    ]),
    ofPolicy: draw.pick<readonly BoundParts[]>([
      [],
      [{ kind: 'cap', text: `${draw.int(300, 900)} RUB` }],
      [{ kind: 'floor', text: `${draw.int(20, 90)} RUB` }],
    ]),
  }),
  draws: ({ draw }) => {
    const text = draw.pick([
      '90 RUB',
      '120 RUB recoverable',
      '200 RUB recoverable for 3 months',
      '150 RUB recoverable recovered from month 2 at 50%',
    ]);
    return {
      paid: 'revenue * 10%',
      ...(draw.rarely(3) ? { ofPolicy: [{ kind: 'draw', text }] } : { bounds: [{ kind: 'draw', text }] }),
    };
  },

  // ---- people among people
  award: ({ draw }) => ({
    paid: 'revenue * 1%',
    blocks: [
      {
        word: 'award',
        section: 'awards',
        name: 'b_award_best',
        entries: [
          [
            'to',
            `top ${draw.int(1, 3)} of ${draw.pick(['seller', 'hunter', 'seller only'])} by ${draw.pick(['revenue', 'growth', 'clients'])}${draw.pick(['', ' with zero'])}${draw.pick(['', ' then by deals'])}${draw.pick(['', ' split among ties'])}`,
          ],
          ...(draw.rarely(3) ? [['when', 'revenue > 100 RUB'] as const] : []),
          ['gives', `${draw.int(1, 99)}.01 RUB and badge "Best"`],
        ],
      },
    ],
  }),
  'award of a streak': ({ draw }) => ({
    paid: 'revenue * 1%',
    blocks: [
      {
        word: 'award',
        section: 'awards',
        name: 'b_award_of_a_streak_run',
        entries: [
          ['to', 'seller'],
          ['when', `(streak(revenue > 0 RUB) else 0) is ${draw.int(1, 3)}`],
          ['gives', `${draw.int(1, 99)} RUB and training "Key accounts"`],
        ],
      },
    ],
  }),
  'points and levels': ({ draw, period }) => ({
    paid: `${draw.pick(['points', ...(period.startsWith('month') ? ['points[trailing 3 months]'] : [])])} * 1 RUB`,
    prorated: false,
    blocks: [
      {
        word: 'award',
        section: 'awards',
        name: 'busy',
        entries: [
          ['to', 'seller'],
          ['when', 'deals > 0'],
          ['gives', `points ${draw.int(1, 100)}`],
        ],
      },
      {
        word: 'level',
        section: 'levels',
        name: 'known',
        entries: [
          ['to', 'seller'],
          ['when', 'points >= 50'],
        ],
      },
    ],
  }),
  pool: ({ draw }) => ({
    paid: 'f_gift',
    prorated: false,
    blocks: [
      {
        word: 'pool',
        section: 'pools',
        name: 'f_gift',
        value: draw.pick(['10% * revenue[company]', '100.01 RUB']),
        entries: [
          ['to', 'seller'],
          ...(draw.rarely(2) ? [['when', 'deals > 0'] as const] : []),
          ['shared', draw.pick(['equally', 'by deals', 'by revenue'])],
        ],
      },
    ],
  }),
};

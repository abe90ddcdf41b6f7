// Features of currencies, penalties, and bounds over longer times.

import { type Feature, kpi } from './feature.ts';

export const OF_MONEY: Readonly<Record<string, Feature>> = {
  // `day` may be empty, of rows that then belong to no period
  'converted rows': ({ draw }) => ({
    dealComputed: [
      ['f_in', `convert(amount, to ${draw.pick(['USD', 'EUR'])}, at (paid_on else 2026-01-01))`],
      ['f_back', 'convert(f_in, to RUB, at 2026-02-10)'],
    ],
    kpis: [kpi('f_abroad', 'sum(deal.f_back where is_won)')],
    paid: 'f_abroad * 7%',
  }),
  'converted figures': ({ draw }) => ({
    paid: `convert(convert(revenue, to ${draw.pick(['USD', 'EUR'])}, at period.start), to RUB, at period.end) * 3%`,
  }),
  'paid in another currency': ({ draw }) => ({
    paid: 'revenue * 3%',
    clauses: [{ key: 'pays', text: `pays in ${draw.pick(['USD', 'EUR', 'JPY'])}` }],
  }),
  'paid at posting': ({ draw }) => ({
    per: 'deal',
    paid: 'deal.amount * 3% * share',
    clauses: [{ key: 'pays', text: `pays in ${draw.pick(['USD', 'EUR', 'JPY'])} at posting` }],
  }),
  penalty: ({ draw }) => ({ paid: `flaws * (-${draw.int(1, 40)} RUB)` }),
  'longer bounds': ({ draw, longer }) => {
    if (longer.length === 0) return { paid: 'revenue * 11%' };
    const per = `per ${draw.pick(longer)}`;
    return {
      paid: 'revenue * 11%',
      bounds: draw.pick([
        [],
        [{ kind: 'cap' as const, text: `${draw.int(50, 400)} RUB ${per} in all` }],
        [{ kind: 'cap' as const, text: `${draw.int(50, 400)} RUB ${per} in all carry excess` }],
        [{ kind: 'floor' as const, text: `${draw.int(50, 400)} RUB ${per} in all` }],
      ]),
      ofPolicy: draw.pick([
        [{ kind: 'cap' as const, text: `${draw.int(100, 900)} RUB ${per}` }],
        [{ kind: 'cap' as const, text: `${draw.int(100, 900)} RUB ${per} carry excess` }],
        [{ kind: 'floor' as const, text: `${draw.int(20, 300)} RUB ${per}` }],
      ]),
    };
  },
};

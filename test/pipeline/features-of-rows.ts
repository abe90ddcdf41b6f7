// Features of rows, credit, measures, scopes and windows.

import { type Feature, kpi } from './feature.ts';

export const OF_ROWS: Readonly<Record<string, Feature>> = {
  // ---- rows of other events and credit
  reference: ({ draw }) => ({
    paymentComputed: [
      ['of_client', 'deal.client else "nobody"'],
      ['rest', 'amount - (deal.cost else 0 RUB)'],
    ],
    kpis: [
      kpi(
        'f_reference',
        draw.pick([
          'sum(payment.amount where (deal.status is won) else false)',
          'sum(payment.rest where of_client is not "nobody")',
          'count(distinct payment.of_client) * 10 RUB',
          'sum(payment.amount where (deal.who is person.id) else true)',
        ]),
      ),
    ],
    paid: 'f_reference',
  }),
  'through a person': ({ draw }) => ({
    dealComputed: [['of_lead', draw.pick(['(who.lead.region else "")', '(who.region else "")'])]],
    kpis: [kpi('f_through', 'sum(deal.amount where of_lead is "South")')],
    paid: 'f_through',
  }),
  'look-back': ({ draw }) => ({
    dealComputed: [
      [
        'returned',
        draw.pick([
          'sum(payment.amount of this)',
          'sum(payment.amount of this where amount > 50 RUB)',
          '(max(payment.amount of this) else 1 RUB)',
          '(last(payment.amount of this) else 2 RUB)',
        ]),
      ],
      ['payments', 'count(payment of this)'],
    ],
    kpis: [
      kpi(
        'f_look_back',
        draw.pick([
          'sum(deal.returned)',
          'sum(deal.amount where payments > 0)',
          'sum(deal.returned where is_won)',
        ]),
      ),
    ],
    paid: 'f_look_back',
  }),
  'nearby rows': ({ draw }) => ({
    callComputed: [
      [
        'again',
        `exists(call of client within ${draw.int(1, 40)} days ${draw.pick(['after', 'before'])} at) else false`,
      ],
      ['deals_before', `count(deal of client within ${draw.int(1, 90)} days before at) else 0`],
    ],
    kpis: [kpi('f_within', draw.pick(['count(call where again)', 'sum(call.deals_before)']))],
    paid: 'f_within * 10 RUB',
  }),
  'leads above': ({ draw }) => ({
    extraCredit: [`to person.leads ${draw.pick(['5%', '1/3'])} extra ${draw.pick(['', 'also '])}as above`],
    kpis: [
      kpi('f_leads', draw.pick(['sum(deal.amount as above)', 'count(deal as above where is_won) * 9 RUB'])),
    ],
    paid: 'f_leads',
  }),
  share: () => ({
    kpis: [kpi('f_share', 'sum(deal.amount where share > 25%)')],
    paid: 'f_share',
  }),

  // ---- measures
  percentile: ({ draw }) => ({
    kpis: [kpi('f_percentile', `percentile(deal.amount, ${draw.pick(['90%', '1/3', '50%', '100%'])})`)],
    paid: '(f_percentile else 0 RUB)',
  }),
  'first and last': ({ draw }) => ({
    kpis: [
      kpi('f_first', `${draw.pick(['first', 'last'])}(deal.amount${draw.pick(['', ' where is_won'])})`),
      kpi('f_last', 'last(deal.client)'),
    ],
    paid: draw.pick([
      '(f_first else 0 RUB)',
      '(f_first[team] else 0 RUB)',
      '(10 RUB when ((f_last is "A") else false) otherwise 1 RUB)',
    ]),
    prorated: false,
  }),
  'last of each': ({ draw }) => ({
    kpis: [kpi('f_each', `${draw.pick(['first', 'last'])}(deal.amount each client)`)],
    paid: draw.pick(['(f_each else 0 RUB)', '(f_each[team] else 0 RUB)', '(f_each[company] else 0 RUB)']),
  }),
  'another date': ({ draw }) => ({
    kpis: [
      kpi(
        'f_date',
        draw.pick([
          'sum(deal.amount by paid_on where paid_on exists)',
          'sum(call.flaws by done_at where done_at exists) * 1 RUB',
          'count(distinct deal.client by paid_on where paid_on exists) * 20 RUB',
        ]),
      ),
    ],
    paid: draw.pick(['f_date', 'f_date[team]', '(f_date[previous] else 0 RUB)']),
  }),
  'working time': ({ draw }) => ({
    kpis: [
      kpi(
        'f_working',
        draw.pick([
          'sum(working_time(call.at, call.done_at, office) where done_at exists)',
          'average(working_time(call.at, call.done_at, office) where done_at exists)',
          'max(working_time(call.at, call.done_at, office) where done_at exists)',
        ]),
        { lower: true },
      ),
    ],
    paid: '((f_working / 1 hour) else 0) * 10 RUB',
    prorated: false,
  }),

  'known times': ({ draw }) => ({
    known: true,
    kpis: [
      kpi(
        'f_known',
        draw.pick(['last(deal.amount)', 'first(deal.amount)', 'sum(deal.amount where is_first)']),
      ),
    ],
    paid: '(f_known else 0 RUB)',
  }),

  // ---- scopes and windows
  reports: ({ draw }) => ({
    paid: draw.pick([
      'revenue[reports]',
      'clients[reports] * 10 RUB',
      '(revenue[reports, ytd] else 0 RUB)',
      '(revenue[reports, previous] else 0 RUB)',
      '((target(revenue[reports])) else 0 RUB)',
      '(check[reports] else 0 RUB)',
    ]),
    prorated: false,
  }),
  'by attribute': ({ draw }) => ({
    paid: draw.pick([
      'revenue[by person.region]',
      'clients[by person.region] * 10 RUB',
      '(revenue[by person.region, ytd] else 0 RUB)',
      '(check[by person.region] else 0 RUB)',
      '((target(revenue[by person.region])) else 0 RUB)',
    ]),
    prorated: false,
  }),
  'window of a window': ({ draw }) => ({
    kpis: [kpi('f_window', `revenue[${draw.pick(['previous', 'previous 2'])}]`)],
    paid: draw.pick([
      '(f_window[previous] else 0 RUB)',
      '100 RUB * (growth[previous] else 0%)',
      '(f_window[same period last year] else 3 RUB)',
      '(f_window[team] else 3 RUB)',
    ]),
    prorated: false,
  }),
};

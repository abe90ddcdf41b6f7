// Features of the past, other people, people's days and targets.

import { type Feature, kpi, money, ofPeriods } from './feature.ts';

export const OF_PEOPLE: Readonly<Record<string, Feature>> = {
  // ---- the past and other people
  previous: ({ draw }) => ({
    paid: draw.pick([
      '(previous(revenue) else 3 RUB)',
      '(previous(revenue / (deals + 1)) else 3 RUB)',
      '100 RUB * (previous(attainment(revenue)) else 3%)',
      '(previous(revenue[team]) else 3 RUB)',
    ]),
    prorated: false,
  }),
  'each period': (world) => ({
    kpis: [
      kpi(
        'f_months',
        `${world.draw.pick(['average', 'sum', 'max', 'median', 'min'])}(revenue each ${world.period})`,
      ),
    ],
    paid: `(f_months[${ofPeriods(world)}] else 0 RUB)`,
  }),
  'true-up': (world) => {
    if (world.period === 'week') return { paid: '(revenue[trailing 2 weeks] else 0 RUB) / 3' };
    return {
      paid: `(ladder(revenue[ytd]) else 0 RUB) - (sum(SELF each earlier ${world.period})[ytd] else 0 RUB)`,
      prorated: false,
    };
  },
  balance: ({ draw }) => ({
    lets: [
      {
        name: 'f_balance',
        value: `round((previous(f_balance) else 0 RUB) * ${draw.int(50, 110)}% + revenue to 0.01 RUB)`,
      },
    ],
    paid: 'f_balance',
    prorated: false,
  }),
  streak: ({ draw }) => ({
    paid: `(streak(${draw.pick(['revenue >= 1 RUB', 'attainment(revenue) >= 50%', 'deals > 0'])}) else 0) * 10 RUB`,
    prorated: false,
  }),
  rank: ({ draw }) => ({
    paid: `(rank(${draw.pick(['revenue', 'clients', 'revenue of seller', 'check', 'score'])}) else 7) * 10 RUB`,
    prorated: false,
  }),
  total: ({ draw }) => ({
    paid: draw.pick([
      'total(revenue)',
      'total(revenue of seller) / 3',
      '100 RUB * ((revenue / total(revenue)) else 0%)',
    ]),
    prorated: false,
  }),
  'a let of its own grain': ({ draw, longer }) =>
    longer.length === 0
      ? { lets: [{ name: 'f_let', value: 'revenue / 3' }], paid: 'f_let' }
      : {
          lets: [{ name: 'f_let', value: 'revenue / 3', per: longer[0]! }],
          paid: 'f_let',
          per: longer[0]!,
          ...(draw.rarely(2) && { prorated: false }),
        },

  // ---- people's days and targets
  ramp: ({ draw }) => ({
    ramp: draw.pick(['25%, 50%, 75%', '10%', '1/3, 2/3']),
    kpis: [kpi('f_ramp', 'sum(deal.amount)')],
    targets: [{ kpi: 'f_ramp', value: money(draw) }],
    paid: draw.pick(['((target(f_ramp)) else 0 RUB)', '100 RUB * (attainment(f_ramp) else 0%)']),
    prorated: false,
  }),
  'months of service': ({ draw }) => ({
    kpis: [kpi('f_service', `sum(deal.amount where person.month_in_role <= ${draw.int(1, 4)})`)],
    paid: draw.pick([
      'person.month_in_role * 10 RUB + f_service',
      'person.month_of_service * 10 RUB',
      'f_service',
    ]),
    prorated: false,
  }),
  'kinds of proration': ({ draw }) => ({
    prorate: draw.pick(['working days', 'months', 'calendar days', 'none']),
    kpis: [kpi('f_prorate', 'sum(deal.amount)')],
    targets: [{ kpi: 'f_prorate', value: money(draw) }],
    paid: draw.pick([money(draw), '((target(f_prorate)) else 0 RUB)']),
    ...(draw.rarely(2) ? { prorated: true } : {}),
  }),
  overrides: ({ draw }) => ({
    kpis: [kpi('f_own', 'sum(deal.amount)')],
    targets: [{ kpi: 'f_own', value: money(draw) }],
    overrides: [
      {
        person: draw.pick(['ann', 'bob', 'Ёж']),
        from: `2026-0${draw.int(1, 3)}-${draw.int(10, 28)}`,
        ...(draw.rarely(2) && { until: `2026-0${draw.int(4, 6)}-${draw.int(10, 28)}` }),
        targets: [{ kpi: 'f_own', value: money(draw) }],
      },
      { team: draw.pick(['N', 'S']), targets: [{ kpi: 'f_own', value: money(draw) }] },
    ],
    paid: draw.pick([
      '((target(f_own)) else 0 RUB)',
      '((target(f_own[team])) else 0 RUB)',
      '100 RUB * (attainment(f_own) else 0%)',
    ]),
    prorated: false,
  }),
  'spread target': ({ draw, longer }) => ({
    kpis: [kpi('f_spread', 'sum(deal.amount)')],
    targets: [
      longer.length === 0
        ? { kpi: 'f_spread', value: money(draw) }
        : {
            kpi: 'f_spread',
            value: `${draw.int(100, 9000)} RUB`,
            per: draw.pick(longer),
            spread: 'evenly',
          },
    ],
    paid: '((target(f_spread)) else 0 RUB)',
    prorated: false,
  }),
  'shares of a target': ({ draw, longer }) => ({
    kpis: [kpi('f_parts', 'sum(deal.amount)')],
    targets: [
      longer.length === 0
        ? { kpi: 'f_parts', value: money(draw) }
        : {
            kpi: 'f_parts',
            value: `${draw.int(100, 9000)} RUB`,
            ...(longer.length > 1 && draw.rarely(2)
              ? { per: longer[0]!, spread: '20%, 30%, 50%' }
              : { per: longer.at(-1)!, spread: '15%, 25%, 25%, 35%' }),
          },
    ],
    paid: draw.pick(['((target(f_parts)) else 0 RUB)', '100 RUB * (attainment(f_parts) else 0%)']),
    prorated: false,
  }),
  'band target': ({ draw }) => ({
    kpis: [kpi('f_band', 'average(deal.amount)')],
    targets: [{ kpi: 'f_band', value: `within ${draw.int(1, 200)} RUB .. ${draw.int(300, 1500)} RUB` }],
    paid: '100 RUB * (attainment(f_band) else 3%)',
    prorated: false,
  }),
  'target from a table': ({ draw }) => ({
    kpis: [kpi('f_quota', 'sum(deal.amount)')],
    targets: [
      { kpi: 'f_quota', value: money(draw) },
      { kpi: 'f_quota', value: 'from plans' },
    ],
    paid: draw.pick(['((target(f_quota)) else 0 RUB)', '100 RUB * (attainment(f_quota) else 0%)']),
    prorated: false,
  }),
  'own attainment': ({ draw }) => ({
    kpis: [
      kpi('f_attained', 'sum(deal.amount)', {
        attainment: draw.pick(['2 - actual / target', 'max(actual / target - 50%, 0%)']),
        status: 'green from 95%, amber from 70%',
      }),
    ],
    targets: [{ kpi: 'f_attained', value: money(draw) }],
    paid: '100 RUB * (attainment(f_attained) else 3%)',
    prorated: false,
  }),
};

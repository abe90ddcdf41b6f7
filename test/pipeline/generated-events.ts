// The head and the events of a generated policy.

import type { Draw } from '../backend/draw.ts';
import type { Fields, PolicyParts } from './policy-parts.ts';

/** The policy's own lines. */
export function generateHead(draw: Draw, period: string): PolicyParts['head'] {
  return [
    ['currency', 'RUB'],
    ['timezone', draw.pick(['"Europe/Moscow"', '"America/New_York"', '"UTC"'])],
    ['period', period],
    ['effective', 'from 2025-10-01'],
    [
      'rounding',
      draw.pick(['half up to 0.01', 'half even to 0.01', 'down to 0.01', 'half up to 1', 'half up to 0.05']),
    ],
  ];
}

/** The events, with the computed fields of features. */
export function generateEvents(
  draw: Draw,
  more: {
    readonly known: boolean;
    readonly deal: Fields;
    readonly payment: Fields;
    readonly call: Fields;
  },
): PolicyParts['events'] {
  return [
    {
      name: 'deal',
      since: draw.pick(['2025-01-01', '2025-12-01', '2026-01-15']),
      fields: [
        ['id', 'text key'],
        ['day', draw.pick(['date posts', 'date? posts'])],
        ['who', 'person owner'],
        ['helper', 'person?'],
        ['client', 'text'],
        ['amount', draw.pick(['money', 'money from 0 RUB'])],
        ['cost', 'money?'],
        ['status', 'won | lost | open'],
        ['paid_on', 'date?'],
        ['seen_at', more.known ? 'datetime known' : 'datetime'],
      ],
      computed: [
        ['is_won', 'status is won'],
        ['margin', 'amount - (cost else 0 RUB)'],
        ['is_first', 'is_won and nth(by client where is_won) is 1'],
        ...more.deal,
      ],
    },
    {
      name: 'payment',
      since: '2025-01-01',
      fields: [
        ['id', 'text key'],
        ['day', 'date posts'],
        ['deal', 'deal'],
        ['payer', 'person'],
        ['amount', 'money'],
      ],
      computed: more.payment,
    },
    {
      name: 'call',
      since: '2025-01-01',
      fields: [
        ['id', 'text key'],
        ['at', 'datetime posts'],
        ['done_at', 'datetime?'],
        ['who', 'person owner'],
        ['client', 'text'],
        ['length', 'duration'],
        ['flaws', 'number'],
      ],
      computed: more.call,
    },
  ];
}

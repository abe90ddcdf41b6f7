// Who is credited with a row, and with which share, is known only once it is credited: formulas that are worked out before
// may not read either, however they are reached.

import { describe, expect, test } from 'vitest';
import { runOnBoth, statementOf } from '../evaluate/run-policy.ts';
import { accepted, expectError, HEAD } from './helpers.ts';

/** Orders, and deals that refer to them; `fields` are more lines of each, `rules` what is asked. */
function policy(fields: { readonly order?: string; readonly deal?: string }, rules: string): string {
  return `${HEAD}
person {
  rate:  percent
  hired: date
}
event order {
  since 2025-01-01
  id:     text key
  made:   date posts
  seller: person owner
  margin: money
${fields.order ?? ''}
}
event deal {
  since 2025-01-01
  id:      text key
  closed:  date posts
  manager: person owner
  amount:  money
  order:   order
${fields.deal ?? ''}
}
${rules}
`;
}

const THROUGH = 'role seller { bonus b per deal = deal.order.part else 0 RUB }';

describe('what is worked out before anybody is credited reads neither the person nor the share', () => {
  test.each([
    ['a field that is read through a key', { order: '  part = margin * «person.rate»' }, THROUGH],
    ['the share in one', { order: '  part = margin * «share»' }, THROUGH],
    ['a field in a measure', { deal: '  part = amount * «person.rate»' }, 'kpi k = sum(deal.part)'],
    [
      'rows that are looked back at',
      { deal: '  part = sum(order.margin of this where «person.rate» > 1%) else 0 RUB' },
      'kpi k = sum(deal.part)',
    ],
    [
      'places among rows',
      { deal: '  place = nth(by order where «person.rate» > 1%) else 0' },
      'kpi k = sum(deal.place)',
    ],
    ['the date to count by', {}, 'kpi k = sum(deal.amount by «person.hired»)'],
    ['a part of that date', {}, 'kpi k = sum(deal.amount by max(deal.closed, «person.hired»))'],
    [
      'the share in that date',
      {},
      'kpi k = count(deal by deal.closed when «share» > 50% otherwise deal.closed)',
    ],
  ] as const)('%s', (what, fields, rules) => {
    const marked = policy(fields, rules);
    const at = /«(.*?)»/s.exec(marked)![1]!;
    const text = marked.replace(/[«»]/g, '');
    // the look-back is among orders that refer to a deal, which none does
    const looks = what.startsWith('rows');
    const fit = looks
      ? text.replace('margin: money', 'margin: money\n  of: deal').replace('order:   order', 'order: text')
      : text;
    expectError(fit, 'M1104', { at, help: /credited/ });
  });

  test('a figure of the company sees no person, whichever credit lines it goes by', () => {
    const credit = 'credit deal {\n  to manager 100%\n  to order.seller 50% as helper extra\n}\n';
    const helped = `${credit}kpi helped = sum(deal.amount as helper where person.rate > 5%)\n`;
    const ask = (scope: string) => policy({}, `${helped}role seller { bonus b = helped${scope} * 1% }`);
    accepted(ask(''));
    accepted(ask('[team]'));
    expectError(ask('[company]'), 'M1104', { at: 'helped[company]', help: /the company sees no person/ });
  });

  test('the share of a named credit line is there in the company too', () => {
    const credit = 'credit deal {\n  to manager 100%\n  to order.seller 50% as helper extra\n}\n';
    accepted(
      policy(
        {},
        `${credit}kpi most = max(deal.amount * share as helper)\nrole seller { bonus b = most[company] else 0 RUB }`,
      ),
    );
  });
});

test('a field through a key is weighed by who is credited with the row that reads it', async () => {
  const rules = 'role seller { bonus b per deal = (deal.order.margin else 0 RUB) * person.rate }';
  const result = await runOnBoth({
    policy: policy({}, rules).replace(HEAD, ''),
    people:
      'id,role,from,until,rate,hired\nann,seller,2025-01-01,,10%,2025-01-01\nbob,seller,2025-01-01,,20%,2025-01-01',
    period: '2026-01',
    data: {
      order: 'id,made,seller,margin\no1,2025-12-30,bob,100\no2,2026-01-02,ann,70',
      deal: 'id,closed,manager,amount,order\nd1,2026-01-10,ann,1000,o1\nd2,2026-01-12,bob,500,o2\nd3,2026-01-13,bob,5,o9',
    },
  });
  // 100 * 10%; 70 * 20%, and nothing of an order that isn't there
  const total = (person: string) => statementOf(result, person, '2026-01').roles[0]!.total;
  expect([total('ann'), total('bob')]).toEqual(['10', '14']);
});

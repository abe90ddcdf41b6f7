// What a statement's text says of the rows of a bonus per event.

import { expect, test } from 'vitest';
import type { EventLine, PayLine } from '../../src/model/pay-lines.ts';
import { eventsText } from '../../src/report/event-text.ts';
import { rub } from './sample.ts';

const PAPER = { period: '2026-01', currency: 'RUB', width: 78 };

function row(at: number, change: Partial<EventLine> = {}): EventLine {
  const day = `2026-01-${String(at).padStart(2, '0')}`;
  const inputs = [{ text: 'deal.amount', value: rub('100') }];
  return { key: `d${at}`, row: at + 1, day, share: '1', inputs, computed: '10', amount: '10', ...change };
}

const LINE: PayLine = {
  kind: 'bonus',
  name: 'commission',
  period: '2026-01',
  formula: 'deal.amount * 10% * share',
  inputs: [],
  computed: '120',
  amount: '120',
};

test('rows with their days, shares and values, and what doesn’t count', () => {
  const rows = [row(5), row(6, { share: '3/10', computed: '3', amount: '3' })];
  const perEvent = { event: 'deal', rows, failed: 3, late: 1 };
  expect(eventsText({ ...LINE, perEvent }, PAPER)).toEqual([
    '        for each deal: 2; 3 for which it does not hold; 1 past the first 2',
    '          d5, 2026-01-05: 10.00 RUB',
    '              deal.amount = 100.00 RUB',
    '          d6, 2026-01-06, 30 % of it: 3.00 RUB',
    '              deal.amount = 100.00 RUB',
  ]);
});

test('ten are shown, the others are counted with what they come to', () => {
  const rows = Array.from({ length: 12 }, (_, at) => row(at + 1, { inputs: [] }));
  const shown = eventsText({ ...LINE, perEvent: { event: 'deal', rows, failed: 0, late: 0 } }, PAPER);
  expect(shown).toHaveLength(1 + 10 + 1);
  expect(shown.at(-2)).toBe('          d10, 2026-01-10: 10.00 RUB');
  expect(shown.at(-1)).toBe('          and 2 more, 20.00 RUB');
});

test('what is freed, so far and now; characters of keys can’t act on the screen', () => {
  const freed = [{ key: 'd\u001b[1m', row: 2, share: '0.75', amount: '50' }];
  expect(eventsText({ ...LINE, freed }, PAPER)).toEqual([
    '          d\\u{1b}[1m: 75 % of it is payable so far, 50.00 RUB now',
  ]);
});

test('nothing for a line that isn’t of rows', () => {
  expect(eventsText(LINE, PAPER)).toEqual([]);
});

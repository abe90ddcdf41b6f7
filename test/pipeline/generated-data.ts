// Raw CSV data by chance for the generated policies: people who come, change and leave, deals, calls and quotas.

import { addMonths, dayOf, dayText, parseDay } from '../../src/base/date.ts';
import type { Draw } from '../backend/draw.ts';
import { CLIENTS, REGIONS, ROLES } from './policy-parts.ts';

/** Rows of cells, the heading first. */
export type Rows = readonly (readonly string[])[];

export interface GeneratedData {
  readonly person: Rows;
  readonly deal: Rows;
  readonly payment: Rows;
  readonly call: Rows;
  readonly quota: Rows;
  readonly plans: Rows;
  readonly exchange: Rows;
  readonly absence: Rows;
}

/** What a run over the data binds. */
export const SOURCES = [
  'person',
  'deal',
  'payment',
  'call',
  'quota',
  'plans',
  'exchange',
  'absence',
] as const;

const PERSON = [
  'id',
  'name',
  'role',
  'team',
  'lead',
  'from',
  'until',
  'salary',
  'fte',
  'region',
  'grade',
  'since',
  'medal',
];
const FIRST = dayOf(2025, 11, 1);
const PEOPLE = ['ann', 'bob', 'cid', 'dan', 'Ёж'];

export function generateData(draw: Draw): GeneratedData {
  const people = PEOPLE.slice(0, draw.int(1, PEOPLE.length));
  const teams = draw.pick([['N', 'S'], ['N', 'S', ''], ['N']]);
  const day = () => dayText(FIRST + (draw.rarely(2) ? draw.int(0, 270) : draw.int(50, 155)));
  const money = () => `${draw.int(0, draw.pick([9, 2000]))}${draw.pick(['', '.5', '.25', '.01', '.99'])}`;
  const someone = () => draw.pick(people);
  const two = (most: number) => String(draw.int(0, most)).padStart(2, '0');
  const clock = () => `${two(23)}:${two(59)}`;
  return {
    person: [PERSON, ...people.flatMap((id) => lifeOf(draw, id, { teams, people }))],
    deal: [
      ['id', 'day', 'who', 'helper', 'client', 'amount', 'cost', 'status', 'paid_on', 'seen_at'],
      ...draw.list(draw.rarely(5) ? 0 : 15, 40, (at) => [
        draw.rarely(60) ? '1' : String(at + 1),
        draw.rarely(40) ? '' : day(),
        draw.rarely(60) ? 'nobody' : someone(),
        draw.rarely(2) ? '' : someone(),
        draw.pick(CLIENTS),
        `${draw.rarely(8) ? '-' : ''}${money()}`,
        draw.rarely(3) ? '' : money(),
        draw.pick(['won', 'won', 'won', 'lost', 'open']),
        draw.rarely(3) ? '' : day(),
        `${day()} ${draw.pick(['08:00', '08:00', '23:30'])}`,
      ]),
    ],
    payment: [
      ['id', 'day', 'deal', 'payer', 'amount'],
      ...draw.list(draw.rarely(5) ? 0 : 5, 20, (at) => [
        String(at + 1),
        day(),
        String(draw.int(1, 25)),
        someone(),
        `${draw.rarely(6) ? '-' : ''}${money()}`,
      ]),
    ],
    call: [
      ['id', 'at', 'done_at', 'who', 'client', 'length', 'flaws'],
      ...draw.list(draw.rarely(5) ? 0 : 8, 25, (at) => [
        String(at + 1),
        `${day()}T${clock()}${draw.pick(['', 'Z', '+05:30'])}`,
        draw.rarely(4) ? '' : `${day()} ${clock()}`,
        someone(),
        draw.pick(CLIENTS),
        draw.pick(['90 seconds', '0:02:30', '3 minutes', '0 seconds', '1 hour']),
        String(draw.int(0, 4)),
      ]),
    ],
    quota: [
      ['who', 'from', 'until', 'plan'],
      ...people.flatMap((id) =>
        draw.list(0, 2, (at) => [
          id,
          dayText(addMonths(FIRST, at * 4)),
          at === 0 ? dayText(addMonths(FIRST, 4) - 1) : '',
          draw.rarely(4) ? '' : money(),
        ]),
      ),
    ],
    plans: [
      ['who', 'from', 'until', 'f_quota'],
      ...people.flatMap((id) =>
        draw.rarely(3)
          ? []
          : [[id, dayText(addMonths(FIRST, draw.int(0, 3))), '', draw.rarely(4) ? '' : money()]],
      ),
    ],
    exchange: [
      ['currency', 'into', 'rate', 'from', 'until'],
      ...['USD', 'EUR', 'JPY'].flatMap((other) => {
        const change = dayText(FIRST + draw.int(30, 150));
        const rate = () => `${draw.int(1, 9)}.${draw.int(1, 9)}`;
        return [
          ['RUB', other, `0.0${draw.int(1, 999)}`, '2020-01-01', change],
          ['RUB', other, `0.0${draw.int(1, 999)}`, dayText(parseDay(change)! + 1), ''],
          [other, 'RUB', rate(), '2020-01-01', ''],
        ];
      }),
    ],
    absence: [
      ['person', 'from', 'until', 'kind'],
      ...people.flatMap((id) => {
        if (draw.rarely(2)) return [];
        const from = FIRST + draw.int(40, 150);
        return [[id, dayText(from), dayText(from + draw.int(0, 70)), 'leave']];
      }),
    ],
  };
}

/** The rows of one person: stretches one after the other, with a gap now and then, or a second role beside. */
function lifeOf(
  draw: Draw,
  id: string,
  { teams, people }: { readonly teams: readonly string[]; readonly people: readonly string[] },
): Rows {
  const rows: string[][] = [];
  const row = (role: string, from: string, until: string) =>
    rows.push([
      id,
      draw.rarely(2) ? '' : id.toUpperCase(),
      role,
      draw.pick(teams),
      draw.pick(['', 'boss', ...people]),
      from,
      until,
      String(draw.int(1, 90) * 100),
      draw.pick(['', '50%', '33.3%', '100%']),
      draw.pick(REGIONS),
      draw.pick(['', '1', '2', '3']),
      draw.pick(['', '2024-02-29']),
      draw.pick(['bronze', 'silver', 'gold']),
    ]);
  let at = FIRST + draw.int(0, 90);
  const count = draw.int(1, 4);
  for (let index = 0; index < count; index++) {
    const until = at + draw.int(0, 80);
    const open = index === count - 1 && !draw.rarely(3);
    row(draw.pick(ROLES), index === 0 && draw.rarely(2) ? '' : dayText(at), open ? '' : dayText(until));
    at = until + 1 + (draw.rarely(3) ? draw.int(1, 20) : 0);
  }
  if (draw.rarely(6)) {
    const spare = ROLES.find((role) => rows.every((each) => each[2] !== role));
    if (spare) row(spare, dayText(FIRST + draw.int(60, 120)), dayText(FIRST + draw.int(121, 200)));
  }
  return rows;
}

/** Cells as CSV. */
export function csvText(rows: Rows): string {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`;
}

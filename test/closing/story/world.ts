// A year of a sales department as its data tell it, month by month: rows come late, change and are taken back. Dina's rows
// are written out, as case.md works them by hand; the others' come from one seeded generator.

import { daysInMonth } from '../../../src/base/date.ts';
import type { Tables } from '../months.ts';

export const MONTHS = Array.from({ length: 12 }, (_, index) => `2026-${two(index + 1)}`);

export const COLUMNS = {
  person: ['id', 'name', 'role', 'team', 'lead', 'from', 'until', 'salary', 'region', 'fte'],
  deal: ['id', 'closed_on', 'manager', 'opener', 'client', 'amount', 'cost', 'status'],
  call: ['id', 'at', 'manager', 'length', 'outcome'],
  meeting: ['id', 'held_on', 'manager'],
  request: ['id', 'opened_at', 'closed_at', 'manager'],
  survey: ['id', 'answered_on', 'manager', 'client', 'score'],
  account_care: ['client', 'farmer', 'from', 'until'],
  market: ['month', 'size'],
} as const;

type Source = keyof typeof COLUMNS;
type Cells = Readonly<Record<string, string>>;

/** A row as the data have it at the closes of some months, counted from 1; without `until` from then on. */
interface Dated {
  readonly source: Source;
  readonly cells: Cells;
  readonly since: number;
  readonly until?: number;
}

/** The data at the close of a month, counted from 1. */
export function dataAt(rows: readonly Dated[], month: number): Tables {
  const found: Record<string, Cells[]> = {};
  for (const { source, cells, since, until = Number.POSITIVE_INFINITY } of rows) {
    if (since > month || month >= until) continue;
    found[source] = [...(found[source] ?? []), cells];
  }
  return found;
}

/** The whole year. */
export function yearOf(seed: number): readonly Dated[] {
  return [...people(), ...dinasDeals(), ...others(chanceOf(seed))];
}

// ---- people --------------------------------------------------------------------------------------------------------

function people(): readonly Dated[] {
  const person = (text: string, since = 1, until?: number): Dated => {
    const texts = text.split(',');
    const cells = Object.fromEntries(COLUMNS.person.map((field, at) => [field, texts[at] ?? '']));
    return { source: 'person', cells, since, ...(until !== undefined && { until }) };
  };
  return [
    person('olga,Ольга,head,Дирекция,,2024-01-15,,220000,Москва,'),
    person('anna,Анна,hunter,Север,olga,2024-03-01,,80000,Москва,', 1, 9),
    // becomes a farmer on 16 August, which the data say in September
    person('anna,Анна,hunter,Север,olga,2024-03-01,2026-08-15,80000,Москва,', 9),
    person('anna,Анна,farmer,Север,olga,2026-08-16,,70000,Москва,', 9),
    person('dina,Дина,hunter,Север,olga,2025-09-01,,80000,Москва,', 1, 8),
    person('dina,Дина,hunter,Север,olga,2025-09-01,2026-08-31,80000,Москва,', 8),
    person('irina,Ирина,icebreaker,Север,anna,2025-02-01,,55000,Москва,', 1, 5),
    person('irina,Ирина,icebreaker,Север,anna,2025-02-01,2026-05-15,55000,Москва,', 5),
    person('irina,Ирина,hunter,Север,olga,2026-05-16,,70000,Москва,', 5),
    person('elena,Елена,hunter,Юг,olga,2026-03-10,,75000,Урал,', 3),
    person('pavel,Павел,farmer,Север,olga,2024-01-15,,65000,Москва,', 1, 10),
    // a raise since July, told in October
    person('pavel,Павел,farmer,Север,olga,2024-01-15,2026-06-30,65000,Москва,', 10),
    person('pavel,Павел,farmer,Север,olga,2026-07-01,,72000,Москва,', 10),
    person('timur,Тимур,farmer,Юг,olga,2024-10-01,,60000,Урал,50%'),
    // begins on the 1st, and was first written down as beginning a week later
    person('gleb,Глеб,icebreaker,Юг,elena,2026-06-08,,50000,Урал,80%', 6, 7),
    person('gleb,Глеб,icebreaker,Юг,elena,2026-06-01,,50000,Урал,80%', 7, 10),
    person('gleb,Глеб,icebreaker,Юг,elena,2026-06-01,2026-10-15,50000,Урал,80%', 10),
  ];
}

interface Stint {
  readonly id: string;
  readonly role: 'hunter' | 'farmer' | 'icebreaker';
  readonly from: string;
  readonly until: string;
}

/** Who sells and calls when, as it was, whenever the data say so. */
const STINTS: readonly Stint[] = [
  { id: 'anna', role: 'hunter', from: '2025-07-01', until: '2026-08-15' },
  { id: 'anna', role: 'farmer', from: '2026-08-16', until: '2026-12-31' },
  { id: 'irina', role: 'icebreaker', from: '2025-07-01', until: '2026-05-15' },
  { id: 'irina', role: 'hunter', from: '2026-05-16', until: '2026-12-31' },
  { id: 'elena', role: 'hunter', from: '2026-03-10', until: '2026-12-31' },
  { id: 'pavel', role: 'farmer', from: '2025-07-01', until: '2026-12-31' },
  { id: 'timur', role: 'farmer', from: '2025-07-01', until: '2026-12-31' },
  { id: 'gleb', role: 'icebreaker', from: '2026-06-01', until: '2026-10-15' },
];

// ---- dina ----------------------------------------------------------------------------------------------------------

function dinasDeals(): readonly Dated[] {
  const deal = (
    [id, closed_on, client, amount]: readonly [string, string, string, number],
    [since, until]: readonly [number, number?],
    status = 'won',
  ): Dated => ({
    source: 'deal',
    cells: { id: `D-${id}`, closed_on, manager: 'dina', client, amount: `${amount}000`, status },
    since,
    ...(until !== undefined && { until }),
  });
  return [
    deal(['01', '2026-01-12', 'Ясень', 600], [1]),
    deal(['02', '2026-01-20', 'Берёза', 600], [1]),
    deal(['03', '2026-02-10', 'Клён', 800], [2]),
    deal(['04', '2026-02-24', 'Липа', 500], [3]), // late
    deal(['05', '2026-03-16', 'Осина', 1000], [3]),
    deal(['06', '2026-04-14', 'Сосна', 1200], [4]),
    deal(['07', '2026-05-19', 'Ель', 1600], [5]),
    deal(['08', '2026-06-09', 'Дуб', 700], [6]),
    deal(['09', '2026-06-15', 'Вяз', 500], [6, 8]),
    deal(['09', '2026-06-15', 'Вяз', 500], [8], 'cancelled'),
    deal(['10', '2026-06-25', 'Ива', 400], [8]), // late
    deal(['11', '2026-07-07', 'Бук', 1000], [7, 10]),
    deal(['11', '2026-07-07', 'Бук', 1000], [10], 'cancelled'),
    deal(['12', '2026-07-21', 'Граб', 320], [7]),
    deal(['13', '2026-08-11', 'Тис', 900], [8]),
    deal(['14', '2026-08-25', 'Кедр', 500], [12]), // late
  ];
}

// ---- the others ----------------------------------------------------------------------------------------------------

interface Chance {
  readonly whole: (from: number, until: number) => number;
  readonly holds: (share: number) => boolean;
}

/** By mulberry32: whole-number steps only, so the same on every machine. */
function chanceOf(seed: number): Chance {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    whole: (from, until) => from + Math.floor(next() * (until - from + 1)),
    holds: (share) => next() < share,
  };
}

function others(chance: Chance): readonly Dated[] {
  const rows: Dated[] = [];
  const numbers = new Map<Source, number>();
  const put = (source: Source, cells: Cells, since: number, until?: number): void => {
    rows.push({ source, cells, since, ...(until !== undefined && { until }) });
  };
  const idOf = (source: Source): string => {
    const number = (numbers.get(source) ?? 0) + 1;
    numbers.set(source, number);
    return `${source[0]!.toUpperCase()}-${String(number).padStart(4, '0')}`;
  };
  const dayIn = (month: string, { from, until }: Stint): string | undefined => {
    const [first, last] = [`${month}-01`, `${month}-${two(daysIn(month))}`];
    const [start, end] = [from > first ? from : first, until < last ? until : last];
    return start > end
      ? undefined
      : `${month}-${two(chance.whole(Number(start.slice(8)), Number(end.slice(8))))}`;
  };

  /** A deal that may be told late, cancelled or corrected afterwards. */
  const deal = (cells: Cells, month: number): void => {
    const since = Math.max(1, month) + (chance.holds(0.08) ? chance.whole(1, 2) : 0);
    const whole = { id: idOf('deal'), ...cells };
    const change: Cells | undefined = chance.holds(0.07)
      ? { ...whole, status: 'cancelled' }
      : chance.holds(0.04)
        ? { ...whole, amount: `${Number(cells.amount) + chance.whole(-40, 40) * 1000}` }
        : undefined;
    const at = change && month >= 1 ? since + chance.whole(1, 3) : undefined;
    put('deal', whole, since, at);
    if (change && at !== undefined) put('deal', change, at);
  };

  const clients: { readonly name: string; readonly farmer: string }[] = [];
  for (const farmer of ['pavel', 'timur']) {
    for (let index = 1; index <= 4; index++) {
      const client = { name: `Старый ${farmer} ${index}`, farmer };
      clients.push(client);
      put('account_care', { client: client.name, farmer, from: '2025-07-01' }, 1);
      deal(
        {
          closed_on: '2025-08-14',
          manager: farmer,
          client: client.name,
          amount: '150000',
          cost: '90000',
          status: 'won',
        },
        0,
      );
    }
  }
  // one of them is handed over in April, which is told in June
  const handed = rows.findIndex((each) => each.cells.client === clients[0]!.name);
  rows[handed] = { ...rows[handed]!, until: 6 };
  put(
    'account_care',
    { client: clients[0]!.name, farmer: 'pavel', from: '2025-07-01', until: '2026-04-19' },
    6,
  );
  put('account_care', { client: clients[0]!.name, farmer: 'timur', from: '2026-04-20' }, 6);

  for (const [index, month] of MONTHS.entries()) {
    const at = index + 1;
    for (const stint of STINTS) {
      const { id, role } = stint;
      const repeat = (count: number, work: (day: string) => void): void => {
        for (let left = count; left > 0; left--) {
          const day = dayIn(month, stint);
          if (day) work(day);
        }
      };
      const status = () => (chance.holds(0.75) ? 'won' : 'lost');
      const amount = () => `${chance.whole(role === 'hunter' ? 250 : 90, 700) * 1000}`;
      if (role === 'hunter') {
        repeat(4, (closed_on) => {
          const opener = chance.holds(0.4) ? openerOn(closed_on) : '';
          const again = chance.holds(0.25) ? clients[chance.whole(0, 7)]!.name : undefined;
          const client = again ?? `Новый ${id} ${idOf('survey')}`;
          const cost = chance.holds(0.05) ? '' : '80000';
          deal({ closed_on, manager: id, opener, client, amount: amount(), cost, status: status() }, at);
        });
      }
      if (role === 'farmer') {
        repeat(3, (closed_on) => {
          const own = clients.filter((each) => each.farmer === (id === 'anna' ? 'pavel' : id));
          const client = own[chance.whole(0, own.length - 1)]!.name;
          deal({ closed_on, manager: id, client, amount: amount(), cost: '70000', status: status() }, at);
        });
        repeat(2, (day) => {
          const opened_at = `${day}T${two(chance.whole(9, 14))}:15:00`;
          const closed_at = `${day}T${two(chance.whole(15, 18))}:40:00`;
          put('request', { id: idOf('request'), opened_at, closed_at, manager: id }, at);
        });
        repeat(1, (answered_on) =>
          put(
            'survey',
            {
              id: idOf('survey'),
              answered_on,
              manager: id,
              client: clients[0]!.name,
              score: `${chance.whole(2, 5)}`,
            },
            at,
          ),
        );
      }
      if (role === 'icebreaker') {
        repeat(17, (held_on) => put('meeting', { id: idOf('meeting'), held_on, manager: id }, at));
        repeat(16, (day) => {
          const cells = {
            id: idOf('call'),
            at: `${day}T11:30`,
            manager: id,
            length: '0:05:00',
            outcome: 'reached',
          };
          put('call', cells, at);
        });
      }
    }
    // published a month later
    put('market', { month: `${month}-01`, size: `${chance.whole(60, 200) * 100_000}` }, at + 1);
  }
  return rows;

  function openerOn(day: string): string {
    const there = STINTS.filter(
      (each) => each.role === 'icebreaker' && each.from <= day && day <= each.until,
    );
    return there[0]?.id ?? '';
  }
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function daysIn(month: string): number {
  return daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
}

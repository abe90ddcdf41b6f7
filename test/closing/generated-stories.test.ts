// Months closed one after another by chance: between two closes deals and people are told late, change and vanish, and once
// the rates of closed months do. After each close, what was paid for good is what a single run over all of it pays.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Source } from '../../src/base/source.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import { type Draw, drawFrom } from '../backend/draw.ts';
import { generatedRuns } from '../runs.ts';
import { close, paidForGood, payable, single, sourcesOf, type Tables } from './months.ts';
import { type Closed, NOTHING_CLOSED } from './small-months.ts';

const RUNS = generatedRuns(30);

const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];
const PEOPLE = ['anna', 'boris', 'vera'];

type Cells = Readonly<Record<string, string>>;
type Rows = { [source: string]: Cells[] };

const COLUMNS = {
  person: ['id', 'name', 'role', 'team', 'from', 'until'],
  deal: ['id', 'day', 'who', 'amount', 'status'],
  payment: ['id', 'day', 'deal', 'amount'],
  quota: ['who', 'from', 'until', 'least'],
};

// ---- policies ------------------------------------------------------------------------------------------------------

interface Policy {
  /** All but its head and its rate. */
  readonly rules: string;
  readonly terms: string;
  /** The rate, and another one that is agreed in a month for what is sold since then, or was since an earlier one. */
  readonly rate: number;
  readonly raise?: { readonly rate: number; readonly agreed: number; readonly since: number };
}

function drawPolicy(draw: Draw): Policy {
  const some = (...texts: readonly string[]): string => draw.pick(['', ...texts]);
  const parts = ['pays in 3 monthly parts', 'pays in 6 monthly parts'];
  const later = some(...parts, ...parts, 'holds 20% for 2 months', 'pays 1 month later');
  const lost = later !== '' && draw.rarely(4) ? ' forfeited on leaving' : '';
  const rules = `event deal {
  id: text key
  day: date posts
  who: person owner
  amount: money
  status: won | lost
  won = status is won
}
event payment {
  id: text key
  day: date posts
  deal: deal
  amount: money
}
table quota {
  who: person key
  from: date
  until: date?
  least: money
}
kpi revenue = sum(deal.amount where won)
kpi deals = count(deal where won)
role seller {
  target revenue 1_000 RUB
  bonus share = ladder(revenue) ${later}${lost}
  ${some('bonus freed per deal = deal.amount * 1% payable as payment.amount of amount')}
  ${some('bonus rise = 50 RUB when ((revenue / revenue[previous]) else 0) >= 1.2')}
  ${some('bonus season per quarter = 200 RUB when (attainment(revenue) else 0%) >= 100%', `bonus season per quarter = revenue * 1% ${draw.pick(parts)}`)}
  ${some('bonus enough = 30 RUB when revenue >= (quota[person.id at period.end].least else 900 RUB)')}
  ${some('cap 150 RUB', 'cap 150 RUB carry excess', 'draw 80 RUB recoverable')}
}
role lead {
  bonus team = revenue[team] * 1%
  ${some('bonus all = deals[company] * 1 RUB')}
}
${some('award best { to top 1 of seller by revenue\n gives 40 RUB }', 'award steady { to seller\n when streak(deals >= 1) is 2\n gives 25 RUB and points 3 }')}
`;
  const agreed = draw.int(2, MONTHS.length);
  const raise = {
    rate: draw.pick([8, 12]),
    agreed,
    since: draw.rarely(3) ? agreed : draw.int(1, agreed - 1),
  };
  return {
    rules,
    terms: some('takes back at most 30% of pay'),
    rate: 10,
    ...(draw.rarely(2) && { raise }),
  };
}

function version(
  { rules, terms }: Policy,
  { name, days, rate }: { readonly name: string; readonly days: string; readonly rate: number },
): Source {
  const head = `policy ${name} {\n  currency RUB\n  timezone "Europe/Moscow"\n  period month\n  effective ${days}\n  ${terms}`;
  const rates = `rates ladder marginal {\n  from 0 RUB: ${rate}%\n  from 2_000 RUB: ${rate + 5}%\n}\n`;
  return { name: `${name}.merit`, text: `${head}\n}\n${rules}${rates}` };
}

const LAST_DAYS = ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'];

/** The files at the close of a month, counted from 1. */
function filesAt(policy: Policy, month: number): readonly Source[] {
  const { rate, raise } = policy;
  if (!raise || month < raise.agreed)
    return [version(policy, { name: 'old', days: 'from 2026-01-01', rate })];
  const until = `until ${LAST_DAYS[raise.agreed - 2]}`;
  const reopens = raise.since < raise.agreed ? `\n  reopens from ${MONTHS[raise.since - 1]}-01` : '';
  const days = `from ${MONTHS[raise.agreed - 1]}-01${reopens}`;
  return [
    version(policy, { name: 'old', days: `from 2026-01-01 ${until}`, rate }),
    version(policy, { name: 'now', days, rate: raise.rate }),
  ];
}

/** What a single run pays up to the month, by rates that everybody knew from the beginning. */
function singleAt(policy: Policy, tables: Tables, month: number) {
  const sources = sourcesOf(tables, COLUMNS);
  const { rate, raise } = policy;
  const last = MONTHS[month - 1]!;
  if (!raise || month < raise.agreed)
    return single({ policy: filesAt(policy, month), sources }, [`${MONTHS[0]}..${last}`]);
  const from = MONTHS[raise.since - 1]!;
  const now = version(policy, { name: 'now', days: `from ${from}-01`, rate: raise.rate });
  if (raise.since === 1) return single({ policy: [now], sources }, [`${from}..${last}`]);
  const days = `from 2026-01-01 until ${LAST_DAYS[raise.since - 2]}`;
  const old = version(policy, { name: 'old', days, rate });
  return single({ policy: [old, now], sources }, [
    `${MONTHS[0]}..${MONTHS[raise.since - 2]}`,
    `${from}..${last}`,
  ]);
}

// ---- data ----------------------------------------------------------------------------------------------------------

function firstRows(draw: Draw): Rows {
  const person = PEOPLE.map((id): Cells => {
    return { id, name: id, role: draw.rarely(3) ? 'lead' : 'seller', team: 'N', from: '2025-11-01' };
  });
  return {
    person,
    deal: [],
    payment: [],
    quota: draw.rarely(2) ? [{ who: 'anna', from: '2026-01-01', least: '500' }] : [],
  };
}

/** Rows as they are at the close of a month: of the month itself, told late, changed and taken back. */
function edited(draw: Draw, before: Rows, month: number): Rows {
  const rows: Rows = Object.fromEntries(Object.entries(before).map(([name, all]) => [name, [...all]]));
  const deals = rows.deal!;
  const dayIn = (at: number): string => `${MONTHS[at - 1]}-${String(draw.int(1, 28)).padStart(2, '0')}`;
  const newDeal = (at: number): void => {
    const amount = String(draw.int(1, 30) * 100);
    const id = `${month}-${deals.length + 1}-${draw.int(0, 999)}`;
    deals.push({
      id,
      day: dayIn(at),
      who: draw.pick(PEOPLE),
      amount,
      status: draw.rarely(5) ? 'lost' : 'won',
    });
  };
  const change = (source: string, of: (cells: Cells) => Cells | undefined): void => {
    const all = rows[source]!;
    if (all.length === 0) return;
    const at = draw.int(0, all.length - 1);
    const now = of(all[at]!);
    if (now) all[at] = now;
    else all.splice(at, 1);
  };
  for (let count = draw.int(1, 4); count > 0; count--) newDeal(month);
  for (let count = draw.int(0, 2); count > 0 && deals.length > 0; count--) {
    const { id, amount } = draw.pick(deals);
    const part = String(Math.round(Number(amount) * draw.pick([0.25, 0.5, 1])));
    rows.payment!.push({
      id: `${month}-${rows.payment!.length}-${draw.int(0, 999)}`,
      day: dayIn(month),
      deal: id!,
      amount: part,
    });
  }
  for (let count = draw.int(0, 4); count > 0; count--) {
    const edits: readonly (() => unknown)[] = [
      () => newDeal(draw.int(1, month)),
      () => change('deal', (cells) => ({ ...cells, status: cells.status === 'won' ? 'lost' : 'won' })),
      () => change('deal', (cells) => ({ ...cells, amount: String(draw.int(1, 30) * 100) })),
      // what is left of a bonus in parts is less than what was paid of it
      () => deals.splice(0, deals.length, ...deals.map((each) => ({ ...each, amount: '100' }))),
      () => change('deal', (cells) => ({ ...cells, who: draw.pick(PEOPLE) })),
      () => change('deal', (cells) => ({ ...cells, day: dayIn(draw.int(1, month)) })),
      () =>
        change('deal', (cells) => (rows.payment!.some((each) => each.deal === cells.id) ? cells : undefined)),
      () => change('person', (cells) => ({ ...cells, team: draw.pick(['N', 'S']) })),
      () =>
        change('person', (cells) => ({
          ...cells,
          from: draw.pick(['2025-11-01', '2026-01-15', '2026-02-01']),
        })),
      () =>
        change('person', (cells) => ({
          ...cells,
          until: draw.pick(['', LAST_DAYS[draw.int(1, Math.max(1, month - 1))]!]),
        })),
      () => change('person', (cells) => ({ ...cells, role: draw.pick(['seller', 'lead']) })),
      () => change('quota', (cells) => ({ ...cells, least: String(draw.int(1, 20) * 100) })),
    ];
    draw.pick(edits)();
  }
  return rows;
}

test('whatever changes between closes, all that was paid is what a single run pays', async () => {
  const seen = new Map<string, number>();
  const all = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const policy = drawPolicy(draw);
    const months = draw.int(3, MONTHS.length);
    let rows = firstRows(draw);
    let closed: Closed = NOTHING_CLOSED;
    for (let month = 1; month <= months; month++) {
      rows = edited(draw, rows, month);
      const office = {
        policy: filesAt(policy, month),
        sources: sourcesOf(rows, COLUMNS),
        acceptRemoved: true,
      };
      closed = await close(closed, office, MONTHS[month - 1]!);
      expect(paidForGood(closed)).toEqual(payable(await singleAt(policy, rows, month)));
      for (const { pay, lines = [] } of closed.closes.at(-1)!.body.result.statements) {
        expect(pay.startsWith('-')).toBe(false);
        for (const { kind } of lines) seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }
    }
  });
  await fc.assert(all, { ...RUNS, endOnFailure: true });
  if (process.env.MERIT_RUNS) console.log({ ...RUNS, ...Object.fromEntries(seen) });
  // what never comes up isn't tried
  for (const kind of ['adjustment', 'offset', 'owed', 'carried'] satisfies readonly PayLine['kind'][])
    expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(0);
}, 3_600_000);

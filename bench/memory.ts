// The memory backend's answers to twelve KPIs against a loop over typed arrays, written by hand for just these KPIs and no
// others, in doubles of whole cents. Both begin with what is loaded; every answer is compared first.

import { createMemoryBackend } from '../src/backend/memory.ts';
import { dayOf, dayText } from '../src/base/date.ts';
import { type Exact, multiply, whole } from '../src/base/exact.ts';
import { compile } from '../src/engine.ts';
import { gather } from '../src/gather.ts';
import type { FactRow, SourceSpec } from '../src/model/dataset.ts';
import type { Measure, Model } from '../src/model/policy.ts';
import { type AggregateQuery, takesShares } from '../src/query/query.ts';
import { type Figure, quantile, seeded, timed, timedNow } from './measure.ts';

const POLICY = `policy memory {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  since 2026-01-01
  id: text key
  closed_on: date posts
  manager: person owner
  client: text
  product: text
  amount: money from 0 RUB
  status: won | lost | open
  is_won = status is won
  is_first = is_won and nth(by client where is_won) is 1
}
kpi revenue = sum(deal.amount where is_won)
kpi lost_amount = sum(deal.amount where status is lost)
kpi of_first = sum(deal.amount where is_first)
kpi deals = count(deal where is_won)
kpi lost = count(deal where status is lost)
kpi all = count(deal)
kpi clients = count(distinct deal.client where is_won)
kpi products = count(distinct deal.product where is_won)
kpi middle = average(deal.amount where status is not open)
kpi conversion = deals / count(deal where status is not open)
kpi large = percentile(deal.amount, 90% where is_won)
kpi new_clients = count(distinct deal.client where is_first)
role seller {
  bonus share = revenue + of_first - lost_amount
  bonus average = (middle else 0 RUB) + (large else 0 RUB)
  bonus counted = (deals + lost + all + clients + products + new_clients) * (conversion else 0) * 1 RUB
}
`;

/** Deals as columns; amounts in cents. */
interface Deals {
  readonly days: Int32Array;
  readonly people: Int32Array;
  readonly clients: Int32Array;
  readonly products: Int32Array;
  readonly amounts: Float64Array;
  readonly statuses: Uint8Array;
}

const PEOPLE = 5_000;
const CLIENTS = 20_000;
const PRODUCTS = 300;
const MONTHS = 12;
const STATUSES = ['won', 'lost', 'open'];
const [WON, LOST, OPEN] = [0, 1, 2];
const FIRST = dayOf(2026, 1, 1);

/** Ids in the order of the people's numbers, so that these are those of their stays. */
function personId(person: number): string {
  return `p${String(person).padStart(4, '0')}`;
}

/** Deals and the people they are of, as files and as columns. */
function generated(rows: number): { readonly deals: Deals; readonly csv: string; readonly people: string } {
  const random = seeded(1);
  const below = (limit: number): number => Math.floor(random() * limit);
  const deals: Deals = {
    days: new Int32Array(rows),
    people: new Int32Array(rows),
    clients: new Int32Array(rows),
    products: new Int32Array(rows),
    amounts: new Float64Array(rows),
    statuses: new Uint8Array(rows),
  };
  const lines = ['id,closed_on,manager,client,product,amount,status'];
  for (let row = 0; row < rows; row++) {
    const day = FIRST + below(365);
    const amount = below(10_000_000);
    deals.days[row] = day;
    deals.people[row] = below(PEOPLE);
    deals.clients[row] = below(CLIENTS);
    deals.products[row] = below(PRODUCTS);
    deals.amounts[row] = amount;
    deals.statuses[row] = below(STATUSES.length);
    const cents = String(amount % 100).padStart(2, '0');
    lines.push(
      `d${row},${dayText(day)},${personId(deals.people[row]!)},c${deals.clients[row]},g${deals.products[row]},${Math.floor(amount / 100)}.${cents},${STATUSES[deals.statuses[row]!]}`,
    );
  }
  const people = Array.from({ length: PEOPLE }, (_, n) => `${personId(n)},seller`);
  return { deals, csv: `${lines.join('\n')}\n`, people: `id,role\n${people.join('\n')}\n` };
}

/** Of each KPI's measures a column, by person and month: person by person. */
type Answers = Readonly<Record<string, Float64Array>>;

/** The twelve KPIs as somebody would write them who knows the data: one pass, and one over each cell's own rows. */
function byHand({ days, people, clients, products, amounts, statuses }: Deals): Answers {
  const rows = days.length;
  const monthOf = new Uint8Array(366);
  for (let month = 0; month < MONTHS; month++)
    for (let day = dayOf(2026, month + 1, 1) - FIRST; day < 366; day++) monthOf[day] = month;
  const size = PEOPLE * MONTHS;
  const column = (): Float64Array => new Float64Array(size);
  const [revenue, lostAmount, ofFirst, closedAmount, large] = [
    column(),
    column(),
    column(),
    column(),
    column(),
  ];
  const [deals, lost, all, closed] = [column(), column(), column(), column()];
  const [clientCount, productCount, newClients] = [column(), column(), column()];
  const firsts = firstDeals({ days, clients, statuses });
  const cells = new Int32Array(rows);
  const starts = new Int32Array(size + 1);
  for (let row = 0; row < rows; row++) {
    const cell = people[row]! * MONTHS + monthOf[days[row]! - FIRST]!;
    const amount = amounts[row]!;
    const status = statuses[row]!;
    cells[row] = cell;
    all[cell]!++;
    if (status === WON) {
      revenue[cell]! += amount;
      deals[cell]!++;
      starts[cell + 1]!++;
      if (firsts[row] === 1) {
        ofFirst[cell]! += amount;
        // a client's first deal is one, so no client is new twice
        newClients[cell]!++;
      }
    } else if (status === LOST) {
      lostAmount[cell]! += amount;
      lost[cell]!++;
    }
    if (status !== OPEN) {
      closed[cell]!++;
      closedAmount[cell]! += amount;
    }
  }
  for (let cell = 0; cell < size; cell++) starts[cell + 1]! += starts[cell]!;
  const won = new Int32Array(starts[size]!);
  const filled = starts.slice();
  for (let row = 0; row < rows; row++) if (statuses[row] === WON) won[filled[cells[row]!]!++] = row;
  const clientSeen = new Int32Array(CLIENTS).fill(-1);
  const productSeen = new Int32Array(PRODUCTS).fill(-1);
  for (let cell = 0; cell < size; cell++) {
    const [from, until] = [starts[cell]!, starts[cell + 1]!];
    const sorted = new Float64Array(until - from);
    for (let at = from; at < until; at++) {
      const row = won[at]!;
      sorted[at - from] = amounts[row]!;
      if (clientSeen[clients[row]!] !== cell) {
        clientSeen[clients[row]!] = cell;
        clientCount[cell]!++;
      }
      if (productSeen[products[row]!] !== cell) {
        productSeen[products[row]!] = cell;
        productCount[cell]!++;
      }
    }
    sorted.sort();
    large[cell] = sorted[Math.ceil((sorted.length * 9) / 10) - 1] ?? Number.NaN;
  }
  return {
    revenue: revenue,
    lost_amount: lostAmount,
    of_first: ofFirst,
    deals: deals,
    lost: lost,
    all: all,
    clients: clientCount,
    products: productCount,
    closed: closed,
    closed_amount: closedAmount,
    large: large,
    new_clients: newClients,
  };
}

/** Of each row whether it is its client's first won deal: the earliest day, and of one day the least id. */
function firstDeals({ days, clients, statuses }: Pick<Deals, 'days' | 'clients' | 'statuses'>): Uint8Array {
  const first = new Int32Array(CLIENTS).fill(-1);
  for (let row = 0; row < days.length; row++) {
    if (statuses[row] !== WON) continue;
    const before = first[clients[row]!]!;
    if (before < 0 || days[row]! < days[before]! || (days[row] === days[before] && `d${row}` < `d${before}`))
      first[clients[row]!] = row;
  }
  const found = new Uint8Array(days.length);
  for (const row of first) if (row >= 0) found[row] = 1;
  return found;
}

/** The memory backend against the loop: its answers, and how long it takes to give them. */
export async function benchMemory({
  rounds,
  rows,
}: {
  readonly rounds: number;
  readonly rows: number;
}): Promise<readonly Figure[]> {
  const { deals, csv, people } = generated(rows);
  const { value: model, diagnostics } = compile([{ name: 'memory.merit', text: POLICY }]);
  if (!model || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  const sources = [source('person', people), source('deal', csv)];
  const { backend, query, load } = await loaded(model, sources);
  compareAll(await backend.facts(query), { query, expected: byHand(deals), model });
  const times = { scan: [] as number[], hand: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.hand.push(timedNow(() => byHand(deals)));
    times.scan.push(await timed(() => backend.facts(query)));
  }
  await backend.close();
  const scans = times.scan.map((each, round) => each / times.hand[round]!);
  return [
    {
      what: 'twelve KPIs in memory against a loop over typed arrays',
      input: `${rows} generated deals, ${PEOPLE} people, ${MONTHS} months; sums, counts, three distinct counts, an average, a conversion, a percentile; every answer equal, the loop in doubles of cents; both have been asked once before`,
      value: quantile(scans, 0.5),
      unit: ' times',
      limit: 2.5,
    },
    {
      what: 'reading and settling these deals against the same loop',
      input: 'CSV text to columns, duplicate keys, control sums, credit, who was first',
      value: load / quantile(times.hand, 0.5),
      unit: ' times',
    },
  ];
}

function source(name: string, text: string): SourceSpec {
  const none = new Map<string, string>();
  const content = { kind: 'text' as const, text };
  return { name, file: `${name}.csv`, format: 'csv', content, columns: none, constants: none, dialect: {} };
}

/** A backend that has read everything and is asked nothing yet, and what a run asks for everybody's own deals. */
async function loaded(model: Model, sources: readonly SourceSpec[]) {
  const backend = createMemoryBackend({ readFile: () => Promise.reject(new Error('no files')) });
  let query: AggregateQuery | undefined;
  let load = 0;
  await gather(
    { model, sources, period: '2026' },
    {
      ...backend,
      async load(...args) {
        load += await timed(() => backend.load(...args));
      },
      async settle() {
        const start = performance.now();
        const reports = await backend.settle();
        load += performance.now() - start;
        return reports;
      },
      async facts(asked) {
        if (asked.scope.kind === 'own' && asked.measures.some((each) => each.aggregate === 'percentile'))
          query = asked;
        return [];
      },
    },
  );
  if (!query) throw new Error('no query of own deals');
  return { backend, query, load };
}

/** Throws where an answer isn't that of the loop. */
function compareAll(
  found: readonly FactRow[],
  {
    query,
    expected,
    model,
  }: { readonly query: AggregateQuery; readonly expected: Answers; readonly model: Model },
): void {
  const columns = query.measures.map((each) => columnOf(each, model));
  let compared = 0;
  for (const { group, bucket, share, values } of found) {
    const month = query.buckets.findIndex((each) => each.id === bucket);
    const cell = Number(group) * MONTHS + month;
    for (const [at, { column, scale }] of columns.entries()) {
      const isHere = takesShares(query.measures[at]!) === (share !== undefined);
      if (!isHere) continue;
      const value = values[at] as Exact | undefined;
      const theirs = expected[column]![cell]!;
      const ours = value === undefined ? Number.NaN : Number(multiply(value, whole(scale)).num);
      if (!Object.is(ours, theirs))
        throw new Error(`${column} of ${group} in ${bucket}: ${ours}, by hand ${theirs}`);
      compared++;
    }
  }
  const all = expected.all!.reduce((sum, each) => sum + (each > 0 ? columns.length : 0), 0);
  if (compared !== all) throw new Error(`${compared} answers, by hand ${all}`);
}

/** The loop's columns for the policy's measures, as the policy comes to them. */
const MEASURES = [
  'revenue',
  'lost_amount',
  'of_first',
  'deals',
  'lost',
  'all',
  'clients',
  'products',
  'closed_amount',
  'closed',
  'large',
  'new_clients',
];
const IN_CENTS = new Set(['revenue', 'lost_amount', 'of_first', 'closed_amount', 'large']);

/** The loop's column for a measure, and how many of its units make one of ours. */
function columnOf({ id }: Measure, { measures }: Model): { readonly column: string; readonly scale: number } {
  const column = MEASURES[measures.findIndex((each) => each.id === id)]!;
  return { column, scale: IN_CENTS.has(column) ? 100 : 1 };
}

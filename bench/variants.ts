// A thousand variants of a policy over the same data: what each costs, with facts worked out once and shared. One in ten
// changes what a KPI counts, so that one measure is asked anew; the others change rates, bounds and targets. A sample is
// run by itself, reading all of it again, and must cost the same to the last digit.

import { keepData } from '../src/backend/kept.ts';
import { createMemoryBackend } from '../src/backend/memory.ts';
import { dayOf, dayText } from '../src/base/date.ts';
import { exactText } from '../src/base/exact.ts';
import { costOf } from '../src/compare/cost.ts';
import { createReader, type Reader } from '../src/compare/runs.ts';
import { compile } from '../src/engine.ts';
import type { SourceSpec } from '../src/model/dataset.ts';
import type { Model } from '../src/model/policy.ts';
import { type Figure, quantile, seeded, timed } from './measure.ts';

/** The policy with its numbers: the rate in thousandths, the bound in roubles, and the least amount that counts as large. */
function policy({
  rate,
  bound,
  large,
}: {
  readonly rate: number;
  readonly bound: number;
  readonly large: number;
}): string {
  return `policy variants {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
event deal {
  id: text key
  closed_on: date posts
  manager: person owner
  client: text
  amount: money
  status: won | lost | open
}
kpi revenue = sum(deal.amount where status is won)
kpi deals = count(deal where status is won)
kpi large_deals = count(deal where status is won and amount >= ${large} RUB)
kpi clients = count(distinct deal.client where status is won)
rates ladder marginal {
  from 0 RUB: ${rate / 10}%
  from ${bound} RUB: ${(rate + 5) / 10}%
}
role seller {
  target revenue ${bound} RUB
  bonus commission = ladder(revenue)
  bonus for_large = large_deals * 500 RUB
  bonus for_clients = clients * 100 RUB when (attainment(revenue) else 0%) >= 80%
}
`;
}

/** The numbers of a variant: each has a rate and a bound of its own, one in ten its own measure of what is large. */
function numbersOf(variant: number): Parameters<typeof policy>[0] {
  const large = variant % 10 === 0 ? 50_000 + variant * 10 : 50_000;
  return { rate: 10 + (variant % 40), bound: 200_000 + variant * 100, large };
}

function modelOf(variant: number): Model {
  const { value, diagnostics } = compile([{ name: 'variants.merit', text: policy(numbersOf(variant)) }]);
  if (!value || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return value;
}

/** The variants over shared facts, against each by itself as far as the sample goes. */
export async function benchVariants({
  variants,
  people,
  rows,
  sample,
}: {
  readonly variants: number;
  readonly people: number;
  readonly rows: number;
  readonly sample: number;
}): Promise<readonly Figure[]> {
  const sources = generated({ people, rows });
  const request = { sources, period: '2026' };
  const readFile = () => Promise.reject(new Error('no files'));
  const kept = keepData({ readFile });
  const shared = createReader(request, async () => kept.openBackend());
  const costs: string[] = [];
  const whole = await timed(async () => {
    for (let each = 0; each < variants; each++) costs.push(await cost(shared, modelOf(each)));
  });
  const ratios: number[] = [];
  for (let at = 0; at < sample; at++) {
    const each = Math.floor(((at + 0.5) * variants) / sample);
    const alone = createReader(request, async () => createMemoryBackend({ readFile }));
    let found = '';
    const time = await timed(async () => (found = await cost(alone, modelOf(each))));
    if (found !== costs[each]) throw new Error(`variant ${each} costs ${costs[each]}, by itself ${found}`);
    ratios.push(time / (whole / variants));
  }
  return [
    {
      what: 'many variants of a policy over shared facts against each by itself',
      input: `${variants} variants over ${people} people by 12 months and ${rows} deals, one in ten with a measure of its own; ${sample} run by themselves, costs equal; ${(whole / variants).toFixed(0)} ms a variant, checking it included`,
      value: quantile(ratios, 0.5),
      unit: ' times as fast',
    },
  ];
}

async function cost(read: Reader, model: Model): Promise<string> {
  const { gathered, diagnostics } = await read(model);
  if (!gathered) throw new Error(JSON.stringify(diagnostics));
  return exactText(costOf(gathered));
}

function generated({
  people,
  rows,
}: {
  readonly people: number;
  readonly rows: number;
}): readonly SourceSpec[] {
  const random = seeded(1);
  const below = (limit: number): number => Math.floor(random() * limit);
  const first = dayOf(2026, 1, 1);
  const deals = Array.from({ length: rows }, (_, n) => {
    const amount = `${below(100_000)}.${String(below(100)).padStart(2, '0')}`;
    const status = ['won', 'lost', 'open'][below(3)];
    return `d${n},${dayText(first + below(365))},p${below(people)},c${below(5_000)},${amount},${status}`;
  });
  const ids = Array.from({ length: people }, (_, n) => `p${n},seller`);
  return [
    source('person', ['id,role', ...ids]),
    source('deal', ['id,closed_on,manager,client,amount,status', ...deals]),
  ];
}

function source(name: string, lines: readonly string[]): SourceSpec {
  const none = new Map<string, string>();
  const content = { kind: 'text' as const, text: `${lines.join('\n')}\n` };
  return { name, file: `${name}.csv`, format: 'csv', content, columns: none, constants: none, dialect: {} };
}

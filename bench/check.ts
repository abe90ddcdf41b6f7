// Checking a policy: linear in its length, and quick enough while somebody types.

import { compile } from '../src/engine.ts';
import { type Figure, quantile, timedNow } from './measure.ts';

/** A policy of about that many lines: KPIs, tables of rates and roles that use them, 20 lines a block. */
export function longPolicy(lines: number): string {
  const head = `policy long {
  currency RUB
  timezone "Europe/Moscow"
  period month
}

event deal {
  id: text key
  closed_on: date posts
  manager: person owner
  client: text
  amount: money from 0 RUB
  status: won | lost | open
}
`;
  const blocks = Math.max(1, Math.floor((lines - 13) / 20));
  return head + Array.from({ length: blocks }, (_, n) => block(n)).join('');
}

function block(n: number): string {
  return `
/// Won deals of kind ${n}.
kpi revenue_${n} "Revenue ${n}" outcome = sum(deal.amount where status is won and amount >= ${n} RUB)
kpi deals_${n} "Deals ${n}" outcome = count(deal where status is won and amount >= ${n} RUB)
kpi share_${n} "Share ${n}" outcome = deals_${n} / count(deal where status is not open)

rates ladder_${n} marginal {
  from 0 RUB:         3%
  from 1_000_000 RUB: 5%
}

role seller_${n} {
  target revenue_${n} ${n + 1}_000 RUB
  target deals_${n}   10
  scorecard {
    revenue_${n} 60%
    deals_${n}   40%
  }
  bonus commission_${n} = ladder_${n}(revenue_${n}) when (share_${n} else 0%) > 10%
}
`;
}

export function benchCheck({ rounds }: { readonly rounds: number }): readonly Figure[] {
  const texts = [10_000, 50_000].map(longPolicy);
  const check = (text: string): void => {
    const { value, diagnostics } = compile([{ name: 'long.merit', text }]);
    if (!value) throw new Error(JSON.stringify(diagnostics[0]));
  };
  const times = texts.map((): number[] => []);
  for (const text of texts) check(text);
  for (let round = 0; round < rounds; round++) {
    texts.forEach((text, index) => {
      times[index]!.push(timedNow(() => check(text)));
    });
  }
  const [short, long] = times.map((each) => quantile(each, 0.5)) as [number, number];

  const edited = longPolicy(1_000);
  const keys: number[] = [];
  for (let stroke = 0; stroke < 200; stroke++) {
    // a name is typed letter by letter in the middle of the file: most states don't check
    const typed = 'sum(deal.amount where status is won)'.slice(0, stroke % 37);
    const middle = edited.indexOf('\nkpi deals_20');
    const text = `${edited.slice(0, middle)}\nkpi typed = ${typed}${edited.slice(middle)}`;
    keys.push(timedNow(() => compile([{ name: 'edited.merit', text }])));
  }
  return [
    {
      what: 'checking 50,000 lines against 10,000',
      input: `generated policies, ${rounds} rounds in turn, medians ${short.toFixed(0)} and ${long.toFixed(0)} ms`,
      value: long / short,
      unit: ' times',
      limit: 6,
    },
    {
      what: 'diagnostics while typing in 1,000 lines, 95th percentile',
      input: `200 states of one file, median ${quantile(keys, 0.5).toFixed(1)} ms`,
      value: quantile(keys, 0.95),
      unit: ' ms',
      limit: 50,
    },
  ];
}

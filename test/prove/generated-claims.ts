// Small policies with claims of all kinds, drawn by a seed: tables of rates that rise and fall, curves, grids, gates, caps,
// floors, draws, scores where lower is better, bonuses of a quarter.

import type { Chance } from '../../src/base/chance.ts';

const AMOUNTS = ['100', '1_000', '2_500', '10_000', '50_000'];
const SHARES = ['0%', '1%', '3%', '5%', '10%', '50%', '80%', '100%', '120%'];

export interface Generated {
  readonly text: string;
  readonly claims: readonly string[];
}

export function generatedPolicy(chance: Chance): Generated {
  const { one, happens } = chance;
  const ascending = (list: readonly string[], count: number): readonly string[] => {
    const start = chance.below(Math.max(1, list.length - count));
    return list.slice(start, start + count);
  };
  const amount = happens(0.7)
    ? 'money from 0 RUB'
    : happens(0.5)
      ? 'money'
      : 'money from 1 RUB until 40_000 RUB';
  const salary = happens(0.8) ? 'money from 0 RUB until 90_000 RUB' : 'money';
  const rates = (name: string): string => {
    const mode = one(
      name === 'ladder' ? ['marginal', 'marginal', 'whole'] : ['marginal', 'whole', 'amounts'],
    );
    const bounds = ['0', ...ascending(AMOUNTS, one([1, 2, 2]))];
    const sorted = happens(0.7);
    const picked = bounds.map(() => one(SHARES.slice(0, 6)));
    const values = sorted
      ? picked.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
      : picked;
    const tiers = bounds.map((bound, at) => {
      const word = at > 0 && happens(0.3) ? 'above' : 'from';
      const value = mode === 'amounts' ? `${Number.parseInt(values[at]!, 10) * 10} RUB` : values[at];
      const last = at === bounds.length - 1;
      const all = mode === 'marginal' && at > 0 && happens(0.15) ? ' on all' : '';
      return `  ${word} ${bound} RUB${mode === 'amounts' && last ? ` until 90_000 RUB` : ''}: ${value}${all}`;
    });
    return `${mode === 'amounts' ? 'amounts' : 'rates'} ${name}${mode === 'amounts' ? '' : ` ${mode}`} {\n${tiers.join('\n')}\n}`;
  };
  const curve = (name: string): string => {
    const mode = one(['linear', 'linear', 'steps']);
    const at = ['50%', '80%', '100%', '130%'].slice(0, one([2, 3, 4]));
    const scores = at
      .map(() => one(SHARES))
      .toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
    if (happens(0.2)) scores.reverse();
    const rows = at.map((each, index) => `  ${each}: ${scores[index]}`);
    const above = happens(0.3)
      ? `  above: ${one(['1%', '2%'])} more per ${happens(0.5) ? 'full ' : ''}1%`
      : `  above: ${happens(0.8) ? scores.at(-1) : one(SHARES)}`;
    return `curve ${name} ${mode} {\n  below ${at[0]}: ${happens(0.7) ? '0%' : one(SHARES)}\n${rows.join('\n')}\n${above}\n}`;
  };
  const condition = (): string =>
    one([
      `revenue >= ${one(AMOUNTS)} RUB`,
      `revenue > ${one(AMOUNTS)} RUB`,
      `(conversion else 0%) >= ${one(SHARES)}`,
      `calls >= ${one(['1', '3'])}`,
      `calls < ${one(['1', '3'])}`,
      `revenue < ${one(AMOUNTS)} RUB`,
      `(attainment(revenue) else 0%) >= ${one(SHARES)}`,
      `revenue[team] >= ${one(AMOUNTS)} RUB`,
      `person.region is "A"`,
      `not (deals is 0)`,
    ]);
  const value = (depth: number): string => {
    if (depth > 0 && happens(0.55)) {
      const [a, b] = [value(depth - 1), value(depth - 1)];
      return one([
        `(${a} + ${b})`,
        `min(${a}, ${b})`,
        `max(${a}, ${b})`,
        `(${a} when ${condition()} otherwise ${b})`,
        `(${a} - ${b})`,
        `${a} * ${one(SHARES)}`,
        `${a} * (score else 0%)`,
        `round(${a} to ${one(['1', '10', '0.5'])} RUB)`,
        `floor(${a} to 100 RUB)`,
        `(${a} / ${one(['2', '3'])})`,
        `${a} * fall((attainment(revenue) else 0%))`,
        `${a} * (${b} / 1_000 RUB)`,
      ]);
    }
    return one([
      'ladder(revenue)',
      'ladder(revenue)',
      'other(revenue)',
      'other(cost)',
      'ladder.rate(revenue) * revenue',
      'ladder.rate(cost) * revenue',
      '(parts(revenue of person.salary) else 0 RUB)',
      'ladder(revenue, after cost)',
      'revenue * 5%',
      'revenue[team] * 1%',
      'cost * 2%',
      'calls * 50 RUB',
      'person.salary * (score else 0%)',
      `${one(AMOUNTS)} RUB`,
      'streak(revenue >= 1_000 RUB) * 100 RUB',
      '(revenue[previous] else 0 RUB) * 3%',
      'revenue[ytd] * 2%',
      'person.salary * 10% * standard((conversion else 0%))',
      'revenue * cells(revenue, calls)',
      'abs(revenue - cost) * 1%',
      '100 RUB * (answer else 1)',
    ]);
  };
  const bonus = (name: string): string => {
    const gated = happens(0.3) ? ' gated' : '';
    const quarter = happens(0.15) ? ' per quarter' : '';
    const when = happens(0.3) ? ` when ${condition()}` : '';
    const cap = happens(0.25) ? ` cap ${one(AMOUNTS)} RUB` : '';
    const floor = happens(0.15) ? ' floor 100 RUB' : '';
    const later = happens(0.08)
      ? one([' pays in 3 monthly parts', ' pays 1 month later', ' holds 20% for 3 months'])
      : '';
    return `  bonus ${name}${quarter}${gated} = ${value(one([0, 1, 1, 2]))}${when}${floor}${cap}${later}`;
  };
  const names = ['b1', 'b2', 'b3'].slice(0, one([1, 2, 2, 3]));
  const text = `policy p {
  currency RUB
  timezone "Europe/Moscow"
  period month
  effective from 2026-01-01 until 2026-12-31
  rounding ${one(['half up', 'half even', 'down'])} to ${one(['0.01', '0.01', '1', '10'])}
${happens(0.1) ? `  cap ${one(AMOUNTS)} RUB\n` : ''}${happens(0.1) ? `  floor 500 RUB\n` : ''}${happens(0.08) ? `  cap ${one(AMOUNTS)} RUB per year\n` : ''}${happens(0.06) ? '  draw 400 RUB recoverable\n' : ''}}
person {
  salary: ${salary}
  region: text
}
event deal {
  since 2025-01-01
  id: text key
  closed_on: date posts
  manager: person owner
  amount: ${amount}
  cost: money from 0 RUB
  days: number from 0
  status: won | lost
  is_won = status is won
}
event call {
  id: text key
  at: date posts
  manager: person owner
}
kpi revenue = sum(deal.amount where is_won)
kpi cost = sum(deal.cost)
kpi deals = count(deal)
kpi calls = count(call)
kpi conversion = count(deal where is_won) / count(deal)
kpi answer lower is better = average(deal.days)
${rates('ladder')}
${rates('other')}
rates parts marginal {
  from 0%: ${one(SHARES.slice(0, 5))}
  from 50%: ${one(SHARES.slice(0, 5))}
}
${curve('standard')}
${curve('fall')}
grid cells by revenue, calls {
              | from 0 | above 2
  from 0 RUB  | 1%     | ${one(SHARES.slice(0, 5))}
  from 1_000 RUB | ${one(SHARES.slice(0, 5))} | 5%
}
role seller {
  target revenue ${one(AMOUNTS)} RUB
  target answer ${one(['2', '5'])}
  scorecard {
    revenue 60% on standard${happens(0.3) ? ' cap 100%' : ''} missing counts 0%
    answer 40% on ${one(['standard', 'fall'])} cap ${one(['90%', '150%'])} missing ${happens(0.5) ? 'counts 50%' : 'spreads its weight at least 50%'}
  }
  gate ${condition()}
${names.map(bonus).join('\n')}
${happens(0.3) ? `  cap ${one(AMOUNTS)} RUB${happens(0.3) ? ' carry excess' : ''}\n` : ''}${happens(0.1) ? `  cap ${one(AMOUNTS)} RUB per year\n` : ''}${happens(0.2) ? '  floor 200 RUB\n' : ''}${happens(0.25) ? `  draw ${one(['300', '3_000'])} RUB${happens(0.6) ? ' recoverable' : ''}\n` : ''}}
${happens(0.3) ? `award best {\n  to top 1 of seller by ${one(['revenue', 'calls'])}\n  gives 500 RUB\n}\n` : ''}${happens(0.2) ? `award two {\n  to top 2 of seller by revenue split among ties\n  gives 400 RUB\n}\n` : ''}${happens(0.3) ? `award steady {\n  to seller\n  when ${condition()}\n  gives 300 RUB\n}\n` : ''}`;
  const paid = (): string => one(['pay', 'pay', 'earned', ...names, ...names]);
  const limit = (): string => `${one([...AMOUNTS, '0', '200_000'])} RUB`;
  const claim = (): string =>
    one([
      `${paid()} is ${one(['nondecreasing', 'nondecreasing', 'nonincreasing'])} in ${one(['revenue', 'revenue', 'calls', 'cost', 'conversion', 'answer', 'person.salary', 'deal.amount', 'deal.cost', 'revenue[team]'])}`,
      `${paid()} <= ${limit()}`,
      `${paid()} >= ${limit()}`,
      `${paid()} <= ${one(SHARES)} * revenue`,
      `${paid()} <= ${one(SHARES)} * revenue + ${limit()}`,
      `${paid()} >= ${one(SHARES)} * revenue`,
      `${paid()} <= ${paid()}`,
      `${paid()} is 0 RUB or ${condition()}`,
      `(score else 0%) <= ${one(SHARES)}`,
      `(conversion else 0%) <= 100%`,
      `(min(attainment(answer), 150%) else 0%) <= 120%`,
      `not (${condition()}) or ${paid()} > 0 RUB`,
    ]);
  const given = (): string =>
    one([
      '',
      '',
      '',
      'given revenue from 0 RUB until 60_000 RUB\n',
      'given person.salary from 100 RUB\n',
      'given deal.amount from 0 RUB until 5_000 RUB\n',
      'given conversion from 50%\n',
    ]);
  const claims = Array.from({ length: 6 }, (_, at) => `invariant "i${at}" { ${given()}${claim()} }`);
  return { text, claims };
}

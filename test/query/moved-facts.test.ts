// Facts with a row added say what facts over data with that row say: for everybody, in every scope and window.

import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { parseDay } from '../../src/base/date.ts';
import { exact } from '../../src/base/exact.ts';
import { resultOf } from '../../src/engine.ts';
import { type Gathered, gather } from '../../src/gather.ts';
import { movedFacts } from '../../src/query/moved-facts.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';

const SCOPES = ['', 'team', 'reports', 'company', 'by person.region'];
const WINDOWS = ['', 'ytd', 'qtd', 'previous', 'trailing 2 months'];
const NAMES = SCOPES.flatMap((scope) => WINDOWS.map((window) => [scope, window].filter(Boolean).join(', ')));

const POLICY = `policy small {
  currency RUB
  timezone "Europe/Moscow"
  period month
}
person { region: text }
event deal {
  id:      text key
  on_day:  date posts
  manager: person owner
  client:  text
  amount:  money
}
kpi revenue = sum(deal.amount)
kpi deals = count(deal)
kpi clients = count(distinct deal.client)
role seller {
${NAMES.map((name, index) => {
  const of = name === '' ? '' : `[${name}]`;
  return `  bonus b${index} = (revenue${of} else 0 RUB) + (deals${of} else 0) * 1 RUB + (clients${of} else 0) * 0.1 RUB`;
}).join('\n')}
}
`;

// cyril leaves on the 20th and dora changes teams on the 21st; all but anna stand below somebody
const PEOPLE = `id,name,role,team,lead,region,from,until
anna,Anna,seller,north,,west,2026-01-01,
boris,Boris,seller,north,anna,east,2026-01-01,
cyril,Cyril,seller,south,boris,west,2026-01-01,2026-02-20
dora,Dora,seller,south,anna,east,2026-01-01,2026-02-20
dora,Dora,seller,north,boris,east,2026-02-21,
egor,Egor,seller,,dora,west,2026-02-10,
`;
const DEALS = `id,on_day,manager,client,amount
d1,2026-01-10,anna,a,1000
d2,2026-02-10,boris,b,200
d3,2026-02-11,cyril,a,30
d4,2026-02-25,dora,c,4
`;

async function gathered(deals: string): Promise<Gathered> {
  const model = modelOf(POLICY);
  const backend = createMemoryBackend({
    readFile: () => {
      throw new Error('no files');
    },
  });
  const sources = [csvSource('person', PEOPLE), csvSource('deal', deals)];
  return (await gather({ model, sources, period: '2026-01..2026-03' }, backend)).value!;
}

function statementsOf(of: Gathered) {
  return resultOf(of, { model: of.model, sources: [], period: '2026-01..2026-03' }).statements;
}

const ROWS = [
  { person: 'anna', day: '2026-02-28' },
  { person: 'cyril', day: '2026-02-20' },
  { person: 'dora', day: '2026-02-20' },
  { person: 'dora', day: '2026-02-21' },
  { person: 'egor', day: '2026-03-31' },
  { person: 'boris', day: '2026-01-31' },
];

describe('a row that is added', () => {
  it.each(ROWS)('of $person on $day counts where a real one does', async ({ person, day }) => {
    const real = await gathered(`${DEALS}d9,${day},${person},new,777\n`);
    const before = await gathered(DEALS);
    const on = parseDay(day)!;
    const stay = before.people.stays.find(
      (each) => each.person === person && each.from <= on && on < each.until,
    )!;
    const amounts = new Map([
      ['sum', exact('777')],
      ['count', exact('1')],
      ['distinct', exact('1')],
    ]);
    const by = new Map(before.model.measures.map((each) => [each.id, amounts.get(each.aggregate)!]));
    const moved = { ...before, facts: movedFacts(before, { stay, day: on, by }) };
    expect(statementsOf(moved)).toEqual(statementsOf(real));
    expect(statementsOf(moved)).not.toEqual(statementsOf(before));
  });
});

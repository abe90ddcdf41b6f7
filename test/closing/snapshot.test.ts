// What is kept of inputs: cells by field in one hand, by all policies that read them, and which rows closed periods stand on.

import { describe, expect, it } from 'vitest';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { parseDay } from '../../src/base/date.ts';
import { sourcesOf } from '../../src/closing/replay.ts';
import { snapshotOf } from '../../src/closing/snapshot.ts';
import { removedUsed } from '../../src/closing/used-rows.ts';
import { compile, run } from '../../src/engine.ts';
import { changesBetween } from '../../src/ledger/snapshot.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { LedgerRow, Snapshot } from '../../src/model/ledger.ts';
import type { Model } from '../../src/model/policy.ts';
import * as f from '../input/fields.ts';

function policy(declarations: string): Model {
  const text = `policy p {\n  currency RUB\n  timezone "Europe/Moscow"\n  period month\n}\n${declarations}`;
  const { value, diagnostics } = compile([{ name: 'policy.merit', text }]);
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  return value!;
}

const EVENT = `event deal {
  id:     text key
  day:    date posts
  at:     datetime?
  who:    person owner
  amount: money from 0 RUB
  share:  percent else 5%
  status: won | lost
}
`;
const RULES = `kpi revenue = sum(deal.amount)
role seller { bonus b = revenue * 1% }
`;
const PEOPLE = f.spec('person', 'id,name,role\nanna,Anna,seller\n');

async function kept(models: readonly Model[], sources: readonly SourceSpec[]): Promise<Snapshot> {
  const { value, diagnostics } = await tried(models, sources);
  expect(diagnostics.filter((each) => each.severity === 'error')).toEqual([]);
  return value;
}

const tried = (models: readonly Model[], sources: readonly SourceSpec[]) =>
  snapshotOf({ models, sources }, createMemoryBackend({ readFile: () => Promise.reject() }));

function rowsOf({ sources }: Snapshot, source: string): readonly LedgerRow[] {
  return sources.find((each) => each.source === source)?.rows ?? [];
}

describe('a snapshot', () => {
  it('has cells in one hand, whatever the file', async () => {
    const model = policy(EVENT + RULES);
    const hand = f.spec(
      'deal',
      'nr;Tag;at;who;Betrag;share;status\n7;2026-01-05T00:00:00;2026-01-05 10:30;anna;1.500,50;;won\n',
      {
        columns: new Map([
          ['id', 'nr'],
          ['day', 'Tag'],
          ['amount', 'Betrag'],
        ]),
        dialect: { decimal: ',', thousands: '.' },
      },
    );
    const plain = f.spec(
      'deal',
      JSON.stringify([
        { status: 'won', amount: 1500.5, who: 'anna', day: '2026-01-05', id: '7', at: '2026-01-05T07:30Z' },
      ]),
      { format: 'json' },
    );
    const snapshot = await kept([model], [PEOPLE, hand]);
    expect(rowsOf(snapshot, 'deal')).toEqual([
      {
        source: 'deal',
        key: '7',
        // Moscow is three hours ahead; a fallback is the policy's and no cell
        cells: {
          id: '7',
          day: '2026-01-05',
          at: '2026-01-05T07:30:00Z',
          who: 'anna',
          amount: '1500.5',
          status: 'won',
        },
      },
    ]);
    expect(await kept([model], [PEOPLE, plain])).toEqual(snapshot);
  });

  it('has constants of the configuration as cells, and names in NFC', async () => {
    const model = policy(EVENT + RULES);
    const deal = f.spec('deal', `id,day,who,amount\n${'e\u0301'},2026-01-05,anna,1\n`, {
      constants: new Map([['status', 'lost']]),
    });
    const [row] = rowsOf(await kept([model], [PEOPLE, deal]), 'deal');
    expect(row).toMatchObject({ key: '\u00e9', cells: { id: '\u00e9', status: 'lost' } });
  });

  it('leaves rejected rows out', async () => {
    const model = policy(EVENT + RULES);
    const deal = f.spec(
      'deal',
      'id,day,who,amount,status\n1,2026-01-05,anna,-1,won\n2,2026-01-05,nobody,1,won\n3,2026-01-05,anna,1,won\n4,2026-01-05,anna,1,won\n4,2026-01-05,anna,2,won\n',
    );
    expect(rowsOf(await kept([model], [PEOPLE, deal]), 'deal').map((each) => each.key)).toEqual(['3']);
  });

  it('keeps the ids of people of whom no row is taken, as other rows name them', async () => {
    const model = policy(
      `${EVENT.replace('event deal {', 'event deal {\n  since 2025-01-01').replace('won | lost', 'won | lost\n  client: text\n  is_first = nth(by client) is 1')}kpi first = count(deal where is_first)\nrole seller { bonus b = first * 5 RUB }\n`,
    );
    const people = f.spec('person', 'id,name,role\nanna,Anna,seller\nboris,Boris,nothing\n');
    // boris sold to the client first, though nobody knows his role: anna's deal isn't the client's first
    const deal = f.spec(
      'deal',
      'id,day,who,amount,status,client\n1,2026-01-05,boris,1,won,x\n2,2026-01-06,anna,1,won,x\n3,2026-01-07,anna,1,won,y\n',
    );
    const snapshot = await kept([model], [people, deal]);
    expect(rowsOf(snapshot, 'person').map(({ key, cells }) => [key, cells.role])).toEqual([
      ['anna, seller from the beginning', 'seller'],
      ['boris', undefined],
    ]);
    for (const sources of [[people, deal], sourcesOf(snapshot, model)]) {
      const backend = createMemoryBackend({ readFile: () => Promise.reject() });
      const { value } = await run({ model, sources, period: '2026-01', allowRejects: true }, backend);
      expect(value!.statements.map(({ person, pay }) => [person, pay])).toEqual([['anna', '5']]);
    }
    // once he has a role, nothing has gone
    const now = await kept(
      [model],
      [f.spec('person', 'id,name,role\nanna,Anna,seller\nboris,Boris,seller\n'), deal],
    );
    const changes = changesBetween(snapshot, now);
    expect(changes.map(({ kind, row: { key } }) => `${kind} ${key}`)).toEqual([
      'removed boris',
      'added boris, seller from the beginning',
    ]);
    expect(removedUsed(changes, { models: [model], until: parseDay('2026-02-01')! })).toEqual([]);
  });

  it('has what any of the policies reads, each cell as the first does', async () => {
    const now = policy(
      `event deal {\n  id: text key\n  day: date posts\n  who: person owner\n  amount: money\n  status: won | lost | refunded\n}\n${RULES}`,
    );
    const before = policy(
      `${EVENT.replace('amount: money from 0 RUB', 'amount: money\n  note: text?')}event call {\n  id: text key\n  day: date posts\n  who: person owner\n}\n${RULES}`,
    );
    const deal = f.spec(
      'deal',
      'id,day,who,amount,status,note\n1,2026-01-05,anna,1,refunded,x\n2,2026-01-05,anna,2,won,y\n',
    );
    const call = f.spec('call', 'id,day,who\n1,2026-01-05,anna\n');
    const snapshot = await kept([now, before], [PEOPLE, deal, call]);
    // the older policy doesn't know the word, so it doesn't take the first row, and its note isn't read
    expect(rowsOf(snapshot, 'deal').map((each) => each.cells)).toEqual([
      { id: '1', day: '2026-01-05', who: 'anna', amount: '1', status: 'refunded' },
      { id: '2', day: '2026-01-05', who: 'anna', amount: '2', status: 'won', note: 'y' },
    ]);
    expect(rowsOf(snapshot, 'call')).toHaveLength(1);
    // each policy is given its own fields
    const [, deals] = sourcesOf(snapshot, now);
    expect((deals!.content as { readonly text: string }).text).toBe(
      'id,day,who,amount,status\n1,2026-01-05,anna,1,refunded\n2,2026-01-05,anna,2,won\n',
    );
  });

  it('says which data is missing, and which columns', async () => {
    const model = policy(EVENT + RULES);
    const { diagnostics } = await tried([model], [PEOPLE]);
    expect(diagnostics.map((each) => each.code)).toEqual(['M3150']);
    const deal = f.spec('deal', 'id,day,who,status\n1,2026-01-05,anna,won\n');
    expect((await tried([model], [PEOPLE, deal])).diagnostics.map((each) => each.code)).toEqual(['M2013']);
  });
});

describe('rows that closed periods stand on', () => {
  const PAYMENTS = `event payment {\n  since 2025-01-01\n  id: text key\n  day: date posts\n  deal: deal\n  amount: money\n}\n`;
  const TABLE = `table quota {\n  who: person key\n  from: date\n  until: date?\n  least: money\n}\n`;

  /** The rows whose loss is told, of all of them, where January is closed. */
  async function used(declarations: string, sources: readonly SourceSpec[]): Promise<readonly string[]> {
    const model = policy(declarations);
    const snapshot = await kept([model], [PEOPLE, ...sources]);
    const gone = changesBetween(snapshot, { sources: [] });
    const rows = removedUsed(gone, { models: [model], until: parseDay('2026-02-01')! });
    return rows.filter((each) => each.source !== 'person').map(({ source, key }) => `${source} ${key}`);
  }

  const DEALS = f.spec(
    'deal',
    'id,day,at,who,amount,status\nold,2025-03-01,,anna,1,won\nnow,2026-01-31,,anna,1,won\nlater,2026-02-01,,anna,1,won\n',
  );

  it('are posted before their end, or hold before it', async () => {
    const quota = f.spec('quota', 'who,from,until,least\nanna,2025-01-01,2026-02-28,1\nanna,2026-03-01,,2\n');
    expect(await used(EVENT + TABLE + RULES, [DEALS, quota])).toEqual([
      'deal now',
      'deal old',
      'quota anna from 2025-01-01',
    ]);
    const since = EVENT.replace('event deal {', 'event deal {\n  since 2026-01-01');
    expect(await used(since + RULES, [DEALS])).toEqual(['deal now']);
  });

  it('are any that other rows look at, or that count by another day', async () => {
    const payment = f.spec('payment', 'id,day,deal,amount\n1,2026-03-01,now,1\n');
    const through = `${PAYMENTS}kpi paid = sum(payment.deal.amount else 0 RUB)\n`;
    expect(await used(EVENT + through + RULES, [DEALS, payment])).toEqual([
      'deal later',
      'deal now',
      'deal old',
    ]);
    const looks = EVENT.replace('won | lost', 'won | lost\n  paid = sum(payment.amount of this)');
    expect(await used(looks + PAYMENTS + RULES, [DEALS, payment])).toContain('payment 1');
    const by = `${EVENT.replace('at:     datetime?', 'due: date')}kpi due = count(deal by due)\n${RULES}`;
    const dated = f.spec('deal', 'id,day,due,who,amount,status\nlater,2026-02-01,2026-01-20,anna,1,won\n');
    expect(await used(by, [dated])).toEqual(['deal later']);
  });
});

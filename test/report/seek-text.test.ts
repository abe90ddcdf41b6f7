// Answers to `seek` as they are written out, in both languages, and the published form.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { feedbackSchema, seekSchema } from '../../src/report/seek-schema.ts';
import { seekText } from '../../src/report/seek-text.ts';
import { type Small, sought } from '../ask/sought.ts';

const SMALL: Small = {
  policy: `event deal {
    id:      text key
    on_day:  date posts
    manager: person owner
    amount:  money
  }
  event call {
    id:      text key
    on_day:  date posts
    manager: person owner
  }
  kpi revenue "Revenue" = sum(deal.amount)
  kpi deals = count(deal)
  kpi calls = count(call)
  role seller {
    target calls 4
    gate calls >= 2
    bonus share gated = revenue * 3%
    cap 30_000 RUB
  }`,
  people: 'id,name,role\nanna,Anna,seller\n',
  data: {
    deal: 'id,on_day,manager,amount\nd1,2026-01-10,anna,500000\n',
    call: 'id,on_day,manager\nc1,2026-01-10,anna\nc2,2026-01-10,anna\n',
  },
};

const ANNA = { person: 'anna', period: '2026-01' };
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('what gives an amount', () => {
  it('is said in English', async () => {
    // 20,000 / 3% = 666,666.66…; there 666,666.50 × 3% = 19,999.995 rounds to 20,000
    expect(
      seekText(await sought(SMALL, { ...ANNA, reach: '20_000', by: 'revenue' })),
    ).toBe(`Anna, seller, 2026-01

Pay is 15,000.00 RUB now.
Wanted: at least 20,000.00 RUB.

Revenue: 500,000.00 RUB now
  It takes 666,666.66… RUB or more, exactly 2000000/3.
  As amounts are rounded, 666,666.50 RUB is enough, which is 166,666.50 RUB more: that gives 20,000.00 RUB.
  At 666,666.49 RUB it is 19,999.99 RUB.

A sum or a count moves as if a row were added on the last day of the role in the period: windows, teams and what is made
    of it go along, other KPIs over the same rows stay, unless it is said how much of them comes along.
Left as they are, though a real row would move them: deals.
`);
  });

  it('is said in Russian', async () => {
    const text = plain(
      seekText(await sought(SMALL, { ...ANNA, reach: '40_000', by: 'revenue' }), { language: 'ru' }),
    );
    expect(text).toContain('Нужно: не меньше 40 000,00 RUB.');
    expect(text).toContain('Недостижимо: самое большее 30 000,00 RUB, при 1 000 000,00 RUB.');
    expect(text).toContain('Выше не даёт подняться `cap 30_000 RUB`.');
  });

  it('names the way over several KPIs, in the right form of the word', async () => {
    const answer = await sought(SMALL, { ...ANNA, reach: '20_000' });
    expect(seekText(answer)).toMatch(
      /The way of least effort that was found, of \d+ ways tried:\n {2}Revenue: 166,666\.50 RUB more, to 666,666\.50 RUB\n/,
    );
    const withTried = (tried: number) => {
      const path = { ...answer.reach!.path!, tried };
      return plain(seekText({ ...answer, reach: { ...answer.reach!, path } }, { language: 'ru' }));
    };
    expect(withTried(21)).toContain('проверено 21 путь');
    expect(withTried(22)).toContain('проверено 22 пути');
    expect(
      seekText({ ...answer, reach: { ...answer.reach!, path: { ...answer.reach!.path!, tried: 1 } } }),
    ).toContain('of 1 way tried');
  });
});

describe('what comes next', () => {
  it('is said in English and in Russian', async () => {
    const answer = await sought(SMALL, ANNA);
    const text = seekText(answer);
    // the cap binds past 1,000,000: a cent more pays no more
    expect(text).toContain('Revenue: 500,000.00 RUB now\n  5,000.00 RUB more brings 150.00 RUB more.\n');
    expect(text).toContain('500,000.01 RUB more, at 1,000,000.01 RUB: `cap 30_000 RUB` is reached.');
    expect(text).toContain(
      'calls: 2 now, target 4\n  1 more brings nothing more.\n  2 more, at 4: the target.',
    );
    const russian = plain(seekText(answer, { language: 'ru' }));
    expect(russian).toContain('Revenue: сейчас 500 000,00 RUB');
    expect(russian).toContain(
      'на 500 000,01 RUB больше, при 1 000 000,01 RUB: достигнут предел `cap 30_000 RUB`.',
    );
    expect(russian).toContain('на 2 больше, при 4: план выполнен.');
  });
});

describe('the published form', () => {
  it.each([
    ['seek', seekSchema()],
    ['feedback', feedbackSchema()],
  ] as const)('of %s is fresh', (name, schema) => {
    const committed = fileURLToPath(new URL(`../../schemas/merit.${name}.schema.json`, import.meta.url));
    expect(JSON.parse(readFileSync(committed, 'utf8'))).toEqual(schema);
  });

  it('holds answers of each kind', async () => {
    const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(seekSchema());
    const answers = [
      await sought(SMALL, ANNA),
      await sought(SMALL, { ...ANNA, reach: '20_000' }),
      await sought(SMALL, { ...ANNA, reach: '40_000', by: 'deals', with: { revenue: '1_000' } }),
    ];
    for (const answer of answers) {
      expect(isValid(JSON.parse(JSON.stringify(answer))), JSON.stringify(isValid.errors?.slice(0, 3))).toBe(
        true,
      );
      expect(isValid({ ...answer, more: 1 })).toBe(false);
    }
  });
});

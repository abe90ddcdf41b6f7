// `merit prove`: what it prints, as text and JSON, and when it fails.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { proveSchema } from '../../src/report/prove-schema.ts';
import { merit, workplace } from './command.ts';

const { files } = workplace();

const POLICY = `policy p { currency RUB
  timezone "UTC"
  period month }
event deal { id: text key
  day: date posts
  manager: person owner
  amount: money from 0 RUB }
kpi revenue = sum(deal.amount)
rates ladder marginal {
  from 0 RUB:   3%
  from 100 RUB: 5%
}
role seller {
  bonus commission = ladder(revenue)
}
`;

files({
  'good.merit': `${POLICY}invariant "under 5%" { commission <= 5% * revenue }\n`,
  'bad.merit': `${POLICY}invariant "under 5%" { commission <= 5% * revenue }\ninvariant "under 4%" { commission <= 4% * revenue }\n`,
  'none.merit': POLICY,
  'wrong.merit': `${POLICY}invariant "i" { comission <= 4% * revenue }\n`,
});

describe('merit prove', () => {
  test('what is proved', async () => {
    const { code, out } = await merit('prove', 'good.merit');
    expect(code).toBe(0);
    expect(out).toBe(`proved: under 5%  (good.merit:16)
  commission <= 5% * revenue
  for \`seller\`, whatever the data, within the bounds of the fields

1 proved
`);
  });

  test('what is refuted, with data, and exit code 1', async () => {
    const { code, out } = await merit('prove', 'bad.merit');
    expect(code).toBe(1);
    expect(out).toMatch(/refuted: under 4%/);
    expect(out).toMatch(
      /not so for `p\d`, a seller, in \d{4}-\d\d:\n {4}commission is [\d,.…]+ RUB\n {4}4% \* revenue is/,
    );
    expect(out).toMatch(/with this data:\n {4}person p\d \{ role seller/);
    expect(out).toMatch(/1 proved, 1 refuted\n$/);
  });

  test('only those whose name fits', async () => {
    expect((await merit('prove', 'bad.merit', '--filter', '5%')).code).toBe(0);
    const { out, err } = await merit('prove', 'bad.merit', '--filter', 'x');
    expect(out).toBe('the policy has no invariants\n');
    expect(err).toBe('note: no invariant fits `x`\n');
  });

  test('the cost within what is given, and of all heads', async () => {
    const { code, out } = await merit(
      'prove',
      'none.merit',
      '--cost',
      '--given',
      'revenue until 1_100 RUB',
      '--heads',
      'seller=2',
    );
    expect(code).toBe(0);
    // 100 * 3% + 1,000 * 5% = 53
    expect(out).toBe(`what a person can be paid at most in one period, in one role
  given revenue until 1_100 RUB

seller × 2: 53.00 RUB, and that is reached
  commission: at most 53.00 RUB

all together: at most 106.00 RUB
`);
  });

  test('cliffs', async () => {
    expect((await merit('prove', 'none.merit', '--cliffs')).out).toBe(
      'no cliffs: nowhere does one more unit pay less, or much more\n',
    );
  });

  test('JSON, as its schema says', async () => {
    const { code, out } = await merit('prove', 'bad.merit', '--cost', '--cliffs', '--format', 'json');
    expect(code).toBe(1);
    const document = JSON.parse(out);
    expect(document).toMatchObject({ formatVersion: 1, proved: 1, refuted: 1, tried: 0 });
    const validate = new Ajv2020({ strict: false }).compile(proveSchema());
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  });

  test('the published schema is this one', () => {
    const published = readFileSync(
      fileURLToPath(new URL('../../schemas/merit.proofs.schema.json', import.meta.url)),
      'utf8',
    );
    expect(JSON.parse(published)).toEqual(proveSchema());
  });

  test('wrong use, and a wrong policy', async () => {
    expect((await merit('prove', 'none.merit', '--heads', 'seller=2')).code).toBe(2);
    expect((await merit('prove', 'none.merit', '--cost', '--heads', 'buyer=2')).err).toContain(
      'no role `buyer`',
    );
    expect((await merit('prove', 'none.merit', '--try', 'x')).code).toBe(2);
    const given = await merit('prove', 'none.merit', '--cost', '--given', 'revenu until 5 RUB');
    expect(given.code).toBe(1);
    expect(given.err).toContain('revenue');
    const { code, err } = await merit('prove', 'wrong.merit');
    expect(code).toBe(1);
    expect(err).toContain('commission');
  });
});

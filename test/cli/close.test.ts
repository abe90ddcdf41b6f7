// `merit close` and the commands around a ledger, as they are typed.

import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { CONFIG, POLICY } from '../ledger/shop.ts';
import { type Answer, merit, workplace } from './command.ts';

const { files } = workplace();
const LEDGER = 'shop/merit.ledger.duckdb';
const DEALS = 'id,closed_on,manager,amount\n1,2026-01-10,anna,1000\n2,2026-02-10,anna,2000\n';
const PEOPLE = 'id,name,role\nanna,Anna,seller\nbob,Bob,seller\n';

beforeEach(() => {
  rmSync('shop', { recursive: true, force: true });
  files({
    'shop/policy.merit': POLICY,
    'shop/merit.config.yaml': CONFIG,
    'shop/people.csv': PEOPLE,
    'shop/deals.csv': DEALS,
  });
});

const MEMORY = ['--backend', 'memory'] as const;

/** Closes a month on the third of the next one. */
function close(month: number, ...options: readonly string[]): Promise<Answer> {
  const said = ['--by', 'olga', '--at', `2026-0${month + 1}-03`];
  return merit('close', 'shop', '--period', `2026-0${month}`, ...said, ...MEMORY, ...options);
}

const codes = ({ err }: Answer): readonly string[] =>
  [...err.matchAll(/\[(M\d{4})\]/g)].map((each) => each[1]!);

describe('merit close', () => {
  it('writes the period into the ledger, and says what was written', async () => {
    const { code, out, err } = await close(1);
    expect(err).toBe('');
    expect(code).toBe(0);
    // 3% of 1,000; Bob sold nothing
    expect(out).toMatch(
      /^2026-01 is closed: 2 statements, 30\.00 RUB, by olga at 2026-02-03\.\nRecord 1 of shop\/merit\.ledger\.duckdb: [0-9a-f]{64}\n$/,
    );
    expect(existsSync(LEDGER)).toBe(true);
  });

  it('tells programs the same', async () => {
    const { out } = await close(1, '--format', 'json');
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: 1,
      kind: 'close',
      policy: 'sales',
      period: '2026-01',
      by: 'olga',
      at: '2026-02-03',
      number: 1,
      people: 2,
      pay: '30',
      currency: 'RUB',
      fingerprint: {
        inputs: [
          { source: 'deal', rows: 2 },
          { source: 'person', rows: 2 },
        ],
      },
    });
  });

  it('writes nothing where it refuses', async () => {
    expect(
      codes(
        await merit('close', 'shop', '--period', '2026-01', '--by', 'o', '--at', '2026-01-31', ...MEMORY),
      ),
    ).toEqual(['M3122']);
    expect(codes(await close(1, '--require-approval'))).toEqual(['M3124']);
    expect(
      codes(await merit('close', 'shop', '--period', '2026', '--by', 'o', '--at', '2027-01-01', ...MEMORY)),
    ).toEqual(['M3123']);
    expect(existsSync(LEDGER)).toBe(false);
    await close(1);
    expect(codes(await close(1))).toEqual(['M3120']);
    expect(codes(await close(3))).toEqual(['M3121']);
    const { out } = await merit('verify', '--ledger', LEDGER);
    expect(out).toContain('1 record, 1 closed period');
  });

  it('is told who, when and which period', async () => {
    for (const [args, message] of [
      [['--by', 'o', '--at', '2026-02-03'], 'it has to be said which period is closed'],
      [['--period', '2026-01', '--at', '2026-02-03'], 'it has to be said who does this'],
      [['--period', '2026-01', '--by', ' ', '--at', '2026-02-03'], 'it has to be said who does this'],
      [['--period', '2026-01', '--by', 'o'], 'it has to be said when this is done'],
      [['--period', '2026-01', '--by', 'o', '--at', 'today'], "`--at today` isn't a time"],
    ] as const) {
      const { code, err } = await merit('close', 'shop', ...args);
      expect([code, err.split('\n')[0]]).toEqual([2, `error: ${message}`]);
    }
    const { err } = await merit('close', 'shop', '--period', '2026-01');
    expect(err).toContain('such as `--by olga --at 2026-02-03`');
  });

  it('stops where a row is rejected, unless that is allowed', async () => {
    files({ 'shop/deals.csv': `${DEALS}3,2026-01-11,anna,x\n` });
    expect((await close(1)).code).toBe(1);
    expect(existsSync(LEDGER)).toBe(false);
    expect((await close(1, '--allow-rejects')).code).toBe(0);
  });

  it("doesn't write its answer over the ledger", async () => {
    await close(1);
    const { code, err } = await close(2, '--output', LEDGER);
    expect(code).toBe(2);
    expect(err).toContain(`\`${LEDGER}\` can't be written`);
    expect((await merit('verify', '--ledger', LEDGER)).code).toBe(0);
  });

  it('closes a policy in YAML, and corrects it by the text form', async () => {
    const yaml = await merit('convert', 'shop/policy.merit', '--to', 'yaml');
    files({
      'yaml/policy.merit.yaml': yaml.out,
      'yaml/merit.config.yaml': CONFIG.replace('policy.merit', 'policy.merit.yaml'),
      'yaml/people.csv': PEOPLE,
      'yaml/deals.csv': DEALS,
    });
    const said = ['--by', 'olga', '--at', '2026-03-03', ...MEMORY] as const;
    expect((await merit('close', 'yaml', '--period', '2026-01', ...said)).code).toBe(0);
    files({ 'yaml/deals.csv': DEALS.replace('anna,1000', 'anna,3000') });
    const { out, err } = await merit('adjustments', 'yaml', '--period', '2026-02', ...MEMORY);
    expect(err).toBe('');
    // 3% of 2,000 more
    expect(out).toMatch(/anna +2026-01 +deal 1 .*\+60\.00/s);
  });
});

describe('where the ledger lies', () => {
  it('is what the configuration says, in the folder', async () => {
    files({ 'shop/merit.config.yaml': `${CONFIG}ledger: closed/pay.duckdb\n`, 'shop/closed/.keep': '' });
    await close(1);
    expect(existsSync('shop/closed/pay.duckdb')).toBe(true);
    const other = await close(1, '--ledger', 'other.duckdb');
    expect(other.out).toContain('Record 1 of other.duckdb');
    rmSync('other.duckdb');
  });

  it("doesn't lead out of the folder", async () => {
    files({ 'shop/merit.config.yaml': `${CONFIG}ledger: ../pay.duckdb\n` });
    expect((await close(1)).code).toBe(1);
    mkdirSync('elsewhere', { recursive: true });
    symlinkSync('../elsewhere', 'shop/link');
    files({ 'shop/merit.config.yaml': `${CONFIG}ledger: link/pay.duckdb\n` });
    expect(codes(await close(1))).toEqual(['M2055']);
    expect(existsSync('elsewhere/pay.duckdb')).toBe(false);
  });
});

describe('merit approve', () => {
  const approve = (by: string) =>
    merit('approve', 'shop', '--period', '2026-01', '--by', by, '--at', '2026-01-31', ...MEMORY);

  it('lets somebody else close what was approved', async () => {
    files({ 'shop/merit.config.yaml': `${CONFIG}close: {approval: required}\n` });
    expect(codes(await close(1))).toEqual(['M3124']);
    expect((await approve('Olga')).out).toContain(
      '2026-01 is approved as it would be closed now: 2 statements',
    );
    expect(codes(await close(1))).toEqual(['M3125']);
    await approve('ivan');
    expect((await close(1)).out).toContain('Record 3 of');
  });

  it('is void where a row or the policy has changed', async () => {
    await approve('ivan');
    files({ 'shop/deals.csv': DEALS.replace('2000', '2500') });
    const changed = await close(1);
    expect(codes(changed)).toEqual(['M3126']);
    expect(changed.err).toContain('the data of `deal` has changed');
    files({ 'shop/deals.csv': DEALS, 'shop/policy.merit': POLICY.replace('3%', '4%') });
    expect((await close(1)).err).toContain('the policy has changed');
    files({ 'shop/policy.merit': POLICY });
    expect((await close(1)).code).toBe(0);
  });

  it('stands where rows only come in another order', async () => {
    await approve('ivan');
    const [head, first, second] = DEALS.trim().split('\n');
    files({ 'shop/deals.csv': `${[head, second, first].join('\n')}\n` });
    expect((await close(1)).code).toBe(0);
  });
});

describe('merit adjustments, history and verify', () => {
  it('say what a change of a closed month moves', async () => {
    await close(1);
    files({ 'shop/deals.csv': DEALS.replace('anna,1000', 'anna,400') });
    const verified = await merit('verify', 'shop', ...MEMORY);
    expect(verified.code).toBe(1);
    expect(codes(verified)).toEqual(['M3142']);
    expect(verified.out).toContain('anna, seller, bonus commission: 30.00 booked, 12.00 now');
    expect(verified.out).toContain('deal 1 changed: amount 1000 -> 400');
    await close(2);
    const { out } = await merit('adjustments', 'shop', '--period', '2026-02', '--format', 'json', ...MEMORY);
    // 3% of 600 less
    expect(JSON.parse(out)).toMatchObject({
      closed: true,
      total: '-18',
      adjustments: [
        { person: 'anna', period: '2026-01', amount: '-18', cause: { key: '1', source: 'deal' } },
      ],
    });
    const history = JSON.parse((await merit('history', 'anna', 'shop', '--format', 'json')).out);
    expect(history.periods).toMatchObject([
      { period: '2026-01', payable: '30', paid: '30', corrected: '-18' },
      { period: '2026-02', payable: '60', adjusted: '-18', paid: '42' },
    ]);
    expect((await merit('verify', 'shop', ...MEMORY)).code).toBe(0);
  });

  it('ask of a ledger that is there, and of people in it', async () => {
    expect(codes(await merit('history', 'anna', 'shop'))).toEqual(['M3149']);
    expect(codes(await merit('adjustments', 'shop', '--period', '2026-02', ...MEMORY))).toEqual(['M3149']);
    expect(codes(await merit('verify', 'shop', ...MEMORY))).toEqual(['M3149']);
    await close(1);
    const { code, err } = await merit('history', 'ana', 'shop');
    expect(code).toBe(1);
    expect(err).toContain('`ana` has no statement in any closed period');
    expect(err).toContain('did you mean `anna`?');
    expect(codes(await merit('adjustments', 'shop', '--period', '2026-03', ...MEMORY))).toEqual(['M3121']);
  });

  it('find a ledger that was cut off at its end by the hash that somebody kept', async () => {
    await close(1);
    const before = readFileSync(LEDGER);
    const hash = /: ([0-9a-f]{64})/.exec((await close(2)).out)![1]!;
    expect((await merit('verify', '--ledger', LEDGER, '--kept', hash)).code).toBe(0);
    files({ [LEDGER]: before });
    expect((await merit('verify', '--ledger', LEDGER)).code).toBe(0);
    expect(codes(await merit('verify', '--ledger', LEDGER, '--kept', hash))).toEqual(['M3133']);
  });
});

describe('merit comment and acknowledge', () => {
  const said = ['--by', 'ivan', '--at', '2026-02-05'] as const;
  const of = ['--person', 'anna', '--period', '2026-01'] as const;

  it('keep what is said of a closed statement', async () => {
    expect(codes(await merit('acknowledge', 'shop', ...of, ...said))).toEqual(['M3131']);
    await close(1);
    expect((await merit('comment', 'shop', ...of, ...said, '--text', ' a\u202eb ')).out).toContain(
      'A comment on the statement of anna for 2026-01 is kept, by ivan at 2026-02-05.',
    );
    expect((await merit('acknowledge', 'shop', ...of, ...said)).code).toBe(0);
    const { out } = await merit('history', 'anna', 'shop');
    expect(out).toContain('ivan at 2026-02-05: a\\u{202e}b');
    expect(out).toContain('seen by ivan at 2026-02-05');
  });

  it('are about somebody, in a period, with a text', async () => {
    await close(1);
    expect((await merit('comment', 'shop', ...of, ...said)).err).toContain('the comment has no text');
    expect((await merit('comment', 'shop', '--period', '2026-01', ...said, '--text', 'x')).code).toBe(2);
    const nobody = ['--person', 'vera', '--period', '2026-01'] as const;
    expect(codes(await merit('acknowledge', 'shop', ...nobody, ...said))).toEqual(['M3130']);
  });
});

describe('merit ledger', () => {
  it('exports plain lines and reads them back', async () => {
    await close(1);
    await close(2);
    expect((await merit('ledger', 'export', 'shop', '--output', 'out.ndjson')).code).toBe(0);
    expect((await merit('ledger', 'export', '--ledger', LEDGER)).out).toBe(
      readFileSync('out.ndjson', 'utf8'),
    );
    expect(codes(await merit('ledger', 'import', 'out.ndjson', 'shop'))).toEqual(['M3141']);
    const { out } = await merit('ledger', 'import', 'out.ndjson', '--ledger', 'again.duckdb');
    expect(out).toBe('again.duckdb holds 2 records.\n');
    const before = await merit('verify', '--ledger', LEDGER);
    expect((await merit('verify', '--ledger', 'again.duckdb')).out).toBe(before.out);
    rmSync('again.duckdb');
  });

  it('reads nothing that was edited', async () => {
    await close(1);
    await merit('ledger', 'export', 'shop', '--output', 'out.ndjson');
    const text = readFileSync('out.ndjson', 'utf8');
    files({ 'edited.ndjson': text.replace('"pay":"30"', '"pay":"90"'), 'cut.ndjson': text.slice(0, -5) });
    expect(codes(await merit('ledger', 'import', 'edited.ndjson', '--ledger', 'no.duckdb'))).toEqual([
      'M3132',
    ]);
    expect(codes(await merit('ledger', 'import', 'cut.ndjson', '--ledger', 'no.duckdb'))).toEqual(['M3140']);
    files({ 'rows.ndjson': text.replace('"amount":"2000"', '"amount":"9000"') });
    expect(codes(await merit('ledger', 'import', 'rows.ndjson', '--ledger', 'no.duckdb'))).toEqual(['M3134']);
    expect(existsSync('no.duckdb')).toBe(false);
    expect((await merit('ledger', 'import', 'none.ndjson', '--ledger', 'no.duckdb')).code).toBe(2);
  });
});

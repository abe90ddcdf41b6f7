// `run --as-known-on`: rows that became known later are left out, and every output says as of when it answers.

import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { merit, workplace } from './command.ts';
import { PEOPLE, TEXT } from './flat.ts';

const { files } = workplace();
const KNOWN = TEXT.replace('  amount: money\n', '  amount: money\n  recorded_at: datetime known\n');
files({
  'known.merit': KNOWN,
  'flat.merit': TEXT,
  'people.csv': PEOPLE,
  // anna's 200.20 came in on 1 February, in Moscow: the last evening of January elsewhere
  'deals.csv': `id,closed_on,manager,amount,recorded_at
1,2026-01-10,anna,100.10,2026-01-11 12:00
2,2026-01-20,anna,200.20,2026-02-01 00:00
`,
});
const run = (policy: string, ...args: readonly string[]) =>
  merit('run', policy, '--people', 'people.csv', '--data', 'deal=deals.csv', '--period', '2026-01', ...args);

describe.each(['duckdb', 'memory'])('on %s', (backend) => {
  it.each([
    // 5 000 and a tenth of 300.30
    [[], undefined, '5030.03'],
    [['--as-known-on', '2026-02-01'], '2026-02-01', '5030.03'],
    // 5 000 and a tenth of 100.10
    [['--as-known-on', '2026-01-31'], '2026-01-31', '5010.01'],
  ])('with %j', async (options, asKnownOn, pay) => {
    const { code, out, err } = await run('known.merit', ...options, '--backend', backend, '--format', 'json');
    expect([code, err]).toEqual([0, '']);
    const result: Result = JSON.parse(out);
    expect(result.asKnownOn).toBe(asKnownOn);
    expect(result.statements.find(({ person }) => person === 'anna')?.pay).toBe(pay);
  });

  it('is said above every text, and its rows are counted', async () => {
    const asked = ['--as-known-on', '2026-01-31', '--backend', backend];
    const all = await run('known.merit', ...asked);
    expect(all.out).toMatch(/^Flat pay\nAs known on 2026-01-31\n/);
    expect(all.out).toMatch(/filtered: not known yet +1 +amount +200\.2/);
    const one = await run('known.merit', ...asked, '--person', 'anna');
    expect(one.out).toContain('As known on 2026-01-31');
  });
});

it.each([
  ['known.merit', 'yesterday', "`yesterday` isn't a day"],
  ['known.merit', '2026-02-30', "`2026-02-30` isn't a day"],
  ['flat.merit', '2026-01-31', 'needs an event that says when its rows became known'],
])('%s as known on %s is wrong use', async (policy, day, words) => {
  const { code, out, err } = await run(policy, '--as-known-on', day);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(words);
});

// `merit status` for people and for schedulers, and `merit watch`, which says what a change moves.

import { writeFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { watchRuns } from '../../src/cli/watch-run.ts';
import { merit, workplace } from './command.ts';
import { DATA, FLAT } from './flat.ts';

const { files } = workplace();
files(FLAT);

// Anna has 300.30 RUB of 600 in January, whose last row is of the 31st; __proto__ 50 RUB
const STATUS = ['status', 'flat.merit', ...DATA, '--period', '2026-01'];
const EARLY = 'id,closed_on,manager,amount\n1,2026-01-10,anna,200\n';

describe('merit status', () => {
  it('says how KPIs ended where nothing is left', async () => {
    const { code, out, err } = await merit(...STATUS, '--format', 'line');
    expect([code, out, err]).toEqual([0, 'flat 2026-01: 2 red, 0 amber, 0 green of 2 KPIs\n', '']);
  });

  it('exits with 1 where one is expected to end as badly as is said', async () => {
    files({ 'early.csv': EARLY });
    // 200 * 31/10 = 620 of 600 for Anna; nothing for __proto__
    const early = ['status', 'flat.merit', '--people', 'people.csv', '--data', 'deal=early.csv'];
    const asked = [...early, '--period', '2026-01', '--format', 'line', '--fail-on', 'red'];
    const all = await merit(...asked);
    expect([all.code, all.out]).toEqual([
      1,
      'flat 2026-01: 1 red, 0 amber, 1 green of 2 KPIs, expected on 2026-01-31\n',
    ]);
    const one = await merit(...asked, '--person', 'anna');
    expect(one.code).toBe(0);
    // 200 * 31/12 = 516 2/3, which is 86.1 % of 600
    const amber = [...asked, '--person', 'anna', '--today', '2026-01-12'];
    expect((await merit(...amber)).code).toBe(0);
    expect((await merit(...amber, '--fail-on', 'amber')).code).toBe(1);
  });

  it('says the same of both backends, as JSON too', async () => {
    const [duckdb, memory] = [
      await merit(...STATUS, '--json'),
      await merit(...STATUS, '--json', '--backend', 'memory'),
    ];
    expect(duckdb.out).toBe(memory.out);
    expect(JSON.parse(duckdb.out)).toMatchObject({
      period: '2026-01',
      noForecast: 'over',
      counts: { red: 2 },
    });
  });

  it.each([
    [['--kpi', 'revenu'], /no KPI `revenu`\n {2}did you mean `revenue`/],
    [['--person', 'ana'], /no person `ana`/],
    [['--today', 'tomorrow'], /`tomorrow` isn't a day/],
    [['--period', '2026'], /is 12 periods/],
  ])('refuses %j', async (more, message) => {
    const { code, out, err } = await merit(...STATUS, ...more);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});

describe('merit watch', () => {
  it('says what is paid, then what moves and why, and goes on over what is wrong', async () => {
    files({ ...Object.fromEntries(Object.entries(FLAT).map(([name, text]) => [`w/${name}`, text])) });
    const change = (name: string, from: string, to: string) => () => {
      const file = name as keyof typeof FLAT;
      writeFileSync(`w/${name}`, FLAT[file].replace(from, to));
      return 'look' as const;
    };
    const steps = [
      change('deals.csv', '100.10', '200.10'),
      change('flat.merit', '10%', '20%'),
      change('flat.merit', '10%', '20%%'),
      change('flat.merit', '10%', '20%'),
      () => 'quit' as const,
    ];
    const told: string[] = [];
    const spies = (['stdout', 'stderr'] as const).map((name) =>
      vi.spyOn(process[name], 'write').mockImplementation((text) => told.push(String(text)) > 0),
    );
    try {
      const options = {
        people: 'w/people.csv',
        data: ['deal=w/deals.csv'],
        period: '2026-01',
        backend: 'memory',
      } as const;
      const code = await watchRuns('w/flat.merit', options, { wait: async () => steps.shift()!() });
      expect(code).toBe(0);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    const rounds = told.join('').split('note: waiting for changes; Enter runs again, q ends\n');
    expect(rounds).toHaveLength(6);
    // 5,030.03 for Anna and 5,005 for __proto__
    expect(rounds[0]).toBe('flat 2026-01: 2 people, 10,035.03 RUB\n');
    // a tenth of 100 more
    expect(rounds[1]).toMatch(/^flat 2026-01: 2 people, 10,045\.03 RUB\n\nThe data has changed\.\n/);
    expect(rounds[1]).toMatch(/Total +10,035\.03 +10,045\.03 +\+10\.00/);
    // another tenth of 400.30 and of 50: 40.03 and 5
    expect(rounds[2]).toMatch(/The policy has changed\.\nFlat pay/);
    expect(rounds[2]).toMatch(/- bonus tenth "A tenth" = revenue \* 10%|- bonus tenth = revenue \* 10%/);
    expect(rounds[2]).toMatch(/Total +10,045\.03 +10,090\.06 +\+45\.03/);
    expect(rounds[3]).toMatch(/^error\[/);
    expect(rounds[4]).toBe("flat 2026-01: 2 people, 10,090.06 RUB\n\nNobody's pay moves.\n");
  });
});

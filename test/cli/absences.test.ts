// Absence data: given by a flag or in the configuration, declared by no policy, and needed by none.

import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.ts';
import { merit, workplace } from './command.ts';
import { DEALS, PEOPLE, TEXT } from './flat.ts';

const { files } = workplace();
files({
  'flat.merit': TEXT,
  'people.csv': PEOPLE,
  'deals.csv': DEALS,
  'leave.csv': 'who,from,until,kind\nanna,2026-01-01,2026-01-31,leave\n',
  'absence.csv': 'person,from,until,kind\nanna,2026-01-01,2026-01-31,leave\n',
  'broken.csv': 'person,from,until\nnobody,2026-01-01,2026-01-31\n',
  'configured/policy.merit': TEXT,
  'configured/people.csv': PEOPLE,
  'configured/deals.csv': DEALS,
  'configured/leave.csv': 'who,from,until,kind\nanna,2026-01-01,2026-01-31,leave\n',
  'configured/merit.config.yaml': `people: people.csv
data:
  deal: deals.csv
  absence:
    file: leave.csv
    columns: { person: who }
`,
});
const DATA = [
  '--people',
  'people.csv',
  '--data',
  'deal=deals.csv',
  '--period',
  '2026-01',
  '--format',
  'json',
];

function annaOf(out: string) {
  const result: Result = JSON.parse(out);
  const anna = result.statements.find(({ person }) => person === 'anna')!.roles[0]!;
  return { absent: anna.absent, sources: result.control.map((each) => each.source) };
}

describe.each(['duckdb', 'memory'])('on %s', (backend) => {
  it('none, by a flag, and by the configuration', async () => {
    const without = await merit('run', 'flat.merit', ...DATA, '--backend', backend);
    expect([without.code, annaOf(without.out)]).toEqual([
      0,
      { absent: undefined, sources: ['person', 'deal'] },
    ]);
    const given = ['--data', 'absence=absence.csv'];
    const away = await merit('run', 'flat.merit', ...DATA, ...given, '--backend', backend);
    const expected = { absent: 31, sources: ['person', 'absence', 'deal'] };
    expect([away.code, annaOf(away.out)]).toEqual([0, expected]);
    const asked = ['--period', '2026-01', '--format', 'json', '--backend', backend];
    const configured = await merit('run', 'configured', ...asked);
    expect([configured.code, annaOf(configured.out)]).toEqual([0, expected]);
  });

  it('rows that are wrong stop the run, and are left out where that is allowed', async () => {
    const broken = [...DATA, '--data', 'absence=broken.csv', '--backend', backend];
    const stopped = await merit('run', 'flat.merit', ...broken);
    expect([stopped.code, stopped.out]).toEqual([1, '']);
    expect(stopped.err).toContain('`nobody` in column `person` is nobody in the people data');
    const allowed = await merit('run', 'flat.merit', ...broken, '--allow-rejects');
    expect([allowed.code, annaOf(allowed.out).absent]).toEqual([0, undefined]);
  });
});

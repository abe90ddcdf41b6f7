// `merit check` says what the lints find, and with data whether targets are achievable.

import { describe, expect, it } from 'vitest';
import { merit, workplace } from '../cli/command.ts';
import { CLEAN } from './helpers.ts';

const { files } = workplace();

const DEALS = ['01', '02'].flatMap((month) =>
  [1, 2, 3].map((at) => `${month}${at},2026-${month}-05,ann,c${at},5,1,3,won`),
);

files({
  'clean.merit': CLEAN,
  'warned.merit': `${CLEAN}let idle = deals * 2\n`,
  'noted.merit': CLEAN.replace('  effective from 2026-01-01\n', ''),
  'allowed.merit': `${CLEAN}let idle = deals * 2 // allow M1540: for the next quarter\n`,
  'wrong.merit': `${CLEAN}let idle = nothing * 2\n`,
  'people.csv':
    'id,name,role,from,until,salary,fte\nann,Ann,seller,2026-01-01,,100,100%\nbob,Bob,seller,2026-01-01,,100,100%\ncid,Cid,seller,2026-01-01,,100,100%\n',
  'deals.csv': `id,closed_on,manager,client,amount,cost,mark,status\n${DEALS.join('\n')}\n`,
});

describe('merit check', () => {
  it.each([
    ['clean.merit', 0, 0],
    ['noted.merit', 0, 0],
    ['allowed.merit', 0, 0],
    ['warned.merit', 0, 1],
    ['wrong.merit', 1, 1],
  ])('%s gives %i, and %i with --strict', async (file, code, strict) => {
    expect((await merit('check', file)).code).toBe(code);
    expect((await merit('check', file, '--strict')).code).toBe(strict);
  });

  it('prints what it finds after what is wrong, and in every form', async () => {
    expect((await merit('check', 'warned.merit')).err).toMatch(
      /^warning\[M1540\]: `let` `idle` is never used\n/,
    );
    const { out } = await merit('check', 'noted.merit', '--format', 'line');
    expect(out).toMatch(/^noted\.merit:1:8: note\[M1501\]: /);
    expect(JSON.parse((await merit('check', 'warned.merit', '--format', 'json')).out)).toMatchObject([
      { code: 'M1540', severity: 'warning' },
    ]);
    expect((await merit('check', 'wrong.merit')).err).not.toContain('M15');
  });

  it('says what is in order beside notes', async () => {
    const { out, err } = await merit('check', 'noted.merit');
    expect(out).toMatch(/nothing wrong\n$/);
    expect(err).toMatch(/1 note\n$/);
    expect((await merit('check', 'warned.merit')).out).toBe('');
  });

  it('looks at targets where there is data', async () => {
    const data = ['--people', 'people.csv', '--data', 'deal=deals.csv'];
    const { code, err } = await merit('check', 'clean.merit', ...data, '--period', '2026-01..2026-02');
    expect(code).toBe(0);
    expect(err).toContain('nobody in role `seller` reached the target of `revenue`: 0 of 3 people');
    expect((await merit('check', 'clean.merit', '--period', '2026-01')).err).toContain(
      'there is no data for `deal`',
    );
    expect((await merit('check', 'clean.merit', ...data)).code).toBe(2);
  });
});

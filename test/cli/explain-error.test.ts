// `merit explain-error`: pages as a terminal shows them, the list, and codes that don't exist.

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { merit } from './command.ts';

const CODES = readdirSync(new URL('../../docs/errors', import.meta.url)).map((name) => name.slice(0, 5));

describe('a code', () => {
  it('is explained with both examples, without marks of Markdown', async () => {
    const { code, out, err } = await merit('explain-error', 'M1022');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^M1022: `=` defines; it does not compare\n\nIn a formula, /);
    expect(out).toContain('\n\nWrong\n\n    policy sales {\n');
    expect(out).toContain('\n    kpi wins = count(deal where status = won)\n\nRight\n\n');
    expect(out).toMatch(/\n {4}kpi wins = count\(deal where status is won\)\n$/);
    expect(out).not.toMatch(/^#|```|\n\n\n/);
  });

  it.each(['m1022', '1022', ' M1022 ', 'error[M1022]', 'error[M1022]:'])(
    'may be written %j',
    async (written) => {
      expect((await merit('explain-error', written)).out).toBe((await merit('explain-error', 'M1022')).out);
    },
  );

  it('shows the name of each file of an example', async () => {
    const { out } = await merit('explain-error', 'M2012');
    for (const name of ['policy.merit', 'merit.config.yaml', 'people.csv', 'deal.csv'])
      expect(out).toContain(`\n\n\`${name}\`:\n\n    `);
    expect((await merit('explain-error', 'M3005')).out).toContain('\n\nCommand:\n\n    merit run ');
    expect((await merit('explain-error', 'M2006')).out).toContain(
      '\n\n`deal.csv`:\n\n    (nothing)\n\nRight\n',
    );
  });

  it.each(CODES)('%s fits a terminal', async (code) => {
    const { out } = await merit('explain-error', code);
    const wide = out.split('\n').filter((line) => line.length > 120 && !/^ {4}/.test(line));
    expect(wide).toEqual([]);
    expect(out.startsWith(`${code}: `)).toBe(true);
  });
});

describe('a code that does not exist', () => {
  it('is answered with the nearest', async () => {
    const { code, out, err } = await merit('explain-error', 'M1042x');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain("`M1042x` isn't a code");
    const unknown = await merit('explain-error', 'M1047');
    expect([unknown.code, unknown.out]).toEqual([2, '']);
    expect(unknown.err).toBe(
      'error: there is no code `M1047`\n  the nearest are M1045, M1046, M1048; `merit explain-error` lists all\n',
    );
  });

  it.each(['', '../../package.json', 'M0000', '9999'])('is refused: %j', async (written) => {
    const { code, out } = await merit('explain-error', written);
    expect([code, out]).toEqual([2, '']);
  });
});

it('lists all codes with their titles', async () => {
  const { code, out, err } = await merit('explain-error');
  expect([code, err]).toEqual([0, '']);
  const lines = out.trimEnd().split('\n');
  expect(lines.map((line) => line.slice(0, 7))).toEqual(CODES.map((each) => `${each}  `));
  expect(lines).toContain('M1022  `=` defines; it does not compare');
});

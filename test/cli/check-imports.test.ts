// `merit check` over several files: what is wrong with an import is shown where it stands, in every form of message.

import { describe, expect, it } from 'vitest';
import { merit, workplace } from './command.ts';

const { files } = workplace();

describe('an import that leads nowhere', () => {
  it.each([
    ['none', './none.merit', 'M2053', 'there is no file `none/none.merit`'],
    ['out', '../out.merit', 'M2055', '`../out.merit` leads out of `out`'],
    ['root', '/etc/x.merit', 'M2059', "`/etc/x.merit` isn't a path inside the project"],
  ])('is shown at its place: %s', async (folder, path, code, message) => {
    files({ [`${folder}/p.merit`]: `policy p {\n  currency RUB\n}\n\nimport "${path}"\n` });
    const place = `${folder}/p.merit:5:8`;
    expect(await merit('check', folder, '--format', 'line')).toEqual({
      code: 1,
      out: `${place}: error[${code}]: ${message}\n`,
      err: '',
    });
    const [found] = JSON.parse((await merit('check', folder, '--format', 'json')).out);
    expect([found.code, found.place.line, found.place.column]).toEqual([code, 5, 8]);
    for (const args of [['check'], ['run', '--period', '2026-01']]) {
      const { code: exit, err } = await merit(args[0]!, folder, ...args.slice(1));
      expect([exit, err.split('\n')[1]!.trim()]).toEqual([1, `┌─ ${place}`]);
    }
  });
});

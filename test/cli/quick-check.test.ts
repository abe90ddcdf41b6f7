// Which calls of `merit check` the small script answers, and that it answers as the whole command does.

import { describe, expect, it } from 'vitest';
import { plainCheck, quickCheck } from '../../src/cli/quick-check.ts';

describe('a plain check', () => {
  it.each([
    [['check', 'a.merit'], { path: 'a.merit', options: { format: 'text' } }],
    [['check', 'a.merit', '--strict'], { path: 'a.merit', options: { format: 'text', strict: true } }],
    [['check', '--format', 'json', 'a'], { path: 'a', options: { format: 'json' } }],
  ])('%j is one', (args, asked) => {
    expect(plainCheck(args)).toEqual(asked);
  });

  it.each([
    [['run', 'a.merit']],
    [['check']],
    [['check', 'a', 'b']],
    [['check', 'a', '--help']],
    [['check', 'a', '--period', '2026']],
    [['check', 'a', '--people', 'p.csv']],
    [['check', 'a', '--format']],
    [['check', 'a', '--format', 'xml']],
    [['check', 'a', '--format=json']],
    [['check', '--', 'a']],
    [['check', '']],
  ])('%j is the whole command’s', (args) => {
    expect(plainCheck(args)).toBeUndefined();
  });

  it('leaves what goes wrong to the whole command, with nothing printed', async () => {
    expect(await quickCheck(['check', 'no-such-policy.merit'])).toBe(false);
  });
});

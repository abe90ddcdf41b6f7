// `merit types` as a command. That TypeScript takes what it writes is seen in pack.test.ts, by the package's own types.

import { describe, expect, it } from 'vitest';
import { merit, workplace } from '../cli/command.ts';
import { POLICY } from './example.ts';
import { RUSSIAN } from './hostile.ts';

const { files } = workplace();

describe('types of a policy', () => {
  it('are printed with every name in quotes', async () => {
    files({ 'policy.merit': POLICY.text, 'продажи.merit': RUSSIAN.text });
    const { code, out } = await merit('types', 'policy.merit');
    expect(code).toBe(0);
    expect(out).toContain('readonly "status": "won" | "lost";');
    expect(out).toContain('readonly "fte"?: merit.NumberCell | null;');
    const russian = await merit('types', 'продажи.merit', '--period', '2026-01');
    expect(russian.out).toContain('readonly "class": "выиграна" | "не выиграна";');
    expect(russian.out).not.toMatch(/\*\/ (?:declare|export)/);
  });

  it('are refused for a policy with errors', async () => {
    files({ 'wrong.merit': `${POLICY.text}\nkpi nothing { value sum(deal.nothing) }\n` });
    const wrong = await merit('types', 'wrong.merit', '--output', 'wrong.ts');
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('nothing');
    expect((await merit('types', 'wrong.merit', '--output', 'wrong.merit')).code).toBe(2);
  });
});

// Names that aren't there, that nothing can be called by, and far too many of them.

import { expect, test } from 'vitest';
import { check } from '../../src/check/check.ts';
import { MOST_MESSAGES } from '../../src/check/context.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { HEAD } from './helpers.ts';

function diagnosticsOf(text: string) {
  const source = { name: 'p.merit', text: `${HEAD}${text}` };
  return check([parsePolicy(source).value], [source]).diagnostics;
}

test('a formula isn’t told to read what it is itself', () => {
  // `revenu` is nearest to `revenue`, which would be a circle; `revenues` is meant
  const [own] = diagnosticsOf('kpi revenue = 1 RUB + revenu\nkpi revenues = 2 RUB\n');
  expect([own!.code, own!.help]).toEqual(['M1101', 'did you mean `revenues`?']);
  const [quoted] = diagnosticsOf('kpi "net revenue" = 1 RUB + net_revenue\n');
  expect([quoted!.code, quoted!.help]).toEqual(['M1101', expect.not.stringContaining('net revenue')]);
  const [other] = diagnosticsOf('kpi revenue = 1 RUB\nkpi double = revenu * 2\n');
  expect(other!.help).toBe('did you mean `revenue`?');
});

test.each([
  ['event "" { id: text key, day: date posts }', '""'],
  ['kpi "" = 1 RUB', '""'],
  ['role " " { }', '" "'],
  ['curve "" { 0%: 0%, 100%: 100% }', '""'],
])('%s has no name', (text, name) => {
  const [first] = diagnosticsOf(text);
  const at = HEAD.length + text.indexOf(name);
  expect([first!.code, first!.message]).toEqual(['M1105', 'what is declared here has no name']);
  expect([first!.span!.start, first!.span!.end]).toEqual([at, at + name.length]);
});

test('of thousands of wrong names so many are said, and that there are more', () => {
  const lines = Array.from({ length: 3 * MOST_MESSAGES }, (_, at) => `kpi k${at} = wrong${at}`);
  const all = diagnosticsOf(lines.join('\n'));
  expect(all.filter(({ code }) => code === 'M1101')).toHaveLength(MOST_MESSAGES);
  expect(all.at(-1)!.code).toBe('M1005');
  expect(all).toHaveLength(MOST_MESSAGES + 1);
});

// A renaming writes the name as it is written at each place: bare, in quotes, and in YAML within texts of every kind.

import { expect, it } from 'vitest';
import { textWithEdits } from '../../src/editor/edits.ts';
import { openProject } from '../../src/editor/project.ts';
import { renameAt } from '../../src/editor/rename.ts';
import './helpers.ts';

const HEAD = 'policy p {\n  currency RUB\n  timezone "UTC"\n  period month\n}\n';
const DEAL =
  'event deal {\n  id: text key\n  at: date posts\n  m: person owner\n  status: won | "not yet"\n}\n';

function renamed(text: string, piece: string, to: string, name = 'p.merit'): string {
  const offset = text.indexOf(piece.replace('‸', '')) + piece.indexOf('‸');
  const answer = renameAt(openProject([{ name, text }]), name, offset, to);
  return 'refused' in answer ? answer.refused : textWithEdits(text, answer.edits);
}

it('a word of a list stands bare and in quotes', () => {
  const text = `${HEAD}${DEAL}kpi a = count(deal where status is won) / count(deal where status is "won")\n`;
  expect(renamed(text, 'status: w‸on', 'sold')).toBe(
    text.replace('status: won', 'status: sold').replace('is won', 'is sold').replace('"won"', '"sold"'),
  );
});

it('a word that is no name is in quotes', () => {
  const text = `${HEAD}${DEAL}kpi a = count(deal where status is "not yet")\n`;
  expect(renamed(text, '"not y‸et"', 'open still')).toBe(text.replaceAll('not yet', 'open still'));
  expect(renamed(text, 'status: w‸on', 'won at last')).toBe(text.replace('won |', '"won at last" |'));
});

it('a test has any name', () => {
  const text = `${HEAD}${DEAL}role seller { bonus b = 5 RUB }\ntest "one" {\n  person "A-1" { role seller }\n  expect "A-1" in 2026-01 { b is 5 RUB }\n}\n`;
  expect(renamed(text, '"on‸e"', 'the "first" one')).toBe(text.replace('"one"', '"the \\"first\\" one"'));
  expect(renamed(text, 'expect "A-‸1"', 'A-2')).toBe(text.replaceAll('A-1', 'A-2'));
});

it('lines that end in CR LF, and signs of two units before them', () => {
  const text = `// 🎯🎯\n${HEAD}${DEAL}kpi a "🎯" = count(deal)\nkpi b = a + a\n`.replaceAll('\n', '\r\n');
  expect(renamed(text, 'b = ‸a', 'доля')).toBe(
    text.replace('kpi a', 'kpi доля').replace('a + a', 'доля + доля'),
  );
});

it('letters that are written in two ways are one name', () => {
  const text = `${HEAD}${DEAL}kpi caf\u00e9 = count(deal)\nkpi b = cafe\u0301 + 1\n`;
  expect(renamed(text, 'kpi ca‸f\u00e9', 'bar')).toBe(
    `${HEAD}${DEAL}kpi bar = count(deal)\nkpi b = bar + 1\n`,
  );
});

it('YAML writes it plain, in quotes and in blocks', () => {
  const text = `policy: p
currency: RUB
timezone: UTC
period: month
events:
  deal:
    fields:
      id: text key
      at: date posts
      m: person owner
      'status': won | lost
kpis:
  "won_deals": count(deal where status is won)
  b: 'won_deals + count(deal where status is "won")'
  c: "won_deals + count(deal where status is \\"won\\")"
  d: |-
    won_deals
      + count(deal where status is "won")
  e: >-
    won_deals
    + 1
`;
  expect(openProject([{ name: 'p.merit.yaml', text }]).checked.diagnostics).toEqual([]);
  expect(renamed(text, "b: 'won_‸deals", 'closed', 'p.merit.yaml')).toBe(
    text.replaceAll('won_deals', 'closed'),
  );
  expect(renamed(text, 'status is ‸won', 'sold', 'p.merit.yaml')).toBe(
    text
      .replaceAll('is won', 'is sold')
      .replace('won |', 'sold |')
      .replaceAll('"won', '"sold')
      .replaceAll('"sold_', '"won_')
      .replace('\\"won', '\\"sold'),
  );
  expect(renamed(text, 'stat‸us is won', 'state', 'p.merit.yaml')).toBe(text.replaceAll('status', 'state'));
});

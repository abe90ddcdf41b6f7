// Every message of the stage, by code, with a text that it is said of and the place that it marks (`«…»`).

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { LIMITS } from '../../src/syntax/limits.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { parseConfig } from '../../src/syntax/parse-config.ts';
import { parseScenarios } from '../../src/syntax/parse-scenarios.ts';
import { marked } from './helpers.ts';

const TEXT: readonly (readonly [string, string])[] = [
  ['M1001', `kpi a = ${'('.repeat(200)}«(»1${')'.repeat(201)}`],
  ['M1001', `kpi a = ${'not '.repeat(200)}«not» b`],
  ['M1002', `kpi a = «${'1'.repeat(41)}»`],
  ['M1003', `kpi «${'a'.repeat(201)}» = 1`],
  ['M1004', `kpi a = «1${' + 1'.repeat(1000)}»`],
  ['M1010', 'kpi a = 1 // x«\u202e»y'],
  ['M1011', 'kpi a = «€»'],
  ['M1011', 'kpi a = 5 «–» 3'],
  ['M1011', 'kpi a = b «≥» 3'],
  ['M1011', 'kpi a = b is «“South”»'],
  ['M1011', 'kpi a«\u200b»b = 1'],
  ['M1011', 'kpi a = 1 // x«\u2028»y'],
  ['M1012', 'kpi a = «"abc»\n'],
  ['M1013', 'kpi a = "x «\\q» y"'],
  ['M1014', 'kpi a = «2026-02-30»'],
  ['M1014', 'kpi a = «2026-1-5»'],
  ['M1014', 'kpi a = «2026-q1»'],
  ['M1014', 'kpi a = «2026-H1»'],
  ['M1015', 'kpi a = «1 000 000»'],
  ['M1015', "kpi a = «1'000'000.50»"],
  ['M1016', 'kpi a = «1,5»'],
  ['M1016', 'kpi a = «1,500»'],
  ['M1016', 'kpi a = «1,500,000.25»'],
  ['M1017', 'kpi a = «10 rub»'],
  ['M1017', 'kpi a = «10RUB»'],
  ['M1018', 'kpi a = «1.5M»'],
  ['M1018', 'kpi a = «2nd»'],
  ['M1020', 'kpi a = (1 + 2«»'],
  ['M1020', 'kpi a = 1 +«»\n'],
  ['M1020', 'kpi a = «*» 2'],
  ['M1020', 'kpi «=» 2'],
  ['M1020', 'kpi a«»'],
  ['M1020', 'curve c «linaer» { }'],
  ['M1020', 'event e {\n  id «text» key\n}'],
  ['M1021', 'kpi a = b «c»'],
  ['M1021', 'kpi a = 1 «AND» 2'],
  ['M1021', 'kpi a = f «(»b)'],
  ['M1021', 'event e { id: text «kye» }'],
  ['M1022', 'kpi a = b «=» c'],
  ['M1022', 'kpi a = b «==» c'],
  ['M1022', 'kpi a = b «!=» c'],
  ['M1022', 'kpi a = b «<>» c'],
  ['M1022', 'kpi a = b «≠» c'],
  ['M1022', 'kpi a = b «&&» c'],
  ['M1022', 'kpi a = b «||» c'],
  ['M1022', 'kpi a = «!»b'],
  ['M1023', 'kpi a = b < c «<» d'],
  ['M1023', 'kpi a = b is c «is» d'],
  ['M1024', 'kpi a = b and c «or» d'],
  ['M1025', 'kpi a = b + c «else» d'],
  ['M1025', 'kpi a = b «else» 0% >= 10%'],
  ['M1025', 'kpi a = b when c «else» d'],
  ['M1026', 'kpi a = b when c otherwise d «when» e otherwise f'],
  ['M1027', 'kpi a = b «when» c'],
  ['M1027', 'role r { bonus b = min(c «when» d, 1 RUB) }'],
  ['M1028', 'kpi a = b «otherwise» c'],
  ['M1029', 'kpi a = b«-»c'],
  ['M1029', 'kpi a = b «-»c'],
  ['M1030', 'kpi a = sum(b where c «where» d)'],
  ['M1030', 'policy p {\n  currency RUB\n  «currency EUR»\n}'],
  ['M1031', 'kpi a = b[previous «0»]'],
  ['M1031', 'kpi a = b[trailing «1.5 months»]'],
  ['M1040', '«evnt» e { }'],
  ['M1041', 'role r { «gat» x }'],
  ['M1032', 'calendar c { work monday «25:00» to 26:00 }'],
  ['M1033', 'curve c linear { 80%: «1% more per 1%» }'],
  ['M1042', 'role r {\n  cap 5 RUB«»\n'],
  ['M1042', 'role r {\n  cap 5 RUB«»\nkpi a = 1\n'],
  ['M1042', 'role r {\n  scorecard {\n    a 50%\n    b 50%«»\n  cap 5 RUB\n}\nkpi a = 1\n'],
  ['M1043', 'kpi a = 1\n«}»'],
  ['M1044', 'role r { scorecard«» }'],
  ['M1020', 'pool p = 5 RUB«»'],
  ['M1020', 'for «anna» { target a 5 }'],
  ['M1044', 'test "t" { expect anna in 2026-01«» }'],
  ['M1045', 'let a = 1 «{» owner "x" }'],
  ['M1046', '«award a» { to hunter }'],
  ['M1046', '«calendar c» { quarters 4, 4, 5 weeks }'],
  ['M1046', 'award a { to «hunter with zero», gives 5 RUB }'],
  ['M1030', 'role r { bonus b = 5 RUB cap 3 RUB { «cap» 4 RUB } }'],
  ['M1020', 'policy p { takes «20%» of pay }'],
  ['M1020', 'invariant "i" { a is falling «in» b }'],
  ['M1020', 'calendar c { year starts 2026-02-01, quarters 4, 4, «5 days» }'],
  ['M1046', '«kpi a» { owner "x" }'],
  ['M1048', 'role r {\n  «/// nothing»\n  cap 5 RUB\n}'],
  ['M1048', 'kpi a = 1\n«/// nothing»\n'],
];

const YAML: readonly (readonly [string, string])[] = [
  ['M1060', 'kpis:\n  a: "x" «is y»\n'],
  ['M1061', 'kpis:\n  a: «&x» 5\n'],
  ['M1061', 'kpis:\n  a: «!!str» 5\n'],
  ['M1061', 'kpis:\n  «<<»: 5\n'],
  ['M1061', '«%TAG ! tag:x,2000:»\n---\nkpis:\n  a: 1\n'],
  ['M1061', '«%YAML 1.1»\n---\nkpis:\n  a: 1\n'],
  ['M1062', 'kpis:\n  a: 5\n  «a»: 6\n'],
  ['M1063', 'kpis:\n  «[a]»: 5\n'],
  ['M1064', '«titel»: x\n'],
  ['M1064', 'kpis:\n  a: {«valu»: 5, value: 6}\n'],
  ['M1065', 'kpis: «[]»\n'],
  ['M1065', 'kpis:\n  a: {value: 1, owner: «[x]»}\n'],
  ['M1065', 'kpis:\n  a: {value: 1, title: «~»}\n'],
  ['M1065', 'policy: «null»\n'],
  ['M1065', 'roles:\n  r:\n    bonuses:\n      b: {gated: «yes», value: 5}\n'],
  ['M1020', 'kpis:\n  a: {value: 1, kind: «outcom»}\n'],
  ['M1022', 'kpis:\n  a: b «=» c\n'],
  ['M1046', 'kpis:\n  «a»: {kind: outcome}\n'],
  ['M1046', 'awards:\n  «a»: {to: hunter}\n'],
  ['M1030', 'for:\n  - person: a\n    «team: b»\n'],
  [
    'M1030',
    'roles:\n  r:\n    bonuses:\n      b: {value: 5, pays: [in 3 monthly parts, «in 2 monthly parts»]}\n',
  ],
  ['M1030', 'policy: p\nrounding: half up to 1\nreports: by a\n---\n«rounding: down to 1»\n'],
];

const CONFIG: readonly (readonly [string, string])[] = [
  ['M1066', 'data: {d: {file: a.csv, format: «xls»}}'],
  ['M2070', 'policy: «../x.merit»'],
  ['M2071', 'data: {d: {file: a.csv, decimal: ",", thousands: «","»}}'],
  ['M2073', 'data: {«person»: people.csv}'],
  ['M2072', 'policy: a.merit\n---\n«period: 2026-01»\n'],
  ['M3004', 'period: «2026-01..»'],
  ['M2074', 'data: {«d»: {columns: {a: b}}}'],
  ['M2075', 'data: {d: {file: a.csv, «table»: a}}'],
];

const SCENARIOS: readonly (readonly [string, string])[] = [
  ['M3086', '«- revenue +10%»\n'],
  ['M3086', 'good year: [revenue +10%, «{revenue: 1}»]'],
];

function expectMarked(all: readonly Diagnostic[], code: string, place: ReturnType<typeof marked>): void {
  const at = all.filter((each) => each.code === code).map(({ span }) => [span?.start, span?.end]);
  expect(at, JSON.stringify(all.map(({ code, message, span }) => ({ code, message, span })))).toContainEqual([
    place.start,
    place.end,
  ]);
  for (const { message, help } of all) {
    expect(message).toMatch(/^[^A-Z]/);
    expect(`${message} ${help ?? ''}`).not.toMatch(/token|undefined|\[object/i);
  }
}

describe('messages of the text form', () => {
  it.each(TEXT)('%s %s', (code, text) => {
    const place = marked(text);
    expectMarked(parsePolicy({ name: 'p.merit', text: place.text }).diagnostics, code, place);
  });
});

describe('messages of YAML', () => {
  it.each(YAML)('%s %s', (code, text) => {
    const place = marked(text);
    expectMarked(parsePolicy({ name: 'p.merit.yaml', text: place.text }).diagnostics, code, place);
  });
});

describe('messages of the configuration', () => {
  it.each(CONFIG)('%s %s', (code, text) => {
    const place = marked(text);
    expectMarked(parseConfig({ name: 'merit.config.yaml', text: place.text }).diagnostics, code, place);
  });
});

describe('messages of scenarios', () => {
  it.each(SCENARIOS)('%s %s', (code, text) => {
    const place = marked(text);
    expectMarked(parseScenarios({ name: 'scenarios.yaml', text: place.text }).diagnostics, code, place);
  });
});

it('a file that is too long is refused, and so is the 201st message', () => {
  const long = parsePolicy({ name: 'p.merit', text: ' '.repeat(LIMITS.fileLength + 1) });
  expect(long.diagnostics.map(({ code }) => code)).toEqual(['M1000']);
  const parts = parsePolicy({ name: 'p.yaml', text: '- a\n'.repeat(LIMITS.yamlParts / 3) });
  expect(parts.diagnostics.map(({ code }) => code)).toEqual(['M1006']);
  const many = parsePolicy({ name: 'p.merit', text: 'x\n'.repeat(500) }).diagnostics;
  expect([many.length, many.at(-1)!.code]).toEqual([201, 'M1005']);
});

it('no code is without a case', () => {
  const file = ['messages', 'yaml-messages']
    .map((name) => readFileSync(new URL(`../../src/syntax/${name}.ts`, import.meta.url), 'utf8'))
    .join('\n');
  const codes = new Set([...file.matchAll(/'(M\d{4})'/g)].map((match) => match[1]!));
  for (const [code] of [...TEXT, ...YAML, ...CONFIG, ...SCENARIOS]) codes.delete(code);
  // M2076 has no place, as its line may hold a password: test/syntax/config.test.ts has it
  expect([...codes]).toEqual(['M1000', 'M1005', 'M1006', 'M2076']);
});

describe('a fix removes its error', () => {
  const withFix = [...TEXT, ...YAML.map(([code, text]) => [code, text] as const)].map(([, text]) => text);
  it.each(withFix)('%s', (text) => {
    for (const name of ['p.merit', 'p.yaml']) {
      const source = { name, text: marked(text).text };
      const { diagnostics } = parsePolicy(source);
      for (const { code, fix } of diagnostics) {
        if (fix === undefined) continue;
        const [{ span, text: by }] = fix as [(typeof fix)[number]];
        const mended = source.text.slice(0, span.start) + by + source.text.slice(span.end);
        const before = diagnostics.filter((each) => each.code === code).length;
        const after = parsePolicy({ name, text: mended }).diagnostics.filter(
          (each) => each.code === code,
        ).length;
        expect(after, mended).toBeLessThan(before);
      }
    }
  });
});

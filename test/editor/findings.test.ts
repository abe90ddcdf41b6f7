// Findings with their edits: what each is called and does, and that the preferred ones mend what they are offered for.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import type { Source } from '../../src/base/source.ts';
import { withEdits } from '../../src/editor/edits.ts';
import { findingsOf } from '../../src/editor/findings.ts';
import { openProject, type Project } from '../../src/editor/project.ts';
import { convertPolicy } from '../../src/syntax/print.ts';
import { WORLD } from '../check/helpers.ts';
import { readPage } from '../docs/example.ts';
import './helpers.ts';

/** The fixes of the first finding of a code, as titles, and the text that each makes. */
function fixesIn(text: string, code: string, name = 'p.merit') {
  const project = openProject([{ name, text }]);
  const found = findingsOf(project).find(({ diagnostic }) => diagnostic.code === code);
  return (found?.fixes ?? []).map(({ title, edits, preferred }) => ({
    title,
    preferred,
    text: withEdits(project.sources, edits)[0]!.text,
  }));
}

describe('fixes', () => {
  it('write the name that was meant, also in all places and for all findings alike', () => {
    const text = `${WORLD}\nkpi x = revenu * 2\nkpi y = revenu\nkpi z = dealz\n`;
    const fixes = fixesIn(text, 'M1101');
    expect(fixes.map(({ title, preferred }) => [title, preferred])).toEqual([
      ['Write `revenue` in 2 places', true],
      ['Mend all 2 of these in the file', false],
    ]);
    expect(fixes[0]!.text).toBe(
      text.replaceAll('revenu *', 'revenue *').replaceAll('= revenu\n', '= revenue\n'),
    );
    expect(fixes[1]!.text).toBe(fixes[0]!.text.replace('dealz', 'deals'));
  });

  it.each([
    ['M1011', 'kpi x = count(deal where client is “South”)', 'kpi x = count(deal where client is "South")'],
    ['M1011', 'kpi x = revenue;', 'kpi x = revenue'],
    ['M1011', '# why\nkpi x = revenue', '// why\nkpi x = revenue'],
    ['M1011', 'kpi x = revenue * 5 %', 'kpi x = revenue * 5%'],
    ['M1011', 'kpi x = revenue × 2', 'kpi x = revenue * 2'],
    ['M1012', 'kpi x = count(deal where client is "A")\nkpi y "So = revenue', undefined],
    ['M1015', 'kpi x = revenue + 1 000 RUB', 'kpi x = revenue + 1_000 RUB'],
    ['M1020', 'kpi x = sum(deal.amount', 'kpi x = sum(deal.amount)'],
    ['M1048', 'kpi x = revenue\n/// nothing below', 'kpi x = revenue\n// nothing below'],
  ])('%s: %s', (code, wrong, right) => {
    const [fix] = fixesIn(`${WORLD}\n${wrong}\n`, code);
    expect(fix?.preferred).toBe(true);
    if (right !== undefined) expect(fix?.text).toBe(`${WORLD}\n${right}\n`);
  });

  it.each([
    ['M1104', 'kpi x = deal.amount', ['kpi x = sum(deal.amount)']],
    ['M1202', 'role a { bonus b = 500 }', ['role a { bonus b = 500 RUB }']],
    [
      'M1301',
      'role a { bonus b = 5 RUB * conversion }',
      ['role a { bonus b = 5 RUB * (conversion else 0%) }'],
    ],
    [
      'M1408',
      'role a { bonus b = 5 RUB + 1% * revenue }',
      [
        'role a { bonus b prorated = 5 RUB + 1% * revenue }',
        'role a { bonus b not prorated = 5 RUB + 1% * revenue }',
      ],
    ],
  ])('%s, for its author to decide: %s', (code, wrong, right) => {
    const extra = 'kpi conversion = deals / calls\n';
    const fixes = fixesIn(`${WORLD}\n${extra}${wrong}\n`, code);
    expect(fixes.map(({ preferred }) => preferred)).toEqual(right.map(() => false));
    expect(fixes.map(({ text }) => text)).toEqual(right.map((each) => `${WORLD}\n${extra}${each}\n`));
  });

  it('add the line that a policy lacks, in both forms', () => {
    const text = 'policy p {\n  timezone "Europe/Moscow"\n  period month\n}\n';
    expect(fixesIn(text, 'M1105')[0]!.text).toBe(text.replace('{\n', '{\n  currency RUB\n'));
    const yaml = 'policy: p\ntimezone: Europe/Moscow\nperiod: month\n';
    expect(fixesIn(yaml, 'M1105', 'p.merit.yaml')[0]!.text).toBe(
      `policy: p\ncurrency: RUB\n${yaml.slice(10)}`,
    );
  });

  it('allow a lint above its line, with a reason', () => {
    const text = `${WORLD}\r\n  kpi x = revenue\r\n`.replaceAll(/\r?\n/g, '\r\n');
    const project = openProject([{ name: 'p.merit', text }]);
    const start = text.indexOf('x = revenue');
    const lint: Diagnostic = {
      code: 'M1502',
      severity: 'warning',
      message: 'never used',
      span: { source: 'p.merit', start, end: start + 1 },
    };
    const [fix] = findingsOf(project, [lint]).at(-1)!.fixes;
    expect(fix).toMatchObject({ title: 'Allow M1502 here, with a reason', preferred: false });
    expect(withEdits(project.sources, fix!.edits)[0]!.text).toBe(
      text.replace('  kpi x', '  // allow M1502: it is meant so\r\n  kpi x'),
    );
  });
});

const PAGES = fileURLToPath(new URL('../../docs/errors/', import.meta.url));

/** The wrong policies of the pages of errors, in the form that they are in and, where they can be, in the other. */
const WRONG: readonly (readonly [string, Source])[] = readdirSync(PAGES)
  .filter((each) => /^M1[0-4]/.test(each))
  .flatMap((file) =>
    readPage(readFileSync(`${PAGES}${file}`, 'utf8'))
      .wrong.filter(({ language, words }) => language === 'merit' || (language === 'yaml' && !words[0]))
      .flatMap(({ language, text }): (readonly [string, Source])[] => {
        if (language === 'yaml') return [[`${file} in YAML`, { name: 'p.merit.yaml', text }]];
        const source = { name: 'p.merit', text };
        const yaml = convertPolicy(source, 'yaml').value;
        const twin =
          yaml === undefined ? [] : [[`${file} in YAML`, { name: 'p.merit.yaml', text: yaml }] as const];
        return [[file, source], ...twin];
      }),
  );

function errorsOf({ checked }: Project): readonly string[] {
  return checked.diagnostics.flatMap(({ severity, code, message }) =>
    severity === 'error' ? `${code} ${message}` : [],
  );
}

describe('preferred fixes of wrong examples', () => {
  it('are there', () => {
    const all = WRONG.flatMap(([, source]) =>
      findingsOf(openProject([source])).flatMap(({ fixes }) => fixes),
    );
    expect(all.filter(({ preferred }) => preferred).length).toBeGreaterThan(15);
  });

  it.each(WRONG)('%s', (_, source) => {
    const project = openProject([source]);
    const before = errorsOf(project);
    for (const { diagnostic, fixes } of findingsOf(project)) {
      for (const { edits, preferred } of fixes) {
        const after = errorsOf(openProject(withEdits([source], edits)));
        const told = `${diagnostic.code} ${diagnostic.message}`;
        expect(after.filter((each) => each === told)).toEqual([]);
        if (preferred) expect(after.filter((each) => !before.includes(each))).toEqual([]);
      }
    }
  });
});

// Where a recorded test is written, what coverage says of lines, and the words of a comparison.

import { describe, expect, it } from 'vitest';
import {
  changeHow,
  changeName,
  crossingText,
  deltaText,
  movedSentence,
  movers,
  relativeText,
} from '../../playground/src/changes/change-words.ts';
import { lineSpan } from '../../playground/src/changes/line-span.ts';
import { coverageLines } from '../../playground/src/tests/coverage-lines.ts';
import { withTests } from '../../playground/src/tests/insert-test.ts';
import { compile, needForms } from '../../src/browser-engine.ts';
import type { CoverageLine, DiffFigures, PersonDelta } from '../../src/browser-questions.ts';

const TEST =
  '// Recorded from a run.\n\ntest "anna in 2026-01" {\n  expect anna in 2026-01 { pay is 1 RUB }\n}\n';
const YAML =
  '# Recorded from a run.\n\ntests:\n  anna in 2026-01:\n    expect:\n      - anna in 2026-01:\n          - pay is 1 RUB\n';
const OWN = 'tests:\n  one:\n    expect:\n      - anna in 2026-01:\n          - pay is 2 RUB\n';

describe('a recorded test is written', () => {
  it('at the end of the text form, without the words above it', () => {
    const { text, span } = withTests({ name: 'policy.merit', text: 'policy p {}\n\n\n' }, TEST)!;
    expect(text).toBe(`policy p {}\n\n${TEST.slice(TEST.indexOf('test'))}`);
    expect(text.slice(span.start, span.end)).toBe(TEST.slice(TEST.indexOf('test')).trimEnd());
  });

  it('in YAML as a section of its own where there is none', () => {
    expect(withTests({ name: 'p.merit.yaml', text: 'policy: p\n' }, YAML)!.text).toBe(
      `policy: p\n\n${YAML.slice(YAML.indexOf('tests'))}`,
    );
  });

  it('in YAML at the end of the tests, before what follows them', () => {
    const { text, span } = withTests(
      { name: 'p.merit.yaml', text: `policy: p\n\n${OWN}\nroles:\n  hunter:\n` },
      YAML,
    )!;
    expect(text).toBe(`policy: p\n\n${OWN}\n${YAML.slice(YAML.indexOf('  anna'))}\nroles:\n  hunter:\n`);
    expect(text.slice(span.start, span.end)).toBe(YAML.slice(YAML.indexOf('  anna')).trimEnd());
    expect(withTests({ name: 'p.merit.yaml', text: `policy: p\n${OWN}` }, YAML)!.text).toBe(
      `policy: p\n${OWN}\n${YAML.slice(YAML.indexOf('  anna'))}`,
    );
  });

  it('nowhere where the tests are written otherwise', () => {
    expect(withTests({ name: 'p.merit.yaml', text: 'tests: {}\n' }, YAML)).toBeUndefined();
    expect(
      withTests({ name: 'p.merit.yaml', text: 'tests:\n    one:\n        rows: []\n' }, YAML),
    ).toBeUndefined();
  });

  it('so that both tests are read', async () => {
    const head =
      'policy: p\ncurrency: RUB\nperiod: month\nroles:\n  hunter:\n    bonuses:\n      fee: 1 RUB\n';
    const { text } = withTests({ name: 'p.merit.yaml', text: `${head}${OWN}` }, YAML)!;
    const sources = [{ name: 'p.merit.yaml', text }];
    await needForms(sources);
    const { diagnostics } = compile(sources);
    // whatever is wrong with so short a policy, it isn't how it is written
    expect(diagnostics.filter(({ code }) => code.startsWith('M10'))).toEqual([]);
  });
});

describe('what tests take of a line', () => {
  const way = (name: string, line: number, start: number): CoverageLine => ({
    kind: 'condition',
    name,
    at: { file: 'p.merit', line, column: 1, span: { source: 'p.merit', start, end: start + 3 } },
  });

  it('is all ways of its decisions, some, or none', () => {
    const lines = coverageLines({
      taken: [way('a: yes', 1, 10), way('b: yes', 2, 20), way('b: no', 2, 25)],
      uncovered: [way('a: no', 1, 5), way('c: yes', 3, 30)],
    });
    expect(lines.map(({ line, kind, taken, total, missed }) => [line, kind, taken, total, missed])).toEqual([
      [1, 'partly', 1, 2, ['a: no']],
      [2, 'taken', 2, 2, []],
      [3, 'not-taken', 0, 1, ['c: yes']],
    ]);
    expect(lines[0]!.span.start).toBe(5);
  });
});

describe('a comparison in words', () => {
  const person = (id: string, delta: string): PersonDelta => ({
    person: id,
    name: id,
    before: '0',
    after: delta,
    delta,
    relative: null,
    byCause: [],
  });
  const figures = {
    people: [person('a', '-5'), person('b', '0'), person('c', '10'), person('d', '2')],
  } as unknown as DiffFigures;

  it('says who gains and who loses, the most first', () => {
    expect(movedSentence(figures)).toBe('2 people get more, 1 less, 1 the same');
    expect(movers(figures).map((each) => each.person)).toEqual(['c', 'd', 'a']);
    expect(movedSentence({ people: [person('b', '0')] } as unknown as DiffFigures)).toBe(
      'Nobody’s pay moves, of 1 person.',
    );
  });

  it('writes amounts with their sign', () => {
    expect(deltaText('en', '-1234.5', 'RUB')).toBe('−1,234.50 RUB');
    expect(deltaText('en', '0', 'RUB')).toBe('0.00 RUB');
    expect(relativeText('en', '1/8')).toBe('+12.5 %');
    expect(relativeText('en', null)).toBe('');
  });

  it('names changes and what falls out otherwise', () => {
    const change = {
      id: 1,
      how: 'changed',
      kind: 'role',
      name: 'hunter',
      part: 'bonus fee',
      lines: [],
    } as const;
    expect(changeName(change)).toBe('role hunter, bonus fee');
    expect(changeHow(change)).toBe('changed');
    expect(changeHow({ ...change, how: 'renamed', was: 'seller' })).toBe(
      'renamed from seller, and the same otherwise',
    );
    const crossing = {
      period: '2026-01',
      person: 'a',
      name: 'a',
      role: 'hunter',
      kind: 'cap',
      of: '',
    } as const;
    expect(crossingText({ ...crossing, before: "doesn't bind", after: 'binds' })).toBe(
      'cap: doesn’t bind → binds',
    );
    expect(crossingText({ ...crossing, of: 'fee', before: 'binds', after: "doesn't bind" })).toBe(
      'cap of fee: binds → doesn’t bind',
    );
  });

  it('shows a line of a file', () => {
    const file = { name: 'p.merit', text: 'a\r\n  b c\nd' };
    expect(lineSpan(file, 2)).toEqual({ source: 'p.merit', start: 5, end: 8 });
    expect(lineSpan(file, 1)).toEqual({ source: 'p.merit', start: 0, end: 1 });
    expect(lineSpan(file, 9)).toEqual({ source: 'p.merit', start: 10, end: 10 });
  });
});

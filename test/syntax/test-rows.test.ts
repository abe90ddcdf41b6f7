// Rows of tests whose event has the name of something else: of a declaration, of a clause, of a unit. Both forms say them,
// so that converting loses none.

import { describe, expect, it } from 'vitest';
import { convertPolicy, formatPolicy } from '../../src/syntax/print.ts';
import { SHAPES } from '../../src/syntax/shape.ts';
import { declarationsOf, found, withoutSpans } from './helpers.ts';

/** The heads of the rows of the only test, as `count of id`. */
function headsOf(text: string, name = 'p.merit'): readonly string[] {
  const declarations = declarationsOf(text, name);
  expect(declarations.map(({ kind }) => kind)).toEqual(['test']);
  const [test] = declarations;
  if (test?.kind !== 'test') return [];
  return test.rows.map(({ count, of, id }) =>
    [count?.kind === 'number' ? count.digits : '', of.text, id?.text ?? ''].join(' ').trim(),
  );
}

function expectBothForms(text: string): void {
  expect(formatPolicy({ name: 'p.merit', text }).value).toBe(text);
  const yaml = convertPolicy({ name: 'p.merit', text }, 'yaml').value!;
  expect(withoutSpans(declarationsOf(yaml, 'p.yaml'))).toEqual(withoutSpans(declarationsOf(text)));
  expect(formatPolicy({ name: 'p.yaml', text: yaml }).value).toBe(yaml);
  expect(convertPolicy({ name: 'p.yaml', text: yaml }, 'text').value).toBe(text);
}

describe('rows of an event that is called like a declaration', () => {
  it.each(SHAPES.map(({ word }) => word))('%s', (word) => {
    const text = `test "t" {\n  ${word} a { amount 5 }\n  ${word} { amount 6 }\n  2 ${word} { amount 7 }\n}\n`;
    expect(headsOf(text)).toEqual([`${word} a`, word, `2 ${word}`]);
    expectBothForms(text);
  });

  it('a test without its `}` still ends where a declaration begins at its margin', () => {
    expect(found('test "t" {\n  deal { amount 5 }\n\naward a {\n  to x\n  gives 5 RUB\n}\n')).toEqual([
      'M1042',
    ]);
  });
});

describe('rows that need quotes', () => {
  it.each(['expect', 'two words', 'when', 'A-17'])('of an event called %j', (name) => {
    const text = `test "t" {\n  "${name}" { amount 5 }\n  "${name}" a { amount 6 }\n  expect anna in 2026-01 { pay is 5 }\n}\n`;
    expect(headsOf(text)).toEqual([name, `${name} a`]);
    expectBothForms(text);
  });

  it.each(['day', 'months', 'RUB', 'usd'])('after a count, which would take `%s` for its unit', (name) => {
    const text = `test "t" {\n  12 "${name}" { amount 5 }\n  ${name} { amount 5 }\n}\n`;
    expect(headsOf(text)).toEqual([`12 ${name}`, name]);
    expectBothForms(text);
  });

  it('are found in YAML without them', () => {
    const yaml =
      'tests:\n  t:\n    rows:\n      - expect: {a: 1}\n      - person: {role: x}\n      - expect a: {a: 1}\n';
    expect(headsOf(yaml, 'p.yaml')).toEqual(['expect', 'person', 'expect a']);
    expect(convertPolicy({ name: 'p.yaml', text: yaml }, 'text').value).toBe(
      'test "t" {\n  "expect" { a 1 }\n  person { role x }\n  "expect" a { a 1 }\n}\n',
    );
  });
});

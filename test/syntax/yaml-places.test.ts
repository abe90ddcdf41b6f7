// A place in a formula is a place in the YAML file, however the scalar is written.

import { describe, expect, it } from 'vitest';
import type { Expression } from '../../src/syntax/ast.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { show } from './helpers.ts';

/** Each way of writing `alpha + beta * 2` as a value of `a`, with what stands in the file for each name. */
const WAYS: readonly (readonly [string, string, string?])[] = [
  ['plain', 'kpis:\n  a: alpha + beta * 2\n'],
  ['plain, with a comment after it', 'kpis:\n  a: alpha + beta * 2 # why\n'],
  ['plain, folded', 'kpis:\n  a: alpha\n     + beta\n\n     * 2\n'],
  ['single quotes', "kpis:\n  a: 'alpha + beta * 2'\n"],
  ['single quotes, folded', "kpis:\n  a: 'alpha +\n    beta\n    * 2'\n"],
  ['double quotes', 'kpis:\n  a: "alpha + beta * 2"\n'],
  ['double quotes, with escapes', 'kpis:\n  a: "alpha\\t+\\x20b\\u0065ta \\U0000002a 2"\n', 'b\\u0065ta'],
  ['double quotes, with an escaped line end', 'kpis:\n  a: "alpha + \\\n    beta * 2"\n'],
  ['literal', 'kpis:\n  a: |\n    alpha\n      + beta\n    * 2\n'],
  ['literal, chomped, after a comment', 'kpis:\n  a: |- # why\n    alpha\n    + beta\n    * 2\n'],
  ['literal, with an indicator', 'kpis:\n  a: |2\n      alpha\n      + beta\n      * 2\n'],
  ['folded', 'kpis:\n  a: >\n    alpha\n    + beta\n    * 2\n'],
  ['folded, with blank and deeper lines', 'kpis:\n  a: >-\n\n    alpha\n\n      + beta\n    * 2\n'],
  ['in a flow map', 'kpis: {a: alpha + beta * 2, b: 1}\n'],
  ['after an emoji', '# 😀😀\ntitle: "😀"\npolicy: p\nkpis:\n  a: "alpha + beta * 2"\n'],
  ['with an emoji in its own quotes', 'kpis:\n  z: "\\"😀\\" is alpha"\n  a: alpha + beta * 2\n'],
  ['after a byte order mark', '\ufeffkpis:\n  a: |\n    alpha\n    + beta * 2\n'],
];

function names(tree: Expression): readonly Expression[] {
  return tree.kind === 'binary' ? [...names(tree.left), ...names(tree.right)] : [tree];
}

describe('places in scalars', () => {
  const all = WAYS.flatMap(([way, text, beta]) => [
    [way, text, beta] as const,
    [`${way}, CRLF`, text.replaceAll('\n', '\r\n'), beta] as const,
  ]);
  it.each(all)('%s', (_, text, beta = 'beta') => {
    const { value, diagnostics } = parsePolicy({ name: 'p.yaml', text });
    expect(diagnostics).toEqual([]);
    const kpi = value.declarations.find((each) => each.kind === 'kpi' && each.name.text === 'a')!;
    const tree = kpi.kind === 'kpi' ? kpi.value : undefined;
    expect(show(tree!)).toBe('(alpha + (beta * 2))');
    const written = names(tree!).map(({ span }) => text.slice(span.start, span.end));
    expect(written).toEqual(['alpha', beta, '2']);
  });

  it('an error in a quoted scalar is marked where it stands', () => {
    const text = "kpis:\r\n  😀: 'x is ''y'' '\r\n  b: \"a \\u003d b\"\r\n";
    const { diagnostics } = parsePolicy({ name: 'p.yaml', text });
    expect(diagnostics.map(({ code, span }) => [code, text.slice(span!.start, span!.end)])).toEqual([
      ['M1011', "''"],
      ['M1011', "''"],
      ['M1022', '\\u003d'],
    ]);
  });

  it('nothing at all is marked where it is missing', () => {
    for (const [text, place] of [
      ['kpis:\n  a: ""\n', 12],
      ['kpis:\n  a:\n', 10],
    ] as const) {
      const { diagnostics } = parsePolicy({ name: 'p.yaml', text });
      expect(diagnostics.map(({ code, span }) => [code, span!.start, span!.end])).toEqual([
        ['M1020', place, place],
      ]);
    }
  });
});

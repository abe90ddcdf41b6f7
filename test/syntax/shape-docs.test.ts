// What documentation says of the tables in shape.ts: each declaration, clause and part, and nothing else.

import { expect, it } from 'vitest';
import { SHAPES } from '../../src/syntax/shape.ts';
import { DOCS, docOf } from '../../src/syntax/shape-docs.ts';

it('says something of each declaration, clause and part', () => {
  const all = SHAPES.flatMap((shape) => [
    shape,
    ...shape.clauses.flatMap((clause) => [clause, ...(clause.parts ?? [])]),
  ]);
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((each) => !docOf(each))).toEqual([]);
  const said = new Set(all.map(docOf));
  expect(DOCS.filter((each) => !said.has(each))).toEqual([]);
});

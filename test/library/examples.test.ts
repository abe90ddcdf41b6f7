// Every example of the function table, as a formula of constants: parsed, checked and worked out.

import { describe, expect, test } from 'vitest';
import { exactText } from '../../src/base/exact.ts';
import { AGGREGATES } from '../../src/library/aggregate.ts';
import { constantValue } from '../../src/library/constant.ts';
import { AGGREGATE_DOCUMENTATION, FUNCTION_DOCUMENTATION } from '../../src/library/documentation.ts';
import { libraryFunction } from '../../src/library/index.ts';
import { OPERATORS } from '../../src/library/operator.ts';
import { FUNCTIONS } from '../../src/library/scalar.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { Cell } from '../../src/model/value.ts';
import { modelOf } from '../evaluate/run-policy.ts';

/** The formula as the checker leaves it, as the value of a `let`. */
function formulaOf(text: string): Expression {
  const model = modelOf(`policy p { currency RUB
      timezone "UTC"
      period month }
    let asked = ${text}`);
  return model.figures.find((each) => each.name === 'asked')!.value;
}

function worthOf(node: Expression): Cell {
  if (node.kind === 'constant') return constantValue(node.type, node.text);
  if (node.kind === 'apply') return libraryFunction(node.function).evaluate(node.args.map(worthOf));
  throw new Error(`not of constants: ${node.kind}`);
}

test('each entry of the function table is documented, and nothing else', () => {
  const names = (entries: readonly { readonly name: string }[]) => entries.map(({ name }) => name).sort();
  expect(Object.keys(FUNCTION_DOCUMENTATION).sort()).toEqual(names([...OPERATORS, ...FUNCTIONS]));
  expect(Object.keys(AGGREGATE_DOCUMENTATION).sort()).toEqual(names(AGGREGATES));
});

describe('examples of the function table', () => {
  const all = Object.entries(FUNCTION_DOCUMENTATION).flatMap(([name, { examples }]) =>
    examples.map(({ formula, value }) => [name, formula, value] as const),
  );
  test.each(all)('%s: %s is %s', (_, formula, value) => {
    const found = worthOf(formulaOf(formula));
    expect(typeof found === 'object' ? exactText(found) : String(found)).toBe(value);
  });
});

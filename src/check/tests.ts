// Tests: rows of data (test-rows.ts), and expectations, which stand in the roles that the test gives the person.

import { fits, type Period, parsePeriod } from '../base/period.ts';
import { walk } from '../library/parts.ts';
import { TRUTH } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Expectation, TestModel } from '../model/proof.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astTests from '../syntax/ast-tests.ts';
import { foldConstant } from './constants.ts';
import { type Checking, isError, textOf } from './context.ts';
import { fiscalYear } from './fiscal.ts';
import { infer, require } from './infer.ts';
import { means, personOf } from './meanings.ts';
import * as messages from './messages.ts';
import { worldOfRoles } from './proof-world.ts';
import { resultElsewhere } from './test-messages.ts';
import { checkRow, isRowName, type TestPeople } from './test-rows.ts';

/**
 * Checks the rows and expectations of a test; what a row leaves out is asked only when the test runs. What is wrong has
 * been reported, and is left out of the test.
 */
export function checkTest(checking: Checking, test: astTests.TestDeclaration): TestModel {
  const people: TestPeople = { test: test.name.text, roles: new Map() };
  for (const { of, id } of test.rows) {
    if (id && !people.roles.has(id.text) && (of.text === 'person' || !isRowName(checking, of.text)))
      people.roles.set(id.text, new Set());
  }
  const rows = test.rows.flatMap((row) => {
    const before = checking.diagnostics.length;
    const checked = checkRow(checking, row, people);
    // a wrong row of a person may have said which roles are meant
    if (row.id && checking.diagnostics.length > before) people.roles.set(row.id.text, 'unclear');
    return checked ?? [];
  });
  return {
    name: test.name.text,
    ...(test.doc === undefined ? {} : { doc: test.doc }),
    rows,
    expectations: test.expectations.flatMap((each) => checkExpectation(checking, each, people) ?? []),
    span: test.name.span,
  };
}

function checkExpectation(
  checking: Checking,
  { person, period, conditions }: astTests.Expectation,
  people: TestPeople,
): Expectation | undefined {
  const roles = people.roles.get(person.text);
  if (roles) means(checking, person, personOf(people.test));
  else
    checking.diagnostics.push(
      messages.unknownName(person.span, 'person of this test', person.text, [...people.roles.keys()]),
    );
  const found = periodOf(checking, period);
  if (!found)
    checking.diagnostics.push(
      messages.wrongType(period.span, 'a period, such as `2026-01` or `2026-Q1`', 'something else'),
    );
  const isLongEnough = found && fits(checking.grain, found.grain);
  if (found && !isLongEnough)
    checking.diagnostics.push(
      messages.grainTooShort(period.span, 'an expectation', found.grain, checking.grain),
    );
  if (!roles || roles === 'unclear') return undefined;
  const grain = isLongEnough ? found.grain : checking.grain;
  const world = worldOfRoles(checking, [...roles], grain);
  const checked = conditions.flatMap((each): readonly Expression[] => {
    const condition = infer(checking, each, world);
    const isTrue = (type: Expression['type']): boolean => type.kind === TRUTH.kind;
    if (!require(checking, condition, isTrue, 'a condition, such as `revenue is 100 RUB`')) return [];
    const value = foldConstant(condition);
    if (value !== undefined)
      checking.diagnostics.push(
        messages.wrongType(condition.span, 'a condition on results', 'one that is always the same'),
      );
    checkResults(checking, condition);
    return isError(condition) ? [] : [condition];
  });
  if (!found) return undefined;
  return {
    person: person.text,
    period: found.id,
    grain,
    conditions: checked,
    personSpan: person.span,
    periodSpan: period.span,
  };
}

const ELSEWHERE: ReadonlySet<Expression['kind']> = new Set(['previous', 'each', 'streak', 'rank', 'total']);

/** What a statement says is the person's in the period: it isn't looked up in others. */
function checkResults(checking: Checking, condition: Expression): void {
  walk(condition, (node) => {
    if (!ELSEWHERE.has(node.kind)) return;
    walk(node, (part) => {
      if (part.kind === 'result')
        checking.diagnostics.push(resultElsewhere(part.span, textOf(checking, part.span)));
    });
  });
}

/** A period of everybody's calendar as it is, one of a fiscal calendar in quotes: `"retail-2026-01"`. */
function periodOf(checking: Checking, node: ast.Expression): Period | undefined {
  if (node.kind === 'period' || node.kind === 'date') return parsePeriod(node.text);
  if (node.kind === 'number') return parsePeriod(node.digits);
  const years = [...checking.declared.calendars.values()].flatMap((each) => fiscalYear(each) ?? []);
  return node.kind === 'text' ? parsePeriod(node.value, years) : undefined;
}

// An expression that nobody in particular is asked about: constants and functions and, with a policy, its rates and
// curves. It is checked and evaluated as a line of a role would be, over no people and no data.

import { type Checked, type Diagnostic, hasErrors, RunError } from '../base/diagnostic.ts';
import { periodAt } from '../base/period.ts';
import { type CellPlace, createRun, isTop, type Run } from '../evaluate/cell.ts';
import { figureIn } from '../evaluate/formula.ts';
import { figureValue } from '../evaluate/lines.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { Figure, Model } from '../model/policy.ts';
import { collectRows } from '../query/event-rows.ts';
import { collectFacts } from '../query/facts.ts';
import { compileExpression, readExpression, readPolicy } from './compile-expression.ts';
import { personsInChecked, personsInTree } from './nobodys.ts';

const NO_DATA = { people: { rows: [], stays: [], absences: [] }, tables: [] };

/** A value with its type; `top` is an attainment without an upper end. */
export type ExpressionValue = FigureValue | 'top';

/**
 * The value of an expression of constants and functions and, with a policy, of its rates and curves. What belongs to a
 * person is an error. The value is absent where there are errors.
 */
export function evaluateExpression(text: string, model?: Model): Checked<ExpressionValue | undefined> {
  const read = readExpression(text);
  if (hasErrors(read.diagnostics)) return failed(read.diagnostics);
  const early = personsInTree(read.value);
  if (early) return failed([early]);
  const checked = compileExpression(readPolicy(model?.sources), { text, tree: read.value });
  const found = model ? checked.diagnostics : checked.diagnostics.map(withoutPolicy);
  const diagnostics = [...read.diagnostics, ...found];
  if (!checked.value) return failed(diagnostics);
  const late = personsInChecked(checked.value.figure.value, text);
  if (late) return failed([late]);
  const nobody = createRun(checked.value.model, NO_DATA, { facts: collectFacts([]), rows: collectRows([]) });
  const period = periodAt('month', 0); // any: what names a period has been refused
  const place: CellPlace = { viewer: { kind: 'company' }, period, held: [], known: new Map() };
  try {
    return { value: valueIn(nobody, checked.value.figure, place), diagnostics };
  } catch (error) {
    if (error instanceof RunError) return failed([...diagnostics, ...error.diagnostics]);
    throw error;
  }
}

/** The figure's value in a cell. */
export function valueIn(run: Run, figure: Figure, place: CellPlace): ExpressionValue {
  const cell = figureIn(run, figure, place);
  return isTop(cell) ? 'top' : figureValue(cell, figure.type);
}

/** No value, and why. */
export function failed(diagnostics: readonly Diagnostic[]): Checked<undefined> {
  return { value: undefined, diagnostics };
}

/** An unknown name has nothing to be near to without a policy. */
function withoutPolicy(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.code !== 'M1101') return diagnostic;
  return { help: 'without a policy there are only constants and functions', ...diagnostic };
}

// Watching a run: the same evaluation, with somebody looking on. It costs a run that nobody watches one comparison a
// formula, and gives the same figures either way.

import type { Span } from '../base/source.ts';
import { conditionDecision } from '../library/decisions.ts';
import type { Decided, DecidedFor, Decision } from '../model/decision.ts';
import type { Expression } from '../model/expression.ts';
import type { Cell } from '../model/value.ts';
import type { CellPlace, Run } from './cell.ts';
import { evaluate } from './formula.ts';

/**
 * Looks on while a run is worked out. What a cell remembers is worked out once, so that a second formula that reads it
 * shows its value without its parts: keep them by `place` and formula.
 */
export interface Watcher {
  /** A formula in a cell. Calls `work` exactly once and gives its value, or gives one instead; what `work` throws goes on. */
  readonly formula?: (node: Expression, place: CellPlace, work: () => Cell) => Cell;
  /** A decision. What is worked out once is told once, though many may read it. */
  readonly decided?: Decided;
}

/** What is being worked out though it isn't paid, or only to be shown: decisions of that formula itself are told so. */
export interface Supposing {
  formula?: Span | undefined;
}

/** Whether anybody hears of decisions: without, nothing has to be made to tell them. */
export function isHeard(run: Run): boolean {
  return run.watch?.decided !== undefined;
}

/** Tells a decision; `reader`: the formula or line that asked for it, where that isn't what the decision is about. */
export function tell(
  run: Run,
  decision: Decision | undefined,
  whom: CellPlace | DecidedFor,
  reader?: Span,
): void {
  if (!decision) return;
  const { formula } = run.supposing;
  const isSupposed = formula !== undefined && liesIn(reader ?? decision.span, formula);
  run.watch?.decided?.(
    isSupposed ? { ...decision, supposed: true } : decision,
    'viewer' in whom ? ofPlace(whom) : whom,
  );
}

function liesIn(part: Span, whole: Span): boolean {
  return part.source === whole.source && part.start >= whole.start && part.end <= whole.end;
}

function ofPlace({ viewer, period, row }: CellPlace): DecidedFor {
  return {
    ...(viewer.kind === 'stay' ? { person: viewer.stay.person, role: viewer.stay.role } : {}),
    period: period.id,
    ...(row ? { event: row.event, row: row.row.key } : {}),
  };
}

/**
 * Works a formula out for an amount that isn't paid, or to show what it read. What it names, such as KPIs, is worked out
 * in its own right.
 */
export function supposed<T>(run: Run, formula: Span, work: () => T): T {
  if (!isHeard(run)) return work();
  const before = run.supposing.formula;
  run.supposing.formula = formula;
  try {
    return work();
  } finally {
    run.supposing.formula = before;
  }
}

/** The value of a condition, told to whoever watches. */
export function conditionIn(
  run: Run,
  node: Expression,
  place: CellPlace,
  kind: 'condition' | 'gate' = 'condition',
): Cell {
  const value = evaluate(run, node, place);
  if (isHeard(run)) tell(run, conditionDecision(node, value, kind), place);
  return value;
}

// What a KPI line shows of a `first` or `last` over rows that became known at some time: the row that counts, and those
// that don't.

import { partsOf } from '../library/parts.ts';
import type { Expression, MeasureNode } from '../model/expression.ts';
import type { SeenRow } from '../model/kpi-lines.ts';
import type { Figure } from '../model/policy.ts';
import { windowBucket } from '../query/make-queries.ts';
import { fieldsShown, showsRows } from '../query/taken-rows.ts';
import type { CellPlace, Run } from './cell.ts';
import { figureValue } from './lines.ts';

/** Most rows that a line shows; the rest is counted. */
const MOST_SHOWN = 10;

/** The rows behind a KPI, the one that counts first, then the others from the latest back; none where none has a value. */
export function seenRows(
  run: Run,
  figure: Figure,
  place: CellPlace,
): { readonly rows?: readonly SeenRow[]; readonly moreRows?: number } {
  const all = measuresIn(figure.value).flatMap((node) => rowsOf(run, node, place));
  if (all.length === 0) return {};
  const more = all.length - MOST_SHOWN;
  return { rows: all.slice(0, MOST_SHOWN), ...(more > 0 ? { moreRows: more } : {}) };
}

function measuresIn(formula: Expression): readonly MeasureNode[] {
  return formula.kind === 'measure' ? [formula] : partsOf(formula).flatMap(measuresIn);
}

function rowsOf(run: Run, node: MeasureNode, { viewer, period }: CellPlace): readonly SeenRow[] {
  const measure = run.measures.get(node.measure)!;
  const event = run.events.get(measure.event)!;
  if (node.scope.kind !== 'own' || viewer.kind !== 'stay' || !showsRows(measure, event)) return [];
  const bucket = windowBucket(node.window, period, event.since);
  if (node.window.kind !== 'period' && event.since !== undefined && bucket.from < event.since) return [];
  const found = run.rows.taken(measure.id, bucket.id, viewer.stay.index);
  if (found.length === 0) return [];
  const latestFirst = [...found].reverse();
  const taken = measure.aggregate === 'last' ? latestFirst[0]! : found[0]!;
  const fields = fieldsShown(event);
  return [taken, ...latestFirst.filter((each) => each !== taken)].map((row) => ({
    event: event.name,
    key: row.key,
    row: row.row,
    value: figureValue(row.values[0], node.type),
    inputs: fields.map(({ name, type }, at) => ({
      text: name,
      value: figureValue(row.values[at + 1], type),
    })),
    counted: row === taken,
  }));
}

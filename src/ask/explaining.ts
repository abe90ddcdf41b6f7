// What all parts of an explanation share: the watched run, what has been said already, and small words of its own.

import { dayText } from '../base/date.ts';
import { type Place, placeOf as placeInText, type Span } from '../base/source.ts';
import { type CellPlace, isTop, type Run, wordsOf } from '../evaluate/cell.ts';
import { figureValue } from '../evaluate/lines.ts';
import { viewerKey } from '../evaluate/places.ts';
import type { PolicyPlace, RowsShown, Step, WhoseStep } from '../model/explanation.ts';
import type { MeasureNode } from '../model/expression.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { Cell, ValueType } from '../model/value.ts';
import type { Tracing } from './trace.ts';

export interface Explaining {
  readonly run: Run;
  readonly tracing: Tracing;
  /** What the explanation is about: its steps don't say so again. */
  readonly about: { readonly person: string; readonly period: string };
  /** The rows that a measure counts in a cell; `undefined` where they aren't known yet. */
  readonly rowsOf: (node: MeasureNode, place: CellPlace) => RowsShown | undefined;
  /** Ids of named steps that have been said. */
  readonly said: Map<string, string>;
  /** Most people, rows and the like that a step lists. */
  readonly most: number;
}

export const MONEY = (run: Run): ValueType => ({ kind: 'money', currency: run.model.currency });
export const PERCENT: ValueType = { kind: 'percent' };
export const TRUTH: ValueType = { kind: 'truth' };

export function shownValue(cell: Cell, type: ValueType): FigureValue | 'top' {
  return isTop(cell) ? 'top' : figureValue(cell, type);
}

export function money(run: Run, text: string): FigureValue {
  return { value: text, type: MONEY(run) };
}

/** Where a span begins. */
export function atOf(run: Run, span: Span): { readonly at?: PolicyPlace } {
  const source = run.sources.get(span.source);
  if (!source) return {};
  const { line, column }: Place = placeInText(source, span.start);
  return { at: { file: span.source, line, column } };
}

/** The policy's words and where they stand. */
export function saidOf(run: Run, span: Span): Pick<Step, 'text' | 'at'> {
  return { text: wordsOf(run, span), ...atOf(run, span) };
}

/** A role and its days within a period. */
export function roleIn(role: string, { period, held }: CellPlace): WhoseStep {
  const [from, until] = [held[0]?.from ?? period.from, held.at(-1)?.until ?? period.until];
  return { role, period: period.id, from: dayText(from), until: dayText(until - 1) };
}

/** Whose and when a cell is, where that isn't what the explanation is about. */
export function whoseOf({ about }: Explaining, place: CellPlace): { readonly whose?: WhoseStep } {
  const { viewer, period, held } = place;
  if (viewer.kind !== 'stay') return { whose: { period: period.id } };
  const { person, role } = viewer.stay;
  if (person === about.person && period.id === about.period) return {};
  const [from, until] = [held[0]?.from ?? period.from, held.at(-1)?.until ?? period.until];
  const isWhole = from === period.from && until === period.until;
  const days = isWhole ? {} : { from: dayText(from), until: dayText(until - 1) };
  return { whose: { ...(person === about.person ? {} : { person }), role, period: period.id, ...days } };
}

/** A step with a name, told whole once: later ones say where. */
export function onceNamed(
  explaining: Explaining,
  head: Omit<Step, 'how' | 'parts' | 'id'> & { readonly place: CellPlace },
  more: () => Pick<Step, 'how' | 'parts'> & Partial<Step>,
): Step {
  const { place, ...step } = head;
  const { said } = explaining;
  const isPaid = place.asPaid ? ' as paid' : '';
  const key = `${step.kind} ${step.name} ${viewerKey(place.viewer)} ${place.period.grain} ${place.period.id}${isPaid}`;
  const known = said.get(key);
  const whose = whoseOf(explaining, place);
  if (known !== undefined) return { ...step, id: known, ...whose, how: { kind: 'again' }, parts: [] };
  const id = `s${said.size + 1}`;
  said.set(key, id);
  return { ...step, id, ...whose, ...more() };
}

// What was booked for closed periods, line by line, and what lies between that and what should have been. Pure: what
// should have been is given.

import { add, type Exact, exact, exactText, isZero, subtract, ZERO } from '../base/exact.ts';
import type { AdjustedLine, Adjustment, AdjustmentCause, CloseBody } from '../model/ledger.ts';
import type { Statement } from '../model/result.ts';
import { isOfLedger, linesOf, sumOf } from './booked.ts';

/** Where an amount stands: whose, of which closed period, and in which line. */
export interface Place {
  readonly person: string;
  readonly period: string;
  readonly role: string | null;
  readonly kind: string;
  readonly name: string;
  /** What the line is worked out over. */
  readonly over: string;
}

/** Amounts by their place as text; an absent one is 0. */
export type LineAmounts = ReadonlyMap<string, Exact>;

/** What the periods pay by themselves; lines of one place together. */
export function ownLines(statements: readonly Statement[]): LineAmounts {
  const found = new Map<string, Exact>();
  for (const statement of statements) addOwn(found, statement);
  return found;
}

/** All that was booked for closed periods: with themselves, and by later ones. */
export function bookedLines(closes: readonly CloseBody[]): LineAmounts {
  const found = new Map<string, Exact>();
  for (const { statements } of closes.map((each) => each.result)) {
    for (const statement of statements) {
      addOwn(found, statement);
      const { person } = statement;
      for (const { kind, period, lines = [] } of statement.lines ?? []) {
        if (kind !== 'adjustment') continue;
        for (const { kind: of, name, role = null, over = period, amount } of lines)
          addTo(found, { person, period, role, kind: of, name, over }, exact(amount));
      }
    }
  }
  return found;
}

function addOwn(found: Map<string, Exact>, statement: Statement): void {
  const { person, period } = statement;
  for (const line of linesOf(statement)) {
    if (isOfLedger(line)) continue;
    const { role = null, kind, name, period: over } = line;
    addTo(found, { person, period, role, kind, name, over }, exact(line.amount));
  }
}

function addTo(found: Map<string, Exact>, { person, period, role, kind, name, over }: Place, amount: Exact) {
  const key = JSON.stringify([person, period, role, kind, name, over]);
  found.set(key, add(found.get(key) ?? ZERO, amount));
}

/** The place that a text of `LineAmounts` stands for. */
export function placeOf(key: string): Place {
  const [person, period, role, kind, name, over] = JSON.parse(key) as [string, string, string, ...string[]];
  return { person, period, role, kind: kind!, name: name!, over: over! };
}

/** What differs: after less before. */
export function movedBetween(before: LineAmounts, after: LineAmounts): LineAmounts {
  const moved = new Map<string, Exact>();
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const by = subtract(after.get(key) ?? ZERO, before.get(key) ?? ZERO);
    if (!isZero(by)) moved.set(key, by);
  }
  return moved;
}

/**
 * What a cause moves of what people are paid for closed periods, in order of person and period. Lines that make up for
 * each other, such as a bonus under a floor, are no adjustment.
 */
export function adjustmentsBy(cause: AdjustmentCause, moved: LineAmounts): readonly Adjustment[] {
  const found = new Map<string, { readonly place: Place; readonly lines: AdjustedLine[] }>();
  for (const [key, by] of moved) {
    const place = placeOf(key);
    const { person, period, role, kind, name, over } = place;
    const of = JSON.stringify([person, period]);
    const group = found.get(of) ?? { place, lines: [] };
    found.set(of, group);
    group.lines.push({
      kind,
      name,
      ...(role === null ? {} : { role }),
      ...(over === period ? {} : { over }),
      amount: exactText(by),
    });
  }
  return [...found.values()]
    .map(({ place: { person, period }, lines }): Adjustment => {
      return { person, period, cause, amount: exactText(sumOf(lines)), lines };
    })
    .filter(({ amount }) => !isZero(exact(amount)))
    .sort((a, b) => byText(a.person, b.person) || byText(a.period, b.period));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

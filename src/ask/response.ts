// How an amount of a person goes with one KPI: the stretches in which nothing decides otherwise, each as a line, for a page to
// draw. The amount is worked out by the ordinary run with the KPI moved, before rounding.

import type { Backend } from '../backend/backend.ts';
import { type Checked, RunError } from '../base/diagnostic.ts';
import {
  absolute,
  add,
  compare,
  type Exact,
  exactText,
  fraction,
  greatest,
  multiply,
  subtract,
} from '../base/exact.ts';
import { figureValue } from '../evaluate/lines.ts';
import { stayPlace } from '../evaluate/places.ts';
import type { AmountPlace, AmountResponse } from '../model/response.ts';
import { type Along, along, amountType, beginningOf, movedKpi, scaleOf, shown } from './along.ts';
import { failed } from './evaluate-expression.ts';
import { movable } from './movables.ts';
import { type Piece, piecesFrom } from './pieces.ts';
import { openProbing, type ProbeRequest, probing } from './probing.ts';
import { notMovable } from './seek.ts';
import { type Shape, valueOn } from './shapes.ts';

/** Whose amount, and the KPI that it is held against. */
export interface ResponseRequest extends ProbeRequest {
  readonly by: string;
}

/** How many values of a curve are told between its ends. */
const BETWEEN = 8;

/**
 * The amount from no result at all to well past what the KPI is now and its target. The backend is one that nothing has
 * been read with, and stays open. The value is absent where there are errors: those of `seek`.
 */
export async function respond(
  request: ResponseRequest,
  backend: Backend,
): Promise<Checked<AmountResponse | undefined>> {
  try {
    const { value: opened, diagnostics } = await openProbing(request, backend);
    if (!opened) return failed(diagnostics);
    const { value: found, diagnostics: unasked } = await probing(opened, request.what);
    if (!found) return failed([...diagnostics, ...unasked]);
    const { run, stay, period, what } = found;
    const place = stayPlace(run, stay, period);
    const of = movable(run, request.by, place);
    if (!of) return failed([notMovable(run.model, request.by)]);
    const way = along(found, of);
    const { name, title, currency } = run.model;
    const value: AmountResponse = {
      formatVersion: 1,
      policy: { name, ...(title === undefined ? {} : { title }), currency },
      person: stay.person,
      name: stay.rows.at(-1)!.name,
      role: stay.role,
      period: period.id,
      asked: what,
      kpi: movedKpi(way),
      now: {
        value: shown(of.now, of),
        amount: figureValue(way.look(of.now ?? beginningOf(of)).value, amountType(found)),
      },
      type: amountType(found),
      stretches: stretchesOf(way),
    };
    return { value, diagnostics: [...diagnostics, ...unasked] };
  } catch (fault) {
    if (fault instanceof RunError) return failed(fault.diagnostics);
    throw fault;
  }
}

function stretchesOf(way: Along): AmountResponse['stretches'] {
  const { of, look } = way;
  const scale = scaleOf(of);
  const start = beginningOf(of);
  const end = multiply(greatest(absolute(start), scale), fraction(7, 4));
  const found: (readonly AmountPlace[])[] = [];
  for (const piece of piecesFrom(look, start, scale)) {
    if (compare(piece.from, end) >= 0) break;
    const until = piece.until && compare(piece.until, end) < 0 ? piece.until : end;
    const alone = aloneAt(piece);
    if (alone) found.push([alone]);
    found.push(placesOf(piece, until));
    // what isn't known any more isn't drawn
    if (piece.isOpen) break;
  }
  return found.filter((each) => each.length > 0);
}

/** A value that the amount has at the place itself and nowhere beside it. */
function aloneAt({ from, at, inside, shape }: Piece): AmountPlace | undefined {
  const next = shape ? valueOn(shape, from) : inside.value;
  if (!at.value || (next && compare(at.value, next) === 0)) return undefined;
  return { x: exactText(from), y: exactText(at.value), included: true };
}

function placesOf({ from, at, shape, inside }: Piece, until: Exact): readonly AmountPlace[] {
  if (!shape)
    return inside.value ? [{ x: exactText(from), y: exactText(inside.value), included: false }] : [];
  return placesAlong(shape, from, until).flatMap((x, index): readonly AmountPlace[] => {
    const y = valueOn(shape, x);
    if (!y) return [];
    const included = index === 0 && at.value !== undefined && compare(at.value, y) === 0;
    return [{ x: exactText(x), y: exactText(y), included }];
  });
}

/** The ends of a line; of what is bent some places between. */
function placesAlong(shape: Shape, from: Exact, until: Exact): readonly Exact[] {
  if (shape.kind === 'line') return [from, until];
  const length = subtract(until, from);
  return Array.from({ length: BETWEEN + 2 }, (_, at) =>
    add(from, multiply(length, fraction(at, BETWEEN + 1))),
  );
}

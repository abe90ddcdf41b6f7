// The line that a table draws, and where on it people stand. Bounds are exact; a jump is where one stretch doesn't begin as
// the last one ended, and two lines are drawn.

import type { DrawnLine, DrawnPiece, DrawnTable } from '../ask/drawn-tables.ts';
import { compareTexts, lessOf, partOf, sumOf, timesOf } from '../base/exact-text.ts';
import type { FigureValue, Input } from '../model/inputs.ts';
import type { PayLine } from '../model/pay-lines.ts';
import type { Result, RoleStatement } from '../model/result.ts';

/** A place on a line, in exact text. */
export interface Place {
  readonly x: string;
  readonly y: string;
  /** Whether the table gives this value at the place itself; else only up to it. */
  readonly included: boolean;
}

/** Places that are joined by straight lines. */
export type Stretch = readonly Place[];

/** A person, or a row of one, on the line. */
export interface PayoutPoint {
  readonly person: string;
  readonly name: string;
  /** Of a bonus per event: the key of the row. */
  readonly row?: string;
  readonly x: FigureValue;
  readonly y: FigureValue;
  /** What of the bonus is payable, and why that isn't more. */
  readonly paid?: string;
  readonly held?: 'gate' | 'condition' | 'cap' | 'not paid';
}

/** How many steps of "per full 1%" are drawn. */
const MOST_STEPS = 300;

/** The stretches of a line between two values. */
export function stretchesOf({ pieces }: DrawnLine, from: string, until: string): readonly Stretch[] {
  return pieces.flatMap((piece, at) => {
    const start = piece.from === undefined || compareTexts(piece.from, from) < 0 ? from : piece.from;
    const end = piece.until === undefined || compareTexts(piece.until, until) > 0 ? until : piece.until;
    const isPoint = piece.from !== undefined && piece.from === piece.until && piece.includes;
    const length = compareTexts(end, start);
    // a point of a curve may be a piece by itself; what only touches the edge of the chart isn't drawn
    if (length < 0 || (length === 0 && !isPoint)) return [];
    if (piece.step) return steps(piece, piece.step, { start, end });
    const isStart = start !== piece.from || piece.includes;
    // the end belongs to the next piece, unless that begins just above it, or it is only the edge of the chart
    const isEnd = end !== piece.until || pieces[at + 1]?.includes === false;
    const places = [placeOn(piece, start, isStart), placeOn(piece, end, isEnd)];
    return [isPoint ? places.slice(0, 1) : places];
  });
}

function placeOn({ constant, slope }: DrawnPiece, x: string, included: boolean): Place {
  return { x, y: sumOf([constant, timesOf(slope, x)]), included };
}

function steps(
  { constant }: DrawnPiece,
  { origin, more, per }: NonNullable<DrawnPiece['step']>,
  { start, end }: { readonly start: string; readonly end: string },
): readonly Stretch[] {
  const found: Stretch[] = [];
  let [x, y] = [origin, constant];
  for (let count = 0; count < MOST_STEPS && compareTexts(x, end) < 0; count++) {
    const next = sumOf([x, per]);
    const last = compareTexts(next, end) > 0 ? end : next;
    if (compareTexts(last, start) > 0)
      found.push([
        { x: compareTexts(x, start) < 0 ? start : x, y, included: true },
        { x: last, y, included: last !== next },
      ]);
    [x, y] = [next, sumOf([y, more])];
  }
  return found;
}

/** Stretches that go on from one another as one. */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const found: Place[][] = [];
  for (const stretch of stretches) {
    const last = found.at(-1);
    const [end, start] = [last?.at(-1), stretch[0]];
    if (last && end && start && end.x === start.x && compareTexts(end.y, start.y) === 0) {
      last[last.length - 1] = { ...end, included: true };
      last.push(...stretch.slice(1));
    } else found.push([...stretch]);
  }
  return found;
}

/** From where to where a line is drawn: all bounds and people, and some room past the last. */
export function rangeOf({ lines }: DrawnTable, points: readonly PayoutPoint[]): readonly [string, string] {
  const bounds = lines.flatMap(({ pieces }) =>
    pieces.flatMap(({ from, until }) => [from, until].filter((each) => each !== undefined)),
  );
  const all = [...bounds, ...points.flatMap(({ x }) => (x.value === null ? [] : [x.value]))];
  const least = all.reduce((a, b) => (compareTexts(b, a) < 0 ? b : a), '0');
  const most = all.reduce((a, b) => (compareTexts(b, a) > 0 ? b : a), '0');
  return [least, most === '0' ? '1' : sumOf([most, timesOf(lessOf(most, least), '0.15')])];
}

/** Where people stand on the line of a table in a period; people whose value isn't told are left out. */
export function pointsOf(result: Result, table: DrawnTable, period: string): readonly PayoutPoint[] {
  return result.statements
    .filter((each) => each.period === period)
    .flatMap(({ person, name, roles }) =>
      roles
        .filter((each) => each.role === table.role)
        .flatMap((role) =>
          table.reader.kind === 'bonus' ? bonusPoints(role, table) : scorePoints(role, table),
        )
        .map((point) => ({ person, name, ...point })),
    );
}

type Point = Omit<PayoutPoint, 'person' | 'name'>;

function scorePoints({ score }: RoleStatement, { reader, y }: DrawnTable): readonly Point[] {
  return (score?.lines ?? []).flatMap(({ kpi, read, score: value, bound }): readonly Point[] => {
    if (kpi !== reader.name || read === 'top' || read.value === null || value === null) return [];
    return [{ x: read, y: { value, type: y }, ...(bound?.kind === 'cap' ? { held: 'cap' } : {}) }];
  });
}

function bonusPoints({ lines }: RoleStatement, table: DrawnTable): readonly Point[] {
  return lines
    .filter((each) => each.kind === 'bonus' && each.name === table.reader.name)
    .flatMap((line): readonly Point[] => {
      const held = heldBy(line);
      const more = held ? { held } : {};
      if (table.perEvent === undefined) {
        const point = pointOf(line.inputs, table);
        return point ? [{ ...point, paid: line.amount, ...more }] : [];
      }
      return (line.perEvent?.rows ?? []).flatMap(({ key, inputs, amount }) => {
        const point = pointOf(inputs, table);
        return point ? [{ ...point, row: key, paid: amount, ...more }] : [];
      });
    });
}

function pointOf(
  inputs: readonly Input[],
  { argument, whole, timesWhole, call, x, y }: DrawnTable,
): Point | undefined {
  const read = (text: string): string | undefined => {
    const value = inputs.find((each) => each.text === text)?.value;
    return value === undefined || value === 'top' || value.value === null ? undefined : value.value;
  };
  const [at, gives, of] = [read(argument), read(call), whole === undefined ? '1' : read(whole)];
  if (at === undefined || gives === undefined || of === undefined) return undefined;
  const place = partOf(at, of);
  const height = timesWhole ? partOf(gives, of) : gives;
  if (place === undefined || height === undefined) return undefined;
  return { x: { value: place, type: x }, y: { value: height, type: y } };
}

function heldBy({ because = [] }: PayLine): PayoutPoint['held'] {
  const kinds = because.map((each) => each.kind);
  if (kinds.includes('gate')) return 'gate';
  if (kinds.includes('condition')) return 'condition';
  if (kinds.includes('cap')) return 'cap';
  return kinds.some((each) => each === 'absent' || each === 'left' || each === 'forfeited')
    ? 'not paid'
    : undefined;
}

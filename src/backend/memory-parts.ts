// Where each used row belongs for a query: in which group and bucket, whole or through which credit. Parts are columns;
// only formulas that look at who is credited see one as a row.

import { type Exact, exact, exactText, multiply, ONE, whole } from '../base/exact.ts';
import type { Work } from '../base/limits.ts';
import type { Measure, Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { attributeOf } from '../query/persons.ts';
import type { AggregateQuery, GroupPiece, MemberPiece } from '../query/query.ts';
import { valueText } from './memory-rows.ts';
import { bucketsByDay, numbered, type UsedRows } from './memory-used.ts';

/** Rows in their groups, in the order of the rows. */
export interface Parts {
  readonly used: UsedRows;
  readonly groups: readonly string[];
  /** How many slots there are: one for each group and bucket, the buckets of a group one after the other. */
  readonly slots: number;
  /** Of each part the slot, the row, its credit (below zero: none), and share and name by their places. */
  readonly slot: Int32Array;
  readonly row: Int32Array;
  readonly credit: Int32Array;
  readonly share: Int32Array;
  readonly name: Int32Array;
  readonly allShares: readonly Exact[];
}

/** How many rows are put into their groups in a piece of work. */
const PIECE = 4096;

/** Puts rows where they belong, once for each credit; in the company also whole. */
export function* partsOf(model: Model, query: AggregateQuery, used: UsedRows): Work<Parts> {
  const { scope, buckets } = query;
  const shares = numbered(exactText);
  for (const each of used.allShares) shares.placeOf(each);
  const one = shares.placeOf(ONE);
  const groups = numbered<string | number>(String);
  let [slot, rows, credits, shareOf, nameOf] = Array.from(
    { length: 5 },
    () => new Int32Array(used.places.length),
  ) as Columns;
  let filled = 0;
  let row = 0;

  /** A part of the row through a credit, or whole: then `credit` is one less than the negative place of its share. */
  function put(group: number, bucket: number, credit: number): void {
    if (filled === slot.length)
      [slot, rows, credits, shareOf, nameOf] = [slot, rows, credits, shareOf, nameOf].map(longer) as Columns;
    slot[filled] = group * buckets.length + bucket;
    rows[filled] = row;
    credits[filled] = credit;
    shareOf[filled] = credit < 0 ? -1 - credit : used.shares[credit]!;
    nameOf[filled] = credit < 0 ? 0 : used.names[credit]!;
    filled++;
  }

  const piecesOf = piecesByValue(query);
  const members = piecesByMember(query);
  const bucketsOn = bucketsByDay(buckets);
  const groupOfStay: number[] = [];
  for (; row < used.rows.length; row++) {
    if (row % PIECE === PIECE - 1) yield PIECE;
    const day = used.days[row]!;
    const [from, until] = [used.starts[row]!, used.starts[row + 1]!];
    for (const bucket of bucketsOn(day)) {
      switch (scope.kind) {
        case 'own':
          for (let credit = from; credit < until; credit++) {
            const stay = used.stays[credit]!;
            groupOfStay[stay] ??= groups.placeOf(stay);
            put(groupOfStay[stay], bucket, credit);
          }
          break;
        case 'group':
          for (const [at, { person }] of used.rows[row]!.credits.entries()) {
            const value = attributeOf(model, person, scope.attribute);
            const whose = value === undefined ? person.person : valueText(value);
            const pieces = piecesOf(buckets[bucket]!.id, whose, value === undefined);
            const holding = pieces.filter((piece) => piece.from <= day && day < piece.until);
            for (const group of new Set(holding.map((piece) => piece.group)))
              put(groups.placeOf(group), bucket, from + at);
          }
          break;
        case 'below':
          for (let credit = from; credit < until; credit++)
            for (const piece of members.get(used.stays[credit]!) ?? [])
              if (piece.from <= day && day < piece.until) put(groups.placeOf(piece.group), bucket, credit);
          break;
        case 'outside':
          for (const share of used.rows[row]!.outside ?? [])
            put(groups.placeOf(''), bucket, -1 - shares.placeOf(share));
          break;
        case 'company':
          put(groups.placeOf(''), bucket, -1 - one);
          for (const [at, { line }] of used.rows[row]!.credits.entries())
            if (line.extra) put(groups.placeOf(''), bucket, from + at);
          break;
        default:
          scope satisfies never;
      }
    }
  }
  return {
    used,
    groups: groups.all.map(String),
    slots: groups.all.length * buckets.length,
    slot: slot.subarray(0, filled),
    row: rows.subarray(0, filled),
    credit: credits.subarray(0, filled),
    share: shareOf.subarray(0, filled),
    name: nameOf.subarray(0, filled),
    allShares: shares.all,
  };
}

type Columns = [Int32Array, Int32Array, Int32Array, Int32Array, Int32Array];

function longer(numbers: Int32Array): Int32Array {
  const more = new Int32Array(numbers.length * 2 + 16);
  more.set(numbers);
  return more;
}

/** The pieces in a bucket of who has a value, or of the person of that id who has none. */
type Pieces = (bucket: string, value: string, alone: boolean) => readonly GroupPiece[];
function piecesByValue(query: AggregateQuery): Pieces {
  const none: readonly GroupPiece[] = [];
  const found = new Map<string, Map<string, GroupPiece[]>>();
  const key = (value: string, alone: boolean) => (alone ? `alone ${value}` : `with ${value}`);
  for (const piece of query.scope.kind === 'group' ? query.scope.pieces : []) {
    const inBucket = found.get(piece.bucket) ?? new Map<string, GroupPiece[]>();
    found.set(piece.bucket, inBucket);
    const id = key(piece.value, piece.alone === true);
    const same = inBucket.get(id);
    if (same) same.push(piece);
    else inBucket.set(id, [piece]);
  }
  return (bucket, value, alone) => found.get(bucket)?.get(key(value, alone)) ?? none;
}

/** A query's pieces of who stands below somebody, by who does. */
function piecesByMember(query: AggregateQuery): ReadonlyMap<number, readonly MemberPiece[]> {
  const pieces = new Map<number, MemberPiece[]>();
  for (const piece of query.scope.kind === 'below' ? query.scope.pieces : []) {
    const found = pieces.get(piece.member);
    if (found) found.push(piece);
    else pieces.set(piece.member, [piece]);
  }
  return pieces;
}

/** Parts by their slots, those of a slot in the order of the rows. */
export interface BySlot {
  readonly parts: Int32Array;
  /** Where each slot begins among them, and at last the number of all. */
  readonly starts: Int32Array;
}

/** Puts parts by their slots; with a mask those that it has. */
export function bySlot({ slot, slots }: Parts, mask?: Uint8Array): BySlot {
  const starts = new Int32Array(slots + 1);
  for (let part = 0; part < slot.length; part++) if (!mask || mask[part] === 1) starts[slot[part]! + 1]!++;
  for (let at = 0; at < slots; at++) starts[at + 1]! += starts[at]!;
  const parts = new Int32Array(starts[slots]!);
  const next = starts.slice();
  for (let part = 0; part < slot.length; part++)
    if (!mask || mask[part] === 1) parts[next[slot[part]!]!++] = part;
  return { parts, starts };
}

/** What a measure comes to in a slot; of one that takes shares with the share of that place, of any other with 0. */
export type Answer = (slot: number, share: number) => Cell;

/** The place, from 1, that a measure takes among so many values in order. */
export function placeAmong({ aggregate, place }: Measure): (count: number) => number {
  switch (aggregate) {
    case 'min':
      return () => 1;
    case 'max':
      return (count) => count;
    case 'lower middle':
      return (count) => Math.ceil(count / 2);
    case 'upper middle':
      return (count) => Math.floor(count / 2) + 1;
    default: {
      const known: number[] = [];
      return (count) => (known[count] ??= nearestRank(place!, count));
    }
  }
}

/** The place from 1 of a percentile among so many values: `ceil(p * n)`, in whole numbers. */
function nearestRank(place: string, count: number): number {
  const { num, den } = multiply(exact(place), whole(count));
  return Number((BigInt(num) + BigInt(den) - 1n) / BigInt(den));
}

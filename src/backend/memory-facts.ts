// Answers to an aggregate query: each used row is put into its groups and buckets, then each measure is worked out
// over what lies there, from the written definition.

import { InternalError } from '../base/diagnostic.ts';
import {
  add,
  compare,
  type Exact,
  exact,
  exactText,
  greatest,
  least,
  multiply,
  ONE,
  whole,
  ZERO,
} from '../base/exact.ts';
import type { Work } from '../base/limits.ts';
import { keyText } from '../input/convert.ts';
import type { FactRow } from '../model/dataset.ts';
import type { Measure, Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { dateKey } from '../query/dates.ts';
import type { DayRange } from '../query/groups.ts';
import { attributeOf } from '../query/persons.ts';
import {
  type AggregateQuery,
  type Bucket,
  type GroupPiece,
  type MemberPiece,
  type QueryScope,
  takesShares,
} from '../query/query.ts';
import { isLeftOut } from '../query/shortfalls.ts';
import { goingOn } from './memory-apply.ts';
import type { Credit } from './memory-credit.ts';
import type { LoadedEvent } from './memory-load.ts';
import { byTimeThenKey, compareText, type Evaluate, type EventRow, valueText } from './memory-rows.ts';
import type { UsedRow } from './memory-settle.ts';

/** A row in a group: through one credit, or whole (of the company). */
interface Part {
  readonly row: EventRow;
  readonly share: Exact;
  /** Whose attributes the measure sees; nobody's in the company. */
  readonly person?: Credit['person'] | undefined;
  /** The name under which the credit line counts; `undefined` for ordinary ones. */
  readonly as: string | undefined;
  /** The credit through which it is here, if any. */
  readonly credit?: Credit;
  /** The period or window for which it is looked at. */
  readonly period: DayRange;
}

interface Group {
  readonly group: string;
  readonly bucket: string;
  readonly parts: Part[];
}

/** How many rows are put into their groups in a piece of work. */
const PIECE = 4096;

/**
 * One fact row for each group, bucket and share, and one without a share where a measure takes rows whole. There is
 * none where no row fell, `where` aside. In order of group, bucket and share, the row without a share last.
 */
export function* answer(model: Model, query: AggregateQuery, event: LoadedEvent): Work<readonly FactRow[]> {
  const groups = new Map<string, Map<string, Group>>();
  const put = (group: string, bucket: string, part: Part): void => {
    const among = groups.get(bucket) ?? new Map<string, Group>();
    groups.set(bucket, among);
    const found = among.get(group);
    if (found) found.parts.push(part);
    else among.set(group, { group, bucket, parts: [part] });
  };
  const members = piecesByMember(query);
  const world = { model, scope: query.scope, pieces: piecesByValue(query), members, put };
  const rows = query.by ? event.usedBy.get(dateKey(query.by)) : event.used;
  if (!rows) throw new InternalError(`not loaded by the date of ${query.id}`);
  for (const [at, used] of rows.entries()) {
    if (at % PIECE === PIECE - 1) yield PIECE;
    for (const bucket of query.buckets) {
      if (used.row.day < bucket.from || used.row.day >= bucket.until) continue;
      putParts(used, bucket, world);
    }
  }
  const sorted = [...groups.values()]
    .flatMap((among) => [...among.values()])
    .sort((a, b) => compareText(a.group, b.group) || compareText(a.bucket, b.bucket));
  const shortfalls = goingOn(event.evaluate);
  const found: FactRow[] = [];
  for (const group of sorted) {
    found.push(...factRows(group, query.measures, shortfalls.evaluate));
    yield group.parts.length;
  }
  shortfalls.stop();
  return found;
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

/** Puts a row where it belongs in a bucket, once for each credit; in the company also whole. */
function putParts(
  { row, credits, outside = [] }: UsedRow,
  bucket: Bucket,
  world: {
    readonly model: Model;
    readonly scope: QueryScope;
    readonly pieces: Pieces;
    readonly members: ReadonlyMap<number, readonly MemberPiece[]>;
    readonly put: (group: string, bucket: string, part: Part) => void;
  },
): void {
  const { scope, put } = world;
  const period = bucket.partOf ?? bucket;
  switch (scope.kind) {
    case 'own':
      for (const credit of credits) put(String(credit.person.stay), bucket.id, partOf(row, credit, period));
      return;
    case 'group':
      for (const credit of credits) {
        const value = attributeOf(world.model, credit.person, scope.attribute);
        const whose = value === undefined ? credit.person.person : valueText(value);
        const pieces = world.pieces(bucket.id, whose, value === undefined);
        const holding = pieces.filter((piece) => piece.from <= row.day && row.day < piece.until);
        const groups = new Set(holding.map((piece) => piece.group));
        for (const group of groups) put(group, bucket.id, partOf(row, credit, period));
      }
      return;
    case 'below':
      for (const credit of credits)
        for (const piece of world.members.get(credit.person.stay) ?? [])
          if (piece.from <= row.day && row.day < piece.until)
            put(piece.group, bucket.id, partOf(row, credit, period));
      return;
    case 'outside':
      for (const share of outside) put('', bucket.id, { row, share, as: undefined, period });
      return;
    case 'company':
      put('', bucket.id, { row, share: ONE, as: undefined, period });
      for (const credit of credits)
        if (credit.line.extra) put('', bucket.id, { ...partOf(row, credit, period), person: undefined });
      return;
    default:
      scope satisfies never;
  }
}

function partOf(row: EventRow, credit: Credit, period: DayRange): Part {
  const { line, share, person } = credit;
  return { row, share, person, as: line.extra ? line.as : undefined, credit, period };
}

/** Each share once for each line and person, though the line may credit several roles of the person. */
function oncePerPerson(parts: readonly Part[]): readonly Part[] {
  if (!parts.some((each) => each.credit?.line.inEveryRole)) return parts;
  const seen = new Map<EventRow, Credit[]>();
  return parts.filter(({ row, credit }) => {
    if (!credit?.line.inEveryRole) return true;
    const { line, person } = credit;
    const known = seen.get(row) ?? [];
    seen.set(row, [...known, credit]);
    return !known.some((each) => each.line === line && each.person.person === person.person);
  });
}

/** The parts of a group that count under one name, or under none: all, and by share. */
interface Counted {
  readonly all: readonly Part[];
  readonly byShare: ReadonlyMap<string, readonly Part[]>;
}

function countedUnder(group: Group, as: string | undefined): Counted {
  const all = group.parts.filter((part) => part.as === as);
  const byShare = new Map<string, Part[]>();
  for (const part of all) {
    const share = exactText(part.share);
    const found = byShare.get(share);
    if (found) found.push(part);
    else byShare.set(share, [part]);
  }
  return { all, byShare };
}

function factRows(group: Group, measures: readonly Measure[], evaluate: Evaluate): readonly FactRow[] {
  const names = new Set(measures.map((each) => each.as));
  const counted = new Map([...names].map((as) => [as, countedUnder(group, as)]));
  const under = (measure: Measure): Counted => counted.get(measure.as)!;
  const shares = new Map<string, Exact>();
  for (const measure of measures.filter(takesShares))
    for (const [text, [part]] of under(measure).byShare) shares.set(text, part!.share);
  const { bucket } = group;
  const rows: FactRow[] = [...shares]
    .sort(([, a], [, b]) => compare(a, b))
    .map(([text, share]) => ({
      group: group.group,
      bucket,
      share,
      ...answered(measures, (measure) => {
        if (!takesShares(measure)) return undefined;
        const parts = under(measure).byShare.get(text) ?? [];
        return aggregate(measure, oncePerPerson(countedParts(measure, parts, evaluate)), evaluate);
      }),
    }));
  const wholes = measures.filter((measure) => !takesShares(measure));
  if (wholes.some((measure) => under(measure).all.length > 0)) {
    const values = answered(measures, (measure) =>
      takesShares(measure)
        ? undefined
        : aggregate(measure, once(countedParts(measure, under(measure).all, evaluate)), evaluate),
    );
    rows.push({ group: group.group, bucket, share: undefined, ...values });
  }
  return rows;
}

/** The value of each measure, and what a test leaves out of it. */
function answered(
  measures: readonly Measure[],
  work: (measure: Measure) => Cell,
): Pick<FactRow, 'values' | 'lacks'> {
  const lacks: NonNullable<FactRow['lacks']>[number][] = [];
  const values = measures.map((measure, column) => {
    try {
      return work(measure);
    } catch (fault) {
      if (!isLeftOut(fault)) throw fault;
      lacks.push({ column, diagnostics: fault.diagnostics });
      return undefined;
    }
  });
  return { values, ...(lacks.length > 0 ? { lacks } : {}) };
}

function countedParts(measure: Measure, parts: readonly Part[], evaluate: Evaluate): readonly Part[] {
  const { where } = measure;
  return where ? parts.filter((part) => evaluate(where, part.row, part) === true) : parts;
}

/** Each row once, through the first of its credit lines that is here; of those whom a line names, the first by id. */
function once(parts: readonly Part[]): readonly Part[] {
  const found = new Map<EventRow, Part>();
  for (const part of parts) {
    const first = found.get(part.row);
    if (!first || comesBefore(part.credit, first.credit)) found.set(part.row, part);
  }
  return [...found.values()];
}

function comesBefore(a: Credit | undefined, b: Credit | undefined): boolean {
  if (!a || !b || a.line !== b.line) return false;
  return (compareText(a.person.person, b.person.person) || a.person.stay - b.person.stay) < 0;
}

function aggregate(measure: Measure, parts: readonly Part[], evaluate: Evaluate): Cell {
  if (measure.aggregate === 'count') return whole(parts.length);
  const { value } = measure;
  if (!value) throw new InternalError(`${measure.aggregate} of nothing`);
  const { each } = measure;
  const found = parts.flatMap((part) => {
    const cell = evaluate(value, part.row, part);
    const key = each && evaluate(each, part.row, part);
    return cell === undefined ? [] : [{ part, cell, key }];
  });
  const cells = found.map(({ cell }) => cell);
  if (measure.aggregate === 'distinct') return whole(new Set(cells.map(keyText)).size);
  const numbers = cells as readonly Exact[];
  switch (measure.aggregate) {
    case 'sum':
      return numbers.reduce(add, ZERO);
    case 'min':
      return numbers.length === 0 ? undefined : numbers.reduce(least);
    case 'max':
      return numbers.length === 0 ? undefined : numbers.reduce(greatest);
    case 'lower middle':
      return [...numbers].sort(compare)[Math.ceil(numbers.length / 2) - 1];
    case 'upper middle':
      return [...numbers].sort(compare)[Math.floor(numbers.length / 2)];
    case 'percentile':
      return [...numbers].sort(compare)[nearestRank(measure.place!, numbers.length) - 1];
    case 'first':
    case 'last': {
      const ordered = [...found].sort((a, b) => byTimeThenKey(a.part.row, b.part.row));
      if (measure.aggregate === 'last') ordered.reverse();
      if (!each) return ordered[0]?.cell;
      const firsts = new Map<string, Exact>();
      for (const { cell, key } of ordered) {
        if (key !== undefined && !firsts.has(keyText(key))) firsts.set(keyText(key), cell as Exact);
      }
      return firsts.size === 0 ? undefined : [...firsts.values()].reduce(add, ZERO);
    }
    default:
      return measure.aggregate satisfies never;
  }
}

/** The place from 1 of a percentile among so many values: `ceil(p * n)`, in whole numbers. */
function nearestRank(place: string, count: number): number {
  const { num, den } = multiply(exact(place), whole(count));
  return Number((BigInt(num) + BigInt(den) - 1n) / BigInt(den));
}

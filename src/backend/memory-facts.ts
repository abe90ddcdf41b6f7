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
import { withShortfalls } from './memory-apply.ts';
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

/**
 * One fact row for each group, bucket and share, and one without a share where a measure takes rows whole. There is
 * none where no row fell, `where` aside. In order of group, bucket and share, the row without a share last.
 */
export function answer(model: Model, query: AggregateQuery, event: LoadedEvent): readonly FactRow[] {
  const groups = new Map<string, Group>();
  const put = (group: string, bucket: string, part: Part): void => {
    const id = JSON.stringify([group, bucket]);
    const found = groups.get(id) ?? { group, bucket, parts: [] };
    found.parts.push(part);
    groups.set(id, found);
  };
  const world = { model, scope: query.scope, pieces: piecesByValue(query), members: piecesByMember(query) };
  const rows = query.by ? event.usedBy.get(dateKey(query.by)) : event.used;
  if (!rows) throw new InternalError(`not loaded by the date of ${query.id}`);
  for (const used of rows) {
    for (const bucket of query.buckets) {
      if (used.row.day < bucket.from || used.row.day >= bucket.until) continue;
      for (const { group, part } of partsOf(used, bucket, world)) put(group, bucket.id, part);
    }
  }
  const sorted = [...groups.values()].sort(
    (a, b) => compareText(a.group, b.group) || compareText(a.bucket, b.bucket),
  );
  return withShortfalls(event.evaluate, (evaluate) =>
    sorted.flatMap((group) => factRows(group, query.measures, evaluate)),
  );
}

/** A query's pieces by bucket and value, or by the person who has none. */
function piecesByValue(query: AggregateQuery): ReadonlyMap<string, readonly GroupPiece[]> {
  const pieces = new Map<string, GroupPiece[]>();
  for (const piece of query.scope.kind === 'group' ? query.scope.pieces : []) {
    const id = JSON.stringify([piece.bucket, piece.value, piece.alone === true]);
    const found = pieces.get(id);
    if (found) found.push(piece);
    else pieces.set(id, [piece]);
  }
  return pieces;
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

/** Where a row belongs in a bucket, once for each credit; in the company also whole. */
function partsOf(
  { row, credits, outside = [] }: UsedRow,
  bucket: Bucket,
  world: {
    readonly model: Model;
    readonly scope: QueryScope;
    readonly pieces: ReadonlyMap<string, readonly GroupPiece[]>;
    readonly members: ReadonlyMap<number, readonly MemberPiece[]>;
  },
): readonly { readonly group: string; readonly part: Part }[] {
  const { scope } = world;
  const period = bucket.partOf ?? bucket;
  switch (scope.kind) {
    case 'own':
      return credits.map((credit) => ({
        group: String(credit.person.stay),
        part: partOf(row, credit, period),
      }));
    case 'group':
      return credits.flatMap((credit) => {
        const value = attributeOf(world.model, credit.person, scope.attribute);
        const whose = value === undefined ? [credit.person.person, true] : [valueText(value), false];
        const pieces = world.pieces.get(JSON.stringify([bucket.id, ...whose])) ?? [];
        const holding = pieces.filter((piece) => piece.from <= row.day && row.day < piece.until);
        const groups = new Set(holding.map((piece) => piece.group));
        return [...groups].map((group) => ({ group, part: partOf(row, credit, period) }));
      });
    case 'below':
      return credits.flatMap((credit) =>
        (world.members.get(credit.person.stay) ?? [])
          .filter((piece) => piece.from <= row.day && row.day < piece.until)
          .map(({ group }) => ({ group, part: partOf(row, credit, period) })),
      );
    case 'outside':
      return outside.map((share) => ({ group: '', part: { row, share, as: undefined, period } }));
    case 'company':
      return [
        { group: '', part: { row, share: ONE, as: undefined, period } },
        ...credits
          .filter((credit) => credit.line.extra)
          .map((credit) => ({ group: '', part: { ...partOf(row, credit, period), person: undefined } })),
      ];
    default:
      return scope satisfies never;
  }
}

function partOf(row: EventRow, credit: Credit, period: DayRange): Part {
  const { line, share, person } = credit;
  return { row, share, person, as: line.extra ? line.as : undefined, credit, period };
}

/** Each share once for each line and person, though the line may credit several roles of the person. */
function oncePerPerson(parts: readonly Part[]): readonly Part[] {
  const seen = new Map<EventRow, Credit[]>();
  return parts.filter(({ row, credit }) => {
    if (!credit?.line.inEveryRole) return true;
    const { line, person } = credit;
    const known = seen.get(row) ?? [];
    seen.set(row, [...known, credit]);
    return !known.some((each) => each.line === line && each.person.person === person.person);
  });
}

function factRows(group: Group, measures: readonly Measure[], evaluate: Evaluate): readonly FactRow[] {
  const partsFor = (measure: Measure): readonly Part[] =>
    group.parts.filter((part) => part.as === measure.as);
  const shares = new Map<string, Exact>();
  for (const measure of measures.filter(takesShares)) {
    for (const { share } of partsFor(measure)) shares.set(exactText(share), share);
  }
  const { bucket } = group;
  const rows: FactRow[] = [...shares.values()].sort(compare).map((share) => ({
    group: group.group,
    bucket,
    share,
    ...answered(measures, (measure) => {
      if (!takesShares(measure)) return undefined;
      const parts = partsFor(measure).filter((part) => compare(part.share, share) === 0);
      return aggregate(measure, oncePerPerson(countedParts(measure, parts, evaluate)), evaluate);
    }),
  }));
  const wholes = measures.filter((measure) => !takesShares(measure));
  if (wholes.some((measure) => partsFor(measure).length > 0)) {
    const values = answered(measures, (measure) =>
      takesShares(measure)
        ? undefined
        : aggregate(measure, once(countedParts(measure, partsFor(measure), evaluate)), evaluate),
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

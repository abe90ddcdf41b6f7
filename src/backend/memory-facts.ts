// Answers to an aggregate query: each used row is put into its groups and buckets, then each measure is worked out over
// what lies there; by columns where it looks at rows alone, else from the written definition, row by row.

import { InternalError } from '../base/diagnostic.ts';
import { add, compare, type Exact, whole, ZERO } from '../base/exact.ts';
import type { Work } from '../base/limits.ts';
import { keyText } from '../input/convert.ts';
import type { FactRow } from '../model/dataset.ts';
import type { Measure, Model } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { dateKey } from '../query/dates.ts';
import type { DayRange } from '../query/groups.ts';
import { type AggregateQuery, takesShares } from '../query/query.ts';
import { isLeftOut } from '../query/shortfalls.ts';
import { goingOn } from './memory-apply.ts';
import type { Credit } from './memory-credit.ts';
import type { LoadedEvent } from './memory-load.ts';
import type { measureColumns } from './memory-measures.ts';
import { type Answer, type BySlot, bySlot, type Parts, partsOf, placeAmong } from './memory-parts.ts';
import { byTimeThenKey, compareText, type Evaluate, type EventRow } from './memory-rows.ts';

/** A row in a group: through one credit, or whole (of the company). */
interface Part {
  readonly row: EventRow;
  readonly share: Exact;
  /** Whose attributes the measure sees; nobody's in the company. */
  readonly person?: Credit['person'] | undefined;
  /** The credit through which it is here, if any. */
  readonly credit?: Credit | undefined;
  /** The period or window for which it is looked at. */
  readonly period: DayRange;
}

/**
 * One fact row for each group, bucket and share, and one without a share where a measure takes rows whole. There is
 * none where no row fell, `where` aside. In order of group, bucket and share, the row without a share last.
 */
export function* answer(
  model: Model,
  query: AggregateQuery,
  { event, columns }: { readonly event: LoadedEvent; readonly columns: typeof measureColumns | undefined },
): Work<readonly FactRow[]> {
  const { measures } = query;
  const used = query.by ? event.usedBy.get(dateKey(query.by)) : event.used;
  if (!used) throw new InternalError(`not loaded by the date of ${query.id}`);
  const parts = yield* partsOf(model, query, used);
  const shortfalls = goingOn(event.evaluate);
  const byColumns = columns?.(parts, event.evaluate);
  const plainly = plainReader(query, parts, shortfalls.evaluate);
  const answers: Answer[] = [];
  for (const measure of measures) {
    answers.push((byColumns && (yield* byColumns(measure))) ?? plainly(measure));
    yield parts.row.length;
  }
  const isHere = present(parts, measures);
  const taking = measures.map(takesShares);
  const ids = query.buckets.map((each) => each.id);
  const factRow = (slot: number, share: number): FactRow => {
    const values: Cell[] = answers.map(() => undefined);
    let lacks: FactRow['lacks'];
    for (let column = 0; column < answers.length; column++) {
      if (taking[column] !== (share !== WHOLE)) continue;
      try {
        values[column] = answers[column]!(slot, share);
      } catch (fault) {
        // what a test leaves out stops who asks for that measure
        if (!isLeftOut(fault)) throw fault;
        lacks = [...(lacks ?? []), { column, diagnostics: fault.diagnostics }];
      }
    }
    const group = parts.groups[Math.floor(slot / ids.length)]!;
    const row = { group, bucket: ids[slot % ids.length]!, share: parts.allShares[share], values };
    return lacks ? { ...row, lacks } : row;
  };
  const found: FactRow[] = [];
  const shares = [...parts.allShares.keys()].sort((a, b) =>
    compare(parts.allShares[a]!, parts.allShares[b]!),
  );
  const buckets = sorted(ids);
  for (const group of sorted(parts.groups)) {
    for (const bucket of buckets) {
      const slot = group * ids.length + bucket;
      for (const share of shares) if (isHere(slot, share)) found.push(factRow(slot, share));
      if (isHere(slot, WHOLE)) found.push(factRow(slot, WHOLE));
    }
    yield buckets.length;
  }
  shortfalls.stop();
  return found;
}

/** Stands for no share: of measures that take rows whole. */
const WHOLE = -1;

/** The places of texts, in the order of the texts. */
function sorted(texts: readonly string[]): readonly number[] {
  return [...texts.keys()].sort((a, b) => compareText(texts[a]!, texts[b]!));
}

/** Whether rows of a slot, with a share or whole, are there under a name by which some measure counts. */
function present(parts: Parts, measures: readonly Measure[]): (slot: number, share: number) => boolean {
  const { slot, share, name, allShares, slots, used } = parts;
  const namesOf = (taking: boolean) =>
    used.allNames.map((each) => measures.some((of) => of.as === each && takesShares(of) === taking));
  const [shared, taken] = [namesOf(true), namesOf(false)];
  const width = allShares.length + 1;
  const found = new Uint8Array(slots * width);
  for (let part = 0; part < slot.length; part++) {
    if (shared[name[part]!]) found[slot[part]! * width + share[part]! + 1] = 1;
    if (taken[name[part]!]) found[slot[part]! * width] = 1;
  }
  return (at, of) => found[at * width + of + 1] === 1;
}

/** Reads measures row by row: each over the parts of a slot, of one share where it takes shares. */
function plainReader(query: AggregateQuery, parts: Parts, evaluate: Evaluate): (measure: Measure) => Answer {
  const { used, row, credit, share, name, allShares } = parts;
  let order: BySlot | undefined;
  // measures are asked one after the other for each slot
  let last:
    | { readonly slot: number; readonly found: readonly Part[]; readonly ids: readonly number[] }
    | undefined;
  const partsIn = (slot: number) => {
    if (last?.slot === slot) return last;
    order ??= bySlot(parts);
    const ids = [...order.parts.subarray(order.starts[slot]!, order.starts[slot + 1]!)];
    const bucket = query.buckets[slot % query.buckets.length]!;
    const found = ids.map((id): Part => {
      const { row: own, credits } = used.rows[row[id]!]!;
      const through = credit[id]! < 0 ? undefined : credits[credit[id]! - used.starts[row[id]!]!];
      return {
        row: own,
        share: allShares[share[id]!]!,
        person: query.scope.kind === 'company' ? undefined : through?.person,
        credit: through,
        period: bucket.partOf ?? bucket,
      };
    });
    last = { slot, found, ids };
    return last;
  };
  return (measure) => (slot, of) => {
    const { found, ids } = partsIn(slot);
    const under = found.filter((_, at) => {
      const isOne = of === WHOLE || share[ids[at]!] === of;
      return isOne && used.allNames[name[ids[at]!]!] === measure.as;
    });
    const counted = countedParts(measure, under, evaluate);
    return aggregate(measure, takesShares(measure) ? oncePerPerson(counted) : once(counted), evaluate);
  };
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
    case 'max':
    case 'lower middle':
    case 'upper middle':
    case 'percentile':
      return [...numbers].sort(compare)[placeAmong(measure)(numbers.length) - 1];
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

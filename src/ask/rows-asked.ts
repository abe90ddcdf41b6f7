// The rows behind a measure: which rows of the data count in a cell, with which share and which value, so that they come
// to the figure. The backend is asked for them after the figures are known.

import type { Backend } from '../backend/backend.ts';
import { dayText } from '../base/date.ts';
import { add, type Exact, exactText, multiply, ONE, ZERO } from '../base/exact.ts';
import type { CellPlace, Run } from '../evaluate/cell.ts';
import { stretchesSeen } from '../evaluate/formula.ts';
import { figureValue } from '../evaluate/lines.ts';
import { NUMBER } from '../library/types.ts';
import type { CreditedRow } from '../model/dataset.ts';
import type { RowShown, RowsShown } from '../model/explanation.ts';
import type { MeasureNode } from '../model/expression.ts';
import type { Measure } from '../model/policy.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { isSeen } from '../query/groups.ts';
import { partOn, windowBucket } from '../query/make-queries.ts';
import { type Bucket, NOBODY, type RowsQuery, takesShares } from '../query/query.ts';
import { belowEach } from '../query/reports.ts';
import { takenOf } from './rows-taken.ts';

/** A question to the backend, by its own text, and the answer once it is there. */
export interface RowsAsked {
  /** The rows that a measure counts in a cell; the first time round they are only noted, to be asked for. */
  of(run: Run, node: MeasureNode, place: CellPlace): RowsShown | undefined;
  /** Asks for what was noted; false where there was nothing. */
  ask(backend: Backend): Promise<boolean>;
}

/** A row as it counts for whom it counts. */
export interface Counted {
  readonly row: CreditedRow;
  readonly value: Cell;
  /** Of `first` and `last` for each of something: of what. */
  readonly each: Cell;
}

export function createRowsAsked(most: number): RowsAsked {
  const answers = new Map<string, readonly CreditedRow[]>();
  const noted = new Map<string, RowsQuery>();
  const known = (query: RowsQuery): readonly CreditedRow[] | undefined => {
    const key = JSON.stringify(query);
    const found = answers.get(key);
    if (!found) noted.set(key, query);
    return found;
  };
  return {
    of: (run, node, place) => shownRows(run, node, { place, known, most }),
    async ask(backend) {
      const open = [...noted];
      noted.clear();
      for (const [key, query] of open) answers.set(key, await backend.rows(query));
      return open.length > 0;
    },
  };
}

interface Asking {
  readonly place: CellPlace;
  readonly known: (query: RowsQuery) => readonly CreditedRow[] | undefined;
  readonly most: number;
}

function shownRows(run: Run, node: MeasureNode, { place, known, most }: Asking): RowsShown | undefined {
  const measure = run.measures.get(node.measure)!;
  const { since } = run.events.get(measure.event)!;
  const bucket = windowBucket(node.window, place.period, since);
  if (node.window.kind !== 'period' && since !== undefined && bucket.from < since) return undefined;
  const rows = rowsIn(run, node, { place, bucket, known });
  if (!rows) return undefined;
  const counted = rows.flatMap((row): readonly Counted[] => {
    const [value, each] = measure.value ? row.values : [ONE];
    return value === undefined ? [] : [{ row, value, each }];
  });
  return shown(run, { measure, node, counted, most, place });
}

/** The query for a measure's rows over a bucket, whoever is credited. */
function queryFor({ event, value, each, where, as, by }: Measure, bucket: Bucket): RowsQuery {
  return {
    id: 'explained',
    event,
    buckets: [bucket],
    columns: [value, each].filter((column) => column !== undefined),
    ...(where ? { where } : {}),
    ...(as === undefined ? {} : { as }),
    ...(by ? { by } : {}),
  };
}

/** The query for all rows over the same days. */
function usedOf({ id, event, buckets, by }: RowsQuery): Omit<RowsQuery, 'columns'> {
  return { id, event, buckets, ...(by ? { by } : {}) };
}

interface In {
  readonly place: CellPlace;
  readonly bucket: Bucket;
  readonly known: Asking['known'];
}

/** The rows that count for the viewer, with the shares that count. */
function rowsIn(
  run: Run,
  node: MeasureNode,
  { place, bucket, known }: In,
): readonly CreditedRow[] | undefined {
  const measure = run.measures.get(node.measure)!;
  const { viewer } = place;
  const { scope } = node;
  if (scope.kind === 'company') {
    const part = viewer.kind === 'stay' ? partOn(bucket, viewer.stay) : bucket;
    return part ? companyRows(measure, { bucket: part, known }) : [];
  }
  const query = queryFor(measure, bucket);
  const byStay = known(query);
  // rows of several people come in their order, and those of all together in that of time
  const inTime = scope.kind === 'own' ? [] : known({ ...usedOf(query), columns: [], whole: true });
  if (!byStay || !inTime) return undefined;
  const places = new Map(inTime.map(({ row }, at) => [row, at]));
  const credited = byStay.toSorted((a, b) => (places.get(a.row) ?? 0) - (places.get(b.row) ?? 0));
  if (scope.kind === 'own') {
    return viewer.kind === 'stay' ? credited.filter((each) => each.stay === viewer.stay.index) : [];
  }
  const stays = new Map(run.people.stays.map((each) => [each.index, each]));
  if (scope.below) {
    const below = viewer.kind === 'stay' ? (belowEach(run.people).get(viewer.stay.index) ?? []) : [];
    const isBelow = ({ stay, day }: CreditedRow): boolean =>
      below.some((each) => each.stay.index === stay && each.from <= day && day < each.until);
    return once(run, measure, credited.filter(isBelow));
  }
  const seen = stretchesSeen(run, scope.attribute, bucket, place);
  const { attribute } = scope;
  const counts = ({ stay, day }: CreditedRow): boolean => {
    const row = stays.get(stay)?.rows.find((each) => each.from <= day && day < each.until);
    return seen.some(
      (stretch) =>
        row && stretch.from <= day && day < stretch.until && isSeen(run.model, row, { attribute, stretch }),
    );
  };
  return once(run, measure, credited.filter(counts));
}

/** Who takes rows whole counts each once; of who has several roles, a line that credits each of them counts once. */
function once(run: Run, measure: Measure, rows: readonly CreditedRow[]): readonly CreditedRow[] {
  const stays = new Map(run.people.stays.map((each) => [each.index, each]));
  const inEvery = run.events.get(measure.event)!.credit.some((each) => each.inEveryRole);
  const seen = new Set<string>();
  return rows.filter(({ row, stay }) => {
    if (takesShares(measure) && !inEvery) return true;
    const key = takesShares(measure) ? `${row} ${stays.get(stay)?.person}` : String(row);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Every used row, whole; of a named credit line the shares that it credits. */
function companyRows(
  measure: Measure,
  { bucket, known }: Pick<In, 'bucket' | 'known'>,
): readonly CreditedRow[] | undefined {
  const query = queryFor(measure, bucket);
  return known(measure.as === undefined ? { ...query, whole: true } : query);
}

// ---- as a step lists them ------------------------------------------------------------------------------------------

interface Of {
  readonly measure: Measure;
  readonly node: MeasureNode;
  readonly counted: readonly Counted[];
  readonly most: number;
  readonly place: CellPlace;
}

function shown(run: Run, { measure, node, counted, most, place }: Of): RowsShown {
  const persons = new Map(run.people.stays.map((each) => [each.index, each.person]));
  const ownStay = place.viewer.kind === 'stay' ? place.viewer.stay.index : NOBODY;
  const type: ValueType = measure.value?.type ?? NUMBER;
  const adds = addsOf(measure, counted);
  const taken = takenOf(measure, counted);
  const rows = counted.map(({ row, value }, at): RowShown => {
    const person = row.stay === ownStay ? undefined : persons.get(row.stay);
    const own = adds[at];
    return {
      key: row.key,
      row: row.row,
      day: dayText(row.day),
      ...(person === undefined ? {} : { person }),
      share: exactText(row.share),
      value: figureValue(value, type),
      ...(own ? { adds: figureValue(own, node.type) } : {}),
      ...(taken.has(at) ? { taken: true } : {}),
    };
  });
  if (rows.length <= most) return { event: measure.event, rows, count: rows.length };
  // what is taken is shown wherever it stands
  const listed = rows.map((_, at) => at).filter((at) => at < most || (taken.size > 0 && taken.has(at)));
  const left = adds.filter((_, at) => !listed.includes(at));
  const sum = left.some((each) => each === undefined) ? undefined : sumOf(left as readonly Exact[]);
  return {
    event: measure.event,
    rows: listed.map((at) => rows[at]!),
    count: rows.length,
    rest: { count: rows.length - listed.length, value: figureValue(sum, node.type) },
  };
}

function sumOf(values: readonly Exact[]): Exact {
  return values.reduce(add, ZERO);
}

/** What each row adds: of sums and counts its value by its share, of different values 1 the first time. */
function addsOf(measure: Measure, counted: readonly Counted[]): readonly (Exact | undefined)[] {
  switch (measure.aggregate) {
    case 'sum':
      return counted.map(({ row, value }) => multiply(value as Exact, row.share));
    case 'count':
      return counted.map(({ row }) => row.share);
    case 'distinct': {
      const seen = new Set<string>();
      return counted.map(({ value }) => {
        const key = typeof value === 'object' ? exactText(value) : String(value);
        const isNew = !seen.has(key);
        seen.add(key);
        return isNew ? ONE : ZERO;
      });
    }
    default:
      return counted.map(() => undefined);
  }
}

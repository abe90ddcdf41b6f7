// Answers to an aggregate query: each used row is put into its groups and buckets, then each measure is worked out
// over what lies there, from the written definition.

import { InternalError } from '../base/diagnostic.ts';
import { add, compare, type Exact, exactText, greatest, least, ONE, whole, ZERO } from '../base/exact.ts';
import { keyText } from '../input/convert.ts';
import type { FactRow } from '../model/dataset.ts';
import type { Measure, Model } from '../model/policy.ts';
import { type AggregateQuery, type GroupPiece, type QueryScope, takesShares } from '../query/query.ts';
import type { Credit } from './memory-credit.ts';
import type { LoadedEvent, UsedRow } from './memory-load.ts';
import { attributeOf, compareText, type Evaluate, type EventRow, valueText } from './memory-rows.ts';

/** A row in a group: through one credit, or whole (of the company). */
interface Part {
  readonly row: EventRow;
  readonly share: Exact;
  /** Whose attributes the measure sees; nobody's in the company. */
  readonly person?: Credit['person'];
  /** The name under which the credit line counts; `undefined` for ordinary ones. */
  readonly as: string | undefined;
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
  const world = { model, scope: query.scope, pieces: piecesByValue(query) };
  for (const used of event.used) {
    for (const bucket of query.buckets) {
      if (used.row.day < bucket.from || used.row.day >= bucket.until) continue;
      for (const { group, part } of partsOf(used, bucket.id, world)) put(group, bucket.id, part);
    }
  }
  return [...groups.values()]
    .sort((a, b) => compareText(a.group, b.group) || compareText(a.bucket, b.bucket))
    .flatMap((group) => factRows(group, query.measures, event.evaluate));
}

/** A query's pieces by bucket and value. */
function piecesByValue(query: AggregateQuery): ReadonlyMap<string, readonly GroupPiece[]> {
  const pieces = new Map<string, GroupPiece[]>();
  for (const piece of query.scope.kind === 'group' ? query.scope.pieces : []) {
    const id = JSON.stringify([piece.bucket, piece.value]);
    const found = pieces.get(id);
    if (found) found.push(piece);
    else pieces.set(id, [piece]);
  }
  return pieces;
}

/** Where a row belongs in a bucket, once for each credit; in the company also whole. */
function partsOf(
  { row, credits }: UsedRow,
  bucket: string,
  world: {
    readonly model: Model;
    readonly scope: QueryScope;
    readonly pieces: ReadonlyMap<string, readonly GroupPiece[]>;
  },
): readonly { readonly group: string; readonly part: Part }[] {
  const { scope } = world;
  switch (scope.kind) {
    case 'own':
      return credits.map((credit) => ({ group: String(credit.person.stay), part: partOf(row, credit) }));
    case 'group':
      return credits.flatMap((credit) => {
        const value = attributeOf(world.model, credit.person, scope.attribute);
        if (value === undefined) return [];
        const pieces = world.pieces.get(JSON.stringify([bucket, valueText(value)])) ?? [];
        const holding = pieces.filter((piece) => piece.from <= row.day && row.day < piece.until);
        const groups = new Set(holding.map((piece) => piece.group));
        return [...groups].map((group) => ({ group, part: partOf(row, credit) }));
      });
    case 'company':
      return [
        { group: '', part: { row, share: ONE, as: undefined } },
        ...credits
          .filter((credit) => credit.line.extra)
          .map(({ share, line }) => ({ group: '', part: { row, share, as: line.as } })),
      ];
    default:
      return scope satisfies never;
  }
}

function partOf(row: EventRow, { line, share, person }: Credit): Part {
  return { row, share, person, as: line.extra ? line.as : undefined };
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
    values: measures.map((measure) => {
      if (!takesShares(measure)) return undefined;
      const parts = partsFor(measure).filter((part) => compare(part.share, share) === 0);
      return aggregate(measure, countedParts(measure, parts, evaluate), evaluate);
    }),
  }));
  const wholes = measures.filter((measure) => !takesShares(measure));
  if (wholes.some((measure) => partsFor(measure).length > 0)) {
    const values = measures.map((measure) =>
      takesShares(measure)
        ? undefined
        : aggregate(measure, once(countedParts(measure, partsFor(measure), evaluate)), evaluate),
    );
    rows.push({ group: group.group, bucket, share: undefined, values });
  }
  return rows;
}

function countedParts(measure: Measure, parts: readonly Part[], evaluate: Evaluate): readonly Part[] {
  const { where } = measure;
  return where ? parts.filter(({ row, person }) => evaluate(where, row, person) === true) : parts;
}

/** Each row once, through the first of its credit lines that is here. */
function once(parts: readonly Part[]): readonly Part[] {
  return [...new Map([...parts].reverse().map((part) => [part.row, part])).values()];
}

function aggregate(measure: Measure, parts: readonly Part[], evaluate: Evaluate): Exact | undefined {
  if (measure.aggregate === 'count') return whole(parts.length);
  const { value } = measure;
  if (!value) throw new InternalError(`${measure.aggregate} of nothing`);
  const cells = parts
    .map(({ row, person }) => evaluate(value, row, person))
    .filter((cell) => cell !== undefined);
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
    default:
      return measure.aggregate satisfies never;
  }
}

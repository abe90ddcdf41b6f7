// Answers to a rows query: used rows one by one, each once for every stay that it credits, with what is asked of it.

import { InternalError } from '../base/diagnostic.ts';
import { add, type Exact, ONE } from '../base/exact.ts';
import type { CreditedRow } from '../model/dataset.ts';
import { dateKey } from '../query/dates.ts';
import { NOBODY, type RowsQuery } from '../query/query.ts';
import { isShortfall } from '../query/shortfalls.ts';
import { withShortfalls } from './memory-apply.ts';
import type { Credit } from './memory-credit.ts';
import type { LoadedEvent } from './memory-load.ts';
import { byTimeThenKey, type Evaluate, type EventRow, type InName, valueText } from './memory-rows.ts';
import type { UsedRow } from './memory-settle.ts';

/** A row in somebody's name, within a bucket by its place in the query. */
interface Held {
  readonly row: EventRow;
  readonly stay: number;
  readonly bucket: number;
  readonly name: InName & { readonly share: Exact };
}

/** The rows in order of stay, bucket, time, known time and key; `seen` are those that look-backs see. */
export function creditedRows(
  query: RowsQuery,
  event: Pick<LoadedEvent, 'used' | 'usedBy' | 'evaluate'>,
  seen: readonly EventRow[],
): readonly CreditedRow[] {
  const { where } = query;
  const rows = query.seen ? seen.map((row): UsedRow => ({ row, credits: [] })) : usedRows(query, event);
  const held = rows.flatMap((used) =>
    query.buckets.flatMap((bucket, at) => {
      const { day } = used.row;
      if (day < bucket.from || day >= bucket.until) return [];
      const isWhole = query.seen || query.whole;
      const names = isWhole ? [{ stay: NOBODY, name: { share: ONE } }] : sharesByStay(used.credits, query);
      return names.map(
        ({ stay, name }): Held => ({
          row: used.row,
          stay,
          bucket: at,
          name: { ...name, period: bucket.partOf ?? bucket },
        }),
      );
    }),
  );
  const counted = where
    ? withShortfalls(event.evaluate, (evaluate) =>
        held.filter(({ row, name }) => evaluate(where, row, name) === true),
      )
    : held;
  return counted
    .sort((a, b) => a.stay - b.stay || a.bucket - b.bucket || byTimeThenKey(a.row, b.row))
    .map((each) => answered(query, each, event.evaluate));
}

function usedRows(
  { id, by }: RowsQuery,
  { used, usedBy }: Pick<LoadedEvent, 'used' | 'usedBy'>,
): readonly UsedRow[] {
  const found = by ? usedBy.get(dateKey(by)) : used;
  if (!found) throw new InternalError(`not loaded by the date of ${id}`);
  return found.rows;
}

/** Each stay once, with the sum of the shares of the lines that count. */
function sharesByStay(credits: readonly Credit[], { as }: RowsQuery) {
  const stays = new Map<number, InName & { readonly share: Exact }>();
  for (const { line, share, person } of credits) {
    if ((line.extra ? line.as : undefined) !== as) continue;
    const before = stays.get(person.stay);
    stays.set(person.stay, { person, share: before ? add(before.share, share) : share });
  }
  return [...stays].map(([stay, name]) => ({ stay, name }));
}

function answered({ buckets, columns }: RowsQuery, held: Held, evaluate: Evaluate): CreditedRow {
  const { row, stay, bucket, name } = held;
  const lacks: NonNullable<CreditedRow['lacks']>[number][] = [];
  const values = columns.map((formula, column) => {
    try {
      return evaluate(formula, row, name);
    } catch (fault) {
      if (!isShortfall(fault)) throw fault;
      lacks.push({ column, diagnostics: fault.diagnostics });
      return undefined;
    }
  });
  return {
    stay,
    bucket: buckets[bucket]!.id,
    key: valueText(row.key),
    row: row.row,
    day: row.day,
    share: name.share,
    values,
    ...(lacks.length > 0 ? { lacks } : {}),
  };
}

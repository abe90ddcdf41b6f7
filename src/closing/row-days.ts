// When a kept row became known, and on which day it stands: of an event its posting day, of a dated row the day from which
// it holds.

import { type Day, FIRST_DAY } from '../base/date.ts';
import type { Exact } from '../base/exact.ts';
import { createClock } from '../input/clock.ts';
import { convertCell } from '../input/convert.ts';
import { cellOf } from '../ledger/snapshot.ts';
import type { LedgerRow } from '../model/ledger.ts';
import type { FieldModel, Model } from '../model/policy.ts';
import { readingsOf } from './kept-rows.ts';

/** When a row became known, and which day it belongs to. */
export interface RowTime {
  /** The moment, in seconds since 1970-01-01T00:00:00Z; absent: the policy doesn't say, or the row. */
  readonly known?: Exact;
  /** Absent: the row belongs to no day. */
  readonly day?: Day;
}

/** The times of rows as a policy reads them; nothing of rows whose source it doesn't have. */
export function rowTimes(model: Model): (row: LedgerRow) => RowTime {
  const clock = createClock(model.zone);
  const context = { dialect: {}, clock };
  const dated = new Set(readingsOf(model).flatMap((each) => (each.dated ? [each.source] : [])));
  const events = new Map(
    model.events.map((event) => {
      const field = (name: string | undefined): FieldModel | undefined =>
        event.fields.find((each) => each.name === name);
      return [event.name, { posting: field(event.posting)!, known: field(event.known) }] as const;
    }),
  );
  const read = (row: LedgerRow, field: FieldModel): Exact | undefined => {
    const found = convertCell(cellOf(row, field.name) ?? '', field, context);
    return 'reason' in found ? undefined : (found.value as Exact | undefined);
  };
  return (row) => {
    const event = events.get(row.source);
    if (!event) {
      if (!dated.has(row.source)) return {};
      const from = read(row, FROM);
      return { day: from ? Number(from.num) : FIRST_DAY };
    }
    const posted = read(row, event.posting);
    const known = event.known && read(row, event.known);
    const day = posted && (event.posting.type.kind === 'datetime' ? clock.day(posted) : Number(posted.num));
    return { ...(known && { known }), ...(day !== undefined && { day }) };
  };
}

const FROM: FieldModel = {
  name: 'from',
  type: { kind: 'date' },
  optional: true,
  span: { source: '', start: 0, end: 0 },
};

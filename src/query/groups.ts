// Groups of people by an attribute, as of the day: which rows are a viewer's team's, bucket by bucket.

import type { Day } from '../base/date.ts';
import type { PersonRow, Stay } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import type { Bucket, GroupPiece } from './query.ts';

/** Days `[from, until)`. */
export interface DayRange {
  readonly from: Day;
  readonly until: Day;
}

/** A stretch of days with one value of the attribute. */
export interface Stretch extends DayRange {
  readonly value: string;
  /** `value` isn't the attribute's: it is the id of a person who has none, and is a team of one. */
  readonly alone?: true;
}

/** A person row's value of a text attribute, declared or built in; `undefined` where it has none. */
export function groupValue(model: Model, row: PersonRow, attribute: string): string | undefined {
  const at = model.attributes.findIndex((each) => each.name === attribute);
  if (at >= 0) return row.attributes[at] as string | undefined;
  switch (attribute) {
    case 'team':
      return row.team;
    case 'lead':
      return row.lead;
    case 'role':
      return row.role;
    case 'name':
      return row.name;
    case 'id':
      return row.person;
    default:
      return undefined;
  }
}

/** The stretches of a stay's days within a range, adjoining ones of one value joined. */
export function stretchesOf(
  model: Model,
  stay: Stay,
  attribute: string,
  range: DayRange,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const row of stay.rows) {
    const from = Math.max(row.from, range.from);
    const until = Math.min(row.until, range.until);
    const value = valueSeen(model, row, attribute);
    if (from >= until || !value) continue;
    const last = stretches.at(-1);
    if (last && last.value === value.value && last.alone === value.alone && last.until === from)
      stretches[stretches.length - 1] = { ...last, until };
    else stretches.push({ ...value, from, until });
  }
  return stretches;
}

/** Whose rows a person looks at: a team is with oneself, so who is in none is a team of one. */
function valueSeen(
  model: Model,
  row: PersonRow,
  attribute: string,
): Pick<Stretch, 'value' | 'alone'> | undefined {
  const value = groupValue(model, row, attribute);
  if (value !== undefined) return { value };
  return attribute === 'team' ? { value: row.person, alone: true } : undefined;
}

/** Whether a row is one of those that a stretch looks at, its days aside. */
export function isSeen(
  model: Model,
  row: PersonRow,
  { attribute, stretch }: { readonly attribute: string; readonly stretch: Stretch },
): boolean {
  const value = groupValue(model, row, attribute);
  return stretch.alone ? value === undefined && row.person === stretch.value : value === stretch.value;
}

/** A group's id: equal stretches are one group, so that all who share a team a whole month share its facts. */
export function groupId(stretches: readonly Stretch[]): string {
  return JSON.stringify(
    stretches.map(({ value, alone, from, until }) => [value, from, until, ...(alone ? ['alone'] : [])]),
  );
}

/** The stretches of a group, by its id. */
export function stretchesIn(group: string): readonly Stretch[] {
  const stretches = JSON.parse(group) as readonly (readonly [string, Day, Day, 'alone'?])[];
  return stretches.map(([value, from, until, alone]) => ({
    value,
    from,
    until,
    ...(alone ? { alone: true } : {}),
  }));
}

/** The pieces of a group in a bucket. */
export function piecesOf(stretches: readonly Stretch[], bucket: Bucket): readonly GroupPiece[] {
  const group = groupId(stretches);
  return stretches.map((each) => ({ group, bucket: bucket.id, ...each }));
}

/** All values of an attribute that people have on some day of `[from, until)`, in order. */
export function valuesBetween(
  model: Model,
  stays: readonly Stay[],
  attribute: string,
  days: DayRange,
): readonly string[] {
  const values = new Set<string>();
  for (const stay of stays) {
    for (const row of stay.rows) {
      const value = groupValue(model, row, attribute);
      if (value !== undefined && row.from < days.until && row.until > days.from) values.add(value);
    }
  }
  return [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

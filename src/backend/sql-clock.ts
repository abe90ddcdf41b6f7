// Local days of instants in SQL, by a table of the zone's offsets (sql-zone.ts makes it).

import type { SqlDialect } from './sql-dialect.ts';

/** The zone's clock and the engine whose words it is read in. */
export interface SqlClock {
  readonly dialect: SqlDialect;
  /** The table of the offsets at instants. */
  readonly clock: string;
}

/** The relation with the zone's clock at an instant beside it, as `clock`. */
export function clockJoin(relation: string, instant: string, { dialect, clock }: SqlClock): string {
  const value = `CAST(floor(${instant}) AS BIGINT)`;
  return `${relation} ${dialect.asOf({ table: clock, as: 'clock', by: 'i', value })}`;
}

/** The relation with the clock at local seconds beside it, as `clock`. */
export function localClockJoin(relation: string, local: string, { dialect, clock }: SqlClock): string {
  const table = clock.replace(/_instant$/, '_local');
  return `${relation} ${dialect.asOf({ table, as: 'clock', by: 'l', value: local })}`;
}

/** The local day of an instant. */
export function localDay(instant: string, ahead: string, dialect: SqlDialect): string {
  return dayOfSeconds(`(CAST(floor(${instant}) AS BIGINT) + ${ahead})`, dialect);
}

/** The day of local seconds; remainders take the dividend's sign, so days before 1970 need the second one. */
export function dayOfSeconds(local: string, dialect: SqlDialect): string {
  return dialect.cut(`(${local} - ((${local} % 86400) + 86400) % 86400)`, '86400');
}

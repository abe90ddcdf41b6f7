// Local days of instants in SQL, by a table of the zone's offsets (duckdb-zone.ts makes it).

/** The relation with the zone's clock at an instant beside it, as `clock`. */
export function clockJoin(relation: string, instant: string, clock: string): string {
  return `${relation} ASOF LEFT JOIN ${clock} AS clock ON CAST(floor(${instant}) AS BIGINT) >= clock.i`;
}

/** The local day of an instant; remainders take the dividend's sign, so days before 1970 need the second one. */
export function localDay(instant: string, ahead: string): string {
  const local = `(CAST(floor(${instant}) AS BIGINT) + ${ahead})`;
  return `((${local} - ((${local} % 86400) + 86400) % 86400) // 86400)`;
}

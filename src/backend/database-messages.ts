// What a database has to say that isn't of the data (M3015 to M3018). The driver's own words of a connection aren't
// shown: they may hold an address, and an address a password.

import { type Diagnostic, RunError } from '../base/diagnostic.ts';

function fault(code: string, message: string, help: string): RunError {
  const diagnostic: Diagnostic = { code, severity: 'error', message, help };
  return new RunError([diagnostic]);
}

/** `place` is a host and a port, `why` a reason in our words. */
export function notReached(place: string, why: string): RunError {
  return fault(
    'M3015',
    `the database at ${place} can't be used: ${why}`,
    'see to it that `psql` gets there with the same address; the address stands in the environment variable that `database` names, else in PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE',
  );
}

/** `table` as the configuration writes it. */
export function noSuchTable(table: string, why: string): Diagnostic {
  return {
    code: 'M3016',
    severity: 'error',
    message: `the database has no table or view \`${table}\` to read: ${why}`,
    help: 'write its name as in SQL: `sales.deals`, or `"Deals"` where it has capital letters',
  };
}

/** A statement took longer than one may. */
export function statementTooLong(about: string, seconds: number): RunError {
  return fault(
    'M3017',
    `the database took longer than ${seconds} seconds over ${about}`,
    'ask about fewer periods at once, or have the database give the rows faster, such as by a view that has fewer of them',
  );
}

/** A statement that the database gave up, for a reason of its own. */
export function brokenOff(about: string, why: string): RunError {
  return fault(
    'M3018',
    `the database broke off over ${about}: ${why}`,
    'nothing was written; mend that, and give the command again',
  );
}

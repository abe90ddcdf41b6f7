// What the ledger has to say (M3120 to M3149): of closing and approving, of a chain that doesn't hold, of statements that
// don't add up, and of what a closed period comes to now.

import type { Diagnostic, Severity } from '../base/diagnostic.ts';
import { LEDGER_SCHEMA } from '../model/ledger.ts';

function say(code: string, message: string, help?: string, severity: Severity = 'error'): Diagnostic {
  return { code, severity, message, ...(help !== undefined && { help }) };
}

function listed(names: readonly string[]): string {
  return names.map((each) => `\`${each}\``).join(', ');
}

const FROM_A_COPY = 'take the file from a backup; `merit verify` says whether that one is whole';

// ---- closing ---------------------------------------------------------------------------------------------------------

/** A period is to be closed, or approved, a second time. */
export function alreadyClosed(period: string, { by, at }: { readonly by: string; readonly at: string }) {
  const help =
    'what has changed since is paid as an adjustment in the next period; a closed one is never rewritten';
  return say('M3120', `\`${period}\` is closed already, by ${by} at ${at}`, help);
}

/** Another period has to be closed first. */
export function notNext(period: string, next: string) {
  return say(
    'M3121',
    `\`${period}\` isn't the next period to close: that is \`${next}\``,
    `periods are closed in order; write \`--period ${next}\``,
  );
}

/** A period is to be closed before its last day is over. */
export function notOver(period: string, last: string, at: string) {
  return say(
    'M3122',
    `\`${period}\` isn't over at ${at}: its last day is ${last}`,
    'close a period when it is over; `--at` says when that is done',
  );
}

/** More periods than one are to be closed, approved or corrected together. */
export function onePeriod(text: string, count: number) {
  const help = 'close, and approve, one period after another';
  return say('M3123', `\`${text}\` is ${count} periods, and each is closed by itself`, help);
}

/** An approval is needed, and nobody has given one; `policy` is what the user calls it. */
export function notApproved(policy: string, period: string) {
  return say(
    'M3124',
    `nobody has approved \`${period}\``,
    `somebody else than who closes it looks at the draft, and writes \`merit approve ${policy} --period ${period} --by NAME --at TIME\``,
  );
}

/** Who approved the draft can't close it. */
export function approvedByCloser(period: string, name: string) {
  const help = 'who approves a period and who closes it are two people';
  return say('M3125', `\`${period}\` was approved by \`${name}\`, who can't close it too`, help);
}

/** `changed`: what differs, in words: the policy, sources, the ledger. */
export function approvalVoid(period: string, by: string, changed: readonly string[]) {
  return say(
    'M3126',
    `what ${by} approved of \`${period}\` isn't what would be closed: ${changed.join(', ')}`,
    'look at the draft again, and approve it as it is now',
  );
}

/** The period is of another length, or another calendar, than those that were closed. */
export function otherCalendar(period: string, grain: string, closed: string) {
  return say(
    'M3127',
    `the ledger holds periods like \`${closed}\`, and \`${period}\` is a ${grain}`,
    'a ledger belongs to one pay calendar; name another file with `--ledger`',
  );
}

/** The ledger isn't any more what the work was done over. */
export function movedMeanwhile(file: string) {
  return say(
    'M3128',
    `somebody else has written to the ledger \`${file}\` meanwhile`,
    'nothing was written; look at what was, and give the command again',
  );
}

// ---- what is asked of a ledger ---------------------------------------------------------------------------------------

/** There is a ledger, and no closed period in it. */
export function nothingClosed(file: string) {
  return say('M3129', `no period has been closed in \`${file}\``, '`merit close` closes the first');
}

/** A person whom no close, or not the one asked for, has a statement of. */
export function noStatement(person: string, period: string | undefined, help: string | undefined) {
  const where = period === undefined ? 'any closed period' : `the closed period \`${period}\``;
  return say('M3130', `\`${person}\` has no statement in ${where}`, help);
}

/** A period that is asked for and isn't closed. */
export function notClosed(period: string, closed: readonly string[]) {
  const help =
    closed.length > 0 ? `closed are ${listed(closed.slice(-5))}` : 'no period has been closed in this ledger';
  return say('M3131', `\`${period}\` isn't closed`, help);
}

// ---- the chain -------------------------------------------------------------------------------------------------------

/** A record that doesn't go with its hash, or can't be read. */
export function recordChanged({ number }: { readonly number: number }) {
  return say('M3132', `record ${number} of the ledger isn't what was written`, FROM_A_COPY);
}

/** `which`: in words, such as `number 3, before number 4`. */
export function recordMissing(which: string) {
  return say('M3133', `a record of the ledger is missing: ${which}`, FROM_A_COPY);
}

/** Rows that don't go with the digest in their record. */
export function rowsChanged(number: number) {
  return say('M3134', `the rows of record ${number} aren't those that were written`, FROM_A_COPY);
}

/** A record in a form that only a later version reads. */
export function newerRecord(number: number, schema: number) {
  return say(
    'M3135',
    `record ${number} of the ledger is of a later version of Merit: it is written in form ${schema}, and this one reads up to ${LEDGER_SCHEMA}`,
    'use the version of Merit that wrote it, or a later one',
  );
}

// ---- statements ------------------------------------------------------------------------------------------------------

/** Whose statement, and of which period. */
export interface Place {
  readonly period: string;
  readonly person: string;
}

/** Lines that don't come to an amount; `what` has its amount from lines: `pay`, a role. */
export function doesNotAddUp({ period, person }: Place, what: string, sums: { sum: string; said: string }) {
  return say(
    'M3136',
    `lines of \`${person}\` in \`${period}\` come to ${sums.sum}, and ${what} is said to be ${sums.said}`,
    FROM_A_COPY,
  );
}

/** What a person owes isn't the same after one statement and before the next. */
export function doesNotGoOn({ period, person }: Place, owed: { before: string; after: string }) {
  return say(
    'M3137',
    `\`${person}\` owed ${owed.before} before \`${period}\` by the statement before, and ${owed.after} by its own`,
    FROM_A_COPY,
  );
}

/** Two adjustments of one statement for one period, with one cause. */
export function bookedTwice({ period, person }: Place, adjusted: string) {
  return say('M3138', `\`${person}\` has one cause twice for \`${adjusted}\` in \`${period}\``, FROM_A_COPY);
}

/** A close whose fingerprint is of something else; `of` says of what it should be. */
export function fingerprintOff(period: string, of: string) {
  return say('M3139', `the fingerprint of \`${period}\` isn't that of its ${of}`, FROM_A_COPY);
}

// ---- export and import -----------------------------------------------------------------------------------------------

/** A line of an import that isn't one of an export. */
export function badLine(file: string, line: number) {
  return say(
    'M3140',
    `line ${line} of \`${file}\` isn't a line of an exported ledger`,
    'write the file again with `merit ledger export`',
  );
}

/** An import into a ledger that is there. */
export function notEmpty(file: string) {
  return say(
    'M3141',
    `the ledger \`${file}\` holds records already`,
    'import into a new file: `--ledger FILE`',
  );
}

// ---- a closed period over data at hand -------------------------------------------------------------------------------

/** Its inputs have changed since its close. */
export function comesToOther(period: string, people: number) {
  return say(
    'M3142',
    `\`${period}\` comes to other amounts for ${peopleText(people)} with the data as it is now`,
    'the next period pays the difference, unless corrections end before; `merit adjustments` shows it with its causes',
    'warning',
  );
}

/** Nothing has changed since its close. */
export function comesToOtherUnchanged(period: string, people: number) {
  return say(
    'M3143',
    `\`${period}\` comes to other amounts for ${peopleText(people)}, though neither its policy nor its data has changed`,
    'this is no fault of yours: please report it with the ledger',
  );
}

function peopleText(people: number): string {
  return people === 1 ? 'one person' : `${people} people`;
}

/** The files of a closed period's policy have mistakes for this version. */
export function policyUnread(period: string) {
  return say(
    'M3144',
    `the policy that \`${period}\` was closed with can't be read any more by this version of Merit`,
    'use the version of Merit that closed it to work it out again',
  );
}

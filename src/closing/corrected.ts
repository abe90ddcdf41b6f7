// What lies between closed periods as they were booked and as they come to now, as adjustments of the open period's
// statements, each with its cause.

import { addMonths, type Day } from '../base/date.ts';
import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { add, exact, exactText, ZERO } from '../base/exact.ts';
import { adjustmentsBy, bookedLines, movedBetween, ownLines } from '../ledger/adjust.ts';
import { NOTHING, outstandingAfter, settled } from '../ledger/settle.ts';
import type { Adjustment, AdjustmentCause, CloseBody } from '../model/ledger.ts';
import type { Model } from '../model/policy.ts';
import type { Result, Statement } from '../model/result.ts';
import * as messages from './messages.ts';
import type { ClosedPeriod } from './policies.ts';
import type { Traced } from './trace.ts';

/** What closed periods were and are. */
export interface ClosedSince {
  /** Of the open period, and the first day of it. */
  readonly model: Model;
  readonly from: Day;
  readonly closes: readonly CloseBody[];
  readonly closed: readonly ClosedPeriod[];
  readonly traced: Traced;
}

/** The open period's own result with what closed periods are corrected by. */
export function corrected(result: Result, since: ClosedSince): Checked<Result | undefined> {
  const { model, closes, closed, traced } = since;
  const reached = new Set(closed.filter((each) => isReached(each, since)).map(({ period }) => period.id));
  const found = traced.moved.flatMap(({ cause, amounts }) => adjustmentsBy(cause, amounts));
  const adjustments = [...leftBefore(result, since), ...found].filter(({ period }) => reached.has(period));
  const byPerson = groupedBy(adjustments, ({ person }) => person);
  const outstanding = outstandingAfter(closes);
  const people = new Set([...byPerson.keys(), ...outstanding.keys()]);
  const otherwise = paidOtherwise(since).filter(({ period }) => reached.has(period));
  const foreign = inOtherCurrency([...adjustments, ...otherwise], result, since);
  if (foreign.length > 0) return { value: undefined, diagnostics: foreign };
  const terms = { takesBack: model.corrections.takesBack, step: model.rounding.step };
  const statements = [...result.statements, ...withoutOne(people, result, since)].map((statement) => {
    const { person } = statement;
    const own = (byPerson.get(person) ?? []).toSorted((a, b) => order(closed, a) - order(closed, b));
    return settled(statement, own, { before: outstanding.get(person) ?? NOTHING, terms });
  });
  const late = found.filter(({ period }) => !reached.has(period));
  return { value: { ...result, statements }, diagnostics: notCorrected(late, since) };
}

function order(closed: readonly ClosedPeriod[], { period }: Adjustment): number {
  return closed.findIndex((each) => each.period.id === period);
}

/** Whether a closed period ended so recently that it is corrected. */
function isReached({ period }: ClosedPeriod, { model, from }: ClosedSince): boolean {
  const { within } = model.corrections;
  if (!within) return true;
  const { count, unit } = within;
  return period.until >= (unit === 'month' ? addMonths(from, -count) : from - count);
}

/** What the last close's inputs and policies come to now, less all that was booked. */
function leftBefore(result: Result, { closes, traced }: ClosedSince): readonly Adjustment[] {
  const left = movedBetween(bookedLines(closes), ownLines(traced.before.statements));
  const [before, after] = [closes.at(-1)!.result, result].map(engineText);
  const cause: AdjustmentCause =
    before === after ? { kind: 'reach' } : { kind: 'engine', before: before!, after: after! };
  return adjustmentsBy(cause, left);
}

function engineText({ engine: { version, zoneData } }: Result): string {
  return `${version}, time zones ${zoneData}`;
}

/** Statements of people who have none in the period, and something to settle. */
function withoutOne(
  people: ReadonlySet<string>,
  { statements, periods }: Result,
  { closes, traced }: ClosedSince,
): readonly Statement[] {
  const known = new Set(statements.map((each) => each.person));
  const earlier = [...closes.flatMap((each) => each.result.statements), ...traced.now.statements];
  const names = new Map(earlier.map((each) => [each.person, each.name]));
  return [...people]
    .filter((person) => !known.has(person))
    .sort()
    .map((person): Statement => {
      return { person, name: names.get(person) ?? person, period: periods[0]!, roles: [], pay: '0' };
    });
}

/** Something of a person and a closed period. */
type Of = Pick<Statement, 'person' | 'period'>;

/** What of closed periods comes to another amount in the currency that it is paid in, whatever it is in the policy's. */
function paidOtherwise({ traced: { before, now } }: ClosedSince): readonly Of[] {
  const paidOf = ({ person, period, paid }: Statement) => JSON.stringify([person, period, paid ?? null]);
  const known = new Set(before.statements.map(paidOf));
  return now.statements.filter((each) => each.paid && !known.has(paidOf(each)));
}

/**
 * People to whom something is to be settled that was paid, or is to be, in another currency than the policy's: a closed
 * period that is corrected, or one in which something was left to be taken.
 */
function inOtherCurrency(
  corrects: readonly Of[],
  result: Result,
  { model, closes }: ClosedSince,
): readonly Diagnostic[] {
  const key = ({ person, period }: Of): string => JSON.stringify([person, period]);
  const corrected = new Set(corrects.map(key));
  const isLeft = ({ lines = [] }: Statement): boolean =>
    lines.some(({ kind }) => kind === 'carried' || kind === 'offset');
  const outstanding = outstandingAfter(closes);
  const people = new Set([...corrects.map(({ person }) => person), ...outstanding.keys()]);
  const concerned = [
    ...closes.flatMap(({ result: { policy, statements } }) =>
      statements
        .filter((each) => corrected.has(key(each)) || (isLeft(each) && outstanding.has(each.person)))
        .map((statement) => ({ statement, policy })),
    ),
    ...result.statements
      .filter(({ person }) => people.has(person))
      .map((statement) => ({ statement, policy: result.policy })),
  ];
  const found = new Map<string, Diagnostic>();
  for (const { statement, policy } of concerned) {
    const { person, period, paid = [] } = statement;
    const other = [policy, ...paid].find(({ currency }) => currency !== model.currency)?.currency;
    if (other === undefined || found.has(person)) continue;
    found.set(person, messages.otherCurrency(person, { period, currency: other, own: model.currency }));
  }
  return [...found.values()];
}

/** What would have been corrected, and ended too long ago. */
function notCorrected(late: readonly Adjustment[], { model }: ClosedSince): readonly Diagnostic[] {
  const { within } = model.corrections;
  if (!within) return [];
  return [...groupedBy(late, ({ period }) => period)].map(([period, all]) => {
    const people = new Set(all.map(({ person }) => person)).size;
    const amount = all.reduce((sum, each) => add(sum, exact(each.amount)), ZERO);
    return messages.tooLongAgo(period, {
      within: `${within.count} ${within.unit}s`,
      people: people === 1 ? '1 person' : `${people} people`,
      amount: `${exactText(amount)} ${model.currency}`,
    });
  });
}

function groupedBy(
  all: readonly Adjustment[],
  keyOf: (each: Adjustment) => string,
): ReadonlyMap<string, readonly Adjustment[]> {
  const groups = new Map<string, Adjustment[]>();
  for (const each of all) {
    const own = groups.get(keyOf(each));
    if (own) own.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return groups;
}

// A person over all closed periods: earned, payable and paid, what goes on, what was won and kept, and what was said.

import { add, type Exact, exact, exactText, isZero, subtract, ZERO } from '../base/exact.ts';
import type { History, HistoryPeriod } from '../model/history.ts';
import type { CloseBody, LedgerRecord } from '../model/ledger.ts';
import type { Statement } from '../model/result.ts';
import { adjustedIn } from './booked.ts';
import { closesOf } from './records.ts';
import { type OfStatement, saidOf } from './said.ts';

/** The history of a person; absent where no closed period has a statement of that person. */
export function historyOf(records: readonly LedgerRecord[], person: string): History | undefined {
  const closes = closesOf(records);
  const corrected = correctedBy(closes, person);
  const found = closes.flatMap((close) => {
    const statement = close.body.result.statements.find((each) => each.person === person);
    return statement ? [{ close, statement }] : [];
  });
  const last = found.at(-1);
  if (!last) return undefined;
  const owed = balanceOwed(last.statement);
  return {
    formatVersion: 1,
    person,
    name: last.statement.name,
    currency: last.close.body.result.policy.currency,
    periods: found.map(({ close, statement }) => ({
      ...periodOf(close, statement),
      ...amount('corrected', corrected.get(close.body.period) ?? ZERO),
      ...said(records, { person, period: close.body.period }),
    })),
    ...amount('owed', exact(owed)),
  };
}

/** Ids of all people with a statement in any closed period, or in one of them, in order. */
export function peopleIn(records: readonly LedgerRecord[], period?: string): readonly string[] {
  const closes = closesOf(records).filter(({ body }) => period === undefined || body.period === period);
  return [
    ...new Set(closes.flatMap(({ body }) => body.result.statements.map(({ person }) => person))),
  ].sort();
}

function periodOf(
  { by, at, body }: LedgerRecord<CloseBody>,
  statement: Statement,
): Omit<HistoryPeriod, 'comments' | 'acknowledged'> {
  const {
    period,
    roles,
    pay,
    balances = [],
    due = [],
    awards = [],
    kept = [],
    levels = [],
    points,
  } = statement;
  const adjusted = adjustedIn(statement);
  const payable = exactText(subtract(exact(pay), adjusted));
  return {
    period,
    policy: body.policy,
    closed: { by, at },
    roles: roles.map(({ role }) => role),
    earned: statement.earned ?? payable,
    payable,
    ...amount('adjusted', adjusted),
    paid: pay,
    balances,
    due,
    ...(points && { points }),
    won: awards.filter(({ won }) => won).map(({ award }) => award),
    kept: kept.filter((each) => each.period === period),
    levels: levels.filter(({ since }) => since === period).map(({ level }) => level),
  };
}

/** What later closes paid or took, by the closed period that it was for. */
function correctedBy(closes: readonly LedgerRecord<CloseBody>[], person: string): ReadonlyMap<string, Exact> {
  const sums = new Map<string, Exact>();
  for (const { body } of closes) {
    const lines = body.result.statements.find((each) => each.person === person)?.lines ?? [];
    for (const { kind, period, amount: moved } of lines) {
      if (kind === 'adjustment') sums.set(period, add(sums.get(period) ?? ZERO, exact(moved)));
    }
  }
  return sums;
}

/** What a statement leaves owed. */
export function balanceOwed({ balances = [] }: Statement): string {
  return balances.find(({ kind }) => kind === 'owed')?.after ?? '0';
}

function said(records: readonly LedgerRecord[], of: OfStatement) {
  const { comments, acknowledgements } = saidOf(records, of);
  return { comments, acknowledged: acknowledgements };
}

/** An amount that is left out where it is nothing. */
function amount<Name extends string>(name: Name, value: Exact): Partial<Record<Name, string>> {
  return isZero(value) ? {} : ({ [name]: exactText(value) } as Record<Name, string>);
}

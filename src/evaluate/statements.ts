// Statements: each person's pay of a period as lines, with what was measured, scored and gated beside it.

import { equals, exactText, isZero, ZERO } from '../base/exact.ts';
import { atOnce, type Work } from '../base/limits.ts';
import type { Period } from '../base/period.ts';
import type { Balance, DueLine, PayLine } from '../model/pay-lines.ts';
import type { Stay } from '../model/people.ts';
import type { RoleStatement, Statement } from '../model/result.ts';
import { carriedPeriods, completeOf } from '../query/carried.ts';
import { staysOfPerson } from '../query/persons.ts';
import {
  earnedOf,
  isScheduled,
  laterPart,
  lineOf,
  type PayAmount,
  payableOf,
  type Scheduled,
} from './amounts.ts';
import { type Carried, carriedOn, type Due, nothingCarried } from './carried.ts';
import type { Run } from './cell.ts';
import { longerIn, measuredIn, pendingIn } from './measured.ts';
import { seldomPaid, takesSeldomPaid } from './needed.ts';
import { isOwedOrDue, type PersonPay, personPay } from './person-pay.ts';
import { letGo, stayPlace } from './places.ts';

/** Statements of the periods; pay of those before them that it goes on from is worked out too. */
export function* statementsOf(run: Run, periods: readonly Period[]): Work<readonly Statement[]> {
  const all: Statement[] = [];
  const { work } = yield* payInOrder(run, run.people.stays, periods);
  for (const period of periods) {
    const pay = yield* work(period);
    for (const each of pay) all.push(statementOf(run, each));
  }
  return all;
}

/** What everybody is paid in the periods, without statements of it. */
export function allPay(run: Run, periods: readonly Period[]): readonly PersonPay[] {
  return atOnce(payOfStays(run, run.people.stays, periods));
}

/** What everybody carries on from a period. */
export function* carriedAfter(run: Run, last: Period): Work<ReadonlyMap<string, Carried>> {
  const { work, carried } = yield* payInOrder(run, run.people.stays, [last]);
  yield* work(last);
  return carried;
}

/** What one person is paid in each of the periods in which there is a statement. */
export function payOf(run: Run, person: string, periods: readonly Period[]): readonly PersonPay[] {
  return atOnce(payOfStays(run, staysOfPerson(run.people, person), periods));
}

function* payOfStays(
  run: Run,
  stays: readonly Stay[],
  periods: readonly Period[],
): Work<readonly PersonPay[]> {
  const all: PersonPay[] = [];
  const { work } = yield* payInOrder(run, stays, periods);
  for (const period of periods) for (const each of yield* work(period)) all.push(each);
  return all;
}

/** Pay of periods that are asked for in their order, and what people carry on from the last one. */
interface InOrder {
  readonly work: (period: Period) => Work<readonly PersonPay[]>;
  readonly carried: ReadonlyMap<string, Carried>;
}

/** Works out what the periods go on from, and gives what works the periods out. */
function* payInOrder(run: Run, stays: readonly Stay[], periods: readonly Period[]): Work<InOrder> {
  const { opening } = run;
  const carried = carriedOn(opening?.carried ?? new Map());
  const complete = completeOf(run.model);
  let goesOn = opening !== undefined;
  function* work(period: Period, by = run): Work<readonly PersonPay[]> {
    if (!goesOn) carried.clear();
    // what an earlier version handed on doesn't end with data that this one begins with
    goesOn = opening !== undefined || complete === undefined || period.from >= complete;
    // the cells of the period before are still asked for
    letGo(run, period.from - 1);
    const all: PersonPay[] = [];
    for (const { person, stays: own } of peopleIn(stays, period, carried)) {
      const before = carried.get(person) ?? nothingCarried();
      carried.set(person, before);
      all.push(personPay(by, { person, stays: own, period }, before));
      yield 1;
    }
    return all;
  }
  const { unrounded: _, ...asPaid } = run;
  for (const period of carriedPeriods(run.model, run, periods)) yield* work(period, asPaid);
  return { work: (period) => work(period), carried };
}

/** Who has a day in the period, and who has left and is owed, or owes, something. */
function peopleIn(
  all: readonly Stay[],
  period: Period,
  carried: ReadonlyMap<string, Carried>,
): readonly { readonly person: string; readonly stays: readonly Stay[] }[] {
  const people = new Map<string, Stay[]>();
  for (const stay of all) {
    const isHere = stay.from < period.until && stay.until > period.from;
    const goesOn = carried.get(stay.person);
    if (!isHere && !(goesOn && isOwedOrDue(goesOn, period))) continue;
    const own = people.get(stay.person) ?? [];
    people.set(stay.person, own);
    if (isHere) own.push(stay);
  }
  return [...people].map(([person, own]) => ({
    person,
    stays: own.sort((a, b) => a.from - b.from || a.index - b.index),
  }));
}

/** What a person's pay of a period says as a statement. */
export function statementOf(run: Run, pay: PersonPay): Statement {
  const { person, period, own } = pay;
  const scheduled = pay.due.filter(isScheduled);
  const roles = pay.roles.map(({ stay, amounts }) => roleStatement(run, stay, { pay, amounts }));
  const all = [...pay.roles.flatMap((each) => each.amounts), ...own];
  const balances = balanceLines(pay);
  return {
    person,
    name: nameOf(run, person, period),
    period: period.id,
    roles,
    ...(own.length > 0 ? { lines: own.map((each) => payLine(run, each, pay)) } : {}),
    ...earnedWhere(all),
    pay: exactText(payableOf(all)),
    ...(takesSeldomPaid(run) ? seldomPaid().paidWhere(run, all, pay) : {}),
    ...(balances.length > 0 ? { balances } : {}),
    ...(scheduled.length > 0 ? { due: scheduled.toSorted(inOrder).map(dueLine) } : {}),
    ...(takesSeldomPaid(run) ? seldomPaid().besidePay(run, person, period) : {}),
  };
}

function nameOf(run: Run, person: string, period: Period): string {
  const stays = staysOfPerson(run.people, person).filter((each) => each.from < period.until);
  const last = stays.toSorted((a, b) => a.from - b.from || a.index - b.index).at(-1)!;
  return last.rows.findLast((row) => row.from < period.until)!.name;
}

function payLine(run: Run, amount: PayAmount, pay: PersonPay): PayLine {
  const paid = takesSeldomPaid(run) && seldomPaid().paidIn(run, amount, pay);
  return { ...lineOf(amount, pay.isLost), ...(paid ? { paid } : {}) };
}

/** What is earned, where that isn't what is payable. */
function earnedWhere(amounts: readonly PayAmount[]): { readonly earned?: string } {
  const earned = earnedOf(amounts);
  return equals(earned, payableOf(amounts)) ? {} : { earned: exactText(earned) };
}

function roleStatement(
  run: Run,
  stay: Stay,
  { pay, amounts }: { readonly pay: PersonPay; readonly amounts: readonly PayAmount[] },
): RoleStatement {
  const { period } = pay;
  const role = run.roles.get(stay.role)!;
  const longer = longerIn(run, { stay, period });
  const pending = pendingIn(run, { stay, period });
  const team = stayPlace(run, stay, period).held.at(-1)!.row.team;
  return {
    role: role.name,
    ...(role.title === undefined ? {} : { title: role.title }),
    ...(team === undefined ? {} : { team }),
    ...measuredIn(run, { stay, period }),
    ...(longer.length > 0 ? { longer } : {}),
    lines: amounts.map((each) => payLine(run, each, pay)),
    ...(pending.length > 0 ? { pending } : {}),
    ...earnedWhere(amounts),
    total: exactText(payableOf(amounts)),
  };
}

// ---- what goes on ----------------------------------------------------------------------------------------------

/** What is owed of draws and kept by caps, before the period and after it. */
function balanceLines({ before, after }: PersonPay): readonly Balance[] {
  return (['owed', 'excess'] as const).flatMap((kind) =>
    [...after[kind]].flatMap(([key, { role, amount }]): readonly Balance[] => {
      const opening = before[kind].get(key)?.amount ?? ZERO;
      if (isZero(opening) && isZero(amount)) return [];
      return [
        {
          kind: kind === 'owed' ? 'draw' : 'excess',
          ...(role === undefined ? {} : { role }),
          before: exactText(opening),
          after: exactText(amount),
        },
      ];
    }),
  );
}

function dueLine(due: Due & Scheduled): DueLine {
  const { name, title, role, over } = due.from;
  return {
    ...laterPart(due),
    name,
    ...(title === undefined ? {} : { title }),
    ...(role === undefined ? {} : { role }),
    earnedIn: over,
  };
}

function inOrder(a: Due, b: Due): number {
  return a.period.from - b.period.from;
}

// Statements: each person's pay of a period as lines, with what was measured, scored and gated beside it.

import { dayText } from '../base/date.ts';
import { equals, exactText, isZero, ZERO } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import type { Stay } from '../model/people.ts';
import type { Role } from '../model/policy.ts';
import type { Balance, DueLine, PayLine, RoleStatement, Statement } from '../model/result.ts';
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
import { besidePay } from './award-lines.ts';
import { type Carried, type Due, nothingCarried } from './carried.ts';
import { type CellPlace, daysOf, type Run } from './cell.ts';
import { heldShare, presentDays } from './days.ts';
import { figuresShown, gateLines, kpiLine, scoreLines } from './lines.ts';
import { paidIn, paidWhere } from './pays-in.ts';
import { isOwedOrDue, type PersonPay, personPay } from './person-pay.ts';
import { letGo, stayPlace } from './places.ts';

/** Statements of the periods; pay of those before them that it goes on from is worked out too. */
export function statementsOf(run: Run, periods: readonly Period[]): readonly Statement[] {
  const carried = new Map<string, Carried>();
  const complete = completeOf(run.model);
  let goesOn = false;
  const work = (period: Period): readonly PersonPay[] => {
    if (!goesOn) carried.clear();
    goesOn = complete === undefined || period.from >= complete;
    // the cells of the period before are still asked for
    letGo(run, period.from - 1);
    return peopleIn(run, period, carried).map(({ person, stays }) => {
      const own = carried.get(person) ?? nothingCarried();
      carried.set(person, own);
      return personPay(run, { person, stays, period }, own);
    });
  };
  for (const period of carriedPeriods(run.model, run.people, periods)) work(period);
  return periods.flatMap((period) => work(period).map((each) => statementOf(run, each)));
}

/** Who has a day in the period, and who has left and is owed, or owes, something. */
function peopleIn(
  run: Run,
  period: Period,
  carried: ReadonlyMap<string, Carried>,
): readonly { readonly person: string; readonly stays: readonly Stay[] }[] {
  const people = new Map<string, Stay[]>();
  for (const stay of run.people.stays) {
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

function statementOf(run: Run, pay: PersonPay): Statement {
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
    ...paidWhere(run, all, pay),
    ...(balances.length > 0 ? { balances } : {}),
    ...(scheduled.length > 0 ? { due: scheduled.toSorted(inOrder).map(dueLine) } : {}),
    ...besidePay(run, person, period),
  };
}

function nameOf(run: Run, person: string, period: Period): string {
  const stays = staysOfPerson(run.people, person).filter((each) => each.from < period.until);
  const last = stays.toSorted((a, b) => a.from - b.from || a.index - b.index).at(-1)!;
  return last.rows.findLast((row) => row.from < period.until)!.name;
}

function payLine(run: Run, amount: PayAmount, pay: PersonPay): PayLine {
  const paid = paidIn(run, amount, pay);
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
  const place = stayPlace(run, stay, pay.period);
  const role = run.roles.get(stay.role)!;
  const team = place.held.at(-1)!.row.team;
  return {
    role: role.name,
    ...(role.title === undefined ? {} : { title: role.title }),
    ...(team === undefined ? {} : { team }),
    from: dayText(place.held[0]!.from),
    until: dayText(place.held.at(-1)!.until - 1),
    days: daysOf(place.held),
    daysInPeriod: pay.period.until - pay.period.from,
    ...absenceIn(run, role, place),
    kpis: figuresShown(run, role, place.held).map((figure) => kpiLine(run, figure, place)),
    ...(role.scorecard ? { score: scoreLines(run, place) } : {}),
    gates: gateLines(run, role, place),
    lines: amounts.map((each) => payLine(run, each, pay)),
    ...earnedWhere(amounts),
    total: exactText(payableOf(amounts)),
  };
}

/** Days of absence, and what counts of the period where days don't say it. */
function absenceIn(run: Run, role: Role, place: CellPlace): Pick<RoleStatement, 'absent' | 'counted'> {
  const absent = daysOf(place.held) - presentDays(run, place.held);
  const counted = heldShare(run, role, place).prorated;
  return { ...(absent > 0 ? { absent } : {}), ...(counted?.by ? { counted } : {}) };
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

// The stage: facts in, statements of people and results of groups out. Formulas are worked out stay by stay and period
// by period; a bonus with a longer grain is earned in the period in which that grain, or the role, ends.

import { dayText } from '../base/date.ts';
import { type Exact, exact, exactText } from '../base/exact.ts';
import { type Period, periodAt } from '../base/period.ts';
import type { Scope } from '../model/expression.ts';
import type { Stay } from '../model/people.ts';
import type { Bonus, Cap } from '../model/policy.ts';
import type { GroupResult, KpiLine, PayLine, Result, RoleStatement, Statement } from '../model/result.ts';
import { groupValue, valuesBetween } from '../query/groups.ts';
import {
  type CellPlace,
  daysOf,
  type Held,
  heldDays,
  type Run,
  stayCell,
  type Viewer,
  wordsOf,
} from './cell.ts';
import { figuresShown, gateLines, inputsOf, kpiLine, scoreLines } from './lines.ts';
import { payBonus, sumOf, takenByCap } from './pay.ts';

/** The evaluated part of a `Result`. */
export type Evaluated = Pick<Result, 'statements' | 'groups' | 'company'>;

export function evaluateRun(run: Run, periods: readonly Period[]): Evaluated {
  const statements = periods.flatMap((period) => statementsOf(run, period));
  return {
    statements,
    groups: run.model.reports.flatMap((attribute) =>
      periods.flatMap((period) => groupsOf(run, attribute, period, statements)),
    ),
    company: periods.map((period) => ({
      period: period.id,
      kpis: sharedKpis(run, { kind: 'company' }, period),
    })),
  };
}

// ---- people ------------------------------------------------------------------------------------------------

function statementsOf(run: Run, period: Period): readonly Statement[] {
  const { stays } = run.people;
  const people = new Map<string, Stay[]>();
  for (const stay of stays) {
    if (stay.from >= period.until || stay.until <= period.from) continue;
    const own = people.get(stay.person);
    if (own) own.push(stay);
    else people.set(stay.person, [stay]);
  }
  return [...people].map(([person, own]) => {
    const roles = own
      .sort((a, b) => a.from - b.from || a.index - b.index)
      .map((stay) => roleStatement(run, stay, period));
    const name = own.at(-1)!.rows.findLast((row) => row.from < period.until)!.name;
    return {
      person,
      name,
      period: period.id,
      roles,
      pay: exactText(sumOf(roles.map((each) => exact(each.total)))),
    };
  });
}

function roleStatement(run: Run, stay: Stay, period: Period): RoleStatement {
  const place = stayCell(run, stay, period);
  const role = run.roles.get(stay.role)!;
  const lines = payLines(run, stay, period, place);
  const team = place.held.at(-1)!.row.team;
  return {
    role: role.name,
    ...(role.title === undefined ? {} : { title: role.title }),
    ...(team === undefined ? {} : { team }),
    from: dayText(place.held[0]!.from),
    until: dayText(place.held.at(-1)!.until - 1),
    days: daysOf(place.held),
    daysInPeriod: period.until - period.from,
    kpis: figuresShown(run, role).map((figure) => kpiLine(run, figure, place)),
    ...(role.scorecard ? { score: scoreLines(run, place) } : {}),
    gates: gateLines(run, role, place),
    lines,
    total: exactText(sumOf(lines.map((each) => exact(each.amount)))),
  };
}

/** Bonuses in the policy's order, then what caps take; each line rounded, so that they add up to the total. */
function payLines(run: Run, stay: Stay, period: Period, place: CellPlace): readonly PayLine[] {
  const { model } = run;
  const role = run.roles.get(stay.role)!;
  const places = new Map<string, readonly CellPlace[]>([[model.grain, [place]]]);
  const placesOf = (grain: Bonus['grain']): readonly CellPlace[] => {
    const found = places.get(grain) ?? earnedIn(stay, grain, period).map((each) => stayCell(run, stay, each));
    places.set(grain, found);
    return found;
  };
  const paid = role.bonuses.flatMap((bonus) =>
    placesOf(bonus.grain).map((each) => ({ bonus, place: each, line: bonusLine(run, bonus, each) })),
  );
  const lines: PayLine[] = paid.map((each) => each.line);
  for (const cap of role.caps) {
    for (const each of placesOf(cap.grain)) {
      const counted = paid
        .filter((bonus) => cap.inAll || (bonus.bonus.grain === cap.grain && bonus.place === each))
        .map((bonus) => bonus.line);
      const before = lines.filter(
        (line) => line.kind === 'cap' && (cap.inAll || line.period === each.period.id),
      );
      const line = capLine(run, cap, each, [...counted, ...before]);
      if (line) lines.push(line);
    }
  }
  return lines;
}

/** The periods of a longer grain that are earned in this period: those whose end, or the stay's if sooner, lies in it. */
function earnedIn(stay: Stay, grain: Bonus['grain'], period: Period): readonly Period[] {
  const first = periodAt(grain, Math.max(stay.from, period.from));
  const last = periodAt(grain, Math.min(stay.until, period.until) - 1);
  const found = first.id === last.id ? [first] : [first, last];
  return found.filter((each) => {
    const end = Math.min(each.until, stay.until) - 1;
    return end >= period.from && end < period.until;
  });
}

function bonusLine(run: Run, bonus: Bonus, place: CellPlace): PayLine {
  const paid = payBonus(run, bonus, place);
  const conditions = bonus.when ? inputsOf(run, bonus.when, place) : [];
  const inputs = inputsOf(run, bonus.value, place);
  return {
    kind: 'bonus',
    name: bonus.name,
    ...(bonus.title === undefined ? {} : { title: bonus.title }),
    ...(bonus.doc === undefined ? {} : { doc: bonus.doc }),
    period: place.period.id,
    formula: wordsOf(run, bonus.value.span),
    ...(bonus.when ? { condition: wordsOf(run, bonus.when.span) } : {}),
    inputs: [...inputs, ...conditions.filter((each) => !inputs.some((other) => other.text === each.text))],
    ...(paid.prorated ? { prorated: paid.prorated } : {}),
    computed: exactText(paid.computed),
    amount: exactText(paid.amount),
    ...(paid.because.length > 0 ? { because: paid.because } : {}),
  };
}

function capLine(run: Run, cap: Cap, place: CellPlace, counted: readonly PayLine[]): PayLine | undefined {
  const total = sumOf(counted.map((each) => exact(each.amount)));
  const { most, taken } = takenByCap(run, cap, place, total);
  if (taken.num === 0) return undefined;
  return {
    kind: 'cap',
    name: 'cap',
    period: place.period.id,
    formula: wordsOf(run, cap.amount.span),
    inputs: inputsOf(run, cap.amount, place),
    computed: exactText(taken),
    amount: exactText(taken),
    because: [{ kind: 'cap', cap: exactText(most) }],
  };
}

// ---- groups and the company --------------------------------------------------------------------------------

type SharedViewer = Viewer & { readonly kind: 'value' | 'company' };

function groupsOf(
  run: Run,
  attribute: string,
  period: Period,
  statements: readonly Statement[],
): readonly GroupResult[] {
  const last = valuesOnLastDay(run, attribute, period);
  return valuesBetween(run.model, run.people.stays, attribute, period).map((value) => {
    const members = [...last].filter(([, each]) => each === value).map(([person]) => person);
    const theirs = new Set(members);
    const pay = statements
      .filter((each) => each.period === period.id && theirs.has(each.person))
      .map((each): Exact => exact(each.pay));
    return {
      attribute,
      value,
      period: period.id,
      people: members.length,
      kpis: sharedKpis(run, { kind: 'value', attribute, value }, period),
      pay: exactText(sumOf(pay)),
    };
  });
}

/** Each person's value of an attribute on their last day in the period. */
function valuesOnLastDay(
  { model, people }: Run,
  attribute: string,
  period: Period,
): ReadonlyMap<string, string | undefined> {
  const last = new Map<string, Held>();
  for (const stay of people.stays) {
    const held = heldDays(stay, period).at(-1);
    if (held && held.until >= (last.get(stay.person)?.until ?? held.until)) last.set(stay.person, held);
  }
  return new Map([...last].map(([person, { row }]) => [person, groupValue(model, row, attribute)]));
}

/** Every KPI that can be asked of many people at once. */
function sharedKpis(run: Run, viewer: SharedViewer, period: Period): readonly KpiLine[] {
  const place: CellPlace = { viewer, period, held: [], known: new Map() };
  const theirs = new Map(
    run.model.figures
      .filter((each) => each.window.kind === 'period' && isSeenBy(viewer, each.scope))
      .map((each) => [each.name, each]),
  );
  return run.model.kpis.flatMap((kpi) => {
    const figure = theirs.get(kpi.name);
    return figure ? [kpiLine(run, figure, place)] : [];
  });
}

function isSeenBy(viewer: SharedViewer, scope: Scope): boolean {
  if (viewer.kind === 'company') return scope.kind === 'company';
  return scope.kind === 'group' && scope.attribute === viewer.attribute;
}

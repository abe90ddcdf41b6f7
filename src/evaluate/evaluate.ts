// The stage: facts in, statements of people and results of groups out. Formulas are worked out stay by stay and period
// by period.

import { FIRST_DAY } from '../base/date.ts';
import { type Exact, exact, exactText } from '../base/exact.ts';
import type { Work } from '../base/limits.ts';
import type { Period } from '../base/period.ts';
import type { Scope } from '../model/expression.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import type { GroupResult, Result, Statement } from '../model/result.ts';
import { type DayRange, groupValue, valuesBetween } from '../query/groups.ts';
import { type Held, heldDays, type Run, type Viewer } from './cell.ts';
import { kpiLine } from './lines.ts';
import { seldomPaid } from './needed.ts';
import { sumOf } from './pay.ts';
import { placeOf } from './places.ts';
import { statementsOf } from './statements.ts';

/** The evaluated part of a `Result`. */
export type Evaluated = Pick<Result, 'statements' | 'groups' | 'company' | 'pools'>;

/** Work with a pause after each person's pay of a period. */
export function* evaluateRun(run: Run, periods: readonly Period[]): Work<Evaluated> {
  const statements = yield* statementsOf(run, periods);
  return {
    statements,
    groups: run.model.reports.flatMap((attribute) =>
      periods.flatMap((period) => groupsOf(run, attribute, period, statements)),
    ),
    company: periods.map((period) => ({
      period: period.id,
      kpis: sharedKpis(run, { kind: 'company' }, period),
    })),
    ...(run.model.pools.length > 0 ? { pools: seldomPaid().poolResults(run, periods) } : {}),
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
    return {
      attribute,
      value,
      period: period.id,
      people: members.length,
      kpis: sharedKpis(run, { kind: 'value', attribute, value }, period),
      pay: groupPay(run, { attribute, value, period }, statements),
    };
  });
}

/** What the people of a group are paid by statements of a period. */
export function groupPay(
  run: Run,
  { attribute, value, period }: Pick<GroupResult, 'attribute' | 'value'> & { readonly period: Period },
  statements: readonly Statement[],
): string {
  const last = valuesOnLastDay(run, attribute, period);
  // what is due to who has left is paid to the group that they were in last
  const ever = valuesOnLastDay(run, attribute, { from: FIRST_DAY, until: period.until });
  const groupOf = (person: string) => (last.has(person) ? last : ever).get(person);
  const pay = statements
    .filter((each) => each.period === period.id && groupOf(each.person) === value)
    .map((each): Exact => exact(each.pay));
  return exactText(sumOf(pay));
}

/** Each person's value of an attribute on their last day in a range. */
function valuesOnLastDay(
  { model, people }: Run,
  attribute: string,
  days: DayRange,
): ReadonlyMap<string, string | undefined> {
  const last = new Map<string, Held>();
  for (const stay of people.stays) {
    const held = heldDays(stay, days).at(-1);
    if (held && held.until >= (last.get(stay.person)?.until ?? held.until)) last.set(stay.person, held);
  }
  return new Map([...last].map(([person, { row }]) => [person, groupValue(model, row, attribute)]));
}

/** Every KPI that can be asked of many people at once. */
function sharedKpis(run: Run, viewer: SharedViewer, period: Period): readonly KpiLine[] {
  const place = placeOf(run, viewer, period);
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
  return scope.kind === 'group' && !scope.below && scope.attribute === viewer.attribute;
}

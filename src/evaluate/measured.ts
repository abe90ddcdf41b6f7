// What a statement shows of what was measured of a stay: over the statement's own period, and over longer ones, of which
// bonuses are earned in it; and the bonuses that are to come.

import { dayText } from '../base/date.ts';
import { RunError } from '../base/diagnostic.ts';
import { type Grain, type Period, periodAt } from '../base/period.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import type { Role } from '../model/policy.ts';
import type { LongerPeriod, Measured, PendingBonus } from '../model/result.ts';
import { reads } from '../query/named.ts';
import { type CellPlace, daysOf, type Run, wordsOf } from './cell.ts';
import { heldShare, presentDays } from './days.ts';
import { figuresNamed, figuresShown, gateLines, kpiLine, scoreLines } from './lines.ts';
import { stayPlace } from './places.ts';
import { earnedIn, type StayIn } from './role-pay.ts';

/** What was measured of a stay in a period of the policy. */
export function measuredIn(run: Run, { stay, period }: StayIn): Measured {
  const place = stayPlace(run, stay, period);
  const role = run.roles.get(stay.role)!;
  return {
    ...daysIn(run, role, place),
    kpis: figuresShown(run, role, place.held).map((figure) => kpiLine(run, figure, place)),
    ...(role.scorecard ? { score: scoreLines(run, place) } : {}),
    gates: gateLines(run, role, place),
  };
}

/** The days of a role in a period; of absence, and what counts where days don't say it, where there is any. */
function daysIn(run: Run, role: Role, place: CellPlace): Omit<Measured, 'kpis' | 'score' | 'gates'> {
  const { held, period } = place;
  const days = daysOf(held);
  const absent = days - presentDays(run, held);
  const counted = heldShare(run, role, place).prorated;
  return {
    from: dayText(held[0]!.from),
    until: dayText(held.at(-1)!.until - 1),
    days,
    daysInPeriod: period.until - period.from,
    ...(absent > 0 ? { absent } : {}),
    ...(counted?.by ? { counted } : {}),
  };
}

// ---- longer periods ------------------------------------------------------------------------------------------------

/** The longer periods of which a stay's bonuses are earned in a period of the policy, in order of time. */
export function longerIn(run: Run, { stay, period }: StayIn): readonly LongerPeriod[] {
  const { bonuses } = run.roles.get(stay.role)!;
  return longerGrains(run, bonuses)
    .flatMap((grain) => earnedIn(run, stay, grain, period))
    .map((over) =>
      longerPeriod(
        run,
        { stay, period: over },
        bonuses.filter((each) => each.grain === over.grain),
      ),
    );
}

function longerGrains({ model }: Run, bonuses: readonly Bonus[]): readonly Grain[] {
  return [...new Set(bonuses.map((each) => each.grain))].filter((grain) => grain !== model.grain);
}

function longerPeriod(run: Run, { stay, period }: StayIn, bonuses: readonly Bonus[]): LongerPeriod {
  const place = stayPlace(run, stay, period);
  const role = run.roles.get(stay.role)!;
  const formulas = bonuses.flatMap(formulasOf);
  const gated = bonuses.some((each) => each.gated);
  const scored =
    role.scorecard !== undefined && formulas.some((each) => reads(run.model, each, { role, kind: 'score' }));
  const gates = gated
    ? role.gates.flatMap(({ condition, when }) => (when ? [condition, when] : [condition]))
    : [];
  const scorecard = scored ? role.scorecard!.map(({ kpi }) => kpi) : [];
  const score = scored ? ifRead(() => scoreLines(run, place)) : undefined;
  return {
    period: period.id,
    bonuses: bonuses.map(({ name }) => name),
    ...daysIn(run, role, place),
    kpis: figuresNamed(run, [...formulas, ...gates], scorecard).flatMap(
      (figure) => ifRead(() => kpiLine(run, figure, place)) ?? [],
    ),
    ...(score ? { score } : {}),
    gates: gated ? gateLines(run, role, place) : [],
  };
}

function formulasOf({ value, when, cap, floor }: Bonus): readonly Expression[] {
  return [value, when, cap, floor].filter((each) => each !== undefined);
}

/** What a statement shows of a longer period; nothing where a condition has kept from being read what has no value there. */
function ifRead<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (fault) {
    if (fault instanceof RunError) return undefined;
    throw fault;
  }
}

// ---- what is to come -----------------------------------------------------------------------------------------------

/** Bonuses of a stay over longer periods that go on after this one, in the policy's order. */
export function pendingIn(run: Run, { stay, period }: StayIn): readonly PendingBonus[] {
  const { bonuses } = run.roles.get(stay.role)!;
  return bonuses
    .filter((each) => each.grain !== run.model.grain)
    .flatMap((bonus) => {
      const over = goesOn(run, bonus.grain, { stay, period });
      return over ? [pendingBonus(run, bonus, over)] : [];
    });
}

/** The longer period that holds the stay's last day in this one and isn't earned in it. */
function goesOn(run: Run, grain: Grain, { stay, period }: StayIn): Period | undefined {
  const over = periodAt(grain, Math.min(stay.until, period.until) - 1);
  return earnedIn(run, stay, grain, period).some(({ id }) => id === over.id) ? undefined : over;
}

function pendingBonus(run: Run, bonus: Bonus, over: Period): PendingBonus {
  const { name, title, doc, value, when, whileEmployed } = bonus;
  return {
    name,
    ...(title === undefined ? {} : { title }),
    ...(doc === undefined ? {} : { doc }),
    formula: wordsOf(run, value.span),
    ...(when ? { condition: wordsOf(run, when.span) } : {}),
    period: over.id,
    earnedIn: periodAt(run.model.grain, over.until - 1).id,
    ...(whileEmployed ? { stillThereOn: dayText(over.until - 1) } : {}),
  };
}

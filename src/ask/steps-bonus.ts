// Steps of a bonus: its formula, the days that count, its condition and gates, its floor and cap, and what is rounded; of
// a bonus per event its rows.

import { dayText } from '../base/date.ts';
import { add, type Exact, exactText, multiply, ONE, ZERO } from '../base/exact.ts';
import type { CellPlace, Run } from '../evaluate/cell.ts';
import { heldShare } from '../evaluate/days.ts';
import { boundIn, gateApplies, type PaidBonus, paidBonus, roleOf } from '../evaluate/pay.ts';
import type { CountedRow } from '../evaluate/per-event.ts';
import type { BonusHow, RestOfSum, Step } from '../model/explanation.ts';
import type { Expression } from '../model/expression.ts';
import type { Bonus } from '../model/pay.ts';
import { type Explaining, MONEY, money, onceNamed, saidOf, shownValue, TRUTH } from './explaining.ts';
import { insideOf, stepIn, stepOf } from './steps.ts';
import type { Asked } from './steps-target.ts';

/** A bonus that another formula names. */
export function bonusRead(explaining: Explaining, name: string, { place, head }: Asked): Step {
  const { run } = explaining;
  const cell = place.asPaid ?? place.row?.cell ?? place;
  const bonus = roleOf(cell).bonuses.find((each) => each.name === name)!;
  const named = { kind: 'bonus', ...head, name, ...titleOf(bonus), place: cell } as const;
  return onceNamed(explaining, named, () =>
    bonusParts(explaining, paidBonus(run, bonus, cell), {
      place: cell,
      counts: place.asPaid ? 'rounded' : 'before rounding',
    }),
  );
}

export function titleOf({ title }: { readonly title?: string }): { readonly title?: string } {
  return title === undefined ? {} : { title };
}

/** How a bonus of a cell came about; `counts` says which of its values the step has. */
export function bonusParts(
  explaining: Explaining,
  paid: PaidBonus,
  { place, counts }: { readonly place: CellPlace; readonly counts: BonusHow['counts'] },
): { readonly how: BonusHow; readonly parts: readonly Step[] } {
  const { run } = explaining;
  const { bonus, perEvent } = paid;
  const rows = perEvent?.counted ?? [];
  const shown = rows.slice(0, explaining.most);
  const others = rows.slice(explaining.most);
  const { step, mode } = run.model.rounding;
  return {
    how: {
      kind: 'bonus',
      counts,
      ...(perEvent
        ? { perEvent: bonus.perEvent!, failed: perEvent.failed, late: perEvent.late, ...restOf(run, others) }
        : {}),
      ...(paid.prorated ? { prorated: paid.prorated } : {}),
      share: exactText(paid.prorated ? heldShare(run, roleOf(place), place).share : ONE),
      computed: exactText(paid.computed),
      because: paid.because,
      payable: exactText(paid.payable),
      rounding: { step, mode },
      earned: exactText(paid.amount),
    },
    parts: [
      ...(perEvent
        ? shown.map((each) => rowStep(explaining, bonus, each))
        : formulaPart(explaining, bonus.value, place)),
      ...(bonus.when && !perEvent
        ? conditionParts(explaining, bonus.when, { place, kind: 'condition' })
        : []),
      ...(bonus.gated ? gateParts(explaining, place) : []),
      ...boundPart(explaining, bonus, { place, kind: 'floor' }),
      ...boundPart(explaining, bonus, { place, kind: 'cap' }),
    ],
  };
}

function restOf(run: Run, others: readonly CountedRow[]): { readonly rest?: RestOfSum } {
  if (others.length === 0) return {};
  const value = exactText(others.reduce((sum, each) => add(sum, each.value), ZERO));
  return { rest: { count: others.length, value: money(run, value) } };
}

/** The formula as a part of what it is the formula of. */
export function formulaPart(explaining: Explaining, formula: Expression, place: CellPlace): readonly Step[] {
  const step = stepIn(explaining, formula, place);
  return step
    ? [{ ...step, kind: step.id === undefined && step.kind === 'operation' ? 'formula' : step.kind }]
    : [];
}

/** A condition, whether it holds. */
export function conditionParts(
  explaining: Explaining,
  condition: Expression,
  { place, kind }: { readonly place: CellPlace; readonly kind: 'condition' | 'gate' },
): readonly Step[] {
  const { run, tracing } = explaining;
  const trace = tracing.of(run, condition, place);
  if (!trace) return [];
  const words = saidOf(run, condition.span);
  return [
    {
      kind,
      name: words.text ?? '',
      ...words,
      value: shownValue(trace.value, TRUTH),
      ...insideOf(explaining, trace),
    },
  ];
}

/** The gates of the role that apply in the cell. */
export function gateParts(explaining: Explaining, place: CellPlace): readonly Step[] {
  return roleOf(place)
    .gates.filter((gate) => gateApplies(explaining.run, gate, place))
    .flatMap(({ condition }) => conditionParts(explaining, condition, { place, kind: 'gate' }));
}

/** The bonus's own floor, for the days that count, or its cap. */
function boundPart(
  explaining: Explaining,
  bonus: Bonus,
  { place, kind }: { readonly place: CellPlace; readonly kind: 'floor' | 'cap' },
): readonly Step[] {
  const amount = bonus[kind];
  if (!amount) return [];
  const { run } = explaining;
  const { share, prorated } = heldShare(run, roleOf(place), place);
  const said = saidOf(run, amount.span);
  const head = { kind, name: said.text ?? '', ...said };
  const whole = boundIn(run, amount, place);
  const formula = formulaPart(explaining, amount, place);
  if (kind === 'cap' || !prorated)
    return [{ ...head, value: shownValue(whole, MONEY(run)), how: { kind: 'same' }, parts: formula }];
  return [
    {
      ...head,
      value: shownValue(multiply(whole, share), MONEY(run)),
      how: { kind: 'share of days', share: exactText(share), prorated },
      parts: formula,
    },
  ];
}

/** What a bonus per event comes to for one row. */
function rowStep(explaining: Explaining, bonus: Bonus, { row, place, value }: CountedRow): Step {
  const { run, tracing } = explaining;
  const trace = tracing.of(run, bonus.value, place);
  const inside: Pick<Step, 'how' | 'parts'> = trace
    ? { how: { kind: 'same' }, parts: [stepOf(explaining, trace)] }
    : { how: { kind: 'given' }, parts: [] };
  return {
    kind: 'row',
    name: row.key,
    value: shownValue(value as Exact, bonus.value.type),
    row: { event: bonus.perEvent!, row: row.row, day: dayText(row.day), share: exactText(row.share) },
    ...inside,
  };
}

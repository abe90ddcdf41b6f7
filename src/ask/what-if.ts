// What would have made a line of pay more: each condition that kept it down, and what the line comes to in a run of its own
// in which the condition is taken to hold. The numbers of such a run stand nowhere else.

import { RunError } from '../base/diagnostic.ts';
import { compare, type Exact, exact, exactText, isZero, negate, subtract } from '../base/exact.ts';
import { runOver } from '../engine.ts';
import { payableOf } from '../evaluate/amounts.ts';
import { type CellPlace, isTop, type Run } from '../evaluate/cell.ts';
import { figureValue } from '../evaluate/lines.ts';
import { roleOf } from '../evaluate/pay.ts';
import type { PersonPay } from '../evaluate/person-pay.ts';
import { viewerKey } from '../evaluate/places.ts';
import { payOf } from '../evaluate/statements.ts';
import type { Gathered } from '../gather.ts';
import { isNumeric } from '../library/types.ts';
import type { WouldPay } from '../model/explanation.ts';
import type { Expression } from '../model/expression.ts';
import { type Explaining, saidOf, shownValue } from './explaining.ts';
import { bonusOf, type PaidLine } from './steps-pay.ts';
import type { Trace } from './trace.ts';

/** A condition that didn't hold, where it was worked out. */
interface Failed {
  readonly kind: WouldPay['kind'];
  readonly trace: Trace;
}

/** What would have made a bonus more; nothing of other lines. */
export function wouldPay(explaining: Explaining, gathered: Gathered, line: PaidLine): readonly WouldPay[] {
  const { amount, stay } = line;
  if (amount.kind !== 'bonus' || !stay) return [];
  const failed = failedConditions(explaining, { ...line, stay });
  const found = failed.flatMap((each) => suppose(explaining, gathered, { line, failed: [each] }));
  if (failed.length < 2) return found;
  const all = suppose(explaining, gathered, { line, failed });
  const isMore = all.some((each) => found.every((one) => compare(exact(one.amount), exact(each.amount)) < 0));
  return isMore ? [...found, ...all] : found;
}

function failedConditions(
  { run, tracing }: Explaining,
  line: PaidLine & { readonly stay: NonNullable<PaidLine['stay']> },
): readonly Failed[] {
  const { bonus, place } = bonusOf(run, line);
  const at = (node: Expression, kind: WouldPay['kind']): readonly Failed[] => {
    const trace = tracing.of(run, node, place);
    return trace?.value === false ? [{ kind, trace }] : [];
  };
  const gates = bonus.gated ? roleOf(place).gates : [];
  const own = bonus.when && bonus.perEvent === undefined ? at(bonus.when, 'condition') : [];
  const value = bonus.perEvent === undefined ? tracing.of(run, bonus.value, place) : undefined;
  return [
    ...own,
    ...gates.flatMap((each) =>
      each.when && tracing.of(run, each.when, place)?.value === false ? [] : at(each.condition, 'gate'),
    ),
    ...(value ? choicesIn(value) : []),
  ];
}

/** Choices within a formula whose condition didn't hold. */
function choicesIn(trace: Trace): readonly Failed[] {
  const { node, parts } = trace;
  const isChoice = node.kind === 'apply' && node.function === 'choose';
  const own: readonly Failed[] =
    isChoice && parts[0]?.value === false ? [{ kind: 'choice', trace: parts[0] }] : [];
  return [...own, ...parts.flatMap(choicesIn)];
}

interface Supposed {
  readonly line: PaidLine;
  readonly failed: readonly Failed[];
}

/** What the line comes to where these hold; nothing where that isn't more. */
function suppose(
  explaining: Explaining,
  gathered: Gathered,
  { line, failed }: Supposed,
): readonly WouldPay[] {
  const { amount, pay } = line;
  const supposed = runOver(gathered, {
    watch: {
      formula: (node, place, work) => {
        const value = work();
        return failed.some(({ trace }) => trace.node === node && isSameCell(trace.place, place))
          ? true
          : value;
      },
    },
  });
  const found = payUnless(supposed, pay);
  const same = found && sameLine(found, line);
  if (!found || !same || compare(same.payable, amount.payable) <= 0) return [];
  const [first] = failed;
  const one = failed.length === 1 ? first : undefined;
  const held = one && heldOf(explaining.run, one.trace);
  return [
    {
      kind: one?.kind ?? 'all of these',
      ...(one ? { ...saidOf(explaining.run, one.trace.node.span) } : {}),
      text: failed.map(({ trace }) => saidOf(explaining.run, trace.node.span).text ?? '').join('; '),
      ...(held ? { held } : {}),
      amount: exactText(same.payable),
      currency: explaining.run.model.currency,
      pay: exactText(payableOf([...found.roles.flatMap((each) => each.amounts), ...found.own])),
    },
  ];
}

/** The pay of that run; nothing where the condition is what keeps a formula from being without a value. */
function payUnless(run: Run, { person, period }: PersonPay): PersonPay | undefined {
  try {
    return payOf(run, person, [period])[0];
  } catch (fault) {
    if (fault instanceof RunError) return undefined;
    throw fault;
  }
}

function isSameCell(a: CellPlace, b: CellPlace): boolean {
  return (
    viewerKey(a.viewer) === viewerKey(b.viewer) &&
    a.period.id === b.period.id &&
    a.period.grain === b.period.grain
  );
}

function sameLine(found: PersonPay, { amount, stay }: PaidLine) {
  const role = found.roles.find((each) => each.stay.index === stay?.index);
  return role?.amounts.find(
    (each) => each.kind === amount.kind && each.name === amount.name && each.over === amount.over,
  );
}

/** Of a comparison of amounts: what was held against what, and how much it is short. */
function heldOf(run: Run, trace: Trace): WouldPay['held'] {
  const failing = failingComparison(trace);
  const [left, right] = failing?.parts ?? [];
  if (!left || !right || !isNumeric(left.node.type) || left.value === undefined || right.value === undefined)
    return undefined;
  if (isTop(left.value) || isTop(right.value) || left.node.kind === 'word place') return undefined;
  const gap = subtract(right.value as Exact, left.value as Exact);
  if (isZero(gap)) return undefined;
  const isBelow = compare(left.value as Exact, right.value as Exact) < 0;
  return {
    text: saidOf(run, left.node.span).text ?? '',
    value: shownValue(left.value, left.node.type),
    bound: figureValue(right.value, left.node.type),
    short: figureValue(isBelow ? gap : negate(gap), left.node.type),
  };
}

/** The one comparison that fails: the condition itself, or a part of a chain of `and`. */
function failingComparison(trace: Trace): Trace | undefined {
  const { node, parts } = trace;
  if (node.kind !== 'apply') return undefined;
  if (node.function === 'and') {
    const failing = parts.filter((each) => each.value === false);
    return failing.length === 1 ? failingComparison(failing[0]!) : undefined;
  }
  return ['<', '<=', '>', '>=', 'is'].includes(node.function) ? trace : undefined;
}

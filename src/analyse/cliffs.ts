// Cliffs: bounds at which one more unit pays less (warnings), and those at which pay jumps (notes), with the amounts on
// both sides worked out exactly.

import type { Diagnostic, Related } from '../base/diagnostic.ts';
import { add, compare, type Exact, exact, sign, ZERO } from '../base/exact.ts';
import { libraryFunction } from '../library/index.ts';
import { valueNotation } from '../library/notation.ts';
import { walk } from '../library/parts.ts';
import { amountPieces, valueAt } from '../library/pieces.ts';
import { isNumeric, isPlain, NUMBER } from '../library/types.ts';
import type { Model } from '../model/policy.ts';
import type { Curve, Rates, Tier } from '../model/tables.ts';
import type { ValueType } from '../model/value.ts';
import { allFormulas } from './formulas.ts';
import * as messages from './messages.ts';
import type { Reading } from './reading.ts';
import { type Use, usesOfCurve } from './uses.ts';

export function cliffLints({ model }: Reading): readonly Diagnostic[] {
  return [
    ...model.rates.flatMap((rates) => ratesCliffs(model, rates)),
    ...model.curves.flatMap((curve) => curveCliffs(model, curve)),
  ];
}

// ---- rates -------------------------------------------------------------------------------------------------

function ratesCliffs(model: Model, rates: Rates): readonly Diagnostic[] {
  const reads = new Set<'amount' | 'rate'>();
  for (const { value } of allFormulas(model))
    walk(value, (node) => {
      if (node.kind !== 'rates' || node.rates !== rates.name) return;
      // of a part the whole amount is at the rate that their ratio reaches
      reads.add(node.whole && rates.mode === 'whole' ? 'rate' : node.read);
    });
  if (rates.mode === 'amounts') return [];
  const jumps = rates.mode === 'whole' || rates.tiers.some((each) => each.onAll);
  if (reads.has('amount') && jumps) return amountCliffs(rates);
  return reads.has('rate') ? rateCliffs(rates) : [];
}

/** Each bound with the rate below it; below the first bound there is none, except that a tier from 0 goes on. */
function bounds({
  tiers,
}: Rates): readonly { readonly tier: Tier; readonly below: Exact; readonly rate: Exact }[] {
  return tiers.flatMap((tier, index) => {
    const before = tiers[index - 1];
    if (!before && sign(exact(tier.bound)) === 0) return [];
    return [{ tier, below: before ? exact(before.rate) : ZERO, rate: exact(tier.rate) }];
  });
}

/** The amounts on both sides of each bound. */
function amountsAt(rates: Rates): readonly { readonly before: Exact; readonly after: Exact }[] {
  const { below, pieces } = amountPieces(rates);
  return pieces.map(({ bound, value }, index) => ({
    before: valueAt(pieces[index - 1]?.value ?? below, bound),
    after: valueAt(value, bound),
  }));
}

/** Where all is paid at the rate reached, the amount jumps at the bound, up or down. */
function amountCliffs(rates: Rates): readonly Diagnostic[] {
  const { input, rate: rateType, name } = rates;
  const product = libraryFunction('*').result([input, rateType]);
  const type: ValueType = isPlain(input) && isPlain(rateType) ? NUMBER : (product as ValueType);
  const drops: Diagnostic[] = [];
  const jumps: Related[] = [];
  const sides = amountsAt(rates);
  for (const [index, tier] of rates.tiers.entries()) {
    const { before, after } = sides[index]!;
    const order = compare(after, before);
    if (order === 0) continue;
    const texts = { before: valueNotation(before, type), after: valueNotation(after, type) };
    const bound = valueNotation(tier.bound, input);
    const isDeduction = sign(before) <= 0 && sign(after) <= 0;
    if (order < 0 && !isDeduction) {
      const sides = tier.includes
        ? { bound: `just below ${bound}`, past: 'from there' }
        : { bound: `at ${bound}`, past: 'just above it' };
      drops.push(messages.amountDrops(tier.span, name, { ...texts, ...sides }));
    } else jumps.push({ span: tier.span, message: `from ${texts.before} to ${texts.after} at ${bound}` });
  }
  return [...drops, ...jumped(name, jumps)];
}

/** A rate that is read by itself jumps at each bound, whatever it multiplies. */
function rateCliffs(rates: Rates): readonly Diagnostic[] {
  const drops: Diagnostic[] = [];
  const jumps: Related[] = [];
  for (const { tier, below, rate } of bounds(rates)) {
    const order = compare(rate, below);
    if (order === 0) continue;
    const [before, after] = [valueNotation(below, rates.rate), valueNotation(rate, rates.rate)];
    const bound = valueNotation(tier.bound, rates.input);
    if (order < 0 && sign(below) > 0)
      drops.push(messages.rateDrops(tier.span, rates.name, { bound, before, after }));
    else jumps.push({ span: tier.span, message: `from ${before} to ${after} at ${bound}` });
  }
  return [...drops, ...jumped(rates.name, jumps)];
}

function jumped(table: string, jumps: readonly Related[]): readonly Diagnostic[] {
  return jumps[0] ? [messages.tableJumps(jumps[0].span, table, jumps)] : [];
}

// ---- curves ------------------------------------------------------------------------------------------------

/** Two scores that follow each other: at two points, or on both sides of one. */
interface Step {
  readonly span: Curve['span'];
  readonly at: string;
  readonly before: Side;
  readonly after: Side;
  /** Whether the score changes at once, not along a line. */
  readonly jumps: boolean;
}

interface Side {
  readonly score: Exact;
  readonly words: string;
}

function curveCliffs(model: Model, curve: Curve): readonly Diagnostic[] {
  const uses = usesOfCurve(model, curve.name);
  // words have no sizes between which a score could jump
  if (uses.length === 0 || !isNumeric(curve.output)) return [];
  const steps = stepsOf(curve).filter((step) => compare(step.before.score, step.after.score) !== 0);
  const jumps: Related[] = [];
  const turned: Diagnostic[] = [];
  for (const step of steps) {
    const turn = turnIn(step, uses);
    const [from, to] = [step.before.score, step.after.score].map((score) =>
      valueNotation(score, curve.output),
    );
    if (turn) turned.push(turn);
    else if (step.jumps) jumps.push({ span: step.span, message: `from ${from} to ${to} at ${step.at}` });
  }
  return [...turned, ...jumped(curve.name, jumps)];
}

/** A score that gets worse where the result gets better. */
function turnIn(step: Step, uses: readonly Use[]): Diagnostic | undefined {
  const rises = compare(step.after.score, step.before.score) > 0;
  const use = uses.find((each) => each.better !== undefined && each.better !== (rises ? 'more' : 'less'));
  if (!use) return undefined;
  const words = [step.before.words, step.after.words];
  const [before, after] = rises ? words.toReversed() : words;
  const better =
    use.better === 'more' ? 'more is better in what is read here' : 'less is better in what is read here';
  return messages.scoreTurns(step.span, { before: before!, after: after!, better, use: use.span });
}

function stepsOf({ points, below, above, slope, mode, input, output }: Curve): readonly Step[] {
  const side = (score: string | Exact, where: string, bound: string | Exact): Side => ({
    score: typeof score === 'string' ? exact(score) : score,
    words: `${valueNotation(score, output)} ${where} ${valueNotation(bound, input)}`,
  });
  const step = ({ at, span }: Curve['points'][number], before: Side, after: Side, jumps: boolean): Step => {
    return { span, at: valueNotation(at, input), before, after, jumps };
  };
  const sides = points.map(({ at, score, upTo }) => side(score, upTo ? 'just below' : 'at', at));
  const [first, last] = [points[0]!, points.at(-1)!];
  const past = slope && {
    score: add(exact(last.score), exact(slope.more)),
    at: add(exact(last.at), exact(slope.per)),
  };
  const jumpsAt = (point: number): boolean => mode === 'steps' || points[point]!.at === points[point + 1]!.at;
  return [
    ...(below === undefined ? [] : [step(first, side(below, 'below', first.at), sides[0]!, true)]),
    ...points.slice(1).map((point, at) => step(point, sides[at]!, sides[at + 1]!, jumpsAt(at))),
    ...(above === undefined ? [] : [step(last, sides.at(-1)!, side(above, 'above', last.at), true)]),
    ...(past ? [step(last, sides.at(-1)!, side(past.score, 'at', past.at), false)] : []),
  ];
}

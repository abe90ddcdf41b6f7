// Tables of rates and amounts: bounds in order, no gap and no overlap, one type for all bounds and one for all results.

import { compare, exact } from '../base/exact.ts';
import { libraryFunction } from '../library/index.ts';
import { isPlain, NUMBER, typeInWords } from '../library/types.ts';
import type { Rates, Tier } from '../model/tables.ts';
import type { ValueType } from '../model/value.ts';
import type * as astMeasures from '../syntax/ast-measures.ts';
import { type Checking, ERROR, textOf } from './context.ts';
import * as messages from './messages.ts';
import { OneType } from './one-type.ts';
import * as rules from './rule-messages.ts';

interface Before {
  readonly tier: astMeasures.Tier;
  readonly bound: string;
  readonly upper?: string;
}

/** The table as the Model has it; `undefined` when it has no tier that could be read (which has been reported). */
export function ratesModel(checking: Checking, declaration: astMeasures.RatesDeclaration): Rates | undefined {
  const { name, mode } = declaration;
  const bounds = new OneType(checking, 'a bound');
  const results = new OneType(checking, mode === 'amounts' ? 'an amount' : 'a rate');
  const tiers: Tier[] = [];
  let before: Before | undefined;
  for (const tier of declaration.tiers) {
    const bound = bounds.read(tier.lower.value);
    const upper = tier.upper && bounds.read(tier.upper.value);
    const rate = results.read(tier.rate);
    if (tier.onAll) checkOnAll(checking, tier, mode);
    if (bound === undefined || rate === undefined) continue;
    if (before) follows(checking, before, tier, bound);
    tiers.push({
      bound,
      includes: tier.lower.word === 'from',
      rate,
      ...(tier.onAll ? { onAll: true } : {}),
      span: tier.span,
    });
    before = { tier, bound, ...(upper === undefined ? {} : { upper }) };
  }
  if (before) ends(checking, declaration, before);
  if (declaration.tiers.length === 0) {
    const first = `from 0 ${checking.currency}`;
    const example =
      mode === 'amounts'
        ? `${first} until 1_000 ${checking.currency}: 10 ${checking.currency}`
        : `${first}: 3%`;
    checking.diagnostics.push(messages.missingPart(name.span, `table \`${name.text}\``, 'tiers', example));
  }
  if (tiers.length === 0) return undefined;
  const last = tiers.at(-1)!;
  if (before?.upper !== undefined && mode === 'amounts')
    tiers[tiers.length - 1] = { ...last, until: before.upper };
  const input = bounds.type ?? ERROR;
  const rate = results.type ?? ERROR;
  const unclear = input.kind === 'error' || rate.kind === 'error';
  const output = unclear ? ERROR : mode === 'amounts' ? rate : product(checking, input, rate, declaration);
  checking.payouts.set(name.text, { input, output, rate, optional: false });
  return {
    name: name.text,
    ...(declaration.doc === undefined ? {} : { doc: declaration.doc }),
    mode,
    input,
    rate,
    tiers,
    span: name.span,
  };
}

/** One tier of a marginal table may re-rate everything below it. */
function checkOnAll(
  checking: Checking,
  tier: astMeasures.Tier,
  mode: astMeasures.RatesDeclaration['mode'],
): void {
  if (mode === 'marginal') return;
  const why =
    mode === 'whole'
      ? 'every rate of a `whole` table is on all: leave it out'
      : 'an amount belongs to its own tier: leave it out';
  checking.diagnostics.push(messages.notHere(tier.rate.span, '`on all`', why));
}

function follows(checking: Checking, before: Before, tier: astMeasures.Tier, bound: string): void {
  const order = compare(exact(before.bound), exact(bound));
  const stepsOver = before.tier.lower.word === 'from' && tier.lower.word === 'above';
  // an overlap is said as what it is where the tier before says its own end
  const stated = before.upper !== undefined && before.tier.upper !== undefined;
  if (order > 0 || (order === 0 && !stepsOver))
    checking.diagnostics.push(messages.tiersOutOfOrder(tier.lower.span, before.tier.span));
  else if (stated) tiersMeet(checking, before.tier, before.upper!, tier, bound);
}

/** The last tier is open; of amounts it ends, as each is given in proportion. */
function ends(
  checking: Checking,
  { mode, name }: astMeasures.RatesDeclaration,
  { tier, bound, upper }: Before,
): void {
  if (mode === 'amounts') {
    if (!tier.upper) checking.diagnostics.push(rules.lastAmountOpen(tier.lower.span, name.text));
    else if (upper !== undefined && compare(exact(upper), exact(bound)) <= 0)
      checking.diagnostics.push(rules.backwards(tier.span, 'this tier'));
  } else if (tier.upper)
    checking.diagnostics.push(
      rules.lastTierEnds(tier.upper.span, tier.upper.word, textOf(checking, tier.upper.value.span)),
    );
}

function product(
  checking: Checking,
  input: ValueType,
  rate: ValueType,
  declaration: astMeasures.RatesDeclaration,
): ValueType {
  // a ratio read at money per point gives money; a count at a percent gives a number
  const type = isPlain(input) && isPlain(rate) ? NUMBER : libraryFunction('*').result([input, rate]);
  if (type.kind !== 'mismatch') return type;
  checking.diagnostics.push(
    messages.wrongType(
      declaration.name.span,
      'bounds and rates of which one is a number or a percent',
      `${typeInWords(input)} and ${typeInWords(rate)}`,
    ),
  );
  return ERROR;
}

/** A stated upper bound must be where the next tier begins: `until X` before `above X`, `below X` before `from X`. */
function tiersMeet(
  checking: Checking,
  before: astMeasures.Tier,
  upper: string,
  next: astMeasures.Tier,
  lower: string,
): void {
  const order = compare(exact(upper), exact(lower));
  const [upperHas, lowerHas] = [before.upper!.word === 'until', next.lower.word === 'from'];
  const kind =
    order < 0 || (order === 0 && !upperHas && !lowerHas)
      ? 'gap'
      : order > 0 || (upperHas && lowerHas)
        ? 'overlap'
        : undefined;
  if (kind)
    checking.diagnostics.push(
      messages.tiersDontMeet(
        next.lower.span,
        before.upper!.span,
        kind,
        textOf(checking, before.upper!.value.span),
        textOf(checking, next.lower.value.span),
      ),
    );
}

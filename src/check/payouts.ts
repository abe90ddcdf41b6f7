// Curves and tables of rates: bounds in order, no gap and no overlap, one type for all bounds and one for all results.

import { compare, exact } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { libraryFunction } from '../library/index.ts';
import { comparable, isNumeric, isPlain, NUMBER, typeInWords } from '../library/types.ts';
import type { Curve, Rates, Tier } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { constantText } from './constants.ts';
import { type Checking, ERROR, textOf } from './context.ts';
import * as messages from './messages.ts';

/** Constants that must be of one type: the first one's, which `like` holds once it is known. */
class OneType {
  type: ValueType | undefined;
  private first: Span | undefined;

  constructor(
    private readonly checking: Checking,
    private readonly what: string,
  ) {}

  read(node: ast.Expression): string | undefined {
    const constant = constantText(this.checking, node, this.what);
    if (!constant) return undefined;
    if (!isNumeric(constant.type)) {
      this.checking.diagnostics.push(
        messages.wrongType(
          node.span,
          'a number, a percent, an amount or a duration',
          typeInWords(constant.type),
        ),
      );
      return undefined;
    }
    if (this.type && !comparable(this.type, constant.type)) {
      this.checking.diagnostics.push(
        messages.wrongType(node.span, typeInWords(this.type), typeInWords(constant.type), [
          { span: this.first!, message: `because this is ${typeInWords(this.type)}` },
        ]),
      );
      return undefined;
    }
    // a plain 0 among percents is a percent
    if (!this.type || (this.type.kind === 'number' && constant.type.kind === 'percent'))
      this.type = constant.type;
    this.first ??= node.span;
    return constant.text;
  }
}

export function curveModel(checking: Checking, declaration: ast.CurveDeclaration): Curve | undefined {
  const inputs = new OneType(checking, 'a point of a curve');
  const outputs = new OneType(checking, 'a score');
  const points = declaration.points.flatMap((point) => {
    const at = inputs.read(point.at);
    const score = outputs.read(point.score);
    return at === undefined || score === undefined ? [] : [{ at, score, span: point.span }];
  });
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before && compare(exact(before.at), exact(point.at)) >= 0)
      checking.diagnostics.push(messages.pointsOutOfOrder(point.span, before.span));
  });
  if (declaration.below?.bound) {
    const bound = inputs.read(declaration.below.bound);
    const first = points[0];
    if (bound !== undefined && first && compare(exact(bound), exact(first.at)) !== 0)
      checking.diagnostics.push(messages.belowWrongBound(declaration.below.bound.span, first.span));
  }
  const below = declaration.below && outputs.read(declaration.below.score);
  const above = declaration.above && outputs.read(declaration.above.score);
  if (declaration.points.length === 0) {
    checking.diagnostics.push(
      messages.missingPart(
        declaration.name.span,
        `curve \`${declaration.name.text}\``,
        'points',
        '100%: 100%',
      ),
    );
  }
  if (points.length === 0) return undefined;
  const optional = below === undefined || (above === undefined && declaration.mode === 'linear');
  const model: Curve = {
    name: declaration.name.text,
    ...(declaration.doc === undefined ? {} : { doc: declaration.doc }),
    mode: declaration.mode,
    input: inputs.type ?? ERROR,
    output: outputs.type ?? ERROR,
    points,
    ...(below === undefined ? {} : { below }),
    ...(above === undefined ? {} : { above }),
    span: declaration.name.span,
  };
  checking.payouts.set(model.name, { input: model.input, output: model.output, optional });
  return model;
}

export function ratesModel(checking: Checking, declaration: ast.RatesDeclaration): Rates | undefined {
  const bounds = new OneType(checking, 'a bound');
  const results = new OneType(checking, 'a rate');
  const tiers: Tier[] = [];
  let before: { readonly tier: ast.Tier; readonly bound: string; readonly upper?: string } | undefined;
  for (const tier of declaration.tiers) {
    const bound = bounds.read(tier.lower.value);
    const upper = tier.upper && bounds.read(tier.upper.value);
    const rate = results.read(tier.rate);
    if (bound === undefined || rate === undefined) continue;
    if (before) {
      const order = compare(exact(before.bound), exact(bound));
      if (order > 0 || (order === 0 && !(before.tier.lower.word === 'from' && tier.lower.word === 'above'))) {
        checking.diagnostics.push(messages.tiersOutOfOrder(tier.lower.span, before.tier.span));
      } else if (before.upper !== undefined) tiersMeet(checking, before.tier, before.upper, tier, bound);
    }
    tiers.push({ bound, includes: tier.lower.word === 'from', rate, span: tier.span });
    before = { tier, bound, ...(upper === undefined ? {} : { upper }) };
  }
  if (before?.upper !== undefined) {
    checking.diagnostics.push(
      messages.notSupported(
        before.tier.upper!.span,
        'an upper bound of the last tier',
        'leave it out: the last tier is open',
      ),
    );
  }
  if (declaration.tiers.length === 0) {
    checking.diagnostics.push(
      messages.missingPart(
        declaration.name.span,
        `table \`${declaration.name.text}\``,
        'tiers',
        `from 0 ${checking.currency}: 3%`,
      ),
    );
  }
  if (tiers.length === 0) return undefined;
  const input = bounds.type ?? ERROR;
  const rate = results.type ?? ERROR;
  const output =
    input.kind === 'error' || rate.kind === 'error' ? ERROR : product(checking, input, rate, declaration);
  checking.payouts.set(declaration.name.text, { input, output, rate, optional: false });
  return {
    name: declaration.name.text,
    ...(declaration.doc === undefined ? {} : { doc: declaration.doc }),
    mode: declaration.mode,
    input,
    rate,
    tiers,
    span: declaration.name.span,
  };
}

function product(
  checking: Checking,
  input: ValueType,
  rate: ValueType,
  declaration: ast.RatesDeclaration,
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
function tiersMeet(checking: Checking, before: ast.Tier, upper: string, next: ast.Tier, lower: string): void {
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

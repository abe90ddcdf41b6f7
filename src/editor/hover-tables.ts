// What a line of a table makes: the band of values that it is for.

import type { Span } from '../base/source.ts';
import type * as ast from '../syntax/ast.ts';
import type { CurveDeclaration, RatesDeclaration } from '../syntax/ast-measures.ts';
import { printExpression } from '../syntax/print-expression.ts';
import type { Hover } from './hover.ts';
import { declarationsIn } from './places.ts';
import type { Project } from './project.ts';

/** The band of the tier or point at the offset. */
export function bandAt(project: Project, file: string, offset: number): Hover | undefined {
  const isAt = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  for (const each of declarationsIn(project, file)) {
    if (!isAt(each.span)) continue;
    if (each.kind === 'rates') return tierBand(each, isAt);
    if (each.kind === 'curve') return pointBand(each, isAt);
  }
  return undefined;
}

function tierBand({ name, mode, tiers }: RatesDeclaration, isAt: (span: Span) => boolean): Hover | undefined {
  const index = tiers.findIndex(({ span }) => isAt(span));
  const tier = tiers[index];
  if (!tier) return undefined;
  const next = tiers[index + 1];
  const lower = `${tier.lower.word} ${text(tier.lower.value)}`;
  // a tier goes up to where the next one begins
  const upper = tier.upper
    ? `${tier.upper.word} ${text(tier.upper.value)}`
    : next && `${next.lower.word === 'from' ? 'to below' : 'until'} ${text(next.lower.value)}`;
  const rate = text(tier.rate);
  const pays =
    mode === 'amounts'
      ? `${rate}, in proportion to how much of the tier is reached`
      : mode === 'whole'
        ? `${rate} of all of the value`
        : tier.onAll
          ? `${rate} of all of the value, what lies below included`
          : `${rate} of what lies in it`;
  const doc = `${lower} ${upper ?? 'on'}: ${pays}`;
  return { span: tier.span, title: `tier ${index + 1} of ${name.text}`, doc };
}

function pointBand(
  { name, mode, points, above }: CurveDeclaration,
  isAt: (span: Span) => boolean,
): Hover | undefined {
  const index = points.findIndex(({ span }) => isAt(span));
  const point = points[index];
  if (!point) return undefined;
  const next = points[index + 1];
  const from = `${point.upTo ? 'just below' : 'from'} ${text(point.at)}`;
  const score = text(point.score);
  const last = above && 'score' in above ? `${text(above.score)} above it` : 'the last point';
  const doc =
    next === undefined
      ? `${from}: ${score}, ${last}`
      : mode === 'steps'
        ? `${from} below ${text(next.at)}: ${score}`
        : `${from} to ${text(next.at)}: straight from ${score} to ${text(next.score)}`;
  return { span: point.span, title: `point ${index + 1} of ${name.text}`, doc };
}

function text(formula: ast.Expression): string {
  return formula.kind === 'unreadable' ? '…' : printExpression(formula);
}

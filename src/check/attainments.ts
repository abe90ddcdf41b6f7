// What a KPI says of its own attainment and status: a formula of `actual` and `target`, and where green and amber begin.

import { compare, exact } from '../base/exact.ts';
import { walk } from '../library/parts.ts';
import { isPlain, typeInWords } from '../library/types.ts';
import type { Expression, OwnNode } from '../model/expression.ts';
import type { Figure, Kpi } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astMeasures from '../syntax/ast-measures.ts';
import { constantText } from './constants.ts';
import { type Checking, OWN, THIS_PERIOD, textOf, type World } from './context.ts';
import { infer, require } from './infer.ts';
import { nonZeroKey } from './known.ts';
import * as messages from './messages.ts';
import * as rules from './rule-messages.ts';

/** The KPI's own attainment and status, where it says them. */
export function attainmentAndStatus(
  checking: Checking,
  declaration: astMeasures.KpiDeclaration,
  figure: Figure,
): Pick<Kpi, 'attainment' | 'status'> {
  const attainment = declaration.attainment && attainmentOf(checking, declaration.attainment, figure);
  const status = declaration.status && statusOf(checking, declaration.status);
  return { ...(attainment ? { attainment } : {}), ...(status ? { status } : {}) };
}

/** Where the result or the target is missing, or the target is 0, the attainment is missing anyway. */
function attainmentOf(checking: Checking, node: ast.Expression, figure: Figure): Expression | undefined {
  const named = (read: OwnNode['read']): Expression => ({
    kind: 'own',
    read,
    type: figure.type,
    optional: false,
    span: figure.span,
  });
  const [actual, target] = [named('actual'), named('target')];
  const world: World = {
    kind: 'people',
    scope: OWN,
    window: THIS_PERIOD,
    locals: new Map([
      ['actual', actual],
      ['target', target],
    ]),
    known: new Set([nonZeroKey(target)]),
  };
  const checked = infer(checking, node, world);
  const other = otherPart(checked);
  if (other) {
    const why = 'an attainment is worked out of `actual`, `target`, amounts and tables alone';
    checking.diagnostics.push(messages.notHere(other.span, `\`${textOf(checking, other.span)}\``, why));
    return undefined;
  }
  return require(checking, checked, isPlain, 'a percent') ? checked : undefined;
}

/** What an attainment can't read: it is the same of a person, a team and the company, in whatever window. */
function otherPart(formula: Expression): Expression | undefined {
  let found: Expression | undefined;
  walk(formula, (node) => {
    if (!READABLE.has(node.kind)) found ??= node;
  });
  return found;
}

const READABLE: ReadonlySet<Expression['kind']> = new Set([
  'own',
  'constant',
  'apply',
  'rates',
  'curve',
  'grid',
  'word place',
  'word step',
]);

function statusOf(
  checking: Checking,
  { green, amber }: NonNullable<astMeasures.KpiDeclaration['status']>,
): Kpi['status'] {
  const texts = [green, amber].map((node) => {
    const constant = constantText(checking, node, 'a bound of the status');
    if (!constant || isPlain(constant.type)) return constant?.text;
    checking.diagnostics.push(messages.wrongType(node.span, 'a percent', typeInWords(constant.type)));
    return undefined;
  });
  const [from, below] = texts;
  if (from === undefined || below === undefined) return undefined;
  if (compare(exact(below), exact(from)) > 0)
    checking.diagnostics.push(rules.statusUpsideDown(amber.span, green.span));
  return { green: from, amber: below };
}

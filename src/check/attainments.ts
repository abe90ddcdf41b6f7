// What a KPI says of its own attainment and status: a formula of `actual` and `target`, and where green and amber begin.

import { compare, exact } from '../base/exact.ts';
import { isPlain, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Figure, Kpi } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import { constantText } from './constants.ts';
import { beyond, type Checking, OWN, THIS_PERIOD, type World } from './context.ts';
import { infer, require } from './infer.ts';
import { nonZeroKey } from './known.ts';
import * as messages from './messages.ts';
import * as rules from './rule-messages.ts';

/** The KPI's own attainment and status, where it says them. */
export function attainmentAndStatus(
  checking: Checking,
  declaration: ast.KpiDeclaration,
  figure: Figure,
): Pick<Kpi, 'attainment' | 'status'> {
  const attainment = declaration.attainment && attainmentOf(checking, declaration.attainment, figure);
  const status = declaration.status && statusOf(checking, declaration.status);
  return { ...(attainment ? { attainment } : {}), ...(status ? { status } : {}) };
}

/** Where the result or the target is missing, or the target is 0, the attainment is missing anyway. */
function attainmentOf(checking: Checking, node: ast.Expression, figure: Figure): Expression | undefined {
  const named = (what: string): Expression => ({
    kind: 'later',
    what: `${what} ${figure.id}`,
    args: [],
    type: figure.type,
    optional: false,
    missing: 'own',
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
  beyond(checking, '`attainment`', node.span);
  const checked = infer(checking, node, world);
  return require(checking, checked, isPlain, 'a percent') ? checked : undefined;
}

function statusOf(
  checking: Checking,
  { green, amber, span }: NonNullable<ast.KpiDeclaration['status']>,
): Kpi['status'] {
  beyond(checking, '`status`', span);
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

// One expression in a policy's names, checked where it will be worked out: as a line of a role, or of nobody's. What
// comes out is the policy's Model with one figure more, so that a run's own stages do the rest.

import { type Checked, type Diagnostic, InternalError } from '../base/diagnostic.ts';
import type { Source, Span } from '../base/source.ts';
import { check } from '../check/check.ts';
import { cannotPay } from '../gather.ts';
import type { Figure, Model } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { parsePolicy } from '../syntax/parse.ts';
import { parseExpression } from '../syntax/parse-expression.ts';

/** What messages call the text of an expression. */
export const EXPRESSION = '<expression>';

/** A policy whose files have been read: what expressions are checked beside. */
export interface ReadPolicy {
  readonly sources: readonly Source[];
  readonly files: readonly astPolicy.PolicyFile[];
}

/** The policy with the expression as one of its figures. */
export interface CompiledExpression {
  readonly model: Model;
  readonly figure: Figure;
}

/** A policy that names nothing, in which only constants and functions have a value. */
const NO_POLICY: Source = {
  name: '<no policy>',
  text: 'policy constants {\n  currency XXX\n  timezone "UTC"\n  period month\n}\n',
};

/** The syntax trees of a policy's files, or of one that names nothing. */
export function readPolicy(sources: readonly Source[] = [NO_POLICY]): ReadPolicy {
  return { sources, files: sources.map((each) => parsePolicy(each).value) };
}

/** Reads the expression; errors say where in `<expression>` they are. */
export function readExpression(text: string): Checked<ast.Expression> {
  return parseExpression({ name: EXPRESSION, text });
}

/**
 * Checks the expression as a line of `role`; without one it is nobody's, and may name tables and curves but nothing of
 * a person. The policy itself must be sound, so that each error is the expression's; of warnings only those are given.
 */
export function compileExpression(
  policy: ReadPolicy,
  expression: { readonly text: string; readonly tree: ast.Expression },
  role?: string,
): Checked<CompiledExpression | undefined> {
  const sources = [...policy.sources, { name: EXPRESSION, text: expression.text }];
  const { value: model, diagnostics } = check(withLine(policy.files, expression.tree, role), sources);
  const own = firstOfPlace(diagnostics).filter(
    (each) => each.severity === 'error' || each.span?.source === EXPRESSION,
  );
  // a figure that can't be worked out can't be asked for, and no table of the policy is read by halves
  const later = (model?.beyond ?? []).map(cannotPay);
  return {
    value: model && later.length === 0 ? compiled(model) : undefined,
    diagnostics: [...own, ...later],
  };
}

/**
 * The files with the expression in the role, which comes first, so that what is wrong is said of it and not of a role
 * that inherits from it. The line is a cap, `0 RUB when E exists otherwise 0 RUB`: caps may name all that a role has,
 * nothing can name them, and any `E` does, of whatever type, missing or not.
 */
function withLine(
  files: readonly astPolicy.PolicyFile[],
  tree: ast.Expression,
  role: string | undefined,
): readonly astPolicy.PolicyFile[] {
  const declarations = files.flatMap((each) => each.declarations);
  const span: Span = { source: EXPRESSION, start: tree.span.start, end: tree.span.end };
  const currency = declarations.find((each) => each.kind === 'policy')?.currency?.text ?? 'XXX';
  const nothing: ast.Expression = { kind: 'money', digits: '0', currency, span };
  const condition: ast.Expression = { kind: 'exists', operand: tree, span };
  const amount: ast.Expression = { kind: 'choice', value: nothing, condition, otherwise: nothing, span };
  const isIts = (each: astPolicy.Declaration): each is astRoles.RoleDeclaration =>
    each.kind === 'role' && each.name.text === role;
  const found = declarations.find(isIts);
  const host: astRoles.RoleDeclaration = found ?? {
    kind: 'role',
    name: { text: EXPRESSION, span },
    targets: [],
    gates: [],
    bonuses: [],
    caps: [],
    floors: [],
    draws: [],
    span,
  };
  const cap: astRoles.Cap = { amount, inAll: false, carryExcess: false, span };
  const line: astRoles.RoleDeclaration = { ...host, caps: [...host.caps, cap] };
  return files.map((file, index) => {
    const others = file.declarations.filter((each) => each !== found);
    return { ...file, declarations: index === 0 ? [line, ...others] : others };
  });
}

/** Takes the expression out of its cap again, and makes it a figure. */
function compiled(model: Model): CompiledExpression {
  const amount = model.roles.flatMap((each) => each.caps).find(isOurs)?.amount;
  const condition = amount?.kind === 'apply' ? amount.args[0] : undefined;
  const value = condition?.kind === 'apply' ? condition.args[0] : undefined;
  if (!value) throw new InternalError('the expression is not where it was put');
  const figure: Figure = {
    id: EXPRESSION,
    name: EXPRESSION,
    scope: { kind: 'own' },
    window: { kind: 'period' },
    type: value.type,
    optional: value.optional,
    value,
    span: value.span,
  };
  const roles = model.roles
    .filter((each) => each.name !== EXPRESSION)
    .map((each) => ({ ...each, caps: each.caps.filter((cap) => !isOurs(cap)) }));
  return { model: { ...model, roles, figures: [...model.figures, figure] }, figure };
}

function isOurs({ span }: { readonly span: Span }): boolean {
  return span.source === EXPRESSION;
}

/** A line is checked again for each role that inherits it: of what is said of one place, the first. */
function firstOfPlace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((each) => {
    const key = JSON.stringify([each.code, each.span]);
    if (!each.span || !seen.has(key)) {
      seen.add(key);
      return true;
    }
    return false;
  });
}

// Invariants: what must hold whatever the data is, within the ranges that are given.

import { compare, exact } from '../base/exact.ts';
import { comparable, isNumeric, isOrdered, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { constantText } from './constants.ts';
import { type Checking, isError, type PeopleWorld } from './context.ts';
import { describe, infer, require } from './infer.ts';
import * as messages from './messages.ts';
import { worldOfRoles } from './proof-world.ts';
import * as rules from './rule-messages.ts';

const NUMERIC = 'a number, a percent, an amount of money or a duration';

/** Checks what each invariant claims, and the ranges within which it does, over the bonuses of all roles. */
export function checkInvariants(checking: Checking, invariants: readonly ast.InvariantDeclaration[]): void {
  if (invariants.length === 0) return;
  const world = worldOfRoles(checking, [...checking.declared.roles.keys()], checking.grain);
  for (const each of invariants) {
    for (const given of each.given) checkGiven(checking, given, world);
    checkClaim(checking, each.claim, world);
  }
}

function checkClaim(checking: Checking, claim: ast.InvariantDeclaration['claim'], world: PeopleWorld): void {
  if (claim.kind === 'holds') {
    const condition = infer(checking, claim.condition, world);
    require(checking, condition, ({ kind }) => kind === 'truth', 'a condition');
    return;
  }
  require(checking, infer(checking, claim.value, world), isOrdered, 'something with an order');
  checkInput(checking, claim.in, world);
}

/** What varies is measured: a KPI, or a field of an event. */
function checkInput(checking: Checking, node: ast.Expression, world: PeopleWorld): Expression | undefined {
  const field = fieldOf(checking, node);
  if (field) return field;
  const checked = infer(checking, node, world);
  if (!require(checking, checked, isNumeric, NUMERIC)) return undefined;
  const isInput = checked.kind === 'attribute' || checked.kind === 'figure';
  if (isInput) return checked;
  checking.diagnostics.push(
    messages.wrongType(checked.span, 'a KPI, a field or an attribute, which varies', describe(checked)),
  );
  return undefined;
}

/** `deal.amount`, a field of an event. */
function fieldOf(checking: Checking, node: ast.Expression): Expression | undefined {
  if (node.kind !== 'member' || node.of.kind !== 'name') return undefined;
  const field = checking.declared.events.get(node.of.name.text)?.fields.get(node.name.text);
  if (!field || (!isNumeric(field.type) && field.type.kind !== 'error')) return undefined;
  return { kind: 'field', name: field.name, type: field.type, optional: false, span: node.span };
}

function checkGiven(
  checking: Checking,
  given: ast.InvariantDeclaration['given'][number],
  world: PeopleWorld,
): void {
  const value = checkInput(checking, given.value, world);
  if (!given.from && !given.until)
    checking.diagnostics.push(
      messages.missingPart(given.span, 'this range', 'bound', {
        text: 'given revenue from 0 RUB until 50_000_000 RUB',
        yaml: 'given: revenue from 0 RUB until 50_000_000 RUB',
      }),
    );
  if (!value || isError(value)) return;
  const bounds = [given.from, given.until].map((node) => {
    const constant = node && constantText(checking, node, 'a bound', value.type);
    if (!node || !constant || comparable(value.type, constant.type)) return constant;
    checking.diagnostics.push(
      messages.wrongType(node.span, typeInWords(value.type), typeInWords(constant.type), [
        { span: value.span, message: `because this is ${describe(value)}` },
      ]),
    );
    return undefined;
  });
  const [from, until] = bounds;
  if (from && until && compare(exact(from.text), exact(until.text)) > 0)
    checking.diagnostics.push(rules.backwards(given.span, 'this range'));
}

// Invariants: what must hold whatever the data is, within the ranges that are given.

import { compare, exact } from '../base/exact.ts';
import { comparable, isNumeric, isOrdered, typeInWords } from '../library/types.ts';
import type { Claim, GivenRange, InvariantModel, Varied } from '../model/proof.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astTests from '../syntax/ast-tests.ts';
import { constantText } from './constants.ts';
import { type Checking, isError, type PeopleWorld, textOf } from './context.ts';
import { describe, infer, require } from './infer.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';
import { worldOfRoles } from './proof-world.ts';
import * as rules from './rule-messages.ts';

const NUMERIC = 'a number, a percent, an amount of money or a duration';

/**
 * The invariants with what each claims and the ranges within which it does, over the bonuses of all roles. What is wrong
 * has been reported, and is left out.
 */
export function invariantModels(
  checking: Checking,
  invariants: readonly astTests.InvariantDeclaration[],
): readonly InvariantModel[] {
  if (invariants.length === 0) return [];
  const world = worldOfRoles(checking, [...checking.declared.roles.keys()], checking.grain);
  return invariants.flatMap((each) => {
    const given = each.given.flatMap((range) => givenRange(checking, range, world) ?? []);
    const claim = claimOf(checking, each.claim, world);
    if (!claim || given.length < each.given.length) return [];
    return {
      name: each.name.text,
      ...(each.doc === undefined ? {} : { doc: each.doc }),
      given,
      claim,
      span: each.name.span,
    };
  });
}

function claimOf(
  checking: Checking,
  claim: astTests.InvariantDeclaration['claim'],
  world: PeopleWorld,
): Claim | undefined {
  if (claim.kind === 'holds') {
    const condition = infer(checking, claim.condition, world);
    const isTruth = require(checking, condition, ({ kind }) => kind === 'truth', 'a condition');
    return isTruth && !isError(condition) ? { kind: 'holds', condition, span: claim.span } : undefined;
  }
  const { direction, span } = claim;
  const value = infer(checking, claim.value, world);
  const hasOrder = require(checking, value, isOrdered, 'something with an order');
  const varied = checkInput(checking, claim.in, world);
  if (!hasOrder || isError(value) || !varied) return undefined;
  return { kind: 'monotone', value, direction, in: varied, span };
}

/** What varies is measured: a KPI, or a field of an event. */
function checkInput(checking: Checking, node: ast.Expression, world: PeopleWorld): Varied | undefined {
  const field = fieldOf(checking, node);
  if (field) return field.type.kind === 'error' ? undefined : field;
  const checked = infer(checking, node, world);
  if (!require(checking, checked, isNumeric, NUMERIC) || isError(checked)) return undefined;
  const isInput = checked.kind === 'attribute' || checked.kind === 'figure';
  if (isInput) return { kind: 'of people', value: checked };
  checking.diagnostics.push(
    messages.wrongType(checked.span, 'a KPI, a field or an attribute, which varies', describe(checked)),
  );
  return undefined;
}

/** `deal.amount`, a field of an event. */
function fieldOf(
  checking: Checking,
  node: ast.Expression,
): (Varied & { readonly kind: 'of rows' }) | undefined {
  if (node.kind !== 'member' || node.of.kind !== 'name') return undefined;
  const event = node.of.name.text;
  const field = checking.declared.events.get(event)?.fields.get(node.name.text);
  if (field) {
    means(checking, node.of.name, { kind: 'event' });
    means(checking, node.name, { kind: 'field', of: event });
  }
  if (!field || (!isNumeric(field.type) && field.type.kind !== 'error')) return undefined;
  return { kind: 'of rows', event, field: field.name, type: field.type, span: node.span };
}

/** `undefined` after reporting what is wrong. */
function givenRange(
  checking: Checking,
  given: astTests.InvariantDeclaration['given'][number],
  world: PeopleWorld,
): GivenRange | undefined {
  const before = checking.diagnostics.length;
  const value = checkInput(checking, given.value, world);
  if (!given.from && !given.until)
    checking.diagnostics.push(
      messages.missingPart(given.span, 'this range', 'bound', {
        text: 'given revenue from 0 RUB until 50_000_000 RUB',
        yaml: 'given: revenue from 0 RUB until 50_000_000 RUB',
      }),
    );
  if (!value) return undefined;
  const { type, span, said } =
    value.kind === 'of rows'
      ? { ...value, said: `\`${textOf(checking, value.span)}\`, ${typeInWords(value.type)}` }
      : { ...value.value, said: describe(value.value) };
  const bounds = [given.from, given.until].map((node) => {
    const constant = node && constantText(checking, node, 'a bound', type);
    if (!node || !constant || comparable(type, constant.type)) return constant;
    checking.diagnostics.push(
      messages.wrongType(node.span, typeInWords(type), typeInWords(constant.type), [
        { span, message: `because this is ${said}` },
      ]),
    );
    return undefined;
  });
  const [from, until] = bounds;
  if (from && until && compare(exact(from.text), exact(until.text)) > 0)
    checking.diagnostics.push(rules.backwards(given.span, 'this range'));
  if (checking.diagnostics.length > before) return undefined;
  return {
    value,
    ...(from ? { from: from.text } : {}),
    ...(until ? { until: until.text } : {}),
    span: given.span,
  };
}

// Calls: aggregates over events, functions of the library, tables that are read like functions, targets and
// attainments.

import { sign } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { CALLABLE_NAMES, findAggregate, findFunction } from '../library/index.ts';
import { comparable, NUMBER, PERCENT, typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Figure } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import { inferAggregate } from './aggregates.ts';
import { scopedFigure } from './brackets.ts';
import { foldConstant } from './constants.ts';
import { type Checking, isError, NOTHING_KNOWN, unknown, type World } from './context.ts';
import { addingOf } from './figures.ts';
import { apply, countedAsPercent, describe, infer, refuse } from './infer.ts';
import { holdsKey } from './known.ts';
import * as messages from './messages.ts';

export function inferCall(checking: Checking, node: ast.Call, world: World): Expression {
  const stray = strayClause(node);
  if (stray) return refuse(checking, stray);
  if (node.callee.kind === 'member') return callMember(checking, node, node.callee, world);
  const name = node.callee.name.text;
  if (name === 'nth') return nth(checking, node, world);
  if (name === 'attainment' || name === 'target') {
    if (world.kind === 'people' && !world.target) return ofKpi(checking, node, name, world);
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `\`${name}\``,
        'it belongs to a person and a period: use it in a KPI, gate or bonus',
      ),
    );
  }
  const aggregate = findAggregate(name);
  const isBound = isBoundName(name) && node.args.length > 1;
  if (aggregate && !isBound) return inferAggregate(checking, node, aggregate, world);
  if (checking.declared.rates.has(name) || checking.declared.curves.has(name))
    return payout(checking, node, name, 'amount', world);
  const base = findFunction(name);
  if (base && name !== 'median' && name !== 'average') return callFunction(checking, node, name, world);
  const known = [...CALLABLE_NAMES, ...checking.declared.rates.keys(), ...checking.declared.curves.keys()];
  return refuse(checking, messages.unknownName(node.callee.span, 'function', name, known));
}

/** A clause that the function doesn't have, which would otherwise pass unread. */
function strayClause(node: ast.Call): ReturnType<typeof messages.notHere> | undefined {
  const name = node.callee.name.text;
  const counts = findAggregate(name) !== undefined && !(isBoundName(name) && node.args.length > 1);
  const rounds = name === 'round' || name === 'floor' || name === 'ceil';
  const clauses = [
    ['where', node.where?.span, counts || name === 'nth', 'only aggregates choose rows'],
    ['by', node.by?.[0]?.span, counts || name === 'nth', 'only `nth(by client)` groups'],
    ['as', node.as?.span, counts, 'only aggregates name a credit line: `sum(deal.amount as care)`'],
    ['to', node.to?.span, rounds, 'only rounding has a step: `round(x to 0.01)`'],
    ['distinct', node.distinct ? node.span : undefined, counts, 'write `count(distinct deal.client)`'],
  ] as const;
  const stray = clauses.find(([, span, belongs]) => span !== undefined && !belongs);
  return stray && messages.notHere(stray[1]!, `\`${stray[0]}\` in \`${name}\``, `${stray[3]}: leave it out`);
}

function isBoundName(name: string): boolean {
  return name === 'min' || name === 'max';
}

/** `ladder.rate(x)`. */
function callMember(checking: Checking, node: ast.Call, callee: ast.Member, world: World): Expression {
  const owner = callee.of.kind === 'name' ? callee.of.name.text : '';
  if (!checking.declared.rates.has(owner)) {
    return refuse(
      checking,
      messages.unknownName(callee.of.span, 'table of rates', owner, [...checking.declared.rates.keys()]),
    );
  }
  if (callee.name.text !== 'rate')
    return refuse(
      checking,
      messages.unknownName(callee.name.span, `reading of \`${owner}\``, callee.name.text, ['rate']),
    );
  return payout(checking, node, owner, 'rate', world);
}

function callFunction(checking: Checking, node: ast.Call, name: string, world: World): Expression {
  const args = node.args.map((each) => infer(checking, each, world));
  if (name === 'round' || name === 'floor' || name === 'ceil') {
    if (args.length !== 1 || !node.to)
      return refuse(checking, messages.missingPart(node.span, `\`${name}\``, 'step', `${name}(x to 0.01)`));
    const step = infer(checking, node.to, world);
    const value = foldConstant(step);
    if (!isError(step) && (typeof value !== 'object' || sign(value) <= 0))
      return refuse(checking, messages.notPositive(step.span, 'the step of a rounding'));
    const modes = ['half up', 'half even', 'down'];
    const mode = node.mode?.text ?? 'half up';
    if (!modes.includes(mode))
      return refuse(checking, messages.badWord(node.mode!.span, 'a way to round', mode, modes));
    const rounding = name === 'round' && mode !== 'half up' ? `round ${mode}` : name;
    return onRows(checking, apply(checking, rounding, [...args, step], node.span), world);
  }
  const { arity } = findFunction(name)!;
  if (args.length < arity.least || args.length > arity.most) {
    const expected = arity.least === arity.most ? plural(arity.least) : `at least ${plural(arity.least)}`;
    return refuse(checking, messages.wrongArguments(node.span, name, expected, args.length));
  }
  return onRows(checking, apply(checking, name, args, node.span), world);
}

function plural(count: number): string {
  return count === 1 ? 'one value' : `${count} values`;
}

/** Refuses what no engine can work out exactly on a row. */
export function onRows(checking: Checking, node: Expression, world: World): Expression {
  if (world.kind !== 'row' || node.kind !== 'apply' || findSql(node.function)) return node;
  return refuse(
    checking,
    messages.notOnRows(node.span, node.function === '/' ? 'a division' : `\`${node.function}\``),
  );
}

function findSql(name: string): boolean {
  return findFunction(name)?.sql !== undefined;
}

function payout(
  checking: Checking,
  node: ast.Call,
  name: string,
  read: 'amount' | 'rate',
  world: World,
): Expression {
  if (world.kind === 'row')
    return refuse(checking, messages.notSupported(node.span, `reading \`${name}\` for a row`));
  if (world.kind === 'constant') return refuse(checking, messages.notConstant(node.span, `\`${name}\``));
  if (node.args.length !== 1)
    return refuse(checking, messages.wrongArguments(node.span, name, 'one value', node.args.length));
  const argument = infer(checking, node.args[0]!, world);
  const type = checking.payouts.get(name);
  if (isError(argument) || !type) return unknown(node.span);
  if (!comparable(argument.type, type.input)) {
    const declared = checking.declared.rates.get(name) ?? checking.declared.curves.get(name)!;
    return refuse(
      checking,
      messages.wrongType(argument.span, typeInWords(type.input), describe(argument), [
        {
          span: declared.name.span,
          message: `\`${name}\` reads ${typeInWords(type.input)}`,
        },
      ]),
    );
  }
  const notCounted = countedAsPercent(checking, argument, type.input, node.args[0]!.span);
  if (notCounted) return refuse(checking, notCounted);
  const optional = argument.optional || type.optional;
  if (checking.declared.curves.has(name))
    return { kind: 'curve', curve: name, argument, type: type.output, optional, span: node.span };
  return {
    kind: 'rates',
    rates: name,
    read,
    argument,
    type: read === 'rate' ? type.rate! : type.output,
    optional,
    span: node.span,
  };
}

/** `attainment(kpi[…])` and `target(kpi[…])`. */
function ofKpi(
  checking: Checking,
  node: ast.Call,
  name: 'attainment' | 'target',
  world: World & { kind: 'people' },
): Expression {
  const [argument] = node.args;
  if (!argument || node.args.length !== 1)
    return refuse(checking, messages.wrongArguments(node.span, name, 'one KPI', node.args.length));
  const figure = scopedFigure(checking, argument, world);
  if (!figure) return unknown(node.span);
  if (!checking.declared.kpis.has(figure.name))
    return refuse(
      checking,
      messages.wrongType(argument.span, 'a KPI', `the value \`${figure.name}\`, which has no target`),
    );
  const ownPeriod = figure.scope.kind === 'own' && figure.window.kind === 'period';
  const ofRole = world.role?.targetOptional(figure.name, name, node.span) ?? true;
  const targetOptional = !ownPeriod || ofRole;
  if (figure.scope.kind !== 'own') checkTargetsAddUp(checking, figure, node.span);
  return name === 'target'
    ? { kind: 'target', figure: figure.id, type: figure.type, optional: targetOptional, span: node.span }
    : {
        kind: 'attainment',
        figure: figure.id,
        type: PERCENT,
        optional: targetOptional || figure.optional,
        span: node.span,
      };
}

/** Over several people, targets of different things must say that they add up. */
function checkTargetsAddUp(checking: Checking, figure: Figure, use: Span): void {
  if (addingOf(checking, figure.value) !== 'distinct') return;
  const silent = [...checking.declared.roles.values()]
    .flatMap((role) => role.targets)
    .find((target) => target.kpi.text === figure.name && !target.addsUp);
  if (silent)
    checking.diagnostics.push(messages.targetDoesntAddUp(use, figure.name, 'several people', silent.span));
}

/** `nth(by client where is_won)`. */
function nth(checking: Checking, node: ast.Call, world: World): Expression {
  if (world.kind !== 'row' || world.place !== 'computed') {
    return refuse(
      checking,
      messages.notHere(node.span, '`nth`', 'make it a field of the event: `is_first = nth(by client) is 1`'),
    );
  }
  const { declaration } = world.event;
  if (!node.by || node.by.length === 0 || node.args.length > 0) {
    return refuse(checking, messages.missingPart(node.span, '`nth`', '`by`', 'nth(by client)'));
  }
  if (!declaration.since) {
    return refuse(
      checking,
      messages.needsSince(node.span, '`nth`', declaration.name.text, declaration.name.span),
    );
  }
  const where = node.where && infer(checking, node.where, { ...world, known: NOTHING_KNOWN });
  const by = node.by.map((each) => infer(checking, each, world));
  if ((where && isError(where)) || by.some(isError)) return unknown(node.span);
  if (where && where.type.kind !== 'truth')
    return refuse(checking, messages.wrongType(where.span, 'a condition', describe(where)));
  const sure = !where || world.known.has(holdsKey(where));
  const optional = !sure || by.some((each) => each.optional) || (where?.optional ?? false);
  return { kind: 'nth', by, ...(where ? { where } : {}), type: NUMBER, optional, span: node.span };
}

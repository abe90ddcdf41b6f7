// Calls: totals over events, functions of the library, tables that are read like functions, targets and
// attainments.

import type { Diagnostic } from '../base/diagnostic.ts';
import { exactText, sign } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { CALLABLE_NAMES, findAggregate } from '../library/callable.ts';
import { findFunction } from '../library/index.ts';
import { isNumeric, NUMBER, PERCENT } from '../library/types.ts';
import type { Expression, Window } from '../model/expression.ts';
import type { Figure } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import { inferAggregate, takesEach } from './aggregates.ts';
import { scopedFigure } from './brackets.ts';
import { foldConstant } from './constants.ts';
import {
  type Checking,
  isError,
  NOTHING_KNOWN,
  type PeopleWorld,
  textOf,
  unknown,
  type World,
} from './context.ts';
import { addingOf } from './figures.ts';
import { apply, describe, infer, refuse, require } from './infer.ts';
import { holdsKey } from './known.ts';
import { lookBack } from './look-backs.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';
import { missingPart } from './missing.ts';
import { seldom } from './needed.ts';
import { eachPeriod, needsPerson, previous, streak } from './past.ts';
import { isTable, readTable, tableKind } from './read-tables.ts';

export function inferCall(checking: Checking, node: ast.Call, world: World): Expression {
  if (node.callee.kind === 'name' && !isCallable(checking, node.callee.name.text))
    return refuse(checking, unknownFunction(checking, node.callee.name));
  const stray = strayClause(checking, node);
  if (stray) return refuse(checking, stray);
  if (node.callee.kind === 'member') return callMember(checking, node, node.callee, world);
  const name = node.callee.name.text;
  means(checking, node.callee.name, { kind: tableKind(checking, name) ?? 'function' });
  const phrase = PHRASES_OF.get(name);
  if (phrase) return phrase(checking, node, world);
  const aggregate = findAggregate(name);
  const isBound = isBoundName(name) && node.args.length > 1;
  if (aggregate && node.each && !takesEach(name)) return eachPeriod(checking, node, world);
  if (aggregate && (node.of || node.within)) return lookBack(checking, node, world);
  if (aggregate && !isBound) return inferAggregate(checking, node, aggregate, world);
  if (isTable(checking, name)) return readTable(checking, node, name, 'amount', world);
  const base = findFunction(name);
  if (base && name !== 'median' && name !== 'average') return callFunction(checking, node, name, world);
  return refuse(checking, unknownFunction(checking, node.callee.name));
}

/** Whether a name can be called; what else is wrong with a call is only said then. */
function isCallable(checking: Checking, name: string): boolean {
  return (
    PHRASES_OF.has(name) ||
    findAggregate(name) !== undefined ||
    findFunction(name) !== undefined ||
    isTable(checking, name)
  );
}

function unknownFunction({ declared }: Checking, { text, span }: ast.Name): Diagnostic {
  const { rates, curves, grids } = declared;
  const known = [...CALLABLE_NAMES, ...rates.keys(), ...curves.keys(), ...grids.keys()];
  return messages.unknownName(span, 'function', text, known);
}

/** What is written like a function and looks at other rows, people or periods. */
const PHRASES_OF: ReadonlyMap<string, (checking: Checking, node: ast.Call, world: World) => Expression> =
  new Map<string, (checking: Checking, node: ast.Call, world: World) => Expression>([
    ['nth', nth],
    ['attainment', (checking, node, world) => ofKpi(checking, node, 'attainment', world)],
    ['target', (checking, node, world) => ofKpi(checking, node, 'target', world)],
    ['previous', previous],
    ['streak', streak],
    ['rank', (checking, node, world) => seldom().amongPeople(checking, node, 'rank', world)],
    ['total', (checking, node, world) => seldom().amongPeople(checking, node, 'total', world)],
    ['before', before],
    ['exists', lookBack],
    ['convert', (checking, node, world) => seldom().convert(checking, node, world)],
    ['working_time', (checking, node, world) => seldom().workingTime(checking, node, world)],
  ]);

/** A clause that the function doesn't have, which would otherwise pass unread. */
function strayClause(checking: Checking, node: ast.Call): ReturnType<typeof messages.notHere> | undefined {
  const { callee } = node;
  const name = callee.name.text;
  const table =
    (callee.kind === 'member' && callee.of.kind === 'name' && isTable(checking, callee.of.name.text)) ||
    isTable(checking, name);
  const periods = node.each !== undefined && !takesEach(name);
  const looks = periods || node.of !== undefined || node.within !== undefined;
  const counts = findAggregate(name) !== undefined && !(isBoundName(name) && node.args.length > 1);
  const rows = (counts && !periods) || name === 'exists';
  const rounds = name === 'round' || name === 'floor' || name === 'ceil';
  const clauses = [
    ['where', node.where?.span, rows || name === 'nth', 'only totals, counts and the like choose rows'],
    [
      'by',
      node.by?.[0]?.span,
      (counts && !looks) || name === 'nth' || name === 'rank',
      'only `nth(by client)` groups',
    ],
    [
      'as',
      node.as?.span,
      counts && !looks,
      'only totals and counts name a credit line, as in `sum(deal.amount as care)`',
    ],
    ['to', node.to?.span, rounds || name === 'convert', 'only rounding has a step: `round(x to 0.01)`'],
    ['distinct', node.distinct ? node.span : undefined, counts, 'write `count(distinct deal.client)`'],
    ['half', rounds ? undefined : node.mode?.span, false, 'only rounding has a mode'],
    [
      'of',
      node.of?.span,
      rows || table || name === 'rank' || name === 'total',
      'only tables, as in `ladder(x of y)`, and looks at other rows take it',
    ],
    ['after', node.after?.span, table, 'only a table goes on from a value: `ladder(x, after y)`'],
    ['at', node.at?.span, name === 'convert', 'only `convert` has a day'],
    ['within', node.within?.span, rows, 'only looks at other rows say within what time'],
    [
      'each',
      node.each?.span,
      counts,
      'only totals, averages and the like go over periods, as in `average(score each month)`',
    ],
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
  if (callee.of.kind === 'name') means(checking, callee.of.name, { kind: 'rates' });
  if (callee.name.text !== 'rate')
    return refuse(
      checking,
      messages.unknownName(callee.name.span, `reading of \`${owner}\``, callee.name.text, ['rate']),
    );
  means(checking, callee.name, { kind: 'built-in' });
  if (checking.declared.rates.get(owner)!.mode === 'amounts')
    return refuse(
      checking,
      messages.notHere(node.callee.span, `\`${owner}.rate\``, 'amounts have no rate: read the amount'),
    );
  return readTable(checking, node, owner, 'rate', world);
}

function callFunction(checking: Checking, node: ast.Call, name: string, world: World): Expression {
  const within: World = world.kind === 'row' && isRounding(name) ? { ...world, rounded: true } : world;
  const args = node.args.map((each) => infer(checking, each, within));
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
    const size: Expression =
      typeof value === 'object' && !isError(step)
        ? { kind: 'constant', type: step.type, text: exactText(value), optional: false, span: step.span }
        : step;
    return onRows(checking, apply(checking, rounding, [...args, size], node.span), world);
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
  // whether a division may stand on a row has been asked where it was written
  if (node.function === '/') return node;
  if (isRounding(node.function)) return node;
  return refuse(
    checking,
    messages.notOnRows(node.span, node.function === '/' ? 'a division' : `\`${node.function}\``),
  );
}

function isRounding(name: string): boolean {
  return name.startsWith('round') || name === 'floor' || name === 'ceil';
}

function findSql(name: string): boolean {
  return findFunction(name)?.sql !== undefined;
}

/** `attainment(kpi[…])` and `target(kpi[…])`. */
function ofKpi(checking: Checking, node: ast.Call, name: 'attainment' | 'target', around: World): Expression {
  const world = needsPerson(checking, node, around);
  if (world.kind !== 'people') return world;
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
  if (checking.targeted && !checking.targeted.has(figure.name))
    return refuse(checking, messages.neverATarget(node.span, name, figure.name));
  const ownPeriod = figure.scope.kind === 'own' && figure.window.kind === 'period';
  const ofRole = world.role?.targetOptional(figure.name, name, node.span) ?? true;
  const targetOptional = !ownPeriod || ofRole;
  checkTargetsAddUp(checking, figure, { span: node.span, world });
  return name === 'target'
    ? { kind: 'target', figure: figure.id, type: figure.type, optional: targetOptional, span: node.span }
    : {
        kind: 'attainment',
        figure: figure.id,
        type: PERCENT,
        optional:
          targetOptional ||
          figure.optional ||
          (checking.kpis.get(figure.name)?.attainment?.optional ?? false),
        span: node.span,
      };
}

/** Whether a window may hold several periods; one whole earlier period has its own target. */
function isWider(window: Window): boolean {
  if (window.kind === 'previous') return window.count > 1;
  return window.kind !== 'period' && window.kind !== 'last year';
}

/** Over several people or periods, targets of different things must say that they add up. */
function checkTargetsAddUp(
  checking: Checking,
  figure: Figure,
  { span, world }: { readonly span: Span; readonly world: PeopleWorld },
): void {
  const isOwn = figure.scope.kind === 'own';
  if (isOwn && !isWider(figure.window)) return;
  if (addingOf(checking, figure.value) !== 'distinct') return;
  const anyRole = checking.silentTargets.get(figure.name)?.span;
  const silent = isOwn && world.role ? world.role.silentTarget(figure.name) : anyRole;
  const over = isOwn ? 'several periods' : 'several people';
  if (silent) checking.diagnostics.push(messages.targetDoesntAddUp(span, figure.name, over, silent));
}

/** `before(x)`: the sum of x over the person's earlier events of the period. */
function before(checking: Checking, node: ast.Call, world: World): Expression {
  if (world.kind !== 'row' || world.place !== 'bonus')
    return refuse(
      checking,
      messages.notHere(node.span, '`before`', {
        text: 'it is for bonuses per event: `bonus b per deal = …`',
        yaml: 'it is for bonuses per event, such as with `per: deal`',
      }),
    );
  const [argument] = node.args;
  if (!argument || node.args.length > 1)
    return refuse(checking, messages.wrongArguments(node.span, 'before', 'one value', node.args.length));
  const value = infer(checking, argument, world);
  if (!require(checking, value, isNumeric, 'a number, a percent, an amount of money or a duration'))
    return unknown(node.span);
  if (value.optional) {
    const { span } = missingPart(value);
    return refuse(checking, messages.cellMayBeMissing(span, 'before', textOf(checking, span)));
  }
  return { kind: 'before', value, type: value.type, optional: false, span: node.span };
}

/** `nth(by client where is_won)`. */
function nth(checking: Checking, node: ast.Call, world: World): Expression {
  if (world.kind !== 'row' || world.place !== 'computed') {
    return refuse(
      checking,
      messages.notHere(node.span, '`nth`', {
        text: 'make it a field of the event: `is_first = nth(by client) is 1`',
        yaml: 'make it a field of the event: `computed: { is_first: nth(by client) is 1 }`',
      }),
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

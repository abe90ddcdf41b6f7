// Pools: one amount for all, and whose parts of it are by what. What a person has of a pool is an amount of pay.

import { isZero } from '../base/exact.ts';
import type { Grain } from '../base/period.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { pay } from './bonuses.ts';
import { grainOf } from './brackets.ts';
import { foldConstant } from './constants.ts';
import {
  beyond,
  type Checking,
  later,
  NOTHING_KNOWN,
  OWN,
  type PeopleWorld,
  THIS_PERIOD,
  textOf,
} from './context.ts';
import { askedGrain, otherGrain } from './grains.ts';
import { infer, refuse, require } from './infer.ts';
import { knowing } from './known.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { checkRanking, checkRecipients } from './others.ts';
import { roleEntry } from './roles.ts';
import { condition, grainFor } from './targets.ts';

const openId = (name: string): string => `pool ${name}`;

/** Checks a pool once, when it is first reached: by its declaration, or by a formula that names it. */
export function checkPool(checking: Checking, pool: ast.PoolDeclaration): void {
  const { name } = pool;
  if (checking.pools.has(name.text)) return;
  checking.pools.add(name.text);
  beyond(checking, `pool \`${name.text}\``, name.span);
  checking.open.push({ id: openId(name.text), name: name.text, span: name.span });
  const grain = grainFor(checking, pool.per, 'a pool');
  if (grain) checkFormulas(checking, pool, grain);
  checking.open.pop();
}

function checkFormulas(checking: Checking, pool: ast.PoolDeclaration, grain: Grain): void {
  const everybody: PeopleWorld = { kind: 'people', scope: OWN, window: THIS_PERIOD, known: NOTHING_KNOWN };
  const amount = pay(checking, pool.value, everybody, `pool \`${pool.name.text}\``);
  const personal = amount && personalPart(checking, amount);
  if (personal) {
    const shown = textOf(checking, personal.span);
    const help = `a pool is one amount for all of its people: ask for the company, \`${shown}[company]\``;
    checking.diagnostics.push(messages.notHere(personal.span, `\`${shown}\` of one person`, help));
  }
  if (!checkRecipients(checking, pool.to)) return;
  const world = roleEntry(checking, pool.to.role.text).world(grain);
  checkRanking(checking, pool.to, world);
  const when = pool.when && condition(checking, pool.when, world, 'the condition of this pool');
  if (pool.sharedBy === 'equally') return;
  const by = infer(checking, pool.sharedBy, when ? knowing(checking, world, when, true) : world);
  const numeric = 'a number, a percent, an amount of money or a duration';
  if (!require(checking, by, isNumeric, numeric)) return;
  const value = foldConstant(by);
  if (typeof value === 'object' && isZero(value))
    checking.diagnostics.push(messages.notPositive(by.span, 'what a pool is shared by'));
  else if (!(pool.when && !when)) requirePresent(checking, by, 'what a pool is shared by');
}

/** The first part of a formula that is one person's: a result, an attribute, a target. */
function personalPart(checking: Checking, node: Expression): Expression | undefined {
  switch (node.kind) {
    case 'measure':
      return node.scope.kind === 'company' ? undefined : node;
    case 'figure': {
      const figure = checking.figures.get(node.figure);
      if (!figure || figure.scope.kind === 'company') return undefined;
      return personalPart(checking, figure.value) && node;
    }
    case 'apply':
    case 'later': {
      if (node.kind === 'later' && node.what === 'total') return undefined;
      if (node.kind === 'later' && node.args.length === 0) return node;
      return firstPersonal(checking, node.args);
    }
    case 'lookup':
      return firstPersonal(checking, node.keys) && node;
    case 'rates':
    case 'curve':
      return personalPart(checking, node.argument) && node;
    case 'attribute':
    case 'target':
    case 'attainment':
    case 'score':
    case 'bonus':
      return node;
    default:
      return undefined;
  }
}

function firstPersonal(checking: Checking, nodes: readonly Expression[]): Expression | undefined {
  for (const each of nodes) {
    const found = personalPart(checking, each);
    if (found) return found;
  }
  return undefined;
}

/** What the person has of a pool, in the currency of pay; nothing is 0. */
export function shareOfPool(checking: Checking, name: ast.Name, world: PeopleWorld): Expression {
  const pool = checking.declared.pools.get(name.text)!;
  if (world.target || !world.role)
    return refuse(
      checking,
      messages.notHere(
        name.span,
        `pool \`${name.text}\``,
        'a share of it belongs to a person: use it in a bonus or award',
      ),
    );
  const at = checking.open.findIndex((each) => each.id === openId(name.text));
  if (at >= 0) return refuse(checking, messages.circle(name.span, checking.open.slice(at)));
  checkPool(checking, pool);
  const grain = pool.per ? grainOf(pool.per.text) : checking.grain;
  const asked = askedGrain(world);
  if (grain && !world.role.anyGrain && grain !== asked)
    return refuse(
      checking,
      otherGrain(name.span, `pool \`${name.text}\``, { name: name.text, grain, asked }),
    );
  return later(checking, `pool ${name.text}`, {
    args: [],
    type: { kind: 'money', currency: checking.currency },
    span: name.span,
  });
}

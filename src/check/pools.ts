// Pools: one amount for all, and whose parts of it are by what. What a person has of a pool is an amount of pay.

import { isZero } from '../base/exact.ts';
import type { Grain } from '../base/period.ts';
import { partsOf } from '../library/parts.ts';
import { isNumeric } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { Pool } from '../model/pay.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astAwards from '../syntax/ast-awards.ts';
import { pay } from './bonuses.ts';
import { foldConstant } from './constants.ts';
import {
  type Checking,
  NOTHING_KNOWN,
  OWN,
  type PeopleWorld,
  THIS_PERIOD,
  textOf,
  unknown,
} from './context.ts';
import { readGrain } from './fiscal.ts';
import { askedGrain, otherGrain } from './grains.ts';
import { infer, refuse, require } from './infer.ts';
import { knowing } from './known.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { checkRecipients, recipientsModel } from './others.ts';
import { condition, grainFor } from './targets.ts';

const openId = (name: string): string => `pool ${name}`;

/** A pool, checked once, when it is first reached: by its declaration, or by a formula that names it. */
export function poolModel(checking: Checking, declaration: astAwards.PoolDeclaration): Pool | undefined {
  const { name } = declaration;
  if (checking.pools.has(name.text)) return checking.pools.get(name.text);
  checking.pools.set(name.text, undefined);
  checking.open.push({ id: openId(name.text), name: name.text, span: name.span });
  const grain = grainFor(checking, declaration.per, 'a pool');
  const pool = grain && withFormulas(checking, declaration, grain);
  checking.open.pop();
  checking.pools.set(name.text, pool);
  return pool;
}

function withFormulas(checking: Checking, pool: astAwards.PoolDeclaration, grain: Grain): Pool | undefined {
  const everybody: PeopleWorld = { kind: 'people', scope: OWN, window: THIS_PERIOD, known: NOTHING_KNOWN };
  const amount = pay(checking, pool.value, everybody, `pool \`${pool.name.text}\``);
  const personal = amount && personalPart(checking, amount);
  if (personal) {
    const shown = textOf(checking, personal.span);
    const asked = personal.kind === 'points' || personal.kind === 'pool' ? '' : `, \`${shown}[company]\``;
    const help = `a pool is one amount for all of its people: ask for the company${asked}`;
    checking.diagnostics.push(messages.notHere(personal.span, `\`${shown}\` of one person`, help));
  }
  const recipients = checkRecipients(checking, pool.to, grain);
  const to = recipients && recipientsModel(checking, pool.to, recipients);
  if (!recipients) return undefined;
  const [parts, ...others] = recipients.worlds.map((world) => memberParts(checking, pool, world));
  if (!amount || personal || !to || ![parts, ...others].every((each) => each)) return undefined;
  const { name, title, doc, span } = pool;
  return {
    name: name.text,
    ...(title ? { title: title.text } : {}),
    ...(doc === undefined ? {} : { doc }),
    grain,
    amount,
    to,
    ...parts!,
    span,
  };
}

/** Which people of a role have a part of the pool, and by what; `undefined` after reporting what is wrong. */
function memberParts(
  checking: Checking,
  pool: astAwards.PoolDeclaration,
  world: PeopleWorld,
): Pick<Pool, 'when' | 'sharedBy'> | undefined {
  const when = pool.when && condition(checking, pool.when, world, 'the condition of this pool');
  const unclear = pool.when !== undefined && when === undefined;
  const limit = when ? { when } : {};
  if (pool.sharedBy === 'equally') return unclear ? undefined : { ...limit, sharedBy: 'equally' };
  const sharedBy = infer(checking, pool.sharedBy, when ? knowing(checking, world, when, true) : world);
  const numeric = 'a number, a percent, an amount of money or a duration';
  if (!require(checking, sharedBy, isNumeric, numeric)) return undefined;
  const value = foldConstant(sharedBy);
  if (typeof value === 'object' && isZero(value)) {
    checking.diagnostics.push(messages.notPositive(sharedBy.span, 'what a pool is shared by'));
    return undefined;
  }
  if (unclear || !requirePresent(checking, sharedBy, 'what a pool is shared by')) return undefined;
  return { ...limit, sharedBy };
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
      if (node.kind === 'later' && node.args.length === 0) return node;
      return firstPersonal(checking, node.args);
    }
    case 'lookup':
      return firstPersonal(checking, node.keys) && node;
    case 'rates':
    case 'curve':
    case 'grid':
      return firstPersonal(checking, partsOf(node)) && node;
    case 'previous':
    case 'each':
    case 'streak':
      return personalPart(checking, node.of) && node;
    case 'rank':
    case 'attribute':
    case 'target':
    case 'attainment':
    case 'score':
    case 'bonus':
    case 'points':
    case 'pool':
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
  const declaration = checking.declared.pools.get(name.text)!;
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
  const pool = poolModel(checking, declaration);
  const grain = declaration.per ? readGrain(checking.declared.calendars, declaration.per) : checking.grain;
  const asked = askedGrain(world);
  if (grain && !world.role.anyGrain && grain !== asked)
    return refuse(
      checking,
      otherGrain(name.span, `pool \`${name.text}\``, { name: name.text, grain, asked }),
    );
  if (!pool) return unknown(name.span);
  const type = { kind: 'money', currency: checking.currency } as const;
  return { kind: 'pool', pool: name.text, type, optional: false, span: name.span };
}

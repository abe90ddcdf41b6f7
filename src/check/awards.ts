// Awards and levels: for whom, when, and what they give. Their formulas stand in the role that they are for.

import type * as ast from '../syntax/ast.ts';
import { pay } from './bonuses.ts';
import { beyond, type Checking, isError, type PeopleWorld } from './context.ts';
import { infer, require } from './infer.ts';
import { knowing } from './known.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { checkRanking, checkRecipients } from './others.ts';
import { roleEntry } from './roles.ts';
import { condition } from './targets.ts';

/** Checks an award or a level: for whom it is, when, and what it gives. */
export function checkAward(checking: Checking, award: ast.AwardDeclaration | ast.LevelDeclaration): void {
  const { kind, name, to } = award;
  beyond(checking, `${kind} \`${name.text}\``, name.span);
  if (!checkRecipients(checking, to)) return;
  const world = roleEntry(checking, to.role.text).world(checking.grain);
  checkRanking(checking, to, world);
  const when = award.when && condition(checking, award.when, world, `the condition of this ${kind}`);
  if (award.kind === 'level') return;
  const unclear = award.when !== undefined && when === undefined;
  const within = when ? knowing(checking, world, when, true) : world;
  if (award.gives.length === 0)
    checking.diagnostics.push(
      messages.missingPart(name.span, `award \`${name.text}\``, 'prize', {
        text: `gives 10_000 ${checking.currency}`,
        yaml: `gives: 10_000 ${checking.currency}`,
      }),
    );
  for (const prize of award.gives) checkPrize(checking, prize, within as PeopleWorld, unclear);
}

function checkPrize(checking: Checking, prize: ast.Prize, world: PeopleWorld, unclear: boolean): void {
  const when = prize.when && condition(checking, prize.when, world, 'the condition of this prize');
  const within = when ? knowing(checking, world, when, true) : world;
  const what = unclear || (prize.when && !when) ? undefined : 'a prize';
  if (prize.kind === 'money') {
    pay(checking, prize.value, within, what);
    return;
  }
  const value = infer(checking, prize.value, within);
  if (isError(value)) return;
  const isPoints = prize.kind === 'points';
  const fits = require(checking, value, ({ kind }) => kind === (isPoints ? 'number' : 'text'), isPoints
    ? 'a number of points'
    : `a text, the name of the ${prize.kind}`);
  if (fits && what) requirePresent(checking, value, what);
}

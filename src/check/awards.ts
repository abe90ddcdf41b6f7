// Awards and levels: for whom, when, and what they give. Their formulas stand in the role that they are for, and in each
// that extends it.

import type { Award, Level, Prize } from '../model/pay.ts';
import type * as astAwards from '../syntax/ast-awards.ts';
import { pay } from './bonuses.ts';
import { type Checking, isError, type PeopleWorld } from './context.ts';
import { infer, require } from './infer.ts';
import { knowing } from './known.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import { checkRecipients, recipientsModel } from './others.ts';
import { condition } from './targets.ts';

/** An award or a level: for whom it is, when, and what it gives; `undefined` after reporting what is wrong. */
export function awardModel(
  checking: Checking,
  award: astAwards.AwardDeclaration | astAwards.LevelDeclaration,
): Award | Level | undefined {
  const recipients = checkRecipients(checking, award.to, checking.grain);
  if (!recipients) return undefined;
  const to = recipientsModel(checking, award.to, recipients);
  const [parts, ...others] = recipients.worlds.map((world) => partsOf(checking, award, world));
  if (award.kind === 'award' && award.gives.length === 0) checking.diagnostics.push(noPrize(checking, award));
  if (!to || !parts || !others.every((each) => each)) return undefined;
  const { name, title, doc, span } = award;
  const head = {
    name: name.text,
    ...(title ? { title: title.text } : {}),
    ...(doc === undefined ? {} : { doc }),
    to,
    span,
  };
  const { when, gives } = parts;
  if (award.kind === 'award') return { kind: 'award', ...head, ...(when ? { when } : {}), gives };
  return when && { kind: 'level', ...head, when };
}

function noPrize(checking: Checking, { name }: astAwards.AwardDeclaration) {
  return messages.missingPart(name.span, `award \`${name.text}\``, 'prize', {
    text: `gives 10_000 ${checking.currency}`,
    yaml: `gives: 10_000 ${checking.currency}`,
  });
}

/** The condition and the prizes as people of one role have them. */
function partsOf(
  checking: Checking,
  award: astAwards.AwardDeclaration | astAwards.LevelDeclaration,
  world: PeopleWorld,
): Pick<Award, 'when' | 'gives'> | undefined {
  const when = award.when && condition(checking, award.when, world, `the condition of this ${award.kind}`);
  const unclear = award.when !== undefined && when === undefined;
  const asked = award.kind === 'award' ? award.gives : [];
  const within = (when ? knowing(checking, world, when, true) : world) as PeopleWorld;
  const gives = asked.map((each) => prizeModel(checking, each, within, unclear));
  const found = gives.filter((each) => each !== undefined);
  return unclear || found.length < asked.length ? undefined : { ...(when ? { when } : {}), gives: found };
}

/** `unclear`: the award has a condition that couldn't be read, which may keep the prize from being missing. */
function prizeModel(
  checking: Checking,
  prize: astAwards.Prize,
  world: PeopleWorld,
  unclear: boolean,
): Prize | undefined {
  const { kind, span } = prize;
  const when = prize.when && condition(checking, prize.when, world, 'the condition of this prize');
  const within = when ? knowing(checking, world, when, true) : world;
  const isOpen = unclear || (prize.when !== undefined && !when);
  const value = prizeValue(checking, prize, within as PeopleWorld, isOpen ? undefined : 'a prize');
  return isOpen || !value ? undefined : { kind, value, ...(when ? { when } : {}), span };
}

function prizeValue(
  checking: Checking,
  prize: astAwards.Prize,
  world: PeopleWorld,
  what: string | undefined,
) {
  if (prize.kind === 'money') return pay(checking, prize.value, world, what);
  const value = infer(checking, prize.value, world);
  if (isError(value)) return undefined;
  const isPoints = prize.kind === 'points';
  const fits = require(checking, value, ({ kind }) => kind === (isPoints ? 'number' : 'text'), isPoints
    ? 'a number of points'
    : `a text, the name of the ${prize.kind}`);
  return fits && (!what || requirePresent(checking, value, what)) ? value : undefined;
}

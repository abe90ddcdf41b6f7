// Which length of time a formula is worked out over, and values that have another length than the formula naming them.

import type { Diagnostic } from '../base/diagnostic.ts';
import { fits, type Grain, grainText } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { type Checking, type PeopleWorld, peopleOf, type World } from './context.ts';
import { readGrain } from './fiscal.ts';
import * as messages from './messages.ts';

/** The length of time that a formula is worked out over; `undefined` in a KPI or `let` that leaves it to who asks. */
export function askedGrain(world: World): Grain | undefined {
  const people = peopleOf(world);
  return people?.role?.grain ?? people?.grain;
}

/** A value of one length of time, named in a formula of another one. `what` in words: ``bonus `q` ``. */
export function otherGrain(
  use: Span,
  what: string,
  of: { readonly name: string; readonly grain: Grain; readonly asked: Grain | undefined },
): Diagnostic {
  const { name, grain, asked } = of;
  return messages.notHere(use, `${what}, which is per ${grainText(grain)},`, helpFor(name, grain, asked));
}

function helpFor(name: string, grain: Grain, asked: Grain | undefined): string {
  const own = grainText(grain);
  if (asked === undefined)
    return `this is worked out over whatever time it is asked for: leave \`per ${own}\` out of \`${name}\`, or make this a \`let\` per ${own}`;
  const over = grainText(asked);
  return fits(grain, asked)
    ? `this is worked out per ${over}: write \`sum(${name} each ${own})\``
    : `this is worked out per ${over}: make it per ${own} too`;
}

/** What is wrong with naming a `let` here, which is worked out over a length of time of its own; `undefined`: nothing. */
export function letOfOtherGrain(
  checking: Checking,
  name: string,
  world: PeopleWorld,
  use: Span,
): Diagnostic | undefined {
  const per = checking.declared.lets.get(name)?.per;
  const grain = readGrain(checking.declared.calendars, per);
  if (!grain || world.role?.anyGrain) return undefined;
  const asked = askedGrain(world);
  const agrees = asked === undefined ? grain === checking.grain : asked === grain;
  return agrees ? undefined : otherGrain(use, `\`${name}\``, { name, grain, asked });
}

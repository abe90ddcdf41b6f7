// Whose an event is: its owner, or the lines of `credit` with their shares, conditions and roles.

import { add, compare, equals, exact, ONE, parseExact, sign, ZERO } from '../base/exact.ts';
import { percentNotation } from '../base/notation.ts';
import { typeInWords } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { CreditModel } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astData from '../syntax/ast-data.ts';
import { constantText } from './constants.ts';
import { type Checking, type EventScope, isError, NOTHING_KNOWN, type RowWorld, textOf } from './context.ts';
import { describe, infer } from './infer.ts';
import { knowing } from './known.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';
import { requirePresent, whyMissing } from './missing.ts';
import { leadsOf } from './references.ts';

/** Without `credit`, the owner has the whole of it. */
export function ownerLine(
  checking: Checking,
  event: EventScope,
  owner: astData.Field | undefined,
): readonly CreditModel[] {
  const field = owner && event.fields.get(owner.name.text);
  if (!field) return [];
  if (field.optional)
    checking.diagnostics.push(
      messages.mayBeMissing(
        owner.span,
        `the owner of \`${event.declaration.name.text}\``,
        'its cell may be empty',
        {
          text: `leave \`?\` out, or say who is credited: \`credit ${event.declaration.name.text} { to ${field.name} else … 100% }\``,
          yaml: `leave \`?\` out, or say who is credited: \`credits: { ${event.declaration.name.text}: to ${field.name} else … 100% }\``,
        },
      ),
    );
  return [
    {
      to: { kind: 'field', name: field.name, type: field.type, optional: field.optional, span: field.span },
      share: '1',
      extra: false,
      span: field.span,
    },
  ];
}

/** The lines of `credit`, whose shares come to 100% unless conditions decide. */
export function creditLines(
  checking: Checking,
  event: EventScope,
  credit: astData.CreditDeclaration,
): readonly CreditModel[] {
  const world: RowWorld = { kind: 'row', event, place: 'credit', known: NOTHING_KNOWN };
  const lines = credit.lines.flatMap((line) => {
    const checked = creditLine(checking, line, world);
    return checked ? [checked] : [];
  });
  const rests = credit.lines.filter((line) => line.share === 'rest');
  if (rests[1]) checking.diagnostics.push(messages.twice(rests[1].span, '`rest`', rests[0]!.span));
  const ordinary = credit.lines.filter((line) => !line.extra);
  const complete = lines.length === credit.lines.length;
  // what always holds is the least that is given of each event
  const always = lines.filter((line) => !line.extra && !line.when && line.share !== 'rest');
  const least = always.reduce((sum, line) => add(sum, exact(line.share)), ZERO);
  const isAll = rests.length === 0 && ordinary.every((line) => !line.when);
  if (complete && (isAll ? !equals(least, ONE) : compare(least, ONE) > 0))
    checking.diagnostics.push(messages.sharesNeverWhole(credit.name.span, percentNotation(least)));
  return lines;
}

function creditLine(checking: Checking, line: astData.CreditLine, world: RowWorld): CreditModel | undefined {
  const when = line.when && infer(checking, line.when, world);
  const within = when ? (knowing(checking, world, when, true) as RowWorld) : world;
  const above = leadsOf(checking, line.to, within);
  const person = (node: ast.Expression, checked = infer(checking, node, within)) => {
    if (isError(checked) || checked.type.kind === 'person') return checked;
    checking.diagnostics.push(messages.wrongType(checked.span, 'a person', describe(checked)));
    return undefined;
  };
  const to = person(line.to, above);
  const otherwise = line.otherwise && person(line.otherwise);
  if (when && !isError(when)) {
    if (when.type.kind !== 'truth')
      checking.diagnostics.push(messages.wrongType(when.span, 'a condition', describe(when)));
    else requirePresent(checking, when, 'the condition of this credit line');
  }
  if (
    to &&
    !isError(to) &&
    !line.extra &&
    to.optional &&
    (!otherwise || otherwise.optional) &&
    !(when && isError(when))
  ) {
    const shown = textOf(checking, line.to.span);
    checking.diagnostics.push(
      messages.mayBeMissing(
        (otherwise ?? to).span,
        'the person of this credit line',
        whyMissing(checking, otherwise ?? to),
        `say who is credited then, \`${shown} else …\`, or when the line holds, \`when ${shown} exists\``,
      ),
    );
  }
  const share = line.share === 'rest' ? { text: 'rest' } : shareOf(checking, line.share);
  if (share && share.text !== 'rest') {
    const value = parseExact(share.text);
    if (!value || !('type' in share) || (share.type.kind !== 'percent' && share.type.kind !== 'number')) {
      checking.diagnostics.push(
        messages.wrongType(
          (line.share as ast.Expression).span,
          'a share such as 30%',
          'type' in share ? typeInWords(share.type) : 'something else',
        ),
      );
      return undefined;
    }
    if (sign(value) <= 0 || (!line.extra && compare(value, ONE) > 0)) {
      checking.diagnostics.push(
        messages.wrongType(
          (line.share as ast.Expression).span,
          'a share above 0% and up to 100%',
          percentNotation(exact(share.text)),
        ),
      );
      return undefined;
    }
  }
  if (line.extra && !line.as)
    checking.diagnostics.push(
      messages.missingPart(line.span, 'this `extra` line', 'name', 'to … 30% extra as care'),
    );
  if (line.extra && line.share === 'rest')
    checking.diagnostics.push(
      messages.notHere(line.span, '`rest`', 'an `extra` line is beside the 100%: give it a share'),
    );
  const roles = line.role && rolesNamed(checking, line.role);
  checkWho(checking, line, above);
  if (!to || isError(to) || (when && isError(when)) || !share) return undefined;
  return {
    to,
    ...(above ? { leadsAbove: true } : {}),
    ...(otherwise ? { otherwise } : {}),
    share: share.text,
    extra: line.extra,
    ...(line.also ? { also: true } : {}),
    ...(line.inEveryRole ? { inEveryRole: true } : {}),
    ...(line.as ? { as: line.as.text } : {}),
    ...(roles ? { roles } : {}),
    ...(when ? { when } : {}),
    span: line.span,
  };
}

/** A share; a bare word that isn't known is `rest` misspelt, or no share. */
function shareOf(checking: Checking, share: ast.Expression) {
  if (share.kind !== 'name') return constantText(checking, share, 'a share');
  checking.diagnostics.push(messages.badWord(share.span, 'a share', share.name.text, ['rest']));
  return undefined;
}

/** `also`, `in every role` and the leads above, which say who of several is credited. */
function checkWho(checking: Checking, line: astData.CreditLine, above: Expression | undefined): void {
  const say = (what: string, why: string): void => {
    checking.diagnostics.push(messages.notHere(line.span, what, why));
  };
  if (line.also && !line.extra)
    say('`also`', 'it is for an `extra` line, which else credits nobody whom another line credits');
  if (line.inEveryRole && line.role)
    say('`in every role`', 'the line names one role already: keep one of the two');
  if (above && !line.extra)
    say('`leads`', 'they are several people: mark the line as `extra`, and give it a name');
  else if (above && line.otherwise)
    say('`else` after `leads`', 'where nobody stands above, nobody is credited: leave it out');
}

/** A role and those that extend it. */
export function rolesNamed(checking: Checking, name: ast.Name): readonly string[] | undefined {
  const { roles } = checking.declared;
  if (!roles.has(name.text)) {
    checking.diagnostics.push(messages.unknownName(name.span, 'role', name.text, [...roles.keys()]));
    return undefined;
  }
  means(checking, name, { kind: 'role' });
  return [...roles.keys()].filter((each) => lineageOf(checking, each).includes(name.text));
}

/** A role and what it extends, nearest first; a circle ends where it closes. */
export function lineageOf(checking: Checking, name: string): readonly string[] {
  const lineage: string[] = [];
  let at: string | undefined = name;
  while (at !== undefined && !lineage.includes(at) && checking.declared.roles.has(at)) {
    lineage.push(at);
    at = checking.declared.roles.get(at)?.extends?.text;
  }
  return lineage;
}

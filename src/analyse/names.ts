// Names that fool the eye: a letter of another alphabet within a word, and two names that look alike.

import type { Diagnostic } from '../base/diagnostic.ts';
import { difference, skeleton } from '../base/suggest.ts';
import type { Name } from '../syntax/ast.ts';
import type { Field } from '../syntax/ast-data.ts';
import type { Declaration } from '../syntax/ast-policy.ts';
import type { RoleDeclaration } from '../syntax/ast-roles.ts';
import * as messages from './messages.ts';
import { declared, type Reading } from './reading.ts';

export function nameLints(reading: Reading): readonly Diagnostic[] {
  const spaces = nameSpaces(reading);
  return [...spaces.flat().flatMap(mixedAlphabets), ...spaces.flatMap(lookAlikes)];
}

/** Names by the space in which they must differ; credit lines of one name are one thing. */
function nameSpaces(reading: Reading): readonly (readonly Name[])[] {
  const named = (...kinds: readonly Named[]): readonly Name[] =>
    kinds.flatMap((kind) => declared(reading, kind).map((each) => each.name));
  const fields = [
    ...declared(reading, 'event'),
    ...declared(reading, 'table'),
    ...declared(reading, 'person'),
  ];
  return [
    [
      ...named('kpi', 'let', 'curve', 'rates', 'grid', 'table', 'pool'),
      ...distinct(declared(reading, 'role').flatMap(bonusNames)),
    ],
    named('policy'),
    named('role'),
    named('event'),
    named('award', 'level'),
    named('calendar'),
    ...fields.map((each) => [
      ...each.fields.map((field) => field.name),
      ...('computed' in each ? each.computed.map((field) => field.name) : []),
    ]),
    ...fields.flatMap((each) => each.fields.map(membersOf)),
    ...declared(reading, 'grid').map((each) => each.dimensions),
    ...declared(reading, 'credit').map((each) =>
      distinct(each.lines.flatMap((line) => (line.as ? [line.as] : []))),
    ),
  ];
}

/** Kinds of declarations that have a name of their own. */
type Named = Exclude<Declaration['kind'], 'import' | 'person' | 'for' | 'credit' | 'test' | 'invariant'>;

function bonusNames(role: RoleDeclaration): readonly Name[] {
  return role.bonuses.map((each) => each.name);
}

function membersOf(field: Field): readonly Name[] {
  return field.type.kind === 'enumeration' ? field.type.members : [];
}

/** The first of each name. */
function distinct(names: readonly Name[]): readonly Name[] {
  return [...new Map(names.toReversed().map((each) => [each.text, each])).values()].reverse();
}

// ---- alphabets ---------------------------------------------------------------------------------------------

const ALPHABETS: readonly (readonly [string, RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
];

/** A word ends at whatever isn't a letter, so that `отдел_sales` is two words. */
function mixedAlphabets(name: Name): readonly Diagnostic[] {
  for (const word of name.text.split(/[^\p{L}\p{M}]+/u)) {
    const odd = oddLetter(word);
    if (odd) return [messages.mixedAlphabets(name.span, name.text, odd)];
  }
  return [];
}

/** The first letter of the alphabet that fewer letters of a word are of. */
function oddLetter(word: string) {
  const used = ALPHABETS.map(([alphabet, pattern]) => ({
    alphabet,
    letters: [...word].filter((letter) => pattern.test(letter)),
  })).filter((each) => each.letters.length > 0);
  if (used.length < 2) return undefined;
  const [fewest, ...others] = used.sort((a, b) => a.letters.length - b.letters.length);
  return { letter: fewest!.letters[0]!, alphabet: fewest!.alphabet, rest: others.at(-1)!.alphabet };
}

// ---- look-alikes -------------------------------------------------------------------------------------------

function lookAlikes(names: readonly Name[]): readonly Diagnostic[] {
  const seen = new Map<string, Name>();
  return names.flatMap((name) => {
    const look = skeleton(name.text);
    const first = seen.get(look);
    if (!first) seen.set(look, name);
    return first && first.text !== name.text
      ? [messages.lookAlike(name.span, name.text, first.span, difference(name.text, first.text))]
      : [];
  });
}

// Whom a policy names that the people data doesn't know: `for person` and `for team` can be checked only with data.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { People } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { parsePolicy } from '../syntax/parse.ts';
import * as rules from './rule-messages.ts';

// a policy's files are never changed, and many runs may be made of them
const known = new WeakMap<Model['sources'], readonly astRoles.ForDeclaration[]>();

/** The targets of one person or team in the policy's text; a run of a policy without any needn't ask who is known. */
export function targetsOfOne({ sources }: Model): readonly astRoles.ForDeclaration[] {
  const found =
    known.get(sources) ??
    sources
      .filter(({ text }) => /\bfor\b/.test(text))
      .flatMap((source) => parsePolicy(source).value.declarations)
      .filter((each) => each.kind === 'for');
  known.set(sources, found);
  return found;
}

/** A warning for each of them whose person or team doesn't stand in the people data. */
export function strangers(
  blocks: readonly astRoles.ForDeclaration[],
  people: Pick<People, 'rows' | 'known'>,
): readonly Diagnostic[] {
  const known = {
    person: new Set(people.known ?? people.rows.map(({ person }) => person)),
    team: new Set(people.rows.flatMap(({ team }) => (team === undefined ? [] : [team]))),
  };
  return blocks.flatMap(({ of, name }) => {
    const text = name.text.normalize('NFC');
    return known[of].has(text) ? [] : [rules.namesNobody(name.span, of, text, [...known[of]])];
  });
}

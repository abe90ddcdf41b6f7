// Whom a policy names that the people data doesn't know: `for person` and `for team` can be checked only with data.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { People } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import { namesNobody } from './messages.ts';

/** A warning for each target of one person or team who doesn't stand in the people data. */
export function strangers(
  { overrides }: Pick<Model, 'overrides'>,
  people: Pick<People, 'rows' | 'known'>,
): readonly Diagnostic[] {
  if (overrides.length === 0) return [];
  const known = {
    person: new Set(people.known ?? people.rows.map(({ person }) => person)),
    team: new Set(people.rows.flatMap(({ team }) => (team === undefined ? [] : [team]))),
  };
  return overrides.flatMap((each) => {
    const name = each.name.normalize('NFC');
    return known[each.of].has(name) ? [] : [namesNobody(each, name, [...known[each.of]])];
  });
}

// What an author can type: names to complete an expression with.

import { CALLABLE_NAMES } from '../library/callable.ts';
import type { Model } from '../model/policy.ts';

const WORDS = ['and', 'or', 'not', 'is', 'else', 'when', 'otherwise', 'exists', 'true', 'false'];
const WORDS_OF_PEOPLE = ['score', 'where', 'team', 'company', 'previous', 'trailing', 'ytd', 'qtd'];
const BUILT_IN = [
  'person.id',
  'person.name',
  'person.role',
  'person.team',
  'person.lead',
  'person.month_in_role',
  'person.month_of_service',
];

/** Functions and words of formulas and, with a policy, its KPIs, tables, curves, events, fields, attributes and bonuses; sorted. */
export function expressionNames(model?: Model): readonly string[] {
  const names = new Set([...CALLABLE_NAMES, ...WORDS]);
  if (model) for (const each of namesOf(model)) names.add(each);
  return [...names].sort();
}

function namesOf(model: Model): readonly string[] {
  return [
    ...WORDS_OF_PEOPLE,
    ...BUILT_IN,
    'period.start',
    'period.end',
    ...model.figures.map((each) => each.name),
    ...[...model.curves, ...model.rates, ...model.tables].map((each) => each.name),
    ...model.attributes.map((each) => `person.${each.name}`),
    ...model.roles.flatMap((role) => role.bonuses.map((each) => each.name)),
    ...model.events.flatMap((event) => [
      event.name,
      ...[...event.fields, ...event.computed].map((each) => `${event.name}.${each.name}`),
    ]),
  ];
}

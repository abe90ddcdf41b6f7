// The parser of all phrases: what stands after a clause's word, in a line of the text form or in a YAML scalar. Each
// rule gives the part of a node that the phrase says; names and spans are added by who knows the whole statement.

import { PeopleRules } from './phrases-people.ts';

export class PhraseRules extends PeopleRules {
  constructor() {
    super();
    this.performSelfAnalysis();
  }

  /** Nothing: the head of a declaration that has a name alone. */
  readonly noHead = this.RULE('noHead', (): Record<never, never> => ({}));
}

/** One parser serves all phrases: it keeps nothing between two. */
export const PHRASES = new PhraseRules();

export type PhraseName =
  | 'formula'
  | 'sum'
  | 'name'
  | 'word'
  | 'grain'
  | 'list'
  | 'noHead'
  | 'titleHead'
  | 'roleHead'
  | 'kpiHead'
  | 'bonusHead'
  | 'letHead'
  | 'poolHead'
  | 'forHead'
  | 'rowHead'
  | 'expectHead'
  | 'dateRange'
  | 'rounding'
  | 'report'
  | 'paysIn'
  | 'corrections'
  | 'takesBack'
  | 'reopens'
  | 'work'
  | 'holiday'
  | 'weeks'
  | 'fieldType'
  | 'creditLine'
  | 'category'
  | 'better'
  | 'status'
  | 'curveMode'
  | 'curveKey'
  | 'curveScore'
  | 'ratesMode'
  | 'tierBounds'
  | 'tierRate'
  | 'gridBy'
  | 'gridHeading'
  | 'gridKeys'
  | 'gridValues'
  | 'target'
  | 'targetValue'
  | 'spread'
  | 'scoreLine'
  | 'gate'
  | 'bonus'
  | 'bonusClauses'
  | 'pays'
  | 'holds'
  | 'payable'
  | 'cap'
  | 'floor'
  | 'draw'
  | 'prorate'
  | 'recipients'
  | 'prizes'
  | 'shared'
  | 'cell'
  | 'given'
  | 'claim';
export type PhraseValue<P extends PhraseName> = ReturnType<PhraseRules[P]>;

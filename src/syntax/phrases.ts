// The parser of all phrases: what stands after a clause's word, in a line of the text form or in a YAML scalar. Each
// rule gives the part of a node that the phrase says; names and spans are added by who knows the whole statement.

import { MismatchedTokenException } from 'chevrotain';
import { CHOICES } from './choices.generated.js';
import { type Choice, type Chooser, choicesOf, chooser, noting } from './choices.ts';
import { PeopleRules } from './phrases-people.ts';
import { MAX_LOOKAHEAD } from './rules.ts';
import { Named } from './tokens.ts';

export class PhraseRules extends PeopleRules {
  /** Nothing: the head of a declaration that has a name alone. */
  readonly noHead = this.RULE('noHead', (): Record<never, never> => ({}));
}

/** What chevrotain keeps to itself. */
interface Inside {
  selfAnalysisDone: boolean;
  readonly lookAheadFuncsCache: Map<number, Chooser>;
}

function insideOf(parser: PhraseRules): Inside {
  return parser as unknown as Inside;
}

/** Reads phrases by choices that are known already; of a phrase that it can't read it says nothing more than that. */
class QuickPhrases extends PhraseRules {
  constructor() {
    super(undefined, [Named]);
    const inside = insideOf(this);
    inside.selfAnalysisDone = true;
    const made = inside.lookAheadFuncsCache;
    for (const choice of choicesOf(CHOICES)) {
      made.set(choice.key, function (alternatives) {
        const choose = chooser(choice);
        made.set(choice.key, choose);
        return choose.call(this, alternatives);
      });
    }
  }

  /** In place of chevrotain's, which says what was expected: that takes the rules as data. */
  protected raiseNoAltException(): never {
    const stopped = new MismatchedTokenException('', this.LA(1), this.LA(0));
    this.errors = [stopped];
    throw stopped;
  }

  protected raiseEarlyExitException(): never {
    this.raiseNoAltException();
  }
}

/** Knows its own rules, so that it can say what was expected, and what may come next. */
class WholePhrases extends PhraseRules {
  constructor(strategy?: ReturnType<typeof noting>['strategy']) {
    super(strategy);
    this.performSelfAnalysis();
  }
}

/** One parser serves all phrases: it keeps nothing between two. */
export const PHRASES: PhraseRules = new QuickPhrases();

let whole: PhraseRules | undefined;

/** The parser that can explain itself; made when first asked for, which takes longer than most policies do. */
export function wholePhrases(): PhraseRules {
  whole ??= new WholePhrases();
  return whole;
}

/** The choices of all rules, found anew. */
export function findChoices(): readonly Choice[] {
  const { strategy, noted } = noting(MAX_LOOKAHEAD);
  const keys = [...insideOf(new WholePhrases(strategy)).lookAheadFuncsCache.keys()];
  return noted.map((each, at) => ({ key: keys[at]!, ...each }));
}

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

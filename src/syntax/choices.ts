// What the parser decides by at each place where the rules leave a choice: which kinds of token begin which alternative.
// Finding that out takes chevrotain longer than reading a policy, so it is found once and kept in
// choices.generated.js; a test says when it is stale.

import {
  getLookaheadPaths,
  type ILookaheadStrategy,
  LLkLookaheadStrategy,
  type LookaheadProductionType,
  type Rule,
  type TokenType,
} from 'chevrotain';
import { VOCABULARY } from './tokens.ts';

/** A place with a choice: its key in the parser, whether conditions decide too, and what begins each alternative. */
export interface Choice {
  readonly key: number;
  /** `whether`: an optional part, and what begins it; `which`: one of several; `gated`: one of those that are open. */
  readonly kind: 'whether' | 'which' | 'gated';
  /** Indexes in the vocabulary; -1 is anything. */
  readonly begins: readonly (readonly number[])[];
}

/** Chevrotain's own way of choosing, written down. */
export interface Noted {
  readonly strategy: ILookaheadStrategy;
  /** What was chosen by, in the order in which chevrotain asked. */
  readonly noted: Omit<Choice, 'key'>[];
}

/** A way of choosing that writes down what it chooses by. */
export function noting(maxLookahead: number): Noted {
  const own = new LLkLookaheadStrategy({ maxLookahead });
  const noted: Omit<Choice, 'key'>[] = [];
  const pathsOf = (rule: Rule, occurrence: number, prodType: LookaheadProductionType) =>
    getLookaheadPaths({ occurrence, rule, prodType, maxLookahead }).map((paths) =>
      paths.map(([type]) => (type === undefined ? -1 : VOCABULARY.indexOf(type))),
    );
  const strategy: ILookaheadStrategy = {
    validate: (options) => own.validate(options),
    buildLookaheadForAlternation: (options) => {
      const begins = pathsOf(options.rule, options.prodOccurrence, 'Alternation');
      noted.push({ kind: options.hasPredicates ? 'gated' : 'which', begins });
      return own.buildLookaheadForAlternation(options);
    },
    buildLookaheadForOptional: (options) => {
      const [begins = []] = pathsOf(options.rule, options.prodOccurrence, options.prodType);
      noted.push({ kind: 'whether', begins: [begins] });
      return own.buildLookaheadForOptional(options);
    },
  };
  return { strategy, noted };
}

/** What a choice is made by at run time: the parser asks with itself as `this`. */
export type Chooser = (
  this: { LA(at: number): { readonly tokenTypeIdx: number } },
  alternatives?: readonly { readonly GATE?: () => boolean }[],
) => number | boolean | undefined;

/** The choice as the parser makes it. */
export function chooser({ kind, begins }: Choice): Chooser {
  const sets = begins.map(kindsOf);
  const [first] = sets;
  if (kind === 'whether') {
    return function () {
      return first!.has(this.LA(1).tokenTypeIdx);
    };
  }
  if (kind === 'which') {
    return function () {
      const { tokenTypeIdx } = this.LA(1);
      const at = sets.findIndex((set) => set.has(tokenTypeIdx));
      return at === -1 ? undefined : at;
    };
  }
  return function (alternatives) {
    const { tokenTypeIdx } = this.LA(1);
    for (let at = 0; at < sets.length; at++) {
      if (alternatives?.[at]?.GATE?.call(this) !== false && sets[at]!.has(tokenTypeIdx)) return at;
    }
    return undefined;
  };
}

/** The kinds and those under them, by chevrotain's numbers. */
function kindsOf(begins: readonly number[]): Pick<ReadonlySet<number>, 'has'> {
  if (begins.includes(-1)) return { has: () => true };
  return new Set(
    begins.flatMap((index) => {
      const { tokenTypeIdx, categoryMatches } = VOCABULARY[index] as TokenType;
      return [tokenTypeIdx!, ...(categoryMatches ?? [])];
    }),
  );
}

const KINDS = ['whether', 'which', 'gated'] as const;

/**
 * The choices as text, since pages load it: in the order of their keys, each the distance from the key before, its kind,
 * and what begins each alternative, by their distances from one another.
 */
export function choicesText(choices: readonly Choice[]): string {
  let last = 0;
  return choices
    .toSorted((a, b) => a.key - b.key)
    .map(({ key, kind, begins }) => {
      const step = (key - last).toString(36);
      last = key;
      return [step, KINDS.indexOf(kind), ...begins.map(distances)].join(' ');
    })
    .join(';');
}

/** What `choicesText` has written. */
export function choicesOf(text: string): readonly Choice[] {
  let key = 0;
  return text.split(';').map((each) => {
    const [step, kind, ...begins] = each.split(' ');
    key += Number.parseInt(step!, 36);
    return { key, kind: KINDS[Number(kind)]!, begins: begins.map(fromDistances) };
  });
}

function distances(numbers: readonly number[]): string {
  return numbers.map((each, at) => (each - (numbers[at - 1] ?? 0)).toString(36)).join(',');
}

function fromDistances(text: string): readonly number[] {
  let last = 0;
  return text === ''
    ? []
    : text.split(',').map((each) => {
        last += Number.parseInt(each, 36);
        return last;
      });
}

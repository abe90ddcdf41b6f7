// What the words of the language say, where the table of clauses doesn't: for completion and hover.

import { type Clause, type Part, SHAPES } from '../syntax/shape.ts';
import { docOf } from '../syntax/shape-docs.ts';

/** Words within formulas and phrases, and what each says. */
export const KEYWORDS: ReadonlyMap<string, string> = new Map([
  ['where', 'only the rows for which this holds'],
  ['as', 'only what is credited by the line of that name'],
  ['by', 'what it is ordered, grouped or counted by'],
  ['each', 'of each period, or of each value of a field'],
  ['each earlier', 'of each period before this one'],
  ['of', 'what it is a part of'],
  ['within', 'how long before or after'],
  ['to', 'the step of a rounding, or a currency'],
  ['at', 'the day of a rate or of a row'],
  ['after', 'the value from which a table goes on'],
  ['before', 'how long before'],
  ['half up', 'a half goes away from zero'],
  ['half even', 'a half goes to the even neighbour'],
  ['down', 'towards zero; of ordered words: so many down'],
  ['up', 'of ordered words: so many up'],
  ['distinct', 'different values are counted, not rows'],
  ['and', 'both hold'],
  ['or', 'one of them holds, or both'],
  ['not', "it doesn't hold"],
  ['is', 'compares: the two are the same'],
  ['is not', 'compares: the two differ'],
  ['else', 'what it is where the value before is missing'],
  ['when', 'the condition under which it holds'],
  ['otherwise', "what it is where the condition doesn't hold"],
  ['exists', "whether it isn't missing"],
  ['previous', 'the period before, or so many before together: `[previous 3]`'],
  ['trailing', 'so many periods that end with this one: `[trailing 3 months]`'],
  ['to date', 'from the first day of the data to the end of the period'],
  ['same period last year', 'the period of the same number a year before'],
  ['key', 'what tells a row from all others'],
  ['posts', 'the day that puts the event into a period'],
  ['owner', 'who is credited, unless a credit line says otherwise'],
  ['known', 'when the row became known'],
  ['from', 'from where on, included'],
  ['until', 'up to where, included'],
  ['above', 'above the bound, which is not included'],
  ['below', 'below the bound, which is not included'],
  ['rest', 'what the other lines leave of 100%'],
  ['extra', 'beside the shares that come to 100%'],
  ['also', 'credits even who is credited by another line'],
  ['in role', 'credits the person in that role'],
  ['in every role', 'credits the person in each role held that day'],
  ['outcome', 'a result that the company wants'],
  ['operational', 'what leads to results'],
  ['higher is better', 'more is better'],
  ['lower is better', 'less is better'],
  ['linear', 'straight lines between the points'],
  ['steps', 'the score of the last point reached'],
  ['marginal', 'each slice at its own rate'],
  ['whole', 'all of it at the rate that is reached'],
  ['on all', 're-rates everything below the tier'],
  ['more per', 'a slope past the last point'],
  ['full', 'in whole steps only'],
  ['up to', 'the value just below the place'],
  ['gated', 'pays nothing while a gate of the role fails'],
  ['prorated', 'goes by the days held'],
  ['not prorated', "doesn't go by the days held"],
  ['per', 'the length of time that it is worked out over'],
  ['adds up', 'the targets of parts add up'],
  ['spread', 'how a longer target goes over its parts'],
  ['evenly', 'to all parts alike'],
  ['within', 'a band: 100% inside of it'],
  ['on', 'the curve that makes a score of it'],
  ['of value', 'the curve reads the KPI itself, not its attainment'],
  ['cap', 'the most'],
  ['floor', 'the least'],
  ['missing', 'what a missing value counts'],
  ['counts', 'the score that a missing value has'],
  ['spreads its weight', 'the other lines take its weight'],
  ['at least', 'how much of the weights must be there'],
  ['recoverable', 'what it adds is owed, and taken from later pay'],
  ['recovered from month', 'from which month on it is taken back'],
  ['carry excess', 'what a cap keeps is paid later'],
  ['in all', 'counts the bonuses of every length of time'],
  ['top', 'only the first so many'],
  ['only', 'not of roles that extend it'],
  ['with zero', 'ranks who has nothing, too'],
  ['then by', 'what decides between those who are level'],
  ['split among ties', 'those who are level share the prize'],
  ['equally', 'to all alike'],
  ['points', "points of the person's account"],
  ['badge', 'a badge'],
  ['recognition', 'a recognition'],
  ['training', 'a training'],
  ['every', 'each row so much later than the one before'],
  ['expect', 'what must hold of a person in a period'],
  ['while employed', 'only for who is there when the time ends'],
  ['forfeited on leaving', 'parts and holds end with the work'],
  ['monthly parts', 'in parts, the first with the period itself'],
  ['later', 'so much later'],
  ['at posting', "at the rate of the event's day"],
  ['extends', 'the role whose clauses it takes over'],
  ['by working days', 'a part of a period is measured by its working days'],
]);

/** The clauses and parts that a word begins, each with the word of its declaration. */
export function clausesOf(
  word: string,
): readonly { readonly of: string; readonly part: Clause | Part; readonly doc: string }[] {
  return SHAPES.flatMap((shape) =>
    shape.clauses.flatMap((clause) => {
      const own =
        'word' in clause && clause.word?.split(' ')[0] === word
          ? [{ of: shape.word, part: clause, doc: docOf(clause) }]
          : [];
      const parts = (clause.parts ?? [])
        .filter(({ key }) => key.replaceAll('_', ' ').split(' ')[0] === word)
        .map((part) => ({ of: clause.word ?? clause.key, part, doc: docOf(part) }));
      return [...own, ...parts];
    }),
  );
}

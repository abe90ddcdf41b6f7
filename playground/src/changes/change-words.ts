// What changed, whose pay it moves and why, in words of the page's language.

import {
  compareTexts,
  figureIn,
  type Language,
  percentIn,
  signOfText,
} from '../../../src/browser-figures.ts';
import type { Crossing, DiffFigures, PersonDelta, PolicyChange } from '../../../src/browser-questions.ts';
import { say } from './words.ts';

/** `role hunter, bonus commission`, `rates ladder`: in the words of the policy. */
export function changeName({ kind, name, part }: PolicyChange): string {
  const whole = name === '' ? kind : `${kind} ${name}`;
  return part === undefined ? whole : `${kind === 'policy' ? kind : whole}, ${part}`;
}

/** What became of it. */
export function changeHow({ how, was, roles = [], lines, part }: PolicyChange): string {
  switch (how) {
    case 'added':
    case 'removed':
      return say(how);
    case 'changed':
      return say(lines.length === 0 && part === undefined ? 'reordered' : 'changed');
    case 'renamed':
      return say('renamed', { was: was ?? '' });
    case 'moved':
      return say(lines.some((each) => each.after !== undefined) ? 'movedHere' : 'movedAway', {
        roles: roles.join(', '),
      });
    default:
      return how satisfies never;
  }
}

/** An amount of the policy's currency. */
export function amountText(language: Language, value: string, currency: string): string {
  return figureIn(language, { value, type: { kind: 'money', currency } });
}

/** The same without the currency, for columns whose heading names it. */
export function bareText(language: Language, value: string, currency: string): string {
  return withoutCurrency(amountText(language, value, currency), currency);
}

/** `+1,200.00`, `−300.00`. */
export function bareDelta(language: Language, delta: string, currency: string): string {
  return withoutCurrency(deltaText(language, delta, currency), currency);
}

function withoutCurrency(text: string, currency: string): string {
  return text.endsWith(currency) ? text.slice(0, -currency.length).trimEnd() : text;
}

/** `+1,200.00 RUB`, `−300.00 RUB`. */
export function deltaText(language: Language, delta: string, currency: string): string {
  return signed(delta, (size) => amountText(language, size, currency));
}

/** `+2.5 %`; nothing where there was nothing before. */
export function relativeText(language: Language, relative: string | null): string {
  return relative === null ? '' : signed(relative, (size) => percentIn(language, size));
}

function signed(value: string, text: (size: string) => string): string {
  const way = signOfText(value);
  return `${way > 0 ? '+' : way < 0 ? '−' : ''}${text(value.replace(/^-/, ''))}`;
}

/** `5 people get more, 2 less, 12 the same`. */
export function movedSentence({ people }: DiffFigures): string {
  const more = people.filter(({ delta }) => signOfText(delta) > 0).length;
  const less = people.filter(({ delta }) => signOfText(delta) < 0).length;
  if (more + less === 0) return say('nobodyMoves', { count: people.length });
  return say('movedPeople', { more, less, same: people.length - more - less });
}

/** Whose pay moves in sum, those who gain most first and those who lose most last; then those whose pay moves and evens out. */
export function movers({ people }: DiffFigures): readonly PersonDelta[] {
  return people
    .filter(({ delta, byCause }) => delta !== '0' || byCause.length > 0)
    .toSorted((a, b) => compareTexts(b.delta, a.delta));
}

/** What fell out otherwise: `gate conversion >= 40%: passed → failed`. */
export function crossingText({ kind, of, before, after }: Crossing): string {
  const word = say(`crossing.${kind}`);
  // a cap of a whole role has no name
  const isAlone = kind === 'points' || of === kind || of === '';
  return `${isAlone ? word.replace(/ of$/, '') : `${word} ${of}`}: ${wayText(before)} → ${wayText(after)}`;
}

function wayText(way: string): string {
  switch (way) {
    case 'passed':
    case 'failed':
    case 'binds':
    case 'won':
    case 'paid':
      return say(`way.${way}`);
    case "doesn't bind":
      return say('way.free');
    case 'not won':
      return say('way.notWon');
    default:
      return way;
  }
}

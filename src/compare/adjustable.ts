// The numbers of a policy that can be moved, found by the policy's own words or by their place: those that changes of a
// policy are made of anyway.

import type { Diagnostic } from '../base/diagnostic.ts';
import { hasErrors } from '../base/diagnostic.ts';
import {
  decimalPlaces,
  type Exact,
  exact,
  exactText,
  fraction,
  multiply,
  roundTo,
  whole,
} from '../base/exact.ts';
import { placeOf, type Span } from '../base/source.ts';
import { check } from '../check/check.ts';
import type { MutantKind } from '../model/mutation.ts';
import type { Model } from '../model/policy.ts';
import { diffOf } from '../prove/mutant-words.ts';
import { type Changes, changed, mutantsOf } from '../prove/mutants.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import { parsePolicy } from '../syntax/parse.ts';
import { printExpression } from '../syntax/print-expression.ts';
import * as messages from './messages.ts';

type Literal = ast.NumberLiteral | ast.PercentLiteral | ast.MoneyLiteral | ast.DurationLiteral;

/** A number of the policy. */
export interface Adjustable {
  readonly kind: MutantKind;
  /** In the policy's words: ``rates `ladder`, from 1_000_000 RUB``. */
  readonly owner: string;
  /** As it is written. */
  readonly text: string;
  readonly span: Span;
  readonly file: string;
  readonly line: number;
  /** The places that hold it, all of which are moved: a bound may stand in two. */
  readonly places: readonly Literal[];
}

/** A policy whose numbers are moved, read once. */
export interface Adjusting {
  readonly model: Model;
  readonly files: readonly astPolicy.PolicyFile[];
  readonly all: readonly Adjustable[];
}

export function adjusting(model: Model): Adjusting {
  return listed({ model, files: model.sources.map((each) => parsePolicy(each).value) });
}

function listed({ model, files }: Omit<Adjusting, 'all'>): Adjusting {
  const sources = new Map(model.sources.map((each) => [each.name, each]));
  const found = new Map<unknown, Adjustable>();
  for (const { kind, owner, before, span, changes } of mutantsOf(files)) {
    const places = [...changes.keys()];
    if (found.has(places[0]) || NEVER.has(kind) || !places.every(isLiteral)) continue;
    const source = sources.get(span.source);
    const line = source ? placeOf(source, span.start).line : 1;
    found.set(places[0], { kind, owner, text: before, span, file: span.source, line, places });
  }
  return { model, files, all: [...found.values()] };
}

/** Weights are moved in pairs, and what is paid isn't a matter of how it is rounded. */
const NEVER: ReadonlySet<MutantKind> = new Set<MutantKind>(['weight', 'rounding']);

function isLiteral(part: object): part is Literal {
  const { kind } = part as ast.Expression;
  return kind === 'number' || kind === 'percent' || kind === 'money' || kind === 'duration';
}

// ---- which one is meant ----------------------------------------------------------------------------------------------

/** The words that say which kind of number is meant, beside those of the policy. */
const KIND_WORDS: Readonly<Record<string, readonly MutantKind[]>> = {
  rate: ['rate'],
  bound: ['bound'],
  threshold: ['bound'],
  target: ['target'],
  cap: ['cap'],
  floor: ['cap'],
};

const MOST_LISTED = 8;

/** The number that is asked for, by `policy.merit:12` and words, or by words alone; or why there is no one such number. */
export function findAdjustable({ all }: Pick<Adjusting, 'all'>, asked: string): Adjustable | Diagnostic {
  const words = asked.trim().split(/\s+/);
  const place = /^(.+):([0-9]+)$/.exec(words[0] ?? '');
  const isThere = ({ file, line }: Adjustable): boolean =>
    !place || (line === Number(place[2]) && (file === place[1] || file.endsWith(`/${place[1]}`)));
  const rest = (place ? words.slice(1) : words).map(plain).filter((each) => each !== '');
  const fitting = all.filter(isThere).filter((each) => hasWords(each, rest));
  // `rate ladder` means what is a rate, not what stands beside one
  const [first = ''] = rest;
  const kinds = KIND_WORDS[first] ?? [];
  const ofKind = fitting.filter(({ kind }) => kinds.includes(kind));
  const meant = ofKind.length > 0 ? ofKind : fitting;
  const exactly = meant.filter((each) => plain(adjustableText(each)) === rest.join(' '));
  const [one, ...others] = exactly.length > 0 ? exactly : meant;
  if (one && others.length === 0) return one;
  const named = (some: readonly Adjustable[]) =>
    some
      .slice(0, MOST_LISTED)
      .map((each) => ({ name: adjustableText(each).replaceAll('`', ''), line: each.line }));
  return one
    ? messages.severalNumbers(asked, named(meant), meant.length)
    : messages.noNumber(asked, named(all.filter((each) => isNear(each, rest))));
}

/** What a number is called: whose it is, and what it is now. */
export function adjustableText({ owner, text }: Adjustable): string {
  return `${owner} ${text}`;
}

function plain(text: string): string {
  return text
    .replace(/[`,"']/g, '')
    .replace(/(?<=[0-9])_(?=[0-9])/g, '')
    .trim();
}

function wordsIn(each: Adjustable): ReadonlySet<string> {
  const kindWords = Object.entries(KIND_WORDS).flatMap(([word, kinds]) =>
    kinds.includes(each.kind) ? [word] : [],
  );
  return new Set([...plain(`${each.kind} ${each.owner} ${each.text}`).split(/\s+/), ...kindWords]);
}

function hasWords(each: Adjustable, words: readonly string[]): boolean {
  const own = wordsIn(each);
  return words.every((word) => own.has(word) || word === 'of');
}

function isNear(each: Adjustable, words: readonly string[]): boolean {
  const own = wordsIn(each);
  return words.some((word) => own.has(word) && !(word in KIND_WORDS) && /[^0-9A-Z%]/.test(word));
}

// ---- moved -----------------------------------------------------------------------------------------------------------

/** The digits of a number, which are what is moved: of `5%` it is 5. */
export function digitsOf({ places }: Adjustable): Exact {
  return exact(places[0]!.digits);
}

function changesTo({ places }: Adjustable, digits: Exact): Changes {
  return new Map(places.map((each) => [each, { ...each, digits: exactText(digits) }]));
}

/** The policy with another number; nothing where it isn't a policy then (a bound past the next one). */
export function adjustedModel(
  { files, model }: Adjusting,
  adjustable: Adjustable,
  digits: Exact,
): Model | undefined {
  return checked(changed(files, changesTo(adjustable, digits)), model);
}

/** The same, to be changed again. */
export function adjusted(
  { files, model }: Adjusting,
  adjustable: Adjustable,
  digits: Exact,
): Adjusting | undefined {
  const others = changed(files, changesTo(adjustable, digits));
  const value = checked(others, model);
  return value && listed({ model: value, files: others });
}

function checked(files: readonly astPolicy.PolicyFile[], { sources, effective }: Model): Model | undefined {
  const { value, diagnostics } = check(files, sources);
  return hasErrors(diagnostics) || !value ? undefined : { ...value, effective };
}

/** The number with its unit, as the formatter writes it. */
export function adjustedText({ places, text }: Adjustable, digits: Exact): string {
  const own = printExpression(places[0]!);
  return text.replace(own, printExpression({ ...places[0]!, digits: exactText(digits) }));
}

/** The lines of the policy that hold it, before and after. */
export function adjustedLines(
  adjusting: Adjusting,
  adjustable: Adjustable,
  digits: Exact,
): { readonly before: string; readonly after: string } {
  const lines = diffOf(adjusting, { changes: changesTo(adjustable, digits) });
  const said = (way: 'with' | 'without') =>
    lines.flatMap((each) => (each.way === way ? [each.text.trim()] : [])).join('\n');
  return { before: said('without'), after: said('with') };
}

/** The number with its unit for people, cut where it goes on. */
export function shownText(adjustable: Adjustable, digits: Exact): string {
  const places = decimalPlaces(digits);
  if (places !== undefined && places <= MOST_SHOWN) return adjustedText(adjustable, digits);
  const cut = adjustedText(adjustable, roundTo(digits, fraction(1, 10 ** MOST_SHOWN), 'down'));
  return cut.replace(/([0-9]\.[0-9]+)(?=[^0-9]*$)/, '$1…');
}

const MOST_SHOWN = 6;

/** What isn't in the unit of a number. */
export function otherUnit(adjustable: Adjustable, said: string): Diagnostic {
  return messages.otherUnit(said, adjustable.text, amountText(adjustable, stepOf(adjustable)));
}

/** An amount in the unit of the number, without the words of a tier. */
export function amountText(adjustable: Adjustable, digits: Exact): string {
  return adjustedText(adjustable, digits).replace(/^(from|above|until|below|to) /, '');
}

/** The value as formulas see it: 5% is 0.05. */
export function meantBy({ places }: Adjustable, digits: Exact): Exact {
  return places[0]!.kind === 'percent' ? multiply(digits, fraction(1, 100)) : digits;
}

/**
 * The step of an answer, in digits: a tenth of a percent, of round numbers a thousandth rounded down to a power of ten,
 * and never finer than that unless the number itself is.
 */
export function stepOf({ places }: Adjustable): Exact {
  const { kind, digits } = places[0]!;
  const decimals = digits.split('.')[1]?.length ?? 0;
  const own = fraction(1, 10n ** BigInt(decimals));
  if (kind === 'percent') return decimals > 1 ? own : fraction(1, 10);
  if (decimals > 0) return own;
  const length = digits.replace(/^0+/, '').length;
  return whole(10n ** BigInt(Math.max(0, length - 4)));
}

/** Digits that somebody wrote, in the unit of the number: of `0.1%`, `1_000 RUB`. */
export function parseDigits({ places }: Adjustable, text: string): Exact | undefined {
  const found = /^([0-9][0-9_]*(?:\.[0-9]+)?)\s*(%|[\p{L}]+)?$/u.exec(text.trim());
  if (!found) return undefined;
  const [, digits = '', unit] = found;
  const place = places[0]!;
  const units: Readonly<Record<Literal['kind'], readonly string[]>> = {
    percent: ['%'],
    money: place.kind === 'money' ? [place.currency] : [],
    duration: place.kind === 'duration' ? [place.unit, `${place.unit}s`, place.unit.replace(/s$/, '')] : [],
    number: [],
  };
  if (unit !== undefined && !units[place.kind].includes(unit)) return undefined;
  return exact(digits.replaceAll('_', ''));
}

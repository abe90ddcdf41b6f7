// The door for pages that show what a run gave: figures and explanations in words, sums of exact text. It reads no policy
// and works nothing out, so that a page that leaves the engine in a worker loads little.

import {
  add,
  compare,
  divide,
  exact,
  exactText,
  multiply,
  negate,
  parseExact,
  sign,
  subtract,
} from './base/exact.ts';

export type { DrawnLine, DrawnPiece, DrawnTable } from './ask/drawn-tables.ts';
export type { Span } from './base/source.ts';
export type { AwardLine, KeptLine, LevelLine, PoolResult, PrizeLine } from './model/award-lines.ts';
export type { EventExplanation } from './model/event-explanation.ts';
export type { Explanation, PolicyPlace } from './model/explanation.ts';
export type { Feedback } from './model/feedback.ts';
export type { CurvePart, FigureValue, GridPart, Input, PoolRead, RowRead, TierPart } from './model/inputs.ts';
export type { GateLine, KpiLine, Score, ScoreLineResult, SeenRow } from './model/kpi-lines.ts';
export type {
  Balance,
  Because,
  DueLine,
  EventLine,
  LaterPart,
  PayLine,
  Prorated,
} from './model/pay-lines.ts';
export type { Model } from './model/policy.ts';
export type { AmountPlace, AmountResponse } from './model/response.ts';
export type {
  LongerPeriod,
  Measured,
  PendingBonus,
  Result,
  RoleStatement,
  Statement,
} from './model/result.ts';
export type { SeekAnswer } from './model/seek.ts';
export type { NoTarget, TargetAccount } from './model/target-account.ts';
export type { ValueType } from './model/value.ts';
export { distanceIn, figureIn, type Language, numberIn, percentIn } from './report/explain-figures.ts';
export { notesOf, type Told, type ToldRows, titleOf, toldOf } from './report/explain-told.ts';
export { WORDS, type Words } from './report/explain-words.ts';
export { feedbackText } from './report/feedback-text.ts';
export { creditedText, groupsOf, movedCells, movedTitle, passedText } from './report/moved-text.ts';
export { seekText } from './report/seek-text.ts';
export { visible } from './report/terminal-text.ts';

/** The sum of exact texts. */
export function sumOf(texts: readonly string[]): string {
  return exactText(texts.reduce((sum, each) => add(sum, exact(each)), exact('0')));
}

/** `a - b`. */
export function lessOf(a: string, b: string): string {
  return exactText(subtract(exact(a), exact(b)));
}

/** `a × b`. */
export function timesOf(a: string, b: string): string {
  return exactText(multiply(exact(a), exact(b)));
}

/** `a / b`; nothing where `b` is 0. */
export function partOf(a: string, b: string): string | undefined {
  const part = divide(exact(a), exact(b));
  return part && exactText(part);
}

/** The number with its sign turned. */
export function turned(text: string): string {
  return exactText(negate(exact(text)));
}

/** Below zero, zero or above zero as `a` is less than, equal to or greater than `b`. */
export function compareTexts(a: string, b: string): number {
  return compare(exact(a), exact(b));
}

/** -1, 0 or 1. */
export function signOfText(text: string): number {
  return sign(exact(text));
}

/** A number for pixels only: the double that is nearest to an exact text, or nothing where it is no number. */
export function pixelOf(text: string): number | undefined {
  const value = parseExact(text);
  if (!value) return undefined;
  return typeof value.num === 'number'
    ? value.num / (value.den as number)
    : ratioOf(value.num, BigInt(value.den));
}

/** A quotient of whole numbers that may be larger than any double. */
function ratioOf(num: bigint, den: bigint): number {
  const digits = 10n ** 17n;
  const whole = num / den;
  return Number(whole) + Number(((num - whole * den) * digits) / den) / 1e17;
}

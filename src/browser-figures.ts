// The door for pages that show what a run gave: figures and explanations in words, sums of exact text. It reads no policy
// and works nothing out, so that a page that leaves the engine in a worker loads little.

export type { DrawnLine, DrawnPiece, DrawnTable } from './ask/drawn-tables.ts';
export {
  compareTexts,
  lessOf,
  partOf,
  pixelOf,
  signOfText,
  sumOf,
  timesOf,
  turned,
} from './base/exact-text.ts';
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
export { counted, filled, type Values, type WordLists } from './report/filled.ts';
export { kpiSentences, kpiTitle } from './report/kpi-sentences.ts';
export {
  countedText,
  curveSentence,
  gridText,
  type LineTelling,
  lineSentences,
  lineTitle,
  money,
  readValue,
} from './report/line-sentences.ts';
export { creditedText, groupsOf, movedCells, movedTitle, passedText } from './report/moved-text.ts';
export { seekText } from './report/seek-text.ts';
export { visible } from './report/terminal-text.ts';

// An answer to `seek` as text: each KPI with what it takes, or with what comes next on it.

import { absolute, compare, exact, exactText, isZero, sign, subtract, ZERO } from '../base/exact.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { MovedKpi, NextOf, NextStep, ReachedBy, SeekAnswer, Tried, Worth } from '../model/seek.ts';
import { hanging } from './amounts.ts';
import { WIDTH } from './columns.ts';
import { figureIn, type Language } from './explain-figures.ts';
import { SEEK_WORDS, type SeekWords } from './seek-words.ts';
import { visible } from './terminal-text.ts';

export interface SeekTextOptions {
  readonly language?: Language;
  /** Columns of the screen. */
  readonly width?: number;
}

/** The answer as text, ended by a line end. */
export function seekText(
  answer: SeekAnswer,
  { language = 'en', width = WIDTH }: SeekTextOptions = {},
): string {
  const say = SEEK_WORDS[language];
  const figure = (value: FigureValue | 'top'): string => figureIn(language, value);
  const { reach, next = [] } = answer;
  const what = answer.asked === 'pay' ? say.pay : visible(answer.asked);
  const told = { say, figure };
  const blocks: readonly (readonly string[])[] = [
    [`${visible(answer.name)}, ${visible(answer.role)}, ${answer.period}`],
    [
      ...(answer.rejectsAllowed ? [say.rejects] : []),
      say.now(what, figure(answer.now)),
      ...(reach ? [say.wanted(figure(reach.atLeast))] : []),
    ],
    ...(reach?.by ?? []).map((each) => [
      kpiHead(told, each),
      ...indented(reachedLines(told, each, answer.now)),
    ]),
    ...(reach?.path ? [pathLines(told, what, reach.path)] : []),
    ...next.map((each) => [kpiHead(told, each), ...indented(nextLines(told, each))]),
    notes(say, reach?.by ?? next),
  ];
  const lines = blocks.filter((each) => each.length > 0).flatMap((each) => ['', ...each]);
  return `${lines
    .slice(1)
    .flatMap((each) => (each === '' ? [''] : hanging(each, width)))
    .join('\n')}\n`;
}

interface Telling {
  readonly say: SeekWords;
  readonly figure: (value: FigureValue | 'top') => string;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((each) => `  ${each}`);
}

/** What a KPI is called: its title, else its name. */
export function calledAs({ kpi, title }: { readonly kpi: string; readonly title?: string }): string {
  return visible(title ?? kpi);
}

function kpiHead({ say, figure }: Telling, each: MovedKpi): string {
  const target = each.target ? say.kpiTarget(figure(each.target)) : '';
  return `${say.kpiNow(calledAs(each), figure(each.now))}${target}`;
}

function notes(say: SeekWords, all: readonly MovedKpi[]): readonly string[] {
  const [only] = all;
  const alone = all.length === 1 && only && only.alone.length > 0 ? [say.alone(only.alone.join(', '))] : [];
  return [
    ...(all.some((each) => each.moved === 'added') ? [say.addedNote] : []),
    ...alone,
    ...(all.some((each) => each.moved === 'set') ? [say.setNote] : []),
  ];
}

// ---- what gives an amount --------------------------------------------------------------------------------------------

function reachedLines(telling: Telling, each: ReachedBy, amountNow: FigureValue): readonly string[] {
  const { say, figure } = telling;
  const { outcome, at, practical, short, most, because = [], stretches, now } = each;
  const withOthers = each.with ? [say.with(companionsText(telling, each.with))] : [];
  if (outcome === 'out of reach')
    return [
      ...withOthers,
      most ? mostLine(telling, most, amountNow) : say.nowhere,
      ...because.map(({ kind, text }) => say.holding(kind, visible(text))),
    ];
  const already = outcome === 'reached already' ? [say.reachedAlready] : [];
  if (!at) return [...withOthers, ...already, ...(already.length > 0 ? [] : [say.anyValue])];
  const takes = each.lowerIsBetter
    ? at.includes
      ? say.upTo
      : say.below
    : at.includes
      ? say.from
      : say.above;
  const value = figure(at.value);
  const fraction = at.value.value?.includes('/') && at.isExact ? say.exactly(at.value.value) : '';
  const searched = at.isExact ? '' : say.searched;
  const by = practical && byText(telling, { from: now, to: practical.value });
  // rounding may do with less than the exact value
  const beyond = practical && compare(exact(practical.value.value!), exact(at.value.value!));
  const isLess = beyond !== undefined && (each.lowerIsBetter ? beyond > 0 : beyond < 0);
  const inPractice = isLess ? say.roundedUp : say.inPractice;
  return [
    ...withOthers,
    ...already,
    `${takes(value)}${fraction}${searched}.`,
    ...(stretches.length > 1 || (!each.lowerIsBetter && stretches.some((one) => one.until !== undefined))
      ? [say.stretches(stretches.map((one) => rangeText(telling, one, at.value)).join(', '))]
      : []),
    ...(practical ? [inPractice(figure(practical.value), by, figure(practical.amount))] : []),
    ...(short ? [say.short(figure(short.value), figure(short.amount))] : []),
  ];
}

/** The most that is out there; where that is what there is now, the KPI makes no difference. */
function mostLine({ say, figure }: Telling, { value, amount }: Tried, now: FigureValue): string {
  return amount.value === now.value
    ? say.noDifference(figure(amount))
    : say.outOfReach(figure(amount), figure(value));
}

function rangeText(
  { say, figure }: Telling,
  { from, until }: { readonly from: string; readonly until?: string },
  { type }: FigureValue,
): string {
  const shown = (value: string): string => figure({ value, type });
  return say.range(shown(from), until === undefined ? undefined : shown(until));
}

/** How much more, or less, one value is than another; nothing where they are the same. */
export function byText(
  { say, figure }: Telling,
  { from, to }: { readonly from: FigureValue; readonly to: FigureValue },
): string | undefined {
  if (to.value === null) return undefined;
  return amountMore(
    { say, figure },
    { ...to, value: exactText(subtract(exact(to.value), exact(from.value ?? '0'))) },
  );
}

export function amountMore(telling: Telling, by: FigureValue): string | undefined {
  const amount = exact(by.value ?? '0');
  if (isZero(amount)) return undefined;
  const size = sizeText(telling, { ...by, value: exactText(absolute(amount)) });
  return sign(amount) < 0 ? telling.say.less(size) : telling.say.more(size);
}

/** A difference; of percents, in points. */
function sizeText({ say, figure }: Telling, size: FigureValue): string {
  const text = figure(size);
  return size.type.kind === 'percent' ? say.points(text.replace(/\s*%$/, '')) : text;
}

function pathLines(
  telling: Telling,
  what: string,
  { moves, amount, tried }: NonNullable<NonNullable<SeekAnswer['reach']>['path']>,
): readonly string[] {
  const { say, figure } = telling;
  return [
    say.path(tried),
    ...indented(
      moves.map((each) => say.pathMove(calledAs(each), amountMore(telling, each.by) ?? '', figure(each.to))),
    ),
    ...indented([say.pathAmount(what, figure(amount))]),
  ];
}

// ---- what comes next -------------------------------------------------------------------------------------------------

function nextLines(telling: Telling, { worth, row, steps, lowerIsBetter }: NextOf): readonly string[] {
  const { say } = telling;
  return [
    ...(worth ? [say.worth(amountMore(telling, worth.by) ?? '', gainText(telling, worth.gain))] : []),
    ...(row
      ? [say.rowWorth(row.event, companionsText(telling, row.with ?? []), gainText(telling, row.gain))]
      : []),
    ...(steps.length === 0
      ? [say.nothingAhead]
      : steps.map((each) => stepLine(telling, each, lowerIsBetter ? 'less' : 'more'))),
  ];
}

function companionsText({ figure }: Telling, all: NonNullable<Worth['with']>): string {
  return all.map(({ kpi, by }) => `${visible(kpi)} ${figure(by)}`).join(', ');
}

function stepLine(telling: Telling, step: NextStep, which: 'more' | 'less'): string {
  const { say, figure } = telling;
  const { by, at, what } = stepParts(telling, step, which);
  return `${say.step(by, at, what)} ${say.comesTo(figure(step.practical.amount), gainText(telling, step.gain))}`;
}

/** How far a step is, where, and what it is. */
export function stepParts(
  telling: Telling,
  step: NextStep,
  which: 'more' | 'less',
): { readonly by: string; readonly at: string; readonly what: string } {
  const { say, figure } = telling;
  const size = sizeText(telling, step.missing);
  const text = say.steps[step.kind](visible(step.text), step.way);
  const what = step.table === undefined ? text : say.ofTable(text, visible(step.table));
  return {
    by: say[which](size),
    at: figure(step.practical.value),
    what: step.over === undefined ? what : say.overPeriod(what, step.over),
  };
}

/** What something brings or takes away. */
export function gainText({ say, figure }: Telling, gain: FigureValue): string {
  const amount = gain.value === null ? ZERO : exact(gain.value);
  if (isZero(amount)) return say.gainsNothing;
  const size = sizeText({ say, figure }, { ...gain, value: exactText(absolute(amount)) });
  return sign(amount) < 0 ? say.loses(size) : say.gains(size);
}

// What a statement says of a line of pay, a gate and a value that a formula read, in sentences of a language: the words are
// those of explanations.

import { partOf, turned } from '../base/exact-text.ts';
import type { CurvePart, GridPart, Input, PoolRead, RowRead, TierPart } from '../model/inputs.ts';
import type { Because, LaterPart, PayLine, Prorated } from '../model/pay-lines.ts';
import { correctionSentences, correctionTitle } from './correction-sentences.ts';
import { figureIn, type Language, numberIn, percentIn, words as quoted } from './explain-figures.ts';
import { becauseText } from './explain-pay.ts';
import { WORDS, type Words } from './explain-words.ts';
import { visible } from './terminal-text.ts';

/** What sentences are made for. */
export interface LineTelling {
  readonly language: Language;
  readonly currency: string;
}

/** A value that was read, and what decided it. */
export interface ReadValue {
  readonly text: string;
  readonly value: string;
  readonly how: readonly string[];
}

/** An amount of money. */
export function money({ language, currency }: LineTelling, value: string): string {
  return figureIn(language, { value, type: { kind: 'money', currency } });
}

/** What a line of pay is called. */
export function lineTitle(
  line: Pick<PayLine, 'kind' | 'name' | 'title'> & Partial<Pick<PayLine, 'period' | 'due'>>,
  language: Language,
): string {
  const { kind, name, title } = line;
  const say = WORDS[language];
  const corrects = correctionTitle(line, language);
  if (corrects !== undefined) return corrects;
  if (kind === 'due') return say.of(say.due, visible(title ?? boundTitle(name, say) ?? name));
  if (title !== undefined) return visible(title);
  return kind === 'bonus' || kind === 'award' ? visible(name) : (boundTitle(name, say) ?? visible(name));
}

function boundTitle(name: string, say: Words): string | undefined {
  switch (name) {
    case 'cap':
    case 'floor':
    case 'draw':
    case 'recovery':
    case 'excess':
      return say[name];
    default:
      return undefined;
  }
}

/** How a line came to its amount: its formula first, then what was made of it. */
export function lineSentences(line: PayLine, telling: LineTelling): readonly string[] {
  const say = WORDS[telling.language];
  const {
    formula,
    condition,
    because = [],
    perEvent,
    prorated,
    computed,
    amount,
    earned,
    later = [],
    freed,
    paid,
  } = line;
  const failed = because.some((each) => each.kind === 'condition');
  const nothing = because.filter((each) => STOPS[each.kind] === true);
  const isNothing = nothing.length > 0 && line.kind !== 'due';
  const isRounded = because.length === 0 && money(telling, computed) !== money(telling, earned ?? amount);
  return [
    ...correctionSentences(line, telling),
    formula === '' ? '' : quoted(formula),
    perEvent ? say.perEvent(visible(perEvent.event)) : '',
    condition === undefined || failed
      ? ''
      : perEvent
        ? say.where(quoted(condition))
        : say.because(quoted(condition)),
    perEvent && perEvent.failed > 0 ? say.rowsFailed(say.rows(perEvent.failed)) : '',
    perEvent && perEvent.late > 0 ? say.rowsLate(say.rows(perEvent.late)) : '',
    prorated ? proratedSentence(computed, prorated, telling) : '',
    ...(line.kind === 'recovery' ? [say.recovers(money(telling, turned(computed)))] : []),
    ...(line.kind === 'excess' ? [say.kept(money(telling, computed))] : []),
    ...(line.kind === 'due' ? [say.dueFrom(visible(line.period))] : []),
    isNothing ? say.nothing : '',
    ...because.map((each) => becauseSentence(each, telling)),
    isNothing && computed !== '0' ? say.wouldBe(money(telling, computed)) : '',
    isRounded && (line.kind === 'bonus' || line.kind === 'award')
      ? `${money(telling, computed)} → ${money(telling, earned ?? amount)}`
      : '',
    earned !== undefined && (later.length > 0 || freed) ? say.earned(money(telling, earned)) : '',
    freed ? say.freed : '',
    ...later.map((each) => laterSentence(each, telling)),
    ...(paid ? [paidSentence(paid, telling)] : []),
  ].filter((each) => each !== '');
}

/** What leaves nothing of a line. */
const STOPS: Partial<Record<Because['kind'], true>> = {
  gate: true,
  condition: true,
  left: true,
  absent: true,
  forfeited: true,
};

function becauseSentence(because: Because, telling: LineTelling): string {
  const bound = (text: string): string => (/^-?[0-9./]+$/.test(text) ? money(telling, text) : quoted(text));
  return becauseText(because, WORDS[telling.language], bound);
}

/** `10 000,00 ₽ за 135 из 365 дней = 3 698,63…`: what the whole period would give, and the part for the days that count. */
function proratedSentence(computed: string, prorated: Prorated, telling: LineTelling): string {
  const { days, of, share } = prorated;
  const whole = partOf(computed, share ?? `${days}/${of}`);
  const counted = countedText(prorated, telling.language);
  const say = WORDS[telling.language];
  return say.prorated(whole === undefined ? '' : money(telling, whole), counted, money(telling, computed));
}

/** `20 of 31 days`; of months, their share. */
export function countedText({ days, of, by, share }: Prorated, language: Language): string {
  if (share !== undefined) return percentIn(language, share);
  return WORDS[language].ofDays(
    numberIn(language, String(days)),
    numberIn(language, String(of)),
    by ?? 'days',
  );
}

function laterSentence({ kind, period, amount, forfeited }: LaterPart, telling: LineTelling): string {
  const say = WORDS[telling.language];
  const said = say.later(money(telling, amount), visible(period), kind);
  return forfeited ? `${said}, ${say.isLost}` : said;
}

function paidSentence(
  { currency, amount, day, atPosting }: NonNullable<PayLine['paid']>,
  { language }: LineTelling,
): string {
  const say = WORDS[language];
  const value = money({ language, currency }, amount);
  return atPosting || day === undefined ? say.paidAtPosting(value) : say.paidIn(value, visible(day));
}

// ---- values that were read -------------------------------------------------------------------------------------------

/** A value that a formula read, with the tier, point or row that decided it. */
export function readValue(input: Input, language: Language): ReadValue {
  const { text, value, tiers = [], below, before, curve, grid, row, pool } = input;
  const say = WORDS[language];
  const table = text.split(/[(.[]/)[0] ?? text;
  return {
    text: visible(text),
    value: figureIn(language, value),
    how: [
      ...tiers.map((each) => tierSentence(each, language)),
      ...(below ? [say.belowTiers(figureIn(language, below.bound))] : []),
      ...(before ? [say.before(figureIn(language, before.amount), figureIn(language, before.value))] : []),
      ...(curve ? [curveSentence(curve, language)] : []),
      ...(grid ? [say.inGrid(quoted(table), gridText(grid, language))] : []),
      ...(row ? [rowSentence(row, language)] : []),
      ...(pool ? [poolSentence(pool, language)] : []),
    ],
  };
}

function tierSentence(
  { bound, includes, onAll, part, of, rate, amount }: TierPart,
  language: Language,
): string {
  const say = WORDS[language];
  const figure = (value: Parameters<typeof figureIn>[1]): string => figureIn(language, value);
  const from = (includes ? say.from : say.over_)(figure(bound));
  const tier = onAll ? `${from}, ${say.onAll}` : from;
  const share = of ? `${figure(part)} / ${figure(of)}` : figure(part);
  return amount
    ? `${tier}: ${share} × ${figure(rate)} = ${figure(amount)}`
    : `${tier}: ${share} ${say.rate(figure(rate))}`;
}

/** Where on a curve a value lies. */
export function curveSentence({ from, until, past, slope }: CurvePart, language: Language): string {
  const say = WORDS[language];
  const point = ({ at, score, upTo }: NonNullable<typeof from>): string => {
    const said = `${figureIn(language, at)} (${figureIn(language, score)})`;
    return upTo ? say.justBelow(said) : said;
  };
  if (!from) return say.curveBelow(until ? point(until) : '');
  if (slope) {
    const per = `${slope.full ? `${say.fullSteps} ` : ''}${figureIn(language, slope.per)}`;
    return say.curveSlope(figureIn(language, slope.more), per, point(from));
  }
  if (past) return say.curveAbove(point(from));
  return until ? say.curveBetween(point(from), point(until)) : say.curveFrom(point(from));
}

/** The keys of a grid that held. */
export function gridText(parts: readonly GridPart[], language: Language): string {
  const say = WORDS[language];
  const keyText = ({ key, includes }: GridPart): string => {
    if (key === 'below') return say.belowFirst;
    if (key === 'otherwise') return say.otherwise;
    if (includes === undefined) return figureIn(language, key);
    return (includes ? say.from : say.over_)(figureIn(language, key));
  };
  return parts.map((each) => `${visible(each.dimension)} ${keyText(each)}`).join(', ');
}

/** Which row of a table was read. */
export function rowSentence({ table, key, on, found }: RowRead, language: Language): string {
  const say = WORDS[language];
  const keys = key.map((each) => figureIn(language, each)).join(', ');
  return (found ? say.tableRow : say.noTableRow)(
    visible(table),
    keys,
    on === undefined ? undefined : visible(on),
  );
}

function poolSentence(
  { amount, sharedBy, by, parts, because, condition }: PoolRead,
  language: Language,
): string {
  const say = WORDS[language];
  if (because !== undefined)
    return because === 'condition' && condition !== undefined
      ? `${say.noPart[because]}: ${quoted(condition)}`
      : say.noPart[because];
  const shared =
    sharedBy === 'equally' ? say.equally : say.sharedBy(quoted(sharedBy), by && figureIn(language, by));
  return say.poolPart(figureIn(language, amount), shared, say.people(parts));
}

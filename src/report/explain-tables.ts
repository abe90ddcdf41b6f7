// Sentences of what is measured and looked up: rows, tables of rates, curves and grids, targets and attainments.

import type { How, Step } from '../model/explanation.ts';
import type { CurvePart, FigureValue, GridPart, TierPart } from '../model/inputs.ts';
import type { Prorated } from '../model/pay-lines.ts';
import {
  difference,
  distanceIn,
  figureIn,
  type Language,
  numberIn,
  percentIn,
  words,
} from './explain-figures.ts';
import type { Words } from './explain-words.ts';
import { visible } from './terminal-text.ts';

/** What a sentence is made with. */
export interface Telling {
  readonly language: Language;
  readonly say: Words;
  readonly step: Step;
}

/** The policy's words of what has a name of its own; of what is called by them they have been said. */
export function formulaWords({ name, text }: Step): readonly string[] {
  return text === undefined || text === name ? [] : [words(text)];
}

/** An aggregate of which the parts are measures: which rows both look at. */
export function overRows(telling: Telling, name: 'average' | 'median'): string {
  const { say, step } = telling;
  const [first] = step.parts;
  if (first?.how.kind !== 'rows') return say.aggregates[name] ?? name;
  return rowsSentence(telling, { ...first.how, aggregate: name });
}

export function rowsText(telling: Telling, how: How & { readonly kind: 'rows' }): readonly string[] {
  const { say, step } = telling;
  if (how.since !== undefined) return [...formulaWords(step), say.since(visible(how.since))];
  return [rowsSentence(telling, how)];
}

function rowsSentence({ say, step }: Telling, how: How & { readonly kind: 'rows' }): string {
  const aggregate = say.aggregates[how.aggregate] ?? how.aggregate;
  const count = step.rows?.count;
  const { scope } = how;
  const whose =
    scope === 'own'
      ? []
      : scope === 'team' || scope === 'reports' || scope === 'company'
        ? [say.scopes[scope]]
        : [say.scopeBy(visible(scope))];
  const said = [
    count === undefined
      ? `${aggregate}, ${visible(how.event)}`
      : say.over(aggregate, say.rows(count), visible(how.event)),
    ...(how.each === undefined ? [] : [say.forEach(words(how.each))]),
    ...whose,
    ...(how.by === undefined ? [] : [say.byDate(words(how.by))]),
    say.between(visible(how.from), visible(how.until)),
    ...(how.where === undefined ? [] : [say.where(words(how.where))]),
  ];
  return said.join(', ');
}

export function ratesText(telling: Telling, how: How & { readonly kind: 'rates' }): readonly string[] {
  const { language, say } = telling;
  const { tiers = [], below, before, table } = how;
  const lines = tiers.map((each) => `  ${tierText(telling, each)}`);
  return [
    ...(lines.length > 0 ? [say.tiers(visible(table)), ...lines] : []),
    ...(below
      ? [`${say.belowTiers(figureIn(language, below.bound))}${shortText(telling, below.bound)}`]
      : []),
    ...(before ? [say.before(figureIn(language, before.amount), figureIn(language, before.value))] : []),
  ];
}

function tierText(
  { language, say }: Telling,
  { bound, includes, onAll, part, of, rate, amount }: TierPart,
): string {
  const from = (includes ? say.from : say.over_)(figureIn(language, bound));
  const tier = onAll ? `${from}, ${say.onAll}` : from;
  const share = of ? `${figureIn(language, part)} / ${figureIn(language, of)}` : figureIn(language, part);
  if (!amount) return `${tier}: ${share} ${say.rate(figureIn(language, rate))}`;
  return `${tier}: ${share} × ${figureIn(language, rate)} = ${figureIn(language, amount)}`;
}

export function curveText(telling: Telling, { from, until, past, slope }: CurvePart): string {
  const { language, say } = telling;
  const point = ({ at, score, upTo }: NonNullable<CurvePart['from']>): string => {
    const said = `${figureIn(language, at)} (${figureIn(language, score)})`;
    return upTo ? say.justBelow(said) : said;
  };
  if (!from)
    return `${say.curveBelow(until ? point(until) : '')}${until ? shortText(telling, until.at) : ''}`;
  if (slope) {
    const per = `${slope.full ? `${say.fullSteps} ` : ''}${figureIn(language, slope.per)}`;
    return say.curveSlope(figureIn(language, slope.more), per, point(from));
  }
  if (past) return say.curveAbove(point(from));
  return until ? say.curveBetween(point(from), point(until)) : say.curveFrom(point(from));
}

/** How much what is read is short of where a table begins; nothing where that isn't told by one number. */
function shortText({ language, say, step }: Telling, bound: FigureValue): string {
  const read = step.parts[0]?.value;
  if (!read || read === 'top' || read.value === null || bound.value === null) return '';
  if (read.type.kind !== bound.type.kind || step.parts.length > 1) return '';
  const value = difference(bound.value, read.value);
  return `, ${say.shortBy(distanceIn(language, { value, type: bound.type }))}`;
}

export function gridText({ language, say }: Telling, keys: readonly GridPart[]): string {
  return keys
    .map(({ dimension, key, includes }) => {
      const at =
        key === 'below'
          ? say.belowFirst
          : key === 'otherwise'
            ? say.otherwise
            : includes === undefined
              ? figureIn(language, key)
              : (includes ? say.from : say.over_)(figureIn(language, key));
      return `${visible(dimension)} ${at}`;
    })
    .join(', ');
}

export function targetLineText(
  telling: Telling,
  how: How & { readonly kind: 'target line' },
): readonly string[] {
  const { language, say, step } = telling;
  const { written, condition, override, spread, ramp } = how;
  const type = step.value === 'top' ? ({ kind: 'number' } as const) : step.value.type;
  const factors = [
    figureIn(language, { value: written, type }),
    ...(spread ? [say.spread(percentIn(language, spread.share), visible(spread.of))] : []),
    ...(ramp ? [say.ramp(percentIn(language, ramp.percent), String(ramp.month))] : []),
  ];
  return [
    ...formulaWords(step),
    factors.length > 1 ? factors.join(' × ') : '',
    condition === undefined ? '' : say.because(words(condition)),
    override ? say.override(override.of, visible(override.name), override.from, override.until) : '',
  ];
}

export function attainmentText(
  { language, say, step }: Telling,
  way: (How & { readonly kind: 'attainment' })['way'],
): string {
  const [actual, target, upTo] = step.parts.map((each) => figureIn(language, each.value));
  switch (way) {
    case 'actual of target':
      return `${actual} / ${target}`;
    case 'target of actual':
      return `${target} / ${actual}`;
    case 'band': {
      const isInside = step.value !== 'top' && step.value.value === '1';
      return `${actual}: ${(isInside ? say.insideBand : say.outsideBand)(target ?? '', upTo ?? '')}`;
    }
    case 'own':
      return '';
    case 'missing':
      return say.noAttainment;
    default:
      return way satisfies never;
  }
}

/** `20 of 31 days`. */
export function proratedText({ language, say }: Telling, { days, of, by, share }: Prorated): string {
  if (by === 'months' && share !== undefined) return percentIn(language, share);
  return say.ofDays(numberIn(language, String(days)), numberIn(language, String(of)), by ?? 'days');
}

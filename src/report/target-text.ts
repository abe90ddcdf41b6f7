// What a statement's text says of how a target came about: one line in words, where the target isn't just what the policy
// says of everybody.

import { divide, type Exact, exact, exactText } from '../base/exact.ts';
import type { Input } from '../model/inputs.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import type {
  NoTarget,
  TargetAccount,
  TargetByDays,
  TargetOfLine,
  TargetOfPeople,
} from '../model/target-account.ts';
import type { ValueType } from '../model/value.ts';
import { hanging } from './amounts.ts';
import { figureText, percentText } from './format.ts';
import { kpiTitle } from './kpi-sentences.ts';
import { keyText } from './table-text.ts';
import { visible } from './terminal-text.ts';

/** `Revenue, target: 1,400,000.00 RUB × 50 % in month 2 of the role × 17/31 days`. */
export function targetsText(kpis: readonly KpiLine[], width: number): readonly string[] {
  return kpis.flatMap((kpi) => {
    const { target, targetAccount, upToAccount, noTarget } = kpi;
    if (noTarget) return hanging(`    ${kpiTitle(kpi)}, no target: ${noTargetText(noTarget)}`, width);
    if (!target || !targetAccount || isPlain(targetAccount)) return [];
    const ends = [targetAccount, ...(upToAccount ? [upToAccount] : [])];
    const text = ends.map((each) => accountText(each, target.type)).join(', up to ');
    return hanging(`    ${kpiTitle(kpi)}, target: ${text}`, width);
  });
}

function noTargetText({ because, lines = [] }: NoTarget): string {
  switch (because) {
    case 'away':
      return 'nothing is expected of who is away all the time';
    case 'no line holds':
      return lines
        .map(({ formula, condition, inputs }) => {
          if (condition) return `${visible(formula)} is not it, as this does not hold: ${visible(condition)}`;
          const missing = inputs.map(inputText).join(', ');
          return missing === '' ? `${visible(formula)} is missing` : missing;
        })
        .join('; ');
    case 'other lengths':
      return 'what the policy says is of other lengths of time, and gives none of this one';
    case 'not on all days':
      return 'the policy gives none on some of the days';
    default:
      return because satisfies never;
  }
}

/** Whether a line of the policy says it of everybody as it stands. */
function isPlain(account: TargetAccount): boolean {
  if (account.kind !== 'line') return false;
  const { inputs, condition, override, spread, ramp } = account;
  return inputs.length === 0 && !condition && !override && !spread && !ramp;
}

function accountText(account: TargetAccount, type: ValueType): string {
  switch (account.kind) {
    case 'line':
      return lineText(account, type);
    case 'days':
      return daysText(account, type);
    case 'periods':
      return periodsText(account, type);
    case 'whole': {
      const { target, counted, of, by } = account;
      return `${inBrackets(target, type)} for ${counted} of ${of} ${by}, as if for all of them`;
    }
    case 'people':
      return peopleText(account, type);
    default:
      return account satisfies never;
  }
}

function inBrackets(account: TargetAccount, type: ValueType): string {
  const text = accountText(account, type);
  const isOne = account.kind === 'people' || (account.kind === 'line' && !account.ramp && !account.spread);
  return isOne ? text : `(${text})`;
}

function valueText(value: string, type: ValueType): string {
  return figureText({ value, type });
}

// ---- one line ----------------------------------------------------------------------------------------------------

function lineText({ written, spread, ramp, ...line }: TargetOfLine, type: ValueType): string {
  const share = spread ? ` × ${fractionText(spread.share)} of ${visible(spread.of)}` : '';
  const step = ramp ? ` × ${percentText(ramp.percent)} in month ${ramp.month} of the role` : '';
  const reasons = reasonsOf(line);
  const why = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  return `${valueText(written, type)}${why}${share}${step}`;
}

/** A share as a percent where that has an end, else as a fraction: `15 %`, `1/12`. */
function fractionText(share: string): string {
  return share.includes('/') ? share : percentText(share);
}

function reasonsOf({
  formula,
  inputs,
  condition,
  override,
}: Omit<TargetOfLine, 'written'>): readonly string[] {
  // a condition about a word says the word
  const read = inputs
    .filter(({ value }) => !condition || value === 'top' || isMeasured(value.type))
    .map(inputText);
  // a formula that is one look-up says no more than its row does
  const isOne = inputs.length === 1 && inputs[0]!.row !== undefined;
  return [
    ...(override ? [overrideText(override)] : []),
    ...(inputs.length > 0 && !isOne && !condition ? [`= ${visible(formula)}`] : []),
    ...(condition ? [`as ${visible(condition)}`] : []),
    ...read,
  ];
}

function isMeasured({ kind }: ValueType): boolean {
  return (
    kind === 'number' || kind === 'money' || kind === 'percent' || kind === 'duration' || kind === 'date'
  );
}

function inputText(input: Input): string {
  const { text, value, row } = input;
  if (row) return keyText(row);
  const missing = value !== 'top' && value.value === null;
  return `${visible(text)} ${missing ? 'is missing' : `= ${figureText(value)}`}`;
}

function overrideText({ of, name, from, until }: NonNullable<TargetOfLine['override']>): string {
  const whose = `for ${of} ${visible(name)}`;
  const days = [...(from ? [`from ${from}`] : []), ...(until ? [`until ${until}`] : [])];
  return [whose, ...days].join(' ');
}

// ---- several -------------------------------------------------------------------------------------------------------

/** `A × 14/31 days + B × 17/31 days`; of what isn't prorated the days are over those counted. */
function daysText({ parts, counted, of, by, prorated }: TargetByDays, type: ValueType): string {
  const all = prorated ? of : counted;
  const texts = parts.map(({ from, until, counts, target }) => {
    const dated = parts.length > 1 ? ` (${from} to ${until})` : '';
    // what is taken for the whole and then for these days is what it was
    if (target.kind === 'whole' && prorated) return accountText(target.target, type) + dated;
    const whole = target.kind === 'line' ? accountText(target, type) : inBrackets(target, type);
    return `${whole} × ${overText(counts, all)} ${by}${dated}`;
  });
  return texts.join(' + ');
}

/** `17/31`; of counts that are fractions themselves, what they come to. */
function overText(counts: string, all: string): string {
  const isWhole = !counts.includes('/') && !all.includes('/');
  return isWhole ? `${counts}/${all}` : exactText(divide(exact(counts), exact(all)) as Exact);
}

function periodsText(
  { parts, together }: Extract<TargetAccount, { kind: 'periods' }>,
  type: ValueType,
): string {
  const texts = parts.map(({ target }) => inBrackets(target, type));
  const runs: { text: string; from: string; until: string; count: number }[] = [];
  for (const [at, { period }] of parts.entries()) {
    const text = texts[at]!;
    const last = runs.at(-1);
    if (last?.text === text) Object.assign(last, { until: period, count: last.count + 1 });
    else runs.push({ text, from: period, until: period, count: 1 });
  }
  const joined = runs.map(({ text, from, until, count }) => {
    if (count === 1) return `${text} in ${visible(from)}`;
    const span = `${visible(from)} to ${visible(until)}`;
    return together === 'sum' ? `${count} × ${text} (${span})` : `${text} in each of ${span}`;
  });
  return joined.join(together === 'sum' ? ' + ' : ', ');
}

function peopleText({ parts, people, others, together }: TargetOfPeople, type: ValueType): string {
  const whose = people === 1 ? 'of one person' : `of ${people} people`;
  if (together === 'same') return `${valueText(parts[0]!.value, type)} for each ${whose}`;
  const texts = parts.map((each) =>
    each.people === 1 ? valueText(each.value, type) : `${each.people} × ${valueText(each.value, type)}`,
  );
  const rest = others ? [`${valueText(others.value, type)} of ${others.people} others`] : [];
  return `${whose}: ${[...texts, ...rest].join(' + ')}`;
}

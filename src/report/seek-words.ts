// Every sentence of answers to `seek` and of feedback, in English and in Russian: one table for both, so that neither says
// less. What is put in has been written out before.

import type { Earlier } from '../model/feedback.ts';
import type { Holding, StepKind } from '../model/seek.ts';
import type { Language } from './explain-figures.ts';

export interface SeekWords {
  readonly pay: string;
  readonly now: (what: string, amount: string) => string;
  readonly wanted: (amount: string) => string;
  readonly kpiNow: (kpi: string, value: string) => string;
  readonly kpiTarget: (target: string) => string;

  // ---- what gives an amount
  readonly reachedAlready: string;
  readonly from: (value: string) => string;
  readonly above: (value: string) => string;
  readonly upTo: (value: string) => string;
  readonly below: (value: string) => string;
  readonly exactly: (fraction: string) => string;
  readonly searched: string;
  readonly anyValue: string;
  readonly stretches: (ranges: string) => string;
  readonly range: (from: string, until: string | undefined) => string;
  readonly inPractice: (value: string, by: string | undefined, amount: string) => string;
  readonly roundedUp: (value: string, by: string | undefined, amount: string) => string;
  readonly short: (value: string, amount: string) => string;
  readonly points: (count: string) => string;
  readonly outOfReach: (most: string, at: string) => string;
  readonly nowhere: string;
  readonly noDifference: (amount: string) => string;
  readonly holding: (kind: Holding['kind'], text: string) => string;
  readonly more: (by: string) => string;
  readonly less: (by: string) => string;
  readonly path: (tried: number) => string;
  readonly pathMove: (kpi: string, by: string, to: string) => string;
  readonly pathAmount: (what: string, amount: string) => string;

  // ---- what comes next
  readonly worth: (by: string, gain: string) => string;
  readonly rowWorth: (event: string, held: string, gain: string) => string;
  readonly step: (by: string, at: string, what: string) => string;
  readonly steps: Readonly<Record<StepKind, (text: string, way: string) => string>>;
  readonly ofTable: (text: string, table: string) => string;
  readonly overPeriod: (text: string, period: string) => string;
  readonly comesTo: (amount: string, gain: string) => string;
  readonly nothingAhead: string;
  readonly gains: (amount: string) => string;
  readonly loses: (amount: string) => string;
  readonly gainsNothing: string;

  // ---- what moving means
  readonly addedNote: string;
  readonly alone: (kpis: string) => string;
  readonly setNote: string;
  readonly with: (parts: string) => string;
  readonly rejects: string;

  // ---- feedback
  readonly payIs: (pay: string) => string;
  readonly payMore: (by: string, period: string, which: Earlier, was: string) => string;
  readonly payLess: (by: string, period: string, which: Earlier, was: string) => string;
  readonly paySame: (period: string, which: Earlier) => string;
  readonly well: string;
  readonly nothingWell: string;
  readonly reached: (kpi: string, now: string, target: string, attainment: string | undefined) => string;
  readonly improved: (kpi: string, was: string, now: string, period: string, which: Earlier) => string;
  readonly won: (award: string) => string;
  readonly weak: string;
  readonly weakIs: (kpi: string, now: string, target: string, attainment: string | undefined) => string;
  readonly weakCosts: (gain: string, amount: string) => string;
  readonly weakFree: string;
  readonly noWeak: string;
  readonly noTargets: string;
  readonly next: string;
  readonly nextIs: (kpi: string, by: string, at: string, what: string) => string;
  readonly nextBrings: (gain: string, amount: string) => string;
  readonly nextWorth: (by: string, gain: string) => string;
  readonly noNext: string;
  readonly changes: string;
  readonly change: (kpi: string, was: string, now: string, period: string, is: 'better' | 'worse') => string;
}

/** The ending of a word that is counted, by the language's own rules. */
function counted(
  language: Language,
  forms: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string },
): (count: number) => string {
  const rules = new Intl.PluralRules(language);
  return (count) => `${count} ${forms[rules.select(count)] ?? forms.other}`;
}

const ways = {
  en: counted('en', { one: 'way', other: 'ways' }),
  ru: counted('ru', { one: 'путь', few: 'пути', many: 'путей', other: 'пути' }),
};

const EN: SeekWords = {
  pay: 'Pay',
  now: (what, amount) => `${what} is ${amount} now.`,
  wanted: (amount) => `Wanted: at least ${amount}.`,
  kpiNow: (kpi, value) => `${kpi}: ${value} now`,
  kpiTarget: (target) => `, target ${target}`,
  reachedAlready: 'It is reached already.',
  from: (value) => `It takes ${value} or more`,
  above: (value) => `It takes more than ${value}`,
  upTo: (value) => `It takes ${value} or less`,
  below: (value) => `It takes less than ${value}`,
  exactly: (fraction) => `, exactly ${fraction}`,
  searched: ', found by searching',
  anyValue: 'Any value will do.',
  stretches: (ranges) => `It is reached only ${ranges}.`,
  range: (from, until) => (until === undefined ? `from ${from}` : `from ${from} to ${until}`),
  inPractice: (value, by, amount) =>
    `In practice ${value}${by === undefined ? '' : `, which is ${by}`}: that gives ${amount}.`,
  roundedUp: (value, by, amount) =>
    `As amounts are rounded, ${value} is enough${by === undefined ? '' : `, which is ${by}`}: that gives ${amount}.`,
  points: (count) => (count === '1' ? '1 point' : `${count} points`),
  short: (value, amount) => `At ${value} it is ${amount}.`,
  outOfReach: (most, at) => `Out of reach: it is ${most} at most, at ${at}.`,
  nowhere: 'Out of reach.',
  noDifference: (amount) => `Out of reach: whatever it is, no more than ${amount} comes of it.`,
  holding: (kind, text) =>
    kind === 'cap'
      ? `\`${text}\` holds it down.`
      : kind === 'gate'
        ? `\`${text}\` isn't passed.`
        : `\`${text}\` doesn't hold.`,
  more: (by) => `${by} more`,
  less: (by) => `${by} less`,
  path: (tried) => `The way of least effort that was found, of ${ways.en(tried)} tried:`,
  pathMove: (kpi, by, to) => `${kpi}: ${by}, to ${to}`,
  pathAmount: (what, amount) => `${what} is then ${amount}.`,
  worth: (by, gain) => `${by} ${gain}.`,
  rowWorth: (event, held, gain) => `One more \`${event}\` like those of the period (${held}) ${gain}.`,
  step: (by, at, what) => `${by}, at ${at}: ${what}.`,
  steps: {
    target: () => 'the target',
    tier: (text) => `the tier \`${text}\``,
    curve: (text) => `the point \`${text}\``,
    grid: () => 'another cell',
    gate: (text, way) => (way === 'passed' ? `\`${text}\` is passed` : `\`${text}\` fails`),
    condition: (text, way) => (way === 'yes' ? `\`${text}\` holds` : `\`${text}\` doesn't hold any more`),
    cap: (text, way) => (way === 'binds' ? `\`${text}\` is reached` : `\`${text}\` isn't reached any more`),
    floor: (text, way) => (way === 'binds' ? `\`${text}\` is paid` : `past the floor of \`${text}\``),
    award: (text, way) => (way === 'won' ? `“${text}” is won` : `“${text}” isn't won any more`),
    band: (text, way) =>
      way === 'inside' ? `within the target \`${text}\`` : `outside of the target \`${text}\``,
  },
  ofTable: (text, table) => `${text} of ${table}`,
  overPeriod: (text, period) => `${text}, over ${period}`,
  comesTo: (amount, gain) => `It is then ${amount}, which ${gain}.`,
  nothingAhead: 'Nothing is decided otherwise further on.',
  gains: (amount) => `brings ${amount} more`,
  loses: (amount) => `takes ${amount} away`,
  gainsNothing: 'brings nothing more',
  addedNote:
    'A sum or a count moves as if a row were added on the last day of the role in the period: windows, teams and what is made of it go along, other KPIs over the same rows stay, unless it is said how much of them comes along.',
  alone: (kpis) => `Left as they are, though a real row would move them: ${kpis}.`,
  setNote:
    'Any other KPI is set by itself, in this period and for this person alone: windows and teams stay as they are.',
  with: (parts) => `With one of it come ${parts}.`,
  rejects: 'Rejected rows were left out of the data.',
  payIs: (pay) => `Pay: ${pay}.`,
  payMore: (by, period, which, was) => `That is ${by} more than ${when('en', which, period)} (${was}).`,
  payLess: (by, period, which, was) => `That is ${by} less than ${when('en', which, period)} (${was}).`,
  paySame: (period, which) => `That is the same as ${when('en', which, period)}.`,
  well: 'What went well',
  nothingWell: 'No target was reached, and nothing is better than before.',
  reached: (kpi, now, target, attainment) =>
    `${kpi}: ${now}, the target was ${target}${attainment === undefined ? '' : ` (${attainment})`}.`,
  improved: (kpi, was, now, period, which) =>
    `${kpi}: better than ${when('en', which, period)}, ${was} then and ${now} now.`,
  won: (award) => `“${award}” was won.`,
  weak: 'Where it falls short',
  weakIs: (kpi, now, target, attainment) =>
    `${kpi}: ${now}, the target is ${target}${attainment === undefined ? '' : ` (${attainment})`}.`,
  weakCosts: (gain, amount) => `At the target pay would have been ${amount}, ${gain} more.`,
  weakFree: 'At the target pay would have been the same.',
  noWeak: 'Every target was reached.',
  noTargets: 'The role has no targets.',
  next: 'The next step',
  nextIs: (kpi, by, at, what) => `${kpi}: ${by}, at ${at}: ${what}.`,
  nextBrings: (gain, amount) => `That ${gain}: pay would be ${amount}.`,
  nextWorth: (by, gain) => `By itself, ${by} ${gain}.`,
  noNext: 'Nothing that can be moved would bring more.',
  changes: 'Against earlier periods',
  change: (kpi, was, now, period, is) => `${kpi}: ${was} in ${period}, ${now} now: ${is}.`,
};

const RU: SeekWords = {
  pay: 'Выплата',
  now: (what, amount) => `Сейчас: ${what} — ${amount}.`,
  wanted: (amount) => `Нужно: не меньше ${amount}.`,
  kpiNow: (kpi, value) => `${kpi}: сейчас ${value}`,
  kpiTarget: (target) => `, план ${target}`,
  reachedAlready: 'Уже достигнуто.',
  from: (value) => `Для этого нужно ${value} или больше`,
  above: (value) => `Для этого нужно больше ${value}`,
  upTo: (value) => `Для этого нужно ${value} или меньше`,
  below: (value) => `Для этого нужно меньше ${value}`,
  exactly: (fraction) => `, точно ${fraction}`,
  searched: ', найдено подбором',
  anyValue: 'Подходит любое значение.',
  stretches: (ranges) => `Достигается только ${ranges}.`,
  range: (from, until) => (until === undefined ? `от ${from}` : `от ${from} до ${until}`),
  inPractice: (value, by, amount) =>
    `На деле ${value}${by === undefined ? '' : `, то есть ${by}`}: это даёт ${amount}.`,
  roundedUp: (value, by, amount) =>
    `С округлением хватит ${value}${by === undefined ? '' : `, то есть ${by}`}: это даёт ${amount}.`,
  points: (count) => `${count} п. п.`,
  short: (value, amount) => `При ${value} выходит ${amount}.`,
  outOfReach: (most, at) => `Недостижимо: самое большее ${most}, при ${at}.`,
  nowhere: 'Недостижимо.',
  noDifference: (amount) => `Недостижимо: при любом значении выходит не больше ${amount}.`,
  holding: (kind, text) =>
    kind === 'cap'
      ? `Выше не даёт подняться \`${text}\`.`
      : kind === 'gate'
        ? `Не пройден порог \`${text}\`.`
        : `Не выполнено условие \`${text}\`.`,
  more: (by) => `на ${by} больше`,
  less: (by) => `на ${by} меньше`,
  path: (tried) => `Путь с наименьшими усилиями, лучший из проверенных (проверено ${ways.ru(tried)}):`,
  pathMove: (kpi, by, to) => `${kpi}: ${by}, до ${to}`,
  pathAmount: (what, amount) => `${what} тогда — ${amount}.`,
  worth: (by, gain) => `${by}: ${gain}.`,
  rowWorth: (event, held, gain) =>
    `Ещё одна строка \`${event}\`, как остальные за период (${held}): ${gain}.`,
  step: (by, at, what) => `${by}, при ${at}: ${what}.`,
  steps: {
    target: () => 'план выполнен',
    tier: (text) => `ступень \`${text}\``,
    curve: (text) => `точка \`${text}\``,
    grid: () => 'другая клетка',
    gate: (text, way) => (way === 'passed' ? `порог \`${text}\` пройден` : `порог \`${text}\` не пройден`),
    condition: (text, way) =>
      way === 'yes' ? `условие \`${text}\` выполнено` : `условие \`${text}\` больше не выполнено`,
    cap: (text, way) =>
      way === 'binds' ? `достигнут предел \`${text}\`` : `предел \`${text}\` больше не действует`,
    floor: (text, way) => (way === 'binds' ? `платится минимум \`${text}\`` : `выше минимума из \`${text}\``),
    award: (text, way) => (way === 'won' ? `награда «${text}»` : `награда «${text}» потеряна`),
    band: (text, way) => (way === 'inside' ? `внутри плана \`${text}\`` : `вне плана \`${text}\``),
  },
  ofTable: (text, table) => `${text} в ${table}`,
  overPeriod: (text, period) => `${text}, за ${period}`,
  comesTo: (amount, gain) => `Тогда выходит ${amount}: ${gain}.`,
  nothingAhead: 'Дальше ничего не меняется.',
  gains: (amount) => `прибавляет ${amount}`,
  loses: (amount) => `отнимает ${amount}`,
  gainsNothing: 'ничего не прибавляет',
  addedNote:
    'Сумма или количество меняются так, как если бы в последний день роли в периоде добавилась строка: окна, команды и всё, что из них считается, меняются вместе с ними, а другие показатели по тем же строкам остаются, если не сказано, сколько их добавится.',
  alone: (kpis) => `Оставлены как есть, хотя настоящая строка изменила бы и их: ${kpis}.`,
  setNote:
    'Любой другой показатель задаётся сам по себе, только в этом периоде и у этого человека: окна и команды остаются как есть.',
  with: (parts) => `Вместе с каждой единицей прибавляются: ${parts}.`,
  rejects: 'Отклонённые строки в расчёт не вошли.',
  payIs: (pay) => `Выплата: ${pay}.`,
  payMore: (by, period, which, was) => `Это на ${by} больше, чем ${when('ru', which, period)} (${was}).`,
  payLess: (by, period, which, was) => `Это на ${by} меньше, чем ${when('ru', which, period)} (${was}).`,
  paySame: (period, which) => `Это столько же, сколько ${when('ru', which, period)}.`,
  well: 'Что получилось',
  nothingWell: 'Ни один план не выполнен, и лучше прежнего ничего не стало.',
  reached: (kpi, now, target, attainment) =>
    `${kpi}: ${now} при плане ${target}${attainment === undefined ? '' : ` (${attainment})`}.`,
  improved: (kpi, was, now, period, which) =>
    `${kpi}: лучше, чем ${when('ru', which, period)}: было ${was}, стало ${now}.`,
  won: (award) => `Получена награда «${award}».`,
  weak: 'Слабое место',
  weakIs: (kpi, now, target, attainment) =>
    `${kpi}: ${now} при плане ${target}${attainment === undefined ? '' : ` (${attainment})`}.`,
  weakCosts: (gain, amount) => `При выполненном плане выплата была бы ${amount}, на ${gain} больше.`,
  weakFree: 'При выполненном плане выплата была бы той же.',
  noWeak: 'Все планы выполнены.',
  noTargets: 'У роли нет планов.',
  next: 'Следующий шаг',
  nextIs: (kpi, by, at, what) => `${kpi}: ${by}, при ${at}: ${what}.`,
  nextBrings: (gain, amount) => `Это ${gain}: выплата была бы ${amount}.`,
  nextWorth: (by, gain) => `Если только ${by}, это ${gain}.`,
  noNext: 'Ничто из того, что можно изменить, не прибавило бы к выплате.',
  changes: 'По сравнению с прошлым',
  change: (kpi, was, now, period, is) =>
    `${kpi}: ${was} за ${period}, ${now} сейчас — ${is === 'better' ? 'лучше' : 'хуже'}.`,
};

function when(language: Language, which: Earlier, period: string): string {
  if (language === 'en') return which === 'previous' ? `in ${period}` : `a year before, in ${period}`;
  return which === 'previous' ? `за ${period}` : `год назад, за ${period}`;
}

export const SEEK_WORDS: Readonly<Record<Language, SeekWords>> = { en: EN, ru: RU };

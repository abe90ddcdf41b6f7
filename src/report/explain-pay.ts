// How a line of pay came to its amount, in sentences: the days that count, what kept it down or raised it, and what is
// payable later.

import { compare, exact } from '../base/exact.ts';
import type { BonusHow, PayLineHow } from '../model/explanation.ts';
import type { Because } from '../model/pay-lines.ts';
import { figureIn, numberIn, percentIn, words } from './explain-figures.ts';
import { formulaWords, proratedText, type Telling } from './explain-tables.ts';
import type { Words } from './explain-words.ts';
import { visible } from './terminal-text.ts';

/** A bonus, from its formula to what is payable. */
export function bonusText(telling: Telling, how: BonusHow): readonly string[] {
  const { say, step } = telling;
  const money = moneyIn(telling);
  const {
    perEvent,
    failed = 0,
    late = 0,
    rest,
    prorated,
    computed,
    because,
    payable,
    earned,
    later = [],
  } = how;
  const isNothing = because.some(({ kind }) => kind === 'gate' || kind === 'condition' || kind === 'left');
  const isSame = compare(exact(payable), exact(earned)) === 0;
  const mode = say.roundings[how.rounding.mode] ?? how.rounding.mode;
  const rounded = say.rounds(money(payable), mode, numberIn(telling.language, how.rounding.step));
  return [
    ...formulaWords(step),
    perEvent === undefined ? '' : say.perEvent(visible(perEvent)),
    failed > 0 ? say.rowsFailed(say.rows(failed)) : '',
    late > 0 ? say.rowsLate(say.rows(late)) : '',
    rest ? say.more(say.rows(rest.count), figureIn(telling.language, rest.value)) : '',
    prorated ? say.prorated(formulaValue(telling), proratedText(telling, prorated), money(computed)) : '',
    ...(isNothing ? [say.nothing] : []),
    ...because.map((each) => becauseText(each, say, money)),
    isNothing && compare(exact(computed), exact('0')) !== 0 ? say.wouldBe(money(computed)) : '',
    isSame || isNothing ? '' : rounded,
    later.length > 0 || how.freed ? say.earned(money(earned)) : '',
    ...freedText(telling, how.freed),
    ...later.map(({ amount, period, kind, forfeited }) => {
      const said = say.later(money(amount), visible(period), kind);
      return forfeited ? `${said}, ${say.isLost}` : said;
    }),
  ];
}

/** What rows of another event free. */
function freedText(telling: Telling, freed: BonusHow['freed']): readonly string[] {
  const { language, say } = telling;
  if (!freed) return [];
  const money = moneyIn(telling);
  return [
    say.freed,
    ...freed.map(({ key, row, share, amount }) =>
      say.freedRow(visible(key), String(row), percentIn(language, share), money(amount)),
    ),
  ];
}

/** The currency that a line is paid in. */
export function paidText({ language, say, step }: Telling): readonly string[] {
  const { paid } = step;
  if (!paid) return [];
  const { currency, amount, day, atPosting } = paid;
  const value = figureIn(language, { value: amount, type: { kind: 'money', currency } });
  return [atPosting || day === undefined ? say.paidAtPosting(value) : say.paidIn(value, visible(day))];
}

/** What is prorated: the formula's own value, or the sum of the rows. */
function formulaValue({ language, say, step }: Telling): string {
  const [formula] = step.parts;
  return formula && formula.kind !== 'row' ? figureIn(language, formula.value) : say.aggregates.sum!;
}

function moneyIn({ language, step }: Telling): (value: string) => string {
  const type = step.value === 'top' ? ({ kind: 'number' } as const) : step.value.type;
  return (value) => figureIn(language, { value, type });
}

/** A line that bounds or moves pay. */
export function payLineText(telling: Telling, how: PayLineHow): readonly string[] {
  const { say, step } = telling;
  const money = moneyIn(telling);
  const days = how.prorated
    ? [say.prorated(formulaValue(telling), proratedText(telling, how.prorated), money(how.computed))]
    : [];
  switch (how.line) {
    case 'floor':
    case 'draw':
    case 'cap':
      return [...formulaWords(step), ...days, ...how.because.map((each) => becauseText(each, say, money))];
    case 'recovery':
      return [say.recovers(money(how.computed.replace(/^-/, '')))];
    case 'due':
      return [
        ...(step.whose ? [say.dueFrom(visible(step.whose.period))] : []),
        ...freedText(telling, how.freed),
        ...how.because.map((each) => becauseText(each, say, money)),
      ];
    case 'excess':
      return [say.kept(money(how.computed)), ...how.because.map((each) => becauseText(each, say, money))];
    default:
      return how.line satisfies never;
  }
}

/** What kept a line down or raised it; `money` writes the bounds. */
export function becauseText(because: Because, say: Words, money: (bound: string) => string): string {
  switch (because.kind) {
    case 'gate':
      return say.gateFails(words(because.condition));
    case 'condition':
      return say.conditionFails(words(because.condition));
    case 'absent':
      return say.absent;
    case 'left':
      return say.left;
    case 'forfeited':
      return say.forfeited;
    case 'cap':
      return say.capped(money(because.cap));
    case 'floor':
      return say.raised(money(because.floor));
    case 'draw':
      return say.topsUp(money(because.draw));
    default:
      return because satisfies never;
  }
}

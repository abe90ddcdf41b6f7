// How a step came to its value, in sentences: what stands between its parts and its own value.

import type { How, Step } from '../model/explanation.ts';
import {
  distanceIn,
  figureIn,
  type Language,
  numberIn,
  percentIn,
  signOf,
  words,
} from './explain-figures.ts';
import { bonusText, paidText, payLineText } from './explain-pay.ts';
import {
  attainmentText,
  curveText,
  formulaWords,
  gridText,
  overRows,
  proratedText,
  ratesText,
  rowsText,
  type Telling,
  targetLineText,
} from './explain-tables.ts';
import { WORDS } from './explain-words.ts';
import { visible } from './terminal-text.ts';

/** The sentences of a step, in their order. */
export function howText(step: Step, language: Language): readonly string[] {
  const telling: Telling = { language, say: WORDS[language], step };
  return [...textOf(telling, step.how), ...paidText(telling)].filter((each) => each !== '');
}

function textOf(telling: Telling, how: How): readonly string[] {
  const { language, say, step } = telling;
  const value = figureIn(language, step.value);
  switch (how.kind) {
    case 'given':
      return step.kind === 'target' && value === figureIn(language, { value: null, type: { kind: 'number' } })
        ? [say.noTarget]
        : [];
    case 'again':
      return [];
    case 'same':
      return formulaWords(step);
    case 'sum':
      return [
        ...formulaWords(step),
        ...(how.rest ? [say.more(String(how.rest.count), figureIn(language, how.rest.value))] : []),
      ];
    case 'operation':
      return [...formulaWords(step), ...operationText(telling, how)];
    case 'choice':
      return [...formulaWords(step), say.taken[how.taken]];
    case 'else': {
      const [first] = step.parts;
      const isMissing = first?.value !== 'top' && first?.value.value === null;
      return [...formulaWords(step), isMissing ? say.otherwiseCounts : ''];
    }
    case 'rows':
      return rowsText(telling, how);
    case 'rates':
      return [...formulaWords(step), ...ratesText(telling, how)];
    case 'curve':
      return [
        ...formulaWords(step),
        how.on ? say.onCurve(visible(how.table), curveText(telling, how.on)) : '',
      ];
    case 'grid':
      return [
        ...formulaWords(step),
        how.keys ? say.inGrid(visible(how.table), gridText(telling, how.keys)) : '',
      ];
    case 'row of table': {
      const { table, key, on, found } = how.row;
      const keys = key.map((each) => figureIn(language, each)).join(', ');
      return [(found ? say.tableRow : say.noTableRow)(visible(table), keys, on)];
    }
    case 'by days': {
      const sum = step.parts
        .map((each, at) => `${figureIn(language, each.value)} × ${numberIn(language, how.counts[at] ?? '0')}`)
        .join(' + ');
      return [say.averageByDays(sum, numberIn(language, how.of))];
    }
    case 'share of days': {
      const [part] = step.parts;
      const written = part ? figureIn(language, part.value) : '';
      return [say.prorated(written, proratedText(telling, how.prorated), value)];
    }
    case 'target line':
      return targetLineText(telling, how);
    case 'whole of': {
      const [part] = step.parts;
      const written = part ? figureIn(language, part.value) : '';
      return [say.wholeOf(written, numberIn(language, how.of), numberIn(language, how.counted))];
    }
    case 'people': {
      if (how.together === 'same') return [say.alike];
      const each = step.parts.map((part, at) =>
        how.counts[at] === 1
          ? figureIn(language, part.value)
          : `${figureIn(language, part.value)} × ${say.people(how.counts[at] ?? 0)}`,
      );
      const rest = how.rest ? [say.more(say.people(how.rest.count), figureIn(language, how.rest.value))] : [];
      return [`${say.sumOfPeople}: ${each.join(' + ')}`, ...rest];
    }
    case 'alike':
      return [say.alike];
    case 'attainment':
      return [attainmentText(telling, how.way)];
    case 'score': {
      const sum = step.parts.map(
        (part, at) => `${percentIn(language, how.weights[at] ?? '0')} × ${figureIn(language, part.value)}`,
      );
      return sum.length === 0 ? [] : [`${say.weights}: ${sum.join(' + ')}`];
    }
    case 'score line':
      return [
        say.weighs(percentIn(language, how.weight)),
        how.curve !== undefined && how.on ? say.onCurve(visible(how.curve), curveText(telling, how.on)) : '',
        how.bound
          ? (how.bound.kind === 'cap' ? say.lineCap : say.lineFloor)(percentIn(language, how.bound.at))
          : '',
        how.missing === 'counts' ? say.countsMissing : how.missing === 'spreads' ? say.spreadsWeight : '',
      ];
    case 'bonus':
      return bonusText(telling, how);
    case 'line':
      return payLineText(telling, how);
    case 'award':
      return [
        how.place === undefined
          ? step.parts.some((each) => each.kind === 'person')
            ? say.notPlaced
            : ''
          : say.place(String(how.place), (how.sharing ?? 1) > 1 ? say.people(how.sharing!) : undefined),
        how.prizes.length === 0
          ? ''
          : say.prizes(
              how.prizes
                .map(({ kind, value: prize }) =>
                  kind === 'money'
                    ? figureIn(language, prize)
                    : `${say.prizeKinds[kind]} ${figureIn(language, prize)}`,
                )
                .join(', '),
            ),
      ];
    case 'pool part': {
      const { amount, sharedBy, by, parts, because } = how.pool;
      const shared =
        sharedBy === 'equally'
          ? say.equally
          : say.sharedBy(words(sharedBy), by ? figureIn(language, by) : undefined);
      if (because) return [say.noPart[because]];
      return [say.poolPart(figureIn(language, amount), shared, say.people(parts))];
    }
    case 'previous':
      return [...formulaWords(step), step.parts.length > 0 ? say.previous : say.noPrevious];
    case 'each':
      return [
        ...formulaWords(step),
        say.each(say.aggregates[how.function] ?? how.function, say.periods(step.parts.length)),
      ];
    case 'streak':
      return [...formulaWords(step), say.streak(value)];
    case 'rank': {
      const people = say.people(how.people);
      const isRanked = step.value !== 'top' && step.value.value !== null;
      return [...formulaWords(step), isRanked ? say.rank(value, people) : say.notRanked(people)];
    }
    case 'total':
      return [
        ...formulaWords(step),
        say.total(say.people(how.people)),
        how.rest ? say.more(say.people(how.rest.count), figureIn(language, how.rest.value)) : '',
      ];
    default:
      return how satisfies never;
  }
}

// ---- operations ------------------------------------------------------------------------------------------------------

const SIGNS: Readonly<Record<string, string>> = {
  '*': ' × ',
  '+': ' + ',
  '-': ' − ',
  '/': ' / ',
  'days between': ' − ',
  'time between': ' − ',
  later: ' + ',
  'later moment': ' + ',
};

const COMPARED: Readonly<Record<string, string>> = {
  '<': '<',
  '<=': '≤',
  '>': '>',
  '>=': '≥',
  is: '=',
  'is not': '≠',
};

function operationText(telling: Telling, how: How & { readonly kind: 'operation' }): readonly string[] {
  const { language, say, step } = telling;
  const values = step.parts.map((each) => figureIn(language, each.value));
  const { function: name, against } = how;
  // of no rows there is nothing to work out
  const rows = (sum: string): string => (step.rows?.count === 0 ? '' : `: ${sum}`);
  if (name in SIGNS) return [values.join(SIGNS[name])];
  if (name in COMPARED) {
    const [left, right] = values;
    const isSame = name === 'is' && step.value !== 'top' && step.value.value === 'true';
    const apart = against && !isSame ? `: ${apartText(telling, against.by)}` : '';
    const bound = name === 'is' ? `${right}` : `${COMPARED[name]} ${right}`;
    return [`${left}, ${say.needed(bound)}${apart}`];
  }
  switch (name) {
    case 'and':
      return [say.all];
    case 'or':
      return [say.any];
    case 'min':
      return [`${say.least} ${values.join(', ')}`];
    case 'max':
      return [`${say.greatest} ${values.join(', ')}`];
    case 'average':
      return [`${overRows(telling, 'average')}${rows(values.join(' / '))}`];
    case 'median':
      return [`${overRows(telling, 'median')}${rows(`(${values.join(' + ')}) / 2`)}`];
    case 'round':
    case 'round half even':
    case 'round down':
    case 'floor':
    case 'ceil':
      return [say.roundedTo(values[0] ?? '', values[1] ?? '')];
    default:
      return [];
  }
}

function apartText({ language, say }: Telling, by: Parameters<typeof distanceIn>[1]): string {
  const way = signOf(by);
  if (way === 0) return say.equal;
  return (way > 0 ? say.above : say.below)(distanceIn(language, by));
}

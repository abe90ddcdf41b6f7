// What a statement says on the page: the same in both languages, the figures as results.ts works them out.

import { describe, expect, it } from 'vitest';
import { amountText } from '../../playground/src/results/typed-amount.ts';
import type { KpiLine, PayLine } from '../../src/browser-figures.ts';
import { lineSentences, lineTitle, readValue } from '../../src/report/line-sentences.ts';
import { noTargetSentence, targetSentence } from '../../src/report/target-sentences.ts';
import { roleOf, runPolicy } from '../evaluate/run-policy.ts';
import { marchResult, POLICY } from './results.ts';

const march = await marchResult();
const EN = { language: 'en', currency: 'RUB' } as const;
const RU = { language: 'ru', currency: 'RUB' } as const;

function lineOf(person: string, name: string): PayLine {
  return roleOf(march, person, '2026-03').lines.find((each) => each.name === name)!;
}

/** Figures with ordinary spaces. */
const plain = (texts: readonly string[]) => texts.map((each) => each.replaceAll('\u00a0', ' '));

describe('a line of pay', () => {
  it('that is nothing says why, and what it would have been', () => {
    const line = lineOf('boris', 'commission');
    expect(plain(lineSentences(line, EN))).toEqual([
      '`ladder(revenue)`',
      'nothing is paid',
      'because the gate `revenue >= 500 RUB` is not passed',
      'it would come to 12.00 RUB',
    ]);
    expect(plain(lineSentences(line, RU))).toEqual([
      '`ladder(revenue)`',
      'не выплачивается',
      'так как порог `revenue >= 500 RUB` не пройден',
      'получилось бы 12,00 RUB',
    ]);
  });

  it('that bounds pay says by what', () => {
    const cap = lineOf('anna', 'cap');
    expect(lineTitle(cap, 'en')).toBe('Cap');
    expect(lineTitle(cap, 'ru')).toBe('Предел');
    expect(plain(lineSentences(cap, EN)).at(-1)).toBe('the cap allows 300.00 RUB');
  });

  it('says what it read, tier by tier', () => {
    const ladder = lineOf('anna', 'commission').inputs.find((each) => each.text === 'ladder(revenue)')!;
    const { value, how } = readValue(ladder, 'ru');
    expect(plain([value, ...how])).toEqual([
      '105,00 RUB',
      'от 0,00 RUB: 1 000,00 RUB × 3 % = 30,00 RUB',
      'от 1 000,00 RUB: 1 500,00 RUB × 5 % = 75,00 RUB',
    ]);
  });
});

describe('a target', () => {
  const kpiOf = async (from: string, policy = POLICY): Promise<KpiLine> => {
    const result = await runPolicy({
      policy,
      people: `id,name,role,from\nvera,Vera,junior,${from}`,
      period: '2026-03',
    });
    return roleOf(result, 'vera', '2026-03').kpis.find((each) => each.kpi === 'revenue')!;
  };

  it('that holds for all as it stands needs no words', async () => {
    const { target, targetAccount } = await kpiOf('2026-03-01');
    expect(targetSentence(targetAccount!, target!.type, 'en')).toBeUndefined();
  });

  it('of a part of the period says the days', async () => {
    // hired on the 16th: 16 of 31 days
    const { target, targetAccount } = await kpiOf('2026-03-16');
    expect(plain([targetSentence(targetAccount!, target!.type, 'en')!])).toEqual([
      '1,000.00 RUB × 16 of 31 days',
    ]);
    expect(plain([targetSentence(targetAccount!, target!.type, 'ru')!])).toEqual([
      '1 000,00 RUB × 16 из 31 дней',
    ]);
  });

  it('of which no line holds says what fails', async () => {
    const when = POLICY.replace(
      'target revenue 1_000 RUB',
      'target revenue 1_000 RUB when person.id is "anna"',
    );
    const { target, noTarget } = await kpiOf('2026-03-01', when);
    expect(target).toBeUndefined();
    expect(noTargetSentence(noTarget!, 'en')).toBe(
      'no line of the policy holds; because the condition `person.id is "anna"` does not hold',
    );
  });
});

describe('an amount as it is typed', () => {
  it.each([
    ['100 000', '100000'],
    ['100\u00a0000,50 RUB', '100000.50 RUB'],
    ['1,000,000.5', '1000000.5'],
    ['1_000 RUB', '1000 RUB'],
    ['80%', '80%'],
    ['12,5', '12.5'],
    [' 99.90 ', '99.90'],
  ])('%s is %s', (typed, text) => {
    expect(amountText(typed)).toBe(text);
  });
});

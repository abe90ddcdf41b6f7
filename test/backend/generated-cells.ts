// Texts of cells as people and programs write them: sound ones mostly, and every kind of mistake.

import type { ValueType } from '../../src/model/value.ts';
import type { Draw } from './draw.ts';

export const CLIENTS = ['Волга', 'Arctic', 'й', 'й', 'a b', 'ｚ', '😀', 'x"y', ' lead', "o'k"];
export const PERSONS = ['ann', 'bob', 'Йося', 'eve'];
export const WORDS = ['won', 'lost', 'open'];

const NUMBERS = [
  '0',
  '1',
  '-2',
  '10.5',
  '1.005',
  '0.10',
  '+7',
  '007',
  '-0',
  '3.333',
  '12345.6789',
  '100',
  '2.50',
];
const ODD_NUMBERS = [
  '1e3',
  '1,5',
  '.5',
  '5.',
  '1 000',
  '- 1',
  '--1',
  '0x1F',
  'NaN',
  'Infinity',
  '１２',
  '1_000',
  '1.2.3',
  '٣',
  '',
  '999999999999999999',
  '1000000000000000000',
  '0000000000000000000000001',
  '0.123456789',
  '0.1234567891',
  '0.1234567890',
  '1.50000000000000',
  '5%',
  '12 RUB',
  'null',
  "1'000",
  '1 000,5',
  '1.000,50',
  '-',
  '+',
  '1\n',
];
const PERCENTS = ['5%', '50 %', '0.5%', '100%', '-3%', '12.3456789%', '0%'];
const ODD_PERCENTS = [
  '0.5',
  '5  %',
  '%',
  '5 % ',
  '5%%',
  '1.12345678%',
  '5.%',
  '',
  '1.123456780%',
  '5\u00a0%',
];
const DATES = [
  '2026-01-01',
  '2026-01-15',
  '2026-02-03',
  '2026-03-29',
  '2026-04-05',
  '2025-12-31',
  '2026-02-28',
];
const ODD_DATES = [
  '2026-02-30',
  '2026-1-05',
  '05.01.2026',
  '2026-01-05 00:00:00',
  '2026-01-05T00:00:00.000',
  '2026-01-05 00:00',
  '2026-01-05 12:00:00',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '2026-13-01',
  '2026-00-10',
  '2024-02-29',
  '1900-02-29',
  '2026-01-05 ',
  ' 2026-01-05',
  '2026-01-05t00:00:00',
  '',
  '2026-01-05T00:00:00.',
  '20260105',
  '2026-01-05 00:00:00Z',
  '1582-10-10',
  '-001-01-01',
  '2026-01-055',
];
const TIMES = [
  '2026-01-15 10:00',
  '2026-01-31T23:59:59Z',
  '2026-02-01 00:00:00.5',
  '2026-02-10T10:00:00+03:00',
  '2026-02-10 10:00:00 -0530',
  '2026-01-01',
  '2026-02-28T22:30:00-02',
];
const ODD_TIMES = [
  '2026-03-29 02:30',
  '2026-03-29 02:00:00',
  '2026-03-29 03:00',
  '2026-10-25 02:30:00',
  '2026-10-25 02:59:59.999999999',
  '2026-03-08 02:30:00',
  '2026-11-01 01:30',
  '2026-04-05 01:45',
  '2026-10-04 02:15',
  '2018-11-04',
  '2018-11-04 00:30',
  '2011-12-30',
  '2011-12-30 12:00',
  '2026-01-15 24:00',
  '2026-01-15 10:60',
  '2026-01-15 10:00:60',
  '2026-01-15 10',
  '2026-01-15  10:00',
  '2026-01-15 10:00:00.1234567891',
  '2026-01-15t10:00z',
  '2026-01-15T10:00:00+18:00',
  '2026-01-15T10:00:00+18:01',
  '2026-01-15T10:00:00+19',
  '2026-01-15T10:00:00+3',
  '2026-01-15T10:00:00  Z',
  '',
  '2026-01-15T10:00:00.',
  '1969-12-31T23:59:59.25Z',
  '1969-12-31 23:59:59.25',
  '2026-02-30 10:00',
  '2026-01-15T10:00:00+0360',
  '1900-01-01 00:00',
  '2026-01-15 10:00:00-00:00',
  '2026-01-15T10:00:00+03:0',
  '2070-07-01 10:00',
  '2026-01-15+03:00',
];
const DURATIONS = [
  '01:30:00',
  '0:00:01',
  '90 minutes',
  '1.5 hours',
  '2 days',
  '1 week',
  '45 seconds',
  '0:00:00.25',
];
const ODD_DURATIONS = [
  '1:60:00',
  '1234567:00:00',
  '1:2:3',
  '-1:00:00',
  '-5 minutes',
  '5 min',
  '5minutes',
  '5  minutes',
  '5 Minutes',
  '',
  '0.0000000001 weeks',
  '0.123456789 weeks',
  '999999999999999999 weeks',
  '2000000000000 weeks',
  '1:00',
  'x hours',
  '5 hourss',
  '0:00:00.1234567890',
  '1e3 seconds',
  '1.5',
  '999999:59:59.999999999',
];
const PERIODS = ['2026-01', '2026-Q1', '2026-W01', '2026-W53', '2025', '2026-02-28', '2025-12'];
const ODD_PERIODS = [
  '2026-13',
  '2026-00',
  '2026-Q0',
  '2026-Q5',
  '2025-W53',
  '2026-W00',
  '2026-W54',
  '0001-W01',
  '0000',
  '0001',
  '9999-W52',
  '2026-02-29',
  '2026-1',
  '2026-q1',
  '26-01',
  '2026-01 ',
  '2026-W1',
  '',
];
const TRUTHS = ['true', 'false', 'yes', 'no', 'TRUE', 'No'];
const ODD_TRUTHS = ['1', '0', 'y', 'ye s', 'truе', '', 'ja', 'ſo', 'FALSE '];
const ODD_TEXTS = [
  '',
  ' ',
  '\t',
  '"',
  '""',
  'a,b',
  'a;b',
  'a\tb',
  'a|b',
  'a\nb',
  'a\r\nb',
  '\r',
  'NULL',
  '\\N',
  'e\u0301',
  '\u1aeb\u0301',
  '\u00a0',
  '\ufeff',
  "';--",
  '\u0000',
  '#',
  '𝒳',
  '\u0344',
  'Ω',
  '각',
];

/** A text for a cell of the type; once in `odd` times one from the list of mistakes and rarities. */
export function cellText(draw: Draw, type: ValueType, odd: number): string {
  const from = (sound: readonly string[], rare: readonly string[]): string => {
    const text = draw.pick(draw.rarely(odd) ? rare : sound);
    if (!draw.rarely(odd * 4)) return text;
    return draw.pick([` ${text}`, `${text} `, `\t${text} `, `\u00a0${text}`]);
  };
  switch (type.kind) {
    case 'number':
    case 'money':
      return from(NUMBERS, ODD_NUMBERS);
    case 'percent':
      return from(PERCENTS, ODD_PERCENTS);
    case 'date':
      return from(DATES, ODD_DATES);
    case 'datetime':
      return from(TIMES, ODD_TIMES);
    case 'duration':
      return from(DURATIONS, ODD_DURATIONS);
    case 'period':
      return from(PERIODS, ODD_PERIODS);
    case 'truth':
      return from(TRUTHS, ODD_TRUTHS);
    case 'enumeration':
      return from(WORDS, ['Won', 'wоn', '', 'lost ', ...ODD_TEXTS]);
    case 'person':
      return from(PERSONS, ['', 'И\u0306ося', 'Ann', 'zed', 'ann ', ...ODD_TEXTS]);
    default:
      return from(CLIENTS, ODD_TEXTS);
  }
}

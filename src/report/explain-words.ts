// Every sentence of an explanation: one list for all languages, so that none says less. What is put in has been written
// out before.

import type { PassedOn } from '../model/event-explanation.ts';
import type { Language } from './explain-figures.ts';
import { ENGLISH } from './explain-words-en.ts';
import { RUSSIAN } from './explain-words-ru.ts';

/** How many of something, in words. */
export type Count = (count: number) => string;

/** What a language says. */
export interface Words {
  // ---- what steps are called
  readonly pay: string;
  readonly role: (name: string) => string;
  readonly days: (from: string, until: string) => string;
  readonly of: (what: string, of: string) => string;
  readonly target: string;
  readonly attainment: string;
  readonly score: string;
  readonly condition: string;
  readonly gate: string;
  readonly floor: string;
  readonly cap: string;
  readonly draw: string;
  readonly recovery: string;
  readonly due: string;
  readonly excess: string;
  readonly award: string;
  readonly level: string;
  readonly pool: string;
  readonly points: string;
  readonly row: (event: string, key: string) => string;
  readonly rowPlace: (row: string, day: string, share: string | undefined) => string;
  readonly people: Count;
  readonly rows: Count;
  readonly periods: Count;
  readonly ofDays: (counted: string, of: string, by: 'days' | 'working days' | 'months') => string;

  // ---- what conditions say
  readonly holds: string;
  readonly fails: string;
  readonly missing: string;
  readonly passed: string;
  readonly failed: string;
  readonly won: string;
  readonly notWon: string;

  // ---- how values come about
  readonly again: string;
  readonly more: (count: string, value: string | undefined) => string;
  readonly needed: (bound: string) => string;
  readonly above: (by: string) => string;
  readonly below: (by: string) => string;
  readonly equal: string;
  readonly least: string;
  readonly greatest: string;
  readonly roundedTo: (value: string, step: string) => string;
  readonly roundings: Readonly<Record<string, string>>;
  readonly all: string;
  readonly any: string;
  readonly taken: Readonly<Record<'value' | 'otherwise' | 'neither', string>>;
  readonly otherwiseCounts: string;
  readonly aggregates: Readonly<Record<string, string>>;
  readonly over: (aggregate: string, rows: string, event: string) => string;
  readonly between: (from: string, until: string) => string;
  readonly where: (condition: string) => string;
  readonly scopes: Readonly<Record<'team' | 'reports' | 'company', string>>;
  readonly scopeBy: (attribute: string) => string;
  readonly forEach: (what: string) => string;
  readonly byDate: (date: string) => string;
  readonly since: (day: string) => string;
  readonly noRows: string;
  readonly rowTaken: string;
  readonly tiers: (table: string) => string;
  readonly rate: (rate: string) => string;
  readonly from: (bound: string) => string;
  readonly over_: (bound: string) => string;
  readonly onAll: string;
  readonly belowTiers: (bound: string) => string;
  readonly before: (amount: string, value: string) => string;
  readonly onCurve: (table: string, where: string) => string;
  readonly curveBetween: (from: string, until: string) => string;
  readonly curveFrom: (from: string) => string;
  readonly curveAbove: (from: string) => string;
  readonly curveBelow: (until: string) => string;
  readonly shortBy: (by: string) => string;
  readonly curveSlope: (more: string, per: string, from: string) => string;
  readonly justBelow: (at: string) => string;
  readonly fullSteps: string;
  readonly inGrid: (table: string, keys: string) => string;
  readonly otherwise: string;
  readonly belowFirst: string;
  readonly tableRow: (table: string, key: string, day: string | undefined) => string;
  readonly noTableRow: (table: string, key: string, day: string | undefined) => string;
  readonly averageByDays: (sum: string, of: string) => string;
  readonly wholeOf: (value: string, of: string, counted: string) => string;
  readonly written: (value: string) => string;
  readonly spread: (share: string, of: string) => string;
  readonly ramp: (percent: string, month: string) => string;
  readonly because: (condition: string) => string;
  readonly override: (
    of: 'person' | 'team',
    name: string,
    from: string | undefined,
    until: string | undefined,
  ) => string;
  readonly alike: string;
  readonly sumOfPeople: string;
  readonly insideBand: (from: string, until: string) => string;
  readonly outsideBand: (from: string, until: string) => string;
  readonly noAttainment: string;
  readonly noTarget: string;
  readonly weights: string;
  readonly spreadsWeight: string;
  readonly countsMissing: string;
  readonly lineCap: (at: string) => string;
  readonly lineFloor: (at: string) => string;
  readonly weighs: (weight: string) => string;

  // ---- bonuses and lines
  readonly prorated: (amount: string, days: string, value: string) => string;
  readonly nothing: string;
  readonly wouldBe: (value: string) => string;
  readonly gateFails: (gate: string) => string;
  readonly conditionFails: (condition: string) => string;
  readonly absent: string;
  readonly left: string;
  readonly forfeited: string;
  readonly capped: (cap: string) => string;
  readonly raised: (floor: string) => string;
  readonly topsUp: (draw: string) => string;
  readonly rounds: (value: string, mode: string, step: string) => string;
  readonly earned: (value: string) => string;
  readonly later: (amount: string, period: string, kind: 'part' | 'hold') => string;
  readonly isLost: string;
  readonly freed: string;
  readonly freedRow: (key: string, row: string, share: string, amount: string) => string;
  readonly paidIn: (amount: string, day: string) => string;
  readonly paidAtPosting: (amount: string) => string;
  readonly perEvent: (event: string) => string;
  readonly rowsFailed: (rows: string) => string;
  readonly rowsLate: (rows: string) => string;
  readonly recovers: (owed: string) => string;
  readonly dueFrom: (period: string) => string;
  readonly kept: (kept: string) => string;
  readonly place: (place: string, sharing: string | undefined) => string;
  readonly notPlaced: string;
  readonly prizes: (prizes: string) => string;
  readonly prizeKinds: Readonly<Record<'money' | 'points' | 'badge' | 'recognition' | 'training', string>>;

  // ---- others and other periods
  readonly poolPart: (amount: string, by: string, people: string) => string;
  readonly equally: string;
  readonly sharedBy: (formula: string, value: string | undefined) => string;
  readonly noPart: Readonly<
    Record<
      | 'nothing to share'
      | 'not for the role'
      | 'condition'
      | 'not among the first'
      | 'nothing to share it by'
      | 'another stay',
      string
    >
  >;
  readonly previous: string;
  readonly noPrevious: string;
  readonly each: (aggregate: string, periods: string) => string;
  readonly streak: (count: string) => string;
  readonly rank: (place: string, people: string) => string;
  readonly notRanked: (people: string) => string;
  readonly total: (people: string) => string;

  // ---- what would have paid
  readonly wouldPay: string;
  readonly ifHeld: (condition: string, amount: string, pay: string) => string;
  readonly ifAllHeld: (amount: string, pay: string) => string;
  readonly ifChosen: (condition: string, amount: string, pay: string) => string;
  readonly short: (what: string, value: string, bound: string, by: string) => string;

  // ---- headings and notes
  readonly title: (name: string, period: string) => string;
  readonly whyTitle: (what: string) => string;
  readonly rejects: string;
  readonly knownOn: (day: string) => string;
  readonly hidden: Count;
  readonly rowColumns: Readonly<
    Record<'key' | 'row' | 'day' | 'person' | 'value' | 'share' | 'adds', string>
  >;

  // ---- what an event moved
  readonly eventTitle: (event: string, key: string, file: string, row: string) => string;
  readonly credits: string;
  readonly creditsNobody: string;
  readonly as: (name: string) => string;
  readonly movedNothing: string;
  readonly without: string;
  readonly with: string;
  readonly change: string;
  readonly directly: string;
  readonly secondHand: string;
  readonly through: string;
  readonly notThere: string;
  readonly passedOn: Readonly<Record<PassedOn['kind'], string>>;
}

/** The sentences of each language. */
export const WORDS: Readonly<Record<Language, Words>> = { en: ENGLISH, ru: RUSSIAN };

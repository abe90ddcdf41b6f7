// Targets, attainments, scores and what is paid for them over generated policies: both engines give what the third opinion
// gives, which is worked out day by day from the words of the language.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawFrom } from '../backend/draw.ts';
import { generatedRuns } from '../runs.ts';
import { FEATURES, KINDS, kindsOf } from './features-of-targets.ts';
import { generateCase, generatePeriods } from './generated-targets.ts';
import type { Span } from './oracle-calendars.ts';
import { found, opinions, type Said, smallRun } from './oracle-opinions.ts';
import type { Case } from './oracle-plan.ts';

const USUAL = 20;
const RUNS = generatedRuns(USUAL);

/** In how many cases at least each feature has to matter, and each kind of policy has to be drawn. */
const OFTEN = 1;

/** What each bonus pays where its figure is missing: that has to come, and so do others. */
const ELSE: Readonly<Record<string, string>> = {
  own: '70000',
  year: '70000',
  before_plan: '70000',
  three: '70000',
  team: '70000',
  team_year: '70000',
  check_year: '70000',
  check_team: '70000',
  buyers: '70000',
  expected: '7',
  hundreds: '11',
  held: '11',
  streak: '70',
  on_plan: '70',
  place: '90',
  plan_place: '90',
  trail: '3',
  scores: '700',
  score_before: '700',
  plan: '70000',
  plan_before: '70000',
  band: '70000',
  stays: '0',
  remains: '0',
  southern: '0',
};

type Counts = Map<string, number>;

const countOf = (counts: Counts, name: string): number => counts.get(name) ?? 0;

function add(counts: Counts, name: string): void {
  counts.set(name, countOf(counts, name) + 1);
}

/** Counts in which cases a feature is drawn, and in which something else would be said without it. */
function count(
  one: Case,
  spans: readonly Span[],
  { drawn, mattering }: { readonly drawn: Counts; readonly mattering: Counts },
): void {
  const saidOf = (each: Case, span: Span): string => JSON.stringify(opinions(each, [span]));
  const said = spans.map((span) => saidOf(one, span));
  for (const each of kindsOf(one)) add(drawn, each);
  for (const [name, without] of Object.entries(FEATURES)) {
    const other = without(one);
    if (JSON.stringify(other) === JSON.stringify(one)) continue;
    add(drawn, name);
    const matters = (): boolean => spans.some((span, at) => saidOf(other, span) !== said[at]);
    if (countOf(mattering, name) < OFTEN && matters()) add(mattering, name);
  }
}

function countAmounts(all: readonly Said[], paid: Map<string, Set<string>>): void {
  for (const [name, amount] of all.flatMap(({ amounts }) => Object.entries(amounts))) {
    const [bonus] = name.split(' ') as [string];
    paid.set(bonus, (paid.get(bonus) ?? new Set()).add(amount));
  }
}

test('both engines give the targets, scores and amounts that are worked out day by day', async () => {
  const drawn = new Map<string, number>();
  const mattering = new Map<string, number>();
  const paid = new Map<string, Set<string>>();
  const property = fc.asyncProperty(fc.gen(), async (gen) => {
    const draw = drawFrom(gen);
    const one = generateCase(draw);
    const spans = generatePeriods(draw, one);
    const wanted = opinions(one, spans);
    for (const backend of ['memory', 'duckdb'] as const)
      expect(await found({ ...smallRun(one, spans), backend })).toEqual(wanted);
    count(one, spans, { drawn, mattering });
    countAmounts(wanted, paid);
  });
  // a failing case is replayed by its seed
  await fc.assert(property, { ...RUNS, endOnFailure: true });
  // fewer cases hold less
  if (RUNS.numRuns < USUAL) return;
  const kinds = [...KINDS].filter((name) => countOf(drawn, name) < OFTEN);
  expect(kinds).toEqual([]);
  const seldom = Object.keys(FEATURES).filter((name) => countOf(mattering, name) < OFTEN);
  expect(
    seldom.map((name) => `${name}: drawn ${countOf(drawn, name)}, mattered ${countOf(mattering, name)}`),
  ).toEqual([]);
  const alike = [...paid].filter(([name, amounts]) => amounts.size < 3 && ELSE[name] !== '0');
  expect(alike).toEqual([]);
  const never = Object.entries(ELSE).filter(([name, amount]) => !paid.get(name)?.has(amount));
  expect(never).toEqual([]);
}, 3_600_000);

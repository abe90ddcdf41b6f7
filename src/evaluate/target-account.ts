// What a statement says of how a target came about: the steps of its making as plain data, with the policy's words.

import { type Day, dayText } from '../base/date.ts';
import { InternalError } from '../base/diagnostic.ts';
import {
  add,
  compare,
  type Exact,
  equals,
  exact,
  exactText,
  isZero,
  multiply,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import { periodAt } from '../base/period.ts';
import type { Figure, Target } from '../model/policy.ts';
import type {
  NoTarget,
  TargetAccount,
  TargetByDays,
  TargetOfPeople,
  TargetPart,
} from '../model/target-account.ts';
import { type CellPlace, type Held, type Run, wordsOf } from './cell.ts';
import { isAway, type Weighing } from './days.ts';
import { evaluate } from './formula.ts';
import { inputsOf } from './lines.ts';
import { madeIn } from './target.ts';
import { linesOf } from './target-levels.ts';
import type { Made, MadeOfDays, MadeOfLine, MadeOfPeople } from './target-made.ts';

/** Most different values of people that an account lists; the rest is summed up. */
const MOST_SHOWN = 10;

/** The account of an end of a target, which must come to the value that was worked out. */
export function targetAccount(
  run: Run,
  figure: Figure,
  place: CellPlace,
  { end, value }: { readonly end: 'lower' | 'upper'; readonly value: Exact },
): TargetAccount {
  const made = madeIn(run, figure, place, end);
  if (!made || !equals(made.value, value))
    throw new InternalError(`the target of ${figure.id} isn't what it is made of`);
  return accountOf(run, made);
}

function accountOf(run: Run, made: Made): TargetAccount {
  const value = exactText(made.value);
  switch (made.kind) {
    case 'line':
      return lineAccount(run, made);
    case 'days':
      return daysAccount(run, made);
    case 'periods': {
      const parts = made.parts.map((each) => ({ period: each.period.id, target: accountOf(run, each.made) }));
      return { kind: 'periods', together: made.together, parts, value };
    }
    case 'whole': {
      const { counted, weights } = made;
      return { kind: 'whole', target: accountOf(run, made.made), ...countedOf(counted, weights), value };
    }
    case 'people':
      return peopleAccount(made);
    default:
      return made satisfies never;
  }
}

function countedOf(
  counted: Exact,
  { all, proration }: Weighing,
): Pick<TargetByDays, 'counted' | 'of' | 'by'> {
  const by = proration.by === 'working days' || proration.by === 'months' ? proration.by : 'days';
  return { counted: exactText(counted), of: exactText(all), by };
}

// ---- one line ----------------------------------------------------------------------------------------------------

function lineAccount(run: Run, made: MadeOfLine): TargetAccount {
  const { line, end, place, written, spread, ramp, value } = made;
  const formula = end === 'upper' ? line.upTo! : line.value;
  const inputs = inputsOf(run, formula, place);
  const conditions = line.when ? inputsOf(run, line.when, place) : [];
  return {
    kind: 'line',
    text: wordsOf(run, line.span),
    formula: wordsOf(run, formula.span),
    inputs: [...inputs, ...conditions.filter((each) => !inputs.some(({ text }) => text === each.text))],
    ...(line.when ? { condition: wordsOf(run, line.when.span) } : {}),
    ...overrideOf(run, made),
    written: exactText(written),
    ...(spread
      ? { spread: { share: exactText(spread), of: periodAt(line.grain, place.period.from).id } }
      : {}),
    ...(ramp ? { ramp: { percent: exactText(ramp.percent), month: ramp.month } } : {}),
    value: exactText(value),
  };
}

function overrideOf(run: Run, { line, of }: MadeOfLine): { readonly override?: LineOverride } {
  const found = run.model.overrides.find(({ targets }) => targets.includes(line));
  if (of === 'role' || !found) return {};
  const { name, from, until } = found;
  return {
    override: {
      of,
      name,
      ...(from === undefined ? {} : { from: dayText(from) }),
      ...(until === undefined ? {} : { until: dayText(until - 1) }),
    },
  };
}

type LineOverride = NonNullable<Extract<TargetAccount, { kind: 'line' }>['override']>;

/** Why a person has no target of a KPI that has lines for one; nothing where it has none. */
export function whyNoTarget(
  run: Run,
  { name, scope, window }: Figure,
  place: CellPlace,
): { readonly noTarget?: NoTarget } {
  const { viewer, held } = place;
  if (scope.kind !== 'own' || viewer.kind !== 'stay') return {};
  const all = linesOf(run, { role: viewer.role, held }, name);
  if (all.length === 0) return {};
  // over a window one line or another holds, and they don't come to one target of it
  if (window.kind !== 'period') return { noTarget: { because: 'other lengths' } };
  if (isAway(run, place)) return { noTarget: { because: 'away' } };
  const lines = all.filter((each) => each.grain === place.period.grain);
  if (lines.length === 0) return { noTarget: { because: 'other lengths' } };
  const lacking = lines.flatMap((line) => lackOf(run, line, place));
  return {
    noTarget:
      lacking.length < lines.length
        ? { because: 'not on all days' }
        : { because: 'no line holds', lines: lacking },
  };
}

/** What a line lacks on the last of the days; nothing where it holds then. */
function lackOf(run: Run, { when, value }: Target, place: CellPlace): NonNullable<NoTarget['lines']> {
  const formula = wordsOf(run, value.span);
  const fails = when !== undefined && evaluate(run, when, place) !== true;
  if (fails) return [{ formula, condition: wordsOf(run, when.span), inputs: inputsOf(run, when, place) }];
  return evaluate(run, value, place) === undefined ? [{ formula, inputs: inputsOf(run, value, place) }] : [];
}

// ---- several days and people ---------------------------------------------------------------------------------------

/** Parts by days, neighbours that are alike as one, however rows cut them; a whole period with one part is that part. */
function daysAccount(run: Run, { parts, counted, weights, prorated, value }: MadeOfDays): TargetAccount {
  const found: TargetPart[] = [];
  for (const { held, weight, made } of parts) {
    const target = accountOf(run, made);
    const { from, until } = countingDays(held, weights);
    const last = found.at(-1);
    const goesOn = last !== undefined && isAlike(last.target, target);
    if (goesOn) found.pop();
    found.push({
      from: goesOn ? last.from : dayText(from),
      until: dayText(until - 1),
      counts: exactText(goesOn ? add(exact(last.counts), weight) : weight),
      target,
    });
  }
  const [first] = found;
  const isWhole = !prorated || equals(counted, weights.all);
  if (found.length === 1 && isWhole) return first!.target;
  return {
    kind: 'days',
    parts: found,
    ...countedOf(counted, weights),
    prorated,
    value: exactText(value),
  };
}

/** From the first day that counts until after the last. */
function countingDays(held: Held, weights: Weighing): Held {
  const counts = (day: Day): boolean => !isZero(weights.of([{ ...held, from: day, until: day + 1 }]));
  let { from, until } = held;
  while (from + 1 < until && !counts(from)) from++;
  while (from + 1 < until && !counts(until - 1)) until--;
  return { ...held, from, until };
}

function isAlike(a: TargetAccount, b: TargetAccount): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

// everybody who looks at a group has the same
const ofPeople = new WeakMap<MadeOfPeople, TargetOfPeople>();

function peopleAccount(made: MadeOfPeople): TargetOfPeople {
  const found = ofPeople.get(made) ?? valuesOfPeople(made);
  ofPeople.set(made, found);
  return found;
}

/** Each person once, then by value: nobody is named, as the statement is somebody else's. */
function valuesOfPeople({ parts, together, value }: MadeOfPeople): TargetOfPeople {
  const people = new Map<string, Exact>();
  for (const { person, value: own } of parts) {
    const before = people.get(person);
    people.set(person, before && together === 'sum' ? add(before, own) : own);
  }
  const values = new Map<string, number>();
  for (const own of people.values()) {
    const text = exactText(own);
    values.set(text, (values.get(text) ?? 0) + 1);
  }
  const sorted = [...values]
    .map(([text, count]) => ({ value: text, people: count }))
    .sort((a, b) => b.people - a.people || compare(exact(b.value), exact(a.value)));
  const shown = sorted.length > MOST_SHOWN ? sorted.slice(0, MOST_SHOWN) : sorted;
  const count = shown.reduce((sum, each) => sum + each.people, 0);
  const listed = shown.reduce((sum, each) => add(sum, multiply(whole(each.people), exact(each.value))), ZERO);
  return {
    kind: 'people',
    together,
    people: people.size,
    parts: shown,
    ...(count < people.size
      ? { others: { value: exactText(subtract(value, listed)), people: people.size - count } }
      : {}),
    value: exactText(value),
  };
}

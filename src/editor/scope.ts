// All names that might stand in a formula of a policy, and those of them that may stand at one place, as the checker
// says.

import type { Checking } from '../check/context.ts';
import type { Meaning } from '../check/meanings.ts';
import { BUILT_IN_ATTRIBUTES } from '../check/names.ts';
import { isWord } from '../syntax/print-expression.ts';
import { leadsBack } from './circle.ts';
import type { Inside } from './cursor-place.ts';
import { CALLABLES } from './functions.ts';
import { type Fitting, type Probe, tryName, type Way } from './probe.ts';

/** A name that may stand at the place. */
export interface Offered extends Fitting {
  readonly text: string;
  readonly way: Way;
}

const WORDS: readonly string[] = [
  ...['person', 'score', 'points', 'period', 'share', 'start', 'end', 'rate', 'leads', 'this', 'n', 'pay'],
  ...['actual', 'target', 'team', 'reports', 'company', 'ytd', 'qtd'],
  ...['day', 'week', 'month', 'quarter', 'year', 'true', 'false'],
];

/** How many names are tried at most, fewer in long formulas: of a policy with more, those that go on with what is typed. */
const MOST_TRIED = 1500;
const MOST_WORDS = 100_000;

/** What is looked for at a place. */
export interface Wanted {
  /** What of the word there is. */
  readonly typed: string;
  readonly inside: Inside;
  /** How many words the phrase has. */
  readonly length: number;
}

/** The names that may stand where the cursor is. */
export function namesAt(probe: Probe, { typed, inside, length }: Wanted): readonly Offered[] {
  const { checking } = probe;
  const most = Math.min(MOST_TRIED, Math.ceil(MOST_WORDS / length));
  const wanted = (all: readonly string[]): readonly string[] => {
    if (all.length <= most) return all;
    const start = typed.toLowerCase();
    return all.filter((each) => each.toLowerCase().startsWith(start)).slice(0, most);
  };
  const names = wanted([...namesOf(checking, probe)]);
  const offered: Offered[] = [];
  for (const text of names) {
    const found = tryWays(probe, text);
    if (found && !leadsBack(checking, found.meaning, inside)) offered.push(found);
  }
  const called = [...CALLABLES.keys(), ...tablesOf(checking)].filter(isWord);
  for (const text of wanted(called)) {
    const isCallee = probe.formulas[0]!.way.begins?.kind === 'call';
    const way: Way = isCallee ? 'name' : 'call';
    const fitting = tryName(probe, text, way);
    if (fitting && isCalled(fitting)) offered.push({ ...fitting, text, way });
  }
  return offered;
}

const CALLED: ReadonlySet<Meaning['kind']> = new Set(['function', 'rates', 'curve', 'grid']);

function isCalled({ meaning }: Fitting): boolean {
  return CALLED.has(meaning.kind);
}

function tablesOf({ declared }: Checking): readonly string[] {
  return [...declared.rates.keys(), ...declared.curves.keys(), ...declared.grids.keys()];
}

function tryWays(probe: Probe, text: string): Offered | undefined {
  const named = tryName(probe, text, 'name');
  if (named) return { ...named, text, way: 'name' };
  // only a word can have something behind it
  if (!isWord(text)) return undefined;
  const { tables, events } = probe.checking.declared;
  const { fields = [], keys = [] } = tables.get(text) ?? {};
  const column = fields.find(({ name }) => !keys.includes(name))?.name;
  const lookedUp = column === undefined ? undefined : tryName(probe, text, 'look-up', column);
  if (lookedUp) return { ...lookedUp, text, way: 'look-up' };
  const part = text === 'person' ? 'id' : events.get(text)?.fields.keys().next().value;
  const opening = part === undefined ? undefined : tryName(probe, text, 'part', part);
  return opening && { meaning: opening.meaning, fits: false, text, way: 'part' };
}

/** All words that stand for something anywhere. */
function namesOf({ declared, words }: Checking, probe: Probe): ReadonlySet<string> {
  const { kpis, lets, pools, awards, tables, calendars, roles, attributes, eventNames } = declared;
  return new Set([
    ...[kpis, lets, pools, awards, tables, calendars, roles, attributes, eventNames].flatMap((each) => [
      ...each.keys(),
    ]),
    ...[...roles.values()].flatMap((each) => each.bonuses.map(({ name }) => name.text)),
    ...[...declared.events.values()].flatMap(({ fields, formulas, creditNames }) => [
      ...fields.keys(),
      ...formulas.keys(),
      ...creditNames,
    ]),
    ...[...tables.values()].flatMap((each) => each.fields.map(({ name }) => name)),
    ...tablesOf({ declared } as Checking),
    ...BUILT_IN_ATTRIBUTES.keys(),
    ...words.keys(),
    ...probe.formulas.flatMap(({ world }) => [...(world.locals?.keys() ?? [])]),
    ...WORDS,
  ]);
}

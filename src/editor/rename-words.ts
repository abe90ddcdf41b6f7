// What is said of a renaming: why something has no name to change, what has the new name already, and what of the data
// has to follow.

import { isOfPolicy, type Meaning, type NameKind } from '../check/meanings.ts';
import { placesOf } from './definition.ts';
import type { NameAt } from './names.ts';
import type { Project } from './project.ts';

/** What each kind of name is called in a sentence. */
export const KIND_WORDS: Readonly<Record<NameKind, string>> = {
  policy: 'the policy',
  kpi: 'a KPI',
  let: 'a value',
  curve: 'a curve',
  rates: 'a table of rates',
  grid: 'a grid',
  dimension: 'a dimension of a grid',
  pool: 'a pool',
  award: 'an award',
  level: 'a level',
  role: 'a role',
  bonus: 'a bonus',
  event: 'an event',
  field: 'a field',
  table: 'a table',
  column: 'a column',
  attribute: 'an attribute of people',
  'credit line': 'a credit line',
  word: 'a word of a list',
  calendar: 'a calendar',
  test: 'a test',
  'test person': 'a person of a test',
  invariant: 'an invariant',
  file: 'a file',
  'built-in': 'a word of the language',
  function: 'a function',
  scope: 'a scope or window',
  'length of time': 'a length of time',
  type: 'a type',
  person: 'a person of the data',
  team: 'a team of the data',
};

// Columns by whose names dated rows are known.
const DATES: ReadonlySet<string> = new Set(['from', 'until']);

// Columns by which the table of exchange rates is known.
const RATES: ReadonlySet<string> = new Set(['currency', 'into', 'rate']);

/** Why a name can't be changed, whatever the new one is. */
export function notToRename({ checking }: Project, { kind, name, of }: Meaning): string | undefined {
  if (kind === 'file') return `\`${name}\` is a file: move the file itself`;
  if (kind === 'person' || kind === 'team')
    return `\`${name}\` is ${KIND_WORDS[kind]}: its name is changed there`;
  if (!isOfPolicy(kind)) return `\`${name}\` is ${KIND_WORDS[kind]}, which has that name in every policy`;
  if (kind === 'column' && DATES.has(name))
    return `\`${name}\` says which days a row holds: a column of another name wouldn't`;
  const { exchange } = checking ?? {};
  if (kind === 'column' && typeof exchange === 'object' && exchange.name === of && RATES.has(name))
    return `exchange rates are found by the column \`${name}\`: it can't be called otherwise`;
  return undefined;
}

const SHARED: readonly NameKind[] = ['kpi', 'let', 'curve', 'rates', 'grid', 'pool', 'table', 'bonus'];
const PRIZES: readonly NameKind[] = ['award', 'level'];

/** What has the new name already, in a sentence, where both would stand in one space of names. */
export function clashWith(project: Project, name: NameAt, to: string): string | undefined {
  const own = placesOf(project, name);
  for (const [id, places] of project.names.byId) {
    const other = places.find(({ declares, meaning }) => declares && meaning.name === to);
    if (!other || id === name.id) continue;
    if (own.some((each) => each.declares && inOneSpace(each.meaning, other.meaning)))
      return `\`${to}\` is the name of ${KIND_WORDS[other.meaning.kind]} already`;
  }
  if (own.some(({ meaning }) => meaning.kind === 'column') && DATES.has(to))
    return `a column \`${to}\` says which days a row holds: choose another name`;
  return undefined;
}

function inOneSpace(one: Meaning, other: Meaning): boolean {
  if (SHARED.includes(one.kind) && SHARED.includes(other.kind))
    return one.kind !== 'bonus' || other.kind !== 'bonus' || one.of === other.of;
  if (PRIZES.includes(one.kind) && PRIZES.includes(other.kind)) return true;
  return one.kind === other.kind && one.of === other.of;
}

/** What of the data has to follow a renaming. */
export function noteOn(project: Project, name: NameAt, to: string): string | undefined {
  const kinds = new Set(placesOf(project, name).map(({ meaning }) => meaning.kind));
  const from = name.meaning.name;
  const notes = [
    ...(kinds.has('field') || kinds.has('column') || kinds.has('attribute')
      ? [
          `the data is now read from a column called \`${to}\`; where it keeps the name \`${from}\`, say so under \`columns\` in merit.config.yaml: \`${to}: ${from}\``,
        ]
      : []),
    ...(kinds.has('event') || kinds.has('table')
      ? [`the data of \`${from}\` is now asked for as \`${to}\`: change it in merit.config.yaml, too`]
      : []),
    ...(kinds.has('kpi')
      ? targetTables(project).map(
          (table) => `rows of \`${table}\` that give the target of \`${from}\` have to say \`${to}\``,
        )
      : []),
    ...(kinds.has('word') ? [`cells that say \`${from}\` have to say \`${to}\``] : []),
    ...(kinds.has('role')
      ? [
          `people whose role is \`${from}\` in the data have to have the role \`${to}\`, and texts that say \`${from}\` stay`,
        ]
      : []),
  ];
  return notes.length === 0 ? undefined : notes.join('. ');
}

/** Tables that say by a key whose targets they give. */
function targetTables({ checking }: Project): readonly string[] {
  const tables = [...(checking?.declared.tables.values() ?? [])];
  return tables.flatMap(({ name, keys }) => (keys.includes('kpi') ? [name] : []));
}

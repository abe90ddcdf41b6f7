// What a piece of the syntax tree means, as one text: equal for pieces that say the same, in whatever layout, order or
// form. Titles, descriptions and owners are words for people; they are told apart from what is worked out.

import { exactText, parseExact } from '../base/exact.ts';

/** Names of one version and what the other calls the same thing. */
export type Renames = ReadonlyMap<string, string>;

type Fields = Readonly<Record<string, unknown>>;

const PLACES: ReadonlySet<string> = new Set(['span', 'operatorSpan']);
/** Lists of which the order says nothing. */
const UNORDERED: ReadonlySet<string> = new Set(['hours', 'holidays']);

/** Without places and words for people; names are replaced by what `renames` says. */
export function meaningOf(node: unknown, renames: Renames = new Map()): string {
  return JSON.stringify(said(node, renames));
}

function said(node: unknown, renames: Renames): unknown {
  if (Array.isArray(node)) return node.map((each) => said(each, renames));
  if (typeof node !== 'object' || node === null) return node;
  const fields = node as Fields;
  const kept = Object.entries(fields)
    .filter(([key, value]) => value !== undefined && !PLACES.has(key) && !isWords(key, value))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept.map(([key, value]) => [key, saidOf(fields, key, { value, renames })]));
}

function saidOf(
  owner: Fields,
  key: string,
  { value, renames }: { readonly value: unknown; readonly renames: Renames },
): unknown {
  if (key === 'digits' && typeof value === 'string') {
    const number = parseExact(value);
    return number ? exactText(number) : value;
  }
  if (key === 'text' && typeof value === 'string' && isName(owner)) return renames.get(value) ?? value;
  if (!Array.isArray(value)) return said(value, renames);
  if (UNORDERED.has(key)) return sorted(value, renames);
  if (key === 'members' && owner.ordered === false) return sorted(value, renames);
  if (key === 'lines' && owner.kind === 'credit') {
    // an extra line leaves people to those before it; the others stand beside each other
    const extra = (line: unknown) => (line as Fields).extra === true;
    return [
      ...sorted(
        value.filter((each) => !extra(each)),
        renames,
      ),
      ...value.filter(extra).map((each) => said(each, renames)),
    ];
  }
  return said(value, renames);
}

function sorted(values: readonly unknown[], renames: Renames): readonly unknown[] {
  return values
    .map((each) => said(each, renames))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** A name of the user's own; dates and periods have a kind. */
function isName(fields: Fields): boolean {
  return fields.kind === undefined && 'span' in fields;
}

/** Whether a part says something to people and nothing to a run: the owner of an event's row is a truth value. */
function isWords(key: string, value: unknown): boolean {
  return key === 'doc' || key === 'title' || (key === 'owner' && typeof value === 'object');
}

/** Words for people in a declaration, by what they are: `title`, `bonus commission: description`, as things are called now. */
export function wordsOf(declaration: object, renames: Renames = new Map()): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const walk = (node: unknown, whose: string): void => {
    if (Array.isArray(node)) for (const each of node) walk(each, whose);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    for (const [key, part] of Object.entries(node)) {
      if (PLACES.has(key) || part === undefined) continue;
      const word = NAMED_LISTS.get(key);
      if (word !== undefined && Array.isArray(part)) {
        for (const each of part)
          walk(each, `${whose}${word} ${renames.get(each.name.text) ?? each.name.text}: `);
      } else if (isWords(key, part)) {
        const what = `${whose}${key === 'doc' ? 'description' : key}`;
        const label = found.has(what) ? `${what} ${found.size}` : what;
        found.set(label, typeof part === 'string' ? part.trim() : part.text);
      } else walk(part, whose);
    }
  };
  walk(declaration, '');
  return found;
}

/** The named things inside a declaration, as `wordsOf` calls them: `bonus commission`. */
export function thingsIn(declaration: object, renames: Renames = new Map()): ReadonlySet<string> {
  const held = declaration as Fields;
  return new Set(
    [...NAMED_LISTS].flatMap(([key, word]) =>
      ((held[key] ?? []) as readonly { readonly name: { readonly text: string } }[]).map(
        ({ name: { text } }) => `${word} ${renames.get(text) ?? text}`,
      ),
    ),
  );
}

/** Lists of named things inside declarations, and what one of them is called. */
const NAMED_LISTS: ReadonlyMap<string, string> = new Map([
  ['bonuses', 'bonus'],
  ['fields', 'field'],
  ['computed', 'field'],
]);

// Calling something otherwise, everywhere at once. Whatever the new name would collide with is found by checking the
// policy as it would be: names must stand for the same things as before, and no error may come of it.

import { type Fix, hasErrors } from '../base/diagnostic.ts';
import { placeOf, type Span } from '../base/source.ts';
import { isOfPolicy, type Meaning } from '../check/meanings.ts';
import { isWord } from '../syntax/print-expression.ts';
import { type ColourKind, coloursOf } from './colours.ts';
import { placesOf } from './definition.ts';
import { withEdits } from './edits.ts';
import type { NameAt } from './names.ts';
import { nameIn, openProject, type Project, sourceOf } from './project.ts';
import { clashWith, noteOn, notToRename } from './rename-words.ts';
import { type Speller, spellerOf } from './spelling.ts';

/** The edits of a renaming, with what has to be done beside them; or in a sentence why it isn't possible. */
export type Renamed =
  | { readonly edits: readonly Fix[]; readonly note?: string }
  | { readonly refused: string };

/** What would be renamed at a place. */
export type Renameable = { readonly span: Span; readonly text: string } | { readonly refused: string };

/** The name at a place, if it can be renamed, or why it can't; `undefined` where no name stands. */
export function nameAt(project: Project, file: string, offset: number): Renameable | undefined {
  const name = nameIn(project, file, offset);
  if (!name) return undefined;
  const refused = refusedHere(project, name);
  return refused === undefined ? { span: name.span, text: name.meaning.name } : { refused };
}

/** Renames what the name at a place stands for, in all files. */
export function renameAt(project: Project, file: string, offset: number, newName: string): Renamed {
  const name = nameIn(project, file, offset);
  if (!name) return { refused: 'there is no name here that could be changed' };
  const refused = refusedHere(project, name);
  if (refused !== undefined) return { refused };
  const to = newName.normalize('NFC');
  const { meaning } = name;
  if (to === meaning.name) return { edits: [] };
  if (!/[\p{L}\p{N}]/u.test(to) || to.trim() !== to || /[\p{Cc}\p{Cs}]/u.test(to))
    return { refused: 'a name has at least one letter or digit, and no space at its ends' };
  const clash = clashWith(project, name, to);
  if (clash !== undefined) return { refused: clash };
  const edits = editsOf(project, name, to);
  const after = openProject(withEdits(project.sources, edits), project);
  const wrong = wrongWith(project, after, name, to);
  if (wrong !== undefined) return { refused: wrong };
  const note = noteOn(project, name, to);
  return { edits, ...(note === undefined ? {} : { note }) };
}

function refusedHere(project: Project, name: NameAt): string | undefined {
  const refused = notToRename(project, name.meaning);
  if (refused !== undefined) return refused;
  const missing = project.checked.diagnostics.find(({ code }) => code === 'M1190');
  if (missing?.span)
    return `a file that this policy names isn't given, and may use the name too: ${missing.message}`;
  return hasErrors(project.checked.diagnostics) ? hiddenUse(project, name) : undefined;
}

/** Where a line can't be understood, the name may stand in it without being known to. */
function hiddenUse(project: Project, { meaning: { name } }: NameAt): string | undefined {
  for (const source of project.sources) {
    const known = project.names.byFile.get(source.name) ?? [];
    const texts = coloursOf(project, source.name).filter(({ kind }) => TEXTS.has(kind));
    const taken = [...known, ...texts].map(({ span }) => span);
    for (const { index } of source.text.matchAll(wordOf(name))) {
      if (taken.some(({ start, end }) => start <= index && index < end)) continue;
      const { line } = placeOf(source, index);
      return `line ${line} of ${source.name} can't be understood yet, and \`${name}\` stands in it: mend it first`;
    }
  }
  return undefined;
}

const TEXTS: ReadonlySet<ColourKind> = new Set<ColourKind>(['text', 'comment', 'doc']);

function wordOf(name: string): RegExp {
  // a file may compose its letters in another way
  const ways = [name, name.normalize('NFD')].map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const escaped = `(?:${ways.join('|')})`;
  return new RegExp(`(?<![\\p{L}\\p{N}\\p{M}_])${escaped}(?![\\p{L}\\p{N}\\p{M}_])`, 'gu');
}

function editsOf(project: Project, name: NameAt, to: string): readonly Fix[] {
  const spellers = new Map<string, Speller>();
  return placesOf(project, name).map(({ span, meaning }) => {
    const speller = spellers.get(span.source) ?? spellerOf(sourceOf(project, span.source)!);
    spellers.set(span.source, speller);
    return speller.edit(span, meaning.name, to);
  });
}

/** What the new name would break, in a sentence. */
function wrongWith(before: Project, after: Project, name: NameAt, to: string): string | undefined {
  const old = countByCode(before);
  const fresh = countByCode(after);
  const worse = after.checked.diagnostics.find(
    ({ severity, code }) => severity === 'error' && (fresh.get(code) ?? 0) > (old.get(code) ?? 0),
  );
  const moved = worse ? undefined : firstMoved(before, after);
  if (!worse && !moved) return undefined;
  if (!isWord(to))
    return `\`${to}\` can't stand in a formula: a name there is one word of letters, digits and \`_\`, and begins with a letter`;
  // what can't be read any more was read as that word
  if (worse && /^M10/.test(worse.code))
    return `\`${to}\` is a word of the language, and would be read as that`;
  if (worse) return `\`${name.meaning.name}\` can't be called \`${to}\`: ${worse.message}`;
  const source = sourceOf(before, moved!.source)!;
  const { line } = placeOf(source, moved!.start);
  return `\`${to}\` would mean something else in line ${line} of ${source.name}`;
}

function countByCode({ checked }: Project): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { severity, code } of checked.diagnostics)
    if (severity === 'error') counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** The first name that would stand for something else than before. */
function firstMoved(before: Project, after: Project): Span | undefined {
  const there = new Map<string, string>();
  const back = new Map<string, string>();
  for (const { name } of before.sources) {
    const olds = before.names.byFile.get(name) ?? [];
    const news = after.names.byFile.get(name) ?? [];
    for (const [index, old] of olds.entries()) {
      const now = news[index];
      if (!now || now.declares !== old.declares || !sameThing(old.meaning, now.meaning)) return old.span;
      const isSame = (there.get(old.id) ?? now.id) === now.id && (back.get(now.id) ?? old.id) === old.id;
      if (!isSame) return old.span;
      there.set(old.id, now.id);
      back.set(now.id, old.id);
    }
    if (news.length > olds.length) return olds[0]?.span ?? { source: name, start: 0, end: 0 };
  }
  return undefined;
}

function sameThing(old: Meaning, now: Meaning): boolean {
  return old.kind === now.kind && (isOfPolicy(old.kind) || old.kind === 'file' || old.name === now.name);
}

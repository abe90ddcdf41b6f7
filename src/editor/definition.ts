// Where a name is given, and where else it is written.

import type { Span } from '../base/source.ts';
import { isOfPolicy } from '../check/meanings.ts';
import type { NameAt } from './names.ts';
import { nameIn, type Project, sourceOf } from './project.ts';

/** A place where a name is written. */
export interface Reference {
  readonly span: Span;
  /** Whether the name is given to something here. */
  readonly declares: boolean;
}

/**
 * Where the name at a place is given; of a path the file, of a word that no field lists its first place. Empty for what the
 * language or the data gives.
 */
export function definitionAt(project: Project, file: string, offset: number): readonly Span[] {
  const name = nameIn(project, file, offset);
  if (!name) return [];
  const { kind, name: text, of } = name.meaning;
  if (kind === 'file') return sourceOf(project, text) ? [{ source: text, start: 0, end: 0 }] : [];
  if (!isOfPolicy(kind)) return [];
  const all = placesOf(project, name);
  const given = all.filter((each) => each.declares);
  const own = given.filter(
    ({ meaning }) => meaning.kind === kind && meaning.name === text && meaning.of === of,
  );
  const found = [own, given, all.slice(0, 1)].find((each) => each.length > 0) ?? [];
  return found.map(({ span }) => span);
}

/** All places of the name at a place, in all files, its declarations among them. */
export function referencesAt(project: Project, file: string, offset: number): readonly Reference[] {
  const name = nameIn(project, file, offset);
  if (!name) return [];
  return placesOf(project, name).map(({ span, declares }) => ({ span, declares }));
}

/** All places of a name, in the order of the files and of their texts. */
export function placesOf(project: Project, { id }: NameAt): readonly NameAt[] {
  return project.names.byId.get(id) ?? [];
}

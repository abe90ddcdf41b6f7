// What the tests of renaming share: which names can be changed, and that a policy means the same under another name.

import { expect } from 'vitest';
import { hasErrors } from '../../src/base/diagnostic.ts';
import type { Span } from '../../src/base/source.ts';
import { isOfPolicy, type Meaning } from '../../src/check/meanings.ts';
import { withEdits } from '../../src/editor/edits.ts';
import type { NameAt } from '../../src/editor/names.ts';
import { openProject, type Project } from '../../src/editor/project.ts';
import { nameAt, renameAt } from '../../src/editor/rename.ts';
import { isWord } from '../../src/syntax/print-expression.ts';

/** One place of each name that can be changed. */
export function renameable({ names, checking }: Project): readonly NameAt[] {
  const exchange = typeof checking?.exchange === 'object' ? checking.exchange.name : undefined;
  /** Columns by which dated rows and exchange rates are known. */
  const isFixed = ({ kind, name, of }: Meaning): boolean =>
    kind === 'column' &&
    (name === 'from' || name === 'until' || (of === exchange && ['currency', 'into', 'rate'].includes(name)));
  const all = [...names.byId.values()].flatMap(([first]) => first ?? []);
  return all.filter(({ meaning }) => isOfPolicy(meaning.kind) && !isFixed(meaning));
}

/** Calls something otherwise and back: the Model is the same but for the name, and the texts are what they were. */
export function renamesThereAndBack(project: Project, { span, meaning, id }: NameAt): void {
  const { name } = meaning;
  const to = isWord(name) ? `zzq_${name}` : `zzq ${name}`;
  const renamed = renamedAt(project, span, to);
  expect(hasErrors(renamed.checked.diagnostics)).toBe(false);
  expect(meaningOf(renamed).replaceAll(to, name)).toBe(meaningOf(project));
  const all = [...renamed.names.byFile.values()].flat();
  const first = all.find((each) => each.meaning.name === to && each.meaning.kind === meaning.kind)!;
  expect(renamed.names.byId.get(first.id)!.length).toBe(project.names.byId.get(id)!.length);
  expect(renamedAt(renamed, first.span, name).sources).toEqual(project.sources);
}

function renamedAt(project: Project, { source, start }: Span, to: string): Project {
  expect(nameAt(project, source, start)).not.toHaveProperty('refused');
  const answer = renameAt(project, source, start, to);
  if ('refused' in answer) throw new Error(answer.refused);
  return openProject(withEdits(project.sources, answer.edits), project);
}

/** The Model as one text, without places and texts of files. */
function meaningOf({ checked }: Project): string {
  const { sources: _, ...model } = checked.value!;
  return JSON.stringify(model, (key, value) => (/[sS]pan$/.test(key) ? undefined : value));
}

// A policy's files as an editor has them: each read, all checked together, and what every written name stands for. All
// questions of an editor are asked of this, and it holds whatever state the text is in.

import type { Checked } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import { amendedFiles } from '../check/amend.ts';
import { check } from '../check/check.ts';
import type { Checking } from '../check/context.ts';
import { checkFiles } from '../check/files.ts';
import { holdSeldom } from '../check/needed.ts';
import * as seldom from '../check/seldom.ts';
import type { Model } from '../model/policy.ts';
import type { PolicyFile } from '../syntax/ast-policy.ts';
import { parsedPolicy } from '../syntax/parse.ts';
import { collector, type FormulaAt, type NameAt, type NameIndex } from './names.ts';

// whatever it is may be typed at any time
holdSeldom(seldom);

/** The files of one policy, read and checked, and the names in them. */
export interface Project {
  readonly sources: readonly Source[];
  /** Each file as it was read, by its name. */
  readonly files: ReadonlyMap<string, Checked<PolicyFile>>;
  /** The whole policy; the Model is absent while there are errors. */
  readonly checked: Checked<Model | undefined>;
  readonly names: NameIndex;
  /** The checked formulas of each file and all their parts, in the order of the text. */
  readonly formulas: ReadonlyMap<string, readonly FormulaAt[]>;
  /** What the checker knows when it has ended: declarations by name, types of KPIs, tables and roles. */
  readonly checking: Checking | undefined;
}

/** Reads and checks a policy's files. What `before` holds of a file whose text is the same isn't read again. */
export function openProject(sources: readonly Source[], before?: Project): Project {
  const isSame = (each: Source, index: number): boolean => {
    const old = before?.sources[index];
    return old?.name === each.name && old.text === each.text;
  };
  if (before && before.sources.length === sources.length && sources.every(isSame)) return before;
  const files = new Map(sources.map((each) => [each.name, readAgain(each, before)]));
  const read = sources.map(({ name }) => files.get(name)!);
  const { meanings, gathered } = collector(sources.map(({ name }) => name));
  const { finished: _, ...below } = meanings;
  const checked = checkFiles(read, sources, meanings);
  // what an amending file takes the place of is written in the file below, and has names in it
  for (const layer of amendedFiles(read.map(({ value }) => value)))
    check(
      layer,
      sources.filter(({ name }) => layer.some(({ source }) => source === name)),
      below,
    );
  return { sources, files, checked, ...gathered() };
}

function readAgain(source: Source, before: Project | undefined): Checked<PolicyFile> {
  const old = before?.sources.find(({ name }) => name === source.name);
  return (old?.text === source.text && before?.files.get(source.name)) || parsedPolicy(source);
}

/** The source of that name among the project's files. */
export function sourceOf(project: Project, file: string): Source | undefined {
  return project.sources.find(({ name }) => name === file);
}

/** The name that is written at a place, also just behind its last letter. */
export function nameIn(project: Project, file: string, offset: number): NameAt | undefined {
  const names = project.names.byFile.get(file) ?? [];
  const found = names.filter(({ span }) => span.start <= offset && offset <= span.end);
  // between two names that touch, the one that begins there; of `quarter of retail`, the calendar within
  const here = found.filter(({ span }) => offset < span.end);
  const lengthOf = ({ span }: NameAt): number => span.end - span.start;
  return (here.length > 0 ? here : found).toSorted((a, b) => lengthOf(a) - lengthOf(b))[0];
}

/** The formulas that stand around a place, the innermost first. */
export function formulasAround(project: Project, file: string, offset: number): readonly FormulaAt[] {
  const all = project.formulas.get(file) ?? [];
  const around = all.filter(({ span }) => span.start <= offset && offset <= span.end);
  return around.toSorted((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
}

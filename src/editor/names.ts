// What the checker tells of names and formulas, kept by place: which name stands where, what else is called by it, and
// what each part of a formula was found to be.

import type { Span } from '../base/source.ts';
import { type Checking, isError } from '../check/context.ts';
import { declareNames } from '../check/declared-names.ts';
import { type Inferred, isOfPolicy, type Meaning, type Meanings } from '../check/meanings.ts';

/** A written name, and what it stands for. */
export interface NameAt {
  readonly span: Span;
  readonly meaning: Meaning;
  /** Whether it is given here; `false` where it is used. */
  readonly declares: boolean;
  /** What has this name: equal in all places that have to be renamed together. */
  readonly id: string;
}

/** A checked formula or a part of one, with its place. */
export interface FormulaAt extends Inferred {
  readonly span: Span;
}

/** All names of a project. */
export interface NameIndex {
  /** Of each file, in the order of the text. */
  readonly byFile: ReadonlyMap<string, readonly NameAt[]>;
  /** All places of a name, by its `id`, file by file. */
  readonly byId: ReadonlyMap<string, readonly NameAt[]>;
}

interface Gathered {
  readonly names: NameIndex;
  readonly formulas: ReadonlyMap<string, readonly FormulaAt[]>;
  readonly checking: Checking | undefined;
}

/** What hears the checker, and what it has gathered once the checker is done. */
export function collector(files: readonly string[]): {
  readonly meanings: Meanings;
  readonly gathered: () => Gathered;
} {
  const names = new PlacesOf<Omit<NameAt, 'id'>>();
  const formulas = new PlacesOf<FormulaAt>();
  const together = new Together();
  let checking: Checking | undefined;
  const note = (span: Span, meaning: Meaning, declares: boolean): void => {
    const before = names.at(span);
    // one place that stands for several things: what roles inherit may name what each has for itself
    if (before && isOfPolicy(before.meaning.kind) && isOfPolicy(meaning.kind))
      together.join(keyOf(before.meaning), keyOf(meaning));
    if (!before || (declares && !before.declares)) names.put(span, { span, meaning, declares });
  };
  return {
    meanings: {
      declared: (span, meaning) => note(span, meaning, true),
      used: (span, meaning) => note(span, meaning, false),
      joined: (one, other) => together.join(keyOf(one), keyOf(other)),
      inferred: (formula) => {
        const { span } = formula.written;
        const before = formulas.at(span);
        if (!before || (isError(before.found) && !isError(formula.found)))
          formulas.put(span, { ...formula, span });
      },
      started: declareNames,
      finished: (done) => {
        checking = done;
      },
    },
    gathered: () => {
      const byFile = new Map(
        [...names.sorted(files)].map(([file, all]) => [
          file,
          all.map((each) => ({ ...each, id: together.rootOf(keyOf(each.meaning)) })),
        ]),
      );
      return { names: { byFile, byId: grouped(byFile) }, formulas: formulas.sorted(files), checking };
    },
  };
}

function keyOf({ kind, name, of = '' }: Meaning): string {
  return `${kind}\n${of}\n${name}`;
}

function grouped(byFile: ReadonlyMap<string, readonly NameAt[]>): ReadonlyMap<string, readonly NameAt[]> {
  const byId = new Map<string, NameAt[]>();
  for (const each of [...byFile.values()].flat()) {
    const places = byId.get(each.id);
    if (places) places.push(each);
    else byId.set(each.id, [each]);
  }
  return byId;
}

// a start and an end in one number, which is cheaper to look up than a text
const END = 2 ** 26;

/** One value for each place of each file. */
class PlacesOf<T extends { readonly span: Span }> {
  private readonly files = new Map<string, Map<number, T>>();

  at({ source, start, end }: Span): T | undefined {
    return this.files.get(source)?.get(start * END + end);
  }

  put({ source, start, end }: Span, value: T): void {
    if (end <= start) return;
    const places = this.files.get(source) ?? new Map<number, T>();
    this.files.set(source, places.set(start * END + end, value));
  }

  /** By file, in the order of its text; of two that begin together the longer one first. */
  sorted(files: readonly string[]): ReadonlyMap<string, readonly T[]> {
    const inOrder = (a: T, b: T): number => a.span.start - b.span.start || b.span.end - a.span.end;
    return new Map(files.map((file) => [file, [...(this.files.get(file)?.values() ?? [])].sort(inOrder)]));
  }
}

/** Which names must be called alike: sets that grow together. */
class Together {
  private readonly above = new Map<string, string>();

  rootOf(key: string): string {
    let root = key;
    for (let next = this.above.get(root); next !== undefined; next = this.above.get(root)) root = next;
    return root;
  }

  join(one: string, other: string): void {
    const [a, b] = [this.rootOf(one), this.rootOf(other)];
    if (a !== b) this.above.set(a, b);
  }
}

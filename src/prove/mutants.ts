// Changes of a policy's syntax trees, one at a time, that its tests should notice: the list of them, in the order of the
// text. A change replaces parts of a tree by their identity, so it is the same in either form of the language.

import type { Span } from '../base/source.ts';
import type { MutantKind } from '../model/mutation.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import { listAwards } from './mutants-awards.ts';
import { listData } from './mutants-data.ts';
import { listRoles } from './mutants-roles.ts';
import { listTables } from './mutants-tables.ts';

/** A change of a policy. */
export interface Mutant {
  /** Alone among those of the policy, and the same however its files are laid out. */
  readonly id: string;
  readonly kind: MutantKind;
  readonly owner: string;
  readonly before: string;
  /** Empty where it is left out. */
  readonly after: string;
  readonly span: Span;
  readonly changes: Changes;
}

/** Parts of a tree and what stands in their place; nothing where they are left out. */
export type Changes = ReadonlyMap<object, object | undefined>;

/** A change, before it has a name of its own. */
export type Found = Omit<Mutant, 'id' | 'owner'>;

/** Takes note of the changes of one declaration or line of it. */
export interface Noting {
  /** In words: ``role `hunter`, bonus `commission` ``. */
  readonly owner: string;
  readonly put: (found: Found) => void;
  /** The same for a part. */
  readonly of: (part: string) => Noting;
}

/** All changes of the files of a policy; of tests and invariants there are none. */
export function mutantsOf(files: readonly astPolicy.PolicyFile[]): readonly Mutant[] {
  const all: Omit<Mutant, 'id'>[] = [];
  const noting = (owner: string): Noting => ({
    owner,
    put: (found) => all.push({ ...found, owner }),
    of: (part) => noting(`${owner}, ${part}`),
  });
  for (const declaration of files.flatMap((each) => each.declarations)) list(declaration, noting);
  return numbered(all);
}

function list(declaration: astPolicy.Declaration, noting: (owner: string) => Noting): void {
  const own = (): Noting =>
    noting(`${declaration.kind} \`${(declaration as { name: { text: string } }).name.text}\``);
  switch (declaration.kind) {
    case 'policy':
    case 'role':
    case 'for':
      listRoles(declaration, declaration.kind === 'for' ? noting(ofOne(declaration)) : own());
      return;
    case 'event':
    case 'table':
    case 'credit':
    case 'kpi':
    case 'let':
      listData(declaration, own());
      return;
    case 'person':
      listData(declaration, noting('person'));
      return;
    case 'curve':
    case 'rates':
    case 'grid':
      listTables(declaration, own());
      return;
    case 'award':
    case 'level':
    case 'pool':
      listAwards(declaration, own());
      return;
    // what they say is about other files, days off and the proof itself
    case 'import':
    case 'calendar':
    case 'test':
    case 'invariant':
      return;
    default:
      declaration satisfies never;
  }
}

function ofOne({ of, name }: Extract<astPolicy.Declaration, { kind: 'for' }>): string {
  return `for ${of} \`${name.text}\``;
}

/** Names that stand alone: of those that are the same, the second is `… (2)`. */
function numbered(all: readonly Omit<Mutant, 'id'>[]): readonly Mutant[] {
  const counts = new Map<string, number>();
  return all.map((each) => {
    const id = `${each.kind}: ${each.owner}: ${each.before} -> ${each.after || 'left out'}`;
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return { ...each, id: count === 1 ? id : `${id} (${count})` };
  });
}

/** A tree with the changes made; what holds none of them is the same object. */
export function changed<T>(tree: T, changes: Changes): T {
  return replaced(tree, changes) as T;
}

function replaced(node: unknown, changes: Changes): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (changes.has(node)) return changes.get(node);
  if (Array.isArray(node)) {
    const parts = node.map((each) => replaced(each, changes));
    if (parts.every((each, at) => each === node[at])) return node;
    return parts.filter((each) => each !== undefined);
  }
  const entries = Object.entries(node).map(([key, value]) => [key, replaced(value, changes)] as const);
  if (entries.every(([key, value]) => value === (node as Record<string, unknown>)[key])) return node;
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

// Telling what each written name stands for, and what each formula is, to whoever listens while a policy is checked. A
// check that nobody listens to pays one comparison a name, and finds the same.

import type { Span } from '../base/source.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import type { PolicyFile } from '../syntax/ast-policy.ts';
import type { Checking, World } from './context.ts';

/** What kinds of things names stand for; the last ones are the language's or the data's, not the policy's. */
export type NameKind =
  | 'policy'
  | 'kpi'
  | 'let'
  | 'curve'
  | 'rates'
  | 'grid'
  | 'dimension'
  | 'pool'
  | 'award'
  | 'level'
  | 'role'
  | 'bonus'
  | 'event'
  | 'field'
  | 'table'
  | 'column'
  | 'attribute'
  | 'credit line'
  | 'word'
  | 'calendar'
  | 'test'
  | 'test person'
  | 'invariant'
  | 'file'
  | 'built-in'
  | 'function'
  | 'scope'
  | 'length of time'
  | 'type'
  | 'person'
  | 'team';

const NOT_OF_THE_POLICY: ReadonlySet<NameKind> = new Set<NameKind>([
  'file',
  'built-in',
  'function',
  'scope',
  'length of time',
  'type',
  'person',
  'team',
]);

/** Whether names of the kind are given by the policy, and not by the language or the data. */
export function isOfPolicy(kind: NameKind): boolean {
  return !NOT_OF_THE_POLICY.has(kind);
}

/** What a name stands for: two uses are of one thing where all of this is alike. */
export interface Meaning {
  readonly kind: NameKind;
  readonly name: string;
  /** Whose it is: the event of a field, the role of a bonus, the list of a word. */
  readonly of?: string;
}

/** Hears what names stand for. The same place may be told several times: what roles inherit is checked for each. */
export interface Meanings {
  /** A name where it is given to something; `type` where that is known by then. */
  declared?(name: Span, meaning: Meaning, type?: ValueType): void;
  used?(name: Span, meaning: Meaning): void;
  /** Two things that are called by one name somewhere, so that they must be called alike. */
  joined?(one: Meaning, other: Meaning): void;
  /** A formula or a part of one: what it is where it stands. `expected`: the type of what stands opposite. */
  inferred?(formula: Inferred): void;
  /** Before anything is checked; `declareNames` then tells the names that the files give. */
  started?(checking: Checking, files: readonly PolicyFile[]): void;
  /** When all has been checked. */
  finished?(checking: Checking): void;
}

/** A written formula or part of one, with what it was found to be. */
export interface Inferred {
  readonly written: ast.Expression;
  readonly found: Expression;
  readonly world: World;
  readonly expected?: ValueType;
}

/** What a use says beside its own text: a word of many a row (`deals`) stands for another name (`deal`). */
type What = Omit<Meaning, 'name'> & { readonly name?: string };

/** Tells what a written name stands for. */
export function means({ meanings }: Checking, { text, span }: ast.Name, what: What): void {
  meanings?.used?.(span, { name: text, ...what });
}

/** Tells where something is given its name. */
export function declares(
  { meanings }: Checking,
  { text, span }: ast.Name,
  what: What,
  type?: ValueType,
): void {
  meanings?.declared?.(span, { name: text, ...what }, type);
}

/** A word of a list, which is one with the same word of a list alike. */
export function wordOf(list: ValueType & { readonly kind: 'enumeration' }): Omit<Meaning, 'name'> {
  return { kind: 'word', of: JSON.stringify(list.members) };
}

/** A person whom a test makes up. */
export function personOf(test: string): Omit<Meaning, 'name'> {
  return { kind: 'test person', of: test };
}

/** A field of an event, as its rows have it. */
export function fieldOf(event: string): Omit<Meaning, 'name'> {
  return { kind: 'field', of: event };
}

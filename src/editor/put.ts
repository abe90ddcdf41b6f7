// Putting another word or expression in the place of one word of a formula, without touching the formula itself.

import type * as ast from '../syntax/ast.ts';

/** The keys that lead from a formula to a word of it. */
export interface WayTo {
  readonly keys: readonly string[];
  /** Whether an expression may stand there, not only a word. */
  readonly anything: boolean;
  /** What the word begins: `deal.amount`, `ladder(…)`, `revenue[team]`. */
  readonly begins?: ast.Expression;
}

/** The way to the first name of that text. */
export function wayTo(formula: ast.Expression, text: string): WayTo | undefined {
  const keys = search(formula, text, 0);
  if (!keys) return undefined;
  const holder = at(formula, keys.slice(0, -1)) as Tree;
  const isName = keys.at(-1) === 'name' && holder.kind === 'name';
  const before = keys.at(-2) ?? '';
  const isBegun = keys.at(-1) === 'name' && (before === 'of' || before === 'callee');
  const begins = isBegun ? at(formula, keys.slice(0, -2)) : undefined;
  const isWhole = (begins as Tree | undefined)?.kind !== undefined;
  return {
    keys,
    anything: isName && before !== 'callee',
    ...(isWhole && { begins: begins as ast.Expression }),
  };
}

function at(formula: unknown, keys: readonly string[]): unknown {
  return keys.reduce((node, key) => (node as Tree)[key], formula);
}

type Tree = Readonly<Record<string, unknown>>;

/** As deep as a formula can be nested, several levels of the tree for each. */
const DEEPEST = 2000;

function search(node: unknown, text: string, depth: number): readonly string[] | undefined {
  if (typeof node !== 'object' || node === null || depth > DEEPEST) return undefined;
  if ((node as Tree).text === text) return [];
  for (const [key, each] of Object.entries(node)) {
    if (key === 'span') continue;
    const found = search(each, text, depth + 1);
    if (found) return [key, ...found];
  }
  return undefined;
}

/** The formula with the word replaced; `undefined` where an expression can't stand in its place. */
export function put(
  formula: ast.Expression,
  { keys, anything }: WayTo,
  by: string | ast.Expression,
): ast.Expression | undefined {
  if (typeof by === 'string') return replaced(formula, keys, (name) => ({ ...(name as object), text: by }));
  return anything ? replaced(formula, keys.slice(0, -1), () => by) : undefined;
}

function replaced(
  formula: ast.Expression,
  keys: readonly string[],
  make: (node: unknown) => unknown,
): ast.Expression {
  const copied = (node: unknown, index: number): unknown => {
    if (index === keys.length) return make(node);
    const key = keys[index]!;
    const inner = copied((node as Tree)[key], index + 1);
    if (!Array.isArray(node)) return { ...(node as object), [key]: inner };
    return node.map((each, place) => (String(place) === key ? inner : each));
  };
  return copied(formula, 0) as ast.Expression;
}

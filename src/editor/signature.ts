// Signature help: what is being called around a cursor, in a text that need not be whole, and which of its parts the
// cursor is in.

import type { Token } from '../syntax/tokens.ts';
import { cursorAt } from './cursor.ts';
import { CALLABLES, partsOf } from './functions.ts';
import { type Project, sourceOf } from './project.ts';

/** What is called, and where in it the cursor is. */
export interface SignatureHelp {
  readonly signatures: readonly Signature[];
  /** Which of the signatures fits what is written. */
  readonly active: number;
}

export interface Signature {
  /** `sum(event.field where condition)`. */
  readonly label: string;
  readonly doc: string;
  /** The parts to fill in, as offsets in the label. */
  readonly parts: readonly (readonly [start: number, end: number])[];
  /** The part that the cursor is in; absent behind the last one. */
  readonly activePart?: number;
}

/** The call around the offset; `undefined` where there is none. */
export function signatureAt(project: Project, file: string, offset: number): SignatureHelp | undefined {
  const source = sourceOf(project, file);
  if (!source) return undefined;
  const { at } = cursorAt(source, offset, 'anything');
  if (at.kind !== 'phrase') return undefined;
  const call = callAround(at.tokens.slice(0, at.index));
  const called = call && calledOf(project, call);
  if (!call || !called || called.signatures.length === 0) return undefined;
  const signatures = called.signatures.map((label) => signatureOf(label, called.doc, call));
  const isDistinct = ({ label }: Signature): boolean => !call.distinct || label.includes('distinct');
  const begun = signatures.findIndex((each) => isDistinct(each) && begunClause(each, call) !== undefined);
  const fitting = signatures.findIndex((each) => isDistinct(each) && each.activePart !== undefined);
  return { signatures, active: Math.max(0, begun === -1 ? fitting : begun) };
}

interface CallAround {
  /** `ladder`, or `ladder.rate`. */
  readonly name: string;
  readonly isPart: boolean;
  readonly distinct: boolean;
  /** How many commas stand before the cursor, and the clauses that are begun. */
  readonly commas: number;
  readonly words: readonly string[];
}

function callAround(before: readonly Token[]): CallAround | undefined {
  const open: number[] = [];
  for (const [index, { image }] of before.entries()) {
    if (image === '(' || image === '[') open.push(index);
    else if (image === ')' || image === ']') open.pop();
  }
  for (const at of open.reverse()) {
    const callee = before[at - 1];
    const isCall = before[at]!.image === '(' && !before[at]!.spaceBefore;
    if (!isCall || callee === undefined || !/^[\p{L}_]/u.test(callee.image)) continue;
    const isPart = before[at - 2]?.image === '.';
    const own = ownDepth(before.slice(at + 1));
    return {
      name: isPart ? (before[at - 3]?.value ?? '') : callee.value,
      isPart,
      distinct: own[0] === 'distinct',
      commas: own.filter((image) => image === ',').length,
      words: own.filter((image) => /^[a-z]+$/.test(image)),
    };
  }
  return undefined;
}

/** The words that stand in no bracket of their own. */
function ownDepth(tokens: readonly Token[]): readonly string[] {
  let depth = 0;
  return tokens.flatMap(({ image }) => {
    if (image === ')' || image === ']') depth -= 1;
    const own = depth === 0 ? [image] : [];
    if (image === '(' || image === '[') depth += 1;
    return own;
  });
}

function calledOf(
  { checking }: Project,
  { name, isPart }: CallAround,
): { readonly signatures: readonly string[]; readonly doc: string } | undefined {
  const { rates, curves, grids } = checking?.declared ?? {};
  const table = rates?.get(name);
  if (isPart)
    return table && { signatures: [`${name}.rate(x)`], doc: table.doc ?? 'The rate that a value reaches.' };
  if (table)
    return {
      signatures: [`${name}(x)`, `${name}(x of y)`, `${name}(x, after y)`],
      doc: table.doc ?? 'The amount that a value comes to.',
    };
  const curve = curves?.get(name);
  if (curve) return { signatures: [`${name}(x)`], doc: curve.doc ?? 'The score of an attainment.' };
  const grid = grids?.get(name);
  if (grid) {
    const keys = grid.dimensions.map(({ text }) => text).join(', ');
    return { signatures: [`${name}(${keys})`], doc: grid.doc ?? 'The cell that the values lie in.' };
  }
  const called = CALLABLES.get(name);
  return called && { signatures: called.signatures, doc: called.summary };
}

function signatureOf(label: string, doc: string, call: CallAround): Signature {
  const parts = partsOf(label);
  const begun = begunClause({ label, parts }, call);
  // a clause that stands behind a comma is over where the next one is written
  const commasTo = (index: number): number => label.slice(0, parts[index]![0]).split(',').length - 1;
  const place = parts.findIndex((_, index) => commasTo(index) === call.commas);
  const isOpen = /…/.test(label);
  const there = isOpen ? Math.min(call.commas, parts.length - 1) : place === -1 ? undefined : place;
  const active = begun !== undefined && commasTo(begun) >= call.commas ? begun : there;
  return { label, doc, parts, ...(active !== undefined && { activePart: active }) };
}

/** The part of a signature whose clause was begun last. */
function begunClause(
  { label, parts }: Pick<Signature, 'label' | 'parts'>,
  { words }: CallAround,
): number | undefined {
  const texts = parts.map(([start, end]) => label.slice(start, end));
  const word = words.findLast((each) => texts.some((text) => clauseOf(text) === each));
  return word === undefined ? undefined : texts.findIndex((text) => clauseOf(text) === word);
}

/** The word that begins a clause among the parts. */
function clauseOf(text: string): string | undefined {
  const [first, second] = text.split(' ');
  const isClause = ['where', 'to', 'as', 'by', 'each', 'of', 'within', 'after', 'at'].includes(first!);
  return isClause && second !== undefined ? first : undefined;
}

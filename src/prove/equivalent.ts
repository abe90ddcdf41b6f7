// Why a changed policy pays everybody the same as before, where that can be proved: both are brought to a form in which
// what makes no difference isn't there, and come to one. Amounts and figures are the same then; which of two tiers, equal at
// their bound, a statement names for a value that lies exactly on it may not be.

import type { Span } from '../base/source.ts';
import type { Model } from '../model/policy.ts';
import { foldFormulas } from './equivalent-formulas.ts';
import { foldLines } from './equivalent-lines.ts';
import { foldTables } from './equivalent-tables.ts';
import type { Mutant } from './mutants.ts';
import { meaning } from './same-model.ts';

/** Takes note of why a part of a policy makes no difference. */
export type Because = (span: Span, reason: string) => void;

interface Folded {
  readonly meaning: string;
  readonly reasons: readonly { readonly span: Span; readonly reason: string }[];
}

// a Model is never changed
const known = new WeakMap<Model, Folded>();

/** Why the two pay the same, in words; nothing where it isn't proved. */
export function whyTheSame(
  model: Model,
  other: Model,
  { span }: Pick<Mutant, 'span'>,
): readonly string[] | undefined {
  const [before, after] = [folded(model), folded(other)];
  if (before.meaning !== after.meaning) return undefined;
  const all = [...before.reasons, ...after.reasons];
  const near = all.filter(
    (each) => each.span.source === span.source && each.span.start < span.end && span.start < each.span.end,
  );
  // a fold that only one of the two needed
  const own = all.filter((each) => !isIn(before, each.reason) || !isIn(after, each.reason));
  const said = near.length > 0 ? near : own;
  return [...new Set(said.map((each) => each.reason))];
}

function isIn({ reasons }: Folded, reason: string): boolean {
  return reasons.some((each) => each.reason === reason);
}

function folded(model: Model): Folded {
  const found = known.get(model) ?? fold(model);
  known.set(model, found);
  return found;
}

function fold(model: Model): Folded {
  const reasons: { span: Span; reason: string }[] = [];
  const because: Because = (span, reason) => reasons.push({ span, reason });
  const { tests: _, invariants: __, onlyProved, sources, ...policy } = model;
  const bare: Model = { ...policy, tests: [], invariants: [], onlyProved, sources };
  const plain = foldLines(foldTables(foldFormulas(bare, because), because), because);
  return { meaning: meaning(plain), reasons };
}

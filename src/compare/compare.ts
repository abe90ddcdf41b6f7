// Two versions of a policy compared by what they say: which declarations and lines differ, as units that can be taken
// over one by one, and what differs in words for people only. Layout, form and an order that means nothing don't count.

import type { Source, Span } from '../base/source.ts';
import { amendedDeclarations } from '../check/amend.ts';
import type { PolicyChange, WordsChange } from '../model/diff.ts';
import type { Declaration, PolicyFile } from '../syntax/ast-policy.ts';
import { parsePolicy } from '../syntax/parse.ts';
import { changeOf, type Found } from './change-text.ts';
import { type Slot, slotsOf } from './compare-lists.ts';
import { meaningOf, type Renames } from './meaning.ts';
import { inheritedMoves } from './moved-lines.ts';
import { declarationKey, nameOf, type Property, propertiesOf } from './parts.ts';
import { commentChanges, wordsChanges } from './words.ts';

/** A version of a policy as it was read. */
export interface ReadVersion {
  readonly sources: readonly Source[];
  readonly files: readonly PolicyFile[];
  /** Of all files, amendments applied; without what says where other files are. */
  readonly declarations: readonly Declaration[];
}

/** A slot, and the unit by which it goes from the one version to the other; without one nothing about it changes. */
export interface UnitSlot extends Slot {
  unit?: number;
}

/** A declaration in both versions, or in one. */
export interface Pair {
  readonly before?: Declaration;
  readonly after?: Declaration;
  /** Of what is compared as a whole, or is there once: the unit by which it goes over. */
  unit?: number;
  /** Of what is compared line by line, where both versions have it. */
  readonly slots?: ReadonlyMap<Property, readonly UnitSlot[]>;
}

/** What two versions say differently. Units are numbered from 0; each is a change, and changes stand in their order. */
export interface Comparison {
  readonly pairs: readonly Pair[];
  readonly changes: readonly PolicyChange[];
  readonly words: readonly WordsChange[];
  readonly proofs: readonly PolicyChange[];
  readonly renames: Renames;
}

/** The syntax trees of a version's files. */
export function readVersion(sources: readonly Source[]): ReadVersion {
  const files = sources.map((source) => parsePolicy(source).value);
  const declarations = amendedDeclarations(files)
    .declarations.filter(({ kind }) => kind !== 'import')
    .map((each) => (each.kind === 'policy' ? withoutAmends(each) : each));
  return { sources, files, declarations };
}

function withoutAmends({ amends: _, ...policy }: Extract<Declaration, { kind: 'policy' }>): Declaration {
  return policy;
}

const PROOFS: ReadonlySet<string> = new Set(['test', 'invariant']);
const isProof = ({ kind }: Declaration): boolean => PROOFS.has(kind);

/** Compares two versions, which must both have been read without errors. */
export function compareVersions(before: ReadVersion, after: ReadVersion): Comparison {
  const rules = (version: ReadVersion) => version.declarations.filter((each) => !isProof(each));
  const renames = renamesOf(rules(before), rules(after));
  const pairs = pairsOf(rules(before), rules(after), renames);
  const found = numbered(pairs, after, renames);
  const versions = { before, after };
  const proofs = pairsOf(before.declarations.filter(isProof), after.declarations.filter(isProof), new Map())
    .filter((pair) => !isSame(pair, new Map()))
    .map((pair, index) => changeOf({ pair, how: howOf(pair) }, versions, index + 1));
  return {
    pairs,
    changes: found.map((each, index) => changeOf(each, versions, index + 1)),
    words: [...wordsChanges(pairs, renames), ...commentChanges(before.files, after.files)],
    proofs,
    renames,
  };
}

// ---- what is the same thing in both ------------------------------------------------------------------------------------

/** Kinds of which one that is gone and one that is new may be the same under another name. */
const RENAMED: ReadonlySet<string> = new Set(
  'kpi let curve rates grid pool role award level calendar'.split(' '),
);

/** Names that the later version calls otherwise, where all else of what they name is the same. */
function renamesOf(before: readonly Declaration[], after: readonly Declaration[]): Renames {
  const renames = new Map<string, string>();
  const body = (each: Declaration, names?: Renames) =>
    `${each.kind} ${meaningOf({ ...each, name: undefined, span: undefined }, names)}`;
  // what one of them names may be renamed too
  for (let size = -1; size < renames.size; ) {
    size = renames.size;
    const nowKeys = new Set(after.map((each) => declarationKey(each)));
    const oldKeys = new Set(before.map((each) => declarationKey(each, renames)));
    const gone = before.filter(
      (each) => RENAMED.has(each.kind) && !nowKeys.has(declarationKey(each, renames)),
    );
    for (const each of after) {
      if (!RENAMED.has(each.kind) || oldKeys.has(declarationKey(each))) continue;
      const at = gone.findIndex((old) => body(old, renames) === body(each));
      if (at < 0) continue;
      const [old] = gone.splice(at, 1);
      renames.set(nameOf(old!), nameOf(each));
    }
    for (const [old, now] of bonusRenames(before, after, renames)) renames.set(old, now);
  }
  return renames;
}

function bonusRenames(
  before: readonly Declaration[],
  after: readonly Declaration[],
  renames: Renames,
): readonly (readonly [string, string])[] {
  return pairsOf(before, after, renames).flatMap((pair) =>
    [...(pair.slots ?? [])].flatMap(([property, slots]) =>
      property.into !== 'bonuses'
        ? []
        : slots
            .filter((slot) => slot.how === 'renamed')
            .map((slot) => [slot.before[0]!.name!.text, slot.name] as const),
    ),
  );
}

/** All declarations of both: those of the later version in its order, then what only the earlier one has. */
function pairsOf(
  before: readonly Declaration[],
  after: readonly Declaration[],
  renames: Renames,
): readonly Pair[] {
  const left = new Map<string, Declaration>();
  const now = new Set(after.map((each) => declarationKey(each)));
  for (const each of before) {
    const key = declarationKey(each);
    left.set(now.has(key) ? key : declarationKey(each, renames), each);
  }
  const pairs = after.map((each): Pair => {
    const key = declarationKey(each);
    const old = left.get(key);
    left.delete(key);
    return pairOf(old, each, renames);
  });
  return [...pairs, ...[...left.values()].map((each) => pairOf(each, undefined, renames))];
}

function pairOf(before: Declaration | undefined, after: Declaration | undefined, renames: Renames): Pair {
  const both = { ...(before && { before }), ...(after && { after }) };
  const properties = propertiesOf((after ?? before)!.kind);
  if (!before || !after || properties.length === 0) return both;
  const slots = properties.map(
    (each) => [each, slotsOf(each, both, renames).map((slot) => ({ ...slot }))] as const,
  );
  return { ...both, slots: new Map(slots) };
}

// ---- units -------------------------------------------------------------------------------------------------------------

/** Gives every part that differs its unit, in the order of the later text, and what is gone after it. */
function numbered(pairs: readonly Pair[], after: ReadVersion, renames: Renames): readonly Found[] {
  const found: { readonly each: Found; readonly parts: (Pair | UnitSlot)[] }[] = [];
  const followers: (Pair | UnitSlot)[] = [];
  const moves = inheritedMoves(pairs, renames);
  for (const pair of pairs) {
    const renamed =
      pair.before && pair.after && nameOf(pair.before) !== nameOf(pair.after) && isRenamable(pair);
    if (renamed) found.push({ each: { pair, how: 'renamed' }, parts: [pair] });
    else if (!pair.slots) {
      if (isSame(pair, new Map())) continue;
      if (isSame(pair, renames)) followers.push(pair);
      else found.push({ each: { pair, how: howOf(pair) }, parts: [pair] });
    }
    for (const [property, slots] of pair.slots ?? []) {
      for (const slot of slots) {
        if (slot.how === 'same' || moves.silent.has(slot)) continue;
        if (slot.how === 'same but names') {
          followers.push(slot);
          continue;
        }
        const moved = moves.partners.get(slot);
        const how = moved ? 'moved' : slot.how === 'renamed' ? 'renamed' : howOf(slotSides(slot));
        const roles = moved?.map((each) => each.role);
        found.push({
          each: { pair, property, slot, how, ...(roles && { roles }) },
          parts: [slot, ...(moved ?? []).map((each) => each.slot)],
        });
      }
    }
  }
  const taken = new Set(found.flatMap(({ parts }) => parts));
  for (const { role, property, slot, pair, joins } of moves.others) {
    if (taken.has(slot)) continue;
    const with_ = joins && found.find(({ parts }) => parts.includes(joins));
    if (with_) with_.parts.push(slot);
    else found.push({ each: { pair, property, slot, how: 'moved', roles: [role] }, parts: [slot] });
  }
  const files = new Map(after.sources.map(({ name }, index) => [name, index]));
  const sorted = found.toSorted((a, b) => byPlace(placeOf(a.each), placeOf(b.each), files));
  for (const [unit, { parts }] of sorted.entries()) for (const part of parts) part.unit = unit;
  for (const part of followers)
    part.unit = renameOf(
      part,
      sorted.map(({ each }) => each),
    );
  return sorted.map(({ each }) => each);
}

function isRenamable({ after }: Pair): boolean {
  return RENAMED.has(after!.kind);
}

function slotSides({ before, after }: Slot): { readonly before?: unknown; readonly after?: unknown } {
  return { ...(before.length > 0 && { before }), ...(after.length > 0 && { after }) };
}

function howOf({ before, after }: { readonly before?: unknown; readonly after?: unknown }): Found['how'] {
  return before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
}

function isSame({ before, after }: Pair, renames: Renames): boolean {
  if (!before || !after) return false;
  return meaningOf(before, renames) === meaningOf(after);
}

/** Where a difference stands: in the later text, or of what is gone in the earlier one. */
function placeOf({ pair, slot }: Found): { readonly span: Span; readonly gone: boolean } {
  const now = slot ? slot.after[0] : pair.after;
  const old = slot ? slot.before[0] : pair.before;
  return { span: (now ?? old)!.span, gone: now === undefined };
}

function byPlace(
  a: ReturnType<typeof placeOf>,
  b: ReturnType<typeof placeOf>,
  files: ReadonlyMap<string, number>,
): number {
  const rank = ({ span, gone }: ReturnType<typeof placeOf>) =>
    gone ? files.size : (files.get(span.source) ?? 0);
  return rank(a) - rank(b) || a.span.start - b.span.start;
}

/** The renaming by which a part differs that says the same otherwise. */
function renameOf(part: Pair | UnitSlot, found: readonly Found[]): number {
  const said = meaningOf(part.before);
  const at = found.findIndex((each) => {
    if (each.how !== 'renamed') return false;
    const old = each.slot ? each.slot.before[0]!.name!.text : nameOf(each.pair.before!);
    return said.includes(JSON.stringify(old));
  });
  return Math.max(0, at);
}

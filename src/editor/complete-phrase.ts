// What may stand in a phrase: the keywords that the parser would read next, the names that the checker would take, and
// units after a number.

import type { Source } from '../base/source.ts';
import { isCurrencyCode } from '../base/unit.ts';
import type { NameKind } from '../check/meanings.ts';
import { type Next, nextWords } from '../syntax/next-words.ts';
import type { PhraseName } from '../syntax/phrases.ts';
import type { Token } from '../syntax/tokens.ts';
import * as t from '../syntax/tokens.ts';
import { slotOffers, unitOffers } from './complete-slots.ts';
import { detailOf, type Offer, written } from './completion.ts';
import type { Cursor, Place } from './cursor-place.ts';
import { CALLABLES, TABLE_CLAUSES } from './functions.ts';
import { clausesOf, KEYWORDS } from './keywords.ts';
import { type Probe, probeAt } from './probe.ts';
import { type Project, sourceOf } from './project.ts';
import { namesAt, type Offered } from './scope.ts';
import { snippet } from './snippets.ts';
import { inWords, told } from './told.ts';

type PhrasePlace = Place & { readonly kind: 'phrase' };

/** What may stand at a place of a phrase. */
export function phraseOffers(
  project: Project,
  file: string,
  cursor: Cursor,
  at: PhrasePlace,
): readonly Offer[] {
  const { phrase, tokens, index } = at;
  if (phrase === 'flag') return ['true', 'false'].map((label) => ({ label, kind: 'value' }));
  if (phrase === 'label') return slotOffers(project, file, at, []);
  const before = tokens.slice(0, index);
  const next = nextWords(phrase as PhraseName, before);
  // within quotes stand names and words of lists, none of the language's own
  const tables = project.checking?.declared.tables;
  const keywords = cursor.quoted ? [] : next.flatMap((each) => keywordOffer(each, at, tables));
  const slots = slotOffers(project, file, at, next);
  const names = next.some(isOfFormula) ? formulaNames(project, file, cursor, at) : [];
  if (cursor.quoted) return [...slots, ...names.filter(({ kind }) => kind === 'word')];
  const isAmount = before.at(-1)?.tokenType === t.NumberToken && phrase !== 'rowHead';
  const units = isAmount ? unitOffers(project) : [];
  return [...slots, ...names, ...units, ...keywords];
}

/** Rules in which a name is one of a formula's, which the checker is asked of. */
const OF_FORMULAS: ReadonlySet<string> = new Set([
  'primary',
  'call',
  'brackets',
  'postfix',
  'argument',
  'each',
]);

function isOfFormula({ kind, rules }: Next): boolean {
  return kind !== 'keyword' && kind !== 'text' && rules.slice(-3).some((each) => OF_FORMULAS.has(each));
}

// ---- keywords ----------------------------------------------------------------------------------------------

/** Tables by name: what brackets behind one hold is a key. */
type Tables = ReadonlyMap<string, unknown> | undefined;

function keywordOffer({ kind, words, rules }: Next, at: PhrasePlace, tables: Tables): readonly Offer[] {
  if (kind !== 'keyword' || words === undefined || !mayStand(words, { rules, at, tables })) return [];
  const all = words === 'in' && rules.at(-1) === 'creditLine' ? IN_ROLES : (SEVERAL.get(words) ?? [words]);
  return all.map((label) => {
    const first = label.split(' ')[0]!;
    const doc = KEYWORDS.get(label) ?? KEYWORDS.get(first) ?? clausesOf(first)[0]?.doc;
    return { label, kind: 'keyword', ...(doc !== undefined && { doc }), rank: 6 };
  });
}

/** Words that one of several others must follow. */
const SEVERAL: ReadonlyMap<string, readonly string[]> = new Map([['half', ['half up', 'half even']]]);
const IN_ROLES = ['in role', 'in every role'] as const;

/** What the parser would read and the checker refuse, or what the phrase has already. */
function mayStand(
  words: string,
  {
    rules,
    at,
    tables,
  }: { readonly rules: readonly string[]; readonly at: PhrasePlace; readonly tables: Tables },
): boolean {
  const before = at.tokens.slice(0, at.index);
  const rule = rules.at(-1)!;
  const first = words.split(' ')[0]!;
  const open = openCall(before);
  if (words === 'not' && isNeverNot(before.at(-1), open, tables)) return false;
  if (rule === 'roundingMode' && at.phrase === 'rounding') return true;
  if (rule === 'call' || rule === 'roundingMode' || rule === 'argument')
    return open !== undefined && ofCall(first, open);
  if (rule === 'step') return false;
  if (rule === 'operator') return first === 'otherwise' ? hasOpenWhen(before) : true;
  if (rule === 'operand') return true;
  if (rule === 'bracketItem')
    return open?.bracket === '[' && open.called !== undefined && !tables?.has(open.called);
  if (at.phrase === 'recipients' && OF_FIRSTS.has(words)) return before[0]?.image === 'top';
  const isSaid = before.some(({ image }, index) => image === first && depthAt(before, index) === 0);
  return !isSaid || MANY.has(first);
}

/** Whether a `not` would be a second one, or stand where scopes and windows do. */
function isNeverNot(before: Token | undefined, open: OpenCall | undefined, tables: Tables): boolean {
  if (before?.image === 'not') return true;
  return open?.bracket === '[' && open.called !== undefined && !tables?.has(open.called);
}

/** What only the first so many are chosen by. */
const OF_FIRSTS: ReadonlySet<string> = new Set(['by', 'with zero', 'then by']);

/** Words that a phrase may have several times. */
const MANY: ReadonlySet<string> = new Set(['and', 'pays', 'from', 'until', 'of', 'not', 'at', 'to']);

interface OpenCall {
  readonly bracket: '(' | '[';
  /** The word before the bracket. */
  readonly called: string | undefined;
  readonly isPart: boolean;
  /** The words of it so far, at its own depth. */
  readonly said: readonly string[];
}

/** The innermost bracket that is open, with what stands before it. */
function openCall(before: readonly Token[]): OpenCall | undefined {
  const open: number[] = [];
  for (const [index, { image }] of before.entries()) {
    if (image === '(' || image === '[') open.push(index);
    else if (image === ')' || image === ']') open.pop();
  }
  const at = open.at(-1);
  if (at === undefined) return undefined;
  const inside = before.slice(at + 1);
  const said = inside.filter((_, index) => depthAt(inside, index) === 0).map(({ image }) => image);
  const callee = before[at - 1];
  const isCall = callee !== undefined && !before[at]!.spaceBefore && /^[\p{L}_]/u.test(callee.image);
  const isPart = isCall && before[at - 2]?.image === '.';
  return { bracket: before[at]!.image as '(' | '[', called: isCall ? callee.value : undefined, isPart, said };
}

function depthAt(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (const { image } of tokens.slice(0, index)) {
    if (image === '(' || image === '[') depth += 1;
    else if (image === ')' || image === ']') depth -= 1;
  }
  return depth;
}

function ofCall(first: string, { bracket, called, isPart, said }: OpenCall): boolean {
  if (bracket !== '(' || called === undefined) return false;
  if (first === 'distinct') return called === 'count' && said.length === 0;
  const clauses = isPart ? TABLE_CLAUSES : (CALLABLES.get(called)?.clauses ?? TABLE_CLAUSES);
  return clauses.includes(first) && !said.includes(first) && (said.length > 0 || called === 'nth');
}

/** Whether a `when` waits for its `otherwise`. */
function hasOpenWhen(before: readonly Token[]): boolean {
  let open = 0;
  for (const { image } of before.slice(before.findLastIndex(({ image }) => image === '(') + 1)) {
    if (image === 'when') open += 1;
    else if (image === 'otherwise') open -= 1;
  }
  return open > 0;
}

// ---- names -------------------------------------------------------------------------------------------------

/** All names of some kinds. */
export function namesOffered(project: Project, kinds: readonly NameKind[]): readonly Offer[] {
  const { checking } = project;
  const seen = new Set<string>();
  const all = [...project.names.byFile.values()].flat();
  return all.flatMap(({ meaning }): readonly Offer[] => {
    if (!kinds.includes(meaning.kind) || meaning.name === '' || seen.has(meaning.name)) return [];
    seen.add(meaning.name);
    const { title, doc, type, optional } = checking
      ? told(checking, meaning)
      : ({} as ReturnType<typeof told>);
    const detail = detailOf(type, optional) || inWords(meaning);
    const text = [title, doc].filter((each) => each !== undefined).join('\n');
    return [
      { label: meaning.name, kind: meaning.kind, detail, doc: text, insert: written(meaning.name), rank: 1 },
    ];
  });
}

function formulaNames(project: Project, file: string, cursor: Cursor, at: PhrasePlace): readonly Offer[] {
  const table = at.tokens[at.index - 1]?.image === '.' ? at.tokens[at.index - 2]?.value : undefined;
  if (table !== undefined && project.checking?.declared.rates.has(table)) return [rateOf(table)];
  const source = sourceOf(project, file)!;
  const probe = probeAt(project, source, cursor);
  if (!probe) return [];
  const typed = typedOf(source, cursor);
  const past = at.tokens.some(({ image }) => image === 'earlier' || image === 'previous');
  // what looks at an earlier period may name itself
  const inside = past ? {} : at.inside;
  return namesAt(probe, { typed, inside, length: at.tokens.length }).map((each) => nameOffer(probe, each));
}

/** The part of a table of rates that is called after a dot. */
function rateOf(table: string): Offer {
  return {
    label: 'rate',
    kind: 'function',
    detail: `${table}.rate(x)`,
    doc: 'The rate that a value reaches.',
    insert: 'rate(',
    snippet: 'rate($0)',
    rank: 0,
  };
}

function typedOf({ text }: Source, { span }: Cursor): string {
  return text.slice(span.start, span.end);
}

function nameOffer({ checking }: Probe, { text, way, meaning, type, optional, fits }: Offered): Offer {
  const { what, title, doc, formula, ...known } = told(checking, meaning);
  const shown = detailOf(type ?? known.type, optional ?? known.optional);
  const label = meaning.kind === 'word' ? written(text) : text;
  const lines = [title, doc].filter((each) => each !== undefined && each !== '');
  const offer: Offer = {
    label,
    kind: isCurrencyCode(text) && meaning.kind === 'built-in' ? 'unit' : meaning.kind,
    detail: way === 'call' ? (formula ?? what) : shown || what,
    doc: lines.join('\n'),
    rank: fits ? 0 : meaning.kind === 'function' ? 3 : 2,
  };
  if (way === 'call') return { ...offer, insert: `${text}(`, snippet: `${text}($0)`, rank: fits ? 1 : 3 };
  if (way === 'part') return { ...offer, insert: `${text}.`, rank: 2 };
  if (way === 'look-up') {
    const { fields = [], keys = [] } = checking.declared.tables.get(text) ?? {};
    const column = fields.find(({ name }) => !keys.includes(name))?.name ?? 'column';
    return { ...offer, insert: `${text}[`, snippet: snippet(`${text}[‹key›].‹${column}›`) };
  }
  return offer;
}

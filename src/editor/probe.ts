// Which names may stand at a cursor in a formula, by trying: the checker is asked of each what it stands for there, so
// that nothing is offered that it wouldn't take. The text needn't be whole: what stands behind the cursor is left out, and
// what is open is closed, where it can't be read otherwise.

import type { Source, Span } from '../base/source.ts';
import { check } from '../check/check.ts';
import type { Checking, World } from '../check/context.ts';
import { declareNames } from '../check/declared-names.ts';
import { infer } from '../check/infer.ts';
import type { Inferred, Meaning, Meanings } from '../check/meanings.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { parsePolicy } from '../syntax/parse.ts';
import { isWord } from '../syntax/print-expression.ts';
import { type Cursor, PROBE } from './cursor-place.ts';
import type { Project } from './project.ts';
import { put, type WayTo, wayTo } from './put.ts';
import { wholeTexts } from './unfinished.ts';

/** A formula with the word that is looked for, as the checker met it. */
export interface Probe {
  readonly checking: Checking;
  /** Hears the checker in place of who heard it before. */
  readonly hear: (meanings: Meanings) => void;
  /** Where the word stands. */
  readonly span: Span;
  readonly formulas: readonly Tried[];
}

interface Tried {
  readonly written: ast.Expression;
  readonly way: WayTo;
  readonly world: World;
  readonly expected?: ValueType;
  /** The type of what stands opposite the word. */
  readonly opposite?: ValueType;
}

/** What a word would be at the cursor. */
export interface Fitting {
  readonly meaning: Meaning;
  readonly type?: ValueType;
  readonly optional?: boolean;
  /** Whether the formula as it stands has nothing against it. */
  readonly fits: boolean;
}

/** How a candidate is written: by itself, with arguments in `( )`, with a key in `[ ]`, or with a part after a dot. */
export type Way = 'name' | 'call' | 'look-up' | 'part';

/** Inherited formulas are checked once for each role: as many of them are asked. */
const MOST_FORMULAS = 2;

/** Finds the formula around the cursor; `undefined` where the checker doesn't come to it. */
export function probeAt(project: Project, source: Source, cursor: Cursor): Probe | undefined {
  const { at } = cursor;
  if (at.kind !== 'phrase' && at.kind !== 'line' && at.kind !== 'key') return undefined;
  for (const replaced of wholeTexts(project, source, cursor)) {
    const probe = probeSafely(project, { name: source.name, text: replaced }, cursor.span.start);
    if (probe) return probe;
  }
  return undefined;
}

/** A text that nobody wrote may be one that the checker has no answer for: then nothing is offered. */
function probeSafely(project: Project, source: Source, start: number): Probe | undefined {
  try {
    return probeIn(project, source, start);
  } catch {
    return undefined;
  }
}

function probeIn(project: Project, source: Source, start: number): Probe | undefined {
  const span: Span = { source: source.name, start, end: start + PROBE.length };
  const files = project.sources.map(({ name }) =>
    name === source.name ? parsePolicy(source).value : project.files.get(name)!.value,
  );
  const sources = project.sources.map((each) => (each.name === source.name ? source : each));
  const around: Inferred[] = [];
  let checking: Checking | undefined;
  let opposite: ValueType | undefined;
  // formulas are asked again once all is checked, and what the checker keeps of them tells the one that it knows
  let listener: Meanings = {
    inferred: (formula) => {
      const { written } = formula;
      if (!covers(written.span, span)) return;
      if (written.kind === 'name' && written.name.text === PROBE) opposite ??= formula.expected;
      around.push(formula);
    },
  };
  const hear = (meanings: Meanings): void => {
    listener = meanings;
  };
  check(files, sources, {
    used: (name, meaning) => listener.used?.(name, meaning),
    inferred: (formula) => listener.inferred?.(formula),
    started: declareNames,
    finished: (done) => {
      checking = done;
    },
  });
  const outermost = around.filter(
    ({ written }, index) => !around.slice(index + 1).some((next) => isIn(written, next.written)),
  );
  const formulas = outermost.slice(0, MOST_FORMULAS).flatMap(({ written, world, expected }) => {
    const way = wayTo(written, PROBE);
    return way ? [{ written, way, world, ...(expected && { expected }), ...(opposite && { opposite }) }] : [];
  });
  return checking && formulas.length > 0 ? { checking, hear, span, formulas } : undefined;
}

function covers(outer: Span, inner: Span): boolean {
  return outer.source === inner.source && outer.start <= inner.start && inner.end <= outer.end;
}

function isIn(inner: ast.Expression, outer: ast.Expression): boolean {
  return inner === outer ? false : covers(outer.span, inner.span);
}

/** What says that a name is none here; types that don't go together are said of names that are known. */
const UNKNOWN: ReadonlySet<string> = new Set(['M1101', 'M1103', 'M1104', 'M1109', 'M1205', 'M1208']);

/** What the word would stand for; `undefined` where it may not stand there. */
export function tryName(probe: Probe, text: string, way: Way, part?: string): Fitting | undefined {
  for (const tried of probe.formulas) {
    const found = tryIn(probe, tried, candidate(text, probe.span, way, part), text);
    if (found !== 'silent' && found !== 'refused') return found;
    // a bare word opposite what is wrong is passed over: it may be one of any list
    const asked = found === 'silent' && way === 'name' && tried.opposite?.kind !== 'enumeration';
    const again = asked ? tryIn(probe, tried, askedFor(text, probe.span), text) : found;
    if (again !== 'silent' && again !== 'refused') return { ...again, fits: false };
  }
  return undefined;
}

function tryIn(
  { checking, hear, span }: Probe,
  tried: Tried,
  by: string | ast.Expression,
  text: string,
): Fitting | 'silent' | 'refused' {
  const written = put(tried.written, tried.way, by);
  if (!written) return 'refused';
  let meaning: Meaning | undefined;
  let found: Expression | undefined;
  hear({
    used: (name, what) => {
      if (name.start === span.start && name.source === span.source) meaning = what;
    },
    inferred: (formula) => {
      if (formula.written.span.end === span.end && endsIn(formula.written, text)) found ??= formula.found;
    },
  });
  const before = checking.diagnostics.length;
  infer(checking, written, tried.world, tried.expected);
  const problems = checking.diagnostics.splice(before);
  const isRefused = problems.some(
    (each) => UNKNOWN.has(each.code) && each.span !== undefined && isAbout(each.span, span, tried.way),
  );
  if (!meaning && problems.length === 0) return 'silent';
  if (!meaning || isRefused) return 'refused';
  const { opposite } = tried;
  const isOther = opposite?.kind === 'enumeration' && meaning.kind !== 'word';
  if (isOther && found?.type.kind !== 'enumeration') return 'refused';
  const fits = problems.every(({ severity }) => severity !== 'error');
  const type = found && found.type.kind !== 'error' ? found.type : undefined;
  return { meaning, ...(type && { type }), ...(found && { optional: found.optional }), fits };
}

/** Whether a finding is about the word, or about what begins or ends with it. */
function isAbout(found: Span, word: Span, { begins }: WayTo): boolean {
  if (found.source !== word.source) return false;
  const isWithin = word.start <= found.start && found.end <= word.end;
  if (isWithin || (found.end === word.end && found.start < word.start)) return true;
  if (begins === undefined || found.start < word.start) return false;
  return begins.kind === 'member' ? found.end <= begins.span.end : found.end === begins.span.end;
}

function endsIn(node: ast.Expression, text: string): boolean {
  if (node.kind === 'name' || node.kind === 'member') return node.name.text === text;
  return node.kind === 'text' && node.value === text;
}

const ELSEWHERE: Span = { source: '', start: 0, end: 0 };
const ANYTHING: ast.Expression = { kind: 'unreadable', span: ELSEWHERE };

function askedFor(text: string, span: Span): ast.Expression {
  return { kind: 'exists', operand: { kind: 'name', name: { text, span }, span }, span: ELSEWHERE };
}

function candidate(text: string, span: Span, way: Way, part?: string): string | ast.Expression {
  const name: ast.NameUse = { kind: 'name', name: { text, span }, span };
  switch (way) {
    case 'name':
      return isWord(text) ? text : { kind: 'text', value: text, span };
    case 'call':
      return { kind: 'call', callee: name, distinct: false, args: [ANYTHING], span };
    case 'look-up': {
      const item = { kind: 'expression' as const, value: ANYTHING, span: ELSEWHERE };
      const row: ast.Expression = { kind: 'brackets', of: name, items: [item], span };
      return { kind: 'member', of: row, name: { text: part ?? '', span: ELSEWHERE }, span };
    }
    case 'part':
      return { kind: 'member', of: name, name: { text: part ?? '', span: ELSEWHERE }, span };
    default:
      return way satisfies never;
  }
}

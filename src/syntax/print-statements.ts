// A declaration as its statements, in the order in which the printer writes them: the inverse of make-declarations.ts.
// Both forms print these statements, and comments belong to them, so that what one form keeps the other keeps too.

import { cover, type Source, type Span } from '../base/source.ts';
import type * as ast from './ast.ts';
import type * as astAwards from './ast-awards.ts';
import type * as astMeasures from './ast-measures.ts';
import type * as astPolicy from './ast-policy.ts';
import type * as astRoles from './ast-roles.ts';
import type * as astTests from './ast-tests.ts';
import { type Clause, type DeclarationShape, shapeOf } from './shape.ts';

/** One line or block of a declaration's block. */
export interface Statement {
  readonly clause: Clause;
  readonly span: Span;
  /** What its phrase says. */
  readonly value: unknown;
  readonly name?: ast.Name;
  readonly doc?: string;
  /** What stands before the colon of an entry, or the head of a group. */
  readonly key?: unknown;
  /** The lines of a clause that has a block. */
  readonly lines?: readonly Statement[];
}

/** A declaration as it is written. */
export interface Whole {
  readonly shape: DeclarationShape;
  readonly span: Span;
  readonly name?: ast.Name;
  readonly doc?: string;
  /** What the first line says, by the clause's `into`; absent parts are left out. */
  readonly head: Readonly<Record<string, unknown>>;
  /** What `=` gives: where there is no block, or where the value stands nowhere else. */
  readonly equals?: Statement;
  /** What the block holds; absent where there is none. */
  readonly lines?: readonly Statement[];
}

/** Declarations as they are printed: the policy's own first, as YAML has it. */
export function wholesOf(declarations: readonly astPolicy.Declaration[], source: Source): readonly Whole[] {
  const isPolicy = ({ kind }: astPolicy.Declaration) => kind === 'policy';
  const ordered = [...declarations.filter(isPolicy), ...declarations.filter((each) => !isPolicy(each))];
  return ordered.map((each) => wholeOf(each, source));
}

/** Whether an empty line always stands between two neighbours. */
export function standApart(first: Statement | Whole, second: Statement | Whole): boolean {
  if ('shape' in first && 'shape' in second && first.shape === second.shape) {
    if (second.doc !== undefined) return true;
    return !(isClaimAlone(first) && isClaimAlone(second)) && (first.lines ?? second.lines) !== undefined;
  }
  if ('shape' in first || 'shape' in second) return true;
  // The rows of a test are lines with words between braces.
  if (first.clause.form === 'group' && second.clause.form === 'group') return false;
  if (first.lines !== undefined || second.lines !== undefined) return true;
  return first.clause !== second.clause && second.clause.form === 'computed';
}

/** Whether a declaration is an invariant that says nothing but its claim. */
export function isClaimAlone({ shape, lines }: Whole): boolean {
  return shape.short === 'claim' && lines?.length === 1;
}

type Said = Omit<Statement, 'clause'>;

/** The statements of a declaration. */
function wholeOf(declaration: astPolicy.Declaration, source: Source): Whole {
  const isAmounts = declaration.kind === 'rates' && declaration.mode === 'amounts';
  const shape = shapeOf(isAmounts ? 'amounts' : declaration.kind)!;
  const head: Record<string, unknown> = {};
  const lines: Statement[] = [];
  for (const clause of shape.clauses) {
    for (const said of saidOf(declaration, clause, source)) {
      if (clause.form === 'head') head[clause.into] = said.value;
      else lines.push({ ...said, clause });
    }
  }
  const base = {
    shape,
    span: declaration.span,
    head,
    ...('name' in declaration && shape.named && { name: declaration.name }),
    ...(declaration.doc !== undefined && { doc: declaration.doc }),
  };
  if (shape.clauses.every((clause) => clause.form === 'head')) return base;
  const equals = lines.find(({ clause }) => clause.key === shape.equals);
  if (equals !== undefined && lines.length === 1) return { ...base, equals };
  // A value without a word of its own stands after `=` alone.
  if (equals !== undefined && equals.clause.word === undefined)
    return { ...base, equals, lines: lines.filter((line) => line !== equals) };
  return { ...base, lines };
}

/** All that a declaration says by one clause; a part of the tree that no text gave takes the declaration's place. */
function saidOf(declaration: astPolicy.Declaration, clause: Clause, source: Source): readonly Said[] {
  const { into } = clause;
  const { span } = declaration;
  switch (declaration.kind) {
    case 'policy':
    case 'person':
    case 'event':
    case 'table':
    case 'credit':
    case 'let':
    case 'level':
      return plain(declaration, clause);
    case 'import':
      return [{ value: declaration.path, span: declaration.path.span }];
    case 'calendar':
      if (into === 'year' || into === 'quarters') return fiscal(declaration.fiscal, into);
      return plain(declaration, clause);
    case 'kpi':
      if (into === 'category') return wordAt(declaration.category, span);
      if (into === 'better') return wordAt(declaration.lowerIsBetter ? 'lower' : undefined, span);
      return plain(declaration, clause);
    case 'curve':
      return into === 'mode' ? wordAt(declaration.mode, span) : curvePoints(declaration);
    case 'rates':
      if (into === 'mode') return wordAt(declaration.mode, span);
      return declaration.tiers.map((tier) => ({ key: tier, value: tier, span: tier.span }));
    case 'grid':
      return grid(declaration, into);
    case 'role':
      if (into === 'scorecard') return scorecard(declaration.scorecard, clause);
      if (into === 'ramp' && declaration.ramp !== undefined)
        return [{ value: declaration.ramp.steps, span: declaration.ramp.span }];
      return plain(declaration, clause);
    case 'award':
      return into === 'gives' ? prizes(declaration.gives) : plain(declaration, clause);
    case 'pool': {
      if (into !== 'shared') return plain(declaration, clause);
      const { sharedBy } = declaration;
      return [
        { value: sharedBy, span: sharedBy === 'equally' ? equally(declaration, source) : sharedBy.span },
      ];
    }
    case 'for': {
      const { of, name, range } = declaration;
      if (into === of) return [{ value: name, span: name.span }];
      const bound = into === 'from' ? range?.from : into === 'until' ? range?.until : undefined;
      if (bound !== undefined) return [{ value: bound, span: bound.span }];
      return clause.form === 'head' ? [] : plain(declaration, clause);
    }
    case 'test':
      return into === 'rows' ? declaration.rows.map(row) : declaration.expectations.map(expectation);
    case 'invariant':
      return plain(declaration, clause);
    default:
      return declaration satisfies never;
  }
}

interface Node {
  readonly span: Span;
  readonly name?: ast.Name;
  readonly kpi?: ast.Name;
  readonly doc?: string;
  readonly value?: unknown;
}

/** What the part of the tree holds, where that is what the clause's phrase says: nothing, a node, or several. */
function plain(declaration: astPolicy.Declaration, { form, into }: Clause): readonly Said[] {
  const part = (declaration as unknown as Readonly<Record<string, unknown>>)[into];
  const nodes = (part === undefined ? [] : Array.isArray(part) ? part : [part]) as readonly Node[];
  const isNamed = form === 'named' || form === 'field' || form === 'computed';
  const said = nodes.map((node): Said => {
    const name = isNamed ? (node.kpi ?? node.name) : undefined;
    const value = form === 'computed' ? node.value : node;
    return {
      span: node.span,
      value,
      ...(name && { name }),
      ...(isNamed && node.doc !== undefined && { doc: node.doc }),
    };
  });
  return form === 'named' ? byName(said) : said;
}

function wordAt(text: string | undefined, span: Span): readonly Said[] {
  return text === undefined ? [] : [{ value: { text, span }, span }];
}

/** Lines of one name stand together, where the first of them stood: YAML has a key for each name. */
function byName(lines: readonly Said[]): readonly Said[] {
  const names = new Map<string, Said[]>();
  for (const line of lines) {
    const same = names.get(line.name!.text);
    if (same === undefined) names.set(line.name!.text, [line]);
    else same.push(line);
  }
  return [...names.values()].flat();
}

function scorecard(card: astRoles.Scorecard | undefined, clause: Clause): readonly Said[] {
  if (card === undefined) return [];
  const lines = card.lines.map((line) => ({ clause, span: line.span, name: line.kpi, value: line }));
  return [{ value: card, span: card.span, lines }];
}

function curvePoints({ below, points, above }: astMeasures.CurveDeclaration): readonly Said[] {
  return [
    ...(below ? [{ key: { kind: 'below', ...below }, value: below, span: below.span }] : []),
    ...points.map((point) => ({ key: { kind: 'point', ...point }, value: point, span: point.span })),
    ...(above ? [{ key: { kind: 'above' }, value: above, span: above.span }] : []),
  ];
}

function fiscal(year: astPolicy.CalendarDeclaration['fiscal'], into: 'year' | 'quarters'): readonly Said[] {
  if (year === undefined) return [];
  const { starts, weeks } = year;
  if (into === 'year') return [{ value: starts, span: starts.span }];
  return weeks === undefined ? [] : [{ value: weeks, span: cover(weeks[0]!.span, weeks.at(-1)!.span) }];
}

function grid(
  { dimensions, columns, rows, span }: astMeasures.GridDeclaration,
  into: string,
): readonly Said[] {
  if (into === 'by') return [{ value: dimensions, span }];
  if (into === 'rows')
    return rows.map(({ keys, values, span: own }) => ({ key: keys, value: values, span: own }));
  return [{ value: columns, span: cover(columns[0]!.span, columns.at(-1)!.span) }];
}

/** Prizes that are always given stand in one line, each that has a condition in its own. */
function prizes(gives: readonly astAwards.Prize[]): readonly Said[] {
  const lines: astAwards.Prize[][] = [];
  for (const prize of gives) {
    const line = lines.at(-1);
    if (line === undefined || prize.when !== undefined || line[0]!.when !== undefined) lines.push([prize]);
    else line.push(prize);
  }
  return lines.map((line) => ({ value: line, span: cover(line[0]!.span, line.at(-1)!.span) }));
}

/** Where a pool says `shared equally`, which no node of the tree keeps. */
function equally({ span, to, when }: astAwards.PoolDeclaration, { text }: Source): Span {
  const from = Math.max(to.span.end, when?.span.end ?? 0);
  const found = /\bshared\b[^\w]*equally\b/.exec(text.slice(from, span.end));
  const start = found === null ? span.end : from + found.index;
  return { ...span, start, end: found === null ? start : start + found[0].length };
}

// Lines of groups: a cell of a test's row, a condition of what is expected.
const CELL: Clause = { form: 'block', key: 'cells', into: 'cells', phrase: 'cell' };
const CONDITION: Clause = { form: 'bare', key: 'conditions', into: 'conditions', phrase: 'formula' };

function row(said: astTests.TestRow): Said {
  const lines = said.cells.map((cell) => ({ clause: CELL, span: cell.span, name: cell.field, value: cell }));
  return { key: said, value: said, span: said.span, lines };
}

function expectation(said: astTests.Expectation): Said {
  const lines = said.conditions.map((each) => ({ clause: CONDITION, span: each.span, value: each }));
  return { key: said, value: said, span: said.span, lines };
}

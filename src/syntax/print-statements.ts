// A declaration as its statements, in the order in which the printer writes them: the inverse of make-declarations.ts.
// Both forms print these statements, and comments belong to them, so that what one form keeps the other keeps too.

import type { Span } from '../base/source.ts';
import type * as ast from './ast.ts';
import { type Clause, type DeclarationShape, shapeOf } from './shape.ts';

/** One line or block of a declaration's block. */
export interface Statement {
  readonly clause: Clause;
  readonly span: Span;
  /** What its phrase says. */
  readonly value: unknown;
  readonly name?: ast.Name;
  readonly doc?: string;
  /** What stands before the colon of an entry. */
  readonly key?: unknown;
  /** The lines of a clause that is a block. */
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
  /** What `=` gives, where there is no block. */
  readonly equals?: Statement;
  /** What the block holds; absent where there is none. */
  readonly lines?: readonly Statement[];
}

/** Declarations as they are printed: the policy's own first, as YAML has it. */
export function wholesOf(declarations: readonly ast.Declaration[]): readonly Whole[] {
  const isPolicy = ({ kind }: ast.Declaration) => kind === 'policy';
  return [...declarations.filter(isPolicy), ...declarations.filter((each) => !isPolicy(each))].map(wholeOf);
}

/** Whether an empty line always stands between two neighbours. */
export function standApart(first: Statement | Whole, second: Statement | Whole): boolean {
  if (first.lines !== undefined || second.lines !== undefined) return true;
  if ('shape' in first && 'shape' in second) return first.shape !== second.shape || second.doc !== undefined;
  if ('shape' in first || 'shape' in second) return true;
  return first.clause !== second.clause && second.clause.form === 'computed';
}

type Said = Omit<Statement, 'clause'>;

/** The statements of a declaration. */
function wholeOf(declaration: ast.Declaration): Whole {
  const shape = shapeOf(declaration.kind)!;
  const head: Record<string, unknown> = {};
  const lines: Statement[] = [];
  for (const clause of shape.clauses) {
    for (const said of saidOf(declaration, clause)) {
      if (clause.form === 'head') head[clause.into] = said.value;
      else lines.push({ ...said, clause });
    }
  }
  const base = {
    shape,
    span: declaration.span,
    head,
    ...('name' in declaration && { name: declaration.name }),
    ...(declaration.doc !== undefined && { doc: declaration.doc }),
  };
  const alone = lines.length === 1 && shape.equals === lines[0]!.clause.key ? lines[0] : undefined;
  return alone === undefined ? { ...base, lines } : { ...base, equals: alone };
}

/** All that a declaration says by one clause; a part of the tree that no text gave takes the declaration's place. */
function saidOf(declaration: ast.Declaration, clause: Clause): readonly Said[] {
  const { into } = clause;
  const { span } = declaration;
  switch (declaration.kind) {
    case 'policy':
    case 'person':
    case 'event':
    case 'table':
    case 'credit':
    case 'let':
      return plain(declaration, clause);
    case 'kpi':
      if (into === 'category') return wordAt(declaration.category, span);
      if (into === 'better') return wordAt(declaration.lowerIsBetter ? 'lower' : undefined, span);
      return plain(declaration, clause);
    case 'curve':
      return into === 'mode' ? wordAt(declaration.mode, span) : curvePoints(declaration);
    case 'rates':
      if (into === 'mode') return wordAt(declaration.mode, span);
      return declaration.tiers.map((tier) => ({ key: tier, value: tier.rate, span: tier.span }));
    case 'role':
      if (into === 'scorecard') return scorecard(declaration.scorecard, clause);
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
function plain(declaration: ast.Declaration, { form, into }: Clause): readonly Said[] {
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

function scorecard(card: ast.Scorecard | undefined, clause: Clause): readonly Said[] {
  if (card === undefined) return [];
  const lines = card.lines.map((line) => ({ clause, span: line.span, name: line.kpi, value: line }));
  return [{ value: card, span: card.span, lines }];
}

function curvePoints({ below, points, above }: ast.CurveDeclaration): readonly Said[] {
  return [
    ...(below ? [{ key: { kind: 'below', ...below }, value: below.score, span: below.span }] : []),
    ...points.map((point) => ({
      key: { kind: 'point', at: point.at },
      value: point.score,
      span: point.span,
    })),
    ...(above ? [{ key: { kind: 'above' }, value: above.score, span: above.span }] : []),
  ];
}

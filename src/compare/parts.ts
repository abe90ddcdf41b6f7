// A policy in the parts by which versions are compared: its declarations, and of roles, data and the policy itself the
// single lines, each with what it means and how it is written.

import type { Source, Span } from '../base/source.ts';
import type { Declaration } from '../syntax/ast-policy.ts';
import { statementLine } from '../syntax/print-rows.ts';
import { type Statement, type Whole, wholesOf } from '../syntax/print-statements.ts';
import { meaningOf, type Renames } from './meaning.ts';

/** Lines of a declaration that are compared by themselves. */
export interface Property {
  /** Where they stand in the syntax tree. */
  readonly into: string;
  readonly word: string;
  /** What names a line: its KPI or its own name; absent where lines have no name. */
  readonly by?: 'kpi' | 'name';
}

const FIELDS: readonly Property[] = [{ into: 'fields', word: 'field', by: 'name' }];
const GATES_AND_BOUNDS: readonly Property[] = [
  { into: 'gates', word: 'gate' },
  { into: 'caps', word: 'cap' },
  { into: 'floors', word: 'floor' },
  { into: 'draws', word: 'draw' },
];
const single = (words: readonly string[]): readonly Property[] => words.map((into) => ({ into, word: into }));

const PROPERTIES: ReadonlyMap<Declaration['kind'], readonly Property[]> = new Map([
  [
    'policy',
    [
      ...single(['currency', 'timezone', 'period', 'effective', 'rounding']),
      { into: 'reports', word: 'report' },
      ...GATES_AND_BOUNDS,
      { into: 'paysIn', word: 'pays in' },
      { into: 'corrections', word: 'corrections' },
      { into: 'takesBack', word: 'takes back' },
      { into: 'reopens', word: 'reopens' },
    ],
  ],
  ['person', FIELDS],
  ['event', [...single(['since']), ...FIELDS, { into: 'computed', word: 'field', by: 'name' }]],
  ['table', FIELDS],
  [
    'role',
    [
      ...single(['extends']),
      { into: 'targets', word: 'target', by: 'kpi' },
      ...single(['ramp', 'prorate']),
      { into: 'scorecard', word: 'scorecard', by: 'kpi' },
      { into: 'bonuses', word: 'bonus', by: 'name' },
      ...GATES_AND_BOUNDS,
    ],
  ],
]);

/** The lines of a declaration that are compared by themselves; none where it is compared as a whole. */
export function propertiesOf(kind: Declaration['kind']): readonly Property[] {
  return PROPERTIES.get(kind) ?? [];
}

export interface Node {
  readonly span: Span;
  readonly kpi?: { readonly text: string };
  readonly name?: { readonly text: string };
  readonly per?: { readonly text: string };
}

/** What a property of a declaration holds. */
export function nodesOf(declaration: Declaration, { into }: Property): readonly Node[] {
  const held = (declaration as unknown as Readonly<Record<string, unknown>>)[into];
  if (held === undefined) return [];
  if (Array.isArray(held)) return held as readonly Node[];
  return into === 'scorecard' ? (held as { readonly lines: readonly Node[] }).lines : [held as Node];
}

/** The declaration with what its properties hold replaced. */
export function withNodes(
  declaration: Declaration,
  held: ReadonlyMap<Property, readonly Node[]>,
): Declaration {
  const changed: Record<string, unknown> = { ...declaration };
  for (const [{ into }, nodes] of held) {
    const before = changed[into];
    if (into === 'scorecard') {
      const span = (before as Node | undefined)?.span ?? declaration.span;
      changed[into] = nodes.length === 0 ? undefined : { span, lines: nodes };
    } else changed[into] = Array.isArray(before) ? nodes : nodes[0];
    if (changed[into] === undefined) delete changed[into];
  }
  return changed as unknown as Declaration;
}

/** What a declaration is known by: its kind and name; `for` by whose targets they are, and when. */
export function declarationKey(declaration: Declaration, renames: Renames = new Map()): string {
  switch (declaration.kind) {
    case 'policy':
    case 'person':
      return declaration.kind;
    case 'import':
      return `import ${declaration.path.text}`;
    case 'for':
      return `for ${meaningOf([declaration.of, declaration.name, declaration.range])}`;
    default: {
      const { text } = declaration.name;
      return `${declaration.kind} ${renames.get(text) ?? text}`;
    }
  }
}

/** What a declaration is called. */
export function nameOf(declaration: Declaration): string {
  switch (declaration.kind) {
    case 'person':
      return '';
    case 'import':
      return declaration.path.text;
    case 'for':
      return `${declaration.of} ${declaration.name.text}`;
    default:
      return declaration.name.text;
  }
}

/** A declaration as it is written, line by line, without titles and descriptions. */
export interface Written {
  readonly first: string;
  /** The lines of its block, each by what names it. */
  readonly lines: readonly { readonly key: string; readonly text: string; readonly span: Span }[];
}

/** How a declaration is written by the formatter; `sources` hold the file that it is from. */
export function writtenOf(declaration: Declaration, sources: readonly Source[]): Written {
  const source = sources.find(({ name }) => name === declaration.span.source) ?? { name: '', text: '' };
  const [whole] = wholesOf([withoutTitles(declaration)], source) as [Whole];
  const first = statementLine(whole);
  const lines = (whole.lines ?? []).flatMap((line) => linesOf(line));
  return { first, lines };
}

function linesOf(statement: Statement): Written['lines'] {
  const { lines, clause, key, name, span } = statement;
  if (lines !== undefined && clause.form === 'block')
    return lines.map((each) => ({
      key: `${clause.word} ${each.name?.text}`,
      text: `${clause.word} ${statementLine(each)}`,
      span: each.span,
    }));
  const inside = lines === undefined ? '' : ` { ${lines.map(statementLine).join(', ')} }`;
  const text = `${statementLine(statement)}${inside}`;
  // of a tier, a point or a row of a grid its bound
  const named = name?.text ?? (key === undefined ? '' : text.split(/[:|]/)[0]);
  return [{ key: `${clause.into} ${named}`, text, span }];
}

/** Titles are told apart; a part keeps its place, by which its line is found. */
function withoutTitles(declaration: Declaration): Declaration {
  const { title: _, ...rest } = declaration as Declaration & { readonly title?: unknown };
  if (rest.kind !== 'role') return rest as Declaration;
  return { ...rest, bonuses: rest.bonuses.map(({ title: __, ...bonus }) => bonus) } as Declaration;
}

/** The line of one part of a declaration. */
export function lineOf({ lines }: Written, { span }: Node): string {
  return lines.find((line) => line.span === span)?.text ?? '';
}

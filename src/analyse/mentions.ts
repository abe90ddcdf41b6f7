// Names that the text mentions at places which no formula of the Model covers: in awards, pools, single people's targets,
// terms of pay, and in what isn't worked out yet. What stands there may be used in any way.

import type { Span } from '../base/source.ts';
import { walk } from '../library/parts.ts';
import type { Expression as ModelExpression } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import type { Declaration } from '../syntax/ast.ts';
import { allFormulas } from './formulas.ts';
import { type Reading, readingOf } from './reading.ts';

/** Names by how they stand at such places. */
export interface Mentions {
  /** All of them. */
  readonly names: ReadonlySet<string>;
  /** Those in a comparison, and KPIs that one person or team has a target of. */
  readonly expected: ReadonlySet<string>;
  /** Those in a comparison of an award of money or a pool, which pays beside the bonuses. */
  readonly paidFor: ReadonlySet<string>;
  /** Whether a currency is converted somewhere, which reads a table without naming it. */
  readonly converts: boolean;
}

const known = new WeakMap<Model, Mentions>();

/** What stands at places that the Model's formulas don't cover; tests and invariants use nothing up. */
export function mentionsBeside(model: Model): Mentions {
  const found = known.get(model) ?? collect(readingOf(model));
  known.set(model, found);
  return found;
}

/** Words of these parts are no uses of a name, or the Model shows them: what lines are for, and what they are called. */
const SHOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  policy: new Set(['title', 'currency', 'timezone', 'period', 'rounding', 'reports']),
  kpi: new Set(['title', 'owner']),
  role: new Set(['title', 'extends']),
  credit: new Set(['as', 'role']),
};
const LINES: ReadonlySet<string> = new Set(['kpi', 'curve', 'title']);
const COMPARISONS: ReadonlySet<unknown> = new Set(['<', '<=', '>', '>=', 'is', 'is not']);

interface Place {
  readonly declaration: Declaration;
  readonly key: string;
  readonly compared: 'in a comparison' | 'elsewhere';
}

function collect({ model, declarations }: Reading): Mentions {
  const covered = coverOf(model);
  const names = new Set<string>();
  const expected = new Set<string>();
  const paidFor = new Set<string>();
  let converts = false;

  const name = (text: string, span: Span, { declaration, key, compared }: Place): void => {
    if (compared === 'in a comparison' && paysMoney(declaration)) paidFor.add(text);
    const shown = SHOWN[declaration.kind]?.has(key) || (declaration.kind === 'role' && LINES.has(key));
    if (shown || covered(span)) return;
    names.add(text);
    if (compared === 'in a comparison' || (declaration.kind === 'for' && key === 'kpi')) expected.add(text);
  };
  const visit = (node: unknown, place: Place): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const each of node) visit(each, place);
      return;
    }
    const part = node as Readonly<Record<string, unknown>>;
    if (typeof part.text === 'string' && part.span) name(part.text, part.span as Span, place);
    const isUse = part.kind === 'name' || part.kind === 'member';
    if (isUse && (part.name as { text?: string } | undefined)?.text === 'convert') converts = true;
    const compared = COMPARISONS.has(part.operator) ? 'in a comparison' : place.compared;
    for (const [key, value] of Object.entries(part)) {
      if (key === 'span' || key === 'members' || (key === 'name' && !isUse)) continue;
      if (key === 'paysIn' && value) converts = true;
      visit(value, { ...place, key: isUse ? place.key : key, compared });
    }
  };
  for (const declaration of declarations)
    if (declaration.kind !== 'test' && declaration.kind !== 'invariant')
      visit(declaration, { declaration, key: '', compared: 'elsewhere' });
  return { names, expected, paidFor, converts };
}

function paysMoney(declaration: Declaration): boolean {
  if (declaration.kind === 'award') return declaration.gives.some((each) => each.kind === 'money');
  return declaration.kind === 'pool';
}

/** Whether a place lies in a formula that the Model shows, and in nothing there that it leaves open. */
function coverOf(model: Model): (span: Span) => boolean {
  const formulas: Span[] = [];
  const open: Span[] = [];
  for (const { value } of allFormulas(model)) {
    formulas.push(value.span);
    walk(value, (node) => {
      if (!isShown(node)) open.push(node.span);
    });
  }
  const within = (spans: readonly Span[], { source, start, end }: Span): boolean =>
    spans.some((each) => each.source === source && each.start <= start && end <= each.end);
  return (span) => within(formulas, span) && !within(open, span);
}

const SHOWN_KINDS: ReadonlySet<string> = new Set<ModelExpression['kind']>([
  'constant',
  'field',
  'attribute',
  'lookup',
  'nth',
  'measure',
  'figure',
  'target',
  'attainment',
  'score',
  'bonus',
  'period',
  'rates',
  'curve',
  'apply',
]);

function isShown({ kind }: ModelExpression): boolean {
  return SHOWN_KINDS.has(kind);
}

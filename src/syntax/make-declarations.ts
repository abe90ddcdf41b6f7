// What either front end gathered of a declaration, to its node. Only here do the names of shape.ts's `into` meet the
// fields of the tree, so the two forms can't make different trees.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import type * as ast from './ast.ts';
import * as messages from './messages.ts';
import type { CurveKey, TierBounds } from './phrases.ts';
import type { DeclarationShape } from './shape.ts';

/** One clause as it was written; `value` is its phrase's value, absent where that couldn't be read. */
export interface Entry {
  readonly value: unknown;
  readonly span: Span;
  readonly name?: ast.Name;
  readonly doc?: string;
  /** What stands before the colon of an entry. */
  readonly key?: unknown;
}

/** A declaration as it was written: its clauses by the part of the tree that they fill. */
export interface Gathered {
  readonly shape: DeclarationShape;
  readonly name?: ast.Name;
  readonly doc?: string;
  readonly span: Span;
  /** The place that a message about something missing marks. */
  readonly place: Span;
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
}

/** A value that may leave a flag unsaid. */
type Unsaid<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

/** Makes the node; says which required clause is missing and which is there twice. */
export function makeDeclaration(gathered: Gathered, diagnostics: Diagnostic[]): ast.Declaration {
  const { shape, entries, span } = gathered;
  for (const clause of shape.clauses) {
    const said = entries.get(clause.into) ?? [];
    if (clause.required === true && said.length === 0) {
      const what =
        gathered.name === undefined ? `\`${shape.word}\`` : `\`${shape.word} ${gathered.name.text}\``;
      diagnostics.push(messages.requiredMissing(gathered.place, what, clause.word ?? clause.key));
    }
    if (clause.many !== true && said.length > 1) {
      diagnostics.push(messages.clauseTwice(said[1]!.span, clause.word ?? clause.key, said[0]!.span));
    }
  }
  const kind = shape.word as ast.Declaration['kind'];
  const base = { span, ...(gathered.doc !== undefined && { doc: gathered.doc }) };
  if (kind === 'person') return { kind, ...base, fields: fields(entries) };
  const declared = { ...base, name: gathered.name ?? { text: '', span } };
  const first = <T>(into: string): T | undefined => entries.get(into)?.[0]?.value as T | undefined;
  const optional = <K extends string>(...keys: readonly K[]) =>
    Object.fromEntries(keys.flatMap((key) => (first(key) === undefined ? [] : [[key, first(key)]]))) as never;
  const formula = (into: string): ast.Expression =>
    first<ast.Expression>(into) ?? {
      kind: 'unreadable',
      span: entries.get(into)?.[0]?.span ?? gathered.place,
    };
  switch (kind) {
    case 'policy': {
      const texts: Partial<ast.PolicyDeclaration> = optional(
        'title',
        'currency',
        'timezone',
        'period',
        'effective',
        'rounding',
      );
      return { kind, ...declared, ...texts, reports: all<ast.Expression>(entries, 'reports') };
    }
    case 'event': {
      const since: Partial<ast.EventDeclaration> = optional('since');
      return { kind, ...declared, ...since, fields: fields(entries), computed: computed(entries) };
    }
    case 'table':
      return { kind, ...declared, fields: fields(entries) };
    case 'credit':
      return {
        kind,
        ...declared,
        lines: read(entries, 'lines').map(({ value, span }) => ({ ...(value as ast.CreditLine), span })),
      };
    case 'kpi': {
      const said: Partial<ast.KpiDeclaration> = optional('title', 'owner');
      const category = first<ast.Name>('category')?.text as 'outcome' | 'operational' | undefined;
      const lowerIsBetter = first<ast.Name>('better')?.text === 'lower';
      return {
        kind,
        ...declared,
        ...said,
        ...(category && { category }),
        lowerIsBetter,
        value: formula('value'),
      };
    }
    case 'let':
      return { kind, ...declared, value: formula('value') };
    case 'curve':
      return { kind, ...declared, mode: word(first('mode'), 'linear'), ...curve(entries, diagnostics) };
    case 'rates':
      return {
        kind,
        ...declared,
        mode: word(first('mode'), 'marginal'),
        tiers: read(entries, 'tiers').map(tier),
      };
    case 'role': {
      const said: Partial<ast.RoleDeclaration> = optional('title', 'extends');
      return {
        kind,
        ...declared,
        ...said,
        ...scorecard(entries),
        targets: read(entries, 'targets').map(({ name, value, span }) => ({
          addsUp: false,
          ...(value as Unsaid<ast.Target, 'addsUp'>),
          kpi: name!,
          span,
        })),
        gates: read(entries, 'gates').map(({ value, span }) => ({ ...(value as ast.Gate), span })),
        bonuses: read(entries, 'bonuses').map(bonus),
        caps: read(entries, 'caps').map(({ value, span }) => ({ ...(value as ast.Cap), span })),
      };
    }
    default:
      return kind satisfies never;
  }
}

/** The entries whose phrase could be read. */
function read(entries: Gathered['entries'], into: string): readonly Entry[] {
  return (entries.get(into) ?? []).filter((entry) => entry.value !== undefined);
}

function all<T>(entries: Gathered['entries'], into: string): readonly T[] {
  return read(entries, into).map((entry) => entry.value as T);
}

function word<T extends string>(name: ast.Name | undefined, fallback: T): T {
  return (name?.text ?? fallback) as T;
}

function described({ name, doc, span }: Entry) {
  return { name: name!, ...(doc !== undefined && { doc }), span };
}

function fields(entries: Gathered['entries']): readonly ast.Field[] {
  return read(entries, 'fields').map((entry) => ({ ...(entry.value as ast.Field), ...described(entry) }));
}

function computed(entries: Gathered['entries']): readonly ast.ComputedField[] {
  return (entries.get('computed') ?? []).map((entry) => ({
    ...described(entry),
    value: (entry.value as ast.Expression | undefined) ?? { kind: 'unreadable', span: entry.span },
  }));
}

function bonus(entry: Entry): ast.Bonus {
  return { gated: false, ...(entry.value as Unsaid<ast.Bonus, 'gated'>), ...described(entry) };
}

function tier({ key, value, span }: Entry): ast.Tier {
  return { ...(key as TierBounds), rate: value as ast.Expression, span };
}

function scorecard(entries: Gathered['entries']): { readonly scorecard?: ast.Scorecard } {
  const card = read(entries, 'scorecard')[0];
  if (card === undefined) return {};
  const lines = (card.value as readonly Entry[])
    .filter((line) => line.value !== undefined)
    .map(({ name, value, span }) => ({ ...(value as ast.ScoreLine), kpi: name!, span }));
  return { scorecard: { lines, span: card.span } };
}

function curve(
  entries: Gathered['entries'],
  diagnostics: Diagnostic[],
): Pick<ast.CurveDeclaration, 'points' | 'below' | 'above'> {
  const points: ast.CurvePoint[] = [];
  let below: ast.CurveDeclaration['below'];
  let above: ast.CurveDeclaration['above'];
  for (const { key, value, span } of read(entries, 'points')) {
    const place = key as CurveKey;
    const score = value as ast.Expression;
    if (place.kind === 'point') {
      points.push({ at: place.at, score, span });
    } else if (place.kind === 'below') {
      if (below !== undefined) diagnostics.push(messages.clauseTwice(span, 'below', below.span));
      below = { ...(place.bound && { bound: place.bound }), score, span };
    } else {
      if (above !== undefined) diagnostics.push(messages.clauseTwice(span, 'above', above.span));
      above = { score, span };
    }
  }
  return { points, ...(below && { below }), ...(above && { above }) };
}

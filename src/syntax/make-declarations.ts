// What either front end gathered of a declaration, to its node. Only here do the names of shape.ts's `into` meet the
// fields of the tree, so the two forms can't make different trees.

import { type Diagnostic, InternalError } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import type * as ast from './ast.ts';
import type * as astAwards from './ast-awards.ts';
import type * as astData from './ast-data.ts';
import type * as astMeasures from './ast-measures.ts';
import type * as astPolicy from './ast-policy.ts';
import type * as astRoles from './ast-roles.ts';
import type * as astTests from './ast-tests.ts';
import type { Entries } from './make-parts.ts';
import * as parts from './make-parts.ts';
import * as messages from './messages.ts';
import type { DeclarationShape } from './shape.ts';

/** A declaration as it was written: its clauses by the part of the tree that they fill. */
export interface Gathered {
  readonly shape: DeclarationShape;
  readonly name?: ast.Name;
  readonly doc?: string;
  readonly span: Span;
  /** The place that a message about something missing marks. */
  readonly place: Span;
  readonly entries: Entries;
}

/** Makes the node; says which required clause is missing and which is there twice. */
export function makeDeclaration(gathered: Gathered, diagnostics: Diagnostic[]): astPolicy.Declaration {
  const { shape, entries, span, place } = gathered;
  checkClauses(gathered, diagnostics);
  const base = { span, ...(gathered.doc !== undefined && { doc: gathered.doc }) };
  const declared = { ...base, name: gathered.name ?? { text: '', span } };
  const first = <T>(into: string): T | undefined => entries.get(into)?.[0]?.value as T | undefined;
  const name = (into: string): ast.Name => first<ast.Name>(into) ?? { text: '', span: place };
  const formula = (into: string): ast.Expression =>
    first<ast.Expression>(into) ?? parts.unreadable(entries.get(into)?.[0]?.span ?? place);
  /** Those of the parts that are there. */
  const some = <T>(...keys: readonly (keyof T & string)[]): Partial<T> =>
    Object.fromEntries(
      keys.flatMap((key) => (first(key) === undefined ? [] : [[key, first(key)]])),
    ) as Partial<T>;
  switch (shape.word) {
    case 'policy':
      return {
        kind: 'policy',
        ...declared,
        ...some<astPolicy.PolicyDeclaration>(
          'title',
          'amends',
          'currency',
          'timezone',
          'period',
          'effective',
        ),
        ...some<astPolicy.PolicyDeclaration>('rounding', 'paysIn', 'corrections', 'takesBack', 'reopens'),
        reports: parts.all<ast.Expression>(entries, 'reports'),
        gates: parts.placed<astRoles.Gate>(entries, 'gates'),
        caps: parts.placed<astRoles.Cap>(entries, 'caps'),
        floors: parts.placed<astRoles.Floor>(entries, 'floors'),
        draws: parts.placed<astRoles.Draw>(entries, 'draws'),
      };
    case 'import':
      return { kind: 'import', ...base, path: name('path') };
    case 'calendar':
      return {
        kind: 'calendar',
        ...declared,
        hours: parts.placed<astPolicy.WorkingHours>(entries, 'hours'),
        holidays: parts.placed<astPolicy.Holiday>(entries, 'holidays'),
        ...parts.fiscal(gathered, diagnostics),
      };
    case 'person':
      return { kind: 'person', ...base, fields: parts.fields(entries) };
    case 'event':
      return {
        kind: 'event',
        ...declared,
        ...some<astData.EventDeclaration>('since'),
        fields: parts.fields(entries),
        computed: parts.computed(entries),
      };
    case 'table':
      return { kind: 'table', ...declared, fields: parts.fields(entries) };
    case 'credit':
      return { kind: 'credit', ...declared, lines: parts.placed<astData.CreditLine>(entries, 'lines') };
    case 'kpi': {
      const category = first<ast.Name>('category')?.text as 'outcome' | 'operational' | undefined;
      return {
        kind: 'kpi',
        ...declared,
        ...some<astMeasures.KpiDeclaration>('title', 'owner', 'attainment', 'status'),
        ...(category && { category }),
        lowerIsBetter: first<ast.Name>('better')?.text === 'lower',
        value: formula('value'),
      };
    }
    case 'let':
      return {
        kind: 'let',
        ...declared,
        ...some<astMeasures.LetDeclaration>('per'),
        value: formula('value'),
      };
    case 'curve': {
      const mode = parts.word(first('mode'), 'linear');
      return { kind: 'curve', ...declared, mode, ...parts.curve(entries, diagnostics) };
    }
    case 'rates': {
      const mode = parts.word(first('mode'), 'marginal');
      return { kind: 'rates', ...declared, mode, tiers: parts.tiers(entries) };
    }
    case 'amounts':
      return { kind: 'rates', ...declared, mode: 'amounts', tiers: parts.tiers(entries) };
    case 'grid':
      return { kind: 'grid', ...declared, ...parts.grid(entries) };
    case 'role':
      return {
        kind: 'role',
        ...declared,
        ...some<astRoles.RoleDeclaration>('title', 'extends', 'prorate'),
        ...parts.ramp(entries),
        ...parts.scorecard(entries),
        targets: parts.targets(entries),
        gates: parts.placed<astRoles.Gate>(entries, 'gates'),
        bonuses: parts.bonuses(entries),
        caps: parts.placed<astRoles.Cap>(entries, 'caps'),
        floors: parts.placed<astRoles.Floor>(entries, 'floors'),
        draws: parts.placed<astRoles.Draw>(entries, 'draws'),
      };
    case 'award':
      return {
        kind: 'award',
        ...declared,
        ...some<astAwards.AwardDeclaration>('title', 'when'),
        to: first('to') ?? parts.nobody(place),
        gives: parts.all<readonly astAwards.Prize[]>(entries, 'gives').flat(),
      };
    case 'level': {
      const to = first<astAwards.Recipients>('to') ?? parts.nobody(place);
      return {
        kind: 'level',
        ...declared,
        ...some<astAwards.LevelDeclaration>('title'),
        to,
        when: formula('when'),
      };
    }
    case 'pool':
      return {
        kind: 'pool',
        ...declared,
        ...some<astAwards.PoolDeclaration>('title', 'per', 'when'),
        value: formula('value'),
        to: first('to') ?? parts.nobody(place),
        sharedBy: first<'equally'>('shared') ?? formula('shared'),
      };
    case 'for':
      return {
        kind: 'for',
        ...base,
        ...parts.forWhom(gathered, diagnostics),
        targets: parts.targets(entries),
      };
    case 'test':
      return {
        kind: 'test',
        ...declared,
        rows: parts.testRows(entries),
        expectations: parts.expectations(entries),
      };
    case 'invariant': {
      const claim = first<astTests.InvariantDeclaration['claim']>('claim');
      return {
        kind: 'invariant',
        ...declared,
        given: parts.placed<astTests.InvariantDeclaration['given'][number]>(entries, 'given'),
        claim: claim ?? { kind: 'holds', condition: formula('claim'), span: formula('claim').span },
      };
    }
    default:
      throw new InternalError(`no node is made of \`${shape.word}\``);
  }
}

function checkClauses({ shape, name, place, entries }: Gathered, diagnostics: Diagnostic[]): void {
  for (const clause of shape.clauses) {
    const said = entries.get(clause.into) ?? [];
    if (clause.required === true && said.length === 0) {
      const what = name === undefined ? `\`${shape.word}\`` : `\`${shape.word} ${name.text}\``;
      diagnostics.push(messages.requiredMissing(place, what, clause.word ?? clause.key));
    }
    if (clause.many !== true && said.length > 1) {
      diagnostics.push(messages.clauseTwice(said[1]!.span, clause.word ?? clause.key, said[0]!.span));
    }
  }
}

// All declarations of a policy by name, before any is checked: names that are taken twice or mean something already.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Grain } from '../base/period.ts';
import type { Source, Span } from '../base/source.ts';
import { isCurrencyCode } from '../base/unit.ts';
import { CALLABLE_NAMES } from '../library/callable.ts';
import type { FieldModel } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astData from '../syntax/ast-data.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { beyond, type Checking, type Declared, type Enumeration } from './context.ts';
import { eventScope } from './events.ts';
import { checkFields } from './fields.ts';
import { readGrain } from './fiscal.ts';
import type { Meanings } from './meanings.ts';
import * as messages from './messages.ts';
import { BUILT_IN_ATTRIBUTES } from './names.ts';
import { tableModel } from './tables.ts';
import { grainsOf } from './windows.ts';

/** The declarations by name, and fields of people, events and tables, which every formula needs. */
export function begin(
  declarations: readonly astPolicy.Declaration[],
  sources: readonly Source[],
  meanings: Meanings | undefined,
): Checking {
  const of = <K extends astPolicy.Declaration['kind']>(kind: K) =>
    declarations.filter((each): each is Extract<astPolicy.Declaration, { kind: K }> => each.kind === kind);
  const diagnostics: Diagnostic[] = [];
  const policies = of('policy');
  for (const extra of policies.slice(1))
    diagnostics.push(messages.twice(extra.name.span, 'the policy', policies[0]!.name.span));
  const persons = of('person');
  for (const extra of persons.slice(1))
    diagnostics.push(messages.twice(extra.span, '`person`', persons[0]!.span));
  // KPIs, lets, bonuses, curves, rates and tables share one name space; the others have their own
  const shared = new Map<string, Span>();
  const events = unique(diagnostics, of('event'), new Map());
  const credits = unique(diagnostics, of('credit'), new Map());
  const declared = {
    policy: policies[0],
    kpis: unique(diagnostics, of('kpi'), shared),
    lets: unique(diagnostics, of('let'), shared),
    curves: unique(diagnostics, of('curve'), shared),
    rates: unique(diagnostics, of('rates'), shared),
    grids: unique(diagnostics, of('grid'), shared),
    pools: unique(diagnostics, of('pool'), shared),
    roles: unique(diagnostics, of('role'), new Map()),
    awards: unique(
      diagnostics,
      declarations.filter((each) => each.kind === 'award' || each.kind === 'level'),
      new Map(),
    ),
    calendars: unique(diagnostics, of('calendar'), new Map()),
    eventNames: events,
    credits,
  };
  for (const kind of ['test', 'invariant'] as const) unique(diagnostics, of(kind), new Map());
  const tables = unique(diagnostics, of('table'), shared);
  const callable = new Set(CALLABLE_NAMES);
  for (const { name, kind } of [
    ...declared.curves.values(),
    ...declared.rates.values(),
    ...declared.grids.values(),
  ]) {
    if (callable.has(name.text))
      diagnostics.push(messages.reservedName(name.span, name.text, NOUNS[kind], 'a function'));
  }
  for (const { name, kind } of [...declared.kpis.values(), ...declared.lets.values()]) {
    if (name.text === 'score')
      diagnostics.push(
        messages.reservedName(
          name.span,
          name.text,
          kind === 'kpi' ? 'a KPI' : 'a value',
          'the score of the scorecard',
        ),
      );
  }
  for (const role of declared.roles.values()) {
    const own = new Map<string, Span>();
    for (const { name } of role.bonuses) {
      const first = own.get(name.text) ?? shared.get(name.text);
      if (first) diagnostics.push(messages.duplicateName(name.span, name.text, first));
      own.set(name.text, name.span);
    }
  }
  for (const credit of credits.values()) {
    if (!events.has(credit.name.text))
      diagnostics.push(messages.unknownName(credit.name.span, 'event', credit.name.text, [...events.keys()]));
  }
  const grain: Grain = readGrain(declared.calendars, policies[0]?.period) ?? 'month';
  const checking: Checking = {
    diagnostics,
    sources: new Map(sources.map((each) => [each.name, each])),
    currency: currencyOf(policies[0], declarations),
    grain,
    declared: { ...declared, attributes: new Map(), events: new Map(), tables: new Map() },
    measures: new Map(),
    measuresById: new Map(),
    grains: grainsOf(grain, declarations, declared.calendars),
    figures: new Map(),
    chains: new Map(),
    kpis: new Map(),
    payouts: new Map(),
    grids: new Map(),
    beyond: [],
    words: new Map(),
    roles: new Map(),
    overrides: new Map(),
    proofs: new Map(),
    shared: new Map(),
    ownPasts: new Map(),
    targeted: targetedBy(declarations, new Set([...declared.kpis.keys()])),
    silentTargets: silentTargets(declared.roles.values()),
    pools: new Map(),
    computedOrder: [],
    open: [],
    ...(meanings ? { meanings } : {}),
  };
  const full: Declared = {
    ...declared,
    attributes: new Map(attributes(checking, persons[0]).map((each) => [each.name, each])),
    events: new Map([...events].map(([name, each]) => [name, eventScope(checking, each, credits.get(name))])),
    tables: new Map([...tables].map(([name, each]) => [name, tableModel(checking, each)])),
  };
  checking.declared = full;
  const fields = [
    ...full.attributes.values(),
    ...[...full.events.values()].flatMap((each) => [...each.fields.values()]),
    ...[...full.tables.values()].flatMap((each) => each.fields),
  ];
  const lists = new Map<string, Enumeration>();
  for (const { type } of fields)
    if (type.kind === 'enumeration') lists.set(JSON.stringify([type.members, type.ordered]), type);
  for (const list of lists.values()) addWords(checking, list);
  return checking;
}

const NOUNS = { curve: 'a curve', rates: 'a table of rates', grid: 'a grid' } as const;

function addWords(checking: Checking, list: Enumeration): void {
  for (const word of list.members) {
    const lists = checking.words.get(word);
    if (lists) lists.push(list);
    else checking.words.set(word, [list]);
  }
}

/** The KPIs that anybody has a target of; `undefined` where nobody is paid, or a line or role names what isn't there. */
function targetedBy(
  declarations: readonly astPolicy.Declaration[],
  kpis: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  const paid = declarations.filter((each) => each.kind === 'role');
  const lines = [...paid, ...declarations.filter((each) => each.kind === 'for')].flatMap(
    ({ targets }) => targets,
  );
  const names = new Set(lines.map(({ kpi }) => kpi.text));
  const roles = new Set(paid.map(({ name }) => name.text));
  const clear =
    [...names].every((each) => kpis.has(each)) &&
    paid.every((each) => !each.extends || roles.has(each.extends.text));
  return paid.length > 0 && clear ? names : undefined;
}

/** Of each KPI, the first target line that doesn't say whether it adds up. */
function silentTargets(roles: Iterable<astRoles.RoleDeclaration>): Map<string, astRoles.Target> {
  const silent = new Map<string, astRoles.Target>();
  for (const { targets } of roles)
    for (const each of targets)
      if (!each.addsUp && !silent.has(each.kpi.text)) silent.set(each.kpi.text, each);
  return silent;
}

/** The currency of pay; where the policy names none (which is an error), one that it uses, so that no other error follows. */
function currencyOf(policy: astPolicy.PolicyDeclaration | undefined, tree: unknown): string {
  const named = policy?.currency?.text ?? '';
  if (isCurrencyCode(named)) return named;
  return isCurrencyCode(named.toUpperCase()) ? named.toUpperCase() : (usedCurrency(tree) ?? 'XXX');
}

function usedCurrency(tree: unknown): string | undefined {
  if (typeof tree !== 'object' || tree === null) return undefined;
  const { kind, currency } = tree as { readonly kind?: unknown; readonly currency?: unknown };
  if (kind === 'money' && typeof currency === 'string' && isCurrencyCode(currency)) return currency;
  for (const part of Object.values(tree)) {
    const found = usedCurrency(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unique<T extends { readonly name: ast.Name }>(
  diagnostics: Diagnostic[],
  declarations: readonly T[],
  taken: Map<string, Span>,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const each of declarations) {
    const first = taken.get(each.name.text);
    if (each.name.text.trim() === '') diagnostics.push(nameless(each.name));
    if (first) diagnostics.push(messages.duplicateName(each.name.span, each.name.text, first));
    else {
      taken.set(each.name.text, each.name.span);
      found.set(each.name.text, each);
    }
  }
  return found;
}

function nameless({ span }: ast.Name): Diagnostic {
  return messages.missingPart(span, 'what is declared here', 'name', '"paid deal"');
}

function attributes(
  checking: Checking,
  person: astData.PersonDeclaration | undefined,
): readonly FieldModel[] {
  if (!person) return [];
  for (const field of person.fields) {
    if (
      BUILT_IN_ATTRIBUTES.has(field.name.text) ||
      field.name.text === 'from' ||
      field.name.text === 'until'
    ) {
      checking.diagnostics.push(
        messages.notHere(
          field.name.span,
          `\`${field.name.text}\``,
          'every person has it already: leave the line out',
        ),
      );
    }
    for (const flag of ['key', 'posts', 'owner', 'known'] as const) {
      if (field[flag])
        checking.diagnostics.push(
          messages.notHere(field.span, `\`${flag}\``, 'that is for the fields of events and tables'),
        );
    }
  }
  const fields = checkFields(checking, { fields: person.fields, whose: { kind: 'attribute' } });
  // over a period an amount is averaged by days, and its currency isn't
  for (const { type, span } of fields)
    if (type.kind === 'money' && !isCurrencyCode(type.currency))
      beyond(checking, `money of a person in \`${type.currency}\``, span);
  return fields;
}

// The stage: the syntax trees of a policy's files in, the Model out. All mistakes of all files are found in one go.

import { parseDay } from '../base/date.ts';
import { type Checked, type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { RoundingMode } from '../base/exact.ts';
import type { Grain } from '../base/period.ts';
import type { Source, Span } from '../base/source.ts';
import { currencyDecimals, isCurrencyCode } from '../base/unit.ts';
import { isZone } from '../base/zone.ts';
import { CALLABLE_NAMES } from '../library/index.ts';
import type { FieldModel, Model } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import { grainOf, textAttribute } from './brackets.ts';
import { constantText } from './constants.ts';
import type { Checking, Declared } from './context.ts';
import { checkFields, eventModel, eventScope, tableModel } from './events.ts';
import { checkFigures, tryFigure } from './figures.ts';
import * as messages from './messages.ts';
import { BUILT_IN_ATTRIBUTES } from './names.ts';
import { curveModel, ratesModel } from './payouts.ts';
import { roleModel } from './roles.ts';
import { grainsOf } from './windows.ts';

/** Checks a policy; the Model is absent when there are errors. */
export function check(
  files: readonly ast.PolicyFile[],
  sources: readonly Source[],
): Checked<Model | undefined> {
  const declarations = files.flatMap((file) => file.declarations);
  const checking = begin(declarations, sources);
  const { declared } = checking;
  const head = policyHead(checking, declared.policy, sources);
  const curves = [...declared.curves.values()].flatMap((each) => curveModel(checking, each) ?? []);
  const rates = [...declared.rates.values()].flatMap((each) => ratesModel(checking, each) ?? []);
  const events = [...declared.events].flatMap(
    ([name, each]) => eventModel(checking, each, declared.credits.get(name)) ?? [],
  );
  checkFigures(checking);
  const roles = [...declared.roles.values()].map((each) => roleModel(checking, each));
  const reports = groupings(checking, declared.policy);
  for (const name of checking.kpis.keys()) {
    tryFigure(checking, name, { kind: 'company' });
    for (const attribute of reports) tryFigure(checking, name, { kind: 'group', attribute });
  }
  const diagnostics = distinct(checking.diagnostics, sources);
  if (hasErrors(diagnostics) || !head) return { value: undefined, diagnostics };
  return {
    value: {
      formatVersion: 1,
      ...head,
      reports,
      attributes: declared.attributes,
      events,
      tables: [...declared.tables.values()],
      measures: [...checking.measures.values()],
      figures: [...checking.figures.values()],
      kpis: [...checking.kpis.values()],
      curves,
      rates,
      roles,
      sources,
    },
    diagnostics,
  };
}

// ---- declarations by name ----------------------------------------------------------------------------------

function begin(declarations: readonly ast.Declaration[], sources: readonly Source[]): Checking {
  const of = <K extends ast.Declaration['kind']>(kind: K) =>
    declarations.filter((each): each is Extract<ast.Declaration, { kind: K }> => each.kind === kind);
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
    roles: unique(diagnostics, of('role'), new Map()),
    credits,
  };
  const tables = unique(diagnostics, of('table'), shared);
  for (const { name, kind } of [...declared.curves.values(), ...declared.rates.values()]) {
    if (CALLABLE_NAMES.includes(name.text))
      diagnostics.push(
        messages.reservedName(
          name.span,
          name.text,
          kind === 'curve' ? 'a curve' : 'a table of rates',
          'a function',
        ),
      );
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
  const grain: Grain = grainOf(policies[0]?.period?.text ?? '') ?? 'month';
  const checking: Checking = {
    diagnostics,
    sources: new Map(sources.map((each) => [each.name, each])),
    currency: currencyOf(policies[0], declarations),
    grain,
    declared: { ...declared, attributes: [], events: new Map(), tables: new Map() },
    measures: new Map(),
    measuresById: new Map(),
    grains: grainsOf(grain, declared.roles.values()),
    figures: new Map(),
    kpis: new Map(),
    payouts: new Map(),
    open: [],
  };
  const full: Declared = {
    ...declared,
    attributes: attributes(checking, persons[0]),
    events: new Map([...events].map(([name, each]) => [name, eventScope(checking, each, credits.get(name))])),
    tables: new Map([...tables].map(([name, each]) => [name, tableModel(checking, each)])),
  };
  checking.declared = full;
  return checking;
}

/** The currency of pay; where the policy names none (which is an error), one that it uses, so that no other error follows. */
function currencyOf(policy: ast.PolicyDeclaration | undefined, tree: unknown): string {
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
    if (first) diagnostics.push(messages.duplicateName(each.name.span, each.name.text, first));
    else {
      taken.set(each.name.text, each.name.span);
      found.set(each.name.text, each);
    }
  }
  return found;
}

function attributes(checking: Checking, person: ast.PersonDeclaration | undefined): readonly FieldModel[] {
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
    for (const flag of ['key', 'posts', 'owner'] as const) {
      if (field[flag])
        checking.diagnostics.push(
          messages.notHere(field.span, `\`${flag}\``, 'that is for the fields of events and tables'),
        );
    }
  }
  return checkFields(checking, person.fields);
}

// ---- the policy itself -------------------------------------------------------------------------------------

type Head = Pick<Model, 'name' | 'title' | 'currency' | 'zone' | 'grain' | 'effective' | 'rounding'>;

function policyHead(
  checking: Checking,
  policy: ast.PolicyDeclaration | undefined,
  sources: readonly Source[],
): Head | undefined {
  if (!policy) {
    const first = sources[0];
    checking.diagnostics.push(messages.noPolicy(first && { source: first.name, start: 0, end: 0 }));
    return undefined;
  }
  const what = `policy \`${policy.name.text}\``;
  const currency = policy.currency;
  if (!currency)
    checking.diagnostics.push(messages.missingPart(policy.name.span, what, 'currency', 'currency RUB'));
  else if (!isCurrencyCode(currency.text))
    checking.diagnostics.push(
      messages.badWord(currency.span, 'a currency code of three capitals', currency.text, [
        'EUR',
        'RUB',
        'USD',
      ]),
    );
  const zone = policy.timezone;
  if (!zone)
    checking.diagnostics.push(
      messages.missingPart(policy.name.span, what, 'time zone', 'timezone "Europe/Moscow"'),
    );
  else if (!isZone(zone.text))
    checking.diagnostics.push(
      messages.badWord(zone.span, 'a time zone', zone.text, ['Europe/Moscow', 'UTC', 'America/New_York']),
    );
  if (!policy.period)
    checking.diagnostics.push(messages.missingPart(policy.name.span, what, 'period', 'period month'));
  else if (!grainOf(policy.period.text))
    checking.diagnostics.push(
      messages.badWord(policy.period.span, 'a length of time', policy.period.text, [
        'month',
        'quarter',
        'year',
        'week',
        'day',
      ]),
    );
  const step = policy.rounding
    ? constantText(checking, policy.rounding.to, 'the step of the rounding')
    : undefined;
  if (step && !(Number(step.text) > 0))
    checking.diagnostics.push(messages.notPositive(policy.rounding!.to.span, 'the step of the rounding'));
  const modes: readonly RoundingMode[] = ['half up', 'half even', 'down'];
  const mode = policy.rounding ? modes.find((each) => each === policy.rounding!.mode.text) : 'half up';
  if (!mode)
    checking.diagnostics.push(
      messages.badWord(policy.rounding!.mode.span, 'a way to round', policy.rounding!.mode.text, modes),
    );
  if (!currency || !zone || !mode) return undefined;
  const decimals = currencyDecimals(currency.text);
  return {
    name: policy.name.text,
    ...(policy.title ? { title: policy.title.text } : {}),
    currency: currency.text,
    zone: zone.text,
    grain: checking.grain,
    effective: effective(checking, policy.effective),
    rounding: { mode, step: step?.text ?? (decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`) },
  };
}

function effective(checking: Checking, range: ast.DateRange | undefined): Model['effective'] {
  const day = (node: ast.Expression | undefined) => {
    if (!node) return undefined;
    const found = node.kind === 'date' ? parseDay(node.text) : undefined;
    if (found === undefined)
      checking.diagnostics.push(
        messages.wrongType(node.span, 'a day, such as `2026-01-01`', 'something else'),
      );
    return found;
  };
  const from = day(range?.from);
  const until = day(range?.until);
  if (from !== undefined && until !== undefined && until < from)
    checking.diagnostics.push(messages.effectiveBackwards(range!.span));
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until: until + 1 }) };
}

function groupings(checking: Checking, policy: ast.PolicyDeclaration | undefined): readonly string[] {
  return (policy?.reports ?? []).flatMap((node) => {
    if (node.kind === 'member' && node.of.kind === 'name' && node.of.name.text === 'person')
      return textAttribute(checking, node.name) ?? [];
    checking.diagnostics.push(
      messages.wrongType(node.span, 'an attribute of the person, such as `person.office`', 'something else'),
    );
    return [];
  });
}

/** Inherited lines are checked once per role; each mistake is said once. */
function distinct(diagnostics: readonly Diagnostic[], sources: readonly Source[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const key = JSON.stringify([each.code, each.span, each.message]);
    if (!seen.has(key)) seen.set(key, each);
  }
  const order = new Map(sources.map((each, index) => [each.name, index]));
  const file = ({ span }: Diagnostic): number => (span ? (order.get(span.source) ?? 0) : 0);
  return [...seen.values()].sort((a, b) => file(a) - file(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

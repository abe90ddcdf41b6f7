// What a bare word and `a.b` mean where they stand.

import type { Span } from '../base/source.ts';
import { DATE } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { inferLookup } from './brackets.ts';
import type { Checking, EventScope, Use, World } from './context.ts';
import { computedField } from './events.ts';
import { figureOf } from './figures.ts';
import { refuse } from './infer.ts';
import * as messages from './messages.ts';

/** Attributes that every person has. */
export const BUILT_IN_ATTRIBUTES: ReadonlyMap<
  string,
  { readonly type: ValueType; readonly optional: boolean }
> = new Map([
  ['id', { type: { kind: 'person' }, optional: false }],
  ['name', { type: { kind: 'text' }, optional: false }],
  ['role', { type: { kind: 'text' }, optional: false }],
  ['team', { type: { kind: 'text' }, optional: true }],
  ['lead', { type: { kind: 'person' }, optional: true }],
] as const);

export function inferName(
  checking: Checking,
  node: ast.NameUse,
  world: World,
  expected?: ValueType,
): Expression {
  const { text, span } = node.name;
  // opposite an enumeration a bare word is that enumeration's
  if (expected?.kind === 'enumeration') {
    if (expected.members.includes(text))
      return { kind: 'constant', type: expected, text, optional: false, span };
    const isField = world.kind === 'row' && (world.event.fields.has(text) || world.event.formulas.has(text));
    if (!isField)
      return refuse(checking, messages.badWord(span, 'a word of this list', text, expected.members));
  }
  switch (world.kind) {
    case 'constant':
      return refuse(checking, messages.notConstant(span, `\`${text}\``));
    case 'row':
      return (
        fieldNamed(checking, world, node.name) ?? refuse(checking, unknownInRow(checking, world, node.name))
      );
    case 'people':
      return personName(checking, node.name, world);
    default:
      return world satisfies never;
  }
}

function fieldNamed(
  checking: Checking,
  world: World & { kind: 'row' },
  name: ast.Name,
): Expression | undefined {
  const { event } = world;
  const stored = event.fields.get(name.text);
  if (stored)
    return {
      kind: 'field',
      name: stored.name,
      type: stored.type,
      optional: stored.optional && stored.fallback === undefined && !posts(event, stored.name),
      span: name.span,
    };
  if (!event.formulas.has(name.text)) return undefined;
  const computed = computedField(checking, event, name.text, name.span);
  return {
    kind: 'field',
    name: name.text,
    type: computed.type,
    optional: computed.optional,
    span: name.span,
  };
}

/** Formulas see only rows that have a posting day: the others belong to no period and are filtered before. */
function posts(event: EventScope, name: string): boolean {
  return event.declaration.fields.some((each) => each.posts && each.name.text === name);
}

function unknownInRow(checking: Checking, world: World & { kind: 'row' }, name: ast.Name) {
  const { declared } = checking;
  if (declared.kpis.has(name.text) || declared.lets.has(name.text)) {
    return messages.notHere(
      name.span,
      `\`${name.text}\``,
      'a KPI belongs to a person and a period, not to a row; use the fields of the event',
    );
  }
  return messages.unknownName(
    name.span,
    `field of \`${world.event.declaration.name.text}\``,
    name.text,
    fieldNames(world.event),
  );
}

function fieldNames(event: EventScope): readonly string[] {
  return [...event.fields.keys(), ...event.formulas.keys()];
}

/** Who asked for a figure: within a formula in a scope or window, the one who asked for that. */
export function useOf(world: World & { kind: 'people' }, name: string, span: Span): Use {
  const plain = world.scope.kind === 'own' && world.window.kind === 'period';
  return plain ? { name, span } : (world.use ?? { name, span });
}

function personName(checking: Checking, name: ast.Name, world: World & { kind: 'people' }): Expression {
  const { text, span } = name;
  const { declared } = checking;
  if (world.target && (declared.kpis.has(text) || declared.lets.has(text))) {
    return refuse(
      checking,
      messages.notHere(
        span,
        `\`${text}\``,
        'a target is set before the period: use amounts, attributes of the person and tables',
      ),
    );
  }
  if (declared.kpis.has(text) || declared.lets.has(text)) {
    const figure = figureOf(checking, text, world.scope, world.window, useOf(world, text, span));
    return figure
      ? { kind: 'figure', figure: figure.id, type: figure.type, optional: figure.optional, span }
      : { kind: 'constant', type: { kind: 'error' }, text: '0', optional: false, span };
  }
  if (text === 'score' && !world.target) {
    if (!world.role)
      return refuse(
        checking,
        messages.notHere(span, '`score`', 'the score belongs to a role: use it in a bonus'),
      );
    const score = world.role.score(span);
    if (score === 'none')
      return refuse(
        checking,
        messages.notHere(
          span,
          '`score`',
          `role \`${world.role.name}\` has no scorecard: add \`scorecard { … }\``,
        ),
      );
    return { kind: 'score', type: { kind: 'percent' }, optional: score === 'optional', span };
  }
  const bonus = world.target ? undefined : world.role?.bonus(text, span);
  if (bonus) return bonus;
  for (const [what, names] of [
    ['curve', declared.curves],
    ['table of rates', declared.rates],
  ] as const) {
    if (names.has(text))
      return refuse(
        checking,
        messages.notHere(
          span,
          `the ${what} \`${text}\` without brackets`,
          `give it what it reads: \`${text}(revenue)\``,
        ),
      );
  }
  if (declared.tables.has(text)) {
    return refuse(
      checking,
      messages.notHere(span, `the table \`${text}\` by itself`, `name a row and a column: \`${text}[…].…\``),
    );
  }
  const event = [...declared.events.values()].find(
    (each) => each.fields.has(text) || each.formulas.has(text),
  );
  if (event) {
    return refuse(
      checking,
      messages.notHere(
        span,
        `the field \`${text}\``,
        `total it first: \`sum(${event.declaration.name.text}.${text})\``,
      ),
    );
  }
  const known = [...declared.kpis.keys(), ...declared.lets.keys(), ...(world.role?.bonusNames ?? [])];
  return refuse(checking, messages.unknownName(span, 'KPI', text, known));
}

export function inferMember(checking: Checking, node: ast.Member, world: World): Expression {
  const { of, name } = node;
  if (of.kind === 'brackets') return inferLookup(checking, of, name, node.span, world);
  if (of.kind !== 'name')
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `\`.${name.text}\``,
        'only events, `person`, `period` and rows of tables have parts',
      ),
    );
  const owner = of.name.text;
  if (world.kind === 'row' && owner === world.event.declaration.name.text) {
    const field = fieldNamed(checking, world, name);
    if (field) return { ...field, span: node.span };
    const what = `field of \`${owner}\``;
    return refuse(checking, messages.unknownName(name.span, what, name.text, fieldNames(world.event)));
  }
  if (owner === 'person') return attribute(checking, node, world);
  if (owner === 'period' && world.kind === 'people') {
    if (world.window.kind !== 'period')
      return refuse(
        checking,
        messages.notHere(
          world.use?.span ?? node.span,
          `\`period.${name.text}\` in a figure with a window`,
          'it is the day of this period, not of the window: write the formula out with the day that is meant',
          world.use && [{ span: node.span, message: 'the day is read here' }],
        ),
      );
    if (name.text === 'start' || name.text === 'end')
      return { kind: 'period', edge: name.text, type: DATE, optional: false, span: node.span };
    return refuse(checking, messages.unknownName(name.span, 'part of `period`', name.text, ['start', 'end']));
  }
  if (checking.declared.events.has(owner) && world.kind === 'row') {
    const { name: own } = world.event.declaration;
    return refuse(checking, messages.twoEvents(of.span, own.text, owner, own.span));
  }
  if (checking.declared.rates.has(owner) && name.text === 'rate') {
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `\`${owner}.rate\` without brackets`,
        `give it what it reads: \`${owner}.rate(revenue)\``,
      ),
    );
  }
  if (checking.declared.events.has(owner)) {
    return refuse(
      checking,
      messages.notHere(
        node.span,
        `the field \`${owner}.${name.text}\``,
        `total it: \`sum(${owner}.${name.text})\``,
      ),
    );
  }
  const known =
    world.kind === 'row'
      ? [world.event.declaration.name.text, 'person']
      : ['person', 'period', ...checking.declared.tables.keys()];
  return refuse(checking, messages.unknownName(of.span, 'event', owner, known));
}

function attribute(checking: Checking, node: ast.Member, world: World): Expression {
  const { name } = node;
  const declared = checking.declared.attributes.find((each) => each.name === name.text);
  const found = declared ?? BUILT_IN_ATTRIBUTES.get(name.text);
  if (!found) {
    const known = [...checking.declared.attributes.map((each) => each.name), ...BUILT_IN_ATTRIBUTES.keys()];
    return refuse(checking, messages.unknownName(name.span, 'attribute of `person`', name.text, known));
  }
  if (world.kind === 'constant') return refuse(checking, messages.notConstant(node.span, '`person`'));
  if (world.kind === 'row' && world.place !== 'measure') {
    return refuse(
      checking,
      messages.notHere(
        node.span,
        '`person`',
        'the credited person is known only in aggregates: `sum(deal.amount where person.region is "South")`',
      ),
    );
  }
  if (world.kind === 'row' && world.ofCompany) {
    return refuse(
      checking,
      messages.notHere(
        world.ofCompany.span,
        `\`person.${name.text}\` in a figure of the company`,
        'the company has rows that no person is credited with: ask for a team, or for the person',
        [{ span: node.span, message: 'the attribute is read here' }],
      ),
    );
  }
  if (world.kind === 'people' && world.scope.kind !== 'own') {
    return refuse(
      checking,
      messages.notHere(
        world.use?.span ?? node.span,
        `\`person.${name.text}\` in a figure of a team or the company`,
        'it is asked for many people at once: use the attribute in a bonus or target',
        world.use && [{ span: node.span, message: 'the attribute is read here' }],
      ),
    );
  }
  const fallback = declared?.fallback !== undefined;
  return {
    kind: 'attribute',
    name: name.text,
    type: found.type,
    optional: found.optional && !fallback,
    span: node.span,
  };
}

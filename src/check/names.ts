// What a bare word and `a.b` mean where they stand.

import type { Span } from '../base/source.ts';
import { NUMBER, PERCENT, PERIOD } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { type Checking, type EventScope, peopleOf, textOf, type Use, type World } from './context.ts';
import { computedField } from './events.ts';
import { figureOf } from './figures.ts';
import { letOfOtherGrain } from './grains.ts';
import { refuse } from './infer.ts';
import { fieldOf, means, wordOf } from './meanings.ts';
import * as messages from './messages.ts';
import { seldom } from './needed.ts';
import { ownPast } from './past.ts';
import { pointsOf } from './points.ts';

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
  ['month_in_role', { type: NUMBER, optional: false }],
  ['month_of_service', { type: NUMBER, optional: false }],
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
    if (expected.members.includes(text)) {
      means(checking, node.name, wordOf(expected));
      return { kind: 'constant', type: expected, text, optional: false, span };
    }
    const { kpis, lets } = checking.declared;
    const isField = world.kind === 'row' && (world.event.fields.has(text) || world.event.formulas.has(text));
    const isFigure = peopleOf(world) !== undefined && (kpis.has(text) || lets.has(text));
    if (!isField && !isFigure && !world.locals?.has(text))
      return refuse(
        checking,
        messages.badWord(span, wordsOf(world, expected.members), text, expected.members),
      );
  }
  switch (world.kind) {
    case 'constant':
      return local(checking, world, node.name) ?? refuse(checking, messages.notConstant(span, `\`${text}\``));
    case 'row': {
      const found = fieldNamed(checking, world, node.name) ?? local(checking, world, node.name);
      if (found) return found;
      return world.people && !checking.declared.eventNames.has(text)
        ? personName(checking, node.name, world.people)
        : refuse(checking, unknownInRow(checking, world, node.name));
    }
    case 'people':
      return local(checking, world, node.name) ?? personName(checking, node.name, world);
    default:
      return world satisfies never;
  }
}

/** `a word of` the row's field with that list, where there is just one. */
function wordsOf(world: World, members: readonly string[]): string {
  const fields = world.kind === 'row' ? [...world.event.fields.values()] : [];
  const [field, ...others] = fields.filter(
    ({ type }) => type.kind === 'enumeration' && type.members.join() === members.join(),
  );
  return field && others.length === 0 ? `a word of \`${field.name}\`` : 'a word of this list';
}

/** A name that stands for something only here: `actual`, `share`, `n`. */
function local(checking: Checking, world: World, name: ast.Name): Expression | undefined {
  const found = world.locals?.get(name.text);
  const isOfPolicy =
    found?.kind === 'result' &&
    (found.result === 'pool' || found.result === 'award' || found.result === 'level');
  if (found) means(checking, name, { kind: isOfPolicy ? found.result : 'built-in' });
  return found && { ...found, span: name.span };
}

/** A field of the row, read or worked out. */
export function fieldNamed(
  checking: Checking,
  world: World & { kind: 'row' },
  name: ast.Name,
): Expression | undefined {
  const { event } = world;
  if (name.text === 'share' && !event.fields.has('share') && !event.formulas.has('share'))
    return shareOf(checking, world, name);
  const stored = event.fields.get(name.text);
  if (stored || event.formulas.has(name.text)) means(checking, name, fieldOf(event.declaration.name.text));
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

/** The credited share of the row, where somebody is credited with it. */
function shareOf(checking: Checking, world: World & { kind: 'row' }, name: ast.Name): Expression | undefined {
  if (world.place !== 'bonus' && world.place !== 'measure') return undefined;
  const { span } = name;
  means(checking, name, { kind: 'built-in' });
  if (world.ofCompany?.named === false)
    return refuse(
      checking,
      messages.notHere(
        world.ofCompany.span,
        '`share` in a figure of the company',
        'the company has rows that no person is credited with: ask for a team, or for the person',
        [{ span, message: 'the share is read here' }],
      ),
    );
  return { kind: 'share', type: PERCENT, optional: false, span };
}

/** Formulas see only rows that have a posting day: the others belong to no period and are filtered before. */
function posts(event: EventScope, name: string): boolean {
  return event.posting === name;
}

function unknownInRow(checking: Checking, world: World & { kind: 'row' }, name: ast.Name) {
  const { declared } = checking;
  if (name.text === 'share')
    return messages.notHere(
      name.span,
      '`share`',
      world.place === 'date'
        ? 'the date to count by comes before anybody is credited: use dates of the event'
        : 'the credited share is known only in totals and in bonuses per event',
    );
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

export function fieldNames(event: EventScope): readonly string[] {
  return [...event.fields.keys(), ...event.formulas.keys()];
}

/** Who asked for a figure: within a formula in a scope or window, the one who asked for that. */
export function useOf(world: World & { kind: 'people' }, name: string, span: Span): Use {
  const plain = world.scope.kind === 'own' && world.window.kind === 'period';
  return plain ? { name, span } : (world.use ?? { name, span });
}

/** The period that is worked out; in a window it would have to be told from the window's days. */
function thisPeriod(checking: Checking, world: World & { kind: 'people' }, span: Span): Expression {
  if (world.window.kind === 'period')
    return { kind: 'period', edge: 'itself', type: PERIOD, optional: false, span };
  return refuse(
    checking,
    messages.notHere(
      world.use?.span ?? span,
      '`period` in a figure with a window',
      'it is this period, not the window: write the formula out with the period that is meant',
      world.use && [{ span, message: 'the period is read here' }],
    ),
  );
}

/** All bare words that stand for something in a formula of a person. */
/** The names that a formula may read; what it is itself a part of would be a circle. */
function namesOf(checking: Checking, world: World & { kind: 'people' }): readonly string[] {
  const { kpis, lets, pools } = checking.declared;
  const role = world.target ? undefined : world.role;
  // without a policy there are only constants and functions
  const isAny = kpis.size + lets.size > 0;
  const names = [
    ...kpis.keys(),
    ...lets.keys(),
    ...(role ? [...role.bonusNames, ...pools.keys()] : []),
    ...(role && isAny ? ['score'] : []),
    ...(isAny && !world.target ? ['points'] : []),
    ...(world.locals?.keys() ?? []),
    ...(world.event ? ['share', ...fieldNames(world.event)] : []),
    ...(isAny ? ['period'] : []),
  ];
  const within = new Set(checking.open.map(({ span }) => textOf(checking, span).replace(/^"|"$/g, '')));
  return within.size > 0 ? names.filter((each) => !within.has(each)) : names;
}

/** What a named formula is; `undefined` for other names. */
export function figureKind({ declared }: Checking, name: string): 'kpi' | 'let' | undefined {
  if (declared.kpis.has(name)) return 'kpi';
  return declared.lets.has(name) ? 'let' : undefined;
}

function personName(checking: Checking, name: ast.Name, world: World & { kind: 'people' }): Expression {
  const { text, span } = name;
  const { declared } = checking;
  const figures = figureKind(checking, text);
  if (figures) means(checking, name, { kind: figures });
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
    const own = ownPast(checking, text, world, span);
    if (own) return own;
    const otherLength = letOfOtherGrain(checking, text, world, span);
    if (otherLength) return refuse(checking, otherLength);
    const figure = figureOf(checking, text, world.scope, world.window, useOf(world, text, span));
    return figure
      ? { kind: 'figure', figure: figure.id, type: figure.type, optional: figure.optional, span }
      : { kind: 'constant', type: { kind: 'error' }, text: '0', optional: false, span };
  }
  if (text === 'score' && !world.target) {
    means(checking, name, { kind: 'built-in' });
    if (!world.role)
      return refuse(
        checking,
        messages.notHere(span, '`score`', 'the score belongs to a role: use it in a bonus'),
      );
    const score = world.role.score(span);
    if (score === 'none')
      return refuse(
        checking,
        messages.notHere(span, '`score`', {
          text: `role \`${world.role.name}\` has no scorecard: add \`scorecard { … }\``,
          yaml: `role \`${world.role.name}\` has no scorecard: add \`scorecard: …\``,
        }),
      );
    return { kind: 'score', type: { kind: 'percent' }, optional: score === 'optional', span };
  }
  const bonus = world.target ? undefined : world.role?.bonus(text, span);
  if (bonus) return bonus;
  if (declared.pools.has(text)) {
    means(checking, name, { kind: 'pool' });
    return seldom().shareOfPool(checking, name, world);
  }
  if (text === 'period' || (text === 'points' && !world.target)) means(checking, name, { kind: 'built-in' });
  if (text === 'period') return thisPeriod(checking, world, span);
  if (text === 'points' && !world.target) return pointsOf(checking, name, world);
  for (const [what, kind, names] of [
    ['grid', 'grid', declared.grids],
    ['curve', 'curve', declared.curves],
    ['table of rates', 'rates', declared.rates],
  ] as const) {
    if (names.has(text)) {
      means(checking, name, { kind });
      return refuse(
        checking,
        messages.notHere(
          span,
          `the ${what} \`${text}\` without brackets`,
          `give it what it reads: \`${text}(revenue)\``,
        ),
      );
    }
  }
  if (declared.tables.has(text)) {
    means(checking, name, { kind: 'table' });
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
  return refuse(checking, messages.unknownName(span, 'KPI', text, namesOf(checking, world)));
}

// `kpi[team, ytd]` and `table[key at day].column`.

import { byLength, fits, GRAINS, grainText, lengthOf } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { NUMBER, typeInWords } from '../library/types.ts';
import type { Back, Expression, Scope, Window } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import {
  type Checking,
  OWN,
  type PeopleWorld,
  peopleOf,
  THIS_PERIOD,
  textOf,
  unknown,
  type World,
} from './context.ts';
import { figureOf } from './figures.ts';
import { namedGrain } from './fiscal.ts';
import { askedGrain, letOfOtherGrain } from './grains.ts';
import { infer, refuse } from './infer.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';
import { BUILT_IN_ATTRIBUTES, figureKind, useOf } from './names.ts';
import { needsPerson } from './past.ts';
import { pointsOfMany } from './points.ts';

export function inferBrackets(checking: Checking, node: ast.Brackets, world: World): Expression {
  const { of } = node;
  if (of.kind === 'call') return callWithin(checking, { ...node, of }, world);
  const { kpis, lets } = checking.declared;
  if (of.kind === 'name' && of.name.text === 'points' && !kpis.has('points') && !lets.has('points')) {
    means(checking, of.name, { kind: 'built-in' });
    return pointsWithin(checking, node, world);
  }
  const named = scopedFigure(checking, node, world);
  return named
    ? { kind: 'figure', figure: named.id, type: named.type, optional: named.optional, span: node.span }
    : unknown(node.span);
}

/** `sum(commission each earlier month)[ytd]`: a call in a scope or window. */
function callWithin(
  checking: Checking,
  node: ast.Brackets & { readonly of: ast.Call },
  world: World,
): Expression {
  const people = needsPerson(checking, node.of, world);
  if (people.kind !== 'people') return people;
  const inner = readItems(checking, node.items, world);
  const shown = textOf(checking, node.of.span);
  const joined = inner && join(checking, shown, inner, people, node.span);
  if (!joined) return unknown(node.span);
  const use = useOf(people, shown, node.span);
  const checked = infer(checking, node.of, { ...people, ...joined, use });
  return { ...checked, span: node.span };
}

/** `points[trailing 12 months]`: of the person's account, which is never missing. */
function pointsWithin(checking: Checking, node: ast.Brackets, world: World): Expression {
  const people = peopleOf(world);
  if (!people || people.target)
    return refuse(
      checking,
      messages.notHere(
        node.span,
        '`points`',
        'they belong to a person: use them in an award, level or bonus',
      ),
    );
  const read = readItems(checking, node.items, world);
  if (!read) return unknown(node.span);
  if (read.scope.kind !== 'own' || people.scope.kind !== 'own')
    return refuse(checking, pointsOfMany(people.use?.span ?? node.span));
  const joined = join(checking, 'points', read, people, node.span);
  if (!joined) return unknown(node.span);
  return { kind: 'points', window: joined.window, type: NUMBER, optional: false, span: node.span };
}

/** The figure that `kpi[…]` (or a bare `kpi`) names; mistakes are reported. */
export function scopedFigure(checking: Checking, node: ast.Expression, world: World) {
  const { of, items } = node.kind === 'brackets' ? node : { of: node, items: [] };
  if (of.kind !== 'name') {
    refuse(
      checking,
      messages.notHere(
        node.span,
        'a bracket',
        'a scope or window is asked of a KPI by its name: `revenue[team]`',
      ),
    );
    return undefined;
  }
  const name = of.name.text;
  const { kpis, lets, tables } = checking.declared;
  const kind = tables.has(name) ? 'table' : figureKind(checking, name);
  if (kind) means(checking, of.name, { kind });
  if (tables.has(name)) {
    refuse(checking, messages.notHere(node.span, 'a row of a table', `name the column: \`${name}[…].…\``));
    return undefined;
  }
  if (!kpis.has(name) && !lets.has(name)) {
    if (peopleOf(world)?.role?.bonusNames.includes(name))
      refuse(
        checking,
        messages.notHere(
          node.span,
          'a bracket after a bonus',
          `ask for an earlier one: \`previous(${name})\``,
        ),
      );
    else
      refuse(
        checking,
        messages.unknownName(of.name.span, 'KPI', name, [...kpis.keys(), ...lets.keys(), 'points']),
      );
    return undefined;
  }
  const people = peopleOf(world);
  if (!people || people.target) {
    refuse(
      checking,
      messages.notHere(
        node.span,
        `\`${name}\``,
        'a KPI belongs to a person and a period: use it in a KPI, gate or bonus',
      ),
    );
    return undefined;
  }
  const otherLength = letOfOtherGrain(checking, name, people, of.span);
  if (otherLength) {
    refuse(checking, otherLength);
    return undefined;
  }
  const read = readItems(checking, items, world);
  const joined = read && join(checking, name, read, people, node.span);
  return joined && figureOf(checking, name, joined.scope, joined.window, useOf(people, name, node.span));
}

/** The scope and the window that brackets say, in any order; `undefined` after reporting what is wrong. */
function readItems(
  checking: Checking,
  items: readonly ast.BracketItem[],
  world: World,
): { readonly scope: Scope; readonly window: Window } | undefined {
  let scope: Scope = OWN;
  let window: Window = THIS_PERIOD;
  let scopeSpan: Span | undefined;
  let windowSpan: Span | undefined;
  for (const item of items) {
    const read = readItem(checking, item, world);
    if (!read) return undefined;
    const before = 'scope' in read ? scopeSpan : windowSpan;
    if (before) {
      checking.diagnostics.push(
        messages.twice(item.span, 'scope' in read ? 'whose results' : 'which days', before),
      );
      return undefined;
    }
    if ('scope' in read) [scope, scopeSpan] = [read.scope, item.span];
    else [window, windowSpan] = [read.window, item.span];
  }
  return { scope, window };
}

/** What brackets say within a figure that has a scope or window itself. */
function join(
  checking: Checking,
  name: string,
  inner: { scope: Scope; window: Window },
  world: PeopleWorld,
  span: Span,
): { readonly scope: Scope; readonly window: Window } | undefined {
  const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
  const twice =
    inner.scope.kind !== 'own' && world.scope.kind !== 'own' && !same(inner.scope, world.scope)
      ? 'scope'
      : inner.window.kind !== 'period' && world.window.kind !== 'period' && !shiftOf(world.window)
        ? 'window'
        : undefined;
  if (twice) {
    const use = world.use ?? { span, name };
    refuse(checking, messages.windowTwice(use.span, use.name, twice, span));
    return undefined;
  }
  return {
    scope: inner.scope.kind === 'own' ? world.scope : inner.scope,
    window: windowIn(inner.window, world.window),
  };
}

/** How far a window that is one whole earlier period lies back; `undefined` for windows that are wider. */
function shiftOf({ kind, back = HERE, ...rest }: Window): Back | undefined {
  if (kind === 'last year') return { ...back, years: back.years + 1 };
  const single = kind === 'previous' && 'count' in rest && rest.count === 1;
  return single ? { ...back, periods: back.periods + 1 } : undefined;
}

const HERE: Back = { periods: 0, years: 0 };

/** A window seen from within another one, which shifts it: `growth[previous]`. */
function windowIn(inner: Window, outer: Window): Window {
  if (inner.kind === 'period') return outer;
  const shift = shiftOf(outer);
  if (!shift) return inner;
  const { back = HERE } = inner;
  return { ...inner, back: { periods: back.periods + shift.periods, years: back.years + shift.years } };
}

const WORDS: ReadonlyMap<string, { readonly scope: Scope } | { readonly window: Window }> = new Map<
  string,
  { readonly scope: Scope } | { readonly window: Window }
>([
  ['team', { scope: { kind: 'group', attribute: 'team' } }],
  ['reports', { scope: { kind: 'group', attribute: 'lead', below: true } }],
  ['company', { scope: { kind: 'company' } }],
]);
const ONLY_SO_FAR = 'only `ytd`, `qtd` and `trailing …` are of a calendar: leave `of` out';
const SO_FAR: ReadonlyMap<string, 'year' | 'quarter'> = new Map([
  ['ytd', 'year'],
  ['qtd', 'quarter'],
]);

function readItem(
  checking: Checking,
  item: ast.BracketItem,
  world: World,
): { readonly scope: Scope } | { readonly window: Window } | undefined {
  switch (item.kind) {
    case 'expression': {
      const word = item.value.kind === 'name' && !item.at ? item.value.name.text : undefined;
      const length = SO_FAR.get(word ?? '');
      const known = word === undefined ? undefined : WORDS.get(word);
      if ((length || known) && item.value.kind === 'name')
        means(checking, item.value.name, { kind: 'scope' });
      if (length) return soFar(checking, item, length, world);
      if (known && item.of) {
        checking.diagnostics.push(messages.notHere(item.of.span, 'a calendar', ONLY_SO_FAR));
        return undefined;
      }
      if (!known) {
        checking.diagnostics.push(
          messages.badWord(item.span, 'a scope or window', word ?? 'this', [
            ...WORDS.keys(),
            ...SO_FAR.keys(),
            'previous',
            'to date',
          ]),
        );
      }
      return known;
    }
    case 'by': {
      const { value } = item;
      const isAttribute =
        value.kind === 'member' && value.of.kind === 'name' && value.of.name.text === 'person';
      if (isAttribute) means(checking, value.of.name, { kind: 'built-in' });
      const attribute = isAttribute ? textAttribute(checking, value.name) : undefined;
      if (!isAttribute)
        checking.diagnostics.push(
          messages.wrongType(
            item.span,
            'an attribute of the person, such as `person.office`',
            'something else',
          ),
        );
      return attribute === undefined ? undefined : { scope: { kind: 'group', attribute } };
    }
    case 'previous':
      return positive(checking, item.count, item.span)
        ? { window: { kind: 'previous', count: item.count } }
        : undefined;
    case 'trailing': {
      const grain = namedGrain(checking, item.grain, { known: GRAINS.map((each) => `${each}s`) });
      return grain && positive(checking, item.count, item.span)
        ? { window: { kind: 'trailing', count: item.count, grain } }
        : undefined;
    }
    case 'to date':
      return { window: { kind: 'to date' } };
    case 'same period last year':
      return { window: { kind: 'last year' } };
    default:
      return item satisfies never;
  }
}

/** `ytd`, `ytd of retail`: of a year (or quarter) that is made of the periods that look at it. */
function soFar(
  checking: Checking,
  item: ast.BracketItem & { readonly kind: 'expression' },
  length: 'year' | 'quarter',
  world: World,
): { readonly window: Window } | undefined {
  const { of, span } = item;
  const word = length === 'year' ? 'ytd' : 'qtd';
  const grain = namedGrain(checking, { text: length, span, ...(of && { of }) }, { shown: word });
  if (!grain) return undefined;
  const own = askedGrain(world);
  const torn = (own ? [own] : checking.grains).find(
    (each) => lengthOf(each) !== 'week' && byLength(each, grain) >= 0 && !fits(each, grain),
  );
  if (!torn) return { window: { kind: 'so far', grain } };
  const why = `a ${grainText(grain)} isn't made of whole ${grainText(torn, 's')}, over which this is worked out`;
  checking.diagnostics.push(messages.notHere(span, `\`[${word}${of ? ` of ${of.text}` : ''}]\``, why));
  return undefined;
}

function positive(checking: Checking, count: number, span: Span): boolean {
  if (Number.isSafeInteger(count) && count > 0 && count <= 1000) return true;
  checking.diagnostics.push(messages.wrongType(span, 'a number of periods from 1 to 1000', String(count)));
  return false;
}

/** A text attribute by which people are grouped; mistakes are reported. */
export function textAttribute(checking: Checking, name: ast.Name): string | undefined {
  const declared = checking.declared.attributes.get(name.text);
  const type = declared?.type ?? BUILT_IN_ATTRIBUTES.get(name.text)?.type;
  const known = [...checking.declared.attributes.keys(), ...BUILT_IN_ATTRIBUTES.keys()];
  if (!type) {
    checking.diagnostics.push(messages.unknownName(name.span, 'attribute of `person`', name.text, known));
    return undefined;
  }
  means(checking, name, { kind: declared ? 'attribute' : 'built-in' });
  if (type.kind === 'error') return undefined;
  if (type.kind !== 'text' && type.kind !== 'enumeration' && type.kind !== 'person') {
    checking.diagnostics.push(
      messages.wrongType(name.span, 'a text attribute to group by', typeInWords(type)),
    );
    return undefined;
  }
  return name.text;
}

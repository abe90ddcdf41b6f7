// `kpi[team, ytd]` and `table[key at day].column`.

import { GRAINS, type Grain } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { comparable, typeInWords } from '../library/types.ts';
import type { Expression, Scope, Window } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { type Checking, isError, OWN, THIS_PERIOD, unknown, type World } from './context.ts';
import { figureOf } from './figures.ts';
import { describe, infer, refuse } from './infer.ts';
import * as messages from './messages.ts';
import { BUILT_IN_ATTRIBUTES, useOf } from './names.ts';

export function inferBrackets(checking: Checking, node: ast.Brackets, world: World): Expression {
  const named = scopedFigure(checking, node, world);
  return named
    ? { kind: 'figure', figure: named.id, type: named.type, optional: named.optional, span: node.span }
    : unknown(node.span);
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
  if (tables.has(name)) {
    refuse(checking, messages.notHere(node.span, 'a row of a table', `name the column: \`${name}[…].…\``));
    return undefined;
  }
  if (!kpis.has(name) && !lets.has(name)) {
    refuse(checking, messages.unknownName(of.name.span, 'KPI', name, [...kpis.keys(), ...lets.keys()]));
    return undefined;
  }
  if (world.kind !== 'people' || world.target) {
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
  let scope: Scope = OWN;
  let window: Window = THIS_PERIOD;
  let scopeSpan: Span | undefined;
  let windowSpan: Span | undefined;
  for (const item of items) {
    const read = readItem(checking, item);
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
  const joined = join(checking, name, { scope, window }, world, node.span);
  return joined && figureOf(checking, name, joined.scope, joined.window, useOf(world, name, node.span));
}

/** What brackets say within a figure that has a scope or window itself. */
function join(
  checking: Checking,
  name: string,
  inner: { scope: Scope; window: Window },
  world: World & { kind: 'people' },
  span: Span,
) {
  const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
  const twice =
    inner.scope.kind !== 'own' && world.scope.kind !== 'own' && !same(inner.scope, world.scope)
      ? 'scope'
      : // the same window twice isn't once: the month before the month before
        inner.window.kind !== 'period' && world.window.kind !== 'period'
        ? 'window'
        : undefined;
  if (twice) {
    const use = world.use ?? { span, name };
    refuse(checking, messages.windowTwice(use.span, use.name, twice, span));
    return undefined;
  }
  return {
    scope: inner.scope.kind === 'own' ? world.scope : inner.scope,
    window: inner.window.kind === 'period' ? world.window : inner.window,
  };
}

const WORDS: ReadonlyMap<string, { readonly scope: Scope } | { readonly window: Window }> = new Map<
  string,
  { readonly scope: Scope } | { readonly window: Window }
>([
  ['team', { scope: { kind: 'group', attribute: 'team' } }],
  ['company', { scope: { kind: 'company' } }],
  ['ytd', { window: { kind: 'so far', grain: 'year' } }],
  ['qtd', { window: { kind: 'so far', grain: 'quarter' } }],
]);

function readItem(
  checking: Checking,
  item: ast.BracketItem,
): { readonly scope: Scope } | { readonly window: Window } | undefined {
  switch (item.kind) {
    case 'expression': {
      const word = item.value.kind === 'name' && !item.at ? item.value.name.text : undefined;
      if (word === 'reports') {
        checking.diagnostics.push(messages.notSupported(item.span, 'the scope `reports`'));
        return undefined;
      }
      const known = word === undefined ? undefined : WORDS.get(word);
      if (!known) {
        checking.diagnostics.push(
          messages.badWord(item.span, 'a scope or window', word ?? 'this', [
            ...WORDS.keys(),
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
      const grain = grainOf(item.grain.text);
      if (!grain)
        checking.diagnostics.push(
          messages.badWord(
            item.grain.span,
            'a length of time',
            item.grain.text,
            GRAINS.map((each) => `${each}s`),
          ),
        );
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

function positive(checking: Checking, count: number, span: Span): boolean {
  if (Number.isSafeInteger(count) && count > 0 && count <= 1000) return true;
  checking.diagnostics.push(messages.wrongType(span, 'a number of periods from 1 to 1000', String(count)));
  return false;
}

/** A text attribute by which people are grouped; mistakes are reported. */
export function textAttribute(checking: Checking, name: ast.Name): string | undefined {
  const declared = checking.declared.attributes.find((each) => each.name === name.text);
  const type = declared?.type ?? BUILT_IN_ATTRIBUTES.get(name.text)?.type;
  const known = [...checking.declared.attributes.map((each) => each.name), ...BUILT_IN_ATTRIBUTES.keys()];
  if (!type) {
    checking.diagnostics.push(messages.unknownName(name.span, 'attribute of `person`', name.text, known));
    return undefined;
  }
  if (type.kind !== 'text' && type.kind !== 'enumeration' && type.kind !== 'person') {
    checking.diagnostics.push(
      messages.wrongType(name.span, 'a text attribute to group by', typeInWords(type)),
    );
    return undefined;
  }
  return name.text;
}

export function grainOf(word: string): Grain | undefined {
  return GRAINS.find((each) => each === word || `${each}s` === word);
}

/** `table[key, … at day].column`. */
export function inferLookup(
  checking: Checking,
  brackets: ast.Brackets,
  column: ast.Name,
  span: Span,
  world: World,
): Expression {
  const owner = brackets.of.kind === 'name' ? brackets.of.name : undefined;
  const table = owner && checking.declared.tables.get(owner.text);
  if (!owner || !table) {
    if (owner && checking.declared.kpis.has(owner.text)) {
      return refuse(
        checking,
        messages.notHere(
          column.span,
          `\`.${column.text}\``,
          `a KPI has no columns: \`${owner.text}[…]\` is its value`,
        ),
      );
    }
    return refuse(
      checking,
      messages.unknownName(brackets.of.span, 'table', owner?.text ?? 'this', [
        ...checking.declared.tables.keys(),
      ]),
    );
  }
  const field = table.fields.find((each) => each.name === column.text);
  if (!field)
    return refuse(
      checking,
      messages.unknownName(
        column.span,
        `column of \`${table.name}\``,
        column.text,
        table.fields.map((each) => each.name),
      ),
    );
  if (world.kind === 'constant') return refuse(checking, messages.notConstant(span, 'a look-up'));
  if (brackets.items.length !== table.keys.length) {
    return refuse(
      checking,
      messages.wrongArguments(
        brackets.span,
        table.name,
        table.keys.length === 1 ? 'one key' : `${table.keys.length} keys`,
        brackets.items.length,
      ),
    );
  }
  const keys: Expression[] = [];
  let at: Expression | undefined;
  for (const [index, item] of brackets.items.entries()) {
    if (item.kind !== 'expression')
      return refuse(
        checking,
        messages.notHere(
          item.span,
          'a scope or window',
          `these brackets look up a row of \`${table.name}\` by \`${table.keys.join('`, `')}\``,
        ),
      );
    const wanted = table.fields.find((each) => each.name === table.keys[index])!;
    const key = infer(checking, item.value, world, wanted.type);
    if (!isError(key) && !comparable(key.type, wanted.type))
      checking.diagnostics.push(messages.wrongType(key.span, typeInWords(wanted.type), describe(key)));
    keys.push(key);
    if (item.at) at = infer(checking, item.at, world);
  }
  if (keys.some(isError)) return unknown(span);
  if (table.dated && !at) {
    return refuse(
      checking,
      messages.missingPart(
        brackets.span,
        `this look-up in \`${table.name}\``,
        'day, and the table is dated',
        `${table.name}[… at ${world.kind === 'row' ? 'closed_on' : 'period.end'}]`,
      ),
    );
  }
  if (!table.dated && at)
    return refuse(
      checking,
      messages.notHere(
        at.span,
        '`at`',
        `table \`${table.name}\` isn't dated: give it a \`from: date\` column`,
      ),
    );
  if (at && at.type.kind !== 'date') {
    if (!isError(at)) checking.diagnostics.push(messages.wrongType(at.span, 'a date', describe(at)));
    return unknown(span);
  }
  return {
    kind: 'lookup',
    table: table.name,
    keys,
    ...(at ? { at } : {}),
    column: field.name,
    type: field.type,
    optional: true,
    span,
  };
}

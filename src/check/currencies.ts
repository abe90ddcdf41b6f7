// Two currencies meet only through `convert(amount, to RUB, at closed_on)`, which reads the dated table of exchange
// rates: the one whose text key is `currency` and which has a `rate`.

import type { Span } from '../base/source.ts';
import { isCurrencyCode } from '../base/unit.ts';
import { walk } from '../library/parts.ts';
import { TEXT } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { PaysIn } from '../model/pay.ts';
import type { TableModel } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { type Checking, isError, unknown, type World } from './context.ts';
import { infer, refuse, require } from './infer.ts';
import { keyOf } from './known.ts';
import * as messages from './messages.ts';
import { requirePresent } from './missing.ts';
import * as rules from './rule-messages.ts';

/** A missing rate is an error of the run, so that a converted amount is missing only where the amount is. */
export function convert(checking: Checking, node: ast.Call, world: World): Expression {
  const [argument] = node.args;
  if (!argument || node.args.length > 1)
    return refuse(checking, messages.wrongArguments(node.span, 'convert', 'one amount', node.args.length));
  const example = 'convert(amount, to RUB, at closed_on)';
  for (const part of ['to', 'at'] as const)
    if (!node[part])
      return refuse(checking, messages.missingPart(node.span, '`convert`', `\`${part}\``, example));
  const to = codeOf(checking, node.to!);
  const amount = infer(checking, argument, world);
  const at = infer(checking, node.at!, world);
  const isMoney = require(checking, amount, ({ kind }) => kind === 'money', 'an amount of money');
  const isDay = require(checking, at, ({ kind }) =>
    kind === 'date' || kind === 'datetime', 'the day whose rate counts');
  if (to === undefined || !isMoney || !isDay) return unknown(node.span);
  const table = exchangeTable(checking, node.span);
  const from = table && currencyOf(checking, amount, world);
  if (!table || !from) return unknown(node.span);
  if (!table.keys.includes('into') && to !== checking.currency)
    return refuse(
      checking,
      messages.notHere(
        node.to!.span,
        `\`to ${to}\``,
        `table \`${table.name}\` converts to ${checking.currency} only: give it a key \`into\``,
      ),
    );
  const optional = [amount, from, at].some((each) => each.optional);
  const type = { kind: 'money', currency: to } as const;
  return { kind: 'convert', table: table.name, amount, from, to, at, type, optional, span: node.span };
}

/** The currency of an amount: a code, or where its row names it, the field that does. */
function currencyOf(checking: Checking, amount: Expression, world: World): Expression | undefined {
  const { currency } = amount.type as ValueType & { readonly kind: 'money' };
  if (isCurrencyCode(currency)) return word(currency, amount.span);
  const found = new Map<string, Expression>();
  walk(amount, (node) => {
    if (node.type.kind !== 'money' || node.type.currency !== currency) return;
    const naming = namingField(checking, node, world);
    if (naming) found.set(keyOf(naming), naming);
  });
  const [first, ...others] = found.values();
  if (first && others.length === 0) return first;
  const what = 'an amount of several rows';
  const help = 'convert the amount of each row before they are added up';
  checking.diagnostics.push(messages.notHere(amount.span, what, help));
  return undefined;
}

function namingField(checking: Checking, node: Expression, world: World): Expression | undefined {
  const { currency } = node.type as ValueType & { readonly kind: 'money' };
  const name = currency.split('.').at(-1)!;
  switch (node.kind) {
    case 'field': {
      if (world.kind !== 'row') return undefined;
      if (world.event.fields.has(currency))
        return { kind: 'field', name, type: TEXT, optional: false, span: node.span };
      const computed = world.event.computed.get(node.name)?.value;
      return computed && currencyOf(checking, computed, world);
    }
    case 'through':
      return { ...node, field: name, type: TEXT };
    case 'lookup':
      return { ...node, column: name, type: TEXT };
    default:
      return undefined;
  }
}

function word(text: string, span: Span): Expression {
  return { kind: 'constant', text, type: TEXT, optional: false, span };
}

/** A currency code, written as a bare word. */
function codeOf(checking: Checking, node: ast.Expression): string | undefined {
  const word = node.kind === 'name' ? node.name.text : undefined;
  if (word !== undefined && isCurrencyCode(word)) return word;
  checking.diagnostics.push(
    messages.badWord(node.span, 'a currency code', word ?? 'this', [checking.currency, 'EUR', 'USD']),
  );
  return undefined;
}

/** The table of exchange rates; that there is none is reported once. */
function exchangeTable(checking: Checking, span: Span): TableModel | undefined {
  if (checking.exchange === undefined) {
    const tables = [...checking.declared.tables.values()];
    checking.exchange = tables.find(isExchange) ?? 'none';
    // one that couldn't be read may be it
    const unclear = tables.some(({ fields }) => fields.some(({ type }) => type.kind === 'error'));
    if (checking.exchange === 'none' && !unclear) checking.diagnostics.push(rules.noExchangeRates(span));
  }
  return checking.exchange === 'none' ? undefined : checking.exchange;
}

function isExchange({ dated, keys, fields }: TableModel): boolean {
  const kindOf = (name: string) => fields.find((each) => each.name === name)?.type.kind;
  return (
    dated &&
    keys.includes('currency') &&
    keys.every((each) => each === 'currency' || each === 'into') &&
    kindOf('rate') === 'number'
  );
}

/**
 * `pays in person.currency at posting`: a code or a text of the person, and the table that converts; `undefined` after
 * reporting what is wrong.
 */
export function paysInModel(
  checking: Checking,
  paysIn: astRoles.PaysIn,
  world: World,
  perEvent: boolean,
): PaysIn | undefined {
  const { currency, atPosting, span } = paysIn;
  const isCode = currency.kind === 'name' && isCurrencyCode(currency.name.text);
  const checked = isCode ? word(currency.name.text, currency.span) : infer(checking, currency, world);
  if (isError(checked)) return undefined;
  const isText = ({ kind }: ValueType): boolean => kind === 'text' || kind === 'enumeration';
  if (!require(checking, checked, isText, 'a currency code')) return undefined;
  if (!requirePresent(checking, checked, 'the currency that is paid')) return undefined;
  if (atPosting && !perEvent) {
    const why = 'only a bonus per event has a day that posts it: leave it out';
    return void checking.diagnostics.push(messages.notHere(span, '`at posting`', why));
  }
  const table = exchangeTable(checking, span);
  if (!table) return undefined;
  if (!table.keys.includes('into')) {
    const why = `table \`${table.name}\` converts to ${checking.currency} only: give it a key \`into\``;
    return void checking.diagnostics.push(messages.notHere(span, '`pays in`', why));
  }
  return { table: table.name, currency: checked, atPosting };
}

// Two currencies meet only through `convert(amount, to RUB, at closed_on)`, which reads the dated table of exchange
// rates: the one whose text key is `currency` and which has a `rate`.

import type { Span } from '../base/source.ts';
import { isCurrencyCode } from '../base/unit.ts';
import type { Expression } from '../model/expression.ts';
import type { TableModel } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import { beyond, type Checking, isError, later, unknown, type World } from './context.ts';
import { infer, refuse, require } from './infer.ts';
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
  if (!needsExchange(checking, node.span)) return unknown(node.span);
  const type = { kind: 'money', currency: to } as const;
  return later(checking, `convert to ${to}`, { args: [amount, at], type, span: node.span });
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

/** Whether there is a table of exchange rates; that there is none is reported once. */
function needsExchange(checking: Checking, span: Span): boolean {
  if (checking.exchange === undefined) {
    const tables = [...checking.declared.tables.values()];
    checking.exchange = tables.find(isExchange) ?? 'none';
    // one that couldn't be read may be it
    const unclear = tables.some(({ fields }) => fields.some(({ type }) => type.kind === 'error'));
    if (checking.exchange === 'none' && !unclear) checking.diagnostics.push(rules.noExchangeRates(span));
  }
  return checking.exchange !== 'none';
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

/** `pays in person.currency at posting`: a code or a text of the person, and the table that converts. */
export function checkPaysIn(
  checking: Checking,
  paysIn: ast.PaysIn | undefined,
  world: World,
  perEvent: boolean,
): void {
  if (!paysIn) return;
  const { currency, atPosting, span } = paysIn;
  beyond(checking, '`pays in`', span);
  const isCode = currency.kind === 'name' && isCurrencyCode(currency.name.text);
  if (!isCode) {
    const checked = infer(checking, currency, world);
    if (isError(checked)) return;
    if (
      !require(checking, checked, ({ kind }) => kind === 'text' || kind === 'enumeration', 'a currency code')
    )
      return;
    if (!requirePresent(checking, checked, 'the currency that is paid')) return;
  }
  if (atPosting && !perEvent)
    checking.diagnostics.push(
      messages.notHere(span, '`at posting`', 'only a bonus per event has a day that posts it: leave it out'),
    );
  else needsExchange(checking, span);
}

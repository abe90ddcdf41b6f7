// The policy itself: its currency, time zone, period, effective dates and rounding, and what its output is grouped by.

import { parseDay } from '../base/date.ts';
import type { RoundingMode } from '../base/exact.ts';
import type { Source } from '../base/source.ts';
import { currencyDecimals, isCurrencyCode } from '../base/unit.ts';
import { isZone } from '../base/zone.ts';
import type { Model } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astData from '../syntax/ast-data.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import { textAttribute } from './brackets.ts';
import { constantText } from './constants.ts';
import type { Checking } from './context.ts';
import { namedGrain } from './fiscal.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';

type Head = Pick<Model, 'name' | 'title' | 'currency' | 'zone' | 'grain' | 'effective' | 'rounding'>;

/** What the policy says of itself; `undefined` when something that every policy needs is missing (which has been reported). */
export function policyHead(
  checking: Checking,
  policy: astPolicy.PolicyDeclaration | undefined,
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
    checking.diagnostics.push(
      messages.missingPart(policy.name.span, what, 'currency', {
        text: 'currency RUB',
        yaml: 'currency: RUB',
      }),
    );
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
      messages.missingPart(policy.name.span, what, 'time zone', {
        text: 'timezone "Europe/Moscow"',
        yaml: 'timezone: Europe/Moscow',
      }),
    );
  else if (!isZone(zone.text))
    checking.diagnostics.push(
      messages.badWord(zone.span, 'a time zone', zone.text, ['Europe/Moscow', 'UTC', 'America/New_York']),
    );
  if (!policy.period)
    checking.diagnostics.push(
      messages.missingPart(policy.name.span, what, 'period', { text: 'period month', yaml: 'period: month' }),
    );
  else namedGrain(checking, policy.period, { known: ['month', 'quarter', 'year', 'week', 'day'] });
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

function effective(checking: Checking, range: astData.DateRange | undefined): Model['effective'] {
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

export function groupings(
  checking: Checking,
  policy: astPolicy.PolicyDeclaration | undefined,
): readonly string[] {
  return (policy?.reports ?? []).flatMap((node) => {
    if (node.kind === 'member' && node.of.kind === 'name' && node.of.name.text === 'person') {
      means(checking, node.of.name, { kind: 'built-in' });
      return textAttribute(checking, node.name) ?? [];
    }
    checking.diagnostics.push(
      messages.wrongType(node.span, 'an attribute of the person, such as `person.office`', 'something else'),
    );
    return [];
  });
}

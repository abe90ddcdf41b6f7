// What a statement says of closed periods: why each is corrected, and what of that is taken when.

import { exact, sign } from '../base/exact.ts';
import type { AdjustedLine, AdjustmentCause } from '../model/ledger.ts';
import type { PayLine } from '../model/pay-lines.ts';
import { moneyText } from './format.ts';
import { visible } from './terminal-text.ts';

/** What a line for closed periods is, in a few words after its title; nothing of other lines. */
export function correctedText({ kind, period, due }: PayLine): string | undefined {
  switch (kind) {
    case 'adjustment':
      return `, correction of ${visible(period)}`;
    case 'offset':
      return `, earned in ${visible(period)} and due in ${visible(due ?? '')}`;
    case 'owed':
    case 'carried':
      return '';
    default:
      return undefined;
  }
}

/** Where an adjustment comes from: what differs in its cause, and the lines that it moves. */
export function adjustmentText({ cause, lines = [] }: PayLine, currency: string): readonly string[] {
  return [...(cause ? causeText(cause) : []), ...lines.map((each) => movedText(each, currency))];
}

/** What an offset does in its period: it spares pay now, or takes from what has become due. */
export function offsetText({ amount }: PayLine): string {
  return sign(exact(amount)) > 0
    ? 'not taken from pay now, but from this part when it is due'
    : 'taken from this part, as earlier periods left for it';
}

function causeText(cause: AdjustmentCause): readonly string[] {
  switch (cause.kind) {
    case 'row':
      return cause.change === 'changed' ? cause.fields.map(fieldText) : [];
    case 'policy':
      return cause.declaration === undefined ? [] : [`by policy ${visible(cause.policy)}`];
    case 'engine':
      return [`${visible(cause.before)} before, ${visible(cause.after)} now`];
    case 'together':
      return cause.causes.flatMap(causeText);
    case 'rows':
    case 'reach':
      return [];
    default:
      return cause satisfies never;
  }
}

type Field = Extract<AdjustmentCause, { kind: 'row' }>['fields'][number];

function fieldText({ field, before, after }: Field): string {
  const says = (text: string | undefined): string => (text === undefined ? 'empty' : visible(text));
  return `${visible(field)}: ${says(before)} before, ${says(after)} now`;
}

function movedText({ name, role, over, amount }: AdjustedLine, currency: string): string {
  const whose = role === undefined ? '' : ` (${visible(role)})`;
  const time = over === undefined ? '' : `, worked out over ${visible(over)}`;
  return `${visible(name)}${whose}${time}: ${moneyText(amount, currency)}`;
}

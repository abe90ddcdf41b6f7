// What frees a bonus per event: `payable as payment.amount of amount`, rows of another event that refer to its own.

import { comparable, typeInWords } from '../library/types.ts';
import type { Bonus } from '../model/pay.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { type Checking, type EventScope, isError, NOTHING_KNOWN, type RowWorld, textOf } from './context.ts';
import { describe, infer, require } from './infer.ts';
import { hasUnreadField } from './look-backs.ts';
import * as messages from './messages.ts';
import { missingPart } from './missing.ts';

/** `payable as payment.amount of amount`: rows of another event that refers to the bonus's, and what they are a part of. */
export function payableModel(
  checking: Checking,
  { value, of, span }: NonNullable<astRoles.Bonus['payableAs']>,
  event: EventScope | undefined,
): Bonus['payableAs'] {
  if (!event) {
    const why = {
      text: 'only a bonus per event is freed by payments: `bonus b per deal = …`',
      yaml: 'only a bonus per event is freed by payments, such as one with `per: deal`',
    };
    checking.diagnostics.push(messages.notHere(span, '`payable`', why));
    return undefined;
  }
  const own = event.declaration.name.text;
  const name = value.kind === 'member' && value.of.kind === 'name' ? value.of.name : undefined;
  const other = checking.declared.events.get(name?.text ?? '');
  if (!other) {
    checking.diagnostics.push(
      messages.unknownName(name?.span ?? value.span, 'event', name?.text ?? textOf(checking, value.span), [
        ...checking.declared.events.keys(),
      ]),
    );
    return undefined;
  }
  const [reference, second] = [...other.fields.values()].filter((each) => each.references === own);
  if (second)
    checking.diagnostics.push(messages.twice(second.span, `the reference to \`${own}\``, reference!.span));
  if (!reference && !hasUnreadField(other))
    checking.diagnostics.push(
      messages.missingPart(
        other.declaration.name.span,
        `event \`${other.declaration.name.text}\``,
        `field that refers to \`${own}\``,
        `${own}: ${own}`,
      ),
    );
  const row = (each: EventScope): RowWorld => ({
    kind: 'row',
    event: each,
    place: 'look-back',
    known: NOTHING_KNOWN,
  });
  const paid = infer(checking, value, row(other));
  const whole = infer(checking, of, row(event));
  if (isError(paid) || isError(whole)) return undefined;
  if (!require(checking, paid, ({ kind }) => kind === 'money' || kind === 'number', 'an amount of money'))
    return undefined;
  if (!comparable(paid.type, whole.type))
    checking.diagnostics.push(
      messages.wrongType(whole.span, typeInWords(paid.type), describe(whole), [
        { span: paid.span, message: `because ${describe(paid)} is paid` },
      ]),
    );
  for (const each of [paid, whole]) {
    const part = missingPart(each);
    if (each.optional)
      checking.diagnostics.push(messages.cellMayBeMissing(part.span, 'payable', textOf(checking, part.span)));
  }
  return (
    reference && { event: other.declaration.name.text, reference: reference.name, value: paid, of: whole }
  );
}

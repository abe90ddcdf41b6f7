// What is asked for among closed periods, and isn't there: a period, or a person's statement.

import type { Checked } from '../base/diagnostic.ts';
import { suggestion } from '../base/suggest.ts';
import type { CloseBody, LedgerRecord } from '../model/ledger.ts';
import type { Statement } from '../model/result.ts';
import { peopleIn } from './history.ts';
import * as messages from './messages.ts';
import { closesOf } from './records.ts';

/** The close of a period. */
export function closeOf(
  records: readonly LedgerRecord[],
  period: string,
): Checked<LedgerRecord<CloseBody> | undefined> {
  const closes = closesOf(records);
  const found = closes.find(({ body }) => body.period === period);
  const ids = closes.map(({ body }) => body.period);
  return { value: found, diagnostics: found ? [] : [messages.notClosed(period, ids)] };
}

/** A person's statement of a closed period, and its close. */
export function closedStatement(
  records: readonly LedgerRecord[],
  { person, period }: { readonly person: string; readonly period: string },
): Checked<{ readonly close: LedgerRecord<CloseBody>; readonly statement: Statement } | undefined> {
  const { value: close, diagnostics } = closeOf(records, period);
  if (!close) return { value: undefined, diagnostics };
  const statement = close.body.result.statements.find((each) => each.person === person);
  if (statement) return { value: { close, statement }, diagnostics: [] };
  const known = suggestion(person, peopleIn(records, period));
  return { value: undefined, diagnostics: [messages.noStatement(person, period, known)] };
}

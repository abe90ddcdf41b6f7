// Closed periods as text: what a close or an approval wrote, a person's history, adjustments with their causes, and what
// `merit verify` found.

import { add, exact, exactText, isZero, ZERO } from '../base/exact.ts';
import type {
  BookedAdjustment,
  History,
  HistoryPeriod,
  OpenAdjustments,
  Verification,
  VerifiedClose,
  VerifiedRow,
} from '../model/history.ts';
import type { AdjustmentCause, ApprovalBody, CloseBody, LedgerRecord } from '../model/ledger.ts';
import { count } from './backtest-text.ts';
import { type Column, columnsText, WIDTH } from './columns.ts';
import { amountText, moneyText } from './format.ts';
import { sumText } from './role-table.ts';
import { visible } from './terminal-text.ts';

/** What was written of a period: that it is closed, or that its draft is approved. */
export function writtenText(
  { by, at, number, hash, body }: LedgerRecord<CloseBody | ApprovalBody>,
  { result, file }: { readonly result: CloseBody['result']; readonly file: string },
): string {
  const { currency } = result.policy;
  const what = body.kind === 'close' ? 'is closed' : 'is approved as it would be closed now';
  const statements = count(result.statements.length, 'statement');
  const pay = sumText(
    result.statements.map((each) => each.pay),
    currency,
  );
  const adjusted = result.statements.flatMap(({ lines = [] }) =>
    lines.filter(({ kind }) => kind === 'adjustment'),
  );
  const sum = adjusted.map(({ amount }) => amount);
  return lines([
    `${visible(body.period)} ${what}: ${statements}, ${pay} ${visible(currency)}, by ${visible(by)} at ${visible(at)}.`,
    ...(adjusted.length === 0
      ? []
      : [
          `${count(adjusted.length, 'adjustment')} of earlier periods ${adjusted.length === 1 ? 'comes' : 'come'} to ${signed(sumText(sum, currency))} ${visible(currency)} of it.`,
        ]),
    `Record ${number} of ${visible(file)}: ${hash}`,
  ]);
}

/** The same as plain data. */
export function writtenRecord(
  { by, at, number, hash, body }: LedgerRecord<CloseBody | ApprovalBody>,
  result: CloseBody['result'],
): object {
  const { kind, policy, period, fingerprint } = body;
  return {
    formatVersion: 1,
    kind,
    policy,
    period,
    by,
    at,
    number,
    hash,
    people: result.statements.length,
    currency: result.policy.currency,
    pay: exactText(result.statements.reduce((sum, each) => add(sum, exact(each.pay)), ZERO)),
    fingerprint,
  };
}

/** What was written of a statement. */
export function remarkText({ by, at, number, body }: LedgerRecord, file: string): string {
  const person = 'person' in body ? body.person : '';
  const what = body.kind === 'comment' ? 'A comment on' : 'An acknowledgement of';
  return lines([
    `${what} the statement of ${visible(person)} for ${visible(body.period)} is kept, by ${visible(by)} at ${visible(at)}.`,
    `Record ${number} of ${visible(file)}.`,
  ]);
}

/** A person over all closed periods. */
export function historyText(history: History, width: number = WIDTH): string {
  const { person, name, currency, periods, owed } = history;
  const money = (text: string | undefined): string => (text === undefined ? '' : amountText(text, currency));
  const has = (of: (period: HistoryPeriod) => unknown): boolean => periods.some((each) => of(each));
  const columns: readonly (Column & { readonly cell: (period: HistoryPeriod) => string })[] = [
    { heading: 'Period', align: 'left', cell: ({ period }) => visible(period) },
    { heading: 'Roles', align: 'left', cell: ({ roles }) => visible([...new Set(roles)].join(', ')) },
    { heading: 'Earned', align: 'right', cell: ({ earned }) => money(earned) },
    { heading: 'Payable', align: 'right', cell: ({ payable }) => money(payable) },
    ...(has(({ adjusted }) => adjusted)
      ? [
          {
            heading: 'For earlier periods',
            align: 'right' as const,
            cell: ({ adjusted }: HistoryPeriod) => signed(money(adjusted)),
          },
        ]
      : []),
    { heading: 'Paid', align: 'right', cell: ({ paid }) => money(paid) },
    ...(has(({ corrected }) => corrected)
      ? [
          {
            heading: 'Corrected later',
            align: 'right' as const,
            cell: ({ corrected }: HistoryPeriod) => signed(money(corrected)),
          },
        ]
      : []),
  ];
  const table = columnsText(
    columns,
    periods.map((period) => columns.map(({ cell }) => cell(period))),
    { width },
  );
  const beside = periods.flatMap((period) => besideOf(period, currency));
  const debt = owed === undefined ? [] : [`Still owed: ${moneyText(owed, currency)}`];
  return blocks([
    `${visible(name)} (${visible(person)}), ${visible(currency)}`,
    table,
    beside.join('\n'),
    debt.join('\n'),
  ]);
}

/** What stands beside a period's amounts, each on a line. */
function besideOf(period: HistoryPeriod, currency: string): readonly string[] {
  const { balances, due, points, won, kept, levels, comments, acknowledged, closed } = period;
  const BALANCES = { draw: 'owed of draws', excess: 'kept for later', owed: 'owed of closed periods' };
  const told = [
    ...balances
      .filter(({ before, after }) => !(isZero(exact(before)) && isZero(exact(after))))
      .map(({ kind, before, after }) => {
        return `${BALANCES[kind]}: ${amountText(before, currency)} before, ${amountText(after, currency)} after`;
      }),
    ...due.map(
      ({ name, title, amount, period: when }) =>
        `due in ${visible(when)}: ${amountText(amount, currency)} of ${visible(title ?? name)}`,
    ),
    ...(points ? [`points: ${points.gained} gained, ${points.balance} in all`] : []),
    ...won.map((award) => `award: ${visible(award)}`),
    ...kept.map(({ kind, name }) => `${kind}: ${visible(name)}`),
    ...levels.map((level) => `level reached: ${visible(level)}`),
    ...comments.map(({ by, at, text }) => `${visible(by)} at ${visible(at)}: ${visible(text)}`),
    ...acknowledged.map(({ by, at }) => `seen by ${visible(by)} at ${visible(at)}`),
  ];
  return [
    `${visible(period.period)}, by ${visible(period.policy)}, closed by ${visible(closed.by)} at ${visible(closed.at)}`,
    ...told.map((each) => `  ${each}`),
  ];
}

/** Adjustments of a period, by person. */
export function adjustmentsText(found: OpenAdjustments, width: number = WIDTH): string {
  const { period, closed, currency, adjustments, owed, total } = found;
  const where = closed
    ? `Adjustments that were booked in ${visible(period)}`
    : `Adjustments that ${visible(period)} would book as the data is now`;
  const none = `${where}: none.`;
  const columns: readonly Column[] = [
    { heading: 'Person', align: 'left' },
    { heading: 'For', align: 'left' },
    { heading: 'Cause', align: 'left' },
    { heading: currency, align: 'right' },
  ];
  const row = ({ person, period: of, text, cause, amount }: BookedAdjustment): readonly string[] => [
    visible(person),
    visible(of),
    causeText(text, cause),
    signed(amountText(amount, currency)),
  ];
  const table = columnsText(columns, adjustments.map(row), {
    width,
    total: ['All', '', '', signed(amountText(total, currency))],
  });
  const owing = owed.map(
    ({ person, name, before, after }) =>
      `${visible(name)} (${visible(person)}) owed ${moneyText(before, currency)} before ${visible(period)}, and owes ${moneyText(after, currency)} after it.`,
  );
  return blocks([adjustments.length === 0 ? none : `${where}\n\n${table}`, owing.join('\n')]);
}

/** What `merit verify` found, but for what is wrong, which diagnostics tell. */
export function verificationText(found: Verification, width: number = WIDTH): string {
  const { records, head, closes } = found;
  const columns: readonly Column[] = [
    { heading: 'Period', align: 'left' },
    { heading: 'Policy', align: 'left' },
    { heading: 'Closed by', align: 'left' },
    { heading: 'At', align: 'left' },
    { heading: 'Statements', align: 'right' },
    { heading: 'Paid', align: 'right' },
    ...(found.data ? [{ heading: 'Worked out again', align: 'left' } as const] : []),
  ];
  const rows = closes.map((each) => [
    visible(each.period),
    visible(each.policy),
    visible(each.by),
    visible(each.at),
    String(each.statements),
    moneyText(each.pay, each.currency),
    ...(found.data ? [againText(each)] : []),
  ]);
  return blocks([
    `${count(records, 'record')}, ${count(closes.length, 'closed period')}${head === null ? '' : `; the last record is ${head}`}`,
    closes.length === 0 ? '' : columnsText(columns, rows, { width }),
    ...closes.map(differencesText),
  ]);
}

function againText({ again }: VerifiedClose): string {
  if (again === undefined) return '';
  return again.lines.length === 0 ? 'the same' : count(again.lines.length, 'line differs', 'lines differ');
}

function differencesText({ period, again, currency }: VerifiedClose): string {
  if (again === undefined || (again.lines.length === 0 && again.rows.length === 0)) return '';
  const { lines: amounts, rows, moreRows } = again;
  return [
    `${visible(period)}${rows.length === 0 ? '' : ', and what has changed in its data since its close'}:`,
    ...amounts.map(
      ({ person, role, kind, name, closed, now }) =>
        `  ${visible(person)}, ${role === undefined ? '' : `${visible(role)}, `}${kind} ${visible(name)}: ${amountText(closed, currency)} booked, ${amountText(now, currency)} now`,
    ),
    ...rows.map((each) => `  ${changeText(each)}`),
    ...(moreRows > 0 ? [`  and ${count(moreRows, 'more row')} since its close`] : []),
  ].join('\n');
}

/** `deal D-17 changed: amount 100 -> 200`. */
function changeText({ change, source, key, fields }: VerifiedRow): string {
  const told = change === 'changed' ? `: ${fieldsText(fields)}` : '';
  return `${visible(source)} ${visible(key)} ${change}${told}`;
}

/** The cause in short; of a changed row what stands in it, of a changed rate by which version. */
function causeText(text: string, cause: AdjustmentCause | undefined): string {
  if (cause?.kind === 'policy') return `${visible(text)}: reopened by ${visible(cause.policy)}`;
  const isChange = cause?.kind === 'row' && cause.change === 'changed' && cause.fields.length > 0;
  return isChange ? `${visible(text)}: ${fieldsText(cause.fields)}` : visible(text);
}

function fieldsText(fields: VerifiedRow['fields']): string {
  return fields
    .map(({ field, before = 'nothing', after = 'nothing' }) => {
      return `${visible(field)} ${visible(before)} -> ${visible(after)}`;
    })
    .join(', ');
}

function signed(text: string): string {
  return text === '' || text.startsWith('-') || text.startsWith('−') || /^[0.,\s]*$/.test(text)
    ? text
    : `+${text}`;
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}

function blocks(texts: readonly string[]): string {
  return `${texts.filter((each) => each !== '').join('\n\n')}\n`;
}

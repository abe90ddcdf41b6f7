// What the line of the policy under the cursor paid: whom, how much, and in all.

import { useSignal } from '@preact/signals';
import {
  type FigureValue,
  figureIn,
  type LineTelling,
  money,
  type Result,
  visible,
  WORDS,
} from '../../../src/browser-figures.ts';
import { showInPolicy } from '../app/actions.ts';
import { locale } from '../app/state.ts';
import { Status } from './measured.tsx';
import type { PaidBy } from './paid-by.ts';
import type { PaidRow } from './paid-row.ts';
import { lineLabel, type PolicyLine } from './policy-lines.ts';
import { Sentence } from './sentence.tsx';
import { paidAtCursor, showPerson, view } from './state.ts';
import { tell } from './words.ts';

/** What the line came to, in one sentence. */
export function paidSentence(paid: PaidBy, period: string, telling: LineTelling): string {
  const count = paid.people;
  if (paid.rows.length === 0) return tell('paid.nothing', { period });
  const total = money(telling, paid.total ?? '0');
  switch (paid.says) {
    case 'paid':
      return tell('paid.paid', { period, total, count });
    case 'worked out':
      return tell('paid.worked', { period, total, count });
    case 'kept back':
      return tell('paid.kept', { period, total, count });
    case 'measured':
      return tell('paid.measured', { period, count });
    default:
      return paid.says satisfies never;
  }
}

/** One row that says what the line under the cursor paid, and opens the rest. */
export function PaidStrip({ result, period }: { readonly result: Result; readonly period: string }) {
  if (view.value === 'paid' || !paidAtCursor.value) return null;
  const { line, paid } = paidAtCursor.value;
  const telling: LineTelling = { language: locale.value, currency: result.policy.currency };
  return (
    <button
      type="button"
      class="rs-strip"
      onClick={() => {
        view.value = 'paid';
      }}
    >
      <span class="rs-strip-line">
        {tell(`kind.${line.kind}`)} <code>{lineLabel(line)}</code>
      </span>
      <span>{paidSentence(paid, period, telling)} →</span>
    </button>
  );
}

/** How many rows are listed at first. */
const FEW = 100;

/** All that the line under the cursor paid. */
export function PaidView({ result, period }: { readonly result: Result; readonly period: string }) {
  if (!paidAtCursor.value) return <p class="view-empty">{tell('paid.choose')}</p>;
  const { line, paid } = paidAtCursor.value;
  const telling: LineTelling = { language: locale.value, currency: result.policy.currency };
  return (
    <section class="rs-paid" aria-label={tell('view.paid')}>
      <h3>
        {tell(`kind.${line.kind}`)}: {visible(line.title ?? lineLabel(line))}
      </h3>
      <p>
        <button type="button" class="rs-link" onClick={() => showInPolicy(line.span)}>
          <Sentence text={`\`${visible(line.text)}\``} />
        </button>
      </p>
      <p class="rs-strong">{paidSentence(paid, period, telling)}</p>
      {paid.rows.length > 0 && (
        <PaidTable key={`${line.kind} ${line.span.start}`} line={line} paid={paid} telling={telling} />
      )}
    </section>
  );
}

function PaidTable({
  line,
  paid,
  telling,
}: {
  readonly line: PolicyLine;
  readonly paid: PaidBy;
  readonly telling: LineTelling;
}) {
  const most = useSignal(FEW);
  const { rows } = paid;
  const figure = (value: FigureValue | 'top'): string => figureIn(telling.language, value);
  const has = (test: (row: PaidRow) => unknown): boolean => rows.some((each) => test(each) !== undefined);
  const [values, besides, amounts, ofs, notes] = [
    has((each) => each.value),
    has((each) => each.beside),
    has((each) => each.amount),
    has((each) => each.of),
    has((each) => each.note ?? each.status),
  ];
  return (
    <>
      <div class="rs-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{tell('column.name')}</th>
              <th scope="col">{tell('column.role')}</th>
              {ofs && <th scope="col">{tell('paid.of')}</th>}
              {values && (
                <th scope="col" class="view-right">
                  {valueHead(line)}
                </th>
              )}
              {besides && (
                <th scope="col" class="view-right">
                  {besideHead(line)}
                </th>
              )}
              {amounts && (
                <th scope="col" class="view-right">
                  {tell('paid.amount')}
                </th>
              )}
              {notes && <th scope="col">{tell('paid.note')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most.value).map((row, at) => (
              <tr key={`${row.person} ${row.role ?? ''} ${row.of ?? ''} ${at}`}>
                <th scope="row">
                  <button type="button" class="rs-link" onClick={() => showPerson(row.person)}>
                    {visible(row.name)}
                  </button>
                </th>
                <td>{visible(row.role ?? '')}</td>
                {ofs && <td>{row.of === undefined ? '' : ofText(row, telling)}</td>}
                {values && <td class="view-right">{row.value && figure(row.value)}</td>}
                {besides && <td class="view-right">{row.beside && figure(row.beside)}</td>}
                {amounts && (
                  <td class="view-right">{row.amount === undefined ? '' : money(telling, row.amount)}</td>
                )}
                {notes && (
                  <td>
                    {row.status && <Status status={row.status} />}
                    {row.note && tell(`note.${row.note}`)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > most.value && (
        <button
          type="button"
          class="view-button"
          onClick={() => {
            most.value = rows.length;
          }}
        >
          {tell('paid.more', { count: rows.length })}
        </button>
      )}
    </>
  );
}

function ofText({ of = '' }: PaidRow, { language }: LineTelling): string {
  const kinds: Readonly<Record<string, string>> = WORDS[language].prizeKinds;
  return kinds[of] ?? visible(of);
}

function valueHead({ kind }: PolicyLine): string {
  if (kind === 'target') return tell('paid.value.target');
  if (kind === 'kpi') return tell('paid.value.kpi');
  return kind === 'tier' ? tell('paid.value.tier') : tell('paid.value');
}

function besideHead({ kind }: PolicyLine): string {
  switch (kind) {
    case 'kpi':
      return tell('paid.beside.kpi');
    case 'target':
      return tell('paid.beside.target');
    case 'score line':
      return tell('paid.beside.points');
    case 'tier':
      return tell('paid.beside.rate');
    default:
      return tell('paid.beside.score');
  }
}

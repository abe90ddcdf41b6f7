// An explanation as a tree that opens step by step. What is opened is marked: the lines of the policy that it came from, and
// the rows of the data.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Explanation, notesOf, type Told, type ToldRows, toldOf } from '../../../src/browser-figures.ts';
import { showInPolicy, showPane } from '../app/actions.ts';
import { locale, markedRows, marks, policy, result } from '../app/state.ts';
import { goToRow } from '../data/data-state.ts';
import { ask } from '../worker/client.ts';
import { useAnswer } from './answer.ts';
import { Messages } from './messages.tsx';
import { MovedByRow } from './moved.tsx';
import { spanOfPlace, spansOf } from './places.ts';
import { Sentence, Sentences } from './sentence.tsx';
import { tell } from './words.ts';

/** What is to be explained: `pay`, a bonus or award, or an expression of a person in a period. */
export interface Asked {
  readonly person: string;
  readonly period: string;
  readonly what: string;
}

/** A button that opens the explanation of something below it. */
export function Explained({ asked, label }: { readonly asked: Asked; readonly label: string }) {
  const open = useSignal(false);
  return (
    <div class="rs-explained">
      <button
        type="button"
        class="view-button"
        aria-expanded={open.value}
        aria-label={tell('line.explainLabel', { what: label })}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {open.value ? '▾' : '▸'} {tell('line.explain')}
      </button>
      {open.value && <ExplanationOf asked={asked} />}
    </div>
  );
}

/** The explanation, asked of the worker; asked again after each run. */
export function ExplanationOf({ asked }: { readonly asked: Asked }) {
  const { person, period, what } = asked;
  const ran = result.value;
  const answer = useAnswer(
    (signal) =>
      ask(
        'results.explain',
        { person, period, what, allowRejects: ran?.rejectsAllowed ?? false },
        { signal, keep: 'each' },
      ),
    [person, period, what, ran],
  );
  if (answer === 'waiting') return <p class="view-note">{tell('explain.wait')}</p>;
  if (!('value' in answer) || !answer.value)
    return <Messages lead={tell('explain.failed')} diagnostics={answer.diagnostics} />;
  return <ExplanationTree explanation={answer.value} />;
}

/** The steps of an explanation. */
export function ExplanationTree({ explanation }: { readonly explanation: Explanation }) {
  const told = toldOf(explanation, locale.value);
  // opened by hand, all steps are
  const all = useSignal<boolean | undefined>(undefined);
  useEffect(() => {
    if (told[0]) mark(told[0]);
    // what was marked for a tree that isn't there any more
    return () => {
      marks.value = [];
      markedRows.value = [];
    };
  }, [explanation]);
  return (
    <section class="rs-tree" aria-label={tell('explain.title')}>
      <p class="view-note rs-tree-head">
        <span>{tell('explain.hint')}</span>
        <button
          type="button"
          class="view-button"
          onClick={() => {
            all.value = all.value !== true;
          }}
        >
          {all.value ? tell('explain.closeAll') : tell('explain.openAll')}
        </button>
      </p>
      {notesOf(explanation, locale.value).map((each) => (
        <p key={each} class="rs-warn">
          {each}
        </p>
      ))}
      {told.map((each, at) => (
        <StepView
          key={`${at} ${all.value}`}
          told={each}
          period={explanation.period}
          open={at === 0 || all.value === true}
          inner={all.value === true}
        />
      ))}
    </section>
  );
}

/** One step: its label and value, and inside how it came about. */
function StepView({
  told,
  period,
  open,
  inner = false,
}: {
  readonly told: Told;
  readonly period: string;
  readonly open: boolean;
  readonly inner?: boolean;
}) {
  const isOpen = useSignal(open);
  const { label, value, place, at, how, rows, would, parts } = told;
  const hasMore =
    how.length > 0 || rows !== undefined || would.length > 0 || parts.length > 0 || place !== undefined;
  const head = (
    <>
      <span class="rs-step-label">
        <Sentence text={label} />
      </span>
      <span class="rs-step-value">{value}</span>
    </>
  );
  if (!hasMore) return <div class="rs-step rs-leaf">{head}</div>;
  return (
    <details
      class="rs-step"
      open={isOpen.value}
      onToggle={(event) => {
        const now = event.currentTarget.open;
        // one that is open from the beginning marks nothing
        if (now && !isOpen.value) mark(told);
        isOpen.value = now;
      }}
    >
      <summary>{head}</summary>
      {isOpen.value && (
        <div class="rs-inside">
          <div class="rs-said">
            <Sentences texts={how} />
            {place !== undefined && at && (
              <button
                type="button"
                class="rs-link"
                aria-label={tell('explain.place', { place })}
                onClick={() => show(told)}
              >
                {place}
              </button>
            )}
          </div>
          {rows && <RowsView rows={rows} period={period} />}
          {would.length > 0 && (
            <div class="rs-would">
              <strong>{tell('explain.would')}</strong>
              <Sentences texts={would} />
            </div>
          )}
          {parts.map((each, index) => (
            <StepView key={index} told={each} period={period} open={inner} inner={inner} />
          ))}
        </div>
      )}
    </details>
  );
}

/** Marks where a step came from: its own line, those of its parts, and its rows. */
function mark({ at, parts, rows, row }: Told): void {
  marks.value = spansOf(policy.value, [at, ...parts.map((each) => each.at)]);
  markedRows.value = rows
    ? [{ name: rows.event, rows: rows.numbers }]
    : row
      ? [{ name: row.event, rows: [row.row] }]
      : [];
}

function show(told: Told): void {
  mark(told);
  const span = told.at && spanOfPlace(policy.value, told.at);
  if (span) showInPolicy(span);
}

/** The rows that a step counts, and the way to them in the data. */
function RowsView({ rows, period }: { readonly rows: ToldRows; readonly period: string }) {
  const asked = useSignal<string | undefined>(undefined);
  const { event, numbers, columns, cells, rest } = rows;
  return (
    <div class="rs-rows">
      <div class="rs-scroll">
        <table>
          <caption>{tell('explain.rows', { event })}</caption>
          <thead>
            <tr>
              {columns.map(({ heading, align }) => (
                <th key={heading} scope="col" class={align === 'right' ? 'view-right' : ''}>
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((row, at) => (
              <tr key={`${numbers[at]} ${row[0]}`}>
                {row.map((cell, index) => (
                  <td key={index} class={columns[index]?.align === 'right' ? 'view-right' : ''}>
                    {index === 0 ? (
                      <button
                        type="button"
                        class="rs-link"
                        title={tell('explain.moved', { key: cell })}
                        aria-label={tell('explain.moved', { key: cell })}
                        onClick={() => {
                          asked.value = asked.value === cell ? undefined : cell;
                        }}
                      >
                        {cell}
                      </button>
                    ) : (
                      cell
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest !== undefined && <p class="view-note">{rest}</p>}
      <button
        type="button"
        class="view-button"
        aria-label={tell('explain.showRowsLabel', { event })}
        onClick={() => {
          markedRows.value = [{ name: event, rows: numbers }];
          if (numbers[0] === undefined) showPane('data');
          else goToRow(event, numbers[0]);
        }}
      >
        {tell('explain.showRows')}
      </button>
      {asked.value !== undefined && (
        <MovedByRow
          row={{ event, key: asked.value, period }}
          onClose={() => {
            asked.value = undefined;
          }}
        />
      )}
    </div>
  );
}

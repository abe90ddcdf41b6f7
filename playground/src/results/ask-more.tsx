// What a person may ask beside a statement: how it goes, what an amount would take, and the explanation of any value.

import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { feedbackText, seekText } from '../../../src/browser-figures.ts';
import { locale, result } from '../app/state.ts';
import { ask } from '../worker/client.ts';
import { useAnswer } from './answer.ts';
import { ExplanationOf } from './explanation.tsx';
import { Messages } from './messages.tsx';
import { Sentence } from './sentence.tsx';
import { amountText } from './typed-amount.ts';
import { tell } from './words.ts';

interface Whose {
  readonly person: string;
  readonly period: string;
}

/** No line of a text is broken: the page does that. */
const WIDE = 100_000;

/** The questions. */
export function AskMore({ whose }: { readonly whose: Whose }) {
  return (
    <section class="rs-ask">
      <Feedback whose={whose} />
      <Seek whose={whose} />
      <ExplainAny whose={whose} />
    </section>
  );
}

function Feedback({ whose }: { readonly whose: Whose }) {
  const open = useSignal(false);
  return (
    <details
      class="rs-events"
      open={open.value}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>{tell('feedback.title')}</summary>
      {open.value && <FeedbackAnswer whose={whose} />}
    </details>
  );
}

function FeedbackAnswer({ whose: { person, period } }: { readonly whose: Whose }) {
  const ran = result.value;
  const allowRejects = ran?.rejectsAllowed ?? false;
  const answer = useAnswer(
    (signal) =>
      ask('results.feedback', { person, period, allowRejects }, { signal, keep: 'each', lane: 'long' }),
    [person, period, ran],
  );
  if (answer === 'waiting') return <p class="view-note">{tell('seek.wait')}</p>;
  if (!answer.value) return <Messages lead={tell('explain.failed')} diagnostics={answer.diagnostics} />;
  return <TextBlocks text={feedbackText(answer.value, { language: locale.value, width: WIDE })} />;
}

/** An input for an amount, and the answer below it. */
function Seek({ whose }: { readonly whose: Whose }) {
  const id = useId();
  const typed = useSignal('');
  const asked = useSignal<{ readonly reach?: string } | undefined>(undefined);
  return (
    <details class="rs-events">
      <summary>{tell('seek.title')}</summary>
      <form
        class="rs-form"
        onSubmit={(event) => {
          event.preventDefault();
          const reach = typed.value.trim();
          asked.value = reach === '' ? {} : { reach };
        }}
      >
        <label for={id}>{tell('seek.reach')}</label>
        <input
          id={id}
          type="text"
          value={typed.value}
          placeholder={tell('seek.reachHint')}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="view-button">
          {tell('seek.go')}
        </button>
        <button
          type="button"
          class="view-button"
          onClick={() => {
            asked.value = {};
          }}
        >
          {tell('seek.next')}
        </button>
      </form>
      {asked.value && <SeekAnswer whose={whose} {...asked.value} />}
    </details>
  );
}

function SeekAnswer({
  whose: { person, period },
  reach,
}: {
  readonly whose: Whose;
  readonly reach?: string;
}) {
  const ran = result.value;
  const allowRejects = ran?.rejectsAllowed ?? false;
  const amount = reach === undefined ? undefined : amountText(reach);
  const answer = useAnswer(
    (signal) =>
      ask(
        'results.seek',
        { person, period, allowRejects, ...(amount === undefined ? {} : { reach: amount }) },
        { signal, keep: 'each', lane: 'long' },
      ),
    [person, period, amount, ran],
  );
  if (answer === 'waiting') return <p class="view-note">{tell('seek.wait')}</p>;
  if (!answer.value) return <Messages lead={tell('explain.failed')} diagnostics={answer.diagnostics} />;
  return <TextBlocks text={seekText(answer.value, { language: locale.value, width: WIDE })} />;
}

/** Blocks of lines: what is moved in stands below what isn't. */
function TextBlocks({ text }: { readonly text: string }) {
  const blocks = text.trimEnd().split('\n\n');
  return (
    <div class="rs-blocks">
      {blocks.map((block) => {
        const lines = block.split('\n');
        return (
          <div key={block}>
            {lines.map((line, at) => (
              <p
                key={line}
                class={isInside(line) ? 'rs-indented' : isInside(lines[at + 1]) ? 'rs-strong' : ''}
              >
                <Sentence text={line.trim()} />
              </p>
            ))}
          </div>
        );
      })}
    </div>
  );
}

function isInside(line: string | undefined): boolean {
  return line !== undefined && /^\s/.test(line);
}

/** Any value of the person's period, explained. */
function ExplainAny({ whose }: { readonly whose: Whose }) {
  const id = useId();
  const typed = useSignal('');
  const asked = useSignal<string | undefined>(undefined);
  return (
    <details class="rs-events">
      <summary>{tell('explain.ask')}</summary>
      <form
        class="rs-form"
        onSubmit={(event) => {
          event.preventDefault();
          const what = typed.value.trim();
          asked.value = what === '' ? undefined : what;
        }}
      >
        <label for={id} class="hidden">
          {tell('explain.ask')}
        </label>
        <input
          id={id}
          type="text"
          class="rs-code"
          spellcheck={false}
          value={typed.value}
          placeholder={tell('explain.askHint')}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
        <button type="submit" class="view-button">
          {tell('explain.go')}
        </button>
      </form>
      {asked.value !== undefined && <ExplanationOf asked={{ ...whose, what: asked.value }} />}
    </details>
  );
}

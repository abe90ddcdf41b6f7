// What the changes move: who gains and who loses, the total, and by line, role and period.

import { useState } from 'preact/hooks';
import { pixelOf, signOfText } from '../../../src/browser-figures.ts';
import type { Delta, DiffFigures, PersonDelta, PolicyDiff } from '../../../src/browser-questions.ts';
import { locale } from '../app/state.ts';
import { bareDelta, bareText, movedSentence, movers, relativeText } from './change-words.ts';
import { PersonDetails } from './person-details.tsx';
import { say } from './words.ts';

interface Shown {
  readonly diff: PolicyDiff;
  readonly figures: DiffFigures;
}

/** How many people are listed at first. */
const MOST_SHOWN = 100;

export function Figures({ diff, figures }: Shown) {
  const { total, byPeriod, byRole, byLine } = figures;
  const lines = byLine.filter(({ delta }) => delta !== '0');
  return (
    <>
      <p class="moved-sum">
        <strong>{movedSentence(figures)}</strong>
      </p>
      <Amounts
        caption={say('total')}
        heading={say('period')}
        figures={figures}
        rows={[
          { name: periodsText(figures), amounts: total },
          ...(byPeriod.length > 1 ? byPeriod.map((each) => ({ name: each.period, amounts: each })) : []),
        ]}
      />
      <People diff={diff} figures={figures} />
      {lines.length > 0 && (
        <details>
          <summary>{say('lines')}</summary>
          <Amounts
            caption={say('lines')}
            heading={say('line')}
            figures={figures}
            rows={lines.map((each) => ({
              name: `${each.role ?? say('noRole')}: ${each.kind === 'bonus' || each.kind === each.name ? each.name : `${each.kind} ${each.name}`}`,
              amounts: each,
            }))}
          />
        </details>
      )}
      {byRole.length > 1 && (
        <details>
          <summary>{say('roles')}</summary>
          <Amounts
            caption={say('roles')}
            heading={say('role')}
            figures={figures}
            rows={byRole.map((each) => ({ name: each.role ?? say('noRole'), amounts: each }))}
          />
        </details>
      )}
    </>
  );
}

function periodsText({ periods }: DiffFigures): string {
  return periods.length > 1 ? `${periods[0]}..${periods.at(-1)}` : (periods[0] ?? '');
}

/** A table of amounts before and after; its caption is only read out, as a heading says it already. */
function Amounts(props: {
  readonly caption: string;
  readonly heading: string;
  readonly figures: DiffFigures;
  readonly rows: readonly { readonly name: string; readonly amounts: Delta }[];
}) {
  const { caption, heading, figures, rows } = props;
  const language = locale.value;
  return (
    <div class="scroll-x">
      <table class="change-table">
        <caption class="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{heading}</th>
            <th scope="col" class="wide-only">
              {say('before')}, {figures.currency}
            </th>
            <th scope="col">
              {say('after')}, {figures.currency}
            </th>
            <th scope="col">
              {say('change')}, {figures.currency}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, amounts }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="wide-only">{bareText(language, amounts.before, figures.currency)}</td>
              <td>{bareText(language, amounts.after, figures.currency)}</td>
              <td class={wayOf(amounts.delta)}>{bareDelta(language, amounts.delta, figures.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function People({ diff, figures }: Shown) {
  const [all, setAll] = useState(false);
  const people = movers(figures);
  if (people.length === 0) return null;
  const most = Math.max(...people.map(({ delta }) => Math.abs(pixelOf(delta) ?? 0)), 1e-9);
  const shown = all ? people : people.slice(0, MOST_SHOWN);
  return (
    <>
      <h3>{say('people')}</h3>
      <div class="scroll-x">
        <table class="change-table people">
          <caption class="hidden">{say('people')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('person')}</th>
              <th scope="col" class="wide-only">
                {say('before')}, {figures.currency}
              </th>
              <th scope="col">
                {say('after')}, {figures.currency}
              </th>
              <th scope="col">
                {say('change')}, {figures.currency}
              </th>
              <th scope="col" class="wide-only">
                {say('relative')}
              </th>
              <td class="bar-cell wide-only" aria-hidden="true" />
            </tr>
          </thead>
          {shown.map((each) => (
            <PersonRow key={each.person} person={each} diff={diff} figures={figures} most={most} />
          ))}
        </table>
      </div>
      {shown.length < people.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {say('moreRows', { count: people.length - shown.length })}
        </button>
      )}
    </>
  );
}

function PersonRow(props: Shown & { readonly person: PersonDelta; readonly most: number }) {
  const { person, diff, figures, most } = props;
  const [open, setOpen] = useState(false);
  const language = locale.value;
  const { name, before, after, delta, relative, only } = person;
  const width = ((Math.abs(pixelOf(delta) ?? 0) / most) * 50).toFixed(1);
  const id = `moved-${person.person}`;
  return (
    <tbody>
      <tr>
        <th scope="row">
          <button
            type="button"
            class="opens"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => setOpen(!open)}
          >
            {name}
          </button>
          {only && <span class="quiet-text"> ({say(only === 'after' ? 'newPerson' : 'gone')})</span>}
        </th>
        <td class="wide-only">{bareText(language, before, figures.currency)}</td>
        <td>{bareText(language, after, figures.currency)}</td>
        <td class={wayOf(delta)}>{bareDelta(language, delta, figures.currency)}</td>
        <td class={`wide-only ${wayOf(delta)}`}>{relativeText(language, relative)}</td>
        <td class="bar-cell wide-only" aria-hidden="true">
          <span class={`delta-bar ${wayOf(delta)}`} style={{ width: `${width}%` }} />
        </td>
      </tr>
      {open && (
        <tr id={id} class="details-row">
          <td colSpan={6}>
            <PersonDetails person={person.person} diff={diff} figures={figures} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** `up`, `down` or nothing: the class of an amount. */
export function wayOf(delta: string): string {
  const way = signOfText(delta);
  return way > 0 ? 'up' : way < 0 ? 'down' : '';
}

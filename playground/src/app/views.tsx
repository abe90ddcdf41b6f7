// The frame of panels that show the results in several views: a bar with the choice of one, what narrows it down, and
// whether the results are those of the policy as it is.

import './views.css';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { stale } from './state.ts';

/** One of several things to choose, by what it is called. */
export interface Choice<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

/** The panel: `stale` says that the results are those before the last change. */
export function ViewPanel<Id extends string>(props: {
  readonly label: string;
  readonly views: readonly Choice<Id>[];
  readonly current: Id;
  readonly onChange: (id: Id) => void;
  readonly stale: string;
  /** What stands in the bar beside the views. */
  readonly controls: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const { label, views, current, onChange, controls, children } = props;
  return (
    <div class="view-panel">
      <div class="view-bar">
        <fieldset class="view-choice">
          <legend class="hidden">{label}</legend>
          {views.map((each) => (
            <button
              key={each.id}
              type="button"
              aria-pressed={each.id === current}
              onClick={() => onChange(each.id)}
            >
              {each.label}
            </button>
          ))}
        </fieldset>
        {controls}
        {/* its place is kept, so that what is below doesn't move at each key */}
        <span class={stale.value ? 'view-stale' : 'view-stale none'} title={props.stale}>
          {props.stale}
        </span>
      </div>
      {children}
    </div>
  );
}

/** A choice of one of several, such as a period. */
export function ChoiceField(props: {
  readonly label: string;
  readonly choices: readonly Choice<string>[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  const id = useId();
  const { label, choices, value, onChange } = props;
  return (
    <div class="view-field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {choices.map((each) => (
          <option key={each.id} value={each.id}>
            {each.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Periods as choices. */
export function periodChoices(periods: readonly string[]): readonly Choice<string>[] {
  return periods.map((each) => ({ id: each, label: each }));
}

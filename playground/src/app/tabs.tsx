// Rows of tabs.

import type { ComponentChildren } from 'preact';
import { counted } from '../../../src/browser-figures.ts';
import { nextPlace } from './list-keys.ts';
import { locale } from './state.ts';

/** One of several views. */
export interface Tab<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** A number beside the label, such as how many there are. */
  readonly count?: number;
}

/** A row of tabs for panels called `<prefix>-<id>`: arrows move, and what is moved to is shown. */
export function Tabs<Id extends string>(props: {
  readonly label: string;
  readonly prefix: string;
  readonly tabs: readonly Tab<Id>[];
  readonly current: Id;
  readonly onChange: (id: Id) => void;
  readonly children?: ComponentChildren;
}) {
  const { label, prefix, tabs, current, onChange, children } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') return;
    const at = tabs.findIndex((each) => each.id === current);
    const to = nextPlace(event.key, at, tabs.length);
    if (to === undefined) return;
    event.preventDefault();
    onChange(tabs[to]!.id);
    const list = event.currentTarget as HTMLElement;
    requestAnimationFrame(() => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  };
  return (
    <div class="tabs">
      <div role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((each) => (
          <button
            key={each.id}
            type="button"
            role="tab"
            id={`${prefix}-tab-${each.id}`}
            aria-selected={each.id === current}
            aria-controls={`${prefix}-${each.id}`}
            tabIndex={each.id === current ? 0 : -1}
            onClick={() => onChange(each.id)}
          >
            {each.label}
            {each.count !== undefined && each.count > 0 && (
              <span class="count">{counted(each.count, locale.value)}</span>
            )}
          </button>
        ))}
      </div>
      {children}
    </div>
  );
}

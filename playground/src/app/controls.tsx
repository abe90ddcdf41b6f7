// Controls that several parts use: icons, buttons with a menu, tabs, dialogs. All work by keyboard and have names.

import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { locale } from './state.ts';
import { counted, say } from './words.ts';

const ICONS = {
  play: 'M5 3.5v9l7.5-4.5z',
  stop: 'M4 4h8v8H4z',
  share: 'M8 10V2.5M5 5l3-3 3 3M3.5 8v5h9V8',
  download: 'M8 2.5V10M5 7.5l3 3 3-3M3 13.5h10',
  book: 'M3 3h4.2c.5 0 .8.3.8.8V13c0-.6-.5-1-1-1H3zM13 3H8.8c-.5 0-.8.3-.8.8V13c0-.6.5-1 1-1h4z',
  history: 'M3 8a5 5 0 1 0 1.6-3.7M3 3v2.5h2.5M8 5.5V8l2 1.5',
  gear: 'M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6 5 5M11 11l1.4 1.4M12.4 3.6 11 5M5 11l-1.4 1.4',
  help: 'M6 6.2c0-1.2.9-2 2-2s2 .8 2 1.9c0 1.5-2 1.6-2 3.2M8 11.4v.6',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6 6l4 4M10 6l-4 4',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11v.6',
  note: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.5V11M8 5v.6',
  check: 'M3 8.5l3.2 3L13 4.5',
  down: 'M4.5 6.5 8 10l3.5-3.5',
} as const;

export type IconName = keyof typeof ICONS;

/** A small picture beside a text that says the same: it has no name of its own. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      class={`icon icon-${name}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={ICONS[name]} />
    </svg>
  );
}

/** What a menu offers. */
export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly disabled?: boolean;
  /** For choices that are on or off. */
  readonly checked?: boolean;
  /** A line above it. */
  readonly first?: boolean;
}

/** A button that opens a list of actions: arrows, Home, End and letters move in it, Escape closes it. */
export function MenuButton(props: {
  readonly label: string;
  readonly icon: IconName;
  readonly items: readonly MenuItem[];
  /** The label is only read out. */
  readonly quiet?: boolean;
}) {
  const { label, icon, items, quiet } = props;
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    itemsIn(root.current)[0]?.focus();
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);
  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) {
      if (event.key !== 'ArrowDown') return;
      setOpen(true);
    } else if (event.key === 'Escape') close();
    else if (event.key === 'Tab') {
      setOpen(false);
      return;
    } else if (!moveIn(itemsIn(root.current), event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the button and of the list in it
    <div class="menu" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="button"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
        {!quiet && <span class="label">{label}</span>}
      </button>
      {open && (
        <div class="menu-list" id={id} role="menu" aria-label={label}>
          {items.map((each) => (
            <button
              key={each.label}
              type="button"
              {...roleOf(each)}
              class={each.first ? 'apart' : undefined}
              tabIndex={-1}
              disabled={each.disabled}
              onClick={() => {
                close();
                each.run();
              }}
            >
              {each.checked !== undefined && (
                <span class="tick">{each.checked && <Icon name="check" />}</span>
              )}
              {each.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function roleOf({ checked }: MenuItem) {
  return checked === undefined
    ? ({ role: 'menuitem' } as const)
    : ({ role: 'menuitemcheckbox', 'aria-checked': checked } as const);
}

function itemsIn(root: HTMLElement | null): readonly HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role^="menuitem"]:not(:disabled)') ?? [])];
}

/** Moves the focus in a list by a key; false where the key means nothing there. */
function moveIn(items: readonly HTMLElement[], { key }: KeyboardEvent): boolean {
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = nextPlace(key, at, items.length);
  const byLetter =
    key.length === 1 && key !== ' '
      ? [...items.slice(at + 1), ...items].find((each) =>
          each.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()),
        )
      : undefined;
  const next = to === undefined ? byLetter : items[to];
  next?.focus();
  return next !== undefined;
}

function nextPlace(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowUp':
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

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

/** A window over the page; Escape and a click beside it close it. */
export function Dialog(props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  readonly wide?: boolean;
}) {
  const { title, onClose, children, wide } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    return () => before?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it by keyboard
    <dialog
      ref={dialog}
      class={wide ? 'dialog wide' : 'dialog'}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="dialog-body">
        <header>
          <h2 id={id}>{title}</h2>
          <button
            type="button"
            class="button quiet"
            aria-label={say('dialog.close')}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** A border that is dragged, or moved by arrows: `value` is the first part's share in percent. */
export function Splitter(props: {
  readonly label: string;
  readonly direction: 'columns' | 'rows';
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const { label, direction, value, onChange } = props;
  const set = (next: number) => onChange(Math.min(85, Math.max(15, next)));
  const onPointerDown = (event: PointerEvent) => {
    const handle = event.currentTarget as HTMLElement;
    const box = handle.parentElement!.getBoundingClientRect();
    handle.setPointerCapture(event.pointerId);
    const move = (at: PointerEvent) =>
      set(
        direction === 'columns'
          ? ((at.clientX - box.left) / box.width) * 100
          : ((at.clientY - box.top) / box.height) * 100,
      );
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
    event.preventDefault();
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowLeft' || key === 'ArrowUp') set(value - 3);
    if (key === 'ArrowRight' || key === 'ArrowDown') set(value + 3);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line between paragraphs can't be moved, this one can
    <div
      class={`splitter ${direction}`}
      role="separator"
      aria-label={label}
      aria-orientation={direction === 'columns' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(value)}
      aria-valuemin={15}
      aria-valuemax={85}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}

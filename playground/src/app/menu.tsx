// A button with a menu: by keyboard as by pointer.

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';
import { nextPlace } from './list-keys.ts';

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

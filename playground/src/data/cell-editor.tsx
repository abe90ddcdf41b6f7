// The box in which a cell is written. Enter and Tab take the text over and go on, Alt+Enter begins a line, Escape leaves all
// as it was.

import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** How the box is left: by a key that moves on, by going elsewhere, or without taking anything over. */
export type Leaving =
  | { readonly kind: 'key'; readonly event: KeyboardEvent }
  | { readonly kind: 'blur' }
  | { readonly kind: 'escape' };

export function CellEditor(props: {
  readonly root: RefObject<HTMLDivElement | null>;
  /** The id of the cell. */
  readonly place: string;
  readonly label: string;
  readonly value: string;
  readonly onDone: (value: string | undefined, leaving: Leaving) => void;
}) {
  const { root, place, label, value, onDone } = props;
  const box = useRef<HTMLTextAreaElement>(null);
  const done = useRef(false);
  useLayoutEffect(() => {
    const area = box.current!;
    const cell = document.getElementById(place);
    const grid = root.current;
    if (cell && grid) {
      const outer = grid.getBoundingClientRect();
      const inner = cell.getBoundingClientRect();
      area.style.left = `${inner.left - outer.left - grid.clientLeft + grid.scrollLeft}px`;
      area.style.top = `${inner.top - outer.top - grid.clientTop + grid.scrollTop}px`;
      area.style.minWidth = `${inner.width}px`;
    }
    grow(area);
    area.focus({ preventScroll: true });
    area.setSelectionRange(area.value.length, area.value.length);
  }, []);
  const finish = (leaving: Leaving) => {
    // taking the box away takes the focus away too
    if (done.current) return;
    done.current = true;
    onDone(leaving.kind === 'escape' ? undefined : box.current!.value, leaving);
  };
  return (
    <textarea
      ref={box}
      class="grid-editor"
      aria-label={label}
      rows={1}
      spellcheck={false}
      autocomplete="off"
      defaultValue={value}
      onInput={(event) => grow(event.currentTarget)}
      onBlur={() => finish({ kind: 'blur' })}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.isComposing) return;
        if (event.key === 'Escape') finish({ kind: 'escape' });
        else if (event.key === 'Enter' && event.altKey) insert(event.currentTarget, '\n');
        else if (event.key === 'Enter' || event.key === 'Tab') finish({ kind: 'key', event });
        else return;
        event.preventDefault();
      }}
    />
  );
}

function insert(area: HTMLTextAreaElement, text: string): void {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  grow(area);
}

function grow(area: HTMLTextAreaElement): void {
  area.style.height = 'auto';
  area.style.height = `${Math.min(area.scrollHeight + 2, 160)}px`;
  area.style.width = 'auto';
  area.style.width = `${Math.min(Math.max(area.scrollWidth + 2, 60), 480)}px`;
}

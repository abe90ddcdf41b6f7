// A long table that scrolls under its heads: only the rows on the screen are drawn, so that many thousands stay quick.

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { seenRows } from './seen-rows.ts';
import { order } from './state.ts';
import { tell } from './words.ts';

/** The height of a row, which results.css gives too. */
const ROW = 30;

/** The table; `rowAt` draws the row of a number from 0. */
export function WindowedTable({
  label,
  count,
  head,
  foot,
  rowAt,
}: {
  readonly label: string;
  readonly count: number;
  readonly head: ComponentChildren;
  readonly foot: ComponentChildren;
  readonly rowAt: (at: number) => ComponentChildren;
}) {
  const box = useRef<HTMLElement>(null);
  const seen = useSignal({ top: 0, height: 600 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      seen.value = { top: element.scrollTop, height: element.clientHeight };
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  const { first, last, above, below } = seenRows(count, ROW, seen.value);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section class="rs-grid" ref={box} tabIndex={0} aria-label={label}>
      <table aria-rowcount={count + 2}>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>
          {above > 0 && <tr style={{ height: `${above}px` }} />}
          {Array.from({ length: last - first }, (_, at) => rowAt(first + at))}
          {below > 0 && <tr style={{ height: `${below}px` }} />}
        </tbody>
        <tfoot>
          <tr>{foot}</tr>
        </tfoot>
      </table>
    </section>
  );
}

const HEAD_CLASS = { first: 'rs-first', text: '', figure: 'view-right', last: 'view-right rs-last' } as const;

/** A heading that sorts: at first the largest figures, or the first names, come first; the third time nothing is sorted. */
export function SortHead({
  name,
  title,
  kind,
}: {
  readonly name: string;
  readonly title: string;
  /** `first`: text in the column that stays at the left; `last`: figures in the one that stays at the right. */
  readonly kind: keyof typeof HEAD_CLASS;
}) {
  const sorted = order.value?.column === name ? order.value : undefined;
  const starts = kind === 'figure' || kind === 'last';
  return (
    <th
      scope="col"
      class={HEAD_CLASS[kind]}
      aria-sort={sorted ? (sorted.down ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        class="rs-sort"
        title={tell('table.sort', { column: title })}
        onClick={() => {
          if (!sorted) order.value = { column: name, down: starts };
          else order.value = sorted.down === starts ? { column: name, down: !starts } : undefined;
        }}
      >
        <span>{title}</span>
        <span aria-hidden="true">{sorted ? (sorted.down ? '▾' : '▴') : ''}</span>
      </button>
    </th>
  );
}

// Which rows of a long table are on the screen: the others are held open by the height that they would have.

/** Rows from `first` until `last`, which is no longer one of them, and the heights of what isn't drawn. */
export interface SeenRows {
  readonly first: number;
  readonly last: number;
  readonly above: number;
  readonly below: number;
}

/** How many rows are drawn beyond each edge, so that scrolling shows no gap. */
const BESIDE = 12;

/** The rows to draw of `count`, each `height` pixels high, in a window that is scrolled to `top`. */
export function seenRows(
  count: number,
  height: number,
  view: { readonly top: number; readonly height: number },
): SeenRows {
  const first = Math.min(Math.max(0, Math.floor(view.top / height) - BESIDE), Math.max(0, count - 1));
  const last = Math.min(count, Math.ceil((view.top + view.height) / height) + BESIDE);
  return {
    first,
    last: Math.max(first, last),
    above: first * height,
    below: (count - Math.max(first, last)) * height,
  };
}

// What was done to a text, so that it can be undone: each change as the piece that it replaced, since whole texts of many
// megabytes would soon fill the memory.

/** One piece of a text in place of another. */
export interface TextChange {
  readonly at: number;
  readonly before: string;
  readonly after: string;
}

/** What was done, and what was undone since. */
export interface History {
  readonly done: readonly TextChange[];
  readonly undone: readonly TextChange[];
}

/** Most changes that are kept, and most characters that they hold together. */
const MOST_CHANGES = 500;
const MOST_CHARACTERS = 30_000_000;

export const NO_HISTORY: History = { done: [], undone: [] };

/** The history after a text has become another one. */
export function remembered({ done }: History, before: string, after: string): History {
  if (before === after) return { done, undone: [] };
  const all = [...done, changeBetween(before, after)].slice(-MOST_CHANGES);
  let characters = all.reduce((sum, each) => sum + each.before.length + each.after.length, 0);
  let first = 0;
  while (characters > MOST_CHARACTERS && first < all.length) {
    characters -= all[first]!.before.length + all[first]!.after.length;
    first++;
  }
  return { done: all.slice(first), undone: [] };
}

/** The text before the last change; the same text where there is none. */
export function undo(history: History, text: string): { readonly history: History; readonly text: string } {
  const last = history.done.at(-1);
  if (!last) return { history, text };
  return {
    history: { done: history.done.slice(0, -1), undone: [...history.undone, last] },
    text: text.slice(0, last.at) + last.before + text.slice(last.at + last.after.length),
  };
}

/** The text after the change that was undone last; the same text where there is none. */
export function redo(history: History, text: string): { readonly history: History; readonly text: string } {
  const last = history.undone.at(-1);
  if (!last) return { history, text };
  return {
    history: { done: [...history.done, last], undone: history.undone.slice(0, -1) },
    text: text.slice(0, last.at) + last.after + text.slice(last.at + last.before.length),
  };
}

/** What differs between two texts, as one piece. */
export function changeBetween(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let at = 0;
  while (at < shorter && before.charCodeAt(at) === after.charCodeAt(at)) at++;
  let end = 0;
  while (
    end < shorter - at &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++;
  return { at, before: before.slice(at, before.length - end), after: after.slice(at, after.length - end) };
}

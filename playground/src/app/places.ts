// Places as people count them.

/** Line and column of an offset, from 1: `12:5`. */
export function placeText(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `${before.length}:${[...before.at(-1)!].length + 1}`;
}

// Where two texts differ.

/** What stands between the beginning and the end that two texts share: a range of the first, and the second's text. */
export function difference(
  before: string,
  after: string,
): { readonly start: number; readonly end: number; readonly middle: string } {
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start] === after[start]) start += 1;
  // a letter of two units is never cut
  if (start > 0 && isFirstHalf(before.charCodeAt(start - 1))) start -= 1;
  let same = 0;
  while (same < least - start && before[before.length - 1 - same] === after[after.length - 1 - same])
    same += 1;
  if (same > 0 && isSecondHalf(before.charCodeAt(before.length - same))) same -= 1;
  return { start, end: before.length - same, middle: after.slice(start, after.length - same) };
}

const isFirstHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isSecondHalf = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

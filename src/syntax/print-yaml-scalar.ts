// Texts as YAML scalars: plain where YAML reads them back as they are, else in quotes; long formulas and descriptions
// of several lines as literal blocks, so that every place in them is a place in the file.

/** A scalar on one line: what a formula or a name is. */
export function scalar(text: string): string {
  return isPlain(text) ? text : inQuotes(text);
}

/** A title or another text of people: in quotes as well where other readers of YAML would see no text. */
export function label(text: string): string {
  const isOther = /^(?:true|false|null|yes|no|on|off|~|[-+]?[0-9.][0-9a-z_.,:+-]*)$/i.test(text);
  return isOther ? inQuotes(text) : scalar(text);
}

/** Whether the lines can stand in a literal block (`|-`). */
export function isBlock(lines: readonly string[]): boolean {
  return !/^\s*$|^\s/.test(lines[0] ?? '') && lines.at(-1) !== '' && !HIDDEN.test(lines.join(''));
}

// Characters that can't be seen, and those that some reader takes for a line end.
const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/u;

function isPlain(text: string): boolean {
  return (
    text !== '' &&
    !HIDDEN.test(text) &&
    !/^\s|\s$/.test(text) &&
    !/^(?:[,[\]{}#&*!|>'"%@`?:]|-(?:\s|$)|---|\.\.\.)/.test(text) &&
    !/:(?:\s|$)|\s#/.test(text)
  );
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\t', '\\t'],
  ['\r', '\\r'],
]);

function inQuotes(text: string): string {
  if (!HIDDEN.test(text)) {
    if (!/["\\]/.test(text)) return `"${text}"`;
    return `'${text.replaceAll("'", "''")}'`;
  }
  const inside = text.replace(
    /["\\]|[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/gu,
    (letter) => ESCAPES.get(letter) ?? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${inside}"`;
}

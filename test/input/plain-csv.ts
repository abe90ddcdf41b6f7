// The rules of CSV written down once more as plainly as they can be, letter by letter: what the fast scanner is held to.

/** The records with the places of their cells, or where and why a text is refused. */
export type PlainCsv =
  | { readonly records: readonly (readonly string[])[]; readonly places: readonly (readonly number[])[] }
  | { readonly row: number; readonly code: 'M2007' | 'M2008' };

export function plainCsv(text: string, delimiter: string): PlainCsv {
  const records: string[][] = [];
  const places: number[][] = [];
  let record: string[] = [];
  let own: number[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    if (record.length === 0 && isLineEnd(text[at])) {
      at++;
      continue;
    }
    const begin = at;
    if (text[at] === '"') {
      const end = closingQuote(text, at);
      if (end < 0) return { row: records.length + 1, code: 'M2007' };
      record.push(text.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
      if (at < text.length && text[at] !== delimiter && !isLineEnd(text[at]))
        return { row: records.length + 1, code: 'M2008' };
    } else {
      while (at < text.length && text[at] !== delimiter && !isLineEnd(text[at])) at++;
      record.push(text.slice(begin, at));
    }
    own.push(begin, at);
    if (text[at] === delimiter) {
      at++;
      if (at < text.length && !isLineEnd(text[at])) continue;
      record.push('');
      own.push(at, at);
    }
    records.push(record);
    places.push(own);
    record = [];
    own = [];
    at++;
  }
  return { records, places };
}

function isLineEnd(letter: string | undefined): boolean {
  return letter === '\n' || letter === '\r';
}

function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return at;
    at++;
  }
  return -1;
}

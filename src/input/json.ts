// From JSON (an array of objects) or NDJSON (an object per line) to cells. The scanner is our own so that numbers keep
// their digits, `__proto__` is a key like any other, and a key that stands twice in an object is an error.

import type { Checked } from '../base/diagnostic.ts';
import { lineStarts } from '../base/source.ts';
import type { TextTable } from '../model/dataset.ts';
import { columnName } from './csv.ts';
import { doubledKey, emptyFile, jsonSyntax } from './messages.ts';

const NOTHING: TextTable = { header: [], rows: [] };
const DEEPEST = 200;

type JsonRow = ReadonlyMap<string, string>;

/**
 * The objects of an array as rows; the header has all keys in order of first appearance. A cell is a string's content,
 * a number's own digits, `true`, `false`, or the JSON text of a nested value; `null` and an absent key are empty.
 */
export function readJson(text: string, file: string): Checked<TextTable> {
  return guarded(text, file, (scanner) => {
    const rows: JsonRow[] = [];
    if (scanner.done()) return rows;
    scanner.take('[', 'an array of objects');
    if (!scanner.skip(']')) {
      do rows.push(scanner.row(rows.length + 2));
      while (scanner.skip(','));
      scanner.take(']', '`,` or `]`');
    }
    if (!scanner.done()) scanner.fail('the end of the file');
    return rows;
  });
}

/** As `readJson`, for an object on each line; blank lines are skipped. */
export function readNdjson(text: string, file: string): Checked<TextTable> {
  return guarded(text, file, (scanner) => {
    const rows: JsonRow[] = [];
    while (!scanner.done()) {
      rows.push(scanner.row(rows.length + 2));
      if (!scanner.endsLine()) scanner.fail('a new line');
    }
    return rows;
  });
}

function guarded(
  text: string,
  file: string,
  read: (scanner: Scanner) => readonly JsonRow[],
): Checked<TextTable> {
  const source = text.replace(/^\ufeff/, '');
  if (source.trim() === '') return { value: NOTHING, diagnostics: [emptyFile(file)] };
  try {
    return { value: table(read(createScanner(source))), diagnostics: [] };
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    const line = lineStarts(source).filter((start) => start <= stop.at).length;
    const problem =
      stop.doubled === undefined
        ? jsonSyntax(file, line, stop.expected)
        : doubledKey(file, stop.row, line, stop.doubled);
    return { value: NOTHING, diagnostics: [problem] };
  }
}

function table(rows: readonly JsonRow[]): TextTable {
  const keys = new Set<string>();
  for (const row of rows) for (const key of row.keys()) keys.add(key);
  const header = [...keys];
  return { header: header.map(columnName), rows: rows.map((row) => header.map((key) => row.get(key) ?? '')) };
}

/** Where reading stops, and what was expected there or which key is doubled; never leaves this file. */
class Stop {
  constructor(
    readonly at: number,
    readonly expected: string,
    readonly row: number,
    readonly doubled?: string,
  ) {}
}

interface Scanner {
  /** Whether only white space is left. */
  done(): boolean;
  /** Whether a line ends here, or the text does. */
  endsLine(): boolean;
  skip(sign: string): boolean;
  take(sign: string, expected: string): void;
  /** An object's cells by key. */
  row(row: number): JsonRow;
  fail(expected: string): never;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
/** A surrogate without its other half, which no UTF-8 can hold. */
const HALF = /\p{Cs}/u;
const SPACE = /[ \t\r\n]*/y;

function createScanner(text: string): Scanner {
  let at = 0;
  let current = 2;

  function match(shape: RegExp): string | undefined {
    shape.lastIndex = at;
    const found = shape.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  }

  function fail(expected: string): never {
    throw new Stop(at, expected, current);
  }

  function skip(sign: string): boolean {
    match(SPACE);
    if (!text.startsWith(sign, at)) return false;
    at += sign.length;
    return true;
  }

  function take(sign: string, expected: string): void {
    if (!skip(sign)) fail(expected);
  }

  function string(expected: string): string {
    match(SPACE);
    const found = match(STRING);
    if (found === undefined) return fail(expected);
    const text = JSON.parse(found) as string;
    return HALF.test(text) ? fail('whole characters: half of a pair of `\\u` signs stands alone') : text;
  }

  /** An object's members, each value read by `read`. */
  function members<T>(read: () => T): Map<string, T> {
    const found = new Map<string, T>();
    take('{', 'an object');
    if (skip('}')) return found;
    do {
      match(SPACE);
      const start = at;
      const key = string('a key in quotes');
      if (found.has(key)) throw new Stop(start, '', current, key);
      take(':', '`:`');
      found.set(key, read());
    } while (skip(','));
    take('}', '`,` or `}`');
    return found;
  }

  /** Passes over any value and returns the cell that it makes. */
  function value(depth: number): string {
    match(SPACE);
    if (depth > DEEPEST) fail('fewer levels of brackets');
    const start = at;
    const sign = text[at];
    if (sign === '"') return string('a string');
    if (sign === '{') {
      members(() => value(depth + 1));
      return text.slice(start, at);
    }
    if (sign === '[') {
      at++;
      if (!skip(']')) {
        do value(depth + 1);
        while (skip(','));
        take(']', '`,` or `]`');
      }
      return text.slice(start, at);
    }
    if (skip('null')) return '';
    for (const word of ['true', 'false']) if (skip(word)) return word;
    return match(NUMBER) ?? fail('a value');
  }

  return {
    done() {
      match(SPACE);
      return at === text.length;
    },
    endsLine() {
      const spaces = match(SPACE) ?? '';
      return at === text.length || /[\r\n]/.test(spaces);
    },
    skip,
    take,
    row(row) {
      current = row;
      return members(() => value(0));
    },
    fail,
  };
}

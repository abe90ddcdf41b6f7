// A YAML text to the keys around one offset, line by line: a file that is being written is rarely whole, and its
// indentation says enough. What the reader of policies refuses (anchors, tags) isn't looked for.

/** A map or list around the offset. */
export interface Level {
  readonly indent: number;
  readonly list: boolean;
  /** The key whose value is being read. */
  key: string | undefined;
  /** Its keys, those behind the offset too. */
  readonly keys: string[];
}

/** A scalar: how it is quoted, and what its contents are between two offsets. */
export interface Scalar {
  readonly style: 'plain' | 'single' | 'double' | 'block';
  readonly start: number;
  readonly end: number;
}

export interface YamlPlace {
  /** The keys that lead to it; of a key, to the map that it stands in. */
  readonly path: readonly string[];
  /** The maps that those keys stand in. */
  readonly maps: readonly Level[];
  /** The map that a key stands in; absent where it would be the first. */
  readonly map?: Level;
  /** Whether it is an item of a list. */
  readonly item: boolean;
  /** `either` is an item of a list or a line alone: a value, or the first letters of a key. */
  readonly as: 'key' | 'value' | 'either' | 'comment';
  readonly scalar?: Scalar;
}

const KEY =
  /(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*'|[^\s"'#[\]{},&*!|>%@`][^\r\n]*?)[ \t]*:(?=[ \t\r\n]|$)/y;
const LINE = /[^\r\n]*(?:\r\n|\n|\r|$)/y;

/** What the offset is in; `undefined` between documents and in what isn't understood. */
export function yamlPlace(text: string, offset: number): YamlPlace | undefined {
  let levels: Level[] = [];
  let found: YamlPlace | undefined;
  let at = 0;
  const foundAs = (as: YamlPlace['as'], scalar?: Scalar, map?: Level): void => {
    const maps = levels.filter((each) => !each.list && each !== map && each.key !== undefined);
    const path = maps.map(({ key }) => key!);
    const item = levels.at(-1)?.list === true;
    found ??= { path, maps, item, as, ...(scalar && { scalar }), ...(map && { map }) };
  };
  while (at < text.length) {
    const line = lineAt(text, at);
    const end = at + line.length;
    const next = at + lengthWithBreak(text, at);
    const body = line.trimStart();
    let column = line.length - body.length;
    if (body === '' || body.startsWith('#')) {
      if (body !== '' && offset > at + column && offset <= end) foundAs('comment');
      at = next;
      continue;
    }
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) {
      levels = [];
      at = next;
      continue;
    }
    let place = at + column;
    for (; /^-(?:[ \t]|$)/.test(text.slice(place, end)); ) {
      levels = levels.filter((each) => each.indent < column || (each.indent === column && !each.list));
      levels.push({ indent: column, list: true, key: undefined, keys: [] });
      const blank = /^-[ \t]*/.exec(text.slice(place, end))![0].length;
      place += blank;
      column += blank;
    }
    const isItem = place > at + line.length - body.length;
    const key = keyAt(text, place);
    if (key === undefined) {
      if (!isItem)
        levels = levels.filter((each) => each.indent < column || (each.indent === column && !each.list));
      const stop = readScalar(place, isItem ? 'value' : 'key', isItem ? levels.at(-1)!.indent : column - 1);
      at = Math.max(next, stop);
      continue;
    }
    levels = levels.filter((each) => each.indent < column || (each.indent === column && !each.list));
    let level = levels.at(-1);
    if (!level || level.indent !== column) {
      level = { indent: column, list: false, key: undefined, keys: [] };
      levels.push(level);
    }
    const keyEnd = place + key.written.length;
    if (offset >= place && offset <= keyEnd) foundAs('key', key.scalar, level);
    level.key = key.text;
    level.keys.push(key.text);
    const blank = /^[ \t]*/.exec(text.slice(keyEnd + 1 + key.blanks))![0].length;
    const value = keyEnd + 1 + key.blanks + blank;
    at = Math.max(next, value >= end ? next : readScalar(value, 'value', column));
  }
  return found;

  /** Reads what begins at the place, and gives where the next line does. */
  function readScalar(start: number, as: 'key' | 'value', indent: number): number {
    const letter = text[start] ?? '';
    const end = lineEnd(text, start);
    if (letter === '#') {
      if (offset > start && offset <= end) foundAs('comment');
      return after(text, end);
    }
    if (letter === '|' || letter === '>') {
      const until = blockEnd(text, after(text, end), indent);
      if (offset > end && offset <= until)
        foundAs('value', { style: 'block', start: after(text, end), end: until });
      return until;
    }
    if (letter === '"' || letter === "'") {
      const close = closingQuote(text, start, letter);
      const style = letter === '"' ? 'double' : 'single';
      if (offset > start && offset <= close) foundAs(as, { style, start: start + 1, end: close });
      return after(text, lineEnd(text, close));
    }
    if (letter === '{' || letter === '[') return readFlow(start);
    const until = as === 'key' ? end : plainEnd(text, start, indent);
    const stop = commentIn(text, start, until);
    if (offset > stop && offset <= lineEnd(text, stop) && stop < until) foundAs('comment');
    if (offset >= start && offset <= until) {
      const own = levels.at(-1);
      const map = as === 'key' && own && !own.list && own.indent > indent ? own : undefined;
      foundAs(as === 'value' && own?.list ? 'either' : as, { style: 'plain', start, end: stop }, map);
    }
    return after(text, lineEnd(text, until));
  }

  /** `{ a: b, c: d }` and `[a, b]`, as far as they go. */
  function readFlow(start: number): number {
    const outer = levels.length;
    let item = start;
    let at = start;
    const finish = (until: number): void => {
      const raw = text.slice(item, until);
      const from = item + (raw.length - raw.trimStart().length);
      if (offset < from || offset > until || levels.length === outer) return;
      const own = levels.at(-1)!;
      const as = own.list ? 'either' : own.key === undefined ? 'key' : 'value';
      const scalar = flowScalar(text, from, until);
      if (offset >= scalar.start && offset <= scalar.end) foundAs(as, scalar, as === 'key' ? own : undefined);
    };
    for (; at < text.length; at++) {
      const letter = text[at]!;
      // an apostrophe within a word quotes nothing
      const isFirst = text.slice(item, at).trim() === '';
      if (isFirst && (letter === '"' || letter === "'")) at = closingQuote(text, at, letter);
      else if (letter === '{' || letter === '[') {
        levels.push({ indent: Number.POSITIVE_INFINITY, list: letter === '[', key: undefined, keys: [] });
        item = at + 1;
      } else if (letter === ':' && /[\s,}\]]|^$/.test(text[at + 1] ?? '') && !levels.at(-1)!.list) {
        const own = flowScalar(text, item + /^\s*/.exec(text.slice(item, at))![0].length, at);
        const name = contents(text, own, own.end).trim();
        finish(at);
        levels.at(-1)!.key = name;
        levels.at(-1)!.keys.push(name);
        item = at + 1;
      } else if (letter === ',') {
        finish(at);
        levels.at(-1)!.key = undefined;
        item = at + 1;
      } else if (letter === '}' || letter === ']') {
        finish(at);
        levels.pop();
        item = at + 1;
        if (levels.length === outer) return after(text, lineEnd(text, at));
      }
    }
    finish(text.length);
    levels.length = outer;
    return text.length;
  }
}

/** What stands from its first letter up to the sign behind it. */
function flowScalar(text: string, from: number, until: number): Scalar {
  const quote = text[from];
  if (quote !== '"' && quote !== "'") return { style: 'plain', start: from, end: until };
  const end = Math.max(from + 1, Math.min(closingQuote(text, from, quote), until));
  return { style: quote === '"' ? 'double' : 'single', start: from + 1, end };
}

interface KeyText {
  readonly text: string;
  readonly written: string;
  /** Blanks before the colon. */
  readonly blanks: number;
  readonly scalar?: Scalar;
}

function keyAt(text: string, at: number): KeyText | undefined {
  KEY.lastIndex = at;
  const match = KEY.exec(text)?.[0];
  if (match === undefined) return undefined;
  const written = match.slice(0, -1).trimEnd();
  const quote = written[0];
  if (quote !== '"' && quote !== "'" && / #/.test(written)) return undefined;
  const isQuoted = quote === '"' || quote === "'";
  const style = quote === '"' ? 'double' : quote === "'" ? 'single' : 'plain';
  const [start, end] = isQuoted ? [at + 1, at + written.length - 1] : [at, at + written.length];
  const scalar: Scalar = { style, start, end };
  return {
    text: contents(text, scalar, end),
    written,
    blanks: match.length - 1 - written.length,
    scalar,
  };
}

/** The contents of a scalar up to an offset. */
export function contents(text: string, { style, start }: Scalar, until: number): string {
  const raw = text.slice(start, Math.max(start, until));
  switch (style) {
    case 'plain':
    case 'block':
      return raw;
    case 'single':
      return raw.replaceAll("''", "'");
    case 'double':
      return raw.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
    default:
      return style satisfies never;
  }
}

function lineAt(text: string, at: number): string {
  return text.slice(at, lineEnd(text, at));
}

function lineEnd(text: string, at: number): number {
  const found = /[\r\n]/.exec(text.slice(at, at + 4096));
  if (found) return at + found.index;
  const next = text.slice(at).search(/[\r\n]/);
  return next === -1 ? text.length : at + next;
}

function after(text: string, end: number): number {
  return text.startsWith('\r\n', end) ? end + 2 : Math.min(end + 1, text.length);
}

function lengthWithBreak(text: string, at: number): number {
  LINE.lastIndex = at;
  return Math.max(1, LINE.exec(text)?.[0].length ?? 1);
}

/** The end of the lines that are indented further. */
function blockEnd(text: string, from: number, indent: number): number {
  let at = from;
  while (at < text.length) {
    const line = lineAt(text, at);
    if (line.trim() !== '' && indentOf(line) <= indent) break;
    at = after(text, at + line.length);
  }
  return at;
}

function indentOf(line: string): number {
  return /^ */.exec(line)![0].length;
}

/** The closing quote, or the end of the line where there is none. */
function closingQuote(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote && quote === "'" && text[at + 1] === quote) at++;
    else if (text[at] === quote) return at;
    else if (/[\r\n]/.test(text[at]!) && /^\s*[^\s#:]+:(?:\s|$)/.test(lineAt(text, after(text, at))))
      return at;
  }
  return text.length;
}

/** The end of a plain scalar: it goes on in lines that are indented further and begin no key. */
function plainEnd(text: string, start: number, indent: number): number {
  let end = lineEnd(text, start);
  for (let at = after(text, end); at < text.length && at > end; at = after(text, end)) {
    const line = lineAt(text, at);
    const first = at + indentOf(line);
    if (line.trim() === '' || indentOf(line) <= indent) break;
    if (/^#|^- /.test(text.slice(first, first + 2)) || keyAt(text, first) !== undefined) break;
    end = at + line.length;
  }
  return end;
}

/** Where a comment begins behind a plain scalar; its end where there is none. */
function commentIn(text: string, start: number, end: number): number {
  const found = /[ \t]#/.exec(text.slice(start, end));
  return found ? start + found.index : end;
}

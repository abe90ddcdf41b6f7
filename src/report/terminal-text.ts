// Text on its way to a terminal: characters that could steer it or mislead a reader are made visible, and widths are
// counted in columns. Every rendering of this folder passes the user's text through here.

// Characters that show nothing, reorder what is around them or move the cursor: controls, format characters (the
// bidirectional overrides and isolates among them), line and paragraph separators, lone surrogates, fillers. The
// selectors U+FE00 to U+FE0F stay: they choose between text and emoji.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const SELECTORS = [0xfe00, 0xfe0f] as const;

/** The text with every hidden or steering character as `\u{202e}`; line ends are made visible too. */
export function visible(text: string): string {
  return text.replace(HIDDEN, escapeOf);
}

/** As `visible`, for text of several lines: `\n` stays. */
export function visibleLines(text: string): string {
  return text.replace(HIDDEN, (letter) => (letter === '\n' ? letter : escapeOf(letter)));
}

/** A JSON document with hidden characters, line ends apart, as JSON writes them: `\u202e`. It reads back as the same. */
export function visibleJson(json: string): string {
  return json.replace(HIDDEN, (letter) => {
    if (letter === '\n' || isSelector(letter)) return letter;
    const units = Array.from({ length: letter.length }, (_, index) => letter.charCodeAt(index));
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
  });
}

function escapeOf(letter: string): string {
  return isSelector(letter) ? letter : `\\u{${(letter.codePointAt(0) as number).toString(16)}}`;
}

function isSelector(letter: string): boolean {
  const code = letter.codePointAt(0) as number;
  return code >= SELECTORS[0] && code <= SELECTORS[1];
}

// Code points that take two columns, as pairs of first and last (Unicode's East Asian Width: wide and full-width, by
// blocks; emoji included).
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x26bd, 0x26be],
  [0x2705, 0x2705],
  [0x270a, 0x270b],
  [0x2728, 0x2728],
  [0x274c, 0x274e],
  [0x2753, 0x2757],
  [0x2795, 0x2797],
  [0x2b50, 0x2b55],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];

const COMBINING = /^\p{M}$/u;

/** Columns that one code point takes: 0 for a combining mark, 2 for a wide one. */
export function letterWidth(letter: string): number {
  const code = letter.codePointAt(0) as number;
  if (code < 0x300) return 1;
  if (COMBINING.test(letter)) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Columns that the text takes in a terminal. */
export function displayWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let width = 0;
  for (const letter of text) width += letterWidth(letter);
  return width;
}

/** The text filled up with spaces on the right to `width` columns. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** The text filled up with spaces on the left to `width` columns. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** The text cut to `width` columns, the last of them `…` where something was cut. */
export function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const letter of text) {
    const next = letterWidth(letter);
    if (used + next > width - 1) break;
    out += letter;
    used += next;
  }
  return `${out}…`;
}

/**
 * The text in lines of at most `width` columns, each with the spaces that the text begins with: broken at spaces, and
 * within a word only where it alone is wider.
 */
export function wrap(text: string, width: number): readonly string[] {
  if (displayWidth(text) <= width) return [text];
  const lead = /^ */.exec(text)?.[0] ?? '';
  const room = Math.max(1, width - lead.length);
  const lines: string[] = [];
  let line = '';
  for (const piece of text
    .trimStart()
    .split(' ')
    .flatMap((word) => pieces(word, room))) {
    const longer = line === '' ? piece : `${line} ${piece}`;
    if (displayWidth(longer) <= room) line = longer;
    else {
      lines.push(lead + line);
      line = piece;
    }
  }
  return [...lines, lead + line];
}

/** A word in pieces of at most `width` columns. */
function pieces(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width) return [word];
  const found: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece !== '' && displayWidth(piece + letter) > width) {
      found.push(piece);
      piece = letter;
    } else piece += letter;
  }
  return [...found, piece];
}

// Dropped files as text, or why not: too large, a spreadsheet's own format, another encoding.

import { decodeUtf8 } from '../../../src/browser-data.ts';
import { MARK } from './csv-document.ts';

/** The most that one file may hold, and all data together, in bytes. */
export const MOST_FILE_BYTES = 20_000_000;
export const MOST_DATA_BYTES = 50_000_000;

/** What a file is by its name. */
export type FileKind = 'config' | 'policy' | 'rows' | 'other';

/** Why a file isn't taken; its words are in words-en.ts. */
export type Refusal =
  | { readonly why: 'tooLarge'; readonly bytes: number }
  | { readonly why: 'tooMuch'; readonly bytes: number }
  | {
      readonly why:
        | 'spreadsheet'
        | 'oldSpreadsheet'
        | 'parquet'
        | 'archive'
        | 'notUtf8'
        | 'utf16'
        | 'unknown'
        | 'empty';
    };

/** A file's text, or why there is none. */
export type ReadFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What a file of that name holds, as far as its ending says. */
export function kindOf(name: string): FileKind {
  if (/(^|[\\/])merit\.config\.ya?ml$/i.test(name)) return 'config';
  if (/\.(merit|ya?ml)$/i.test(name)) return 'policy';
  return /\.(csv|tsv|txt|json|ndjson|jsonl|xlsx|xls|xlsb|ods|parquet)$/i.test(name) ? 'rows' : 'other';
}

/** A file's name without what can't be seen or turns the order of what is beside it, and no longer than links keep. */
export function plainName(name: string): string {
  const bare = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '');
  return bare.length <= 150 ? bare : bare.slice(0, 100) + bare.slice(-50);
}

/** Refuses by size, before anything is read; `others` is how many bytes there are already. */
export function refusedBySize(bytes: number, others: number): Refusal | undefined {
  if (bytes > MOST_FILE_BYTES) return { why: 'tooLarge', bytes };
  return bytes + others > MOST_DATA_BYTES ? { why: 'tooMuch', bytes: bytes + others } : undefined;
}

const SIGNATURES: readonly (readonly [
  Refusal['why'] & ('spreadsheet' | 'oldSpreadsheet' | 'parquet' | 'archive'),
  readonly number[],
])[] = [
  ['spreadsheet', [0x50, 0x4b, 0x03, 0x04]],
  ['oldSpreadsheet', [0xd0, 0xcf, 0x11, 0xe0]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['archive', [0x1f, 0x8b]],
];

/** The text of a file's bytes. */
export function textOfFile(name: string, bytes: Uint8Array): ReadFile {
  const signed = SIGNATURES.find(([, start]) => start.every((each, at) => bytes[at] === each));
  if (signed) return refused(signed[0] === 'spreadsheet' && /\.zip$/i.test(name) ? 'archive' : signed[0]);
  const { value, diagnostics } = decodeUtf8(bytes, name);
  const [problem] = diagnostics;
  if (problem) return refused(problem.code === 'M2005' ? 'utf16' : 'notUtf8');
  if (value.includes('\0')) return refused('unknown');
  if (value.trim() === '') return refused('empty');
  // decoding drops the mark, which the file has again when it is downloaded
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { kind: 'text', text: isMarked ? MARK + value : value };
}

function refused(why: Exclude<Refusal['why'], 'tooLarge' | 'tooMuch'>): ReadFile {
  return { kind: 'refused', refusal: { why } };
}

/** A name that no other file of the data has: messages tell files apart by it. */
export function freeName(name: string, taken: readonly string[]): string {
  const bare = name.replace(/^.*[\\/]/, '');
  if (!taken.includes(bare)) return bare;
  const [, stem = bare, ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(bare) ?? [];
  for (let at = 2; ; at++) {
    const tried = `${stem}-${at}${ending}`;
    if (!taken.includes(tried)) return tried;
  }
}

// From a source of text to its cells: bytes, encoding, format. What cells mean comes later.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { inTurns, type Limits } from '../base/limits.ts';
import type { SourceSpec, TextTable } from '../model/dataset.ts';
import { readingCsv } from './csv.ts';
import {
  isDirectory,
  isUtf16,
  noSuchFile,
  notUtf8,
  parquetNotRead,
  tableNotRead,
  unreadableFile,
} from './messages.ts';

/** Gives a file's bytes; rejects with an error whose `code` is `ENOENT` or `EISDIR` where that is why. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

const NOTHING: TextTable = { header: [], rows: [] };

/**
 * All cells of a CSV, JSON or NDJSON source as text; of CSV in turns with others, as far as the limits let it. Errors: it
 * can't be read, or its form is broken.
 */
export async function readText(
  spec: SourceSpec,
  readFile: ReadFile,
  limits?: Limits,
): Promise<Checked<TextTable>> {
  if (spec.format === 'parquet') return { value: NOTHING, diagnostics: [parquetNotRead(spec.file)] };
  if (spec.format === 'table') return { value: NOTHING, diagnostics: [tableNotRead(spec.file)] };
  const text = await contentOf(spec, readFile);
  if (text.diagnostics.length > 0) return { value: NOTHING, diagnostics: text.diagnostics };
  switch (spec.format) {
    case 'csv':
      return inTurns(readingCsv(text.value, spec.file, spec.dialect), limits, 'rows read');
    // most data is CSV, so the other reader is loaded by the first file of JSON
    case 'json':
      return (await import('./json.ts')).readJson(text.value, spec.file);
    case 'ndjson':
      return (await import('./json.ts')).readNdjson(text.value, spec.file);
    default:
      return spec.format satisfies never;
  }
}

/** Of a file whose text is longer than JavaScript can hold in one piece, half a gigabyte. */
const TOO_LONG = 'it is too large to be read in one piece: split it, or store it as Parquet';

/** The text of UTF-8 bytes, without a byte order mark; UTF-16 and broken UTF-8 are errors. */
export function decodeUtf8(bytes: Uint8Array, file: string): Checked<string> {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { value: '', diagnostics: [isUtf16(file)] };
  }
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostics: [] };
  } catch (cause) {
    const isBroken = cause instanceof Error && cause.name === 'TypeError';
    return { value: '', diagnostics: [isBroken ? notUtf8(file) : unreadableFile(file, TOO_LONG)] };
  }
}

/** What to say of a file whose bytes didn't come. */
export function fileProblem(file: string, cause: unknown): Diagnostic {
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return noSuchFile(file);
  if (code === 'EISDIR') return isDirectory(file);
  return unreadableFile(file, cause instanceof Error ? cause.message : String(cause));
}

async function contentOf(spec: SourceSpec, readFile: ReadFile): Promise<Checked<string>> {
  if (spec.content.kind === 'text') {
    const { text } = spec.content;
    // half of a surrogate pair: engines would not agree on what it is
    const isBroken = /\p{Cs}/u.test(text);
    return isBroken ? { value: '', diagnostics: [notUtf8(spec.file)] } : { value: text, diagnostics: [] };
  }
  if (spec.content.kind === 'table') return { value: '', diagnostics: [tableNotRead(spec.file)] };
  let bytes: Uint8Array;
  try {
    bytes = await readFile(spec.content.path);
  } catch (cause) {
    return { value: '', diagnostics: [fileProblem(spec.file, cause)] };
  }
  return decodeUtf8(bytes, spec.file);
}

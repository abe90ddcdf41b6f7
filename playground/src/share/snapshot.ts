// What is kept of the page in links and in the browser, and the check that something read from there has that shape: a
// link may come from anybody.

import type { Source } from '../../../src/browser-engine.ts';
import { kindOf } from '../data/files.ts';
import type { DataFile } from '../worker/held.ts';

/** The page's content as it can be written down. */
export interface Snapshot {
  readonly policy: readonly Source[];
  /** Absent: left out, since it is too large for a link. */
  readonly data?: readonly DataFile[];
  readonly period: string;
  readonly person: string;
  /** It came from a link, and nobody has run it yet: opened again, it isn't run either. */
  readonly untrusted?: true;
}

const MOST_FILES = 50;
const LONGEST_NAME = 200;
/** A path within the project, without what can't be seen or turns the order of what is beside it. */
const PATH = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\]+(?:\/[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}/\\]+)*$/u;
const PERIOD = /^[\p{L}\p{N}_.\- ]{0,100}$/u;

/** The snapshot that a value read from outside is; `undefined` where it has another shape. */
export function readSnapshot(value: unknown): Snapshot | undefined {
  if (!isRecord(value)) return undefined;
  const { policy, data, period, person } = value;
  const doubt = value.untrusted === true ? { untrusted: true as const } : {};
  const files = listOf(policy, readPolicyFile);
  if (!files || files.length === 0 || !distinct(files)) return undefined;
  if (typeof period !== 'string' || !PERIOD.test(period) || !isName(person, 0)) return undefined;
  if (data === undefined) return { policy: files, period, person, ...doubt };
  const sources = listOf(data, readDataFile);
  return sources && distinct(sources)
    ? { policy: files, data: sources, period, person, ...doubt }
    : undefined;
}

/** A policy file of a snapshot: a name within the project, and text. */
export function readPolicyFile(value: unknown): Source | undefined {
  if (!isRecord(value)) return undefined;
  const { name, text } = value;
  if (!isPath(name) || kindOf(name) !== 'policy') return undefined;
  return typeof text === 'string' ? { name, text } : undefined;
}

function readDataFile(value: unknown): DataFile | undefined {
  if (!isRecord(value)) return undefined;
  const { name, file, text } = value;
  // what is downloaded under a stranger's name is rows, never a page or a program
  if (!isPath(name) || !isPath(file) || kindOf(file) !== 'rows' || typeof text !== 'string') return undefined;
  const columns = readTexts(value.columns);
  const constants = readTexts(value.constants);
  const dialect = readDialect(value.dialect);
  if (columns === 'wrong' || constants === 'wrong' || dialect === 'wrong') return undefined;
  return {
    name,
    file,
    text,
    ...(columns && { columns }),
    ...(constants && { constants }),
    ...(dialect && { dialect }),
  };
}

/** The signs that a configuration may name: with others, such as a digit, numbers would be read as what they aren't. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  delimiter: [',', ';', '\t', '|'],
  decimal: ['.', ','],
  thousands: [' ', ',', '.', "'", '_', '\u00a0', '\u202f'],
  percents: ['fractions'],
};

function readDialect(value: unknown): NonNullable<DataFile['dialect']> | 'wrong' | undefined {
  const said = readTexts(value);
  if (said === undefined || said === 'wrong') return said;
  const known = Object.entries(SIGNS).flatMap(([key, signs]) => {
    const sign = Object.hasOwn(said, key) ? said[key] : undefined;
    return sign === undefined ? [] : [{ key, sign, right: signs.includes(sign) }];
  });
  const made: NonNullable<DataFile['dialect']> = Object.fromEntries(
    known.map(({ key, sign }) => [key, sign]),
  );
  const isRight = known.every((each) => each.right) && made.thousands !== (made.decimal ?? '.');
  return isRight ? made : 'wrong';
}

function readTexts(value: unknown): Readonly<Record<string, string>> | 'wrong' | undefined {
  if (value === undefined) return undefined;
  if (!isRecord(value)) return 'wrong';
  const pairs = Object.entries(value);
  const right = pairs.length <= 500 && pairs.every(([key, text]) => isName(key) && isName(text, 0));
  return right ? Object.fromEntries(pairs as [string, string][]) : 'wrong';
}

/** A list of at most `MOST_FILES`, each of the shape; `undefined` where one isn't. */
export function listOf<T>(value: unknown, read: (each: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > MOST_FILES) return undefined;
  const made = value.map(read);
  return made.every((each): each is T & {} => each !== undefined) ? made : undefined;
}

function distinct(list: readonly { readonly name: string }[]): boolean {
  return new Set(list.map((each) => each.name)).size === list.length;
}

function isName(value: unknown, least = 1): value is string {
  return typeof value === 'string' && value.length >= least && value.length <= LONGEST_NAME;
}

function isPath(value: unknown): value is string {
  return isName(value) && PATH.test(value) && value.split('/').every((each) => !/^\.\.?$/.test(each));
}

/** An object that isn't a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

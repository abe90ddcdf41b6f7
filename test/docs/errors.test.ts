// The error reference: every code has its page, every page's wrong example gives that code and nothing else, and the
// mended one doesn't. Titles are the messages in general form, so that neither is changed alone.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { type BackendName, type Block, codeOf, mended, type Page, readPage, said } from './example.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGES = join(ROOT, 'docs/errors');

/** Codes that no example on a page can show, and why. */
const UNSHOWN: Readonly<Record<string, string>> = {
  M1000: 'needs a file of four million characters',
  M1001: 'needs two hundred brackets',
  M1003: 'needs a name of two hundred letters',
  M1004: 'needs two thousand words in one statement',
  M1005: 'needs two hundred mistakes',
  M1006: 'needs a YAML file of half a million parts',
  M1010: "the page itself would have the character that can't be seen",
  M1110: 'needs two hundred formulas',
  M1190:
    'the command reads what a policy imports sooner (M2053): a program or a browser that gives too few files',
  M2001: 'the command finds that a file is missing sooner (M2053): a program, or a file deleted meanwhile',
  M2002: 'the command finds a folder sooner (M2053): a program only',
  M2003: 'needs a file without access',
  M2018: 'needs a Parquet file, which is no text',
  M2055: 'needs a link in the file system',
  M2060: 'in browsers only',
  M2061: 'needs a git repository',
  M2062: 'needs two databases',
  M2064: 'of the values of programs only',
  M2063: 'needs a policy whose data lies in a database',
  M2120: 'the checker asks for `else` sooner (M1301)',
  M3002: 'the checker asks for `else` sooner (M1301)',
  M3003: 'the checker asks for `missing counts` sooner (M1301)',
  M3011: 'needs more data than memory',
  M3041: 'needs thousands of people',
  M3042: 'a fault of Merit itself',
  M3063: 'said by the command only, beside the messages that it counts',
  M3015: 'needs a database that refuses',
  M3016: 'needs a database',
  M3017: 'needs a database that is slow',
  M3018: 'needs a database that breaks off',
  M3090: 'needs somebody who stops the command',
  M3091: 'needs a run that takes seconds',
  M3092: 'needs more data than memory',
  M3093: 'needs an option that says how many rows there may be',
  M3094: 'needs a program that sets a limit',
  M3100: 'needs data that changes between two commands',
  M3101: 'needs a ledger of another version of Merit',
  M3102: 'needs data that changes between two commands',
  M3103: 'needs data that changes between two commands',
  M3104: 'needs a run with a ledger',
  M3126: 'needs data that changes between two commands',
  M3127: 'needs a policy that changes between two commands',
  M3128: 'needs two commands at once',
  M3132: 'needs a ledger that was edited',
  M3133: 'needs a ledger that was edited',
  M3134: 'needs a ledger that was edited',
  M3135: 'needs a ledger of a later version',
  M3136: 'needs a ledger that was edited',
  M3137: 'needs a ledger that was edited',
  M3138: 'needs a ledger that was edited',
  M3139: 'needs a ledger that was edited',
  M3140: 'needs an exported ledger that was edited',
  M3141: 'needs two ledgers',
  M3142: 'needs data that changes between two commands',
  M3143: 'a fault of Merit itself, or another version of it',
  M3144: 'needs a ledger of another version of Merit',
  M3145: 'needs two programs at once',
  M3146: 'needs a damaged file',
  M3147: 'needs a full disk',
  M3148: 'needs a ledger of a later version',
  M3149: 'the command looks for the file before any example has one',
};

/** Codes that cover mistakes too different for one form of words: their title is the family's. */
const WORDED_IN_MANY_WAYS: ReadonlySet<string> = new Set(['M1060']);

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** Codes in string literals of the source. */
function codesInSource(): readonly string[] {
  const found = filesUnder(join(ROOT, 'src')).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(['"`])(M\d{4})\1/g)].map((match) => match[2]!),
  );
  return [...new Set(found)].sort();
}

const CODES = codesInSource();
const FILES = readdirSync(PAGES).filter((name) => name.endsWith('.md'));
const ALL: readonly Page[] = FILES.map((name) => readPage(readFileSync(join(PAGES, name), 'utf8')));
const SHOWN = ALL.filter(({ code }) => !Object.hasOwn(UNSHOWN, code));

/** Both, where there is data; one, where the example says which. */
function backendsFor(blocks: readonly Block[]): readonly BackendName[] {
  const hasData = blocks.some(({ language }) => !['merit', 'yaml', 'sh'].includes(language));
  const isSaid = blocks.some(({ language, text }) => language === 'sh' && text.includes('--backend'));
  return hasData && !isSaid ? ['memory', 'duckdb'] : ['memory'];
}

const line = ({ code, message }: Diagnostic): string => `${code} ${message}`;
const errors = (all: readonly Diagnostic[]) => all.filter(({ severity }) => severity === 'error');

/** A title as a pattern: `…` stands for anything, and a remark in brackets at its end isn't part of the message. */
function asPattern(title: string): RegExp {
  const parts = title
    .replace(/ \([^()]*\)$/, '')
    .split('…')
    .map((each) => each.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's');
}

describe('the pages', () => {
  it('are one for every code of the source, and no more', () => {
    expect(FILES.map(codeOf)).toEqual(CODES);
  });

  it('are called what they are about', () => {
    expect(ALL.map(({ code }) => `${code}.md`)).toEqual(FILES);
    for (const { code, title } of ALL) {
      expect(title, code).toMatch(/^(?:[^A-Z]|KPI |DuckDB )/);
      expect(title, code).not.toMatch(/[.:]$/);
    }
  });

  it('say something in a few sentences', () => {
    for (const { code, text } of ALL) {
      expect(text.length, code).toBeGreaterThan(80);
      expect(text.length, code).toBeLessThan(900);
      expect(text, code).not.toMatch(
        /\b(?:token|parser?|compiler|syntax|AST|invalid|null|undefined|exception)\b/i,
      );
    }
  });

  it('show what they are about, or the table says why not', () => {
    expect(SHOWN.filter(({ wrong, right }) => wrong.length === 0 || right.length === 0)).toEqual([]);
    expect(Object.keys(UNSHOWN).filter((code) => !CODES.includes(code))).toEqual([]);
  });
});

it.each(ALL.map(({ code, markdown }) => [code, markdown] as const))(
  '%s names the file of each block',
  (_, markdown) => {
    for (const [, above, info] of markdown.matchAll(/(?:^|\n)(.*)\n\n```(\S.*)\n/g)) {
      const [language = '', name] = info!.split(' ');
      if (name !== undefined)
        expect(above).toContain(`\`${name.includes('.') ? name : `${name}.${language}`}\``);
      if (language === 'sh') expect(above).toBe('Command:');
    }
  },
);

describe.each(SHOWN.map((page) => [page.code, page] as const))('%s', (code, page) => {
  it.each(backendsFor(page.wrong))('is what the wrong example gives (%s)', async (backend) => {
    const found = await said(page.wrong, backend);
    const own = found.filter((each) => each.code === code);
    expect(own.map(line), found.map(line).join('\n')).not.toEqual([]);
    if (!WORDED_IN_MANY_WAYS.has(code)) {
      const messages = own.map(({ message }) => message);
      expect(messages).toContainEqual(expect.stringMatching(asPattern(page.title)));
    }
    const others = errors(found).filter((each) => each.code !== code);
    expect([...new Set(others.map((each) => each.code))]).toEqual(page.also);
  });

  it.each(backendsFor(mended(page)))('is gone from the right one (%s)', async (backend) => {
    const found = await said(mended(page), backend);
    expect(found.filter((each) => each.code === code || each.severity === 'error').map(line)).toEqual([]);
  });
});

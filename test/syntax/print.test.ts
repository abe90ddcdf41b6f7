// Properties of the printer, over generated policies and over every policy of the repository: formatting twice is
// formatting once, what is printed is read as the same tree, each form comes back from the other, and no comment is lost.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as astPolicy from '../../src/syntax/ast-policy.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { parseExpression } from '../../src/syntax/parse-expression.ts';
import { convertPolicy, type Form, formatPolicy, meaningOf } from '../../src/syntax/print.ts';
import { printExpression } from '../../src/syntax/print-expression.ts';
import { printText } from '../../src/syntax/print-text.ts';
import { printYaml } from '../../src/syntax/print-yaml.ts';
import { expression } from './generated-expressions.ts';
import { policyFile } from './generated-trees.ts';
import { line, withoutSpans } from './helpers.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const NAMES: Readonly<Record<Form, string>> = { text: 'p.merit', yaml: 'p.merit.yaml' };
const FORMS: readonly Form[] = ['text', 'yaml'];
const RUNS = Number(process.env.MERIT_RUNS ?? 100);

// ---- comments in every place --------------------------------------------------------------------------------

const SCATTER = ['own', 'after', 'blank', 'blank and own', 'none', 'none'] as const;
type Scatter = (typeof SCATTER)[number];

/** The text with comments and empty lines put between and after its lines, as `where` says over and over. */
function scattered(
  text: string,
  form: Form,
  where: readonly Scatter[],
): { readonly text: string; readonly count: number } {
  const mark = form === 'yaml' ? '#' : '//';
  const out: string[] = [];
  let count = 0;
  let blockIndent: number | undefined;
  for (const [index, each] of text.trimEnd().split('\n').entries()) {
    const indent = /^ */.exec(each)![0].length;
    if (blockIndent !== undefined && (each === '' || indent > blockIndent)) {
      out.push(each);
      continue;
    }
    const inward = blockIndent === undefined ? index % 3 : 0; // further in it would be a line of the block
    blockIndent = form === 'yaml' && / \|-$/.test(each) ? indent : undefined;
    const here = where[index % where.length]!;
    const isComment = /^\s*(?:\/\/|#)/.test(each);
    if (here.includes('blank') && !/^\s*\/\//.test(each)) out.push('');
    if (here.includes('own')) out.push(`${' '.repeat(indent + inward)}${mark} own ${count++}: "x`);
    const isAfter = here === 'after' && !isComment && each !== '';
    out.push(isAfter ? `${each} ${mark}after ${count++}` : each);
  }
  return { text: `${out.join('\n')}\n${mark} own ${count++}: "x\n`, count };
}

function readable(text: string, form: Form): astPolicy.PolicyFile {
  const { value, diagnostics } = parsePolicy({ name: NAMES[form], text });
  const errors = diagnostics.filter((each) => each.severity === 'error');
  if (errors.length > 0) throw new Error(`${errors.map(line).join('\n')}\n${text}`);
  return value;
}

function convert(text: string, from: Form, to: Form): string {
  const { value, diagnostics } = convertPolicy({ name: NAMES[from], text }, to);
  if (value === undefined) throw new Error(`${diagnostics.map(line).join('\n')}\n${text}`);
  return value;
}

function expectRoundTrips(text: string, form: Form): void {
  const other = form === 'yaml' ? 'text' : 'yaml';
  const once = convert(text, form, form);
  expect(convert(once, form, form)).toBe(once);
  const there = convert(text, form, other);
  expect(convert(there, other, other)).toBe(there);
  expect(convert(there, other, form)).toBe(once);
}

const EMPTY = { name: 'p.merit', text: '' };

describe('generated policies', { timeout: 20_000 + 500 * RUNS }, () => {
  it('a formula is read as the tree that was printed', () => {
    fc.assert(
      fc.property(expression, (tree) => {
        const text = printExpression(tree);
        const { value, diagnostics } = parseExpression({ name: 'formula', text });
        expect([text, diagnostics.filter((each) => each.severity === 'error').map(line)]).toEqual([text, []]);
        expect(withoutSpans(value)).toEqual(withoutSpans(tree));
      }),
      { numRuns: 10 * RUNS },
    );
  });

  it('a policy is read in both forms as the tree that was printed', () => {
    fc.assert(
      fc.property(policyFile, (tree) => {
        expect(meaningOf(readable(printText(tree, EMPTY), 'text'))).toBe(meaningOf(tree));
        expect(meaningOf(readable(printYaml(tree, EMPTY), 'yaml'))).toBe(meaningOf(tree));
      }),
      { numRuns: RUNS },
    );
  });

  it('each form comes back from the other, with comments and empty lines in every place', () => {
    const where = fc.array(fc.constantFrom(...SCATTER), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(policyFile, fc.constantFrom(...FORMS), where, (tree, form, places) => {
        const printed = form === 'yaml' ? printYaml(tree, EMPTY) : printText(tree, EMPTY);
        expect(convert(printed, form, form)).toBe(printed);
        const { text, count } = scattered(printed, form, places);
        expect(readable(text, form).comments).toHaveLength(count);
        expectRoundTrips(text, form);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('the policies of the repository', () => {
  const files = ['examples', 'test', 'grammar', 'playground', 'bench']
    .flatMap((folder) =>
      readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: 'utf8' }).map(
        (path) => `${folder}/${path}`,
      ),
    )
    .filter((path) => /\.merit(?:\.yaml)?$/.test(path) && !path.includes('node_modules'));

  it.each(files)('%s', (path) => {
    const text = readFileSync(`${ROOT}/${path}`, 'utf8');
    const source = { name: path, text };
    if (formatPolicy(source).value === undefined) return; // a policy that shows errors
    const form = path.endsWith('.yaml') ? 'yaml' : 'text';
    expectRoundTrips(text, form);
    for (const places of [['own'], ['after'], ['blank and own', 'after', 'none']] as const) {
      expectRoundTrips(scattered(convert(text, form, form), form, places).text, form);
    }
  });
});

// The generated files are fresh, the schemas take what the parser takes, and the grammar names what the text says.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../src/syntax/config-shape.ts';
import { generatedFiles } from '../../src/syntax/generate.ts';
import { LATER_CLAUSES, LATER_DECLARATIONS } from '../../src/syntax/later.ts';
import { policySchema } from '../../src/syntax/policy-schema.ts';
import { SHAPES } from '../../src/syntax/shape.ts';
import { corpus } from './helpers.ts';

function committed(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

describe('generated files', () => {
  it.each([...generatedFiles()])('%s is fresh', (path, text) => expect(committed(path)).toBe(text));
});

describe('the schema of policies', () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(policySchema());

  it('takes the corpus', () => {
    expect(validate(parse(corpus('sales.merit.yaml'))), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each([
    'titel: x',
    'kpis: {a: {valu: 1}}',
    'kpis: {a: {kind: outcom, value: 1}}',
    'kpis: {a: {kind: outcome}}',
    'roles: {r: {bonuses: {b: {gated: maybe, value: 1}}}}',
    'curves: {c: {points: {80%: 1}}}',
    'person: 5',
  ])('refuses %s', (text) => expect(validate(parse(text))).toBe(false));
});

describe('the schema of configurations', () => {
  const validate = new Ajv().compile(configSchema());
  it.each([
    ['policy: p.merit\npeople: p.csv\ndata: {d: {file: d.csv, delimiter: ";"}, e: e.csv}', true],
    ['data: {d: {fil: d.csv}}', false],
    ['data: {d: {file: d.csv, format: xls}}', false],
  ])('%s', (text, good) => expect(validate(parse(text))).toBe(good));
});

describe('the grammar', () => {
  const grammar = committed('grammar/merit.ebnf');
  const rules = new Map(
    [...grammar.replace(/\(\*[\s\S]*?\*\)/g, '').matchAll(/^([a-z_]+)\s*=([\s\S]*?);$/gm)].map((match) => [
      match[1]!,
      match[2]!,
    ]),
  );

  it('defines each name that it uses, and uses each that it defines', () => {
    const used = new Set(
      [...rules.values()].flatMap(
        (body) => body.replace(/"[^"]*"|'[^']*'|\?[^?]*\?/g, '').match(/[a-z_]+/g) ?? [],
      ),
    );
    expect([...used].filter((name) => !rules.has(name))).toEqual([]);
    expect([...rules.keys()].filter((name) => !used.has(name))).toEqual(['policy_file']);
  });

  it('has the word of each declaration and clause', () => {
    const words = SHAPES.flatMap((shape) => [
      shape.word,
      ...shape.clauses.flatMap((clause) => clause.word ?? []),
    ]);
    expect(words.filter((word) => !grammar.includes(`"${word}"`))).toEqual([]);
  });

  it('no word is both supported and refused at the same place', () => {
    for (const shape of SHAPES) {
      expect(LATER_DECLARATIONS.has(shape.word)).toBe(false);
      expect(LATER_CLAUSES.has(shape.key)).toBe(false);
    }
  });
});

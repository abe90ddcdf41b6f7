// The generated files are fresh, and the schemas take what the parser takes, each value by one branch of a union.

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../src/syntax/config-shape.ts';
import { generatedFiles } from '../../src/syntax/generate.ts';
import { policySchema } from '../../src/syntax/policy-schema.ts';
import { corpus } from './helpers.ts';

function committed(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

describe('generated files', () => {
  it.each([...generatedFiles()])('%s is fresh', (path, text) => expect(committed(path)).toBe(text));
});

/** The schema with each `anyOf` as a `oneOf`: it refuses what two branches take. */
function exclusive(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(exclusive);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key === 'anyOf' ? 'oneOf' : key, exclusive(value)]),
  );
}

describe('the schema of policies', () => {
  const ajv = new Ajv({ allowUnionTypes: true });
  const validate = ajv.compile(policySchema());
  const validateOne = ajv.compile(exclusive(policySchema()) as object);

  it.each(['sales', 'language', 'whole'])('takes %s, each union by one branch', (name) => {
    const text = corpus(`${name}.merit.yaml`);
    expect(text.split('\n', 1)[0]).toBe('# yaml-language-server: $schema=../../../schemas/merit.schema.json');
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
    expect(validateOne(parse(text)), JSON.stringify(validateOne.errors)).toBe(true);
  });

  it.each([
    'policy: 2026\ntitle: 2026\ndoc: 5',
    'kpis: {a: {title: true, value: 1, owner: 5}}',
    'person: {fte: percent}',
    'person: {fields: text}',
    'person: {fields: {type: text}}',
    'person: {fields: {fte: percent}}',
    'credits: {deal: {lines: to a 100%}}',
    'imports: a.merit',
    'imports: [{path: a.merit}, b.merit]',
    'for: {person: a, targets: {x: 5}}',
    'invariants: {i: a > 5, j: {claim: a > 5, given: a from 5}}',
  ])('takes %s by one branch', (text) => {
    expect(validateOne(parse(text)), JSON.stringify(validateOne.errors)).toBe(true);
  });

  it.each([
    'titel: x',
    'policy: null',
    'policy: ""',
    'roles: {r: {extends: ~}}',
    'kpis: {a: {valu: 1}}',
    'kpis: {a: {kind: outcom, value: 1}}',
    'kpis: {a: {kind: outcome}}',
    'roles: {r: {bonuses: {b: {gated: maybe, value: 1}}}}',
    'curves: {c: {points: {80%: 1}}}',
    'person: 5',
    'awards: {a: {to: hunter}}',
    'grids: {g: {by: "by a, b", columns: x}}',
    'tests: {t: {rows: [deal]}}',
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

// The files that are made from the tables of this stage, by their path in the repository. They are committed;
// `scripts/make-schemas.ts` writes them, and a test says when they are stale.

import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { choicesText } from './choices.ts';
import { configSchema } from './config-shape.ts';
import { findChoices } from './phrases.ts';
import { policySchema } from './policy-schema.ts';

/** Path to contents of every generated file. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['schemas/merit.schema.json', `${JSON.stringify(policySchema(), null, 2)}\n`],
    ['schemas/merit.config.schema.json', `${JSON.stringify(configSchema(), null, 2)}\n`],
    ['src/syntax/validate-config.generated.js', validatorCode()],
    ['src/syntax/choices.generated.js', choicesCode()],
  ]);
}

/** The validator as a module without `eval`, for the browser's sake. */
function validatorCode(): string {
  const ajv = new Ajv({ allErrors: true, strict: true, code: { source: true, esm: true } });
  const code = standalone.default(ajv, ajv.compile(configSchema()));
  return `// Made by scripts/make-schemas.ts from config-shape.ts; don't edit.\n${code}\n`;
}

function choicesCode(): string {
  const text = JSON.stringify(choicesText(findChoices()));
  return `// Made by scripts/make-schemas.ts from the parser's rules; don't edit.\nexport const CHOICES = ${text};\n`;
}

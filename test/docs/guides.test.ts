// The guides: their commands are run, and their pieces of policies are written as the language has them.

import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '../../src/base/diagnostic.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { testCommands } from './page-commands.ts';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));

describe('getting started', () => testCommands('start.md', 5));
describe('the guide for operations', () => testCommands('for-ops.md', 6));
describe('HR edits, operations approve', () => testCommands('hr-flow.md', 12, inYaml));

/** The sales example with its policy in YAML alone. */
function inYaml(folder: string): void {
  const sales = join(folder, 'sales');
  rmSync(join(sales, 'policy.merit'));
  const config = join(sales, 'merit.config.yaml');
  const text = readFileSync(config, 'utf8');
  writeFileSync(`${config}.new`, text.replace('policy: policy.merit', 'policy: policy.merit.yaml'));
  renameSync(`${config}.new`, config);
}

const PIECES = readdirSync(DOCS)
  .filter((each) => each.endsWith('.md') && each !== 'README.md')
  .flatMap((page) => {
    const text = readFileSync(join(DOCS, page), 'utf8');
    return [...text.matchAll(/```merit[^\n]*\n([\s\S]*?)```/g)].map(
      ([, piece = ''], at) => [page, at + 1, piece] as const,
    );
  });

describe('pieces of policies in the pages', () => {
  it.each(PIECES)('%s, piece %i, is written as the language has it', (_, __, text) => {
    const { diagnostics } = parsePolicy({ name: 'policy.merit', text });
    expect(hasErrors(diagnostics) ? diagnostics : []).toEqual([]);
  });
});

// Writes the files that are generated: from the tables of src/syntax, and the railroad diagrams from the grammar.
// Run it by `npm run schemas`.

import { readFileSync, writeFileSync } from 'node:fs';
import { railroadPage } from '../grammar/railroad.ts';
import { generatedFiles } from '../src/syntax/generate.ts';

for (const [path, text] of generatedFiles()) writeFileSync(path, text);
writeFileSync('grammar/railroad.html', railroadPage(readFileSync('grammar/merit.ebnf', 'utf8')));

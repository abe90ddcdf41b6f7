// Writes the files that are generated from the tables of src/syntax. Run it from the repository's root:
// npx esbuild --bundle --platform=node --format=esm --packages=external scripts/make-schemas.ts | node --input-type=module

import { writeFileSync } from 'node:fs';
import { generatedFiles } from '../src/syntax/generate.ts';

for (const [path, text] of generatedFiles()) writeFileSync(path, text);

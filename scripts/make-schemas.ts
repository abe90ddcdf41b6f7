// Writes the files that are generated: from the tables of src/syntax, the railroad diagrams from the grammar, and the
// colours of editors.
// Run it by `npm run schemas`.

import { readFileSync, writeFileSync } from 'node:fs';
import { textMateGrammar } from '../grammar/highlight.ts';
import { railroadPage } from '../grammar/railroad.ts';
import { coverageSchema } from '../src/report/coverage-schema.ts';
import { diffSchema } from '../src/report/diff-schema.ts';
import { explanationSchema } from '../src/report/explanation-schema.ts';
import { backtestSchema, simulationSchema } from '../src/report/history-schema.ts';
import {
  adjustmentsSchema,
  historySchema,
  verificationSchema,
  writtenSchema,
} from '../src/report/ledger-schema.ts';
import { mutationSchema } from '../src/report/mutation-schema.ts';
import { proveSchema } from '../src/report/prove-schema.ts';
import { feedbackSchema, seekSchema } from '../src/report/seek-schema.ts';
import { standingSchema } from '../src/report/standing-schema.ts';
import { testReportSchema } from '../src/report/test-schema.ts';
import { generatedFiles } from '../src/syntax/generate.ts';

for (const [path, text] of generatedFiles()) writeFileSync(path, text);
writeFileSync('schemas/merit.diff.schema.json', `${JSON.stringify(diffSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.tests.schema.json', `${JSON.stringify(testReportSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.coverage.schema.json', `${JSON.stringify(coverageSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.mutation.schema.json', `${JSON.stringify(mutationSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.proofs.schema.json', `${JSON.stringify(proveSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.explanation.schema.json', `${JSON.stringify(explanationSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.backtest.schema.json', `${JSON.stringify(backtestSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.simulation.schema.json', `${JSON.stringify(simulationSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.seek.schema.json', `${JSON.stringify(seekSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.feedback.schema.json', `${JSON.stringify(feedbackSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.close.schema.json', `${JSON.stringify(writtenSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.history.schema.json', `${JSON.stringify(historySchema(), null, 2)}\n`);
writeFileSync('schemas/merit.adjustments.schema.json', `${JSON.stringify(adjustmentsSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.verification.schema.json', `${JSON.stringify(verificationSchema(), null, 2)}\n`);
writeFileSync('schemas/merit.status.schema.json', `${JSON.stringify(standingSchema(), null, 2)}\n`);
writeFileSync(
  'editors/vscode/syntaxes/merit.tmLanguage.json',
  `${JSON.stringify(textMateGrammar(), null, 2)}\n`,
);
writeFileSync('grammar/railroad.html', railroadPage(readFileSync('grammar/merit.ebnf', 'utf8')));

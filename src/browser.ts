// The door for browsers and workers: the engine's API with the memory backend, over text that is already at hand.

import type { Backend } from './backend/backend.ts';
import { createMemoryBackend } from './backend/memory.ts';
import { RunError } from './base/diagnostic.ts';
import type { SourceFormat, SourceSpec } from './model/dataset.ts';

export { lint, lintWithResult } from './analyse/lint.ts';
export { type ExpressionValue, evaluateExpression } from './ask/evaluate-expression.ts';
export { openQuestions, type Questions } from './ask/questions.ts';
export { valueText } from './ask/value-text.ts';
export type { Backend } from './backend/backend.ts';
export { type Day, parseDay } from './base/date.ts';
export { toDecimal } from './base/decimal.ts';
export type { Checked, Diagnostic } from './base/diagnostic.ts';
export { hasErrors, InternalError, RunError } from './base/diagnostic.ts';
export type { Source } from './base/source.ts';
export { compile, type RunRequest, run, VERSION } from './engine.ts';
export type { SourceSpec } from './model/dataset.ts';
export type { Model } from './model/policy.ts';
export type { Result } from './model/result.ts';
export { resultCsv } from './report/csv.ts';
export { diagnosticsText } from './report/diagnostic-text.ts';
export { resultJson } from './report/json.ts';
export { statementText } from './report/statement.ts';
export { resultText } from './report/table.ts';

/** The backend of browsers: it takes sources of text only, and refuses one that names a file. */
export function openBackend(): Backend {
  return createMemoryBackend({
    readFile: (path) => {
      throw new RunError([
        { code: 'M2060', severity: 'error', message: `there are no files here to read \`${path}\` from` },
      ]);
    },
  });
}

/** A source of pasted or dropped text; `name` is an event, a table, or `person`. */
export function textSource(name: string, file: string, text: string): SourceSpec {
  return {
    name,
    file,
    format: formatOf(file),
    content: { kind: 'text', text },
    columns: new Map(),
    constants: new Map(),
    dialect: {},
  };
}

function formatOf(file: string): SourceFormat {
  if (/\.json$/i.test(file)) return 'json';
  return /\.(ndjson|jsonl)$/i.test(file) ? 'ndjson' : 'csv';
}

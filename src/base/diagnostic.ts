// What a stage has to say to the user about a policy, its data or a run. Diagnostics are values: a stage returns
// them beside its result and goes on. Rendering them is the report's work.

import type { Span } from './source.ts';

/** `error` stops the pipeline after the stage; `warning` and `note` don't. */
export type Severity = 'error' | 'warning' | 'note';

/** A second place that the message leans on, with what it shows. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** A replacement of the text under `span` that removes the error. */
export interface Fix {
  readonly span: Span;
  readonly text: string;
}

/** A cell or row of the data: `row` counts from 1 with the heading as row 1, as a spreadsheet shows it. */
export interface DataPlace {
  readonly file: string;
  readonly row?: number;
  readonly column?: string;
}

/** One message: a stable code (`M1203`), one lower-case sentence with the user's words in backticks, and where. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span?: Span;
  /** What the marked place is, shown after the marks. */
  readonly label?: string;
  /** The place in the data, for messages about cells, rows and files. */
  readonly data?: DataPlace;
  readonly related?: readonly Related[];
  /** What to write instead, or what to do next. */
  readonly help?: string;
  readonly fix?: readonly Fix[];
}

/** A stage's result: what it could make, and all that it found. */
export interface Checked<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether any of the diagnostics is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((each) => each.severity === 'error');
}

/** A fault of ours, never of the user's input. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** A run that can't go on for a reason that its user can mend: a limit, an overflow, a missing rate. */
export class RunError extends Error {
  override readonly name = 'RunError';
  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((each) => `${each.code}: ${each.message}`).join('\n'));
  }
}

/** A fault that its user can mend, as the answer that it leaves: none, and why. Throws every other fault on. */
export function failedBy(fault: unknown): {
  readonly value: undefined;
  readonly diagnostics: readonly Diagnostic[];
} {
  if (fault instanceof RunError) return { value: undefined, diagnostics: fault.diagnostics };
  throw fault;
}

/**
 * Work that was stopped by a limit or by whoever asked for it, before it came to an answer. It isn't a `RunError`: what
 * stands in for a formula that can't be worked out never stands in for this.
 */
export class StopError extends Error {
  override readonly name = 'StopError';
  /** M3090 to M3093. */
  readonly code: string;
  constructor(readonly diagnostic: Diagnostic) {
    super(`${diagnostic.code}: ${diagnostic.message}`);
    this.code = diagnostic.code;
  }
}

// What is said of tests when a policy is checked.

import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import { notHere } from './messages.ts';

export function tooManyRows(span: Span, count: number, most: number): Diagnostic {
  return {
    code: 'M1440',
    severity: 'error',
    message: `this stands for ${count} rows, and a line of a test for ${most} at most`,
    span,
    help: 'a test shows a rule with as few rows as it takes',
  };
}

/** Pay, awards and pools in other periods and of other people: an expectation says whose and when. */
export function resultElsewhere(span: Span, shown: string): Diagnostic {
  return notHere(
    span,
    `\`${shown}\` of another period or of others`,
    'expect it of that person in that period, in an `expect` of its own',
  );
}

// Files that have been read, checked together: where one couldn't be read whole, only what doesn't depend on that is said.

import { type Checked, type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { Source, Span } from '../base/source.ts';
import type { Model } from '../model/policy.ts';
import type { PolicyFile } from '../syntax/ast-policy.ts';
import { check } from './check.ts';
import type { Meanings } from './meanings.ts';

/** Checks a policy's files as they were read. The value is absent when there are errors. */
export function checkFiles(
  files: readonly Checked<PolicyFile>[],
  sources: readonly Source[],
  meanings?: Meanings,
): Checked<Model | undefined> {
  const syntax = files.flatMap((each) => each.diagnostics);
  const checked = check(
    files.map((each) => each.value),
    sources,
    meanings,
  );
  if (!hasErrors(syntax)) return { value: checked.value, diagnostics: [...syntax, ...checked.diagnostics] };
  // what couldn't be read may be what a name stands for: only what doesn't depend on it is said beside
  return {
    value: undefined,
    diagnostics: [...syntax, ...checked.diagnostics.filter((each) => isOwnFault(each, syntax, sources))],
  };
}

/**
 * Whether a finding can't be due to a declaration that couldn't be read: names declared twice, wrong words and types,
 * tables and weights that don't add up, and a name that stands nowhere else, so that nothing can have declared it.
 */
function isOwnFault(
  { code, span }: Diagnostic,
  syntax: readonly Diagnostic[],
  sources: readonly Source[],
): boolean {
  if (span && syntax.some((each) => each.span && overlap(each.span, span))) return false;
  if (code !== 'M1101') return code === 'M1102' || code === 'M1109' || /^M12|^M140[1-6]$/.test(code);
  const source = sources.find((each) => each.name === span?.source);
  const name = span && source ? source.text.slice(span.start, span.end) : '';
  return name !== '' && sources.reduce((count, { text }) => count + text.split(name).length - 1, 0) === 1;
}

function overlap(a: Span, b: Span): boolean {
  return a.source === b.source && a.start < b.end && b.start < a.end;
}

// The entry of this stage: a file by its name to the one syntax tree of both forms.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import type { Source, Span } from '../base/source.ts';
import type { PolicyFile } from './ast-policy.ts';
import { unfitInSource } from './characters.ts';
import { isYaml, parseYamlForm } from './forms.ts';
import { LIMITS } from './limits.ts';
import * as messages from './messages.ts';
import { parseText } from './parse-text.ts';
import { wholeOf } from './slice.ts';

/** Reads a policy: YAML where the source's name ends in `.yaml` or `.yml` (see `needForms`), else the text form. */
export function parsePolicy(source: Source): Checked<PolicyFile> {
  const text = checkText(source);
  if (text.refused)
    return { value: { source: source.name, declarations: [], comments: [] }, diagnostics: text.diagnostics };
  const { value, diagnostics } = isYaml(source.name) ? parseYamlForm(source) : parseText(source);
  return { value, diagnostics: inOrder(source, [...text.diagnostics, ...diagnostics]) };
}

const KNOWN = new WeakMap<Source, Checked<PolicyFile>>();

/** The same, but each source is read once: for those who ask again and again about files that stay as they are. */
export function parsedPolicy(source: Source): Checked<PolicyFile> {
  const parsed = KNOWN.get(source) ?? parsePolicy(source);
  KNOWN.set(source, parsed);
  return parsed;
}

/** What is wrong with a text before a word of it is read. */
export function checkText(source: Source): {
  readonly refused: boolean;
  readonly diagnostics: readonly Diagnostic[];
} {
  const { name, text } = source;
  if (text.length > LIMITS.fileLength) {
    const span = { source: name, start: LIMITS.fileLength, end: text.length };
    return { refused: true, diagnostics: [messages.fileTooLong(span, LIMITS.fileLength)] };
  }
  const diagnostics = unfitInSource(wholeOf(source), LIMITS.diagnostics + 1);
  return { refused: false, diagnostics };
}

/** The diagnostics by place, and no more of them than a reader can use. */
export function inOrder(source: Source, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const sorted = withoutFollowUps(source, once(diagnostics)).sort(
    (a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0),
  );
  if (sorted.length <= LIMITS.diagnostics) return sorted;
  const at = sorted[LIMITS.diagnostics]!.span ?? { source: source.name, start: 0, end: 0 };
  return [...sorted.slice(0, LIMITS.diagnostics), messages.tooManyMessages(at, LIMITS.diagnostics)];
}

/** Without what is found missing just where a sign without a meaning stands: that sign is the mistake. */
function withoutFollowUps({ text }: Source, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const signs = diagnostics.filter(
    ({ code, fix }) => code === 'M1011' && (fix ?? []).every((each) => each.text === ''),
  );
  const isNothing = (from: number, to: number): boolean => /^[^\S\r\n]*$/.test(text.slice(from, to));
  const besideSign = ({ start, end }: Span): boolean =>
    signs.some(({ span: sign }) =>
      sign!.start >= end ? isNothing(end, sign!.start) : sign!.end <= start && isNothing(sign!.end, start),
    );
  return diagnostics.filter(({ code, span }) => code !== 'M1020' || !span || !besideSign(span));
}

/** Each of them once: a character that may stand nowhere is found by the search for it, and by what reads around it. */
function once(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const said = new Set<string>();
  return diagnostics.filter(({ code, span, message }) => {
    const id = `${code} ${span?.start} ${span?.end} ${message}`;
    return !said.has(id) && said.add(id);
  });
}

// Puts a recorded test into the text of a policy.

import { type Form, formOf } from '../app/file-names.ts';
import type { Span } from '../share/span.ts';

/** A policy file with a test more, and the place of the test. */
export interface Inserted {
  readonly text: string;
  readonly span: Span;
}

/**
 * The text of a policy with recorded tests at its end; in YAML at the end of `tests`, where that is written as it usually
 * is. Nothing where it is written otherwise.
 */
export function withTests(
  file: { readonly name: string; readonly text: string },
  recorded: string,
): Inserted | undefined {
  const form: Form = formOf(file.name);
  return form === 'yaml' ? inYaml(file, recorded) : atEnd(file, withoutHead(recorded));
}

/** The tests without the comment above them, which speaks of a file of their own. */
function withoutHead(recorded: string): string {
  return recorded.replace(/^(?:(?:\/\/|#)[^\n]*\n)+\n*/, '').trimEnd();
}

function atEnd({ name, text }: { readonly name: string; readonly text: string }, added: string): Inserted {
  const before = `${text.trimEnd()}\n\n`;
  return {
    text: `${before}${added}\n`,
    span: { source: name, start: before.length, end: before.length + added.length },
  };
}

function inYaml(
  file: { readonly name: string; readonly text: string },
  recorded: string,
): Inserted | undefined {
  const { name, text } = file;
  const tests = withoutHead(recorded);
  const head = /^tests:[ \t]*\n/m.exec(text);
  if (!head) return /^tests:/m.test(text) ? undefined : atEnd(file, tests);
  const from = head.index + head[0].length;
  const body = /^(?:(?:[ \t].*|[ \t]*|#.*)(?:\n|$))*/.exec(text.slice(from))?.[0] ?? '';
  const own = tests.replace(/^tests:[ \t]*\n/, '');
  const indent = /^( +)\S/m.exec(body)?.[1];
  if (indent !== undefined && indent !== /^( +)\S/m.exec(own)?.[1]) return undefined;
  const until = from + body.trimEnd().length;
  const before = `${text.slice(0, until)}\n${body.trim() === '' ? '' : '\n'}`;
  const rest = text.slice(until).replace(/^\n*/, '');
  return {
    text: `${before}${own}\n${rest === '' ? '' : `\n${rest}`}`,
    span: { source: name, start: before.length, end: before.length + own.length },
  };
}

// Edits that go beyond what a diagnostic says is to be written: signs of word processors, forgotten brackets, what its
// help shows in full, and allowing a lint with a reason.

import type { Diagnostic, Fix } from '../base/diagnostic.ts';
import { lineStartsOf, type Source, type Span } from '../base/source.ts';
import { isYaml, yamlPartsOf } from '../syntax/forms.ts';
import type { QuickFix } from './findings.ts';

type Mend = (source: Source, diagnostic: Diagnostic & { readonly span: Span }) => readonly QuickFix[];

/** What can be done about a diagnostic beside its own fix. */
export function further(source: Source, diagnostic: Diagnostic): readonly QuickFix[] {
  const { code, span } = diagnostic;
  if (!span) return [];
  return [...(MENDS.get(code)?.(source, { ...diagnostic, span }) ?? [])];
}

function surely(title: string, ...edits: readonly Fix[]): readonly QuickFix[] {
  return [{ title, edits, preferred: true }];
}

function perhaps(title: string, ...edits: readonly Fix[]): readonly QuickFix[] {
  return [{ title, edits, preferred: false }];
}

function at(span: Span, offset: number, text: string): Fix {
  return { span: { source: span.source, start: offset, end: offset }, text };
}

/** The rest of the line behind an offset. */
function restOfLine({ text }: Source, offset: number): string {
  return /[^\r\n]*/.exec(text.slice(offset))![0];
}

// ---- signs ---------------------------------------------------------------------------------------------------

const QUOTES = /['‘’‚“”„«»`]/;

const sign: Mend = (source, { span, fix }) => {
  const written = source.text.slice(span.start, span.end);
  const rest = restOfLine(source, span.end);
  if (fix) return [];
  if (QUOTES.test(written)) {
    const close = rest.search(QUOTES);
    if (written.length !== 1 || close < 0 || rest.slice(0, close).includes('"')) return [];
    const end = span.end + close;
    return surely(
      'Write straight double quotes',
      { span, text: '"' },
      { span: { ...span, start: end, end: end + 1 }, text: '"' },
    );
  }
  if (/^;+$/.test(written) && /^\s*(?:\/\/.*)?$/.test(rest))
    return surely('Leave `;` out', { span, text: '' });
  if (/^#+$/.test(written) && !isYaml(source.name))
    return surely('Write a comment with `//`', { span, text: '//' });
  if (written === '%' && /[0-9][^\S\r\n]+$/.test(source.text.slice(0, span.start))) {
    const blanks = /[^\S\r\n]+$/.exec(source.text.slice(0, span.start))![0].length;
    return surely('Leave the space before `%` out', {
      span: { ...span, start: span.start - blanks },
      text: '%',
    });
  }
  const plain = written.normalize('NFKC');
  return /^[0-9]+$/.test(plain) ? surely(`Write \`${plain}\``, { span, text: plain }) : [];
};

const unclosed: Mend = (source, { span }) => {
  const line = restOfLine(source, span.start);
  return isYaml(source.name)
    ? []
    : surely('Close the text with `"`', at(span, span.start + line.trimEnd().length, '"'));
};

/** `expected `)`, found the end of the line`. */
const expected: Mend = (_, { span, message }) => {
  const found = /^expected `([)\]])`/.exec(message);
  return found ? surely(`Write \`${found[1]}\``, at(span, span.start, found[1]!)) : [];
};

const strayBrace: Mend = (source, { span }) =>
  source.text.slice(span.start, span.end) === '}' ? surely('Leave `}` out', { span, text: '' }) : [];

const strayDoc: Mend = (source, { span }) => {
  if (isYaml(source.name)) return [];
  const text = source.text.slice(span.start, span.end);
  const edits = [...text.matchAll(/^([^\S\r\n]*)\/\/\//gm)].map(({ index, 0: all }) => {
    const start = span.start + index + all.length - 3;
    return { span: { ...span, start, end: start + 3 }, text: '//' };
  });
  return edits.length > 0 ? surely('Make it a comment', ...edits) : [];
};

// ---- what the help shows ---------------------------------------------------------------------------------------

/** The code of the help that has the marked text in it, whole: what stands there is to become that. */
const asShown: Mend = ({ text }, { span, help = '' }) => {
  const marked = text.slice(span.start, span.end);
  const isIn = new RegExp(`(?<![\\p{L}\\p{N}_.])${escaped(marked)}(?![\\p{L}\\p{N}_.])`, 'u');
  for (const [, code = ''] of help.matchAll(/`([^`]+)`/g)) {
    if (code !== marked && !code.includes('…') && isIn.test(code))
      return perhaps(`Write \`${code}\``, { span, text: code });
  }
  return [];
};

/** ``write `500 RUB` in place of `500` ``. */
const inPlaceOf: Mend = ({ text }, { span, help = '' }) => {
  const [, code, marked] = /^write `([^`]+)` in place of `([^`]+)`/.exec(help) ?? [];
  if (code === undefined || marked !== text.slice(span.start, span.end)) return [];
  return perhaps(`Write \`${code}\``, { span, text: code });
};

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** ``policy `p` has no currency``: a line at the beginning of the block. */
const missingLine: Mend = (source, { span, message, help = '' }) => {
  const [, line] = /^write `([^`…]+)`$/.exec(help) ?? [];
  if (line === undefined || !/^(?:policy|event|table|calendar) `/.test(message)) return [];
  if (isYaml(source.name)) {
    if (!message.startsWith('policy ')) return [];
    const end = span.end + restOfLine(source, span.end).length;
    return perhaps(`Add \`${line}\``, at(span, end, `${lineEnd(source)}${line}`));
  }
  const open = source.text.slice(span.end).search(/[{\r\n]/);
  if (source.text[span.end + open] !== '{') return [];
  const place = span.end + open + 1;
  const isBlock = /^\s*$/.test(restOfLine(source, place));
  const text = isBlock ? `${lineEnd(source)}  ${line}` : ` ${line},`;
  return perhaps(`Add \`${line}\``, at(span, place, text));
};

function lineEnd({ text }: Source): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

/** A bonus of mixed money says whether it shrinks with the days held. */
const proration: Mend = (source, { span }) => {
  if (isYaml(source.name)) return [];
  const equals = restOfLine(source, span.end).search(/(?<![<>])=/);
  if (equals < 0) return [];
  const place = span.end + equals;
  return ['prorated', 'not prorated'].flatMap((word) =>
    perhaps(`Write \`${word}\` before \`=\``, at(span, place, `${word} `)),
  );
};

/** `until 500_000 RUB` of the last tier. */
const openEnd: Mend = (source, { span }) => {
  const blanks = /[^\S\r\n]*$/.exec(source.text.slice(0, span.start))![0].length;
  const text = source.text.slice(span.start, span.end);
  return perhaps(`Leave \`${text}\` out`, { span: { ...span, start: span.start - blanks }, text: '' });
};

const MENDS: ReadonlyMap<string, Mend> = new Map<string, Mend>([
  ['M1011', sign],
  ['M1012', unclosed],
  ['M1020', expected],
  ['M1043', strayBrace],
  ['M1048', strayDoc],
  ['M1104', asShown],
  ['M1105', missingLine],
  ['M1202', inPlaceOf],
  ['M1301', asShown],
  ['M1302', asShown],
  ['M1304', asShown],
  ['M1408', proration],
  ['M1415', openEnd],
  ['M1422', asShown],
]);

// ---- lints -----------------------------------------------------------------------------------------------------

/** A comment above the line that allows the lint; what the reason is, its author says. */
export function allowing(source: Source, { code, span }: Diagnostic): readonly QuickFix[] {
  if (!span || !/^M15/.test(code)) return [];
  if (isYaml(source.name) && isInsideScalar(source, span)) return [];
  const start = lineStartsOf(source).findLast((each) => each <= span.start) ?? 0;
  const indent = /^[^\S\r\n]*/.exec(source.text.slice(start))![0];
  const mark = isYaml(source.name) ? '#' : '//';
  const text = `${indent}${mark} allow ${code}: it is meant so${lineEnd(source)}`;
  return perhaps(`Allow ${code} here, with a reason`, at(span, start, text));
}

/** Whether the line above would be part of a text that goes over several lines. */
function isInsideScalar(source: Source, { start }: Span): boolean {
  const line = source.text.lastIndexOf('\n', start - 1);
  return yamlPartsOf(source).scalars.some(({ span }) => span.start <= line && line < span.end);
}

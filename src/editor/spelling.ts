// How a name is written where it stands: bare or in quotes, and in YAML within a text that is itself plain, quoted or a
// block.

import type { Fix } from '../base/diagnostic.ts';
import type { Source, Span } from '../base/source.ts';
import { isYaml, yamlPartsOf } from '../syntax/forms.ts';
import { isWord, nameText, quoted } from '../syntax/print-expression.ts';
import { scalar } from '../syntax/print-yaml-scalar.ts';
import type { YamlScalar, YamlStyle } from '../syntax/yaml-parts.ts';

/** Writes names at places of one file. */
export interface Speller {
  /** The edit that makes the name at a place another one. `from` is how it is called now. */
  edit(span: Span, from: string, to: string): Fix;
  /** An edit of a formula as the text of YAML around it has to write it. */
  put(edit: Fix): Fix;
}

/** What writes names in a file, its form and the quotes around each place kept. */
export function spellerOf(source: Source): Speller {
  const inYaml = isYaml(source.name);
  const scalars = inYaml ? yamlPartsOf(source).scalars : [];
  const aroundOf = (span: Span) =>
    scalars.find((each) => each.span.start <= span.start && span.end <= each.span.end);
  return {
    put: (edit) => {
      const around = aroundOf(edit.span);
      if (!around) return edit;
      const { start, end } = around.span;
      const isWhole = around.style !== 'plain' && edit.span.start === start && edit.span.end === end;
      return { ...edit, text: isWhole ? scalar(edit.text) : encoded(around.style, edit.text) };
    },
    edit: (span, from, to) => {
      const raw = source.text.slice(span.start, span.end);
      const around = aroundOf(span);
      if (!around) return { span, text: inText(raw, from, to) };
      return { span, text: inScalar(around, { span, raw }, from, to) };
    },
  };
}

/** As the text form writes it: what stood in quotes still does. */
function inText(raw: string, from: string, to: string): string {
  const written = manyOf(raw, from, to);
  return raw.startsWith('"') ? quoted(written) : nameText({ text: written, span: NOWHERE });
}

const NOWHERE: Span = { source: '', start: 0, end: 0 };

function inScalar(
  around: YamlScalar,
  { span, raw }: { readonly span: Span; readonly raw: string },
  from: string,
  to: string,
): string {
  const isWhole = span.start === around.span.start && span.end === around.span.end;
  if (isWhole && around.style === 'plain') {
    const written = manyOf(raw, from, to);
    return isWord(written) ? written : scalar(written);
  }
  if (isWhole) return around.style === 'single' ? single(to) : around.style === 'double' ? quoted(to) : to;
  return encoded(around.style, inText(decoded(around.style, raw), from, to));
}

function single(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A piece of a scalar's contents as the scalar writes it. */
function encoded(style: YamlStyle, text: string): string {
  if (style === 'double') return text.replace(/["\\]/g, '\\$&');
  return style === 'single' ? text.replaceAll("'", "''") : text;
}

function decoded(style: YamlStyle, raw: string): string {
  if (style === 'double') return raw.replace(/\\(["\\])/g, '$1');
  return style === 'single' ? raw.replaceAll("''", "'") : raw;
}

/** `12 deals` are rows of `deal`: what is written of many stays so. */
function manyOf(raw: string, from: string, to: string): string {
  const bare = raw.normalize('NFC');
  const isMany =
    bare !== from &&
    !/^["']/.test(raw) &&
    [`${from}s`, `${from}es`, from.replace(/y$/, 'ies')].includes(bare);
  if (!isMany) return to;
  if (/[^aeiou]y$/.test(to)) return to.replace(/y$/, 'ies');
  return /(?:s|x|ch|sh)$/.test(to) ? `${to}es` : `${to}s`;
}

// A cursor in the YAML form: the keys around it lead to the clause that the same place has in the text form.

import type { Source } from '../base/source.ts';
import { lex } from '../syntax/lexer.ts';
import { type Clause, type Reader, SHAPES, shapeOf, shapeOfKey } from '../syntax/shape.ts';
import { docOf } from '../syntax/shape-docs.ts';
import { wholeOf } from '../syntax/slice.ts';
import type { Token } from '../syntax/tokens.ts';
import {
  type Cursor,
  type Inside,
  type Key,
  type Place,
  PROBE,
  probed,
  type Within,
  wordAround,
} from './cursor-place.ts';
import { contents, type YamlPlace, yamlPlace } from './yaml-lines.ts';

const NOTHING: Place = { kind: 'nothing' };
const POLICY = shapeOf('policy')!;
const DOC: Key = { key: 'doc', doc: 'what people should know of it' };
const TOP: readonly (Key | Clause)[] = [
  { key: 'policy', doc: docOf(POLICY) },
  ...POLICY.clauses,
  ...SHAPES.filter((each) => each !== POLICY).map((section) => ({
    key: section.key,
    doc: docOf(section),
    section,
  })),
  DOC,
];

/** Where the offset stands in a file of the YAML form. */
export function yamlCursor(source: Source, offset: number, within: Within): Cursor {
  const word = wordAround(source, offset);
  const text = probed(source, word).text;
  const found = yamlPlace(text, word.start + PROBE.length);
  if (!found) return { span: word, at: NOTHING };
  if (found.as === 'comment') {
    const line = source.text.slice(0, offset).search(/[^\r\n]*$/);
    const mark = source.text.indexOf('#', line);
    return { span: word, at: { kind: 'comment', before: source.text.slice(Math.max(mark, line), offset) } };
  }
  // a name in quotes inside of a scalar is one word
  const span = quotedAround(source, offset, textBefore(text, found, word.start)) ?? word;
  const whole = span === word ? text : probed(source, span).text;
  const around = span === word ? found : yamlPlace(whole, span.start + PROBE.length);
  if (!around) return { span, at: NOTHING };
  const isNumber = span === word && isInLiteral(textBefore(text, found, word.start), source, word.start);
  if (isNumber && within === 'words') return { span, at: NOTHING };
  const { scalar } = around;
  // a value begins behind a blank: `value:x` is neither a key nor one
  if (around.as !== 'value' && source.text[span.start - 1] === ':') return { span, at: NOTHING };
  if (!scalar) return { span, at: placeOf(around, { tokens: [], index: 0 }) };
  const tokens = tokensOf(contents(whole, scalar, scalar.end));
  const index = tokens.findIndex(({ value }) => value === PROBE);
  const rest = {
    source: source.name,
    start: span.end,
    end: scalar.end - PROBE.length + span.end - span.start,
  };
  const at = index === -1 ? NOTHING : placeOf(around, { tokens, index });
  return { span, at, scalar: scalar.style, rest, ...(span !== word && { quoted: true as const }) };
}

/** What of the scalar stands before the word that is looked for. */
function textBefore(text: string, { scalar }: YamlPlace, start: number): string {
  return scalar ? contents(text, scalar, start) : '';
}

/** The text in double quotes around the offset, inside of a scalar. */
function quotedAround(source: Source, offset: number, before: string) {
  const quotes = before.match(/"/g)?.length ?? 0;
  if (quotes % 2 === 0) return undefined;
  const { text, name } = source;
  let start = text.lastIndexOf('"', offset - 1);
  if (text[start - 1] === '\\') start -= 1;
  const close = /\\?"|[\r\n]|$/.exec(text.slice(offset))!;
  const end = offset + close.index + (close[0].endsWith('"') ? close[0].length : 0);
  return start < 0 ? undefined : { source: name, start, end };
}

/** Whether the word goes on with a number: nothing is offered inside of one. */
function isInLiteral(before: string, { text }: Source, start: number): boolean {
  return /[0-9]$/.test(before) || /^[0-9]/.test(text.slice(start, start + 1));
}

function tokensOf(text: string): readonly Token[] {
  return lex(wholeOf({ name: 'scalar', text })).tokens;
}

interface Around {
  readonly tokens: readonly Token[];
  readonly index: number;
}

function placeOf({ path, maps, map, as }: YamlPlace, around: Around): Place {
  const said = new Set((map?.keys ?? []).filter((key) => key !== PROBE));
  const place = ofFile(path, { as, said, around });
  if (place.kind !== 'phrase' || !place.inside.shape || !place.inside.clause) return place;
  const own = maps[place.inside.shape.named ? 2 : 1];
  if (!own || !Number.isFinite(own.indent)) return place;
  return { ...place, inside: { ...place.inside, said: new Set(own.keys), indent: own.indent } };
}

interface Asked {
  readonly as: YamlPlace['as'];
  readonly said: ReadonlySet<string>;
  readonly around: Around;
}

function ofFile(path: readonly string[], asked: Asked): Place {
  const [first, second, ...rest] = path;
  if (first === undefined) return keys(TOP, asked);
  const clause = POLICY.clauses.find(({ key }) => key === first);
  if (clause) return ofClause({ shape: POLICY, clause }, path.slice(1), asked);
  const shape = shapeOfKey(first);
  if (!shape || shape === POLICY) return NOTHING;
  if (shape.listed || !shape.named) return ofDeclaration({ shape }, path.slice(1), asked);
  if (second === undefined) {
    const names = shape.word === 'credit' ? 'event' : 'new';
    return { kind: 'name', names, inside: { shape }, said: asked.said };
  }
  return ofDeclaration({ shape, name: second }, rest, asked);
}

function ofDeclaration(inside: Inside, path: readonly string[], asked: Asked): Place {
  const shape = inside.shape!;
  const short = shape.clauses.find(({ key }) => key === shape.short);
  const [first, ...rest] = path;
  if (first === undefined) {
    const keyed = keys([...shape.clauses, DOC], asked);
    const value = short && asked.as !== 'key' ? ofClause({ ...inside, clause: short }, [], asked) : undefined;
    if (asked.as === 'key' || !value) return keyed;
    return asked.as === 'either' && keyed.kind === 'key' ? { ...keyed, also: value } : value;
  }
  const clause = shape.clauses.find(({ key }) => key === first);
  if (clause) return ofClause({ ...inside, clause }, rest, asked);
  return short?.form === 'field' ? ofClause({ ...inside, clause: short }, path, asked) : NOTHING;
}

function ofClause(inside: Inside, path: readonly string[], asked: Asked): Place {
  const clause = inside.clause!;
  const [first, second] = path;
  switch (clause.form) {
    case 'head':
    case 'bare':
    case 'line':
      return ofValue(inside, path, asked);
    case 'named':
    case 'field':
    case 'computed':
    case 'block': {
      const names = clause.key === 'targets' || clause.form === 'block' ? 'kpi' : 'new';
      if (first === undefined) return { kind: 'name', names, inside, said: asked.said };
      return ofValue({ ...inside, field: first }, path.slice(1), asked);
    }
    case 'entry':
      return first === undefined
        ? phrase(clause.keyPhrase!, inside, asked)
        : phrase(clause.phrase, inside, asked);
    case 'group': {
      if (first === undefined) return phrase(clause.phrase, inside, asked);
      const ofRow = { ...inside, head: tokensOf(first) };
      if (!clause.lines!.named) return phrase(clause.lines!.phrase, ofRow, asked);
      if (second === undefined) return { kind: 'name', names: 'cell', inside: ofRow, said: asked.said };
      return phrase(clause.lines!.phrase, { ...ofRow, field: second }, asked);
    }
    default:
      return clause.form satisfies never;
  }
}

/** A value, which may be spelt out as a map of its parts. */
function ofValue(inside: Inside, path: readonly string[], asked: Asked): Place {
  const clause = inside.clause!;
  const [first] = path;
  const part = clause.parts?.find(({ key }) => key === first);
  if (first !== undefined) return part ? phrase(part.phrase, { ...inside, part }, asked) : NOTHING;
  const parts = clause.parts && keys([...clause.parts, ...(clause.described ? [DOC] : [])], asked);
  if (asked.as === 'key') return parts ?? NOTHING;
  const value = phrase(clause.phrase, inside, asked);
  return asked.as === 'either' && parts?.kind === 'key' ? { ...parts, also: value } : value;
}

function keys(offered: Extract<Place, { kind: 'key' }>['keys'], { said }: Asked): Place {
  return { kind: 'key', keys: offered, said };
}

function phrase(reader: Reader, inside: Inside, { around }: Asked): Place {
  return { kind: 'phrase', phrase: reader, ...around, inside };
}

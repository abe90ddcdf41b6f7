// A YAML file to its documents, with all that a policy or configuration refuses said at its place: broken YAML,
// anchors, aliases, tags, explicit keys. Values are the texts that were written: no number or date is made of them.

import {
  CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import type { Diagnostic } from '../base/diagnostic.ts';
import { cover, type Source, type Span } from '../base/source.ts';
import type { Name } from './ast.ts';
import type { Comment } from './ast-policy.ts';
import { unfitInScalar } from './characters.ts';
import { makeComment } from './lexer.ts';
import { LIMITS } from './limits.ts';
import * as messages from './messages.ts';
import * as yaml from './yaml-messages.ts';
import { sliceOf } from './yaml-scalar.ts';

export interface YamlPair {
  readonly key: Name;
  readonly keyNode: Scalar;
  readonly value: Node | null;
  /** From the key to the end of the value. */
  readonly span: Span;
}

/** The documents of the file, and its comments; nothing is read of a file that is nested too deep. */
export function readDocuments(
  source: Source,
  diagnostics: Diagnostic[],
  comments: Comment[] = [],
): readonly Document[] {
  if (!refuseFeatures(source, diagnostics, comments)) return [];
  let documents: readonly Document[] = [];
  try {
    const read = parseAllDocuments(source.text, {
      version: '1.2',
      schema: 'failsafe',
      keepSourceTokens: true,
      uniqueKeys: false,
      strict: true,
      prettyErrors: false,
      logLevel: 'silent',
      merge: false,
    });
    documents = Array.isArray(read) ? read : [];
  } catch (problem) {
    // The composer calls itself for each level; what fills the stack is nested too deep to be meant.
    if (!(problem instanceof RangeError)) throw problem;
    diagnostics.push(messages.tooDeep({ source: source.name, start: 0, end: 0 }, LIMITS.nesting));
  }
  const said = new Set<string>();
  for (const { code, pos } of documents.flatMap(({ errors }) => errors)) {
    // An error at the end may be said to lie behind it.
    const [start, end] = pos.map((each) => Math.min(each, source.text.length)) as [number, number];
    const span = { source: source.name, start, end: Math.max(start, end) };
    const id = `${code} ${pos[0]}`;
    if (REFUSED_ALREADY.has(code) || said.has(id)) continue;
    said.add(id);
    if (code === 'RESOURCE_EXHAUSTION') diagnostics.push(messages.tooDeep(span, LIMITS.nesting));
    else diagnostics.push(yaml.badYaml(span, WORDS.get(code)));
  }
  return documents;
}

// What `yaml` calls it, and the file's reader.
const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    BAD_DQ_ESCAPE: 'there is no such escape in a text in double quotes',
    BAD_INDENT: 'this line is indented in another way than its neighbours',
    BAD_SCALAR_START: 'a text that begins with this sign stands in quotes',
    BLOCK_AS_IMPLICIT_KEY: 'a second `:` on a line: a text that holds `: ` stands in quotes',
    BLOCK_IN_FLOW: 'a block can not stand in `[ ]` or `{ }`',
    KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
    MISSING_CHAR: 'a bracket, quote, comma or space is missing',
    MULTILINE_IMPLICIT_KEY: 'a key stands on one line',
    TAB_AS_INDENT: 'lines are indented by spaces, not tabs',
    UNEXPECTED_TOKEN:
      'this does not belong here: a formula that begins with a quote stands in quotes as a whole',
  }),
);
const REFUSED_ALREADY = new Set([
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_PROP_ORDER',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
  'TAG_RESOLVE_FAILED',
]);

const FEATURES: ReadonlyMap<string, string> = new Map([
  ['anchor', 'an anchor (`&`)'],
  ['alias', 'an alias (`*`)'],
  ['tag', 'a tag (`!`)'],
  ['explicit-key-ind', 'an explicit key (`?`)'],
  ['directive-line', 'a directive (`%`)'],
]);

/** Says each feature of YAML that a policy refuses; false if the file is too large or nested too deep to be read. */
function refuseFeatures(source: Source, diagnostics: Diagnostic[], comments: Comment[]): boolean {
  let at = 0;
  let depth = 0;
  let inScalar = false;
  let dashes = 0;
  let parts = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
    const type = inScalar ? 'scalar' : CST.tokenType(lexeme);
    if (type === 'scalar' && !inScalar) {
      inScalar = true;
      continue;
    }
    inScalar = false;
    if (type === 'doc-mode' || type === 'flow-error-end') continue;
    const span = { source: source.name, start: at, end: at + lexeme.length };
    const feature = type === null ? undefined : FEATURES.get(type);
    if (feature !== undefined) diagnostics.push(yaml.yamlFeature(span, feature));
    if (type === 'comment') {
      const before = source.text.slice(source.text.lastIndexOf('\n', at) + 1, at);
      const place = /^[\s\ufeff]*$/.test(before) ? 'own line' : 'after code';
      comments.push(makeComment(lexeme.slice(1), place, span));
    }
    if (type === 'flow-map-start' || type === 'flow-seq-start') depth += 1;
    else if (type === 'flow-map-end' || type === 'flow-seq-end') depth -= 1;
    if (type === 'newline') dashes = 0;
    else if (type === 'seq-item-ind') dashes += 1;
    parts += 1;
    if (parts > LIMITS.yamlParts) {
      diagnostics.push(yaml.tooManyParts(span, LIMITS.yamlParts));
      return false;
    }
    if (depth > LIMITS.nesting || dashes > LIMITS.nesting) {
      diagnostics.push(messages.tooDeep(span, LIMITS.nesting));
      return false;
    }
    at += lexeme.length;
  }
  return true;
}

// What is said of keys, maps and lists, all of which stand elsewhere once a bracket or a blank is missing.
const OF_STRUCTURE: ReadonlySet<string> = new Set(['M1046', 'M1060', 'M1062', 'M1063', 'M1064', 'M1065']);

/** Of a file that is no YAML from a place on, only the formulas are judged behind it. */
export function withoutFollowUps(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const broken = Math.min(...diagnostics.flatMap(({ code, span }) => (code === 'M1060' ? span!.start : [])));
  return diagnostics.filter(({ code, span }) => !OF_STRUCTURE.has(code) || span!.start <= broken);
}

/** The place of a node, without the line end that a block holds. */
export function nodeSpan(source: Source, node: Node): Span {
  const [start, end] = node.range!;
  const blank = /\s*$/.exec(source.text.slice(Math.max(start, end - 100), end))![0].length;
  return { source: source.name, start, end: end - blank };
}

/** The pairs of a map whose keys are plain texts, each once; the others are said and left out. */
export function pairsOf(source: Source, map: YAMLMap, diagnostics: Diagnostic[]): readonly YamlPair[] {
  const seen = new Map<string, Span>();
  return map.items.flatMap(({ key, value }): readonly YamlPair[] => {
    const node = key as Node | null;
    if (node === null || !isScalar(node) || node.range == null) {
      diagnostics.push(yaml.notAName(nodeSpan(source, node ?? map)));
      return [];
    }
    const name = nameOfScalar(source, node);
    diagnostics.push(...unfitInScalar(sliceOf(source, node)));
    if (name.text === '<<') {
      diagnostics.push(yaml.yamlFeature(name.span, 'a merge key (`<<`)'));
      return [];
    }
    const first = seen.get(name.text);
    if (first !== undefined) {
      diagnostics.push(yaml.duplicateKey(name.span, name.text, first));
      return [];
    }
    seen.set(name.text, name.span);
    const inner = value as Node | null;
    const span = inner?.range == null ? name.span : cover(name.span, nodeSpan(source, inner));
    return [{ key: name, keyNode: node, value: inner, span }];
  });
}

/** The whole scalar as a name or text. */
export function nameOfScalar(source: Source, scalar: Scalar): Name {
  return { text: String(scalar.value).normalize('NFC'), span: nodeSpan(source, scalar) };
}

/** What a node is, in words. */
export function described(node: Node | null): string {
  if (node === null || (isScalar(node) && node.value === '' && node.type === 'PLAIN')) return 'nothing';
  return isMap(node) ? 'a map' : isSeq(node) ? 'a list' : isScalar(node) ? 'a text' : 'an alias';
}

// The YAML form: the same shapes as the text form, each scalar read by the same phrase from its own characters in
// the file, so that every place in a formula is a place in the YAML.

import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { cover, type Source, type Span } from '../base/source.ts';

import type { Name } from './ast.ts';
import type { Comment, Declaration, PolicyFile } from './ast-policy.ts';

import { unfitInScalar } from './characters.ts';
import { lex } from './lexer.ts';
import { LIMITS } from './limits.ts';
import { makeDeclaration } from './make-declarations.ts';
import type { Entry } from './make-parts.ts';
import * as messages from './messages.ts';
import type { PhraseName } from './phrases.ts';
import { readPhrase } from './read-phrase.ts';
import {
  type Clause,
  type DeclarationShape,
  type Part,
  type Reader,
  SHAPES,
  shapeOf,
  shapeOfKey,
} from './shape.ts';
import {
  described,
  nameOfScalar,
  nodeSpan,
  pairsOf,
  readDocuments,
  withoutFollowUps,
  type YamlPair,
} from './yaml-documents.ts';
import * as yaml from './yaml-messages.ts';
import { sliceOf } from './yaml-scalar.ts';

type Entries = Map<string, Entry[]>;
const POLICY = shapeOf('policy')!;
const TOP_KEYS = [...SHAPES.map((shape) => shape.key), ...POLICY.clauses.map((clause) => clause.key), 'doc'];

/** Reads a `.merit.yaml` file: several documents are one policy. */
export function parseYaml(source: Source): Checked<PolicyFile> {
  const reader = new YamlReader(source);
  for (const document of readDocuments(source, reader.diagnostics, reader.comments))
    reader.document(document.contents as Node | null);
  const declarations = reader.all();
  const comments = reader.comments.sort((a, b) => a.span.start - b.span.start);
  const diagnostics = withoutFollowUps(reader.diagnostics);
  return { value: { source: source.name, declarations, comments }, diagnostics };
}

class YamlReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly comments: Comment[] = [];
  private readonly declarations: Declaration[] = [];
  /** The policy's own keys, which stand at the top of any document. */
  private readonly policy: { name?: Name; doc?: string; span?: Span; readonly entries: Entries } = {
    entries: new Map(),
  };

  constructor(readonly source: Source) {}

  /** All declarations, the policy's first. */
  all(): readonly Declaration[] {
    const { name, doc, span, entries } = this.policy;
    if (span === undefined) return this.declarations;
    if (name === undefined) {
      this.diagnostics.push(messages.requiredMissing({ ...span, end: span.start }, 'this file', 'policy'));
      return this.declarations;
    }
    const said = { shape: POLICY, name, ...(doc !== undefined && { doc }), span, place: name.span, entries };
    return [makeDeclaration(said, this.diagnostics), ...this.declarations];
  }

  document(contents: Node | null): void {
    if (contents === null || (isScalar(contents) && contents.value === '')) return;
    const whole = { text: 'policy', span: { source: this.source.name, start: 0, end: 0 } };
    for (const pair of this.pairs({ key: whole, value: contents })) this.section(pair);
  }

  private section(pair: YamlPair): void {
    const { key } = pair;
    const clause = POLICY.clauses.find((each) => each.key === key.text);
    const shape = shapeOfKey(key.text);
    if (key.text === 'policy' || key.text === 'doc' || clause !== undefined) {
      this.policy.span = this.policy.span === undefined ? pair.span : cover(this.policy.span, pair.span);
    }
    if (key.text === 'policy') {
      if (this.policy.name !== undefined)
        this.diagnostics.push(yaml.duplicateKey(key.span, 'policy', this.policy.name.span));
      else this.assign(this.policy, 'name', this.label(pair));
    } else if (key.text === 'doc') {
      this.assign(this.policy, 'doc', this.doc(pair));
    } else if (clause !== undefined) {
      this.clause(clause, pair, this.policy.entries);
    } else if (shape?.listed === true) {
      for (const each of this.items(pair)) this.declaration(shape, each, undefined);
    } else if (shape?.named === false) {
      this.declaration(shape, pair, undefined);
    } else if (shape !== undefined) {
      for (const each of this.pairs(pair, 'a map of names')) this.declaration(shape, each, each.key);
    } else {
      this.diagnostics.push(yaml.unknownKey(key.span, key.text, { where: 'a policy', known: TOP_KEYS }));
    }
  }

  private declaration(shape: DeclarationShape, pair: YamlPair, name: Name | undefined): void {
    const entries: Entries = new Map();
    let doc: string | undefined;
    const short = shape.clauses.find((clause) => clause.key === shape.short);
    if (short !== undefined && isShort(short, pair.value)) {
      this.clause(short, pair, entries);
    } else {
      for (const each of this.pairs(pair)) {
        const clause = shape.clauses.find((one) => one.key === each.key.text);
        if (each.key.text === 'doc') doc = this.doc(each);
        else if (clause !== undefined) this.clause(clause, each, entries);
        else
          this.unknown(each.key, {
            where: `\`${shape.word}\``,
            known: [...shape.clauses.map((one) => one.key), 'doc'],
          });
      }
    }
    const said = {
      shape,
      ...(name && { name }),
      ...(doc !== undefined && { doc }),
      span: pair.span,
      place: pair.key.span,
      entries,
    };
    this.declarations.push(makeDeclaration(said, this.diagnostics));
  }

  /** Adds what a key of a declaration says. */
  private clause(clause: Clause, pair: YamlPair, entries: Entries): void {
    const said = this.entries(clause, pair);
    entries.set(clause.into, [...(entries.get(clause.into) ?? []), ...said]);
  }

  private entries(clause: Clause, pair: YamlPair): readonly Entry[] {
    switch (clause.form) {
      case 'head':
      case 'bare':
        return [{ value: this.scalar(clause.phrase, pair), span: pair.span }];
      case 'line':
        return clause.many === true ? this.listed(clause, pair) : [this.entry(clause, pair)];
      case 'named':
        return this.pairs(pair, 'a map of names').flatMap((each) =>
          this.listed(clause, each).map((entry) => ({ ...entry, name: each.key })),
        );
      case 'field':
      case 'computed':
        return this.pairs(pair, 'a map of names').map((each) => ({
          ...this.entry(clause, each),
          name: each.key,
        }));
      case 'block': {
        const lines = this.pairs(pair, 'a map of names').map((each) => ({
          ...this.entry(clause, each),
          name: each.key,
        }));
        return [{ value: lines, span: pair.span }];
      }
      case 'group':
        return this.items(pair).flatMap((item) =>
          this.pairs(item, 'a map with one key').map((each) => this.group(clause, each)),
        );
      case 'entry':
        return this.pairs(pair, 'a map').map((each) => {
          const key = this.phraseOf(clause.keyPhrase!, each.keyNode);
          return {
            key,
            value: key === undefined ? undefined : this.scalar(clause.phrase, each),
            span: each.span,
          };
        });
      default:
        return clause.form satisfies never;
    }
  }

  /** What may occur several times: a value, or a list of them. */
  private listed(clause: Clause, pair: YamlPair): readonly Entry[] {
    return this.items(pair).map((item) => this.entry(clause, item));
  }

  /** The items of a list, or the one value that stands instead of it. */
  private items(pair: YamlPair): readonly YamlPair[] {
    if (!isSeq(pair.value)) return [pair];
    return pair.value.items.map((item) => {
      const value = item as Node;
      return { ...pair, value, span: nodeSpan(this.source, value) };
    });
  }

  /** A head with its lines: a map of names, or a list of phrases. */
  private group(clause: Clause, pair: YamlPair): Entry {
    const { named, phrase } = clause.lines!;
    const key = this.phraseOf(clause.phrase as PhraseName, pair.keyNode);
    const lines = named ? this.pairs(pair, 'a map of names') : this.items(pair);
    const value = lines.map((each) => ({
      ...(named && { name: each.key }),
      value: this.scalar(phrase, each),
      span: each.span,
    }));
    return { key, value: key === undefined ? undefined : value, span: pair.span };
  }

  private entry(clause: Clause, pair: YamlPair): Entry {
    const { span } = pair;
    if (clause.parts === undefined || !isMap(pair.value))
      return { value: this.scalar(clause.phrase, pair), span };
    const { parts } = clause;
    const value: Record<string, unknown> = {};
    let doc: string | undefined;
    let complete = true;
    const pairs = this.pairs(pair);
    for (const each of pairs) {
      const part = parts.find((one) => one.key === each.key.text);
      if (each.key.text === 'doc' && clause.described === true) doc = this.doc(each);
      else if (part !== undefined) complete = this.part(part, each, value) && complete;
      else this.unknown(each.key, { where: `\`${pair.key.text}\``, known: parts.map((one) => one.key) });
    }
    for (const part of parts) {
      if (part.required !== true || pairs.some((each) => each.key.text === part.key)) continue;
      this.diagnostics.push(messages.requiredMissing(pair.key.span, `\`${pair.key.text}\``, part.key));
      complete = false;
    }
    const whole = clause.form === 'computed' ? value.value : value;
    return { value: complete ? whole : undefined, span, ...(doc !== undefined && { doc }) };
  }

  /** Reads one part of a value that is spelt out; false if it couldn't be read. */
  private part(part: Part, pair: YamlPair, into: Record<string, unknown>): boolean {
    let complete = true;
    for (const each of part.many === true ? this.items(pair) : [pair]) {
      const value = this.scalar(part.phrase, each);
      complete = complete && value !== undefined;
      const said = part.into === '' ? ((value ?? {}) as object) : { [part.into]: value };
      for (const [key, one] of Object.entries(said)) {
        if (into[key] !== undefined) this.diagnostics.push(messages.clauseTwice(each.span, part.key));
        into[key] = one;
      }
    }
    return complete;
  }

  private scalar(reader: Reader, pair: YamlPair): unknown {
    if (reader === 'label') return this.label(pair);
    if (reader === 'flag') return this.flag(pair);
    if (isScalar(pair.value)) return this.phraseOf(reader, pair.value);
    this.wrong(pair, { wanted: reader === 'formula' || reader === 'sum' ? 'a formula' : 'a text' });
    return undefined;
  }

  private phraseOf(phrase: PhraseName, node: Node): unknown {
    const enough = this.diagnostics.length > 5 * LIMITS.diagnostics;
    if (!isScalar(node) || enough) return undefined;
    const slice = sliceOf(this.source, node);
    const { tokens, comments, diagnostics } = lex(slice);
    this.diagnostics.push(...unfitInScalar(slice));
    this.comments.push(...comments);
    // `///` describes nothing inside a scalar: `doc` does that.
    for (const { doc } of tokens) {
      for (const line of doc?.text.split('\n') ?? [])
        this.comments.push({ text: line, place: 'own line', span: doc!.span });
    }
    const at = slice.start(0);
    const read = readPhrase(phrase, tokens, {
      place: { source: this.source.name, start: at, end: at },
      end: 'the end of the text',
    });
    for (const each of [...diagnostics, ...read.diagnostics]) this.diagnostics.push(each);
    return read.value;
  }

  private label(pair: YamlPair): Name | undefined {
    if (isNothing(pair.value)) {
      this.wrong(pair, { wanted: 'a text', found: 'nothing' });
      return undefined;
    }
    if (isScalar(pair.value) && pair.value.value !== '') {
      this.diagnostics.push(...unfitInScalar(sliceOf(this.source, pair.value)));
      return nameOfScalar(this.source, pair.value);
    }
    this.wrong(pair, { wanted: 'a text' });
    return undefined;
  }

  private doc(pair: YamlPair): string | undefined {
    if (!isScalar(pair.value)) return this.label(pair)?.text;
    this.diagnostics.push(...unfitInScalar(sliceOf(this.source, pair.value)));
    return String(pair.value.value).replace(/\n+$/, '');
  }

  private flag(pair: YamlPair): boolean | undefined {
    const text = isScalar(pair.value) ? pair.value.value : undefined;
    if (text === 'true' || text === 'false') return text === 'true';
    this.wrong(pair, {
      wanted: '`true` or `false`',
      found: typeof text === 'string' && text !== '' ? `\`${text}\`` : undefined,
    });
    return undefined;
  }

  /** The pairs of a node that must be a map. */
  private pairs(pair: Pick<YamlPair, 'key' | 'value'>, wanted = 'a map of keys'): readonly YamlPair[] {
    const { value } = pair;
    if (isMap(value)) return pairsOf(this.source, value, this.diagnostics);
    this.wrong(pair, { wanted });
    return [];
  }

  private wrong(
    { key, value }: Pick<YamlPair, 'key' | 'value'>,
    { wanted, found }: { readonly wanted: string; readonly found?: string | undefined },
  ): void {
    const span = value?.range == null ? key.span : nodeSpan(this.source, value);
    const what = `\`${key.text}\``;
    this.diagnostics.push(yaml.wrongNode(span, what, { wanted, found: found ?? described(value) }));
  }

  private unknown(key: Name, known: { readonly where: string; readonly known: readonly string[] }): void {
    this.diagnostics.push(yaml.unknownKey(key.span, key.text, known));
  }

  private assign<T, K extends keyof T>(into: T, key: K, value: T[K] | undefined): void {
    if (value !== undefined) into[key] = value;
  }
}

/** What every reader of YAML takes for no value: a text of these letters stands in quotes. */
function isNothing(node: Node | null): boolean {
  return isScalar(node) && node.type === 'PLAIN' && /^(?:~|null|Null|NULL)$/.test(String(node.value));
}

/** Whether a declaration is written by its main clause alone: any scalar or list; fields, unless `fields` is spelt out. */
function isShort(clause: Clause, node: Node | null): boolean {
  if (clause.form !== 'field') return !isMap(node);
  if (!isMap(node)) return true;
  return !node.items.some(
    ({ key, value }) => isScalar(key) && key.value === 'fields' && isMap(value) && !value.has('type'),
  );
}

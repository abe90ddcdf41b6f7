// `merit.config.yaml`: where the policy and the data lie and how the files are written. Its structure is judged by
// the validator compiled from config-shape.ts; here its errors get places, and paths are kept inside the folder.
// Whether a file exists, and where symlinks lead, is for who opens it.

import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { isPeriodsText } from '../base/period.ts';
import type { Source, Span } from '../base/source.ts';
import { CLOSE_KEYS, CONFIG_KEYS, SOURCE_KEYS } from './config-shape.ts';
import * as messages from './messages.ts';
import { checkText, inOrder } from './parse.ts';
import validate, { type ConfigError } from './validate-config.generated.js';
import { described, nameOfScalar, nodeSpan, pairsOf, readDocuments } from './yaml-documents.ts';
import * as yaml from './yaml-messages.ts';

/** A path relative to the configuration's folder, which it doesn't leave. */
export interface PathRef {
  readonly path: string;
  readonly span: Span;
}

/** Where one kind of row comes from. */
export interface SourceConfig {
  /** The event or table, or `person`. */
  readonly name: string;
  /** A path; of a table its name. */
  readonly file: string;
  /** Whether it is a table of the database, and no file. */
  readonly isTable?: true;
  readonly format?: 'csv' | 'json' | 'ndjson' | 'parquet';
  /** Field to column, where they differ in name. */
  readonly columns: ReadonlyMap<string, string>;
  /** Field to text that stands in every row. */
  readonly constants: ReadonlyMap<string, string>;
  readonly dialect: {
    readonly delimiter?: string;
    readonly decimal?: string;
    readonly thousands?: string;
    readonly percents?: 'fractions';
  };
  /** The place of the source's name. */
  readonly span: Span;
  readonly fileSpan: Span;
}

/** A file, or a table of the database. */
type NamedPlace = PathRef & { readonly isTable?: true };

export interface RunConfig {
  readonly policy?: PathRef;
  /** As written: `2026-01`, or a range `2026-01..2026-06`. */
  readonly period?: string;
  readonly sources: readonly SourceConfig[];
  /** Where tables lie: the environment variable that holds an address, or a DuckDB file. */
  readonly database?: { readonly variable: string } | { readonly file: PathRef };
  /** The file that holds closed periods. */
  readonly ledger?: PathRef;
  /** Whether a period is closed only after an approval. */
  readonly approvalRequired?: true;
}

/** Reads the configuration; a source that is wrong is left out. */
export function parseConfig(source: Source): Checked<RunConfig> {
  const text = checkText(source);
  if (text.refused) return { value: { sources: [] }, diagnostics: text.diagnostics };
  const reader = new ConfigReader(source);
  const value = reader.read();
  return { value, diagnostics: inOrder(source, [...text.diagnostics, ...reader.diagnostics]) };
}

/** A node as plain data, with the place of each value and key by its JSON pointer. */
interface Located {
  readonly value: unknown;
  readonly places: ReadonlyMap<
    string,
    { readonly node: Node | null; readonly key?: Span; readonly span: Span }
  >;
}

class ConfigReader {
  readonly diagnostics: Diagnostic[] = [];
  constructor(readonly source: Source) {}

  read(): RunConfig {
    const documents = readDocuments(this.source, this.diagnostics);
    const contents = (documents[0]?.contents ?? null) as Node | null;
    const second = documents[1]?.contents as Node | null | undefined;
    if (second?.range != null) this.diagnostics.push(yaml.secondDocument(nodeSpan(this.source, second)));
    if (contents === null || (isScalar(contents) && contents.value === '')) return { sources: [] };
    const located = this.locate(contents);
    const bad = this.structure(located);
    const root = located.value as Record<string, unknown>;
    if (!isMap(contents)) return { sources: [] };
    const people =
      bad('/people') || !Object.hasOwn(root, 'people') ? [] : this.sourceOf('person', '/people', located);
    const data = bad('/data', 'alone') ? {} : ((root.data ?? {}) as Record<string, unknown>);
    const sources = Object.keys(data).flatMap((name) => {
      const pointer = `/data/${escapePointer(name)}`;
      if (name === 'person') {
        this.diagnostics.push(yaml.peopleInData(located.places.get(pointer)!.key!));
        return [];
      }
      return bad(pointer) ? [] : this.sourceOf(name, pointer, located);
    });
    const policy = bad('/policy') ? undefined : this.path('/policy', located);
    const period = bad('/period') ? undefined : this.period(located);
    const database = bad('/database') ? undefined : this.database(located);
    const ledger = bad('/ledger') ? undefined : this.path('/ledger', located);
    const approval = bad('/close') ? undefined : located.places.get('/close/approval');
    return {
      ...(policy && { policy }),
      ...(period && { period }),
      ...(database && { database }),
      ...(ledger && { ledger }),
      ...(approval && { approvalRequired: true }),
      sources: [...people, ...sources],
    };
  }

  /** The values as plain data. Keys of maps without a prototype may be any word. */
  private locate(root: Node): Located {
    const places = new Map<string, { node: Node | null; key?: Span; span: Span }>();
    const visit = (node: Node | null, pointer: string, key: Span | undefined): unknown => {
      const span =
        node?.range == null
          ? (key ?? { source: this.source.name, start: 0, end: 0 })
          : nodeSpan(this.source, node);
      places.set(pointer, { node, ...(key && { key }), span });
      if (isScalar(node)) return String(node.value);
      if (isSeq(node))
        return node.items.map((item, index) => visit(item as Node, `${pointer}/${index}`, undefined));
      const value: Record<string, unknown> = Object.create(null);
      const pairs = isMap(node) ? pairsOf(this.source, node, this.diagnostics) : [];
      for (const pair of pairs) {
        value[pair.key.text] = visit(pair.value, `${pointer}/${escapePointer(pair.key.text)}`, pair.key.span);
      }
      return value;
    };
    return { value: visit(root, '', undefined), places };
  }

  /** Says what is wrong with the structure; the answer tells whether a value, or (unless `alone`) a part of it, is bad. */
  private structure({ value, places }: Located): (pointer: string, alone?: 'alone') => boolean {
    validate(value);
    const errors = (validate.errors ?? []).filter((error) => error.keyword !== 'if');
    for (const error of errors) this.diagnostics.push(this.explain(error, places));
    const bad = errors.map((error) => error.instancePath);
    return (pointer, alone) =>
      bad.some((each) => each === pointer || (alone === undefined && each.startsWith(`${pointer}/`)));
  }

  private explain({ instancePath, keyword, params }: ConfigError, places: Located['places']): Diagnostic {
    const { node, key, span } = places.get(instancePath)!;
    const name = unescapePointer(instancePath.slice(instancePath.lastIndexOf('/') + 1));
    const what = instancePath === '' ? 'the configuration' : `\`${name}\``;
    if (keyword === 'additionalProperties') {
      const unknown = String(params.additionalProperty);
      const at = places.get(`${instancePath}/${escapePointer(unknown)}`)?.key ?? span;
      const keys = instancePath === '' ? CONFIG_KEYS : instancePath === '/close' ? CLOSE_KEYS : SOURCE_KEYS;
      const known = Object.keys(keys);
      return yaml.unknownKey(at, unknown, { where: what, known });
    }
    if (keyword === 'required')
      return messages.requiredMissing(key ?? span, what, String(params.missingProperty));
    if (keyword === 'enum') {
      const known = params.allowedValues as readonly string[];
      const word = isScalar(node) ? String(node.value) : '';
      return yaml.wrongWord(span, word, { what: name, known });
    }
    const isSource = instancePath === '/people' || /^\/data\/[^/]*$/.test(instancePath);
    const wanted =
      params.type === 'object' ? 'a map of keys' : isSource ? 'a file, or a map of keys' : 'a text';
    return yaml.wrongNode(span, what, { wanted, found: described(node) });
  }

  private sourceOf(name: string, pointer: string, located: Located): readonly SourceConfig[] {
    const { node, key, span } = located.places.get(pointer)!;
    const short = isScalar(node);
    const file: NamedPlace | undefined = short
      ? this.path(pointer, located)
      : this.fileOrTable(pointer, located);
    if (file === undefined) return [];
    const text = (each: string): string | undefined => {
      const found = located.places.get(`${pointer}/${each}`)?.node;
      return !short && isScalar(found) ? String(found.value) : undefined;
    };
    const dialect: Record<string, string> = {};
    for (const each of ['delimiter', 'decimal', 'thousands', 'percents']) {
      const said = text(each);
      if (said !== undefined) dialect[each] = said === 'tab' ? '\t' : said;
    }
    if (dialect.thousands !== undefined && dialect.thousands === (dialect.decimal ?? '.')) {
      this.diagnostics.push(
        yaml.sameSigns(located.places.get(`${pointer}/thousands`)!.span, dialect.thousands),
      );
    }
    const format = text('format') as SourceConfig['format'] | undefined;
    return [
      {
        name: name.normalize('NFC'),
        file: file.path,
        ...(file.isTable && { isTable: true }),
        ...(format && { format }),
        columns: this.texts(`${pointer}/columns`, located),
        constants: this.texts(`${pointer}/constants`, located),
        dialect,
        span: key ?? span,
        fileSpan: file.span,
      },
    ];
  }

  private fileOrTable(pointer: string, located: Located): NamedPlace | undefined {
    const table = located.places.get(`${pointer}/table`);
    const file = located.places.get(`${pointer}/file`);
    if (!table && !file) {
      const { key, span } = located.places.get(pointer)!;
      this.diagnostics.push(yaml.noFileOrTable(key ?? span));
      return undefined;
    }
    if (!table) return this.path(`${pointer}/file`, located);
    if (file) this.diagnostics.push(yaml.fileAndTable(table.key ?? table.span));
    return { path: isScalar(table.node) ? String(table.node.value) : '', span: table.span, isTable: true };
  }

  /** INVARIANT: an address, which may hold a password, is neither kept nor shown. */
  private database(located: Located): RunConfig['database'] {
    const place = located.places.get('/database');
    if (place === undefined || !isScalar(place.node)) return undefined;
    const text = String(place.node.value);
    if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return { variable: text };
    if (!/:\/\/|=|@/.test(text) && DUCKDB_FILE.test(text)) {
      const file = this.path('/database', located);
      return file && { file };
    }
    this.diagnostics.push(yaml.badDatabase(this.source.name));
    return undefined;
  }

  private texts(pointer: string, located: Located): ReadonlyMap<string, string> {
    const node = located.places.get(pointer)?.node;
    if (!isMap(node)) return new Map();
    const pairs = node.items.filter((pair) => isScalar(pair.key) && isScalar(pair.value));
    return new Map(
      pairs.map(({ key, value }) => [
        nameOfScalar(this.source, key as never).text,
        String((value as { value: unknown }).value),
      ]),
    );
  }

  private path(pointer: string, located: Located): PathRef | undefined {
    const place = located.places.get(pointer);
    if (place === undefined || !isScalar(place.node)) return undefined;
    const path = String(place.node.value);
    const problem = PATH_RULES.find(({ refuses }) => refuses.test(path));
    if (problem !== undefined) {
      this.diagnostics.push(yaml.badPath(place.span, path, problem));
      return undefined;
    }
    return { path, span: place.span };
  }

  private period(located: Located): string | undefined {
    const place = located.places.get('/period');
    if (place === undefined || !isScalar(place.node)) return undefined;
    const name = nameOfScalar(this.source, place.node);
    if (isPeriodsText(name.text)) return name.text;
    this.diagnostics.push(yaml.notAPeriod(name.span, name.text));
    return undefined;
  }
}

const DUCKDB_FILE = /\.(?:duckdb|ddb|db)$/i;

/** What no path may be, in the order in which it is said. */
const PATH_RULES: readonly { readonly refuses: RegExp; readonly why: string; readonly help: string }[] = [
  { refuses: /^$/, why: 'is empty', help: 'name a file' },
  { refuses: /\0/, why: 'holds a NUL character', help: 'delete it' },
  {
    refuses: /^[A-Za-z]:[\\/]|^[\\/]|^~/,
    why: 'is absolute',
    help: 'write it from the folder of the configuration: `data/deals.csv`',
  },
  {
    refuses: /^[A-Za-z][A-Za-z0-9+.-]*:/,
    why: 'is an address',
    help: 'fetch the file first, and name the file',
  },
  { refuses: /\\/, why: 'holds a backslash', help: 'folders are separated by `/`' },
  {
    refuses: /(^|\/)\.\.(\/|$)/,
    why: 'leaves its folder',
    help: 'put the file into the folder of the configuration, or below',
  },
  { refuses: /[*?[\]{}]/, why: 'is a pattern', help: 'name one file' },
];

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function unescapePointer(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

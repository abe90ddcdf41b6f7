// The documents that an editor has open, kept up to date edit by edit. What is open wins over the disk.

import { basename, dirname } from 'node:path';
import type {
  TextDocumentContentChangeEvent,
  TextDocumentItem,
  VersionedTextDocumentIdentifier,
} from 'vscode-languageserver/node';
import type { Source } from '../base/source.ts';
import type { OpenTexts } from '../node-editor.ts';
import { type Encoding, offsetOf, pathOf } from './lsp-positions.ts';

/** An open document, under the name by which the engine knows it: its path, or its address where it has none. */
export interface OpenDocument {
  readonly uri: string;
  readonly name: string;
  readonly version: number;
  readonly source: Source;
}

/** Open documents, and how the engine sees them. */
export interface Documents {
  readonly texts: OpenTexts;
  open(item: TextDocumentItem): void;
  /** Absent where the document isn't open. */
  change(
    id: VersionedTextDocumentIdentifier,
    changes: readonly TextDocumentContentChangeEvent[],
  ): OpenDocument | undefined;
  close(uri: string): void;
  get(uri: string): OpenDocument | undefined;
  /** The document by what the engine calls it. */
  named(name: string): OpenDocument | undefined;
  all(): readonly OpenDocument[];
}

/** Documents of a client that counts columns so. */
export function createDocuments(encoding: () => Encoding): Documents {
  const byUri = new Map<string, OpenDocument>();
  const byName = new Map<string, OpenDocument>();
  const keep = (uri: string, version: number, text: string): OpenDocument => {
    const name = nameOf(uri);
    const before = byUri.get(uri);
    const source = before?.source.text === text ? before.source : { name, text };
    const document = { uri, name, version, source };
    byUri.set(uri, document);
    byName.set(name, document);
    return document;
  };
  return {
    texts: textsOf(byName),
    open({ uri, version, text }) {
      // one document that is none must not spoil the session for all others
      if (typeof uri === 'string' && typeof text === 'string') keep(uri, version, text);
    },
    change({ uri, version }, changes) {
      const before = byUri.get(uri);
      return (
        before &&
        keep(
          uri,
          version,
          changes.reduce((text, each) => changed(before.name, text, each, encoding()), before.source.text),
        )
      );
    },
    close(uri) {
      const document = byUri.get(uri);
      byUri.delete(uri);
      if (document && byName.get(document.name) === document) byName.delete(document.name);
    },
    get: (uri) => byUri.get(uri),
    named: (name) => byName.get(name),
    all: () => [...byUri.values()],
  };
}

/** What the engine calls the document at an address. */
export function nameOf(uri: string): string {
  return pathOf(uri) ?? uri;
}

/** The text after one change; its places count in the text as the changes before it have left it. */
function changed(
  name: string,
  text: string,
  change: TextDocumentContentChangeEvent,
  encoding: Encoding,
): string {
  if (typeof change?.text !== 'string') return text;
  if (!('range' in change)) return change.text;
  const source = { name, text };
  const start = offsetOf(source, change.range.start, encoding);
  const end = offsetOf(source, change.range.end, encoding);
  return text.slice(0, Math.min(start, end)) + change.text + text.slice(Math.max(start, end));
}

/** Sources that come from the disk are kept as long as their text is the same, so that nothing is read twice. */
function textsOf(byName: ReadonlyMap<string, OpenDocument>): OpenTexts {
  const kept = new Map<string, Source>();
  return {
    textOf: (path) => byName.get(path)?.source.text,
    namesIn: (folder) =>
      [...byName.keys()].filter((name) => dirname(name) === folder).map((name) => basename(name)),
    sourceOf(name, text) {
      const open = byName.get(name)?.source;
      if (open?.text === text) return open;
      const before = kept.get(name);
      if (before?.text === text) return before;
      const source = { name, text };
      kept.set(name, source);
      return source;
    },
  };
}

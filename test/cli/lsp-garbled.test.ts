// Whatever is typed, every question of an editor has an answer, and none is a fault of the server.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver-protocol/node';
import { generatedRuns } from '../runs.ts';
import { builtMerit, workplace } from './command.ts';
import { type Client, startClient } from './lsp-client.ts';

const { folder } = workplace();
const { program } = builtMerit(folder);
const example = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../examples/whole-language/${name}`, import.meta.url)), 'utf8');

let client: Client;
beforeAll(async () => {
  client = await startClient({ program, folder, settings: { values: true } });
});
afterAll(async () => {
  expect(await client.end()).toBe(0);
  expect(client.stderr()).toBe('');
});

const pieces = fc.constantFrom(
  '',
  '{',
  '}',
  '"',
  '\n',
  '\r\n',
  'sum(',
  '😀',
  'выручка',
  '///',
  ' : ',
  'kpi ',
  '- ',
  '[',
  '1_000 RUB',
  '\t',
  '#',
  '|',
  '&x',
);
/** What is put in place of how much, where in the text. */
const edits = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 30 }), pieces), { minLength: 1, maxLength: 6 });
const names = fc.constantFrom('policy.merit', 'policy.merit.yaml');

/** The line and column of an offset. */
function place(text: string, offset: number) {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

it('answers about texts that are broken anywhere', { timeout: 120_000 }, async () => {
  const questions = (name: string, position: { line: number; character: number }) => {
    const textDocument = { uri: client.uri(name) };
    const range = { start: { line: 0, character: 0 }, end: position };
    const at = { textDocument, position };
    return [
      ['completion', at],
      ['hover', at],
      ['signatureHelp', at],
      ['definition', at],
      ['references', { ...at, context: { includeDeclaration: true } }],
      ['documentHighlight', at],
      ['prepareRename', at],
      ['rename', { ...at, newName: 'renamed' }],
      ['documentSymbol', { textDocument }],
      ['foldingRange', { textDocument }],
      ['semanticTokens/full', { textDocument }],
      ['codeLens', { textDocument }],
      ['formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } }],
      ['inlayHint', { textDocument, range }],
      ['codeAction', { textDocument, range, context: { diagnostics: [] } }],
      ['diagnostic', { textDocument }],
    ] as const;
  };
  await fc.assert(
    fc.asyncProperty(names, edits, async (name, changes) => {
      let text = example(name);
      client.open(name, text);
      for (const [where, length, insert] of changes) {
        const from = where % (text.length + 1);
        const until = Math.min(text.length, from + length);
        client.edit(name, { start: place(text, from), end: place(text, until) }, insert);
        text = text.slice(0, from) + insert + text.slice(until);
        const answers = questions(name, place(text, from + insert.length)).map(([method, params]) =>
          client.request(`textDocument/${method}`, params).then(
            (answer) => (method === 'documentSymbol' ? expectNested(answer as DocumentSymbol[]) : undefined),
            // that a name can't be changed is an answer
            (fault: { code: number; message: string }) =>
              expect([method, fault.code]).toEqual([method, -32803]),
          ),
        );
        await Promise.all(answers);
      }
      client.close(name);
    }),
    generatedRuns(8),
  );
});

/** Editors refuse an outline whose names don't lie in their parts. */
function expectNested(symbols: readonly DocumentSymbol[]): void {
  for (const { name, range, selectionRange, children } of symbols) {
    expect(name).not.toBe('');
    expect(isBefore(range.start, selectionRange.start) && isBefore(selectionRange.end, range.end), name).toBe(
      true,
    );
    expectNested(children ?? []);
  }
}

type Place = DocumentSymbol['range']['start'];
const isBefore = (a: Place, b: Place): boolean =>
  a.line < b.line || (a.line === b.line && a.character <= b.character);

// Documents edit by edit, in each way of counting columns, against the plainest way of editing: characters in a list.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDocuments } from '../../src/cli/lsp-documents.ts';
import { type Encoding, encodingFor, offsetOf, positionOf } from '../../src/cli/lsp-positions.ts';
import { generatedRuns } from '../runs.ts';

const ENCODINGS: readonly Encoding[] = ['utf-8', 'utf-16', 'utf-32'];
const units: Readonly<Record<Encoding, (letter: string) => number>> = {
  'utf-8': (letter) => new TextEncoder().encode(letter).length,
  'utf-16': (letter) => letter.length,
  'utf-32': () => 1,
};

const letters = fc.constantFrom(
  'a',
  'я',
  'é',
  '€',
  '😀',
  '👩‍💻',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\r',
  '"',
  '{',
  '}',
);
const texts = fc.array(letters, { maxLength: 40 });

/** Line and column of the place before the letter of that index, counted letter by letter. */
function place(written: readonly string[], index: number, encoding: Encoding) {
  let [line, character] = [0, 0];
  for (const letter of written.slice(0, index)) {
    const isEnd = letter === '\n' || letter === '\r' || letter === '\r\n';
    [line, character] = isEnd
      ? [line + 1, 0]
      : [line, character + [...letter].reduce((sum, each) => sum + units[encoding](each), 0)];
  }
  return { line, character };
}

/** A text in which no line feed happens to follow a carriage return that is a letter of its own. */
const isPlain = (written: readonly string[]): boolean =>
  written.every((letter, index) => letter !== '\r' || !(written[index + 1] ?? '').startsWith('\n'));

describe.each(ENCODINGS)('documents counted in %s', (encoding) => {
  it('are after each edit what was written', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(), texts), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(texts, edits, (start, changes) => {
        const documents = createDocuments(() => encoding);
        const uri = 'untitled:Untitled-1';
        documents.open({ uri, languageId: 'merit', version: 1, text: start.join('') });
        let written = start;
        for (const [a, b, insert] of changes) {
          const [from, until] = [a % (written.length + 1), b % (written.length + 1)].sort((x, y) => x - y);
          const after = [...written.slice(0, from), ...insert, ...written.slice(until)];
          if (!isPlain(written) || !isPlain(after)) return;
          const range = { start: place(written, from!, encoding), end: place(written, until!, encoding) };
          documents.change({ uri, version: 2 }, [{ range, text: insert.join('') }]);
          written = after;
        }
        expect(documents.get(uri)?.source.text).toBe(written.join(''));
      }),
      generatedRuns(300),
    );
  });

  it('have the place of each offset, and the offset of each place', () => {
    fc.assert(
      fc.property(texts.filter(isPlain), (written) => {
        const source = { name: 'a', text: written.join('') };
        for (let index = 0; index <= written.length; index++) {
          const offset = written.slice(0, index).join('').length;
          const at = place(written, index, encoding);
          expect(positionOf(source, offset, encoding)).toEqual(at);
          expect(offsetOf(source, at, encoding)).toBe(offset);
        }
      }),
      generatedRuns(300),
    );
  });

  it('end where places lie past their ends', () => {
    const source = { name: 'a', text: 'я😀\r\nb' };
    expect(offsetOf(source, { line: 0, character: 99 }, encoding)).toBe(3);
    expect(offsetOf(source, { line: 1, character: 99 }, encoding)).toBe(6);
    expect(offsetOf(source, { line: 9, character: 0 }, encoding)).toBe(6);
    expect(positionOf(source, 99, encoding)).toEqual({ line: 1, character: 1 });
  });
});

it('takes UTF-16 where it can, and else what is offered', () => {
  expect(encodingFor(undefined)).toBe('utf-16');
  expect(encodingFor([])).toBe('utf-16');
  expect(encodingFor(['utf-32', 'utf-8', 'utf-16'])).toBe('utf-16');
  expect(encodingFor(['utf-32', 'utf-8'])).toBe('utf-8');
  expect(encodingFor(['utf-7'])).toBe('utf-16');
});

it('leaves out what is no document and no change', () => {
  const documents = createDocuments(() => 'utf-16');
  const open = (item: unknown) => documents.open(item as Parameters<typeof documents.open>[0]);
  open({ uri: null, version: 1, text: 'a' });
  open({ uri: 'file:///b.merit', version: 1, text: 12 });
  expect(documents.all()).toEqual([]);
  open({ uri: 'file:///c.merit', version: 1, text: 'c' });
  const changes = [null, {}, { text: null }, { range: {}, text: 5 }];
  documents.change({ uri: 'file:///c.merit', version: 2 }, changes as never);
  expect(documents.get('file:///c.merit')?.source.text).toBe('c');
});

// Whatever is typed, everything answers: texts that end anywhere, texts with letters changed anywhere.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Source } from '../../src/base/source.ts';
import { coloursOf } from '../../src/editor/colours.ts';
import { definitionAt, referencesAt } from '../../src/editor/definition.ts';
import { withEdits } from '../../src/editor/edits.ts';
import { findingsOf } from '../../src/editor/findings.ts';
import { foldsOf } from '../../src/editor/folding.ts';
import { formatEdits } from '../../src/editor/format.ts';
import { outlineOf } from '../../src/editor/outline.ts';
import { formulasAround, openProject, type Project } from '../../src/editor/project.ts';
import { nameAt, renameAt } from '../../src/editor/rename.ts';
import { generatedRuns } from '../runs.ts';
import { EXAMPLES } from './helpers.ts';

/** Asks everything of a project at a place, and looks at what all answers must be. */
function askAll(project: Project, file: string, offset: number): void {
  const { text } = project.sources.find(({ name }) => name === file)!;
  const isIn = ({ start, end }: { readonly start: number; readonly end: number }): boolean =>
    start >= 0 && start <= end && end <= text.length;
  definitionAt(project, file, offset);
  referencesAt(project, file, offset);
  formulasAround(project, file, offset);
  nameAt(project, file, offset);
  expect(foldsOf(project, file).every(({ span }) => isIn(span))).toBe(true);
  expect(outlineOf(project, file).every(({ span }) => isIn(span))).toBe(true);
  const colours = coloursOf(project, file);
  expect(
    colours.every(({ span }, index) => isIn(span) && span.start >= (colours[index - 1]?.span.end ?? 0)),
  ).toBe(true);
  for (const { fixes } of findingsOf(project)) {
    for (const { edits } of fixes) {
      expect(edits.every(({ span }) => isIn(span))).toBe(true);
      withEdits(project.sources, edits);
    }
  }
}

/** The file's text exchanged for another; what stood at the place before. */
function changed(sources: readonly Source[], before: Project, text: string): Project {
  return openProject([{ name: sources[0]!.name, text }, ...sources.slice(1)], before);
}

const { numRuns } = generatedRuns(30);

describe.each(Object.entries(EXAMPLES))('%s', (_, sources) => {
  const before = openProject(sources);
  const [{ name, text }] = sources as readonly [Source];

  it('answers in a text that ends anywhere', () => {
    const step = Math.max(1, Math.floor(text.length / numRuns));
    for (let end = 0; end < text.length; end += step)
      askAll(changed(sources, before, text.slice(0, end)), name, end);
  });

  it('answers wherever something is typed or taken out', () => {
    const place = fc.nat({ max: text.length });
    const typed = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '(',
        ')',
        '[',
        ']',
        '"',
        "'",
        '.',
        ',',
        '\n',
        '  ',
        '/// ',
        '#',
        ': ',
        '- ',
        '|',
        'и',
        '😀',
        '\r\n',
        '\u200b',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(place, fc.nat({ max: 12 }), typed, (at, length, letters) => {
        const project = changed(sources, before, text.slice(0, at) + letters + text.slice(at + length));
        askAll(project, name, at);
        const answer = renameAt(project, name, at, 'other');
        if ('edits' in answer) openProject(withEdits(project.sources, answer.edits));
        formatEdits(project, name);
      }),
      generatedRuns(20),
    );
  });
});

it('a sign that can’t be seen, within a word of the language', () => {
  const text =
    'policy p {\n  currency RUB\n  timezone "UTC"\n  period month\n}\nevent deal {\n  id: text key\n  at: date posts\n  x = 5 i\u200bs 6 a\u200bnd tr\u200bue\n}\n';
  const { diagnostics } = openProject([{ name: 'p.merit', text }]).checked;
  expect([...new Set(diagnostics.map(({ code }) => code))]).toEqual(['M1011']);
});

it('an event without a name, beside a bonus that is no bonus per event', () => {
  const text =
    'policy p {\n  currency RUB\n  timezone "UTC"\n  period month\n}\nevent "" {\n  id: text key\n  at: date posts\n  who: person owner\n}\nrole r { bonus b = 5 RUB }\n';
  const project = openProject([{ name: 'p.merit', text }]);
  for (let at = 0; at < text.length; at += 5) askAll(project, 'p.merit', at);
});

it('files that are not there have nothing', () => {
  const project = openProject([]);
  expect(definitionAt(project, 'x', 0)).toEqual([]);
  expect(coloursOf(project, 'x')).toEqual([]);
  expect(foldsOf(project, 'x')).toEqual([]);
  expect(outlineOf(project, 'x')).toEqual([]);
  expect(findingsOf(project).map(({ diagnostic }) => diagnostic.code)).toEqual(['M1108']);
});

it('files whose text is the same are not read again', () => {
  const sources = EXAMPLES['whole language']!;
  const before = openProject(sources);
  const after = openProject([{ ...sources[0]!, text: `${sources[0]!.text}\n` }, ...sources.slice(1)], before);
  expect(after.files.get(sources[1]!.name)).toBe(before.files.get(sources[1]!.name));
  expect(after.files.get(sources[0]!.name)).not.toBe(before.files.get(sources[0]!.name));
  expect(openProject(sources, before)).toBe(before);
});

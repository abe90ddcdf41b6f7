// Completion over the examples: each name that stands somewhere is offered there once it is taken out, each name that is
// offered is one that the checker knows there, and whatever is typed, everything answers.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Source } from '../../src/base/source.ts';
import { completionsAt } from '../../src/editor/complete.ts';
import type { Completion } from '../../src/editor/completion.ts';
import { hintsOf } from '../../src/editor/hints.ts';
import { hoverAt } from '../../src/editor/hover.ts';
import { lensesOf } from '../../src/editor/lenses.ts';
import type { NameAt } from '../../src/editor/names.ts';
import { openProject, type Project } from '../../src/editor/project.ts';
import { signatureAt } from '../../src/editor/signature.ts';
import { generatedRuns } from '../runs.ts';
import { EXAMPLES } from './helpers.ts';

function changed(sources: readonly Source[], before: Project, text: string): Project {
  return openProject([{ name: sources[0]!.name, text }, ...sources.slice(1)], before);
}

/** The places of names that are used, as many as are drawn. */
function drawn(project: Project, file: string, most: number): readonly NameAt[] {
  const uses = project.names.byFile.get(file)!.filter(({ declares }) => !declares);
  const step = Math.max(1, Math.floor(uses.length / most));
  return uses.filter((_, index) => index % step === 0);
}

/** What stands at one place only, so that nobody knows it once it is taken out. */
const ELSEWHERE_UNKNOWN: ReadonlySet<string> = new Set(['person', 'team', 'type']);

/** What says that a name isn't known where it stands, or leads back to itself. */
const UNKNOWN: ReadonlySet<string> = new Set(['M1101', 'M1103', 'M1104', 'M1109']);

/** Items that aren't names, or to which something must still be added. */
const OTHERS: ReadonlySet<string> = new Set([
  'keyword',
  'unit',
  'clause',
  'key',
  'declaration',
  'value',
  'file',
]);

/** What is written before anything is filled in. */
function plain({ insert, snippet = insert }: Completion): string {
  return snippet.includes('${') ? insert : snippet.replace('$0', '');
}

const { numRuns } = generatedRuns(25);

describe.each(Object.entries(EXAMPLES))('%s', (_, sources) => {
  const before = openProject(sources);
  const [{ name: file, text }] = sources as readonly [Source];
  const without = ({ span }: NameAt) => text.slice(0, span.start) + text.slice(span.end);

  it('offers each name at the place where it was taken out', () => {
    for (const each of drawn(before, file, numRuns)) {
      if (ELSEWHERE_UNKNOWN.has(each.meaning.kind)) continue;
      const { span, meaning } = each;
      const { items } = completionsAt(changed(sources, before, without(each)), file, span.start);
      const written = text.slice(span.start, span.end);
      const labels = items.flatMap(({ label, insert }) => [label, insert]);
      expect([written, JSON.stringify(written), meaning.name], `${written} at ${span.start}`).toEqual(
        expect.arrayContaining([expect.toSatisfy((one: string) => labels.includes(one))]),
      );
    }
  });

  it('offers no name that the checker would not know there', () => {
    for (const each of drawn(before, file, Math.ceil(numRuns / 10))) {
      const { start, end } = each.span;
      const { span, items } = completionsAt(changed(sources, before, without(each)), file, start);
      const behind = end - start;
      const named = items.filter(({ kind }) => !OTHERS.has(kind));
      const every = Math.ceil(named.length / 12);
      for (const item of named.filter((_, index) => (index + start) % every === 0)) {
        const inserted = plain(item);
        const whole = `${text.slice(0, span.start)}${inserted}${text.slice(span.end + behind)}`;
        const { diagnostics } = changed(sources, before, whole).checked;
        const about = diagnostics.filter(
          ({ code, span: at }) =>
            UNKNOWN.has(code) &&
            at?.source === file &&
            at.start <= span.start + inserted.length &&
            at.end >= span.start,
        );
        // a band is no single target, which is said of the KPI's name too
        const said = about
          .map(({ message }) => message)
          .filter((one) => !one.startsWith('a target of one value'));
        expect(said, `${inserted} at ${start}`).toEqual([]);
      }
    }
  }, 60_000);

  it('answers in a text that ends anywhere, or has something typed or taken out', () => {
    const ask = (whole: string, offset: number): void => {
      const project = changed(sources, before, whole);
      const { span } = completionsAt(project, file, offset);
      expect(span.start <= offset && offset <= span.end).toBe(true);
      hoverAt(project, file, Math.max(0, offset - 1));
      signatureAt(project, file, offset);
      hintsOf(project, file, undefined);
      lensesOf(project, file);
    };
    const place = fc.nat({ max: text.length });
    const typed = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '(',
        ')',
        '[',
        '"',
        "'",
        '.',
        ',',
        ': ',
        '\n',
        '\r\n',
        '  ',
        '- ',
        '|',
        '🏁',
        'я',
        '#',
      ),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(place, typed, fc.nat({ max: 5 }), fc.boolean(), (at, added, removed, ends) => {
        const rest = ends ? '' : text.slice(at + removed);
        ask(`${text.slice(0, at)}${added}${rest}`, at + added.length);
      }),
      { ...generatedRuns(25) },
    );
  }, 60_000);
});

it('an event that is only begun is read', () => {
  const project = openProject([{ name: 'p.merit', text: 'policy p { currency RUB }\nevent deal' }]);
  expect(project.checked.diagnostics.length).toBeGreaterThan(0);
  expect(completionsAt(project, 'p.merit', 36).items).toEqual([]);
});

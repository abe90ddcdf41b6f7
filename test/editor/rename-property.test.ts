// Whatever has a name in a policy can be called otherwise: the policy means the same, and calling it by its old name again
// gives the old text. And every name that is written is known.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasErrors } from '../../src/base/diagnostic.ts';
import type { Source } from '../../src/base/source.ts';
import { openProject, type Project } from '../../src/editor/project.ts';
import { drawFrom } from '../backend/draw.ts';
import { FEATURE_NAMES } from '../pipeline/generated-features.ts';
import { generatePolicy } from '../pipeline/generated-policy.ts';
import { printText, printYaml } from '../pipeline/print-policy.ts';
import { generatedRuns } from '../runs.ts';
import { EXAMPLES } from './helpers.ts';
import { renameable, renamesThereAndBack } from './renaming.ts';

const { numRuns } = generatedRuns(12);

describe.each(Object.entries(EXAMPLES))('%s', (_, sources) => {
  const project = openProject(sources);
  const names = renameable(project);
  const step = Math.max(1, Math.floor(names.length / numRuns));
  const drawn = names.filter((_, index) => index % step === 0);

  it('has no errors, and every name in it is known', () => {
    expect(hasErrors(project.checked.diagnostics)).toBe(false);
    expect(drawn.length).toBeGreaterThan(10);
    expect(unknownNames(project)).toEqual([]);
  });

  it.each(drawn.map((each) => [`${each.meaning.kind} ${each.meaning.name}`, each] as const))(
    '%s',
    (_, name) => {
      renamesThereAndBack(project, name);
    },
  );
});

describe('generated policies', () => {
  const source = (draw: ReturnType<typeof drawFrom>): Source => {
    const features = new Set(draw.list(3, 3, () => draw.pick(FEATURE_NAMES)));
    const policy = generatePolicy(draw, [...features]);
    return draw.pick([true, false])
      ? { name: 'policy.merit', text: printText(policy) }
      : { name: 'policy.merit.yaml', text: printYaml(policy) };
  };

  it('can have their names changed', () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => {
        const draw = drawFrom(gen);
        const project = openProject([source(draw)]);
        expect(unknownNames(project)).toEqual([]);
        const names = renameable(project);
        for (let count = 0; count < 4; count++) renamesThereAndBack(project, draw.pick(names));
      }),
      // a failing policy is small enough to be read, and shrinking it takes long
      { ...generatedRuns(30), endOnFailure: true },
    );
  });
});

// names that stand for nothing of the policy's: what people call it and who answers, zones, ways to round and to prorate
const LABELS = new Set(['title', 'owner', 'currency', 'timezone', 'mode', 'prorate', 'days', 'from', 'to']);

/** Names of the syntax tree that the checker told nothing of, with what is around them. */
function unknownNames({ names, files, sources }: Project): readonly string[] {
  return sources.flatMap(({ name }) => {
    const known = new Set((names.byFile.get(name) ?? []).map(({ span }) => `${span.start} ${span.end}`));
    const found: string[] = [];
    const visit = (node: unknown, path: readonly string[]): void => {
      if (Array.isArray(node)) for (const each of node) visit(each, path);
      if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
      const { kind, text, span } = node as Partial<Record<'kind' | 'text', string>> & {
        span?: Source & { start: number; end: number };
      };
      const isName = kind === undefined && typeof text === 'string' && span !== undefined;
      if (isName && !known.has(`${span.start} ${span.end}`) && !isLabel(text, path))
        found.push([...path, text].join(' '));
      for (const [key, part] of Object.entries(node))
        if (key !== 'span') visit(part, kind ? [...path, kind, key] : [...path, key]);
    };
    visit(files.get(name)!.value.declarations, []);
    return found;
  });
}

function isLabel(text: string, path: readonly string[]): boolean {
  const key = path.at(-1)!;
  // a bare word in the row of a test is a text, and so is a key of a grid that no field lists
  const isText = path.includes('cells') || (path[0] === 'grid' && key === 'word');
  return LABELS.has(key) || isText || (key === 'name' && /^[A-Z]{3}$/.test(text));
}

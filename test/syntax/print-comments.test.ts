// Comments where only people write them, inside what the formatter puts on one line or spells out: each form comes back
// from the other, formatting twice is formatting once, and no comment is lost.

import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/syntax/parse.ts';
import { convertPolicy, formatPolicy } from '../../src/syntax/print.ts';

const NAMES = { text: 'p.merit', yaml: 'p.merit.yaml' } as const;
type Form = keyof typeof NAMES;

const numbers = (text: string) => [...text.matchAll(/(?:\/\/|#) ([0-9]+)$/gm)].map(([, number]) => number!);

function expectKept(text: string, form: Form): void {
  const other = form === 'text' ? 'yaml' : 'text';
  const source = { name: NAMES[form], text };
  expect(parsePolicy(source).diagnostics).toEqual([]);
  const once = formatPolicy(source).value!;
  expect(numbers(once).sort()).toEqual(numbers(text).sort());
  expect(formatPolicy({ ...source, text: once }).value).toBe(once);
  const there = convertPolicy(source, other).value!;
  expect(numbers(there).sort()).toEqual(numbers(text).sort());
  expect(formatPolicy({ name: NAMES[other], text: there }).value).toBe(there);
  expect(convertPolicy({ name: NAMES[other], text: there }, form).value).toBe(once);
}

describe('the text form', () => {
  it.each([
    `test "a" { // 0
      deal { manager anna, // 1
        amount 5 } // 2
      // 3
      person anna { role hunter } // 4
      expect anna in 2026-01 { a is 5 // 5
      } // 6
      expect anna in 2026-01 { // 7
        // 8
        a is 5
        // 9
      }
      expect anna in 2026-01 {
      } // 10
    } // 11`,
    `invariant "a" { // 0
      x > 5 } // 1
    invariant "b" { x > 5 // 2
    }
    invariant "c" { // 3
      // 4
      x > 5
      // 5
    } // 6
    /// d
    invariant "d" { x > 5 } // 7
    invariant "e" { x > 5 // 8
      + 3 } // 9`,
    `pool a = 5 // 1
      + 4 { // 2
      // 3
      to r // 4
      when x is 5 // 5
      // 6
      shared equally // 7
      // 8
    } // 9
    pool b = 5 { to r shared equally } // 10
    pool c = 5 { to r // 11
      shared equally }`,
    `award a { gives badge "x" // 1
      to r // 2
      // 3
      gives 5 RUB when x // 4
      when y // 5
    }`,
    `role r { bonus b = 5 RUB { // 1
        when x // 2
        // 3
        cap 7 RUB // 4
      } // 5
      // 6
    }`,
    `grid g by a, b { // 1
      // 2
      | x | y // 3
      // 4

      from 1 | 2 | 3 // 5
      // 6
    } // 7
    import "x" // 8
    // 9
    for team a { // 10
      // 11
    } // 12
    import "y" // 13
    calendar c { // 14
      year starts 2026-01-01 // 15
      // 16
      quarters 4, 4, 5 weeks // 17
    }`,
  ])('%s', (text) => expectKept(`${text}\n`, 'text'));
});

describe('YAML', () => {
  it.each([
    `tests:
  a: # 0
    # 1
    rows: # 2
      # 3
      - person anna: { role: hunter } # 4
      - deal: # 5
          # 6
          x: 5 # 7
          # 8
      # 9
    expect: # 10
      - anna in 2026-01: a is 5 # 11
      # 12
      - anna in 2026-02: # 13
        # 14
        - b is 5 # 15
        # 16
    # 17
  # 18`,
    `invariants:
  x: a > 5 # 19
  y: # 20
    a > 5 # 21
    # 22
  z: { given: a from 5, claim: b > 5 } # 23
  z2: # 24
    # 25
    claim: x # 26
    # 27
# 28`,
    `imports: # 1
  # 2
  - x # 3
  - path: y # 4
    # 5
    doc: D # 6
  # 7
  - z # 8
for: # 9
  # 10
  - person: a # 11
    # 12
    from: 2026-01-01 # 13
    targets: { x: 5 } # 14
    # 15
  - team: b # 16
    targets: # 17
      # 18
      x: 5 # 19
      # 20
  # 21
  - team: c # 22`,
    `pools:
  a: # 1
    # 2
    value: 5 # 3
    # 4
    to: r # 5
    shared: equally # 6
    # 7
  b: { value: 5, to: r, shared: equally } # 8
  c:
    shared: by x # 9
    to: r # 10
    value: >- # 11
      5
      + 6
    # 12
awards:
  a: { to: r, gives: [5 RUB, badge "x"] } # 13
  b:
    gives: # 14
      - 5 RUB # 15
      - badge "x" # 16
      # 17
    to: r # 18`,
  ])('%s', (text) => expectKept(`${text}\n`, 'yaml'));
});

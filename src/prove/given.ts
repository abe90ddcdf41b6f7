// What is given beside a policy when its cost is worked out: ranges of its invariants, or ones that a user writes.

import type { Checked } from '../base/diagnostic.ts';
import { compare, exact } from '../base/exact.ts';
import { keyOf } from '../check/known.ts';
import { compile } from '../engine.ts';
import type { Model } from '../model/policy.ts';
import type { GivenRange, Varied } from '../model/proof.ts';

/** All that the policy's invariants give; of several ranges of one thing, the widest. */
export function givenByPolicy({ invariants }: Model): readonly GivenRange[] {
  const found = new Map<string, GivenRange>();
  for (const each of invariants.flatMap(({ given }) => given)) {
    const key = keyOfVaried(each.value);
    const before = found.get(key);
    found.set(key, before ? wider(before, each) : each);
  }
  return [...found.values()];
}

function keyOfVaried(varied: Varied): string {
  return varied.kind === 'of people' ? keyOf(varied.value) : `${varied.event}.${varied.field}`;
}

function wider(a: GivenRange, b: GivenRange): GivenRange {
  const end = (x: string | undefined, y: string | undefined, way: number): string | undefined =>
    x === undefined || y === undefined ? undefined : compare(exact(x), exact(y)) * way >= 0 ? x : y;
  const { from: _, until: __, ...rest } = a;
  const [from, until] = [end(a.from, b.from, -1), end(a.until, b.until, 1)];
  return { ...rest, ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

/** Ranges as an invariant would give them: `revenue from 0 RUB until 50_000_000 RUB`. The policy is compiled with them. */
export function givenRanges(model: Model, texts: readonly string[]): Checked<Given | undefined> {
  const name = 'given.merit';
  const lines = texts.map((each) => `  given ${each}`);
  const source = { name, text: `invariant "given" {\n${lines.join('\n')}\n  pay >= pay\n}\n` };
  const { value, diagnostics } = compile([...model.sources, source]);
  const own = value?.invariants.find(({ span }) => span.source === name);
  return {
    value: value && own ? { model: value, given: own.given } : undefined,
    diagnostics: diagnostics.filter(({ span }) => span?.source === name),
  };
}

/** A policy with ranges of it; the model knows the text in which they are written. */
export interface Given {
  readonly model: Model;
  readonly given: readonly GivenRange[];
}

// What stands in a sketch: its parts, and the facts and tables at which it turns.

import type { Fact, Sketch } from './sketch.ts';

/** The direct parts of a sketch, those of its conditions too. */
export function childrenOf(sketch: Sketch): readonly Sketch[] {
  switch (sketch.kind) {
    case 'constant':
    case 'input':
    case 'unknown':
      return [];
    case 'sum':
      return sketch.parts;
    case 'times':
    case 'over':
    case 'least':
    case 'greatest':
      return [sketch.a, sketch.b];
    case 'table':
    case 'within':
      return [sketch.of];
    case 'choice':
      return [...factSketches(sketch.when), sketch.then, sketch.otherwise];
    case 'follows':
      return [...sketch.by, ...[sketch.low, sketch.high].filter((each) => each !== undefined)];
    default:
      return sketch satisfies never;
  }
}

/** The sketches that a fact compares, or rises with. */
export function factSketches(fact: Fact): readonly Sketch[] {
  switch (fact.kind) {
    case 'sure':
      return [];
    case 'open':
      return fact.rises ? [fact.rises] : [];
    case 'not':
      return factSketches(fact.of);
    case 'both':
    case 'either':
      return [...factSketches(fact.a), ...factSketches(fact.b)];
    case 'compared':
      return [fact.a, fact.b];
    default:
      return fact satisfies never;
  }
}

/** Everything in a sketch, itself first, each once. */
export function allIn(sketch: Sketch): readonly Sketch[] {
  const found = new Set<Sketch>();
  const visit = (each: Sketch): void => {
    if (found.has(each)) return;
    found.add(each);
    for (const part of childrenOf(each)) visit(part);
  };
  visit(sketch);
  return [...found];
}

/** The facts that a fact is made of: comparisons, and what is open. */
export function atomsIn(fact: Fact): readonly (Fact & { readonly kind: 'compared' | 'open' })[] {
  switch (fact.kind) {
    case 'compared':
    case 'open':
      return [fact];
    case 'not':
      return atomsIn(fact.of);
    case 'both':
    case 'either':
      return [...atomsIn(fact.a), ...atomsIn(fact.b)];
    case 'sure':
      return [];
    default:
      return fact satisfies never;
  }
}

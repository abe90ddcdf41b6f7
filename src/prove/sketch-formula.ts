// Formulas of a role as sketches. What isn't followed is an unknown, with the bounds that are known of it and what it
// stands on; it is never guessed.

import { boundsOf } from '../analyse/bounds.ts';
import { figureCalled } from '../analyse/formulas.ts';
import { ANY } from '../analyse/interval.ts';
import { wordsAt } from '../analyse/reading.ts';
import { exact, ONE } from '../base/exact.ts';
import { grainText } from '../base/period.ts';
import { keyOf } from '../check/known.ts';
import { isNumeric } from '../library/types.ts';
import type { AttributeNode, Expression } from '../model/expression.ts';
import { readsOf } from './reads.ts';
import {
  choiceOf,
  constantSketch,
  either,
  type Fact,
  NOTHING_READ,
  type Sketch,
  ZERO_SKETCH,
} from './sketch.ts';
import { toldOf } from './sketch-facts.ts';
import { applied } from './sketch-functions.ts';
import { attainmentValue, figureValue, measureValue, scoreValue, targetValue } from './sketch-measured.ts';
import { curveValue, ratesValue } from './sketch-tables.ts';
import {
  PRESENT,
  type Results,
  type Sketcher,
  type Sketching,
  type Standing,
  type Told,
  there,
  unknown,
  type Valued,
} from './sketcher.ts';

/** Sketches a role’s formulas; `resultsOf` gives what it pays, which stands on them. */
export function createSketcher(sketching: Sketching, resultsOf: (sketcher: Sketcher) => Results): Sketcher {
  const values = new Map<string, Valued>();
  const facts = new Map<string, Told>();
  const inputs = new Map<string, Sketch>();
  const opens = new Map<string, Fact>();
  const keyAt = (node: Expression, { grain, own }: Standing): string =>
    `${grainText(grain)} ${own?.key ?? ''} ${keyOf(node)}`;
  const sketcher: Sketcher = {
    ...sketching,
    value: (node, at) => {
      const key = keyAt(node, at);
      const found = values.get(key) ?? sketchOf(sketcher, node, at);
      values.set(key, found);
      return found;
    },
    told: (node, at) => {
      const key = keyAt(node, at);
      const found = facts.get(key) ?? toldOf(sketcher, node, at);
      facts.set(key, found);
      return found;
    },
    input: (id, make) => {
      const found = inputs.get(id) ?? { kind: 'input', input: { id, ...make() } };
      inputs.set(id, found);
      return found;
    },
    open: (id, reads) => {
      const found = opens.get(id) ?? { kind: 'open', id, reads };
      opens.set(id, found);
      return found;
    },
    results: undefined as unknown as Results,
  };
  sketcher.results = resultsOf(sketcher);
  return sketcher;
}

function sketchOf(sketcher: Sketcher, node: Expression, at: Standing): Valued {
  const { model } = sketcher;
  switch (node.kind) {
    case 'constant':
      return isNumeric(node.type) ? there(constantSketch(exact(node.text))) : unknown(sketcher, node);
    case 'measure':
      return measureValue(sketcher, node, at);
    case 'figure':
      return figureValue(sketcher, figureCalled(model, node.figure)!, at);
    case 'target':
      return targetValue(sketcher, figureCalled(model, node.figure)!, at);
    case 'attainment':
      return attainmentValue(sketcher, figureCalled(model, node.figure)!, at);
    case 'own':
      return at.own ? at.own[node.read] : unknown(sketcher, node);
    case 'score':
      return scoreValue(sketcher, at);
    case 'bonus':
      return sketcher.results.bonus(node.name, at);
    case 'result':
      return sketcher.results.result(node) ?? unknown(sketcher, node);
    case 'rates':
      return ratesValue(sketcher, node, at);
    case 'curve':
      return curveValue(sketcher, node, at);
    case 'apply':
      return applied(sketcher, node, at);
    case 'streak': {
      // so many periods with this one, if it holds in it
      const told = sketcher.told(node.of, at);
      const before = sketcher.input(`streak ${grainText(at.grain)} ${keyOf(node)}`, () => ({
        words: wordsAt(model, node.span),
        range: { low: ONE },
        origin: { kind: 'other', reads: NOTHING_READ },
        span: node.span,
      }));
      const missing = either(
        told.missing,
        sketcher.open(`missing ${grainText(at.grain)} ${keyOf(node)}`, NOTHING_READ),
      );
      return { value: choiceOf(told.holds, before, ZERO_SKETCH), missing };
    }
    case 'attribute':
      return leaf(sketcher, node, at);
    case 'lookup':
    case 'previous':
    case 'each':
    case 'of person':
    case 'grid':
    case 'period':
    case 'convert':
    case 'word place':
      return leafOrUnknown(sketcher, node, at);
    default:
      return unknown(sketcher, node);
  }
}

/** An attribute: over a longer time it is averaged by days, so it is another value there. */
function leaf(sketcher: Sketcher, node: AttributeNode, { grain }: Standing): Valued {
  const { model, role } = sketcher;
  const key = `${grainText(grain)} ${keyOf(node)}`;
  const value = sketcher.input(key, () => ({
    words: wordsAt(model, node.span),
    range: boundsOf({ model, role }, node),
    origin: { kind: 'attribute', attribute: node.name, isLonger: grain !== model.grain },
    span: node.span,
  }));
  return { value, missing: node.optional ? sketcher.open(`missing ${key}`, NOTHING_READ) : PRESENT };
}

/** What can be read off the formula is only what it stands on, and its bounds. */
function leafOrUnknown(sketcher: Sketcher, node: Expression, { grain }: Standing): Valued {
  const { model, role } = sketcher;
  const reads = readsOf(model, role, [node]);
  if (reads.results) return unknown(sketcher, node);
  const key = `${grainText(grain)} ${keyOf(node)}`;
  // what was paid before is rounded, so a bonus of then may lie outside of its bounds
  const isOfThen = node.kind === 'previous' || node.kind === 'each';
  const value = sketcher.input(key, () => ({
    words: wordsAt(model, node.span),
    range: isOfThen ? ANY : boundsOf({ model, role }, node),
    origin: { kind: 'other', reads },
    span: node.span,
  }));
  return { value, missing: node.optional ? sketcher.open(`missing ${key}`, reads) : PRESENT };
}

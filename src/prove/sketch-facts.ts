// Conditions as facts, with where they are missing.

import { figureCalled } from '../analyse/formulas.ts';
import { multiply, ONE } from '../base/exact.ts';
import { grainText } from '../base/period.ts';
import { keyOf } from '../check/known.ts';
import { isNumeric } from '../library/types.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import { readsOf } from './reads.ts';
import { ALWAYS, both, either, type Fact, NEVER, not, type Sketch, ZERO_SKETCH } from './sketch.ts';
import { PRESENT, type Sketcher, type Standing, type Told, type Valued } from './sketcher.ts';

/** That a value is 0. */
export function isNothing(value: Sketch): Fact {
  return isSame(value, ZERO_SKETCH);
}

/** A condition; what isn’t followed is open. */
export function toldOf(sketcher: Sketcher, node: Expression, at: Standing): Told {
  const { model, role } = sketcher;
  const open = (): Told => {
    const reads = readsOf(model, role, [node]);
    const key = `${grainText(at.grain)} ${at.own?.key ?? ''} ${keyOf(node)}`;
    return {
      holds: sketcher.open(key, reads),
      missing: node.optional ? sketcher.open(`missing ${key}`, reads) : PRESENT,
    };
  };
  switch (node.kind) {
    case 'constant':
      return node.type.kind === 'truth'
        ? { holds: node.text === 'true' ? ALWAYS : NEVER, missing: PRESENT }
        : open();
    case 'figure': {
      const figure = figureCalled(model, node.figure)!;
      return figure.grain && figure.grain !== at.grain ? open() : sketcher.told(figure.value, at);
    }
    case 'result':
      return sketcher.results.toldResult(node) ?? open();
    case 'apply':
      return toldApplied(sketcher, node, at) ?? open();
    default:
      return open();
  }
}

function toldApplied(sketcher: Sketcher, node: ApplyNode, at: Standing): Told | undefined {
  const lacking = (missing: Fact): Fact => (node.optional ? missing : PRESENT);
  const told = (index: number): Told => sketcher.told(node.args[index]!, at);
  switch (node.function) {
    case 'and':
    case 'or': {
      // one part that is missing says nothing where the other one decides
      const decides = node.function === 'or';
      return node.args
        .map((_, index) => told(index))
        .reduce((a, b): Told => {
          const holds = (each: Told): Fact => both(not(each.missing), each.holds);
          const fails = (each: Told): Fact => both(not(each.missing), not(each.holds));
          const decided = decides ? either(holds(a), holds(b)) : either(fails(a), fails(b));
          return {
            holds: decides ? either(holds(a), holds(b)) : both(holds(a), holds(b)),
            missing: lacking(both(either(a.missing, b.missing), not(decided))),
          };
        });
    }
    case 'not': {
      const of = told(0);
      return { holds: not(of.holds), missing: lacking(of.missing) };
    }
    case 'else': {
      const [a, b] = [told(0), told(1)];
      return {
        holds: either(both(not(a.missing), a.holds), both(a.missing, b.holds)),
        missing: lacking(both(a.missing, b.missing)),
      };
    }
    case 'choose': {
      const [when, a, b] = [told(0), told(1), told(2)];
      const none = either(both(when.holds, a.missing), both(not(when.holds), b.missing));
      return {
        holds: either(both(when.holds, a.holds), both(not(when.holds), b.holds)),
        missing: lacking(either(when.missing, none)),
      };
    }
    case 'exists': {
      const [of] = node.args;
      if (of!.type.kind === 'truth') return { holds: not(told(0).missing), missing: PRESENT };
      return isNumeric(of!.type)
        ? { holds: not(sketcher.value(of!, at).missing), missing: PRESENT }
        : undefined;
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'is':
    case 'is not': {
      if (!node.args.every((each) => isNumeric(each.type))) return undefined;
      const [a, b] = node.args.map((each) => sketcher.value(each, at)) as unknown as readonly [
        Valued,
        Valued,
      ];
      return {
        holds: comparison(node.function, a.value, b.value),
        missing: lacking(either(a.missing, b.missing)),
      };
    }
    default:
      return undefined;
  }
}

function comparison(operator: string, a: Sketch, b: Sketch): Fact {
  // one and the same, whatever it comes to
  if (a === b) return operator.includes('=') || operator === 'is' ? ALWAYS : NEVER;
  switch (operator) {
    case '<':
      return { kind: 'compared', operator: '<', a, b };
    case '<=':
      return { kind: 'compared', operator: '<=', a, b };
    case '>':
      return { kind: 'compared', operator: '<', a: b, b: a };
    case '>=':
      return { kind: 'compared', operator: '<=', a: b, b: a };
    case 'is not':
      return not(isSame(a, b));
    default:
      return isSame(a, b);
  }
}

/** Of a choice it is told in each of its branches, so that what doesn't depend on it stands apart. */
export function isSame(a: Sketch, b: Sketch): Fact {
  if (a.kind === 'choice')
    return either(both(a.when, isSame(a.then, b)), both(not(a.when), isSame(a.otherwise, b)));
  if (b.kind === 'choice') return isSame(b, a);
  if (a.kind === 'constant' && b.kind === 'constant')
    return multiply(a.value, ONE).num === b.value.num && a.value.den === b.value.den ? ALWAYS : NEVER;
  return { kind: 'compared', operator: 'is', a, b };
}

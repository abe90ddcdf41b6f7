// Comparisons, conditions and choices of columns. A comparison that the bounds of errors don't decide is left to the
// exact way.

import { compare } from '../base/exact.ts';
import { clean, someOf } from './column-arithmetic.ts';
import {
  anyMissing,
  asRatio,
  type Column,
  doubles,
  exactlyOf,
  exactlyOnce,
  marks,
  type NumberColumn,
  near,
  overOne,
  SAFE,
  someExact,
  type TruthColumn,
  WIDER,
  type WordColumn,
  type Work,
} from './columns.ts';

export type Relation = '<' | '<=' | '>' | '>=' | 'is' | 'is not';

/** Whether a relation holds, by the order of its sides: less, the same, more. */
const HOLDS: Readonly<Record<Relation, readonly [number, number, number]>> = {
  '<': [1, 0, 0],
  '<=': [1, 1, 0],
  '>': [0, 0, 1],
  '>=': [0, 1, 1],
  is: [0, 1, 0],
  'is not': [1, 0, 1],
};

export function compareColumns(
  work: Work,
  relation: Relation,
  [a, b]: readonly [NumberColumn, NumberColumn],
): TruthColumn {
  const [less, same, more] = HOLDS[relation];
  const holds = marks();
  const exactly = exactlyOf((x, y) => HOLDS[relation][1 + Math.sign(compare(x, y))] === 1, [a, b]);
  const truth: TruthColumn = { kind: 'truth', holds, exactly, ...anyMissing(work, [a, b]) };
  const whole = overOne(work, [a, b]);
  if (whole) {
    const [x, y] = [whole[0]!.num, whole[1]!.num];
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) holds[at] = x[at]! < y[at]! ? less : x[at]! > y[at]! ? more : same;
    });
    return truth;
  }
  const [x, y] = [asRatio(a), asRatio(b)];
  if (x && y && x.most * y.mostDen <= SAFE && y.most * x.mostDen <= SAFE) {
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) {
        const left = x.num[at]! * y.den[at]!;
        const right = y.num[at]! * x.den[at]!;
        holds[at] = left < right ? less : left > right ? more : same;
      }
    });
    return truth;
  }
  const [left, right] = [near(work, a), near(work, b)];
  const { undecided } = work;
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const order = left.value[at]! - right.value[at]!;
      const bound = (left.error[at]! + right.error[at]!) * WIDER;
      holds[at] = order < 0 ? less : order > 0 ? more : same;
      // of what isn't a number nothing is told
      if (!(Math.abs(order) > bound || (order === 0 && bound === 0))) undecided[at] = 1;
    }
  });
  return truth;
}

export function compareWords(
  work: Work,
  relation: 'is' | 'is not',
  [a, b]: readonly [WordColumn, WordColumn],
): TruthColumn {
  const holds = marks();
  const wanted = relation === 'is' ? 1 : 0;
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) holds[at] = a.place[at] === b.place[at] ? wanted : 1 - wanted;
  });
  const exactly = exactlyOnce((cell) => {
    const [x, y] = [a.exactly(cell), b.exactly(cell)];
    return x === undefined || y === undefined ? undefined : (x === y) === (relation === 'is');
  });
  return { kind: 'truth', holds, exactly, ...anyMissing(work, [a, b]) };
}

/** One that decides does so even where the other is missing: one that fails for `and`, one that holds for `or`. */
export function joinTruths(
  work: Work,
  kind: 'and' | 'or',
  [a, b]: readonly [TruthColumn, TruthColumn],
): TruthColumn {
  const holds = marks();
  const deciding = kind === 'and' ? 0 : 1;
  const decides = kind === 'or';
  const exactly = exactlyOnce((cell) => {
    const first = a.exactly(cell);
    if (first === decides) return decides;
    const second = b.exactly(cell);
    if (second === decides) return decides;
    return first === undefined || second === undefined ? undefined : !decides;
  });
  if (!a.missing && !b.missing) {
    work.steps.push((count) => {
      for (let at = 0; at < count; at++)
        holds[at] = a.holds[at] === deciding || b.holds[at] === deciding ? deciding : 1 - deciding;
    });
    return { kind: 'truth', holds, exactly };
  }
  const missing = marks();
  const [ofA, ofB] = [a.missing ?? marks(), b.missing ?? marks()];
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const isDecided =
        (ofA[at] === 0 && a.holds[at] === deciding) || (ofB[at] === 0 && b.holds[at] === deciding);
      missing[at] = !isDecided && (ofA[at] === 1 || ofB[at] === 1) ? 1 : 0;
      holds[at] = isDecided ? deciding : 1 - deciding;
    }
  });
  return { kind: 'truth', holds, exactly, missing };
}

export function notColumn(work: Work, a: TruthColumn): TruthColumn {
  const holds = marks();
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) holds[at] = 1 - a.holds[at]!;
  });
  const exactly = exactlyOnce((cell) => {
    const value = a.exactly(cell);
    return value === undefined ? undefined : !value;
  });
  return { ...a, holds, exactly };
}

export function existsColumn(work: Work, column: Column): TruthColumn {
  const { missing } = column;
  const holds = marks();
  if (!missing) holds.fill(1);
  else
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) holds[at] = 1 - missing[at]!;
    });
  const exactly = exactlyOnce((cell) => column.exactly(cell) !== undefined);
  return { kind: 'truth', holds, exactly };
}

/** The first where the condition holds, else the second; where the condition is missing nothing. */
export function chooseColumns(work: Work, condition: TruthColumn, a: Column, b: Column): Column | undefined {
  const { holds, missing: unknown } = condition;
  const exactly = exactlyOnce((cell) => {
    const decided = condition.exactly(cell);
    return decided === undefined ? undefined : (decided ? a : b).exactly(cell);
  });
  if (!unknown && !a.missing && !b.missing) return selected(work, { holds, exactly }, [a, b]);
  const missing = marks();
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) {
      const of = holds[at] === 1 ? a.missing : b.missing;
      missing[at] = unknown?.[at] === 1 || of?.[at] === 1 ? 1 : 0;
    }
  });
  const found = selected(work, { holds, exactly }, [a, b]);
  if (!found) return undefined;
  return found.kind === 'near' ? clean(work, { ...found, missing }) : { ...found, missing };
}

/** The first, or where it is missing the second. */
export function elseColumns(work: Work, a: Column, b: Column): Column | undefined {
  if (!a.missing) return a;
  const there = existsColumn(work, a);
  if (b.missing) return chooseColumns(work, there, a, b);
  const exactly = exactlyOnce((cell) => a.exactly(cell) ?? b.exactly(cell));
  return selected(work, { holds: there.holds, exactly }, [a, b]);
}

/** Of two columns without missing cells in what is chosen: that one's value. */
function selected(
  work: Work,
  { holds, exactly }: Pick<TruthColumn, 'holds' | 'exactly'>,
  [a, b]: readonly [Column, Column],
): Column | undefined {
  if (a.kind === 'truth' && b.kind === 'truth') {
    const found = marks();
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) found[at] = holds[at] === 1 ? a.holds[at]! : b.holds[at]!;
    });
    return { kind: 'truth', holds: found, exactly };
  }
  if (a.kind === 'word' && b.kind === 'word') {
    const place = new Int32Array(holds.length);
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) place[at] = holds[at] === 1 ? a.place[at]! : b.place[at]!;
    });
    return { kind: 'word', place, exactly };
  }
  if (a.kind === 'truth' || b.kind === 'truth' || a.kind === 'word' || b.kind === 'word') return undefined;
  const whole = overOne(work, [a, b]);
  if (whole) {
    const num = doubles();
    pick(work, holds, [whole[0]!.num, whole[1]!.num, num]);
    return {
      kind: 'whole',
      num,
      den: whole[0]!.den,
      most: Math.max(whole[0]!.most, whole[1]!.most),
      exactly,
    };
  }
  const [x, y] = [asRatio(a), asRatio(b)];
  if (x && y) {
    const [num, den] = [doubles(), doubles()];
    pick(work, holds, [x.num, y.num, num]);
    pick(work, holds, [x.den, y.den, den]);
    const most = Math.max(x.most, y.most);
    return { kind: 'ratio', num, den, most, mostDen: Math.max(x.mostDen, y.mostDen), exactly };
  }
  const [left, right] = [near(work, a), near(work, b)];
  const [value, error] = [doubles(), doubles()];
  pick(work, holds, [left.value, right.value, value]);
  pick(work, holds, [left.error, right.error, error]);
  const side = marks();
  if (someExact(work, a) || someExact(work, b))
    work.steps.push((count) => {
      for (let at = 0; at < count; at++) side[at] = 1 - holds[at]!;
    });
  const some = someOf(work, side, [someExact(work, a), someExact(work, b)]);
  return { kind: 'near', value, error, exactly, ...(some ? { some } : {}) };
}

function pick(
  work: Work,
  holds: Uint8Array,
  [a, b, into]: readonly [Float64Array, Float64Array, Float64Array],
): void {
  work.steps.push((count) => {
    for (let at = 0; at < count; at++) into[at] = holds[at] === 1 ? a[at]! : b[at]!;
  });
}

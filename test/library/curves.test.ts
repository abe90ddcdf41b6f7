// Curves, against the plainest reading of what they mean.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Exact, exact, exactText, fraction, whole } from '../../src/base/exact.ts';
import { hasTop, placeAt, scoreAt } from '../../src/library/curves.ts';
import type { Curve } from '../../src/model/tables.ts';

const span = { source: '', start: 0, end: 0 };
type Points = readonly (readonly [at: string, score: string, upTo?: true])[];

function curveOf(points: Points, rest: Partial<Curve> = {}): Curve {
  return {
    name: 'c',
    mode: 'linear',
    input: { kind: 'percent' },
    output: { kind: 'percent' },
    points: points.map(([at, score, upTo]) => ({ at, score, ...(upTo ? { upTo } : {}), span })),
    span,
    ...rest,
  };
}

function scores(curve: Curve, ...values: readonly string[]): readonly (string | undefined)[] {
  return values.map((each) => {
    const score = scoreAt(curve, exact(each));
    return typeof score === 'object' ? exactText(score) : score;
  });
}

test('a linear curve meets its points, and between them the score goes the same part of the way', () => {
  const points = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 5 });
  const given = fc.array(fc.integer({ min: -100, max: 200 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(points, given, fc.integer({ min: 0, max: 1_000_000 }), (bounds, all, inside) => {
      const at = bounds.toSorted((a, b) => a - b);
      const curve = curveOf(at.map((each, index) => [String(each), String(all[index])]));
      at.forEach((each, index) => {
        expect(scoreAt(curve, whole(each))).toEqual(whole(all[index]!));
        if (index + 1 === at.length) return;
        const [width, rise] = [at[index + 1]! - each, all[index + 1]! - all[index]!];
        const value = fraction(each * 1_000_000 + width * inside, 1_000_000);
        expect(scoreAt(curve, value)).toEqual(fraction(all[index]! * 1_000_000 + rise * inside, 1_000_000));
      });
    }),
  );
});

test('what lies outside the points, in steps and on lines', () => {
  const points: Points = [
    ['0.8', '0.8'],
    ['1', '1'],
  ];
  const steps = curveOf(points, { mode: 'steps' });
  expect(scores(steps, '0.79', '0.8', '0.99', '1', '9')).toEqual([undefined, '0.8', '0.8', '1', '1']);
  const open = curveOf(points);
  expect(scores(open, '0.79', '0.8', '0.9', '1', '1.01')).toEqual([undefined, '0.8', '0.9', '1', undefined]);
  expect(scores(curveOf(points, { below: '0', above: '2' }), '0.79', '1.01')).toEqual(['0', '2']);
});

test('a jump: the value just below the bound, and another at it', () => {
  const curve = curveOf(
    [
      ['0.9', '0.15'],
      ['0.95', '0.4', true],
      ['0.95', '0.6'],
      ['1', '0.85'],
    ],
    { below: '0', above: '0.85' },
  );
  // 15 % and 5 points for each percent over 90: at 94 % 35 %; from 95 % on 60 % and 5 points: at 97 % 70 %
  expect(scores(curve, '0.9', '0.94', '0.9499', '0.95', '0.97', '1', '2')).toEqual([
    '0.15',
    '0.35',
    '0.3995',
    '0.6',
    '0.7',
    '0.85',
    '0.85',
  ]);
  expect(placeAt(curve, exact('0.94'))).toEqual({ from: curve.points[0], until: curve.points[1] });
  expect(placeAt(curve, exact('0.95'))).toEqual({ from: curve.points[2] });
  expect(placeAt(curve, exact('0.5'))).toEqual({ until: curve.points[0] });
  expect(placeAt(curve, exact('2'))).toEqual({ from: curve.points[3], past: true });
});

test('a slope past the last point, and in whole steps', () => {
  const slope = { more: '0.015', per: '0.01' };
  const line = curveOf([['1', '0.5']], { below: '0', slope: { ...slope, full: false } });
  // 50 % and 1.5 points for each percent: at 100.5 % 0.75 points, at 120 % 30
  expect(scores(line, '0.99', '1', '1.005', '1.2')).toEqual(['0', '0.5', '0.5075', '0.8']);
  const full = curveOf([['1', '0.5']], { below: '0', slope: { ...slope, full: true } });
  expect(scores(full, '1', '1.0099', '1.01', '1.0199', '1.2')).toEqual([
    '0.5',
    '0.5',
    '0.515',
    '0.515',
    '0.8',
  ]);
  expect([line, full].map(hasTop)).toEqual([false, false]);
});

test('words, and what has no upper end', () => {
  const words = { kind: 'enumeration', members: ['bronze', 'silver', 'gold'], ordered: true } as const;
  const curve = curveOf(
    [
      ['0.8', 'silver'],
      ['1.2', 'gold'],
    ],
    { mode: 'steps', below: 'bronze', output: words },
  );
  expect(scores(curve, '0.79', '0.8', '1.19', '1.2', '9')).toEqual([
    'bronze',
    'silver',
    'silver',
    'gold',
    'gold',
  ]);
  const top: Exact = { num: 1, den: 0 };
  expect(scoreAt(curve, top)).toBe('gold');
  expect(scoreAt(curveOf([['1', '1']], { above: '1.5' }), top)).toEqual(exact('1.5'));
  expect(hasTop(curve)).toBe(true);
});

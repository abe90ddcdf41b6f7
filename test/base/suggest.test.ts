// Near misses: what was meant, and how two names that look alike differ.

import { describe, expect, test } from 'vitest';
import { difference, nearest, skeleton, suggestion } from '../../src/base/suggest.ts';

const NAMES = ['revenue', 'new_clients', 'calls', 'conversion'];

describe('nearest', () => {
  test.each([
    ['revenu', 'revenue'],
    ['reveune', 'revenue'], // two letters in the other order are one mistake
    ['newclients', 'new_clients'],
    ['CALLS', 'calls'],
    ['cals', 'calls'],
    ['сalls', 'calls'], // a Cyrillic es
    ['revenue\u00a0', 'revenue'],
    ['profit', undefined],
    ['xy', undefined],
    ['', undefined],
  ])('%s: %s', (word, near) => {
    expect(nearest(word, NAMES)).toBe(near);
  });

  test('a look-alike is nearer than a misspelling, and a name is never its own', () => {
    expect(nearest('саll', ['cell', 'call'])).toBe('call');
    expect(nearest('calls', ['calls'])).toBeUndefined();
    expect(nearest('anna', ['anne', 'hanna'])).toBe('anne');
  });
});

describe('difference', () => {
  test.each([
    ['calls', 'calls', undefined],
    ['calls', 'balls', undefined],
    ['сalls', 'calls', 'its `с` is a look-alike letter of another alphabet'],
    ['a\u00a0b', 'a b', 'it has a no-break space'],
    ['a\u200bb', 'ab', 'it has an invisible character'],
    [' ab', 'ab', 'it has a space around it'],
    ['Ab', 'ab', 'capitals differ'],
    ['a  b', 'a b', 'it has two spaces'],
    ['e\u0301', '\u00e9', 'the same letters, composed in another way'],
  ])('`%s` and `%s`: %s', (word, other, words) => {
    expect(difference(word, other)).toBe(words);
  });

  test('skeletons ignore what cannot be seen', () => {
    expect(skeleton(' Аn\u200bnа ')).toBe(skeleton('anna'));
    expect(skeleton('ΑΒΕ')).toBe('abe');
    expect(skeleton('Ёж')).toBe(skeleton('Еж'));
  });
});

test('suggestion names one, or at most five', () => {
  expect(suggestion('revenu', NAMES)).toBe('did you mean `revenue`?');
  expect(suggestion('сalls', NAMES)).toBe(
    'did you mean `calls`? (its `с` is a look-alike letter of another alphabet)',
  );
  expect(suggestion('zzzzz', ['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe(
    'known here: `a`, `b`, `c`, `d`, `e`, and 2 more',
  );
  expect(suggestion('zzzzz', [])).toBeUndefined();
});

test('compares a name with so many others at most', () => {
  const known = Array.from({ length: 5_000 }, (_, at) => `unlike${at}`);
  expect(nearest('revenu', ['revenue', ...known])).toBe('revenue');
  expect(nearest('revenu', [...known, 'revenue'])).toBeUndefined();
});

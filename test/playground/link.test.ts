// The state in an address: what is written is read back, and what anybody may send is read without harm.

import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checksum,
  isLink,
  LONGEST_LINK,
  LONGEST_SHARED,
  MOST_UNPACKED,
  readLink,
  writeLink,
} from '../../playground/src/share/link.ts';
import type { Snapshot } from '../../playground/src/share/snapshot.ts';
import { generatedRuns } from '../runs.ts';

const STATE: Snapshot = {
  policy: [
    { name: 'policy.merit', text: 'policy p { currency USD }\n// Привет, мир 🎉\n' },
    { name: 'parts/calendar.merit', text: '' },
  ],
  data: [
    {
      name: 'deal',
      file: 'deals.csv',
      text: 'id\n1\n',
      columns: { id: 'number' },
      dialect: { delimiter: ';' },
    },
  ],
  period: '2026-01..2026-06',
  person: 'анна',
};

/** A fragment that holds these bytes, with a right check. */
function fragmentOf(bytes: Uint8Array, format = 'm1'): string {
  return `${format}.${checksum(bytes).toString(36)}.${Buffer.from(bytes).toString('base64url')}`;
}

const holding = (value: unknown): string => fragmentOf(deflateRawSync(JSON.stringify(value)));

describe('a link', () => {
  it('comes back as it was written', async () => {
    const { fragment, withData } = await writeLink(STATE);
    expect(withData).toBe(true);
    expect(fragment).toMatch(/^m1\.[0-9a-z]+\.[A-Za-z0-9_-]+$/);
    expect(await readLink(fragment)).toEqual({ kind: 'state', state: STATE });
  });

  it('comes back whatever the policy says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const state = { ...STATE, policy: [{ name: 'policy.merit', text }] };
        expect(await readLink((await writeLink(state)).fragment)).toEqual({ kind: 'state', state });
      }),
      generatedRuns(50),
    );
  });

  it('leaves out data that would make it too long, and says so', async () => {
    // digits that don't repeat pack to about 4 bits each: 90,000 of them are 45,000 bytes, which are 60,000 signs
    let seed = 1;
    const digits = Array.from({ length: 90_000 }, () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % 10;
    });
    const state = { ...STATE, data: [{ name: 'deal', file: 'deals.csv', text: digits.join('') }] };
    const { fragment, withData } = await writeLink(state);
    expect(withData).toBe(false);
    expect(fragment.length).toBeLessThan(LONGEST_SHARED);
    const { data: _, ...rest } = STATE;
    expect(await readLink(fragment)).toEqual({ kind: 'state', state: rest });
  });

  it('is told from other fragments', () => {
    expect(['m1.a.b', 'm2.a.b', 'm17.'].map(isLink)).toEqual([true, true, true]);
    expect(['', 'policy', 'm', 'x1.a'].map(isLink)).toEqual([false, false, false, false]);
  });
});

describe('a link that is not as it was', () => {
  it.each([1, 5, 40, 100])('is damaged without its last %d signs', async (count) => {
    const { fragment } = await writeLink(STATE);
    expect(await readLink(fragment.slice(0, -count))).toEqual({ kind: 'fault', fault: 'damaged' });
  });

  it('is damaged with any one sign changed', async () => {
    const { fragment } = await writeLink(STATE);
    const from = fragment.indexOf('.') + 1;
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: fragment.length - from - 1 }),
        fc.constantFrom(...'AbZ09-_.!é'),
        async (at, sign) => {
          const changed = fragment.slice(0, from + at) + sign + fragment.slice(from + at + 1);
          fc.pre(changed !== fragment);
          const read = await readLink(changed);
          // the last sign may hold bits that mean nothing
          if (read.kind === 'state') expect(read.state).toEqual(STATE);
          else expect(read.fault).toBe('damaged');
        },
      ),
      generatedRuns(200),
    );
  });

  it('is refused by its length before it is looked at', async () => {
    expect(await readLink(`m1.0.${'A'.repeat(LONGEST_LINK)}`)).toEqual({ kind: 'fault', fault: 'too long' });
  });

  it('is of another version', async () => {
    expect(await readLink(fragmentOf(deflateRawSync('{}'), 'm2'))).toEqual({
      kind: 'fault',
      fault: 'other format',
    });
  });

  it.each(['', '.', 'm1', 'm1.', 'm1..', 'm1.0.', 'm1.a.b.c', 'm1.0.====', 'garbage'])(
    'is damaged: %j',
    async (text) => {
      expect(await readLink(text)).toEqual({ kind: 'fault', fault: 'damaged' });
    },
  );

  it('is never an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect((await readLink(fragmentOf(bytes))).kind).toBe('fault');
      }),
      generatedRuns(100),
    );
  });
});

describe('a link that holds too much', () => {
  it('is not unpacked beyond the limit', async () => {
    // 200 million zeros pack to under 200,000 bytes
    const bomb = fragmentOf(deflateRawSync(Buffer.alloc(200_000_000), { level: 9 }));
    expect(bomb.length).toBeLessThan(LONGEST_LINK);
    expect(await readLink(bomb)).toEqual({ kind: 'fault', fault: 'too large' });
  });

  it('may hold just as much as the limit', async () => {
    const empty = JSON.stringify({ ...STATE, policy: [{ name: 'policy.merit', text: '' }] });
    const fit = MOST_UNPACKED - Buffer.byteLength(empty);
    const state = (length: number) => ({
      ...STATE,
      policy: [{ name: 'policy.merit', text: 'x'.repeat(length) }],
    });
    expect(await readLink(holding(state(fit)))).toMatchObject({ kind: 'state' });
    expect(await readLink(holding(state(fit + 1)))).toEqual({ kind: 'fault', fault: 'too large' });
  });
});

describe('a link that holds something else', () => {
  const policy = STATE.policy;
  it.each<[string, unknown]>([
    ['no record', [1, 2]],
    ['nothing', null],
    ['no policy', { period: '', person: '' }],
    ['an empty policy', { policy: [], period: '', person: '' }],
    ['a file without text', { policy: [{ name: 'policy.merit' }], period: '', person: '' }],
    ['a text that is a number', { policy: [{ name: 'policy.merit', text: 1 }], period: '', person: '' }],
    [
      'a path out of the project',
      { policy: [{ name: '../policy.merit', text: '' }], period: '', person: '' },
    ],
    ['a path from the root', { policy: [{ name: '/policy.merit', text: '' }], period: '', person: '' }],
    ['a file of another kind', { policy: [{ name: 'policy.html', text: '' }], period: '', person: '' }],
    ['one name twice', { policy: [policy[1], policy[1]], period: '', person: '' }],
    ['a period of signs', { policy, period: '<img src=x>', person: '' }],
    ['a person who is a list', { policy, period: '', person: [] }],
    ['data without a file', { policy, period: '', person: '', data: [{ name: 'deal', text: '' }] }],
    [
      'columns that are no texts',
      { policy, period: '', person: '', data: [{ ...STATE.data![0], columns: { a: 1 } }] },
    ],
    ['columns in a list', { policy, period: '', person: '', data: [{ ...STATE.data![0], columns: ['a'] }] }],
    [
      'too many files',
      {
        policy,
        period: '',
        person: '',
        data: Array.from({ length: 51 }, (_, at) => ({ ...STATE.data![0], name: `d${at}` })),
      },
    ],
  ])('is refused: %s', async (_, value) => {
    expect(await readLink(holding(value))).toEqual({ kind: 'fault', fault: 'not a state' });
  });

  it('gives only what a state has', async () => {
    const read = await readLink(holding({ ...STATE, about: 'x', untrusted: false, __proto__: null }));
    expect(read).toEqual({ kind: 'state', state: STATE });
  });

  it('takes no prototype from it', async () => {
    const text = JSON.stringify(STATE).replace('"columns":{', '"columns":{"__proto__":"x",');
    const read = await readLink(fragmentOf(deflateRawSync(text)));
    const columns = read.kind === 'state' ? read.state.data?.[0]?.columns : undefined;
    expect(Object.getPrototypeOf(columns ?? {})).toBe(Object.prototype);
  });
});

describe('names and signs of a link', () => {
  const withNames = (policy: string, file = 'deals.csv') => ({
    ...STATE,
    policy: [{ name: policy, text: '' }],
    data: [{ name: 'deal', file, text: 'id\n' }],
  });
  const kindOf = async (state: unknown) => (await readLink(holding(state))).kind;

  it.each([
    'plan (1).merit',
    'политика и премии №2.merit',
    // й in two signs, as some systems write names
    'правила 2026 - и\u0306.merit.yaml',
    'policy.yaml',
  ])('may be those that files have: %s', async (name) => {
    expect(await kindOf(withNames(name))).toBe('state');
  });

  it.each([
    ['policy.merit', 'page.html'],
    ['policy.merit', 'run.bat'],
    ['policy.merit', 'deals\u202evsc.csv'],
    ['policy.merit', '../deals.csv'],
    ['policy\u202e.merit', 'deals.csv'],
    ['policy\u0000.merit', 'deals.csv'],
    ['/policy.merit', 'deals.csv'],
    ['parts/../policy.merit', 'deals.csv'],
    ['parts\\policy.merit', 'deals.csv'],
    ['policy.html', 'deals.csv'],
  ])('are none that hide something, lead elsewhere or are a page: %j with %j', async (name, file) => {
    expect(await kindOf(withNames(name, file))).toBe('fault');
  });

  it.each([
    [{ delimiter: '\t', decimal: ',', thousands: '\u00a0', percents: 'fractions' }, 'state'],
    [{ decimal: '0' }, 'fault'],
    [{ thousands: '1' }, 'fault'],
    [{ thousands: '.' }, 'fault'],
    [{ delimiter: '' }, 'fault'],
  ])('of numbers are those that a configuration may name: %j', async (dialect, kind) => {
    const [deal] = STATE.data!;
    expect(await kindOf({ ...STATE, data: [{ ...deal, dialect }] })).toBe(kind);
  });
});

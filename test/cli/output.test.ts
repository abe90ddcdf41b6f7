import { afterEach, describe, expect, it, vi } from 'vitest';
import { isReject, printable, takesColour, textWidth } from '../../src/cli/output.ts';

afterEach(() => vi.unstubAllEnvs());

describe('takesColour', () => {
  it('is a terminal whose user has not said no', () => {
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('TERM', 'xterm');
    expect(takesColour({ isTTY: true })).toBe(true);
    expect(takesColour({ isTTY: false })).toBe(false);
    expect(takesColour({})).toBe(false);
    vi.stubEnv('NO_COLOR', '1');
    expect(takesColour({ isTTY: true })).toBe(false);
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('TERM', 'dumb');
    expect(takesColour({ isTTY: true })).toBe(false);
  });
});

describe('textWidth', () => {
  it.each([
    [{ isTTY: true, columns: 100 }, 100],
    [{ isTTY: true, columns: 40 }, 80],
    [{ isTTY: true, columns: 500 }, 200],
    [{ isTTY: true }, 120],
    [{ columns: 90 }, 120],
  ])('of %j is %i', (stream, width) => expect(textWidth(stream)).toBe(width));
});

describe('printable', () => {
  it('shows what would steer the terminal', () => {
    expect(printable('a\u001b[2J\u202eb')).toBe('a\\u{1b}[2J\\u{202e}b');
  });
});

describe('isReject', () => {
  it('is a message about a row', () => {
    expect(isReject({ code: 'M', severity: 'error', message: '', data: { file: 'a.csv', row: 2 } })).toBe(
      true,
    );
    expect(isReject({ code: 'M', severity: 'error', message: '', data: { file: 'a.csv' } })).toBe(false);
    expect(isReject({ code: 'M', severity: 'error', message: '' })).toBe(false);
  });
});

// Doing something again whenever files change: what `--watch` means. Files are looked at from time to time, which works
// whatever an editor does with them, and in folders that tell nobody.

import { readdir, stat } from 'node:fs/promises';

/** What a watch goes by; tests give their own. */
export interface WatchWorld {
  /** Resolves after a while: with `quit` or `again` where the user has asked for that meanwhile. */
  wait(): Promise<'look' | 'quit' | 'again'>;
}

/**
 * Works, and works again whenever one of the files or folders that it names has changed, until the user has enough. What
 * changes while it works is seen too, in files that it named before.
 */
export async function watching<T>(
  work: () => Promise<{ readonly result: T; readonly files: readonly string[] }>,
  world: WatchWorld,
): Promise<T> {
  let watched: readonly string[] = [];
  for (;;) {
    const begun = await stampOf(watched);
    const { result, files } = await work();
    const isStale = (await stampOf(watched)) !== begun;
    watched = files;
    const before = await stampOf(files);
    for (;;) {
      const asked = await world.wait();
      if (asked === 'quit') return result;
      if (asked === 'again' || isStale || (await stampOf(files)) !== before) break;
    }
  }
}

/** What changes with a file's content, or with the names in a folder. */
export async function stampOf(files: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    files.map(async (file) => {
      const found = await stat(file).catch(() => undefined);
      if (!found) return 'gone';
      if (!found.isDirectory()) return `${found.mtimeMs} ${found.size} ${found.ino}`;
      return (await readdir(file).catch(() => [])).sort().join('/');
    }),
  );
  return JSON.stringify(stamps);
}

/** How long it takes until files are looked at again, in milliseconds. */
const PAUSE = 300;

/** A watch of the terminal: q and control-C end it, r and Enter work again at once. `close` gives the keys back. */
export function terminalWatch(): WatchWorld & { close(): void } {
  const { stdin } = process;
  let asked: 'quit' | 'again' | undefined;
  let wake: (() => void) | undefined;
  const ask = (what: 'quit' | 'again'): void => {
    asked = what;
    wake?.();
  };
  const onKeys = (keys: Buffer | string): void => {
    const text = String(keys);
    if (text.includes('q') || text.includes('\u0003')) ask('quit');
    else if (/[r\r\n]/.test(text)) ask('again');
  };
  const onSignal = (): void => ask('quit');
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  if (stdin.isTTY) {
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', onKeys);
  }
  return {
    async wait() {
      if (asked === undefined)
        await new Promise<void>((done) => {
          const timer = setTimeout(done, PAUSE);
          wake = () => {
            clearTimeout(timer);
            done();
          };
        });
      const found = asked ?? 'look';
      asked = undefined;
      return found;
    },
    close() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      if (!stdin.isTTY) return;
      stdin.off('data', onKeys);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

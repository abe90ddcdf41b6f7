// How far a long command has come, on one line of the terminal that is wiped at the end.

/** One line, which whoever knows of progress may write over. */
export interface ProgressLine {
  /** Whether there is a terminal for it, and it is wanted. */
  readonly isShown: boolean;
  readonly step: (what: string, count: number) => void;
  readonly end: () => void;
}

/** A line on stderr, shown only on a terminal. */
export function createProgress({ quiet }: { readonly quiet?: true } = {}): ProgressLine {
  const isShown = process.stderr.isTTY === true && process.env.TERM !== 'dumb' && !quiet;
  let last = 0;
  return {
    isShown,
    step: (what, count) => {
      const now = Date.now();
      if (!isShown || now - last < 100) return;
      last = now;
      process.stderr.write(`\r\x1b[K${what} ${count}`);
    },
    end: () => {
      if (isShown && last > 0) process.stderr.write('\r\x1b[K');
    },
  };
}

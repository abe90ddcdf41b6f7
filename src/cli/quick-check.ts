// `merit check` as it is mostly called, by itself: the build makes a small script of this, which starts sooner than that of
// all commands. Whatever else is asked, and whatever goes wrong, is the whole command's.

import { type CheckOptions, checkCommand } from './check.ts';
import { mindClosedPipes } from './pipes.ts';

/** Checks where no more than that is asked, and sets the exit code; false where the whole command has to be run. */
export async function quickCheck(args: readonly string[]): Promise<boolean> {
  const asked = plainCheck(args);
  if (!asked) return false;
  try {
    mindClosedPipes();
    process.exitCode = await checkCommand(asked.path, asked.options);
    return true;
  } catch {
    // nothing is printed before all is found: the whole command meets the same fault, and says it
    return false;
  }
}

/** `check PATH`, with `--strict` and `--format FORMAT` in any order; absent where there is anything else. */
export function plainCheck(
  args: readonly string[],
): { readonly path: string; readonly options: CheckOptions } | undefined {
  const [command, ...rest] = args;
  if (command !== 'check') return undefined;
  let path: string | undefined;
  let options: CheckOptions = { format: 'text' };
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]!;
    if (word === '--strict') options = { ...options, strict: true };
    else if (word === '--format') {
      const format = FORMATS.find((each) => each === rest[at + 1]);
      if (format === undefined) return undefined;
      options = { ...options, format };
      at += 1;
    } else if (word.startsWith('-') || word === '' || path !== undefined) return undefined;
    else path = word;
  }
  return path === undefined ? undefined : { path, options };
}

const FORMATS = ['text', 'line', 'json'] as const;

// Wrong use of the command line: said in a line or two, exit code 2.

/** What the user asked for can't be done as asked; `help` says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  constructor(
    message: string,
    readonly help?: string,
    /** The code of the diagnostic that says the same, where there is one. */
    readonly code?: string,
  ) {
    super(message);
  }
}

/** Exit codes of every command; `cancelled` is what shells say of control-C. */
export const EXIT = { done: 0, wrong: 1, usage: 2, cancelled: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'access is denied',
  EEXIST: 'there is something of that name',
  EISDIR: 'it is a folder',
  ENOENT: "its folder isn't there",
  ENOSPC: 'the disk is full',
  ENOTDIR: 'what should be its folder is a file',
  EPERM: 'access is denied',
  EROFS: 'the disk is for reading only',
};

/** Why the system refuses to write, in words where there are some. */
export function refusal(cause: unknown): string {
  const { code = '' } = cause as NodeJS.ErrnoException;
  return Object.hasOwn(REFUSALS, code) ? REFUSALS[code]! : code || String(cause);
}

// What the doors of projects say of files (M2053, M2054, M2056), and how they say anything.

import type { Checked, Diagnostic } from './base/diagnostic.ts';
import type { Span } from './base/source.ts';
import { suggestion } from './base/suggest.ts';
import { FILE_ENDS } from './input/formats.ts';

/** An error. */
export function fault(code: string, message: string, rest: Partial<Diagnostic> = {}): Diagnostic {
  return { code, severity: 'error', message, ...rest };
}

/** Nothing, for one reason. */
export function failed(diagnostic: Diagnostic): Checked<undefined> {
  return { value: undefined, diagnostics: [diagnostic] };
}

/** A value with nothing to say of it. */
export function good<T>(value: T): Checked<T> {
  return { value, diagnostics: [] };
}

/** Why the system refuses a file, in words. */
export function reason(cause: unknown): string {
  const { code } = cause as { readonly code?: string };
  return code === 'EISDIR'
    ? 'it is a folder'
    : code === 'EACCES'
      ? 'access is denied'
      : (code ?? String(cause));
}

/** There is no such file, or a folder has its name. */
export function notAFile(path: string, exists: boolean, span?: Span): Diagnostic {
  const message = exists ? `\`${path}\` isn't a file` : `there is no file \`${path}\``;
  return fault('M2053', message, span ? { span } : { data: { file: path } });
}

/** Data for what the policy does not have. */
export function unknownName(name: string, names: readonly string[], span?: Span): Diagnostic {
  const help = suggestion(name, names);
  return fault('M2056', `the policy has no event or table \`${name}\``, {
    ...(help !== undefined && { help }),
    ...(span && { span }),
  });
}

/** A file whose name doesn't say how it is written. */
export function unknownFormat(path: string, span?: Span): Diagnostic {
  const help = `the file's name must end in ${FILE_ENDS.map((each) => `\`.${each}\``).join(', ')}`;
  return fault('M2054', `\`${path}\` doesn't say its format`, {
    help,
    ...(span ? { span } : { data: { file: path } }),
  });
}

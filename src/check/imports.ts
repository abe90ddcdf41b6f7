// Imports and amendments: which of the files that a policy names are among those that are checked together. Finding and
// reading them is the doors' work.

import type * as ast from '../syntax/ast.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import { sameFile } from '../syntax/paths.ts';
import type { Checking } from './context.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';

/** Refuses what isn't there; whether all is there that names may stand for. */
export function checkImports(checking: Checking, files: readonly astPolicy.PolicyFile[]): boolean {
  let complete = true;
  const refuse = (path: ast.Name, what: string): void => {
    const found = files.find((file) => sameFile(file.source, path.span.source, path.text));
    if (found) {
      means(checking, path, { kind: 'file', name: found.source });
      return;
    }
    complete = false;
    const help = 'give the file beside this one';
    checking.diagnostics.push(messages.notSupported(path.span, `${what} a file that isn't given`, help));
  };
  for (const each of files.flatMap((file) => file.declarations)) {
    if (each.kind === 'import') refuse(each.path, '`import` of');
    if (each.kind === 'policy' && each.amends) refuse(each.amends, '`amends` of');
  }
  return complete;
}

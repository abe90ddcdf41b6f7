// A policy to its formatted text, in its own form or the other. What was printed is read again before anybody gets it:
// formatting never changes what a policy means, and loses no comment.

import { type Checked, type Diagnostic, hasErrors, InternalError } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import type { Declaration, PolicyFile } from './ast-policy.ts';
import { isYaml } from './forms.ts';
import { parsePolicy } from './parse.ts';
import { docLines, printText } from './print-text.ts';
import { printYaml } from './print-yaml.ts';
import { SHAPES } from './shape.ts';

export type Form = 'text' | 'yaml';

/** The form that a file of that name holds. */
export function formOf(name: string): Form {
  return isYaml(name) ? 'yaml' : 'text';
}

/** The policy as the formatter writes it; no value where it has errors. */
export function formatPolicy(source: Source): Checked<string | undefined> {
  return convertPolicy(source, formOf(source.name));
}

/**
 * The policy in a form, formatted; no value where it has errors, or says what that form can't: YAML has one key for
 * each name of a map.
 */
export function convertPolicy(source: Source, form: Form): Checked<string | undefined> {
  const { value: file, diagnostics } = parsePolicy(source);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const text = form === 'yaml' ? printYaml(file, source) : printText(file, source);
  const name = form === 'yaml' ? 'printed.merit.yaml' : 'printed.merit';
  const printed = parsePolicy({ name, text });
  if (form !== formOf(source.name)) {
    const refused = printed.diagnostics.filter((each) => each.severity === 'error');
    if (refused.length > 0)
      return { value: undefined, diagnostics: refused.map((each) => inOther(each, form)) };
  }
  if (hasErrors(printed.diagnostics) || meaningOf(printed.value) !== meaningOf(file)) {
    throw new InternalError(`the formatted text of ${source.name} would mean something else`);
  }
  if (commentsOf(printed.value) !== commentsOf(file)) {
    throw new InternalError(`a comment of ${source.name} would be lost`);
  }
  return { value: text, diagnostics };
}

/** An error of the printed text, which has no place in the file that was read. */
function inOther({ code, severity, message }: Diagnostic, form: Form): Diagnostic {
  return { code, severity, message: `${form === 'yaml' ? 'in YAML' : 'in the text form'}, ${message}` };
}

/**
 * What a file says as one text, equal for files of equal meaning: places, the order of a policy among other
 * declarations and of targets or bonuses of different names, and blanks at the ends of descriptions' lines don't count.
 */
export function meaningOf({ declarations }: PolicyFile): string {
  const isPolicy = ({ kind }: Declaration) => kind === 'policy';
  const ordered = [...declarations.filter(isPolicy), ...declarations.filter((each) => !isPolicy(each))];
  return JSON.stringify(ordered.map(ofNode));
}

const PLACES: ReadonlySet<string> = new Set(['span', 'operatorSpan']);
// Parts whose nodes YAML holds by name.
const BY_NAME: ReadonlySet<string> = new Set(
  SHAPES.flatMap((shape) =>
    shape.clauses.flatMap((clause) => (clause.form === 'named' ? [clause.into] : [])),
  ),
);

function ofNode(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(ofNode);
  if (typeof node !== 'object' || node === null) return node;
  const kept = Object.entries(node).filter(([key, value]) => !PLACES.has(key) && value !== undefined);
  return kept
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => {
      if (key === 'doc' && typeof value === 'string') return [key, docLines(value)];
      const isByName = BY_NAME.has(key) && Array.isArray(value);
      return [key, isByName ? grouped(value) : ofNode(value)];
    });
}

type Named = Readonly<Record<string, { readonly text: string } | undefined>>;

function grouped(nodes: readonly Named[]): unknown {
  const nameOf = (node: Named) => (node.kpi ?? node.name)?.text;
  const names = [...new Set(nodes.map(nameOf))];
  return names.map((name) => nodes.filter((node) => nameOf(node) === name).map(ofNode));
}

function commentsOf({ comments = [] }: PolicyFile): string {
  return JSON.stringify(comments.map(({ text }) => text).sort());
}

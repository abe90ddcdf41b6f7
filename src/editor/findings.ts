// What is wrong with a policy, each finding with the edits that mend it.

import type { Diagnostic, Fix } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import { apart } from './edits.ts';
import { allowing, further } from './fixes.ts';
import { type Project, sourceOf } from './project.ts';
import { spellerOf } from './spelling.ts';

/** An edit that can be chosen. `preferred`: it does what the finding asks for, and nobody has to decide anything. */
export interface QuickFix {
  /** What it does, for a list to choose from. */
  readonly title: string;
  readonly edits: readonly Fix[];
  readonly preferred: boolean;
}

/** A diagnostic with what can be done about it, the likeliest first. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly fixes: readonly QuickFix[];
}

/** All findings of the policy, those of `lints` (which look at a whole policy that checks) after them. */
export function findingsOf(project: Project, lints: readonly Diagnostic[] = []): readonly Finding[] {
  const all = [...project.checked.diagnostics, ...lints];
  const own = new Map(all.map((each) => [each, preferredFix(project, each)]));
  const likes = mendsOfAll(project, own);
  return all.map((diagnostic) => {
    const source = sourceOf(project, diagnostic.span?.source ?? '');
    const fix = own.get(diagnostic);
    const like = fix && likes.get(kindOf(diagnostic));
    const fixes = [
      ...(fix ? [fix] : []),
      ...(like ? [like] : []),
      ...(source ? further(source, diagnostic) : []),
      ...(source && diagnostic.severity !== 'error' ? allowing(source, diagnostic) : []),
    ];
    return { diagnostic, fixes: fixes.map((each) => (each === like ? like : inForm(project, each))) };
  });
}

/** What the diagnostic itself says is to be written. */
function preferredFix(project: Project, { span, fix }: Diagnostic): QuickFix | undefined {
  const [first] = fix ?? [];
  if (!fix || !first || !span) return undefined;
  const source = sourceOf(project, first.span.source);
  const there = source?.text.slice(first.span.start, first.span.end) ?? '';
  const many = fix.length > 1 ? ` in ${fix.length} places` : '';
  const title =
    first.text === ''
      ? `Leave \`${onLine(there)}\` out${many}`
      : `Write \`${onLine(first.text.trim())}\`${many}`;
  return { title, edits: fix, preferred: true };
}

function onLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const seen = line.replace(
    /[\p{DI}\p{Cc}\p{Cf}]/gu,
    (letter) => `U+${letter.codePointAt(0)!.toString(16).toUpperCase()}`,
  );
  return seen.length > 60 ? `${seen.slice(0, 59)}…` : seen;
}

/** What findings that are mended together share: their code and their file. */
function kindOf({ code, span }: Diagnostic): string {
  return `${code} ${span?.source}`;
}

/** For each kind of which there are several, one edit for all of them, made once however many there are. */
function mendsOfAll(
  project: Project,
  own: ReadonlyMap<Diagnostic, QuickFix | undefined>,
): ReadonlyMap<string, QuickFix> {
  const alike = new Map<string, QuickFix[]>();
  for (const [diagnostic, fix] of own) {
    if (!fix) continue;
    const list = alike.get(kindOf(diagnostic)) ?? [];
    alike.set(kindOf(diagnostic), list);
    list.push(fix);
  }
  return new Map(
    [...alike].flatMap(([kind, list]) => {
      if (list.length < 2) return [];
      const edits = apart(list.flatMap((each) => each.edits));
      const title = `Mend all ${list.length} of these in the file`;
      return [[kind, inForm(project, { title, edits, preferred: false })] as const];
    }),
  );
}

function inForm(project: Project, fix: QuickFix): QuickFix {
  return { ...fix, edits: written(project, fix.edits) };
}

/** The edits as the texts of YAML that they lie in have to write them. */
function written(project: Project, edits: readonly Fix[]): readonly Fix[] {
  const needs = edits.filter(({ text }) => /["'\\]/.test(text));
  if (needs.length === 0) return edits;
  const spellers = new Map<string, ReturnType<typeof spellerOf>>();
  const spellerFor = (source: Source) => {
    const found = spellers.get(source.name) ?? spellerOf(source);
    spellers.set(source.name, found);
    return found;
  };
  return edits.map((each) => {
    const source = sourceOf(project, each.span.source);
    return source && needs.includes(each) ? spellerFor(source).put(each) : each;
  });
}

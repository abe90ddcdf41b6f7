// What is asked while the policy is typed: its errors and warnings with what mends them, what it needs, and the same
// policy in the other form.

import { type Finding, findingsOf, openProject, type Project } from '../../../src/browser-editor.ts';
import { type Diagnostic, hasErrors, needForms, type Source } from '../../../src/browser-engine.ts';
import type { Form } from '../app/file-names.ts';
import { inOtherForm } from './convert.ts';
import type { Desk, Handlers } from './held.ts';
import { type Overview, overviewOf } from './overview.ts';

/** What checking the policy came to. */
export interface Checking {
  /** Errors and warnings, in the order of the text, each with what can be done about it. */
  readonly findings: readonly Finding[];
  /** Absent where the policy has errors. */
  readonly overview?: Overview;
}

/** The whole policy in another form, or what keeps it from it. */
export type Converted =
  | { readonly kind: 'files'; readonly files: readonly Source[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

export interface LanguageRequests {
  /** Errors and the checker's warnings: all that has to be there at once. */
  'language.check': { readonly params: Record<never, never>; readonly answer: Checking };
  /** Those, and what else is worth a look in a policy that checks. */
  'language.look': { readonly params: Record<never, never>; readonly answer: readonly Finding[] };
  /** Files in the order of the policy's; names end as the form wants. */
  'language.convert': { readonly params: { readonly form: Form }; readonly answer: Converted };
}

/** The handlers of what is asked while typing. */
export const handlers: Handlers<LanguageRequests> = {
  'language.check': async (_, desk) => {
    const project = await projectOf(desk);
    const { value } = project.checked;
    return { findings: findingsOf(project), ...(value && { overview: overviewOf(value) }) };
  },
  'language.look': async (_, desk) => {
    const project = await projectOf(desk);
    const { value } = project.checked;
    if (!value) return findingsOf(project);
    const { lint } = await import('../../../src/browser-questions.ts');
    return findingsOf(project, lint(value));
  },
  'language.convert': async ({ form }, { held }) => {
    const { value, diagnostics } = await inOtherForm(held.policy, form);
    if (value === undefined || hasErrors(diagnostics)) return { kind: 'refused', diagnostics };
    return { kind: 'files', files: value };
  },
};

const PROJECTS = new WeakMap<Desk, Project>();

/** The policy as an editor has it; of the one before it what hasn't changed is kept. */
export async function projectOf(desk: Desk): Promise<Project> {
  const { policy } = desk.held;
  await needForms(policy);
  const project = openProject(policy, PROJECTS.get(desk));
  PROJECTS.set(desk, project);
  return project;
}

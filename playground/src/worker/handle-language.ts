// What is asked while the policy is typed: its errors and warnings with what mends them, what it needs, and the same
// policy in the other form.

import { type Finding, findingsOf, openProject, type Project } from '../../../src/browser-editor.ts';
import {
  type Diagnostic,
  hasErrors,
  type Model,
  needForms,
  type Source,
} from '../../../src/browser-engine.ts';
import type { Form } from '../app/file-names.ts';
import { inOtherForm } from './convert.ts';
import type { Desk, Handlers } from './held.ts';
import { type Overview, overviewOf } from './overview.ts';
import { filesOfEach, inOrder, testsOf, wrongBetween } from './versions.ts';

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
    const projects = await projectsOf(desk);
    const models = modelsOf(projects);
    const tests = (await testsOf(models)).map(({ test }) => test.name);
    const overview = overviewOf(models, tests);
    return { findings: findingsOfAll(projects, await wrongBetween(models)), ...(overview && { overview }) };
  },
  'language.look': async (_, desk) => {
    const projects = await projectsOf(desk);
    const models = modelsOf(projects);
    const between = await wrongBetween(models);
    if (models.length === 0) return findingsOfAll(projects, between);
    const { lint } = await import('../../../src/browser-questions.ts');
    return findingsOfAll(projects, [...between, ...models.flatMap((each) => lint(each))]);
  },
  'language.convert': async ({ form }, { held }) => {
    const { value, diagnostics } = await inOtherForm(held.policy, form);
    if (value === undefined || hasErrors(diagnostics)) return { kind: 'refused', diagnostics };
    return { kind: 'files', files: value };
  },
};

const PROJECTS = new WeakMap<Desk, readonly Project[]>();

/** Each version of the policy as an editor has it; of those before it what hasn't changed is kept. */
export async function projectsOf(desk: Desk): Promise<readonly Project[]> {
  const { policy } = desk.held;
  await needForms(policy);
  const before = PROJECTS.get(desk) ?? [];
  const projects = (await filesOfEach(policy)).map((files, at) => openProject(files, before[at]));
  PROJECTS.set(desk, projects);
  return projects;
}

/** The Models of all versions, in order of time; none where one of them has errors. */
function modelsOf(projects: readonly Project[]): readonly Model[] {
  const models = projects.flatMap(({ checked }) => checked.value ?? []);
  return models.length < projects.length ? [] : inOrder(models);
}

/** Findings of all versions, what they share once, and what is found in the whole policy. */
function findingsOfAll(projects: readonly Project[], whole: readonly Diagnostic[]): readonly Finding[] {
  const holding = (each: Diagnostic) =>
    projects.find(({ sources }) => sources.some(({ name }) => name === each.span?.source)) ?? projects[0];
  const all = projects.flatMap((project) =>
    findingsOf(
      project,
      whole.filter((each) => holding(each) === project),
    ),
  );
  return projects.length < 2 ? all : unique(all);
}

/** The same once, where versions share a file. */
export function unique<T>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

// Versions of the policy: which of them a question is about. What tells them apart is loaded where there are several files,
// each of which may declare one.

import {
  type Backend,
  type Checked,
  compile,
  type Diagnostic,
  type Model,
  needForms,
  type RunRequest,
  type Source,
} from '../../../src/browser-engine.ts';

const load = () => import('../../../src/browser-versions.ts');

/** Compiles all versions of a policy, in order of time; none where one has errors. */
export async function compiledOnce(policy: readonly Source[]): Promise<Checked<readonly Model[]>> {
  await needForms(policy);
  if (policy.length < 2) {
    const { value, diagnostics } = compile(policy);
    return { value: value ? [value] : [], diagnostics };
  }
  const { value, diagnostics } = (await load()).compileAmong(policy, undefined);
  return { value: value.models, diagnostics };
}

/** The version that holds in a period, the last one where none is chosen; an error says that none holds in it. */
export async function versionIn(
  models: readonly Model[],
  period: string,
): Promise<Checked<Model | undefined>> {
  if (models.length < 2 || period === '') return { value: models.at(-1), diagnostics: [] };
  return (await load()).versionFor(models, period);
}

/** What a run of one of the versions goes on from, where others held before. */
export async function openingOf(
  request: RunRequest,
  models: readonly Model[],
  open: () => Promise<Backend>,
): Promise<Checked<RunRequest['opening']>> {
  if (models.length < 2) return { value: undefined, diagnostics: [] };
  return (await load()).openingFor(request, { models, open });
}

/** A test of the policy, and the version that it is of. */
export interface OwnTest {
  readonly model: Model;
  readonly test: Model['tests'][number];
}

/** All tests, those of the first version first; one that several share is of the versions in whose periods it asks. */
export async function testsOf(models: readonly Model[]): Promise<readonly OwnTest[]> {
  const each = models.length < 2 ? models.map(({ tests }) => tests) : (await load()).testsOfVersions(models);
  return models.flatMap((model, at) => each[at]!.map((test) => ({ model, test })));
}

/** The files of each version. */
export async function filesOfEach(policy: readonly Source[]): Promise<readonly (readonly Source[])[]> {
  return policy.length < 2 ? [policy] : (await load()).versionsAmong(policy);
}

/** What is wrong between versions that are sound in themselves. */
export async function wrongBetween(models: readonly Model[]): Promise<readonly Diagnostic[]> {
  return models.length < 2 ? [] : (await load()).betweenVersions(models);
}

/** Versions in order of time. */
export function inOrder(models: readonly Model[]): readonly Model[] {
  const from = ({ effective }: Model): number => effective.from ?? Number.NEGATIVE_INFINITY;
  return [...models].sort((a, b) => from(a) - from(b));
}

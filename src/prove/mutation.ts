// Whether a policy's tests notice a change of it: each change is checked as any policy is, and the tests run against it,
// those first that look at what it changes, until one fails. What none notices may still be proved to pay the same.

import type { Backend } from '../backend/backend.ts';
import { hasErrors } from '../base/diagnostic.ts';
import { giveTurn, type Limits } from '../base/limits.ts';
import type { Source } from '../base/source.ts';
import { check } from '../check/check.ts';
import { walk } from '../library/parts.ts';
import type { Decision } from '../model/decision.ts';
import {
  MUTANT_KINDS,
  type MutantOutcome,
  type MutantResult,
  type MutationReport,
} from '../model/mutation.ts';
import type { Model } from '../model/policy.ts';
import type { TestModel } from '../model/proof.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import { parsePolicy } from '../syntax/parse.ts';
import { whyTheSame } from './equivalent.ts';
import { textPlace } from './failure.ts';
import { proveInvariants } from './invariants.ts';
import { diffOf, hintFor } from './mutant-words.ts';
import { changed, type Mutant, mutantsOf } from './mutants.ts';
import { runTest } from './run-tests.ts';
import { meaning } from './same-model.ts';

/** A policy whose changes are tried, read once for all of them. */
export interface Subject {
  readonly model: Model;
  readonly files: readonly astPolicy.PolicyFile[];
  readonly mutants: readonly Mutant[];
  readonly tests: readonly Looked[];
  readonly openBackend: OpenBackend;
  /** Names of the invariants that aren't refuted as the policy stands: a change is noticed by them too. */
  readonly holding: readonly string[];
  readonly limits?: Limits;
}

export type OpenBackend = (watch: { readonly decided?: (decision: Decision) => void }) => Backend;

/** A test, with what it looks at. */
interface Looked {
  readonly test: TestModel;
  readonly names: ReadonlySet<string>;
  readonly places: readonly Decision['span'][];
}

/** What came of one change. `meaning` is the same for changes that come to the same policy. */
export interface Judged {
  readonly meaning: string;
  readonly outcome: MutantOutcome;
}

/** Only changes of this kind, in this line (`policy.merit:12`), or of whose owner's words this is a part. */
export function fits(mutant: Mutant, only: string | undefined, model: Pick<Model, 'sources'>): boolean {
  if (only === undefined) return true;
  if (MUTANT_KINDS.some((each) => each === only)) return mutant.kind === only;
  const { file, line } = textPlace(new Map(model.sources.map((each) => [each.name, each])), mutant.span);
  const place = `${file}:${line}`;
  return place === only || place.endsWith(`/${only}`) || mutant.owner.replaceAll('`', '').includes(only);
}

export interface SubjectOptions {
  readonly tests: readonly TestModel[];
  readonly openBackend: OpenBackend;
  /** Invariants notice changes too, where they are refuted. */
  readonly invariants?: boolean;
  readonly limits?: Limits | undefined;
}

/** Reads a policy that has been compiled, runs its tests, and lists its changes. All tests must pass: `failed` says which don't. */
export async function subjectOf(
  model: Model,
  { tests, openBackend, invariants = false, limits: given }: SubjectOptions,
): Promise<{ readonly subject: Subject; readonly failed: readonly string[] }> {
  const limits = given && { limits: given };
  const failed: string[] = [];
  const looked: Looked[] = [];
  for (const test of tests) {
    const places = new Map<string, Decision['span']>();
    const decided = (_: TestModel, { span }: Decision): void => {
      places.set(`${span.source} ${span.start} ${span.end}`, span);
    };
    const { passed, name } = await runTest(model, test, { openBackend, decided, ...limits });
    if (!passed) failed.push(name);
    looked.push({ test, names: namesIn(test), places: [...places.values()] });
  }
  const files = model.sources.map((each) => parsePolicy(each).value);
  const refuted = invariants ? await refutedIn(model, { openBackend, ...limits }) : new Set();
  const holding = invariants
    ? model.invariants.map((each) => each.name).filter((each) => !refuted.has(each))
    : [];
  return {
    subject: { model, files, mutants: mutantsOf(files), tests: looked, openBackend, holding, ...limits },
    failed,
  };
}

async function refutedIn(
  model: Model,
  { openBackend, limits }: Pick<Subject, 'openBackend' | 'limits'>,
): Promise<ReadonlySet<string>> {
  const { invariants } = await proveInvariants(model, {
    openBackend: () => openBackend({}),
    situations: SITUATIONS,
    ...(limits && { limits }),
  });
  return new Set(invariants.filter((each) => each.outcome === 'refuted').map((each) => each.name));
}

/** In how many situations an invariant that can't be proved of a changed policy is tried. */
const SITUATIONS = 100;

/** Roles, KPIs and bonuses that a test names. */
function namesIn({ rows, expectations }: TestModel): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { cells } of rows)
    for (const { field, value } of cells)
      if (field === 'role' && value.kind === 'constant') names.add(value.text);
  for (const condition of expectations.flatMap((each) => each.conditions))
    walk(condition, (node) => {
      if (node.kind === 'bonus') names.add(node.name);
      if (node.kind === 'figure' || node.kind === 'attainment' || node.kind === 'target')
        names.add(node.figure.replace(/\[.*$/, ''));
    });
  return names;
}

/** Makes a change and tells what comes of it. */
export async function judge(subject: Subject, mutant: Mutant): Promise<Judged> {
  const { model, openBackend, limits } = subject;
  await giveTurn(limits);
  const mutated = modelOf(subject, mutant);
  if (!mutated) return { meaning: '', outcome: { kind: 'invalid' } };
  const judged = (outcome: MutantOutcome): Judged => ({ meaning: hash(meaning(mutated)), outcome });
  if (meaning(mutated) === meaning(model))
    return judged({ kind: 'equivalent', reasons: ['the policy says the same'] });
  for (const { test } of byNearness(subject, mutant)) {
    const own = mutated.tests.find(
      (each) => each.span.source === test.span.source && each.span.start === test.span.start,
    );
    if (!own) continue;
    const { passed, failures, name } = await runTest(mutated, own, {
      openBackend,
      stopAtFirst: true,
      ...(limits && { limits }),
    });
    if (!passed)
      return judged({ kind: 'killed', test: name, ...(failures.length === 0 ? { by: 'a fault' } : {}) });
  }
  if (subject.holding.length > 0) {
    const refuted = await refutedIn(mutated, subject);
    const found = subject.holding.find((each) => refuted.has(each));
    if (found !== undefined) return judged({ kind: 'killed', test: found, by: 'an invariant' });
  }
  const reasons = whyTheSame(model, mutated, mutant);
  if (reasons) return judged({ kind: 'equivalent', reasons });
  const hint = hintFor(mutant, model);
  return judged({
    kind: 'survived',
    diff: diffOf(subject, mutant),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The changed policy; nothing where it isn't one. */
export function modelOf(
  { model, files }: Pick<Subject, 'model' | 'files'>,
  mutant: Mutant,
): Model | undefined {
  const { value, diagnostics } = check(changed(files, mutant.changes), model.sources);
  return value && !hasErrors(diagnostics) && value.beyond.length <= model.beyond.length ? value : undefined;
}

/** The tests that name what is changed, or decide something there, first; else in the order of the text. */
function byNearness({ tests }: Subject, { owner, span }: Mutant): readonly Looked[] {
  const names = [...owner.matchAll(/`([^`]+)`/g)].map((each) => each[1]!);
  const nearness = ({ names: own, places }: Looked): number => {
    const named = names.filter((each) => own.has(each)).length;
    const isThere = places.some(
      (each) => each.source === span.source && each.start < span.end && span.start < each.end,
    );
    return named + (isThere ? 2 : 0);
  };
  return tests
    .map((each) => ({ each, near: nearness(each) }))
    .toSorted((a, b) => b.near - a.near)
    .map(({ each }) => each);
}

/** What came of all changes of a policy, in their order; of changes that come to the same policy the first one stands. */
export function mutationReport(
  model: Model,
  mutants: readonly Mutant[],
  judgements: ReadonlyMap<string, Judged>,
): MutationReport {
  const sources = new Map<string, Source>(model.sources.map((each) => [each.name, each]));
  const counts = { killed: 0, survived: 0, equivalent: 0, invalid: 0 };
  const seen = new Set<string>();
  const results: MutantResult[] = [];
  for (const { id, kind, owner, before, after, span } of mutants) {
    const judged = judgements.get(id);
    if (!judged) continue;
    const { meaning: means, outcome } = judged;
    if (means !== '' && seen.has(means) && outcome.kind !== 'equivalent') continue;
    seen.add(means);
    counts[outcome.kind]++;
    if (outcome.kind !== 'invalid')
      results.push({ id, kind, owner, before, after, at: textPlace(sources, span), outcome });
  }
  return { formatVersion: 1, policy: model.name, counts, mutants: results };
}

/** A short text that is another one for another text, but for a chance of one in 2^64. */
function hash(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  return `${(a >>> 0).toString(16)} ${(b >>> 0).toString(16)} ${text.length}`;
}

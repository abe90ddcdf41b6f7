// The stage: the syntax trees of a policy's files in, the Model out. All mistakes of all files are found in one go.

import { type Checked, type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import type { PayTerms } from '../model/pay.ts';
import type { Beyond, Model } from '../model/policy.ts';
import type { OnlyProved } from '../model/proof.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import { tooManyMessages } from '../syntax/messages.ts';
import { policyTerms } from './bounds.ts';
import { type Checking, isGivenUp, MOST_MESSAGES } from './context.ts';
import { curveModel } from './curves.ts';
import { begin } from './declarations.ts';
import { eventModel } from './events.ts';
import { checkFigures, tryFigure } from './figures.ts';
import { checkImports } from './imports.ts';
import type { Meanings } from './meanings.ts';
import { type Seldom, seldom } from './needed.ts';
import { groupings, policyHead } from './policy.ts';
import { ratesModel } from './rates.ts';
import { roleModel } from './roles.ts';
import { checkRowFigures } from './row-figures.ts';
import { checkBandsApart } from './target-forms.ts';

/** Checks a policy; the Model is absent when there are errors. `meanings` hears what its names stand for. */
export function check(
  files: readonly astPolicy.PolicyFile[],
  sources: readonly Source[],
  meanings?: Meanings,
): Checked<Model | undefined> {
  const { declarations, diagnostics: amending } = declarationsOf(files);
  const checking = begin(declarations, sources, meanings);
  meanings?.started?.(checking, files);
  checking.diagnostics.push(...amending);
  const { declared } = checking;
  const complete = checkImports(checking, files);
  const head = policyHead(checking, declared.policy, sources);
  const calendars = [...declared.calendars.values()].map((each) => seldom().checkCalendar(checking, each));
  const curves = [...declared.curves.values()].flatMap((each) => curveModel(checking, each) ?? []);
  const rates = [...declared.rates.values()].flatMap((each) => ratesModel(checking, each) ?? []);
  const grids = [...declared.grids.values()].flatMap((each) => seldom().gridModel(checking, each) ?? []);
  const events = [...declared.events].flatMap(
    ([name, each]) => eventModel(checking, each, declared.credits.get(name)) ?? [],
  );
  checkFigures(checking);
  const blocks = declarations.filter((each) => each.kind === 'for');
  const overrides = blocks.length > 0 ? seldom().overrideModels(checking, blocks) : [];
  const roles = [...declared.roles.values()].map((each) => roleModel(checking, each));
  checkBandsApart(checking, roles, overrides);
  const pay = declared.policy ? policyTerms(checking, declared.policy) : NO_TERMS;
  const { policy } = declared;
  const isCorrected = policy && (policy.corrections ?? policy.takesBack ?? policy.reopens);
  const corrections = isCorrected ? seldom().correctionsModel(checking, policy) : {};
  const beside = checkBesideRoles(checking);
  const reports = groupings(checking, declared.policy);
  for (const name of checking.kpis.keys()) {
    tryFigure(checking, name, { kind: 'company' });
    for (const attribute of reports) tryFigure(checking, name, { kind: 'group', attribute });
  }
  checkRowFigures(checking, { events, measures: checking.measures.values(), curves, rates, grids });
  const proof = aside(checking, (onlyProved) => {
    const tests = declarations.flatMap((each) =>
      each.kind === 'test' ? seldom().checkTest(checking, each) : [],
    );
    const claims = declarations.filter((each) => each.kind === 'invariant');
    const invariants = claims.length > 0 ? seldom().invariantModels(checking, claims) : [];
    checkRowFigures(checking, { events, measures: onlyProved().measures, curves, rates, grids });
    return { tests, invariants };
  });
  meanings?.finished?.(checking);
  const diagnostics = eachNameOnce(distinct(checking.diagnostics, sources)).filter(
    // what isn't given may declare what a name stands for
    ({ code }) => complete || (code !== 'M1101' && code !== 'M1108'),
  );
  const last = isGivenUp(checking) ? diagnostics.at(-1)?.span : undefined;
  if (last) diagnostics.push(tooManyMessages(last, MOST_MESSAGES));
  if (hasErrors(diagnostics) || !head) return { value: undefined, diagnostics };
  return {
    value: {
      formatVersion: 1,
      ...head,
      reports,
      attributes: [...declared.attributes.values()],
      events,
      computedOrder: checking.computedOrder,
      tables: [...declared.tables.values()],
      measures: [...checking.measures.values()],
      figures: [...checking.figures.values()],
      kpis: [...checking.kpis.values()],
      curves,
      rates,
      grids,
      calendars,
      roles,
      overrides,
      ...beside,
      pay,
      corrections,
      ...proof,
      beyond: inOrder(checking.beyond, sources),
      sources,
    },
    diagnostics,
  };
}

/** The declarations of all files; those of a policy that amends another take the place of what it amends. */
function declarationsOf(files: readonly astPolicy.PolicyFile[]): ReturnType<Seldom['amendedDeclarations']> {
  const declarations = files.flatMap((file) => file.declarations);
  const amends = declarations.some((each) => each.kind === 'policy' && each.amends);
  return amends ? seldom().amendedDeclarations(files) : { declarations, diagnostics: [] };
}

const NO_TERMS: PayTerms = { caps: [], floors: [], draws: [] };

/** What stands beside roles, and in their words: awards and pools. */
function checkBesideRoles(checking: Checking): Pick<Model, 'pools' | 'awards'> {
  const { declared } = checking;
  const pools = [...declared.pools.values()].flatMap((each) => seldom().poolModel(checking, each) ?? []);
  // in YAML each kind has a section of its own: which of them comes first says nothing
  const inKinds = [...declared.awards.values()].toSorted((a, b) => a.kind.localeCompare(b.kind));
  const awards = inKinds.flatMap((each) => seldom().awardModel(checking, each) ?? []);
  if (inKinds.length > 0) seldom().checkPointCircles(checking);
  return { pools, awards };
}

/** Checks what a run doesn't work out: the figures and measures that only that asks for stand apart. */
function aside<T>(
  checking: Checking,
  work: (onlyProved: () => OnlyProved) => T,
): T & { readonly onlyProved: OnlyProved } {
  const before = checking.beyond.length;
  const [figures, measures] = [checking.figures.size, checking.measures.size];
  const onlyProved = (): OnlyProved => ({
    figures: [...checking.figures.values()].slice(figures),
    measures: [...checking.measures.values()].slice(measures),
  });
  const done = work(onlyProved);
  checking.beyond.splice(before);
  const found = onlyProved();
  for (const { id } of found.figures) checking.figures.delete(id);
  for (const [key, { id }] of [...checking.measures].slice(measures)) {
    checking.measures.delete(key);
    checking.measuresById.delete(id);
  }
  return { ...done, onlyProved: found };
}

/** Each construct once, in the order of the text; what is a part of another one isn't said beside it. */
function inOrder(beyond: readonly Beyond[], sources: readonly Source[]): readonly Beyond[] {
  const order = new Map(sources.map((each, index) => [each.name, index]));
  const file = ({ span }: Beyond): number => order.get(span.source) ?? 0;
  const sorted = beyond.toSorted(
    (a, b) => file(a) - file(b) || a.span.start - b.span.start || b.span.end - a.span.end,
  );
  const kept: Beyond[] = [];
  for (const each of sorted) {
    const before = kept.at(-1);
    const isPart = before && before.span.source === each.span.source && each.span.end <= before.span.end;
    if (!isPart) kept.push(each);
  }
  return kept;
}

/** Inherited lines are checked once per role; each mistake is said once. */
function distinct(diagnostics: readonly Diagnostic[], sources: readonly Source[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const key = JSON.stringify([each.code, each.span, each.message]);
    if (!seen.has(key)) seen.set(key, each);
  }
  const order = new Map(sources.map((each, index) => [each.name, index]));
  const file = ({ span }: Diagnostic): number => (span ? (order.get(span.source) ?? 0) : 0);
  return [...seen.values()].sort((a, b) => file(a) - file(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

/** Names, types and words that aren't known. */
const NAMES: ReadonlySet<string> = new Set(['M1101', 'M1109', 'M1201']);

/** A name that isn't known is one mistake in a file, however often it stands there: said at its first place. */
function eachNameOnce(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const all = new Map<string, Diagnostic>();
  diagnostics.forEach((each, index) => {
    const key = NAMES.has(each.code) ? JSON.stringify([each.message, each.span?.source]) : String(index);
    const first = all.get(key);
    all.set(key, first ? alsoAt(first, each) : each);
  });
  return [...all.values()];
}

function alsoAt(first: Diagnostic, { span, fix = [] }: Diagnostic): Diagnostic {
  const related = [...(first.related ?? []), ...(span ? [{ span, message: 'and here' }] : [])];
  return { ...first, related, ...(first.fix ? { fix: [...first.fix, ...fix] } : {}) };
}

// Versions of a policy: files that each declare a policy, with the days on which it holds. They are compiled apart,
// must not overlap, and a run takes the one that holds in its periods.

import { dayText } from './base/date.ts';
import { type Checked, type Diagnostic, hasErrors } from './base/diagnostic.ts';
import { fiscalYears } from './base/fiscal.ts';
import { parsePeriod } from './base/period.ts';
import type { Source } from './base/source.ts';
import { compile } from './engine.ts';
import { runPeriods } from './evaluate/periods.ts';
import type { Model } from './model/policy.ts';
import type * as astPolicy from './syntax/ast-policy.ts';
import { parsedPolicy, parsePolicy } from './syntax/parse.ts';
import { sameFile } from './syntax/paths.ts';

/**
 * Compiles every version among the files; one file that declares a policy is one version, with all that it amends and
 * imports, and files that nobody imports belong to each. Errors: of any version, and versions that hold on one day.
 * A gap between two versions is a warning.
 */
export function compileVersions(sources: readonly Source[]): Checked<readonly Model[]> {
  const versions = versionsAmong(sources).map(compile);
  const diagnostics = unique(versions.flatMap((each) => each.diagnostics));
  const models = versions.flatMap((each) => each.value ?? []);
  if (models.length < versions.length) return { value: [], diagnostics };
  const between = betweenVersions(models);
  return { value: hasErrors(between) ? [] : models, diagnostics: [...diagnostics, ...between] };
}

/** The version that a run of the period takes; without a period, the one that holds last. */
export function compileFor(
  sources: readonly Source[],
  period: string | undefined,
): Checked<Model | undefined> {
  const { value, diagnostics } = compileAmong(sources, period);
  return { value: value.model, diagnostics };
}

/** The same, and all versions in order of time. */
export function compileAmong(
  sources: readonly Source[],
  period: string | undefined,
): Checked<{ readonly model: Model | undefined; readonly models: readonly Model[] }> {
  const { value, diagnostics } = compileVersions(sources);
  const models = [...value].sort((a, b) => (a.effective.from ?? 0) - (b.effective.from ?? 0));
  if (period === undefined) return { value: { model: models.at(-1), models }, diagnostics };
  const { value: model, diagnostics: unfit } = versionFor(models, period);
  return { value: { model, models }, diagnostics: [...diagnostics, ...unfit] };
}

/** The version that holds in all periods asked for; an error says which hold when. */
export function versionFor(models: readonly Model[], period: string): Checked<Model | undefined> {
  const [only, ...others] = models;
  if (only === undefined || others.length === 0) return { value: only, diagnostics: [] };
  const fitting = models.find((model) => !hasErrors(runPeriods(model, period).diagnostics));
  const first = period.split('..')[0]!.trim();
  if (fitting || !models.some((each) => parsePeriod(first, fiscalYears(each))))
    return { value: fitting ?? only, diagnostics: [] };
  return {
    value: undefined,
    diagnostics: [
      {
        code: 'M3008',
        severity: 'error',
        message: `no version of the policy holds in all of \`${period}\``,
        help: `run the versions apart: ${models.map((each) => `\`${each.name}\` holds ${rangeText(each)}`).join('; ')}`,
      },
    ],
  };
}

/** The files of each version. A policy that another amends from after its own last day on is a version too. */
export function versionsAmong(sources: readonly Source[]): readonly (readonly Source[])[] {
  const files = sources.map((source) => ({ source, file: parsedPolicy(source).value }));
  const named = (from: Source, path: string) =>
    files.find(({ source }) => sameFile(source.name, from.name, path));
  const reach = (source: Source, file: astPolicy.PolicyFile): readonly string[] =>
    [
      ...file.declarations.flatMap((each) => (each.kind === 'import' ? [each.path.text] : [])),
      ...(policyOf(file)?.amends ? [policyOf(file)!.amends!.text] : []),
    ].flatMap((path) => named(source, path)?.source.name ?? []);
  const reached = new Map(files.map(({ source, file }) => [source.name, reach(source, file)]));
  const closure = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const each of reached.get(name) ?? []) closure(each, seen);
    return seen;
  };
  const others = (to: Source) => files.filter(({ source }) => reached.get(source.name)!.includes(to.name));
  const roots = files.filter(
    ({ source, file }) => policyOf(file) && others(source).every((each) => beginsAfter(each.file, file)),
  );
  if (roots.length < 2) return [sources];
  const owned = new Set(roots.flatMap(({ source }) => [...closure(source.name)]));
  return roots.map(({ source }) => {
    const own = closure(source.name);
    return sources.filter((each) => own.has(each.name) || !owned.has(each.name));
  });
}

function policyOf(file: astPolicy.PolicyFile): astPolicy.PolicyDeclaration | undefined {
  return file.declarations.find((each) => each.kind === 'policy');
}

/** Whether a file's policy says that it begins after the other's has ended. */
function beginsAfter(file: astPolicy.PolicyFile, other: astPolicy.PolicyFile): boolean {
  const from = policyOf(file)?.effective?.from;
  const until = policyOf(other)?.effective?.until;
  return from?.kind === 'date' && until?.kind === 'date' && from.text > until.text;
}

/** What is wrong between versions: errors where two hold on one day, warnings where none does. */
export function betweenVersions(models: readonly Model[]): readonly Diagnostic[] {
  const from = (model: Model): number => model.effective.from ?? Number.NEGATIVE_INFINITY;
  const until = (model: Model): number => model.effective.until ?? Number.POSITIVE_INFINITY;
  const sorted = [...models].sort((a, b) => from(a) - from(b));
  return sorted.slice(1).flatMap((model, index): readonly Diagnostic[] => {
    const before = sorted[index]!;
    const about = {
      span: spanOf(model),
      related: [{ span: spanOf(before), message: `holds ${rangeText(before)}` }],
    };
    if (until(before) > from(model)) {
      const message = `two versions of the policy hold on the same days: this one ${rangeText(model)}`;
      const help = 'end one the day before the other begins';
      return [{ code: 'M1430', severity: 'error', message, ...about, help }];
    }
    if (until(before) === from(model)) return [];
    const message = `no version of the policy holds from ${dayText(until(before))} until ${dayText(from(model) - 1)}`;
    return [
      { code: 'M1431', severity: 'warning', message, ...about, help: 'let one begin where the other ends' },
    ];
  });
}

function spanOf(model: Model) {
  const name = model.sources.flatMap((each) => policyOf(parsePolicy(each).value)?.name ?? []);
  const own = name.find((each) => each.text === model.name);
  if (own !== undefined) return own.span;
  const source = model.sources.find((each) => /\bpolicy\b/.test(each.text)) ?? model.sources[0]!;
  const start = Math.max(0, source.text.indexOf(model.name));
  return { source: source.name, start, end: start + model.name.length };
}

function rangeText({ effective: { from, until } }: Model): string {
  const words = [
    from === undefined ? '' : `from ${dayText(from)}`,
    until === undefined ? '' : `until ${dayText(until - 1)}`,
  ];
  return words.filter((each) => each !== '').join(' ') || 'always';
}

function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(diagnostics.map((each) => [JSON.stringify(each), each]));
  return [...seen.values()];
}

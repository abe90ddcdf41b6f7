// Two versions of a policy over the same data: what they say differently, what that moves, and which change moved it.

import type { Backend } from '../backend/backend.ts';
import { type Checked, type Diagnostic, InternalError } from '../base/diagnostic.ts';
import { exact, ZERO } from '../base/exact.ts';
import type { Source } from '../base/source.ts';
import { suggestion } from '../base/suggest.ts';
import type { RunRequest } from '../gather.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { PolicyChange, PolicyDiff, Version, WordsChange } from '../model/diff.ts';
import type { Model } from '../model/policy.ts';
import type { Result } from '../model/result.ts';
import { type Amounts, attributed, causesOf, MOST_AVERAGED, type Tried } from './attribute.ts';
import { type Comparison, compareVersions, type ReadVersion, readVersion } from './compare.ts';
import { figuresOf, movesBetween, type Traced } from './figures.ts';
import { hybridModel } from './hybrid.ts';
import { called } from './renamed.ts';
import { createRunner, linesOf, type Runner } from './runs.ts';
import { onSameDays, type Segment, type Sides, segmentsOf } from './segments.ts';

/** The data that both versions are run over: the sources of both, and the periods. */
export interface DiffData extends Omit<RunRequest, 'model'> {
  /** How deltas are traced to several causes: `average`, and `in order` where there are more than six, unless said. */
  readonly attribution?: 'average' | 'in order';
  /** Whose figures are wanted; everybody's unless said. What is moved is found over everybody all the same. */
  readonly person?: string;
  /** Run the last version of each side as if both held on the days of either. */
  readonly sameDays?: true;
}

type Open = (sources: readonly SourceSpec[]) => Promise<Backend>;

/** What the last versions of two policies say differently, without any data. */
export function diffPolicies(sides: Sides): PolicyDiff {
  const pair = { before: sides.before.at(-1)!, after: sides.after.at(-1)! };
  return headed([pair], [compared(pair).comparison]);
}

/**
 * What two policies say differently, and what that moves over the data; each side is all versions of a policy, of which
 * those are compared that hold in the same periods. The value is absent where either can't be run. `open` gives a
 * backend that is closed again.
 */
export async function diffRuns(
  given: Sides,
  data: DiffData,
  open: Open,
): Promise<Checked<PolicyDiff | undefined>> {
  const sides = data.sameDays ? onSameDays(given) : given;
  const { value: segments, diagnostics } = segmentsOf(sides, data.period);
  const currencies = new Set(segments.flatMap(({ before, after }) => [before.currency, after.currency]));
  if (segments.length === 0) return { value: undefined, diagnostics };
  if (currencies.size > 1) return { value: undefined, diagnostics: [otherCurrency([...currencies])] };
  const done: Done[] = [];
  const said: Diagnostic[] = [];
  for (const segment of segments) {
    const run = createRunner({ ...data, period: segment.period }, open);
    const { value, diagnostics: found } = await traced(segment, data, run);
    said.push(...found);
    if (!value) return { value: undefined, diagnostics: unique(said) };
    done.push(value);
  }
  const diff = headed(
    segments,
    done.map((each) => each.comparison),
  );
  const all = joined(done);
  const { person } = data;
  const wanted = person === undefined ? all : ofPerson(all, person.normalize('NFC'));
  if (!wanted) return { value: undefined, diagnostics: [...unique(said), nobody(person!, all)] };
  return { value: { ...diff, figures: figuresOf(wanted) }, diagnostics: unique(said) };
}

/**
 * What two versions say differently, and what moves between a result of each, whatever data each was over: without causes.
 * Both must be in one currency.
 */
export function diffResults(
  models: { readonly before: Model; readonly after: Model },
  results: { readonly before: Result; readonly after: Result },
): PolicyDiff {
  const { comparison } = compared(models);
  const before = called(results.before, comparison.renames);
  const attributed = { kind: 'in order', orders: 1n, shares: new Map() } as const;
  return {
    ...headed([models], [comparison]),
    figures: figuresOf({ before, after: results.after, causes: [], attributed }),
  };
}

/** One person's statements of both; none where there is none. */
function ofPerson({ before, after, ...rest }: Traced, person: string): Traced | undefined {
  const own = (result: Result): Result => ({
    ...result,
    statements: result.statements.filter((each) => each.person === person),
  });
  const both = { before: own(before), after: own(after) };
  return both.before.statements.length + both.after.statements.length > 0 ? { ...both, ...rest } : undefined;
}

function nobody(person: string, { before, after }: Traced): Diagnostic {
  const known = [...new Set([...after.statements, ...before.statements].map((each) => each.person))];
  const help = suggestion(person, known);
  return {
    code: 'M3060',
    severity: 'error',
    message: `\`${person}\` has no role in ${after.periods.join(', ')}`,
    ...(help !== undefined && { help }),
  };
}

interface Done {
  readonly comparison: Comparison;
  readonly traced: Traced;
}

/** Both runs of a segment, and what lies between them. */
async function traced(
  { before, after }: Segment,
  { attribution, sameDays }: DiffData,
  run: Runner,
): Promise<Checked<Done | undefined>> {
  const { comparison, versions } = compared({ before, after });
  const [old, now] = [await run(before), await run(after)];
  const diagnostics = [...old.diagnostics, ...now.diagnostics];
  if (!old.result || !now.result) return { value: undefined, diagnostics };
  const { changes, renames } = comparison;
  const results = { before: called(old.result, renames), after: now.result };
  const start = linesOf(results.before);
  const known = new Map<string, Amounts | undefined>([
    [changes.map((_, unit) => unit).join(','), movesBetween(start, linesOf(results.after))],
    ['', new Map()],
  ]);
  const tried: Tried = async (units) => {
    const key = [...units].sort((a, b) => a - b).join(',');
    if (known.has(key)) return known.get(key);
    const model = hybridModel(comparison, versions, (unit) => units.has(unit));
    const dated = model && (sameDays ? { ...model, effective: after.effective } : model);
    const { result } = dated ? await run(dated) : { result: undefined };
    const amounts = result && movesBetween(start, linesOf(called(result, renames)));
    known.set(key, amounts);
    return amounts;
  };
  if (changes.length === 0) expectSame(results);
  const causes = await causesOf(changes.length, tried);
  const average = (attribution ?? (causes.length <= MOST_AVERAGED ? 'average' : 'in order')) === 'average';
  const found = await attributed(causes, { tried, step: exact(after.rounding.step), average });
  return { value: { comparison, traced: { ...results, causes, attributed: found } }, diagnostics };
}

/** INVARIANT: what is said alike is paid alike; what isn't has a cause. */
function expectSame({ before, after }: { readonly before: Result; readonly after: Result }): void {
  const pay = ({ statements }: Result) =>
    JSON.stringify(statements.map(({ person, pay: amount }) => [person, amount]));
  if (pay(before) !== pay(after))
    throw new InternalError('two versions that say the same pay different amounts');
}

/** Segments as one: their causes one after the other, and none of those of another. */
function joined(done: readonly Done[]): Traced {
  const counts = done.map(({ traced: { causes } }) => causes.length);
  const all = counts.reduce((sum, each) => sum + each, 0);
  const starts = counts.map((_, at) => counts.slice(0, at).reduce((sum, each) => sum + each, 0));
  const changesBefore = done.map((_, at) =>
    done.slice(0, at).reduce((sum, { comparison }) => sum + comparison.changes.length, 0),
  );
  const zeros = (count: number) => Array.from({ length: count }, () => ZERO);
  const together = (side: 'before' | 'after'): Result => {
    const results = done.map(({ traced: each }) => each[side]);
    return {
      ...results.at(-1)!,
      periods: results.flatMap((each) => each.periods),
      statements: results.flatMap((each) => each.statements),
    };
  };
  const kinds = done.map(({ traced: { attributed: each } }) => each);
  return {
    before: together('before'),
    after: together('after'),
    causes: done.flatMap(({ traced: { causes } }, at) =>
      causes.map((units) => units.map((unit) => unit + 1 + changesBefore[at]!)),
    ),
    attributed: {
      kind: kinds.every(({ kind }) => kind === 'average') ? 'average' : 'in order',
      orders: kinds.reduce((most, { orders }) => (orders > most ? orders : most), 1n),
      shares: new Map(
        kinds.flatMap(({ shares }, at) =>
          [...shares].map(
            ([key, own]) =>
              [key, [...zeros(starts[at]!), ...own, ...zeros(all - starts[at]! - own.length)]] as const,
          ),
        ),
      ),
    },
  };
}

interface Compared {
  readonly comparison: Comparison;
  readonly versions: { readonly before: ReadVersion; readonly after: ReadVersion };
}

function compared({ before, after }: { readonly before: Model; readonly after: Model }): Compared {
  const versions = {
    before: readVersion(apart(before.sources, after.sources)),
    after: readVersion(after.sources),
  };
  return { comparison: compareVersions(versions.before, versions.after), versions };
}

type Pairs = readonly { readonly before: Model; readonly after: Model; readonly period?: string }[];

/** The head of a comparison, and all that the versions say differently; with several, each in its periods. */
function headed(pairs: Pairs, comparisons: readonly Comparison[]): PolicyDiff {
  const several = pairs.length > 1;
  const all = (of: (comparison: Comparison) => readonly PolicyChange[]): readonly PolicyChange[] =>
    comparisons
      .flatMap((comparison, at) =>
        of(comparison).map((each) => (several ? { ...each, periods: pairs[at]!.period! } : each)),
      )
      .map((each, at) => ({ ...each, id: at + 1 }));
  const words = new Map<string, WordsChange>();
  for (const each of comparisons.flatMap((comparison) => comparison.words))
    words.set(JSON.stringify(each), each);
  return {
    format_version: 1,
    before: versionOf(pairs.map((each) => each.before)),
    after: versionOf(pairs.map((each) => each.after)),
    changes: all((comparison) => comparison.changes),
    words: [...words.values()],
    proofs: all((comparison) => comparison.proofs),
  };
}

function versionOf(models: readonly Model[]): Version {
  const { name, title } = models.at(-1)!;
  const files = new Set(models.flatMap(({ sources }) => sources.map((each) => each.name)));
  return { policy: name, ...(title === undefined ? {} : { title }), files: [...files] };
}

/** Files of the earlier version under names of their own, where the later one has others of the same names. */
export function apart(before: readonly Source[], after: readonly Source[]): readonly Source[] {
  const clash = before.some(({ name, text }) =>
    after.some((each) => each.name === name && each.text !== text),
  );
  return clash ? before.map(({ name, text }) => ({ name: `before/${name}`, text })) : before;
}

function otherCurrency([one, other]: readonly string[]): Diagnostic {
  return {
    code: 'M3070',
    severity: 'error',
    message: `the versions pay in ${one} and in ${other}: amounts of two currencies have no difference`,
    help: 'compare what they say, without data',
  };
}

function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((each) => [JSON.stringify(each), each])).values()];
}

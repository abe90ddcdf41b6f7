// What programs ask of a policy, on any platform: its Model, a run over data that they have at hand, why an amount is what
// it is, what it takes to reach one, and what two versions pay differently. The doors say how data is read there.

import { type ExplainRequest, explain as explainAnywhere } from './ask/explain.ts';
import { type SeekRequest, seek as seekAnywhere } from './ask/seek.ts';
import type { Backend } from './backend/backend.ts';
import type { Day } from './base/date.ts';
import { type Checked, type Diagnostic, failedBy, hasErrors } from './base/diagnostic.ts';
import type { Limits, Progress } from './base/limits.ts';
import type { Source } from './base/source.ts';
import { holdSeldom } from './check/needed.ts';
import * as seldom from './check/seldom.ts';
import { type DiffData, diffPolicies, diffRuns } from './compare/diff.ts';
import { type Data, type DataSource, type ReadData, sourcesOf } from './embed-data.ts';
import type { PolicyTypes, RowsOf, TypedResult } from './embed-types.ts';
import { compile as compileHere, run as runHere } from './engine.ts';
import { holdSeldomPaid } from './evaluate/needed.ts';
import * as seldomPaid from './evaluate/seldom.ts';
import type { RunRequest } from './gather.ts';
import { depthOf } from './library/depth.ts';
import type { SourceSpec } from './model/dataset.ts';
import type { PolicyDiff } from './model/diff.ts';
import type { Explanation } from './model/explanation.ts';
import type { Model } from './model/policy.ts';
import type { SeekAnswer } from './model/seek.ts';
import { openingFor } from './openings.ts';
import { needForms } from './syntax/forms.ts';
import { versionFor, compileVersions as versionsHere } from './versions.ts';

// programs compile policies of any kind, and ask anything of them
holdSeldom(seldom);
holdSeldomPaid(seldomPaid);

/** What the work may take; what stops it is a `StopError`, whose `code` says what it was. */
export interface EmbedLimits {
  /** The most rows that any one source may have: M3093. */
  readonly rows?: number;
  /** The most seconds, from the call on: M3091. */
  readonly seconds?: number;
  /** The most bytes that the process may take: M3092. Browsers can't know, and take no such limit. */
  readonly memory?: number;
}

/** What whoever waits for an answer may say and hear. */
export interface Waiting {
  /** Stops the work: M3090. */
  readonly signal?: AbortSignal;
  readonly limits?: EmbedLimits;
  /** Hears how far the work has come, now and then. */
  readonly onProgress?: (at: Progress) => void;
}

/** Data by name, of the types of a policy where they are known. */
export type DataOf<P extends PolicyTypes> = object extends P['rows']
  ? Data
  : { readonly [Name in keyof P['rows']]: RowsOf<P['rows'][Name]> | DataSource };

/** What every question over data says. */
export interface OverData<P extends PolicyTypes = PolicyTypes> extends Waiting {
  /** A Model, or all versions of a policy: that is asked which holds in the period, with what earlier ones hand on. */
  readonly model: Model | readonly Model[];
  readonly data: DataOf<P> | ReadData;
  /** `2026-01`, `2026-Q1`, `2026`, or a range `2026-01..2026-06`. */
  readonly period: string;
  /** Go on without the rejected rows instead of stopping. */
  readonly allowRejects?: boolean;
  /** As of which day: rows that became known after it are left out. */
  readonly asKnownOn?: Day;
}

type Asked<Request> = Omit<Request, 'model' | 'sources' | 'period' | 'limits' | 'opening' | 'allowRejects'>;

/** What is to be explained: of whom, and which amount. */
export type ExplainQuestion<P extends PolicyTypes = PolicyTypes> = OverData<P> & Asked<ExplainRequest>;

/** What is sought: of whom, which amount, and by which result. */
export type SeekQuestion<P extends PolicyTypes = PolicyTypes> = Omit<OverData<P>, 'asKnownOn'> &
  Asked<SeekRequest>;

/** Two policies, each a Model or all versions; with data and a period, what that moves. */
export interface DiffQuestion<P extends PolicyTypes = PolicyTypes>
  extends Waiting,
    Partial<Pick<OverData<P>, 'data' | 'period' | 'allowRejects' | 'asKnownOn'>>,
    Pick<DiffData, 'person' | 'attribution' | 'sameDays'> {
  readonly before: Model | readonly Model[];
  readonly after: Model | readonly Model[];
}

/** What a platform gives. */
export interface Platform {
  readonly zoneData: string | undefined;
  openBackend(sources: readonly SourceSpec[], limits: Limits): Promise<Backend>;
  /** Limits that a clock runs for until `end`. */
  limited(waiting: Waiting): { readonly limits: Limits; readonly end: () => void };
}

// ---- policies ------------------------------------------------------------------------------------------------------

/** How deep the formulas of a policy may go, where that is less than the language lets them. */
export interface CompileLimits {
  /** How many operations and calls may stand within each other: M3094. */
  readonly depth?: number;
}

/** Reads and checks one policy's files. The value is absent where there are errors. */
export async function compile(
  sources: readonly Source[],
  limits: CompileLimits = {},
): Promise<Checked<Model | undefined>> {
  await needForms(sources);
  const { value, diagnostics } = compileHere(sources);
  const deep = value ? tooDeep(value, limits) : [];
  return { value: hasErrors(deep) ? undefined : value, diagnostics: [...diagnostics, ...deep] };
}

/** The same for files that declare several versions of a policy, each holding on days of its own. */
export async function compileVersions(
  sources: readonly Source[],
  limits: CompileLimits = {},
): Promise<Checked<readonly Model[]>> {
  await needForms(sources);
  const { value, diagnostics } = versionsHere(sources);
  const deep = value.flatMap((each) => tooDeep(each, limits));
  return { value: hasErrors(deep) ? [] : value, diagnostics: [...diagnostics, ...deep] };
}

function tooDeep(model: Model, { depth }: CompileLimits): readonly Diagnostic[] {
  const found = depth === undefined ? 0 : depthOf(model);
  if (depth === undefined || found <= depth) return [];
  return [
    {
      code: 'M3094',
      severity: 'error',
      message: `the formulas of policy \`${model.name}\` go ${found} deep, and may go ${depth} here`,
      help: 'give the inner parts of the longest formula names with `let`, or allow more',
    },
  ];
}

// ---- questions over data ---------------------------------------------------------------------------------------------

/** Works out what a policy pays; see `OverData`. */
export function runOn<P extends PolicyTypes>(
  platform: Platform,
  request: OverData<P>,
): Promise<Checked<TypedResult<P> | undefined>> {
  const { zoneData } = platform;
  return asked(platform, request, async (over, backend) => {
    const { value, diagnostics } = await runHere({ ...over, ...(zoneData && { zoneData }) }, backend);
    return { value: value as TypedResult<P> | undefined, diagnostics };
  });
}

/** Explains an amount of a person in a period. */
export function explainOn<P extends PolicyTypes>(
  platform: Platform,
  request: ExplainQuestion<P>,
): Promise<Checked<Explanation | undefined>> {
  return asked(platform, request, (over, backend) => explainAnywhere({ ...request, ...over }, backend));
}

/** Seeks which result gives an amount, or tells what comes next. */
export function seekOn<P extends PolicyTypes>(
  platform: Platform,
  request: SeekQuestion<P>,
): Promise<Checked<SeekAnswer | undefined>> {
  return asked(platform, request, (over, backend) => seekAnywhere({ ...request, ...over }, backend));
}

/** Reads data once, for as many questions as one likes; `models` are all that will be asked about. */
export function readOn<P extends PolicyTypes>(
  platform: Platform,
  { model, data, ...waiting }: Pick<OverData<P>, 'model' | 'data' | keyof Waiting>,
): Promise<Checked<ReadData | undefined>> {
  return limitedBy(platform, waiting, async (limits) => {
    const { value, diagnostics } = await sourcesOf(listed(model), data as Data | ReadData, limits);
    return { value: hasErrors(diagnostics) ? undefined : { kind: 'read data', sources: value }, diagnostics };
  });
}

/** What two policies say differently; with data and a period, what that moves, and which change moved it. */
export function diffOn<P extends PolicyTypes>(
  platform: Platform,
  request: DiffQuestion<P>,
): Promise<Checked<PolicyDiff | undefined>> {
  const { before, after, data, period } = request;
  const sides = { before: listed(before), after: listed(after) };
  return limitedBy(platform, request, async (limits) => {
    if (data === undefined || period === undefined) return { value: diffPolicies(sides), diagnostics: [] };
    const read = await sourcesOf([...sides.before, ...sides.after], data as Data | ReadData, limits);
    if (hasErrors(read.diagnostics)) return { value: undefined, diagnostics: read.diagnostics };
    const over = { ...request, sources: read.value, period, limits };
    const { value, diagnostics } = await diffRuns(sides, over, (from) => platform.openBackend(from, limits));
    return { value, diagnostics: [...read.diagnostics, ...diagnostics] };
  });
}

function listed(models: Model | readonly Model[]): readonly Model[] {
  const all: readonly Model[] = Array.isArray(models) ? models : [models];
  // of a policy with errors a program may have none at hand, and must not take that for nobody's pay
  if (all.length === 0 || all.includes(undefined as unknown as Model))
    throw new TypeError('there is no Model: look at the diagnostics of `compile`');
  return all;
}

/** Reads the data, finds the version that holds and what it goes on from, and asks it in a backend of its own. */
function asked<T, P extends PolicyTypes>(
  platform: Platform,
  { model: models, data, period, allowRejects, asKnownOn, ...waiting }: OverData<P>,
  ask: (over: RunRequest & { readonly limits: Limits }, backend: Backend) => Promise<Checked<T | undefined>>,
): Promise<Checked<T | undefined>> {
  return limitedBy(platform, waiting, async (limits) => {
    const versions = listed(models);
    const { value: model, diagnostics: none } = versionFor(versions, period);
    if (!model) return { value: undefined, diagnostics: none };
    const read = await sourcesOf(versions, data as Data | ReadData, limits);
    if (hasErrors(read.diagnostics)) return { value: undefined, diagnostics: read.diagnostics };
    const also = { ...(allowRejects && { allowRejects }), ...(asKnownOn !== undefined && { asKnownOn }) };
    const request = { model, sources: read.value, period, limits, ...also };
    const open = (from: readonly SourceSpec[]) => platform.openBackend(from, limits);
    const opening = await openingFor(request, { models: versions, open });
    if (hasErrors(opening.diagnostics)) return { value: undefined, diagnostics: opening.diagnostics };
    const backend = await open(read.value);
    try {
      const { value, diagnostics } = await ask({ ...request, opening: opening.value }, backend);
      return { value, diagnostics: [...read.diagnostics, ...diagnostics] };
    } finally {
      await backend.close();
    }
  });
}

/** Works under limits; what is wrong with the data is data. */
async function limitedBy<T>(
  platform: Platform,
  waiting: Waiting,
  work: (limits: Limits) => Promise<Checked<T | undefined>>,
): Promise<Checked<T | undefined>> {
  const { limits, end } = platform.limited(waiting);
  try {
    return await work(limits);
  } catch (fault) {
    return failedBy(fault);
  } finally {
    end();
  }
}

// `merit run`: a policy and data to results, in the form asked for.

import { join } from 'node:path';
import { type Diagnostic, failedBy, hasErrors } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import { suggestion } from '../base/suggest.ts';
import {
  bindData,
  CONFIG_FILE,
  compileAmong,
  coverageOf,
  createHeard,
  type Heard,
  type Limits,
  loadProject,
  openBackend,
  openingFor,
  type Project,
  type Result,
  type RunRequest,
  rejectsCsv,
  resultCsv,
  resultJson,
  resultText,
  run,
  runHeard,
  type SentStatement,
  type SourceSpec,
  sqlText,
  statementText,
} from '../node.ts';
import { tellCoverage } from './coverage.ts';
import {
  type DataOptions,
  dataFiles,
  dayOf,
  expectDataFolder,
  expectKnown,
  expectNames,
  expectOutputs,
  expectPeriod,
} from './data-options.ts';
import { type LimitedOptions, limited } from './limits.ts';
import {
  expectPolicy,
  hint,
  isReject,
  note,
  printResult,
  printRunDiagnostics,
  shellWord,
  textWidth,
  writeOutput,
} from './output.ts';
import { asksLedger, leftOut, type RunLedgerOptions, resultWithLedger } from './run-ledger.ts';
import { EXIT, type ExitCode, UsageError } from './usage.ts';

export interface RunOptions extends DataOptions, LimitedOptions, RunLedgerOptions {
  readonly period?: string;
  readonly asKnownOn?: string;
  readonly person?: string;
  readonly format: 'text' | 'json' | 'csv';
  readonly backend: 'duckdb' | 'memory';
  readonly allowRejects?: true;
  readonly rejects?: string;
  readonly sql?: true;
  readonly output?: string;
  readonly coverageOutput?: string;
}

/** Runs a policy over data and prints the result. Diagnostics go to stderr; nothing is printed where there are errors. */
export async function runCommand(path: string, options: RunOptions): Promise<ExitCode> {
  return limited(options, (limits) => runLimited(path, options, limits));
}

async function runLimited(path: string, options: RunOptions, limits: Limits): Promise<ExitCode> {
  await expectPolicy(path);
  const overLedger = asksLedger(options);
  const data = dataFiles(options);
  if (options.period !== undefined) expectPeriod(options.period);
  const asKnownOn = options.asKnownOn === undefined ? undefined : dayOf(options.asKnownOn);
  if (options.dataDir !== undefined) await expectDataFolder(options.dataDir);

  await expectOutputs(options, [path, ...data.values()]);

  const project = await loadProject(path);
  const { folder = path, policy = [], config } = project.value ?? {};
  const configured =
    config?.value.sources.map((source) => join(options.dataDir ?? folder, source.file)) ?? [];
  await expectOutputs(options, [
    ...policy.map((source) => source.name),
    join(folder, CONFIG_FILE),
    ...configured,
  ]);
  if (!project.value || hasErrors(project.diagnostics))
    return stop(project.diagnostics, project.value, options);
  const period = options.period ?? project.value.config?.value.period;
  const compiled = compileAmong(project.value.policy, period);
  const {
    diagnostics: found,
    value: { model, models },
  } = compiled;
  const warnings = [...project.diagnostics, ...found];
  if (!model) return stop(warnings, project.value, options);

  await expectNames({ model, models }, data, project.value);
  if (asKnownOn !== undefined) expectKnown(model);
  const sources = await bindData(project.value, model, {
    data,
    versions: models,
    ...(options.dataDir !== undefined && { dataFolder: options.dataDir }),
  });
  const misused = sources.diagnostics.find((each) => !each.span && each.severity === 'error');
  if (misused) throw new UsageError(misused.message, misused.help, misused.code); // of a flag: the configuration's have places
  if (hasErrors(sources.diagnostics))
    return stop([...warnings, ...sources.diagnostics], project.value, options);
  if (period === undefined) {
    const help = `write \`--period 2026-01\`, or \`period: 2026-01\` in ${CONFIG_FILE}`;
    throw new UsageError('the run has no period', help);
  }
  const known = asKnownOn === undefined ? {} : { asKnownOn };
  const asked = {
    ...{ model, sources: sources.value, period, limits, ...known },
    ...(options.allowRejects && { allowRejects: true }),
  };
  const statements: SentStatement[] = [];
  const heardSql = (each: SentStatement) => statements.push(each);
  const watched = { ...limits, ...(options.sql && { heard: heardSql }) };
  const open = (from: readonly SourceSpec[]) => openBackend(options.backend, from, watched);
  const { backend } = options;
  const withLedger = () =>
    resultWithLedger({ path, project: project.value!, model, models, request: asked, backend, options });
  const opening = overLedger ? NOTHING : await openingFor(asked, { models, open });
  if (hasErrors(opening.diagnostics))
    return stop([...warnings, ...opening.diagnostics], project.value, options);
  const request = { ...asked, opening: opening.value };
  const heard = options.coverageOutput === undefined ? undefined : createHeard();
  const alone = () => (heard ? evaluateHeard(request, heard) : evaluate(request, open));
  const result = await (overLedger ? withLedger() : alone());
  const unfit = result.diagnostics.find((each) => UNFIT.has(each.code) && !each.span);
  if (unfit && options.period !== undefined) throw new UsageError(unfit.message, unfit.help, unfit.code);
  const diagnostics = [...warnings, ...sources.diagnostics, ...result.diagnostics];
  if (!result.value) return stop(diagnostics, project.value, options);
  const text = options.sql ? sqlText(statements) : render(result.value, options);
  await tell(diagnostics, project.value, options);
  await printResult(text, options.output);
  if (options.format === 'text' && !options.sql) {
    const remark = overLedger ? undefined : leftOut(project.value);
    if (remark !== undefined) note(remark);
    hint(nextAfter(path, result.value, options));
  }
  if (heard) await tellCoverage(coverageOf([model], heard), model.sources, options);
  return EXIT.done;
}

function nextAfter(path: string, { statements, periods }: Result, { person }: RunOptions): string {
  const [first] = statements;
  const [period] = periods;
  if (!first || period === undefined) return 'nobody held a role then: another `--period`, or other people';
  const of = `${shellWord(path)} --person ${shellWord(person ?? first.person)} --period ${period}`;
  return `\`merit explain ${of}\` says why, \`merit seek ${of}\` what comes next`;
}

/** A ledger's run knows by itself what it goes on from. */
const NOTHING = { value: undefined, diagnostics: [] };

/** A run in memory, whatever backend is asked for: only there rows say what they decide. */
async function evaluateHeard(request: RunRequest, heard: Heard) {
  return runHeard(request, heard);
}

/** A period of another length than the policy's, one in which it doesn't hold, or too many of them. */
const UNFIT: ReadonlySet<string> = new Set(['M3004', 'M3005', 'M3006']);

async function evaluate(
  request: RunRequest,
  open: (from: readonly SourceSpec[]) => ReturnType<typeof openBackend>,
) {
  const backend = await open(request.sources);
  try {
    return await run(request, backend);
  } catch (fault) {
    return failedBy(fault);
  } finally {
    await backend.close();
  }
}

function render(whole: Result, { format, person, output }: RunOptions): string {
  const result = person === undefined ? whole : ofPerson(whole, person);
  const width = textWidth(output === undefined ? process.stdout : {});
  switch (format) {
    case 'json':
      return resultJson(result);
    case 'csv':
      return resultCsv(result);
    case 'text':
      return person === undefined
        ? resultText(result, { width })
        : result.statements.map((statement) => statementText(statement, result, { width })).join('\n\n');
    default:
      return format satisfies never;
  }
}

/** What one person may see: the result with that person's statements and nobody else's figures. */
function ofPerson(result: Result, person: string): Result {
  const wanted = person.normalize('NFC');
  const statements = result.statements.filter((statement) => statement.person === wanted);
  if (statements.length > 0) return { ...result, statements, groups: [], company: [] };
  const known = [...new Set(result.statements.map((statement) => statement.person))];
  throw new UsageError(
    `\`${person}\` has no statement in ${result.periods.join(', ')}`,
    suggestion(wanted, known),
  );
}

async function stop(
  diagnostics: readonly Diagnostic[],
  project: Project | undefined,
  options: RunOptions,
): Promise<ExitCode> {
  await tell(diagnostics, project, options);
  return EXIT.wrong;
}

async function tell(
  diagnostics: readonly Diagnostic[],
  project: Project | undefined,
  options: RunOptions,
): Promise<void> {
  const config: readonly Source[] = project?.config ? [project.config.source] : [];
  if (options.rejects !== undefined)
    await writeOutput(options.rejects, rejectsCsv(diagnostics.filter(isReject)));
  await printRunDiagnostics(diagnostics, [...(project?.read ?? []), ...config], options.rejects);
}

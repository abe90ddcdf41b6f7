// What `eval` and `repl` share: the policy and data that expressions are asked beside, one expression to its answer, and
// how an answer is printed. Data are read when a person is first asked about, and once.

import { stat } from 'node:fs/promises';
import { type Diagnostic, failedBy, hasErrors } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import {
  type Backend,
  bindData,
  compileFor,
  EXPRESSION,
  type ExpressionValue,
  evaluateExpression,
  type Limits,
  loadProject,
  type Model,
  openBackend,
  openQuestions,
  type Project,
  type Questions,
  type RoleValue,
  roleValuesJson,
  valueJson,
  valueText,
  visible,
  type Whose,
} from '../node.ts';
import { dataFiles } from './data-options.ts';
import { expectPolicy, isReject } from './output.ts';
import { UsageError } from './usage.ts';

/** The options of both commands. */
export interface PolicyOptions {
  readonly policy?: string;
  readonly people?: string;
  readonly data?: readonly string[];
  readonly dataDir?: string;
  readonly period?: string;
  readonly person?: string;
  readonly allowRejects?: true;
}

/** Prints diagnostics with the sources that they point into. */
export type Say = (diagnostics: readonly Diagnostic[], sources: readonly Source[]) => void;

/** What expressions are asked beside. */
export interface Desk {
  readonly model?: Model;
  /** The period of the options, else of the project's configuration. */
  readonly period?: string;
  readonly sources: readonly Source[];
  /** Reads the data, if they haven't been; `undefined` after saying what is wrong with them. */
  questions(): Promise<Questions | undefined>;
  close(): Promise<void>;
}

/** An expression's value: nobody's, or one for each role of the person asked about; absent after an error. */
export type Answer =
  | { readonly kind: 'value'; readonly value: ExpressionValue }
  | { readonly kind: 'roles'; readonly whose: Whose; readonly values: readonly RoleValue[] };

/**
 * Opens the policy of the options, if there is one; `undefined` after saying what is wrong with it. `limits` hold for reading
 * data and for all questions.
 */
export async function openDesk(options: PolicyOptions, say: Say, limits?: Limits): Promise<Desk | undefined> {
  if (options.policy === undefined) return emptyDesk(options);
  await expectPolicy(options.policy);
  const data = dataFiles(options);
  if (options.dataDir !== undefined && !(await stat(options.dataDir).catch(() => undefined))?.isDirectory())
    throw new UsageError(`there is no folder \`${options.dataDir}\``);
  const project = await loadProject(options.policy);
  const policy = project.value?.policy ?? [];
  const config = project.value?.config;
  const sources = [...(project.value?.read ?? []), ...(config ? [config.source] : [])];
  const compiled = hasErrors(project.diagnostics)
    ? undefined
    : compileFor(policy, options.period ?? config?.value.period);
  const diagnostics = [...project.diagnostics, ...(compiled?.diagnostics ?? [])];
  if (diagnostics.length > 0) say(diagnostics, sources);
  const model = compiled?.value;
  if (!model || !project.value) return undefined;
  const period = options.period ?? config?.value.period;
  const reading = dataReader(project.value, model, { data, options, sources, say, limits });
  return { model, ...(period !== undefined && { period }), sources, ...reading };
}

/** Without a policy there is nothing that the other options could be about. */
function emptyDesk({ people, data, dataDir, period, person }: PolicyOptions): Desk {
  const given = Object.entries({ people, data, 'data-dir': dataDir, period, person });
  const stray = given.find(([, value]) => value !== undefined)?.[0];
  if (stray !== undefined)
    throw new UsageError(`\`--${stray}\` needs a policy`, 'name it with `--policy FOLDER`');
  return { sources: [], questions: async () => undefined, close: async () => {} };
}

interface Reading {
  readonly data: ReadonlyMap<string, string>;
  readonly options: PolicyOptions;
  readonly sources: readonly Source[];
  readonly say: Say;
  readonly limits: Limits | undefined;
}

function dataReader(project: Project, model: Model, { data, options, sources, say, limits }: Reading) {
  let backend: Backend | undefined;
  let questions: Questions | undefined;

  async function read(): Promise<Questions | undefined> {
    const { dataDir } = options;
    const bound = await bindData(project, model, {
      data,
      ...(dataDir !== undefined && { dataFolder: dataDir }),
    });
    const misused = bound.diagnostics.find((each) => !each.span && each.severity === 'error');
    if (misused) throw new UsageError(misused.message, misused.help, misused.code); // of a flag: the configuration's have places
    if (bound.diagnostics.length > 0) say(bound.diagnostics, sources);
    if (hasErrors(bound.diagnostics)) return undefined;
    await backend?.close();
    backend = await openBackend('duckdb', bound.value, limits);
    const request = {
      ...{ model, sources: bound.value, allowRejects: options.allowRejects ?? false },
      ...(limits && { limits }),
    };
    const opened = await openQuestions(request, backend).catch(failedBy);
    if (opened.diagnostics.length > 0) say(fewRejects(opened.diagnostics), sources);
    return opened.value;
  }

  return {
    questions: async () => {
      questions ??= await read();
      return questions;
    },
    close: async () => {
      await backend?.close();
    },
  };
}

/** Rejected rows that are shown; `merit run` shows more and writes them all. */
const SHOWN_REJECTS = 5;

function fewRejects(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const rejects = diagnostics.filter(isReject);
  if (rejects.length <= SHOWN_REJECTS) return diagnostics;
  const hidden = new Set(rejects.slice(SHOWN_REJECTS));
  const rest: Diagnostic = {
    code: 'M3063',
    severity: 'note',
    message: `${hidden.size} more messages about rows aren't shown`,
    help: '`merit run` with `--rejects FILE` writes them all',
  };
  return [...diagnostics.filter((each) => !hidden.has(each)), rest];
}

/** Works an expression out, for a person if one is named; `undefined` after saying what is wrong with it. */
export async function answer(
  desk: Desk,
  text: string,
  { person, period, say }: { readonly person?: string; readonly period?: string; readonly say: Say },
): Promise<Answer | undefined> {
  const tell = (diagnostics: readonly Diagnostic[]): void => {
    const misused = diagnostics.find((each) => each.severity === 'error' && MISUSE.has(each.code));
    if (misused) throw new UsageError(misused.message, misused.help, misused.code);
    if (diagnostics.length > 0) say(diagnostics, [{ name: EXPRESSION, text }, ...desk.sources]);
  };
  if (person === undefined) {
    const { value, diagnostics } = evaluateExpression(text, desk.model);
    tell(diagnostics);
    return value && { kind: 'value', value };
  }
  if (period === undefined)
    throw new UsageError(`no period to ask about \`${person}\` in`, 'name one, such as 2026-01');
  const questions = await desk.questions();
  if (!questions) return undefined;
  const whose = { person, period };
  const { value, diagnostics } = await questions.evaluate(text, whose);
  tell(diagnostics);
  return value && { kind: 'roles', whose, values: value };
}

/** Diagnostics about the person or period asked for, not about the expression. */
const MISUSE: ReadonlySet<string> = new Set(['M3004', 'M3005', 'M3006', 'M3060', 'M3062']);

/** The value, or a line for each of several roles, named; those of one role are told apart by their days. */
export function answerText(answer: Answer): string {
  if (answer.kind === 'value') return `${valueText(answer.value)}\n`;
  const { values } = answer;
  if (values.length === 1) return `${valueText(values[0]!.value)}\n`;
  const lines = values.map(({ role, from, until, value }) => {
    const alone = values.filter((each) => each.role === role).length === 1;
    return `${visible(role)}${alone ? '' : ` ${from}..${until}`}: ${valueText(value)}\n`;
  });
  return lines.join('');
}

export function answerJson(answer: Answer, rejectsAllowed: boolean): string {
  return answer.kind === 'value'
    ? valueJson(answer.value)
    : roleValuesJson(answer.values, { ...answer.whose, rejectsAllowed });
}

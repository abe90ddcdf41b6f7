// What the tests of the error pages share: a page as its parts, and an example of a page run as a reader would run it.
// A block's first word is its language, the second the file (`merit.config.yaml`) or the data (`people`, `deal`) that it
// holds, the third its encoding. A block `sh` says which commands are meant, the last of them what the page is about; without one a policy is checked, and where
// there is data the policy is run for January 2026.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  type Backend,
  backtest,
  bindData,
  compileAmong,
  compileVersions,
  type Diagnostic,
  diffRuns,
  type ExplainRequest,
  evaluateExpression,
  explain,
  explainEvent,
  hasErrors,
  lint,
  lintWithResult,
  loadProject,
  openBackend,
  openingFor,
  openQuestions,
  parseScenarios,
  run,
  runTests,
  seek,
  simulate,
} from '../../src/node.ts';
import { isAboutLedger, saidOfLedger } from './ledger-example.ts';

export type BackendName = 'memory' | 'duckdb';

export interface Block {
  readonly language: string;
  readonly words: readonly string[];
  readonly text: string;
}

/** `# M1203: cannot add …`, text, and the blocks of `## Wrong` and `## Right`. */
export interface Page {
  readonly code: string;
  readonly title: string;
  readonly text: string;
  /** All of it. */
  readonly markdown: string;
  readonly wrong: readonly Block[];
  readonly right: readonly Block[];
  /** Other errors that the wrong example gives beside, from a line `also: M1101`. */
  readonly also: readonly string[];
}

export function readPage(markdown: string): Page {
  const [, code = '', title = ''] = /^# (M\d{4}): (.+)\n/.exec(markdown) ?? [];
  const section = (name: string): string =>
    markdown.split(/^## /m).find((each) => each.startsWith(`${name}\n`)) ?? '';
  const also = /^also: (.+)$/m.exec(markdown)?.[1] ?? '';
  return {
    code,
    title,
    text: markdown.split(/^## /m)[0]!.split('\n').slice(1).join('\n').trim(),
    markdown,
    wrong: blocksOf(section('Wrong')),
    right: blocksOf(section('Right')),
    also: also.split(/, */).filter((each) => each !== ''),
  };
}

function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', text = '']) => {
    const [language = '', ...words] = info.split(' ');
    return { language, words, text };
  });
}

/** The example with what stays the same in the mended one, where only what changes is shown. */
export function mended({ wrong, right }: Page): readonly Block[] {
  const changed = new Set(right.map(fileOf));
  return [...wrong.filter((each) => !changed.has(fileOf(each))), ...right];
}

/** The file that holds the block; `sh` for the command. */
function fileOf({ language, words }: Block): string {
  const name = words[0];
  if (language === 'sh') return 'sh';
  if (name?.includes('.')) return name;
  if (language === 'merit') return 'policy.merit';
  if (language === 'yaml') return 'policy.merit.yaml';
  return `${name}.${language}`;
}

const isCommand = (block: Block): boolean => block.language === 'sh';
const isPolicy = (block: Block): boolean => /\.merit(\.yaml)?$/.test(fileOf(block));
const isConfig = (block: Block): boolean => fileOf(block) === 'merit.config.yaml';

/** What Merit says of an example; on the backend that its command names, else on the one given. */
export async function said(blocks: readonly Block[], backend: BackendName): Promise<readonly Diagnostic[]> {
  const folder = mkdtempSync(join(tmpdir(), 'merit-page-'));
  try {
    for (const block of blocks.filter((each) => !isCommand(each))) write(folder, block);
    const commands = (blocks.find(isCommand)?.text.trim() ?? usual(blocks)).split('\n');
    for (const each of commands.slice(0, -1)) {
      const inTheWay = (await obey(words(each), { folder, backend })).filter(isError);
      if (inTheWay.length > 0) return inTheWay;
    }
    return await obey(words(commands.at(-1)!), { folder, backend });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

function write(folder: string, block: Block): void {
  const path = join(folder, fileOf(block));
  mkdirSync(dirname(path), { recursive: true });
  const encoding = (block.words[1] ?? 'utf8') as BufferEncoding;
  writeFileSync(path, encoding === 'utf16le' ? `\ufeff${block.text}` : block.text, encoding);
}

/** The command that an example is for where it doesn't say. */
function usual(blocks: readonly Block[]): string {
  const policy = blocks.some(isConfig) ? '.' : fileOf(blocks.find(isPolicy)!);
  const data = blocks.filter((each) => !isCommand(each) && !isPolicy(each) && !isConfig(each));
  if (data.length === 0) return `merit check ${policy}`;
  if (blocks.some(isConfig)) return `merit run ${policy}`;
  const flags = data.map((each) => {
    const name = each.words[0]!;
    return name === 'people' ? `--people ${fileOf(each)}` : `--data ${name}=${fileOf(each)}`;
  });
  return `merit run ${policy} ${flags.join(' ')} --period 2026-01`;
}

/** Words of a command line; what stands in single quotes is one. */
function words(command: string): readonly string[] {
  return [...command.matchAll(/'([^']*)'|\S+/g)].map((match) => match[1] ?? match[0]);
}

interface Where {
  readonly folder: string;
  readonly backend: BackendName;
}

async function obey([merit, verb, ...rest]: readonly string[], where: Where): Promise<readonly Diagnostic[]> {
  if (merit !== 'merit') throw new Error(`not a command of Merit: ${merit}`);
  const options = optionsOf(rest);
  const at = (path: string): string => join(where.folder, path);
  const policy = verb === 'eval' ? options.one('policy') : options.first;
  if (policy === undefined) return evaluateExpression(options.first!, undefined).diagnostics;

  const project = await loadProject(at(policy));
  if (!project.value || project.value.policy.length === 0) return project.diagnostics;
  const period = options.one('period') ?? project.value.config?.value.period;
  const asked = verb === 'check' ? undefined : period;
  const {
    value: { model, models },
    diagnostics,
  } = compileAmong(project.value.policy, asked);
  const found = [...project.diagnostics, ...diagnostics, ...(model ? lint(model) : [])];
  if (verb === 'check' || !model || hasErrors(found)) return found;
  if (verb === 'test') return [...found, ...(await runTests(model)).tests.flatMap((each) => each.faults)];
  if (verb === 'eval' && options.one('person') === undefined)
    return [...found, ...evaluateExpression(options.first!, model).diagnostics];

  const people = options.one('people');
  const pairs = [...(people === undefined ? [] : [`person=${people}`]), ...options.all('data')];
  const data = new Map(pairs.map((each) => [each.split('=')[0]!, at(each.split('=')[1]!)]));
  const sources = await bindData(project.value, model, { data, versions: models });
  found.push(...sources.diagnostics);
  if (hasErrors(found)) return found;
  if (isAboutLedger(verb)) {
    const example = { ...where, project: project.value, model, versions: models, sources: sources.value };
    return [...found, ...(await saidOfLedger(verb!, options.one, { ...example, period: period! }))];
  }
  if (verb === 'diff') {
    const other = await loadProject(at(options.second!));
    const sides = {
      before: [model],
      after: compileVersions(other.value!.policy).value,
    };
    const asked = { sources: sources.value, period: period! };
    const open = (needed: typeof sources.value) => openBackend(where.backend, needed);
    return [...found, ...(await diffRuns(sides, asked, open)).diagnostics];
  }
  if (verb === 'backtest' || verb === 'simulate') {
    const asked = { model, sources: sources.value, period: period! };
    const open = (needed: typeof sources.value) => openBackend(where.backend, needed);
    if (verb === 'backtest') {
      const fit = { number: options.one('fit')!, budget: { num: 40_000, den: 1 } };
      return [...found, ...(await backtest({ ...asked, fit }, open)).diagnostics];
    }
    const file = options.one('scenarios');
    const read = file === undefined ? undefined : await readScenarios(at(file));
    found.push(...(read?.diagnostics ?? []));
    if (hasErrors(found)) return found;
    const scenarios = [{ name: 'it', changes: options.all('change') }, ...(read?.value ?? [])];
    const draws = options.one('draws');
    const drawn = draws === undefined ? {} : { draws: { draws: Number(draws), seed: 1 } };
    return [...found, ...(await simulate({ ...asked, scenarios, ...drawn }, open)).diagnostics];
  }
  const backend = await openBackend((options.one('backend') ?? where.backend) as BackendName, sources.value);
  const allowRejects = options.all('allow-rejects').length > 0;
  const request = { model, sources: sources.value, allowRejects };
  try {
    if (verb === 'eval') {
      const opened = await openQuestions(request, backend);
      const whose = { person: options.one('person')!, period: period! };
      const answered = await opened.value?.evaluate(options.first!, whose);
      return [...found, ...opened.diagnostics, ...(answered?.diagnostics ?? [])];
    }
    if (verb === 'explain')
      return [...found, ...(await explained({ ...request, period: period! }, options, backend))];
    if (verb === 'seek') {
      const { second: what } = options;
      const sought = {
        ...request,
        person: options.one('person')!,
        period: period!,
        reach: options.one('reach')!,
        by: options.one('by')!,
        ...(what === undefined ? {} : { what }),
      };
      return [...found, ...(await seek(sought, backend)).diagnostics];
    }
    const open = (needed: typeof sources.value) => openBackend(where.backend, needed);
    const opening = await openingFor({ ...request, period: period! }, { models, open });
    if (hasErrors(opening.diagnostics)) return [...found, ...opening.diagnostics];
    const result = await run({ ...request, period: period!, opening: opening.value }, backend);
    const seen = result.value ? lintWithResult(model, result.value) : [];
    return [...found, ...result.diagnostics, ...seen];
  } finally {
    await backend.close();
  }
}

function readScenarios(path: string) {
  return parseScenarios({ name: path, text: readFileSync(path, 'utf8') });
}

async function explained(
  request: Omit<ExplainRequest, 'person'>,
  options: ReturnType<typeof optionsOf>,
  backend: Backend,
): Promise<readonly Diagnostic[]> {
  const [event, key] = options.one('event')?.split(':') ?? [];
  if (event !== undefined && key !== undefined) {
    const open = (sources: ExplainRequest['sources']) => openBackend('memory', sources);
    return (await explainEvent({ ...request, event, key }, open)).diagnostics;
  }
  const what = options.second;
  const asked = { ...request, person: options.one('person')!, ...(what === undefined ? {} : { what }) };
  return (await explain(asked, backend)).diagnostics;
}

/** Options without a value. */
const FLAGS: ReadonlySet<string> = new Set(['--allow-rejects', '--require-approval']);

function optionsOf(args: readonly string[]) {
  const options = new Map<string, string[]>();
  let first: string | undefined;
  let second: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const word = args[index]!;
    if (!word.startsWith('--')) {
      if (first === undefined) first = word;
      else second ??= word;
    } else {
      const value = FLAGS.has(word) ? '' : args[++index]!;
      options.set(word.slice(2), [...(options.get(word.slice(2)) ?? []), value]);
    }
  }
  const all = (name: string): readonly string[] => options.get(name) ?? [];
  return { first, second, all, one: (name: string): string | undefined => all(name)[0] };
}

/** The code that a page's file is named after. */
export function codeOf(file: string): string {
  return basename(file, '.md');
}

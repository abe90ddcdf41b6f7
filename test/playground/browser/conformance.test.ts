// The cases and the examples in a browser's worker: results, findings and tests as Node's memory backend has them, from
// both forms of the policy.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { offsetAt } from '../../../src/base/zone.ts';
import * as node from '../../../src/node.ts';
import { readCase, readExpected, readWrong } from '../../cases/run-case.ts';
import { type Answer, askEngine, type Question } from './ask-engine.ts';
import { describeInBrowser } from './describe.ts';
import type { Asked, TextSource } from './engine-worker.ts';
import { type Served, serveFolder } from './serve.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CASES = join(ROOT, 'test/cases');
const crmData = process.env.MERIT_CRM_DATA ?? join(ROOT, '../shared/data/crm_sales_opportunities');

const cases = readdirSync(CASES, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map((each) => each.name)
  .sort();

const EXAMPLES = [
  { name: 'sales-department', period: '2026' },
  { name: 'whole-language', period: '2026' },
  { name: 'crm-pipeline', period: '2017', dataFolder: crmData },
].filter(({ dataFolder }) => dataFolder === undefined || existsSync(dataFolder));

const inNode = {
  ...node,
  openBackend: (sources: Question['sources']) => node.openBackend('memory', sources),
};

/** The same question with the policy in YAML. */
function inYaml({ policy, ...rest }: Question): Question {
  return {
    ...rest,
    policy: policy.map((source) => {
      const { value, diagnostics } = node.convertPolicy(source, 'yaml');
      expect(node.hasErrors(diagnostics)).toBe(false);
      return { name: source.name.replace(/\.merit$/, '.merit.yaml'), text: importsInYaml(value!) };
    }),
  };
}

/** Files that a policy imports are converted with it, so it is to name them as they are called then. */
function importsInYaml(text: string): string {
  return text.replace(/^( *- \S+\.merit)$/gm, '$1.yaml');
}

/** Data as a page has it: the text of the files. */
function asText({ sources }: Question): readonly TextSource[] {
  return sources.map((source) => ({
    ...source,
    content: {
      kind: 'text',
      text:
        source.content.kind === 'text'
          ? source.content.text
          : readFileSync((source.content as { readonly path: string }).path, 'utf8'),
    },
    columns: [...source.columns],
    constants: [...source.constants],
  }));
}

/** As JSON, without who worked it out. */
function plain({ result, ...rest }: Answer): unknown {
  return JSON.parse(JSON.stringify({ ...rest, result: result && { ...result, engine: undefined } }));
}

async function exampleQuestion({ name, period, dataFolder }: (typeof EXAMPLES)[number]): Promise<Question> {
  const { value: project } = await node.loadProject(join(ROOT, 'examples', name));
  const { value: model } = node.compile(project!.policy);
  const sources = await node.bindData(project!, model!, dataFolder === undefined ? {} : { dataFolder });
  expect(sources.diagnostics).toEqual([]);
  return { policy: project!.policy, sources: sources.value, period };
}

describeInBrowser('the engine in a worker', (browser) => {
  let served: Served;
  let page: Page;

  beforeAll(async () => {
    const folder = join(inject('builds'), 'engine');
    mkdirSync(folder, { recursive: true });
    await build({
      entryPoints: { worker: join(import.meta.dirname, 'engine-worker.ts') },
      outdir: folder,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      logLevel: 'warning',
    });
    writeFileSync(join(folder, 'page.js'), "window.worker = new Worker('worker.js', { type: 'module' });\n");
    writeFileSync(
      join(folder, 'index.html'),
      `<!doctype html><title>the engine</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; worker-src 'self'">
<link rel="icon" href="data:,"><script type="module" src="page.js"></script>`,
    );
    served = await serveFolder(folder);
    page = await browser().newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'worker' in window);
  });
  afterAll(async () => {
    await page?.close();
    await served?.close();
  });

  async function ask<T>(asked: Asked): Promise<T> {
    const answer = await page.evaluate(
      (data) =>
        new Promise<{ readonly json?: string; readonly failed?: string }>((resolve) => {
          const { worker } = window as unknown as { readonly worker: Worker };
          worker.onmessage = (event) => resolve(event.data);
          worker.onerror = (event) => resolve({ failed: event.message });
          worker.postMessage(data);
        }),
      asked,
    );
    if (answer.json === undefined) throw new Error(answer.failed);
    return JSON.parse(answer.json) as T;
  }

  async function agree(question: Question): Promise<Answer> {
    const here = await askEngine(inNode, question);
    const there = await ask<Answer>({ kind: 'question', ...question, sources: asText(question) });
    expect(there.result?.engine.version).toBe(here.result?.engine.version);
    expect(there.result?.engine.backend).toBe(here.result?.engine.backend);
    expect(plain(there)).toEqual(plain(here));
    return there;
  }

  it.each(cases)('pays %s as Node does, from both forms', async (name) => {
    const folder = join(CASES, name);
    const { periods } = await readExpected(folder);
    const { policy, sources } = await readCase(folder);
    const text = await agree({ policy, sources, period: periods });
    expect(text.result!.statements.length).toBeGreaterThan(0);
    const yaml = await agree(inYaml({ policy, sources, period: periods }));
    expect(yaml.result!.statements.map((each) => each.pay)).toEqual(
      text.result!.statements.map((each) => each.pay),
    );
    for (const { file, text } of await readWrong(folder))
      await agree({ policy: [{ name: file, text }], sources, period: periods });
  });

  it.each(EXAMPLES)('pays the example $name as Node does, from both forms', async (example) => {
    const question = await exampleQuestion(example);
    const text = await agree(question);
    expect(text.result!.statements.length).toBeGreaterThan(0);
    const yaml = await agree(inYaml(question));
    expect(yaml.result!.statements.map((each) => each.pay)).toEqual(
      text.result!.statements.map((each) => each.pay),
    );
  });

  it('has the same clocks as Node has', async () => {
    const zones = [
      'UTC',
      'Europe/Moscow',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Almaty',
      'Asia/Kolkata',
    ];
    const from = Date.UTC(2000, 0, 1) / 1000;
    const instants = Array.from({ length: 2 * 366 * 30 }, (_, half) => from + half * 43_200);
    const there = await ask<readonly (readonly number[])[]>({ kind: 'clocks', zones, instants });
    const here = zones.map((zone) => instants.map((instant) => offsetAt(zone, instant)));
    const apart = zones.flatMap((zone, z) => {
      const at = instants.findIndex((_, i) => here[z]![i] !== there[z]![i]);
      return at < 0 ? [] : [`${zone} from ${new Date(instants[at]! * 1000).toISOString()}`];
    });
    expect(apart).toEqual([]);
  });

  it('asks the server for its own files only, each once, and for YAML’s reader when there is YAML', () => {
    expect(served.log.filter((each) => !each.startsWith('200 '))).toEqual([]);
    expect(new Set(served.log).size).toBe(served.log.length);
    expect(served.log.some((each) => /parse-yaml-[^/]*\.js$/.test(each))).toBe(true);
  });
});

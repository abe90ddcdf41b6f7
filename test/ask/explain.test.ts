import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { resultOf } from '../../src/engine.ts';
import { gather } from '../../src/gather.ts';
import { bindData, compile, loadProject, openBackend } from '../../src/node.ts';
import { type Counts, wrongSteps } from './arithmetic.ts';
import { explainedMeasures, explainedPay, type World } from './explained-cells.ts';
import { differing, withoutRows } from './said.ts';

const folderOf = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
const CRM =
  process.env.MERIT_CRM_DATA ??
  fileURLToPath(new URL('../../../shared/data/crm_sales_opportunities', import.meta.url));

/** An example with its data read, and its Result. */
async function worldOf(name: string, period: string, dataFolder?: string) {
  const { value: project } = await loadProject(folderOf(name));
  const model = compile(project?.policy ?? []).value!;
  const sources = (await bindData(project!, model, dataFolder === undefined ? {} : { dataFolder })).value;
  const backend = await openBackend('memory', sources);
  const request = { model, sources, period };
  const gathered = (await gather(request, backend)).value!;
  return { gathered, backend, result: resultOf(gathered, request) };
}

const CASES = [
  { name: 'whole-language', period: '2026' },
  { name: 'sales-department', period: '2026' },
  ...(existsSync(`${CRM}/sales_pipeline.csv`) ? [{ name: 'crm-pipeline', period: '2017', data: CRM }] : []),
];

describe.each(CASES)(
  'every cell of $name',
  ({ name, period, data }: { name: string; period: string; data?: string }) => {
    const world = worldOf(name, period, data);
    const counts: Counts = new Map();
    afterAll(async () => (await world).backend.close());
    const explained = (each: World, of: Awaited<typeof world>['result']['statements']) =>
      Promise.all(of.map((statement) => explainedPay(each, statement)));

    it('pay and its lines are what the result says, and come to it', async () => {
      const { result, ...rest } = await world;
      const cells = (await explained(rest, result.statements)).flat();
      expect(cells.length).toBeGreaterThan(result.statements.length * 2);
      expect(differing(cells)).toEqual([]);
      const wholes = cells.filter(({ what }) => what.endsWith(' pay')).map(({ step }) => step!);
      expect(wholes.flatMap((each) => wrongSteps(each, counts))).toEqual([]);
      expect(wholes.flatMap(withoutRows)).toEqual([]);
    }, 300_000);

    it('KPIs, targets, attainments and scores are what the result says, and come to it', async () => {
      const { result, ...rest } = await world;
      const cells = await explainedMeasures(rest, result.statements);
      expect(differing(cells)).toEqual([]);
      expect(cells.flatMap(({ step }) => (step ? wrongSteps(step, counts) : []))).toEqual([]);
      expect(cells.flatMap(({ step }) => (step ? withoutRows(step) : []))).toEqual([]);
      expect(counts.get('rows')).toBeGreaterThan(100);
    }, 300_000);
  },
);

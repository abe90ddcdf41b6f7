import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { add, exact, exactText, ZERO } from '../../src/base/exact.ts';
import type { Result } from '../../src/model/result.ts';
import { differences } from './expectations.ts';
import { runExample } from './run-example.ts';

const folder = fileURLToPath(new URL('../../examples/crm-pipeline', import.meta.url));
const shared = fileURLToPath(new URL('../../../shared/data/crm_sales_opportunities', import.meta.url));
const dataFolder = process.env.MERIT_CRM_DATA ?? shared;
const expected = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
const there = existsSync(`${dataFolder}/sales_pipeline.csv`);

describe.skipIf(!there)(
  `the CRM pipeline over 2017 (data in ${there ? 'place' : 'MERIT_CRM_DATA is absent: SKIPPED'})`,
  () => {
    it.each(['duckdb', 'memory'] as const)(
      'gives the published totals and what case.md works out, from %s',
      async (backend) => {
        const result = await runExample({ folder, period: '2017', backend, dataFolder });
        expect(differences(result, expected.statements)).toEqual([]);
        const commissions = result.statements.flatMap((each) =>
          each.roles.flatMap((role) => role.lines.map((line) => exact(line.amount))),
        );
        expect(exactText(commissions.reduce(add, ZERO))).toBe(expected.totals.commission);
        const won = (each: Result['company'][number]) =>
          each.kpis.find((kpi) => kpi.kpi === 'won_revenue[company]')!.actual.value!;
        expect(Object.fromEntries(result.company.map((each) => [each.period, won(each)]))).toEqual(
          expected.totals.by_quarter,
        );
        expect(exactText(result.company.map((each) => exact(won(each))).reduce(add, ZERO))).toBe(
          expected.totals.won_revenue,
        );
        const deals = result.control.find((each) => each.source === 'deal')!;
        expect([deals.all.rows, deals.used.rows, deals.rejected]).toEqual([
          expected.totals.rows,
          expected.totals.decided,
          [],
        ]);
        expect(deals.filtered.map((each) => [each.reason, each.totals.rows])).toEqual([
          ['no posting day', expected.totals.open],
        ]);
      },
    );

    it('adds agents up to managers and offices up to the company', async () => {
      const result = await runExample({ folder, period: '2017-Q3', backend: 'duckdb', dataFolder });
      const value = (kpis: Result['groups'][number]['kpis']) =>
        exact(kpis.find((kpi) => kpi.kpi.startsWith('won_revenue'))!.actual.value!);
      const company = exactText(value(result.company[0]!.kpis));
      for (const attribute of ['team', 'office']) {
        const groups = result.groups.filter((each) => each.attribute === attribute);
        expect(groups.map((each) => each.value).length).toBe(attribute === 'team' ? 6 : 3);
        expect(exactText(groups.map((each) => value(each.kpis)).reduce(add, ZERO))).toBe(company);
      }
    });
  },
);

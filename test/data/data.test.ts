// Published data: revenue by support representative, days to resolve incidents, and business-hours clocks of tickets, as
// published or as each folder's case.md works out. The data lies beside the project; where it is away, tests are skipped.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createDuckDbBackend } from '../../src/backend/duckdb.ts';
import { createMemoryBackend } from '../../src/backend/memory.ts';
import { add, exact, exactText, ZERO } from '../../src/base/exact.ts';
import { run } from '../../src/engine.ts';
import type { KpiLine } from '../../src/model/kpi-lines.ts';
import type { Result } from '../../src/model/result.ts';
import { csvSource, modelOf } from '../evaluate/run-policy.ts';
import { runExample } from '../examples/run-example.ts';

const DATA = process.env.MERIT_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const BACKENDS = ['duckdb', 'memory'] as const;

const own = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Describes what is published of a folder of the data, or says that it is away. */
function describeData(folder: string, body: (dataFolder: string) => void): void {
  const there = existsSync(`${DATA}/${folder}`);
  describe.skipIf(!there)(`${folder} (data in ${there ? 'place' : 'MERIT_DATA is absent: SKIPPED'})`, () =>
    body(`${DATA}/${folder}`),
  );
}

const actualOf = (lines: readonly KpiLine[], kpi: string): string | null =>
  lines.find((each) => each.kpi === kpi)!.actual.value;

/** A KPI of everybody in a period. */
function actuals(result: Result, period: string, kpi: string): Readonly<Record<string, string | null>> {
  const statements = result.statements.filter((each) => each.period === period);
  return Object.fromEntries(statements.map((each) => [each.person, actualOf(each.roles[0]!.kpis, kpi)]));
}

const total = (amounts: Iterable<string>): string => exactText([...amounts].map(exact).reduce(add, ZERO));

describeData('chinook', (dataFolder) => {
  it.each(BACKENDS)('revenue per support representative, from %s', async (backend) => {
    const result = await runExample({ folder: own('chinook'), period: '2021..2025', backend, dataFolder });
    const revenue = actuals(result, '2025', 'all_years');
    expect(revenue).toEqual({
      3: '833.04',
      4: '775.4',
      5: '720.16',
      ...Object.fromEntries(['1', '2', '6', '7', '8'].map((each) => [each, '0'])),
    });
    expect(total(Object.values(revenue).map((each) => each!))).toBe('2328.6');
    // the look-up and the reference name the same person for every invoice
    for (const { period, kpis } of result.company)
      expect([period, actualOf(kpis, 'agreed[company]')]).toEqual([
        period,
        actualOf(kpis, 'revenue[company]'),
      ]);
    const peacock = result.statements.filter((each) => each.person === '3').map((each) => each.pay);
    expect(peacock).toEqual(['12.38', '22.19', '18.43', '14.66', '15.64']);
    expect(result.control.map((each) => [each.source, each.used.rows, each.rejected.length])).toEqual([
      ['person', 8, 0],
      ['customers', 59, 0],
      ['customer', 0, 0], // a customer has no day of its own
      ['invoice', 412, 0],
    ]);
  });
});

describeData('insight_bench', (dataFolder) => {
  it.each(BACKENDS)('days to resolve per agent, from %s', async (backend) => {
    const result = await runExample({ folder: own('incidents'), period: '2023..2024', backend, dataFolder });
    const published = JSON.parse(readFileSync(`${dataFolder}/flag-14.json`, 'utf8')).insight_list;
    const plotted = (at: number): Readonly<Record<string, number>> => {
      const { x_axis, y_axis } = published[at].plot;
      return Object.fromEntries(
        x_axis.value.map((agent: string, index: number) => [agent, y_axis.value[index]]),
      );
    };
    const DAY = 86400;
    const days = Object.entries(actuals(result, '2024', 'days')).map(([agent, seconds]) => [
      agent,
      Number(seconds) / DAY,
    ]);
    expect(Object.fromEntries(days)).toEqual({
      'Beth Anglin': 4.26,
      'Charlie Whitherspoon': 5.29,
      'Fred Luddy': 17.09,
      'Howard Johnson': 4.82,
      'Luke Wilson': 4.98,
    });
    expect(Object.fromEntries(days)).toEqual(plotted(0));
    expect(actuals(result, '2024', 'days')['Fred Luddy']).toBe(
      exactText(exact(String(published[0].insight_value.y_val * DAY))),
    );

    const counts = ['2023', '2024'].map((period) => actuals(result, period, 'assigned'));
    const both = Object.keys(counts[0]!).map((agent) => [
      agent,
      Number(counts[0]![agent]) + Number(counts[1]![agent]),
    ]);
    expect(Object.fromEntries(both)).toEqual(plotted(2));
    expect(total(result.statements.filter((each) => each.period === '2024').map((each) => each.pay))).toBe(
      '575',
    );
    expect(result.control.find((each) => each.source === 'incident')).toMatchObject({
      used: { rows: 500 },
      rejected: [],
      extraWithoutPerson: 13,
    });
  });
});

describeData('dbt_zendesk_seeds', (dataFolder) => {
  /** Cells of a file without quotes, its heading first. */
  const read = (name: string): readonly (readonly string[])[] =>
    readFileSync(`${dataFolder}/${name}.csv`, 'utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '')
      .map((line) => line.split(','));

  /** Columns by new names, of rows numbered from one; times are UTC, which the files don't say. */
  function columns(name: string, wanted: Readonly<Record<string, string>>): readonly string[][] {
    const [heading, ...rows] = read(name);
    const cellOf = (row: readonly string[], field: string, at: number): string => {
      if (wanted[field] === '') return String(at + 1);
      const cell = row[heading!.indexOf(wanted[field]!)]!;
      return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(cell) ? `${cell}Z` : cell;
    };
    return rows.map((row, at) => Object.keys(wanted).map((field) => cellOf(row, field, at)));
  }

  const csv = (heading: string, rows: readonly (readonly string[])[]): string =>
    `${heading}\n${rows.map((row) => row.join(',')).join('\n')}\n`;

  it.each(BACKENDS)('business hours from creation to solution, from %s', async (backendName) => {
    const tickets = columns('ticket_data', { id: 'id', created_at: 'created_at', updated_at: 'updated_at' });
    // the ticket of two years later, whose days the holidays of the files belong to
    const moved = tickets
      .find(([id]) => id === '16988')!
      .map((cell) => (cell === '16988' ? '16988 later' : `${Number(cell.slice(0, 4)) + 2}${cell.slice(4)}`));
    const changes = columns('ticket_field_history_data', {
      id: '',
      what: 'field_name',
      ticket: 'ticket_id',
      at: 'updated',
      value: 'value',
    });
    const model = modelOf(readFileSync(own('tickets/policy.merit'), 'utf8'));
    const sources = [
      csvSource('person', 'id,name,role\n1111,Arthur Agent,agent'),
      csvSource(
        'ticket',
        csv(
          'id,created_at,updated_at,agent',
          [...tickets, moved].map((row) => [...row, '1111']),
        ),
      ),
      csvSource('change', csv('id,what,ticket,at,value', changes)),
    ];
    const readFile = () => {
      throw new Error('no files here');
    };
    const backend =
      backendName === 'duckdb'
        ? await createDuckDbBackend({ readFile, paths: [], threads: 1 })
        : createMemoryBackend({ readFile });
    try {
      const { value, diagnostics } = await run({ model, sources, period: '2020..2022' }, backend);
      // histories of tickets that aren't among the seeds
      expect(diagnostics.filter(({ code }) => code !== 'M2124')).toEqual([]);
      const clocks = (period: string, kpi: string) => actuals(value!, period, kpi)['1111'];
      expect(clocks('2020', 'of_11071')).toBe('2408004'); // 668:53:24
      expect(clocks('2020', 'of_14173')).toBe('435692'); // 121:01:32
      expect(clocks('2020', 'of_1966')).toBe('824606'); // 229:03:26
      expect(clocks('2020', 'of_16988')).toBe('714196'); // 198:23:16
      expect(clocks('2022', 'moved')).toBe('584596'); // 162:23:16
      // 162 + 23 / 60 + 16 / 3600 hours, a dollar each
      expect(value!.statements.find((each) => each.period === '2022')!.pay).toBe('162.39');
    } finally {
      await backend.close();
    }
  });
});

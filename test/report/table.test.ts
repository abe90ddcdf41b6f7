// What a run's text shows of everybody, at the width that there is.

import { describe, expect, it } from 'vitest';
import type { ControlTotals } from '../../src/model/dataset.ts';
import type { Result, Statement } from '../../src/model/result.ts';
import { statementText } from '../../src/report/statement.ts';
import { resultText } from '../../src/report/table.ts';
import { displayWidth } from '../../src/report/terminal-text.ts';
import { anna } from './sample.ts';

const [first] = anna.statements as [Statement];

/** The sample with other statements. */
function withStatement(change: Partial<Statement>): Result {
  return { ...anna, statements: [{ ...first, ...change }] };
}

describe('resultText', () => {
  it('has a table for each role, groups, the company and what became of the rows', () => {
    expect(`\n${resultText(anna)}`).toBe(`
Sales department, 2026
WITHOUT REJECTED ROWS (deal: 2)

Wins new clients (hunter), 2026-01
KPIs: actual · attainment of the target
                                                                            Request
Person                               Total revenue, RUB           calls    handling
───────────────────────────────────────────────────────────────────────────────────
Анна Петрова (anna), 16 of 31 days  1,200,000.00 · 80 %  260 · 86.66… %  4 h 12 min
Борис (boris)                               0.00 ·  0 %

Person                                 Score  Commission       plan        Cap  Total, RUB
──────────────────────────────────────────────────────────────────────────────────────────
Анна Петрова (anna), 16 of 31 days  64.66… %        0.00  19,400.00  -4,400.00   15,000.00
Борис (boris)                                       0.00                              0.00
──────────────────────────────────────────────────────────────────────────────────────────
Total                                               0.00  19,400.00  -4,400.00   15,000.00

icebreaker, 2026-01
Person                                  Base  Total, RUB
────────────────────────────────────────────────────────
Анна Петрова (anna), 15 of 31 days  7,258.06    7,258.06
────────────────────────────────────────────────────────
Total                               7,258.06    7,258.06

By team, 2026-01
KPIs: actual · attainment of the target
team   People   Total revenue, RUB   Pay, RUB
─────────────────────────────────────────────
north       1  1,200,000.00 · 80 %  22,258.06
—           1          0.00 · 80 %       0.00

Company, 2026-01
KPI                      Actual  Target  Attainment  Status
───────────────────────────────────────────────────────────
Total revenue  1,200,000.00 RUB

Rows of the data                   Rows  Field           Sum
────────────────────────────────────────────────────────────
deal (deals.csv)                      5  amount  1,350,000.5
  used                                2  amount  1,200,000
  filtered: before since              1  amount    150,000
  rejected: not a number              1  amount          0
  rejected: unknown person            1  amount          0.5
  credits without a role that day     1
`);
  });

  it('tells a KPI from the same one in another scope', () => {
    const own = first.roles[1]!.kpis[0]!;
    const kpis = [own, { ...own, kpi: 'revenue[team, ytd]' }];
    const result = withStatement({ roles: [{ ...first.roles[1]!, kpis }] });
    expect(statementText(result.statements[0]!, result)).toMatch(
      /\n {2}Total revenue {14,}1.*\n {2}Total revenue \[team, ytd\] {2}1/,
    );
    const company = [{ period: '2026-01', kpis: [{ ...own, kpi: 'revenue[company]' }] }];
    expect(resultText({ ...result, company })).toMatch(/\nCompany, 2026-01\n.*\n.*\nTotal revenue {2}1/);
  });

  it('says so when nobody held a role', () => {
    const nobody = { ...anna, statements: [], groups: [], company: [], control: [], rejectsAllowed: false };
    expect(resultText(nobody)).toBe('Sales department, 2026\n\nNobody held a role in these periods.\n');
  });

  it('begins a run of several periods with the pay of each, and rules them off', () => {
    const periods = ['2026-01', '2026-02'];
    const february = anna.statements.map((each) => ({ ...each, period: '2026-02' })).slice(0, 1);
    const statements = [...anna.statements, ...february];
    const text = resultText({ ...anna, periods, statements, groups: [], company: [], control: [] });
    expect(text).toContain(`
Pay by period, RUB
Person                 2026-01    2026-02      Total
────────────────────────────────────────────────────
Анна Петрова (anna)  22,258.06  22,258.06  44,516.12
Борис (boris)             0.00                  0.00
────────────────────────────────────────────────────
Total                22,258.06  22,258.06  44,516.12

── 2026-01 ──`);
    expect(text).toContain('\n── 2026-02 ──');
  });

  it('has the columns of a statement in its order, whoever has which', () => {
    const [bonus] = first.roles[1]!.lines;
    const line = (kind: 'bonus' | 'draw' | 'award', name: string, amount: string) =>
      ({ ...bonus!, kind, name, title: name, amount }) as const;
    const one = [line('bonus', 'fee', '1'), line('draw', 'draw', '2'), line('award', 'best', '3')];
    const other = [line('bonus', 'fee', '4'), line('bonus', 'plan', '5')];
    const statements = [one, other].map((lines, index) => ({
      ...first,
      name: `Ann${index}`,
      person: `ann${index}`,
      roles: [{ ...first.roles[1]!, lines }],
    }));
    const text = resultText({ ...anna, statements, groups: [], company: [], control: [] });
    expect(text).toMatch(/^Person .*Score +fee +plan +draw +best +Total, RUB$/m);
  });

  it('cuts no figure at any width, and keeps within it', () => {
    const kpi = first.roles[1]!.kpis[0]!;
    const kpis = Array.from({ length: 9 }, (_, index) => ({
      ...kpi,
      kpi: `k${index}`,
      title: `Выручка за всё время номер ${index}`,
      actual: { ...kpi.actual, value: `98765432${index}.125` },
    }));
    const lines = kpis.map((each, index) => ({
      ...first.roles[1]!.lines[0]!,
      name: each.kpi,
      title: each.title,
      amount: `12345${index}.67`,
    }));
    const result = withStatement({ roles: [{ ...first.roles[1]!, kpis, lines }] });
    for (const width of [80, 100, 120, 200]) {
      const text = resultText(result, { width });
      expect(text.split('\n').filter((line) => displayWidth(line) > width)).toEqual([]);
      for (const index of kpis.keys()) {
        expect(text).toContain(`987,654,32${index}.125`);
        expect(text).toContain(`123,45${index}.67`);
      }
    }
  });

  it('shows sums whole, and the name of a file without its folders', () => {
    const [deal] = anna.control as [ControlTotals];
    const sums = [
      { field: 'amount', sum: '123456789012345678.12345678' },
      { field: 'cost', sum: '-0.00000001' },
    ];
    const control = [{ ...deal, file: '/a/very/long/way/to/deals.csv', all: { rows: 5, sums } }];
    expect(resultText({ ...anna, control })).toMatch(
      /deal \(deals\.csv\) +5 +amount +123,456,789,012,345,678\.12345678\n +cost +-0\.00000001\n/,
    );
  });
});

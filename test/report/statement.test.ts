// The expected texts were worked by hand: 15,000 × 15/31 = 7,258.06; the score 60 % × 50 % + 40 % × 13/15 = 97/150;
// 100,000 × 30 % × 97/150 = 19,400; the cap of 15,000 takes 4,400 of it.

import { describe, expect, it } from 'vitest';
import type { Result, Statement } from '../../src/model/result.ts';
import { statementText } from '../../src/report/statement.ts';
import { resultText } from '../../src/report/table.ts';
import { anna, percent, rub } from './sample.ts';

const [first] = anna.statements as [Statement];

/** The sample with other statements. */
function withStatement(change: Partial<Statement>): Result {
  return { ...anna, statements: [{ ...first, ...change }] };
}

describe('statementText', () => {
  it('explains each line and adds up', () => {
    expect(`\n${statementText(first, anna)}`).toBe(`
Анна Петрова (anna), 2026-01
Sales department, 2026
WITHOUT REJECTED ROWS (deal: 2)

icebreaker
2026-01-01 to 2026-01-15: 15 of 31 days

  Pay
    Base                                                        7,258.06 RUB
        = 15_000 RUB
        15,000.00 RUB for the whole period, for 15 of 31 days: 7,258.06… RUB
        7,258.06… RUB is rounded to 7,258.06 RUB
                                                                ────────────
  Total                                                         7,258.06 RUB

Wins new clients (hunter), team north
2026-01-16 to 2026-01-31: 16 of 31 days

  KPI                         Actual            Target  Attainment  Status
  ────────────────────────────────────────────────────────────────────────
  Total revenue     1,200,000.00 RUB  1,500,000.00 RUB        80 %  amber
  calls                          260               300    86.66… %  amber
  Request handling        4 h 12 min

  Scorecard                 Reads   Weight × score      Points
  ────────────────────────────────────────────────────────────
  Total revenue  80 % on standard      60 % × 50 %      = 30 %
  calls                  86.66… %  40 % × 86.66… %  = 34.66… %
  ────────────────────────────────────────────────────────────
  Score                                             = 64.66… %

  Gates
    failed: (conversion else 0%) >= 10%
        conversion = 8 %
    passed: calls >= 100
        calls = 260

  Pay
    Commission                                                      0.00 RUB
        = ladder(revenue)
        revenue = 1,200,000.00 RUB
        ladder(revenue) = 40,000.00 RUB
            from 0: 1,000,000 × 0.03 = 30,000.00 RUB
            from 1,000,000: 200,000 × 0.05 = 10,000.00 RUB
        computed: 40,000.00 RUB
        nothing is paid: the gate (conversion else 0%) >= 10% failed
    plan (2026-Q1)                                             19,400.00 RUB
        = person.salary * 30% * score
        person.salary = 100,000.00 RUB
        score = 64.66… %
    Cap                                                        -4,400.00 RUB
        = 15_000 RUB
        capped at 15,000.00 RUB
                                                               ─────────────
  Total                                                        15,000.00 RUB

  icebreaker, 2026-01-01 to 2026-01-15                          7,258.06 RUB
  Wins new clients (hunter), 2026-01-16 to 2026-01-31          15,000.00 RUB
Pay for 2026-01                                                22,258.06 RUB
`);
  });

  it('says when nothing came of a condition and which value was missing', () => {
    const role = first.roles[0]!;
    const line = {
      kind: 'bonus',
      name: 'team_plan',
      period: '2026-01',
      formula: '20_000 RUB when attainment(revenue[team]) >= 100%',
      inputs: [{ text: 'attainment(revenue[team])', value: { value: null, type: { kind: 'percent' } } }],
      computed: '20000',
      amount: '0',
      because: [{ kind: 'condition', condition: 'attainment(revenue[team]) >= 100%' }],
    } as const;
    const result = withStatement({ roles: [{ ...role, lines: [line], total: '0' }], pay: '0' });
    const text = statementText(result.statements[0]!, result);
    expect(text).toContain('        attainment(revenue[team]) is missing\n');
    expect(text).toContain(
      'nothing is paid: its condition attainment(revenue[team]) >= 100% does not hold\n',
    );
    expect(text).toContain('computed: 20,000.00 RUB\n');
  });

  it('says over which weights the points are spread', () => {
    const score = {
      lines: [
        { kpi: 'revenue', weight: '0.8', read: percent('0.5'), score: '0.5', points: '0.4' },
        { kpi: 'calls', weight: '0.2', read: percent(null), score: null, points: null },
      ],
      value: percent('0.5'),
    };
    const result = withStatement({ roles: [{ ...first.roles[0]!, score }] });
    expect(statementText(result.statements[0]!, result)).toContain(`
  Scorecard  Reads                         Weight × score  Points
  ───────────────────────────────────────────────────────────────
  revenue     50 %                            80 % × 50 %  = 40 %
  calls          —  20 %, missing: spread over the others     = —
  ───────────────────────────────────────────────────────────────
  Score                                  points over 80 %  = 50 %
`);
  });

  it('lets nothing of the data steer the terminal', () => {
    const hostile = '\u001b[2J\u202eAnna\r\nPay 1,000,000.00 RUB';
    const role = first.roles[0]!;
    const result = withStatement({
      name: hostile,
      person: hostile,
      roles: [
        {
          ...role,
          role: hostile,
          title: hostile,
          team: hostile,
          kpis: [{ kpi: hostile, actual: { value: hostile, type: { kind: 'text' } } }],
          gates: [
            { condition: hostile, passed: true, applies: true, inputs: [{ text: hostile, value: rub('1') }] },
          ],
        },
      ],
    });
    const table = { ...result, groups: [{ ...anna.groups[0]!, attribute: hostile, value: hostile }] };
    for (const text of [statementText(result.statements[0]!, result), resultText(table)]) {
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
      expect(text).not.toContain('\nPay 1,000');
    }
  });
});

describe('resultText', () => {
  it('has a table for each role, groups, the company and what became of the rows', () => {
    expect(`\n${resultText(anna)}`).toBe(`
Sales department, 2026
WITHOUT REJECTED ROWS (deal: 2)

Wins new clients (hunter), 2026-01
                                                                Request
Person                              Total revenue     calls    handling     Score  Commission       plan        Cap  Total, RUB
───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
Анна Петрова (anna), 16 of 31 days           80 %  86.66… %  4 h 12 min  64.66… %        0.00  19,400.00  -4,400.00   15,000.00
Борис (boris)                                 0 %                                        0.00                              0.00
───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
Total                                                                                    0.00  19,400.00  -4,400.00   15,000.00

icebreaker, 2026-01
Person                                  Base  Total, RUB
────────────────────────────────────────────────────────
Анна Петрова (anna), 15 of 31 days  7,258.06    7,258.06
────────────────────────────────────────────────────────
Total                               7,258.06    7,258.06

By team, 2026-01
team   People     Total revenue   Pay, RUB
──────────────────────────────────────────
north       1  1,200,000.00 RUB  22,258.06
—           1          0.00 RUB       0.00

Company, 2026-01
KPI                      Actual  Target  Attainment  Status
───────────────────────────────────────────────────────────
Total revenue  1,200,000.00 RUB

Rows of the data                   Rows  Sums
───────────────────────────────────────────────────────────
deal (deals.csv)                      5  amount 1,350,000.5
  used                                2  amount 1,200,000
  filtered: before since              1  amount 150,000
  rejected: not a number              1  amount 0
  rejected: unknown person            1  amount 0.5
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
});

// The expected texts were worked by hand: 15,000 × 15/31 = 7,258.06; the score 60 % × 50 % + 40 % × 13/15 = 97/150;
// 100,000 × 30 % × 97/150 = 19,400; the cap of 15,000 takes 4,400 of it.

import { describe, expect, it } from 'vitest';
import type { PayLine } from '../../src/model/pay-lines.ts';
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
  it('says what the policy says of a line, below its title', () => {
    const [role] = first.roles;
    const lines = [{ ...role!.lines[0]!, doc: 'Paid for being there;\nshrinks with the days held.' }];
    const shown = statementText({ ...first, roles: [{ ...role!, lines }] }, anna).split('\n');
    expect(shown[shown.findIndex((each) => each.includes('    Base')) + 1]).toBe(
      '        Paid for being there; shrinks with the days held.',
    );
  });

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
        15,000.00 RUB × 15/31 days = 7,258.06… RUB
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
            from 0.00 RUB:          1,000,000.00 RUB × 3 % = 30,000.00 RUB
            above 1,000,000.00 RUB:   200,000.00 RUB × 5 % = 10,000.00 RUB
        40,000.00 RUB is not paid, because this gate failed: (conversion else 0%) >= 10%
    plan, worked out over 2026-Q1                              19,400.00 RUB
        = person.salary * 30% * score
        person.salary = 100,000.00 RUB
        score = 64.66… %
    Cap                                                        -4,400.00 RUB
        = 15_000 RUB
        the bonuses that it counts come to 19,400.00 RUB; no more than 15,000.00 RUB is paid
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
      '20,000.00 RUB is not paid, because this does not hold: attainment(revenue[team]) >= 100%\n',
    );
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
  Scorecard    Reads                Weight × score  Points
  ────────────────────────────────────────────────────────
  revenue       50 %                   80 % × 50 %  = 40 %
  calls      missing  20 %, spread over the others     = —
  ────────────────────────────────────────────────────────
  Score                           points over 80 %  = 50 %
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

/** The text of a statement with one bonus line, in the first role. */
function lineText(change: Partial<PayLine>, width?: number): string {
  const line: PayLine = {
    kind: 'bonus',
    name: 'share',
    period: '2026-01',
    formula: 'ladder(revenue)',
    inputs: [],
    computed: '100',
    amount: '100',
    ...change,
  };
  const result = withStatement({ roles: [{ ...first.roles[0]!, lines: [line] }] });
  return statementText(result.statements[0]!, result, width === undefined ? {} : { width });
}

describe('a line of pay', () => {
  const tier = { bound: rub('1000000'), includes: true, part: rub('1200000'), rate: percent('0.05') };

  it('shows the one tier that decided, with the whole value', () => {
    const whole = {
      text: 'ladder(revenue)',
      value: rub('60000'),
      tiers: [{ ...tier, amount: rub('60000') }],
    };
    expect(lineText({ inputs: [whole] })).toContain(`
        ladder(revenue) = 60,000.00 RUB
            from 1,000,000.00 RUB: 1,200,000.00 RUB × 5 % = 60,000.00 RUB
`);
    const rate = { text: 'ladder.rate(revenue)', value: percent('0.05'), tiers: [tier] };
    expect(lineText({ inputs: [rate] })).toContain(`
        ladder.rate(revenue) = 5 %
            from 1,000,000.00 RUB: 1,200,000.00 RUB at 5 %
`);
  });

  it('says that a refund lies below the first tier, and lines up points', () => {
    const refund = { bound: rub('0'), includes: true, part: rub('-50'), rate: percent('0.03') };
    const tiers = [
      { ...refund, amount: rub('-1.5') },
      { ...tier, part: rub('1.25'), amount: rub('0.0625') },
    ];
    expect(lineText({ inputs: [{ text: 'x', value: rub('1'), tiers }] })).toContain(`
            below 0.00 RUB:        -50.00 RUB × 3 % = -1.50   RUB
            from 1,000,000.00 RUB:   1.25 RUB × 5 % =  0.0625 RUB
`);
  });

  it('says why less is paid', () => {
    const cap = { kind: 'cap', cap: '70' } as const;
    expect(lineText({ amount: '70', because: [cap] })).toContain(
      '        100.00 RUB is capped at 70.00 RUB\n',
    );
    const because = [
      { kind: 'condition', condition: 'a > 1' },
      { kind: 'gate', condition: 'b > 1' },
    ] as const;
    expect(lineText({ amount: '0', because })).toContain(`
        100.00 RUB is not paid, because this does not hold: a > 1
        and because this gate failed: b > 1
`);
    expect(lineText({ computed: '0', amount: '0', because: [because[0]] })).toContain(
      '        nothing is paid, because this does not hold: a > 1\n',
    );
    const prorated = { days: 0, of: 31 };
    expect(lineText({ computed: '0', amount: '0', prorated })).toContain(
      '        for 0 of 31 days: 0.00 RUB\n',
    );
  });

  it('says what a draw of a part of the days tops up to', () => {
    const draw = { kind: 'draw', name: 'draw', prorated: { days: 15, of: 31 } } as const;
    const because = [{ kind: 'draw', draw: '24193.55' }] as const;
    // 50,000 × 15/31 = 750,000/31 = 24,193.548…; less 19,493.55 are 4,700
    expect(lineText({ ...draw, computed: '750000/31', amount: '19493.55', because })).toContain(`
        50,000.00 RUB × 15/31 days = 24,193.54… RUB
        what it counts comes to 4,700.00 RUB, and is topped up to 24,193.55 RUB
`);
  });

  it('says what `top` means', () => {
    const input = { text: 'attainment(unanswered)', value: 'top' } as const;
    expect(lineText({ inputs: [input] })).toContain(
      '        attainment(unanswered) = top: less is better, and it is 0\n',
    );
  });

  it('moves the column of amounts for long titles, and breaks what finds no room', () => {
    const title = Array.from({ length: 12 }, (_, index) => `слово${index}`).join(' ');
    const roomy = lineText({ title });
    expect(roomy).toContain(`    ${title}  100.00 RUB\n`);
    const ends = roomy.split('\n').filter((line) => / RUB$/.test(line) && !/^ {8}/.test(line));
    expect(new Set(ends.map((line) => line.length)).size).toBe(1);
    const narrow = lineText({ title, formula: title }, 80).split('\n');
    expect(narrow.every((line) => line.length <= 80)).toBe(true);
    expect(narrow.join(' ').replace(/ +/g, ' ')).toContain(`= ${title} `);
  });

  it('shows a name once where it is the id', () => {
    const result = withStatement({ name: 'anna' });
    expect(statementText(result.statements[0]!, result)).toMatch(/^anna, 2026-01\n/);
  });
});

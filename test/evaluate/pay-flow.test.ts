// Properties of money that moves between periods, on random months: what is earned is paid, due, kept, lost or nothing
// else; draws and what is recovered come to what is owed; lines add up; a month by itself is the month of a longer run.

import { expect, test } from 'vitest';
import { add, type Exact, exact, exactText, subtract, ZERO } from '../../src/base/exact.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { Result, Statement } from '../../src/model/result.ts';
import { runPolicy } from './run-policy.ts';

const RUNS = Number(process.env.MERIT_RUNS ?? 24);

/** Whole numbers that look random and are the same each time. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const MONTHS = 8;
const LAST = `2026-0${MONTHS}`;

function terms(next: (below: number) => number): string {
  const one = (...options: readonly string[]): string => options[next(options.length)]!;
  const parts = one('', `pays in ${next(4) + 1} monthly parts`);
  const later = one('', `pays ${next(2) + 1} month later`);
  const holds = one('', `holds ${next(90) + 1}% for ${next(4) + 1} months`);
  const lost = parts || later || holds ? one('', 'forfeited on leaving') : '';
  const block = [parts, later, holds, lost].filter((each) => each !== '').join('\n');
  return `bonus b = sales * 7% ${one('', 'floor 3 RUB')} ${block === '' ? '' : `{\n${block}\n}`}
    bonus q per quarter = sales * 3% ${one('', '{ pays in 2 monthly parts }')}
    ${one('', 'floor 40 RUB', 'floor 90 RUB per quarter in all')}
    ${one('', 'cap 90 RUB', 'cap 30 RUB carry excess', 'cap 200 RUB per quarter in all')}
    ${one('', 'draw 50 RUB recoverable', 'draw 50 RUB recoverable for 3 months recovered from month 2 at 40%')}`;
}

interface Made {
  readonly head: string;
  readonly policy: string;
  readonly people: string;
  readonly data: Readonly<Record<string, string>>;
}

function made(seed: number): Made {
  const next = numbersFrom(seed);
  const rows = Array.from({ length: 30 }, (_, id) => {
    const day = `2026-0${next(MONTHS) + 1}-${String(next(28) + 1).padStart(2, '0')}`;
    return `${id},${day},${['ann', 'ben'][next(2)]},${next(750) - 150}.${String(next(100)).padStart(2, '0')}`;
  });
  const moves = [
    'ann,Ann,r,2026-01-01,',
    'ann,Ann,r,2026-01-01,2026-04-30\nann,Ann,s,2026-05-01,',
    'ann,Ann,r,2026-01-10,2026-05-17',
    'ann,Ann,r,2026-01-01,2026-03-31\nann,Ann,r,2026-06-01,',
  ];
  return {
    head: `period month\n effective from 2026-01-01\n ${['', 'cap 150 RUB', 'floor 20 RUB', 'cap 150 RUB carry excess'][next(4)]}`,
    policy: `event sale { id: text key, day: date posts, person: person owner, amount: money }
      kpi sales = sum(sale.amount)
      role r { ${terms(next)} }
      role s { ${terms(next)} }`,
    people: `id,name,role,from,until\n${moves[next(moves.length)]}\nben,Ben,s,2026-01-01,`,
    data: { sale: ['id,day,person,amount', ...rows].join('\n') },
  };
}

function linesOf({ roles, lines = [] }: Statement): readonly PayLine[] {
  return [...roles.flatMap((each) => each.lines), ...lines];
}

function sum(values: readonly string[]): Exact {
  return values.map(exact).reduce(add, ZERO);
}

function text(value: Exact): string {
  return exactText(value);
}

function earned(line: PayLine): string {
  return line.earned ?? line.amount;
}

function ofPerson(result: Result, person: string): readonly Statement[] {
  return result.statements.filter((each) => each.person === person);
}

/** Whether a part is of what a role's cap keeps when it comes: it is neither due nor lost on balance. */
function isKept(policy: string, { name, role }: { readonly name: string; readonly role?: string }): boolean {
  const own = policy.split(/role (?=[rs] \{)/).find((each) => each.startsWith(`${role} {`));
  return name === 'cap' && (own ?? '').includes('carry excess');
}

const SEEDS = Array.from({ length: RUNS }, (_, index) => index + 1);

test.each(SEEDS)('nothing is lost on the way (%i)', async (seed) => {
  const { policy } = made(seed);
  const result = await runPolicy({ ...made(seed), period: `2026-01..${LAST}` });
  for (const person of ['ann', 'ben']) {
    const all = ofPerson(result, person);
    const lines = all.flatMap(linesOf);
    const counted = all.flatMap((statement) => [
      ...statement.roles.flatMap(({ role, lines }) =>
        lines.filter(({ name }) => !isKept(policy, { name, role })),
      ),
      ...(statement.lines ?? []).filter((line) => !isKept(policy, line)),
    ]);
    for (const statement of all) {
      expect(text(sum(linesOf(statement).map(({ amount }) => amount)))).toBe(statement.pay);
      expect(text(sum(linesOf(statement).map(earned)))).toBe(statement.earned ?? statement.pay);
    }
    // what a line earns is paid now and later
    for (const each of lines.filter(({ kind }) => kind === 'bonus')) {
      const parts = [each.amount, ...(each.later ?? []).map(({ amount }) => amount)];
      expect(text(sum(parts))).toBe(earned(each));
    }
    // draws less what is recovered are owed
    const of = (kind: PayLine['kind']) =>
      sum(lines.filter((each) => each.kind === kind).map(({ amount }) => amount));
    const last = all.at(-1)!;
    const balance = (kind: string) =>
      sum((last.balances ?? []).filter((each) => each.kind === kind).map(({ after }) => after));
    const owed = last.period === LAST ? balance('draw') : ZERO;
    expect(text(add(of('draw'), of('recovery')))).toBe(text(owed));
    // pay is what is earned and drawn, less what is due, kept and lost
    const due = sum((last.due ?? []).filter((each) => !isKept(policy, each)).map(({ amount }) => amount));
    const late = counted.flatMap(({ later = [] }) => later).filter(({ forfeited }) => forfeited);
    const gone = counted.filter(({ because = [] }) => because.some(({ kind }) => kind === 'forfeited'));
    const lost = sum([...late.map(({ amount }) => amount), ...gone.map(({ computed }) => computed)]);
    const kept = balance('excess');
    const paid = sum(all.map(({ pay }) => pay));
    const back = [due, lost, kept].reduce(add, paid);
    expect(text(subtract(back, owed))).toBe(text(sum(lines.map(earned))));
  }
});

test.each(SEEDS.slice(0, 4))('a month by itself is that of the whole (%i)', async (seed) => {
  const whole = await runPolicy({ ...made(seed), period: `2026-01..${LAST}` });
  const month = `2026-0${3 + (seed % 5)}`;
  const alone = await runPolicy({ ...made(seed), period: month });
  expect(alone.statements).toEqual(whole.statements.filter((each) => each.period === month));
});

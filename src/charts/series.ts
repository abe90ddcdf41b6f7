// What charts are drawn from, read off a result: attainments, pay by period, what pay is made of. Figures stay exact text.

import { compareTexts, sumOf } from '../base/exact-text.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import type { PayLine } from '../model/pay-lines.ts';
import type { Result } from '../model/result.ts';

/** One KPI of one person against its target. */
export interface Attained {
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly kpi: string;
  readonly title?: string;
  readonly actual: FigureValue;
  readonly target: FigureValue;
  readonly attainment: FigureValue | 'top';
  readonly status?: KpiLine['status'];
}

/** All KPIs of a period that have an attainment. */
export function attainedIn(result: Result, period: string): readonly Attained[] {
  return result.statements
    .filter((each) => each.period === period)
    .flatMap(({ person, name, roles }) =>
      roles.flatMap((role) =>
        role.kpis.flatMap(({ kpi, title, actual, target, attainment, status }): readonly Attained[] => {
          if (!target || attainment === undefined) return [];
          if (attainment !== 'top' && attainment.value === null) return [];
          const named = title === undefined ? {} : { title };
          const coloured = status ? { status } : {};
          return [{ person, name, role: role.role, kpi, ...named, actual, target, attainment, ...coloured }];
        }),
      ),
    );
}

/** Of each person one KPI, the best first. */
export function attainedOf(all: readonly Attained[], role: string, kpi: string): readonly Attained[] {
  return all
    .filter((each) => each.role === role && each.kpi === kpi)
    .sort((a, b) => order(b.attainment, a.attainment));
}

function order(a: FigureValue | 'top', b: FigureValue | 'top'): number {
  if (a === 'top' || b === 'top') return Number(a === 'top') - Number(b === 'top');
  return compareTexts(a.value ?? '0', b.value ?? '0');
}

/** The roles and KPIs that there are attainments of, in the order in which they are met. */
export function kpiChoices(
  all: readonly Attained[],
): readonly { readonly role: string; readonly kpis: readonly Pick<Attained, 'kpi' | 'title'>[] }[] {
  const roles = new Map<string, Map<string, Pick<Attained, 'kpi' | 'title'>>>();
  for (const { role, kpi, title } of all) {
    const kpis = roles.get(role) ?? new Map();
    roles.set(role, kpis);
    if (!kpis.has(kpi)) kpis.set(kpi, { kpi, ...(title === undefined ? {} : { title }) });
  }
  return [...roles].map(([role, kpis]) => ({ role, kpis: [...kpis.values()] }));
}

/** Amounts in each period of a result, in its order. */
export interface Over {
  /** A role, a person, or a component of pay. */
  readonly key: string;
  readonly title?: string;
  /** Absent where there is none in that period. */
  readonly amounts: readonly (string | undefined)[];
  readonly total: string;
}

/** Pay of each role by period; what belongs to no role stands under the empty key. */
export function payByRole(result: Result): readonly Over[] {
  return overPeriods(result, (add) => {
    for (const { period, roles, pay } of result.statements) {
      for (const { role, title, total } of roles) add({ key: role, title, period, amount: total });
      const own = sumOf([pay, ...roles.map(({ total }) => negative(total))]);
      if (own !== '0') add({ key: '', title: undefined, period, amount: own });
    }
  });
}

/** Pay of one person by period. */
export function payOfPerson(result: Result, person: string): readonly Over[] {
  return overPeriods(result, (add) => {
    for (const { person: who, name, period, pay } of result.statements)
      if (who === person) add({ key: who, title: name, period, amount: pay });
  });
}

/** What pay is made of: each bonus and award, and what bounds or moves pay, of all people. */
export function costByPart(result: Result): readonly Over[] {
  return overPeriods(result, (add) => {
    const lineOf = (line: PayLine, period: string) =>
      add({ key: partKey(line), title: line.title, period, amount: line.amount });
    for (const { period, roles, lines = [] } of result.statements) {
      for (const role of roles) for (const line of role.lines) lineOf(line, period);
      for (const line of lines) lineOf(line, period);
    }
  });
}

/** A bonus and what is due of it later are one part of the cost; bounds of all roles are another. */
export function partKey({ kind, name }: Pick<PayLine, 'kind' | 'name'>): string {
  return kind === 'due' ? `bonus ${name}` : kind === 'bonus' || kind === 'award' ? `${kind} ${name}` : kind;
}

/** The key of the parts that are drawn as one. */
export const OTHERS = 'others';

/** How many parts have a colour of their own. */
const MOST = 9;

/**
 * The parts that come to most, in their order, and the others as one: there are only so many colours to tell apart. What
 * bounds or moves pay stays by itself, as it may be below zero.
 */
export function largest(all: readonly Over[]): readonly Over[] {
  if (all.length <= MOST + 1) return all;
  const size = ({ total }: Over): string => total.replace(/^-/, '');
  const bounds = all.filter(({ key }) => !key.includes(' '));
  const lines = all.filter(({ key }) => key.includes(' ')).sort((a, b) => compareTexts(size(b), size(a)));
  const kept = new Set([...bounds, ...lines.slice(0, Math.max(0, MOST - bounds.length))]);
  const others = all.filter((each) => !kept.has(each));
  const amounts = (all[0]?.amounts ?? []).map((_, at) => {
    const there = others.flatMap((each) => each.amounts[at] ?? []);
    return there.length === 0 ? undefined : sumOf(there);
  });
  return [
    ...all.filter((each) => kept.has(each)),
    { key: OTHERS, amounts, total: sumOf(others.map((each) => each.total)) },
  ];
}

function negative(text: string): string {
  return text.startsWith('-') ? text.slice(1) : text === '0' ? text : `-${text}`;
}

interface Added {
  readonly key: string;
  readonly title: string | undefined;
  readonly period: string;
  readonly amount: string;
}

function overPeriods({ periods }: Result, collect: (add: (one: Added) => void) => void): readonly Over[] {
  const found = new Map<string, { title: string | undefined; amounts: Map<string, string[]> }>();
  collect(({ key, title, period, amount }) => {
    const one = found.get(key) ?? { title, amounts: new Map<string, string[]>() };
    found.set(key, one);
    const all = one.amounts.get(period);
    if (all) all.push(amount);
    else one.amounts.set(period, [amount]);
  });
  return [...found].map(([key, { title, amounts }]) => ({
    key,
    ...(title === undefined ? {} : { title }),
    amounts: periods.map((each) => {
      const all = amounts.get(each);
      return all && sumOf(all);
    }),
    total: sumOf([...amounts.values()].flat()),
  }));
}

// What a run gave, by the names of the policy: of the company, and of one person where one is chosen. Plain data, which
// hovers, hints and lenses say beside the names. Figures are written as the policy writes them: `1_200_000 RUB`.

import {
  absolute,
  add,
  divide,
  type Exact,
  exact,
  exactText,
  isZero,
  multiply,
  ONE,
  parseExact,
  roundTo,
  sign,
  subtract,
  whole,
  ZERO,
} from '../base/exact.ts';
import { durationNotation } from '../base/notation.ts';
import { valueNotation } from '../library/notation.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import type { Result, RoleStatement, Statement } from '../model/result.ts';
import type { ValueType } from '../model/value.ts';

/** A figure with its text. */
export interface KnownFigure {
  /** Exact text, or null where it is missing. */
  readonly value: string | null;
  readonly type: ValueType;
  readonly text: string;
}

/** A KPI in the period. */
export interface KnownKpi {
  readonly name: string;
  /** Of the company: the KPI worked out over all its events, which is no sum of what people have. */
  readonly company?: KnownFigure;
  /** Of the person, in each role held. */
  readonly person: readonly {
    readonly role: string;
    readonly actual: KnownFigure;
    readonly target?: KnownFigure;
    readonly attainment?: KnownFigure;
    readonly status?: 'green' | 'amber' | 'red';
  }[];
}

/** What is payable in the period by a name, in one role. */
export interface KnownPay {
  readonly kind: 'bonus' | 'award';
  readonly role: string;
  readonly name: string;
  /** How many people have more or less than nothing of it. */
  readonly people: number;
  /** Those of them who hold several roles in the period, by id: they may have it in another one too. */
  readonly several: readonly string[];
  /** In all. */
  readonly total: KnownFigure;
  readonly person?: KnownFigure;
}

/** What a role pays in the period. */
export interface KnownRole {
  readonly role: string;
  readonly people: number;
  readonly several: readonly string[];
  readonly total: KnownFigure;
  readonly person?: KnownFigure;
  /** The person's score in the role. */
  readonly score?: KnownFigure;
}

/** What is known of a policy's names from a run. */
export interface KnownValues {
  readonly period: string;
  readonly who?: { readonly id: string; readonly name: string };
  readonly currency: string;
  readonly kpis: readonly KnownKpi[];
  readonly pay: readonly KnownPay[];
  readonly roles: readonly KnownRole[];
}

/** What the values are of: the last period of the run, and nobody by himself, unless said. */
export interface ValuesOf {
  readonly period?: string;
  readonly person?: string;
}

/** The values of a run by name. A period that the run doesn't have gives the last one. */
export function valuesOf(result: Result, { period, person }: ValuesOf = {}): KnownValues | undefined {
  const asked = period !== undefined && result.periods.includes(period) ? period : result.periods.at(-1);
  if (asked === undefined) return undefined;
  const { currency } = result.policy;
  const statements = result.statements.filter((each) => each.period === asked);
  const own = person === undefined ? undefined : statements.find((each) => each.person === person);
  const company = result.company.find((each) => each.period === asked)?.kpis ?? [];
  return {
    period: asked,
    ...(own && { who: { id: own.person, name: own.name } }),
    currency,
    kpis: kpisOf(company, own),
    pay: payOf(statements, own, currency),
    roles: rolesOf(statements, own, currency),
  };
}

/** A figure as the policy writes it; missing says so. */
export function knownFigure(figure: FigureValue | 'top'): KnownFigure {
  if (figure === 'top') return { value: null, type: { kind: 'percent' }, text: 'the top of the curve' };
  const { value, type } = figure;
  return { value, type, text: value === null ? 'missing' : textOf(value, type) };
}

/** An amount in the currency. */
export function knownMoney(value: Exact, currency: string): KnownFigure {
  return knownFigure({ value: exactText(value), type: { kind: 'money', currency } });
}

function textOf(value: string, type: ValueType): string {
  const isFigure = ['number', 'percent', 'money', 'duration', 'date'].includes(type.kind);
  if (isFigure && !parseExact(value)) return value;
  return type.kind === 'duration' ? durationText(exact(value)) : valueNotation(value, type);
}

/** `4 hours 6 minutes 16.55… seconds`: nobody reads thousands of seconds. */
function durationText(seconds: Exact): string {
  let rest = absolute(seconds);
  const parts = [whole(3600), whole(60)].map((unit) => {
    const part = multiply(roundTo(divide(rest, unit)!, ONE, 'down'), unit);
    rest = subtract(rest, part);
    return part;
  });
  const said = [...parts, rest].filter((each) => !isZero(each)).map(durationNotation);
  return said.length === 0 ? durationNotation(ZERO) : `${sign(seconds) < 0 ? '-' : ''}${said.join(' ')}`;
}

function kpisOf(figures: readonly KpiLine[], own: Statement | undefined): readonly KnownKpi[] {
  // the company's figure is called `revenue[company]`: here it stands beside its KPI
  const company = figures.map((each) => ({ ...each, kpi: each.kpi.replace(/\[company\]$/, '') }));
  const names = new Set(
    [company, ...(own?.roles.map(({ kpis }) => kpis) ?? [])].flat().map(({ kpi }) => kpi),
  );
  return [...names].map((name) => {
    const line = company.find(({ kpi }) => kpi === name);
    const person = (own?.roles ?? []).flatMap(({ role, kpis }) =>
      kpis.filter(({ kpi }) => kpi === name).map((each) => ({ role, ...kpiOf(each) })),
    );
    return { name, ...(line && { company: knownFigure(line.actual) }), person };
  });
}

function kpiOf({ actual, target, attainment, status }: KpiLine) {
  return {
    actual: knownFigure(actual),
    ...(target && { target: knownFigure(target) }),
    ...(attainment !== undefined && { attainment: knownFigure(attainment) }),
    ...(status && { status }),
  };
}

/** Amounts of people that are added up. */
interface Sum {
  readonly people: Set<string>;
  readonly several: Set<string>;
  total: Exact;
  own?: Exact;
}

function payOf(
  statements: readonly Statement[],
  own: Statement | undefined,
  currency: string,
): readonly KnownPay[] {
  const sums = new Map<string, Sum & Pick<KnownPay, 'kind' | 'role' | 'name'>>();
  for (const statement of statements)
    for (const role of statement.roles)
      for (const { kind, name, amount } of role.lines) {
        if (kind !== 'bonus' && kind !== 'award') continue;
        const key = JSON.stringify([kind, role.role, name]);
        const sum = sums.get(key) ?? {
          kind,
          role: role.role,
          name,
          people: new Set(),
          several: new Set(),
          total: ZERO,
        };
        addTo(sum, statement, amount, own);
        sums.set(key, sum);
      }
  return [...sums.values()].map(({ kind, role, name, ...sum }) => ({
    kind,
    role,
    name,
    ...figuresOf(sum, currency),
  }));
}

function rolesOf(
  statements: readonly Statement[],
  own: Statement | undefined,
  currency: string,
): readonly KnownRole[] {
  const sums = new Map<string, Sum>();
  for (const statement of statements)
    for (const { role, total } of statement.roles) {
      const sum = sums.get(role) ?? { people: new Set(), several: new Set(), total: ZERO };
      addTo(sum, statement, total, own);
      sums.set(role, sum);
    }
  return [...sums].map(([role, sum]) => {
    const score = scoreOf(own?.roles ?? [], role);
    return { role, ...figuresOf(sum, currency), ...(score && { score }) };
  });
}

function scoreOf(roles: readonly RoleStatement[], role: string): KnownFigure | undefined {
  const score = roles.find((each) => each.role === role)?.score;
  return score && knownFigure(score.value);
}

function addTo(sum: Sum, statement: Statement, amount: string, own: Statement | undefined): void {
  const value = exact(amount);
  sum.total = add(sum.total, value);
  if (!isZero(value)) {
    sum.people.add(statement.person);
    if (new Set(statement.roles.map(({ role }) => role)).size > 1) sum.several.add(statement.person);
  }
  if (statement === own) sum.own = add(sum.own ?? ZERO, value);
}

function figuresOf({ people, several, total, own }: Sum, currency: string) {
  return {
    people: people.size,
    several: [...several],
    total: knownMoney(total, currency),
    ...(own && { person: knownMoney(own, currency) }),
  };
}

// Compares a Result with figures that were worked out by hand. Figures are compared by value: `8000` is `8000.00`.

import { equals, exact } from '../../src/base/exact.ts';
import type { KpiLine } from '../../src/model/kpi-lines.ts';
import type { Result, RoleStatement } from '../../src/model/result.ts';

/** What a case expects of one person's statement; keys are `role.name`, values exact text or null for missing. */
export interface ExpectedStatement {
  readonly person: string;
  readonly period: string;
  readonly pay: string;
  readonly lines?: Readonly<Record<string, string>>;
  readonly kpis?: Readonly<Record<string, string | null>>;
  readonly targets?: Readonly<Record<string, string | null>>;
  readonly scores?: Readonly<Record<string, string | null>>;
  /** Days held over those of the period: `16/31`. */
  readonly days?: Readonly<Record<string, string>>;
}

/** Each figure that differs, in words; empty when all are as expected. */
export function differences(result: Result, expected: readonly ExpectedStatement[]): readonly string[] {
  return expected.flatMap((wanted) => {
    const statement = result.statements.find(
      (each) => each.person === wanted.person && each.period === wanted.period,
    );
    if (!statement) return [`no statement of ${wanted.person} in ${wanted.period}`];
    const where = `${wanted.person} ${wanted.period}`;
    const part = (key: string): [RoleStatement | undefined, string] => {
      const dot = key.indexOf('.');
      return [
        statement.roles.find((each) => each.role === (dot < 0 ? key : key.slice(0, dot))),
        key.slice(dot + 1),
      ];
    };
    const kpi = (key: string): KpiLine | undefined => {
      const [role, name] = part(key);
      return role?.kpis.find((each) => each.kpi === name);
    };
    return [
      ...differ(`${where} pay`, wanted.pay, statement.pay),
      ...each(wanted.lines, (key, value) => {
        const [role, name] = part(key);
        return differ(`${where} ${key}`, value, role?.lines.find((line) => line.name === name)?.amount);
      }),
      ...each(wanted.kpis, (key, value) => differ(`${where} ${key}`, value, kpi(key)?.actual.value)),
      ...each(wanted.targets, (key, value) =>
        differ(`${where} target ${key}`, value, kpi(key)?.target?.value ?? null),
      ),
      ...each(wanted.scores, (key, value) =>
        differ(`${where} score of ${key}`, value, part(key)[0]?.score?.value.value),
      ),
      ...each(wanted.days, (key, value) => {
        const [role] = part(key);
        const held = `${role?.days}/${role?.daysInPeriod}`;
        return held === value ? [] : [`${where} days of ${key}: expected ${value}, found ${held}`];
      }),
    ];
  });
}

function each<T>(
  record: Readonly<Record<string, T>> | undefined,
  compare: (key: string, value: T) => readonly string[],
): readonly string[] {
  return Object.entries(record ?? {}).flatMap(([key, value]) => compare(key, value));
}

function differ(what: string, expected: string | null, found: string | null | undefined): readonly string[] {
  const same =
    expected === null || found === null || found === undefined
      ? expected === found
      : equals(exact(expected), exact(found));
  return same ? [] : [`${what}: expected ${expected}, found ${found}`];
}

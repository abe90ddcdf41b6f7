// What is said of people in periods, by the third opinion and by an engine, in one form: figures as exact text.

import type { KpiLine } from '../../src/model/kpi-lines.ts';
import type { RoleStatement } from '../../src/model/result.ts';
import { amounts, runPolicy, type SmallRun } from '../evaluate/run-policy.ts';

import { type Fraction, fraction, textOf } from './oracle.ts';
import { amountsOf } from './oracle-amounts.ts';
import { attained } from './oracle-attained.ts';
import { type Span, textOfDay } from './oracle-calendars.ts';
import { daysIn, staysOf } from './oracle-days.ts';
import { type Case, KPIS } from './oracle-plan.ts';
import { scoreOf } from './oracle-scores.ts';
import { dataText, policyText } from './targets-text.ts';

/** What is said of a stay in a period: figures as exact text, missing as null. */
export interface Said {
  readonly month: string;
  readonly person: string;
  readonly role: string;
  readonly from: string;
  /** Of each KPI its target, the upper end of a band, and the attainment. */
  readonly kpis: Readonly<Record<string, readonly (string | null)[]>>;
  readonly score: string | null;
  readonly amounts: Readonly<Record<string, string>>;
}

const shown = (value: Fraction | 'top' | undefined): string | null =>
  value === undefined ? null : value === 'top' ? 'top' : textOf(value);

/** What the third opinion says, in the order of statements. */
export function opinions(one: Case, spans: readonly Span[]): readonly Said[] {
  return spans.flatMap((span) =>
    staysOf(one)
      .filter((stay) => daysIn(stay, span).length > 0)
      .map((stay) => {
        const figures = KPIS.map((kpi) => {
          const { target, upTo, attainment } = attained(one, stay, { kpi, span, length: 'period' });
          return [kpi, [target, upTo, attainment].map(shown)] as const;
        });
        return {
          month: span.id,
          person: stay.id,
          role: stay.role,
          from: textOfDay(daysIn(stay, span)[0]!),
          kpis: Object.fromEntries(figures),
          score: stay.role === 'head' ? null : shown(scoreOf(one, stay, { span, length: 'period' })),
          amounts: Object.fromEntries(
            Object.entries(amountsOf(one, stay, span)).map(([name, value]) => [name, textOf(value)]),
          ),
        };
      }),
  );
}

const asFraction = (text: string | null | undefined): string | null => (text ? textOf(fraction(text)) : null);

function shownOf(line: KpiLine | undefined): readonly (string | null)[] {
  const { target, upTo, attainment } = line ?? {};
  const met = attainment === 'top' ? 'top' : asFraction(attainment?.value);
  return [asFraction(target?.value), asFraction(upTo?.value), met];
}

function said(month: string, person: string, role: RoleStatement): Said {
  return {
    month,
    person,
    role: role.role,
    from: role.from,
    kpis: Object.fromEntries(KPIS.map((kpi) => [kpi, shownOf(role.kpis.find((each) => each.kpi === kpi))])),
    score: asFraction(role.score?.value.value),
    amounts: Object.fromEntries(
      Object.entries(amounts(role, month)).map(([name, value]) => [name, textOf(fraction(value))]),
    ),
  };
}

/** What an engine says. */
export async function found(run: SmallRun): Promise<readonly Said[]> {
  const { statements } = await runPolicy(run);
  return statements.flatMap(({ person, period, roles }) => roles.map((role) => said(period, person, role)));
}

/** A case as a run over some periods in a row. */
export function smallRun(one: Case, spans: readonly Span[]): SmallRun {
  const { calendar, begins, rounding } = one.plan;
  return {
    head: `period ${calendar.period}
      effective from ${textOfDay(begins)}
      rounding ${rounding.mode} to ${rounding.step}`,
    policy: policyText(one),
    ...dataText(one),
    period: `${spans[0]!.id}..${spans.at(-1)!.id}`,
  };
}

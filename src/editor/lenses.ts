// Code lenses: what can be done with a declaration, and what came of it, above its line.

import type { Span } from '../base/source.ts';
import type { TestReport, TestResult } from '../model/test-report.ts';
import { ofPerson } from './hints.ts';
import { type Paid, paidByAward, paidByBonus, paidByRole } from './paid.ts';
import { type Valued, valuedIn } from './places.ts';
import type { Project } from './project.ts';
import { type KnownValues, knownFigure } from './values.ts';

/** A line above a declaration; `title` says it whole, the parts say it again for other languages. */
export type Lens = { readonly span: Span; readonly title: string } & (
  | { readonly kind: 'run test'; readonly test: string }
  | {
      readonly kind: 'test result';
      readonly test: string;
      readonly passed: boolean;
      readonly expected?: string;
      readonly found?: string;
      /** The first condition that doesn't hold, or why the test couldn't be worked out. */
      readonly because?: string;
    }
  | {
      readonly kind: 'value';
      readonly kpi: string;
      readonly period: string;
      readonly company?: string;
      readonly person?: string;
    }
  | {
      readonly kind: 'pays';
      readonly of: 'role' | 'bonus' | 'award';
      readonly name: string;
      readonly period: string;
      readonly people: number;
      readonly total: string;
    }
);

/** The lenses of a file; values and results of tests where there are any. */
export function lensesOf(
  project: Project,
  file: string,
  known: { readonly values?: KnownValues | undefined; readonly tests?: TestReport | undefined } = {},
): readonly Lens[] {
  return valuedIn(project, file).flatMap((each) => lensesOver(project, each, known));
}

function lensesOver(
  project: Project,
  each: Valued,
  { values, tests }: { readonly values?: KnownValues | undefined; readonly tests?: TestReport | undefined },
): readonly Lens[] {
  const { kind, name } = each;
  switch (kind) {
    case 'test': {
      const run: Lens = { kind: 'run test', span: name.span, title: 'Run this test', test: name.text };
      const result = tests?.tests.find((one) => one.name === name.text);
      return result ? [run, resultLens(name.span, result)] : [run];
    }
    case 'kpi':
      return values ? valueLens(name.span, name.text, values) : [];
    case 'role': {
      const paid = values && paidByRole(values, name.text);
      return paid ? [paysLens('role', name.span, name.text, { paid, values })] : [];
    }
    case 'award': {
      const paid = values && paidByAward(values, name.text);
      return paid ? [paysLens('award', name.span, name.text, { paid, values })] : [];
    }
    case 'bonus': {
      const paid = values && paidByBonus(project, values, { role: each.role, name: name.text });
      return paid ? [paysLens('bonus', name.span, name.text, { paid, values })] : [];
    }
    default:
      return kind satisfies never;
  }
}

function resultLens(span: Span, { name, passed, failures, faults }: TestResult): Lens {
  const lens = { kind: 'test result' as const, span, test: name, passed };
  if (passed) return { ...lens, title: 'passed' };
  const [failure] = failures;
  const { expected, found, condition } = failure ?? {};
  if (expected && found) {
    const [was, wanted] = [knownFigure(found).text, knownFigure(expected).text];
    const title = `failed: expected ${wanted}, was ${was}`;
    return { ...lens, title, expected: wanted, found: was, ...(condition && { because: condition }) };
  }
  const because = condition ?? faults[0]?.message;
  return {
    ...lens,
    title: because === undefined ? 'failed' : `failed: ${because}`,
    ...(because && { because }),
  };
}

function valueLens(span: Span, kpi: string, values: KnownValues): readonly Lens[] {
  const known = values.kpis.find(({ name }) => name === kpi);
  if (!known) return [];
  const { period, who } = values;
  const company = known.company?.text;
  const person = ofPerson(known.person);
  const parts = [company, who && person !== undefined ? `${who.name}: ${person}` : undefined];
  const shown = parts.filter((each) => each !== undefined).join(' · ');
  if (shown === '') return [];
  const lens = { kind: 'value' as const, span, title: `value now: ${shown} (${period})`, kpi, period };
  return [{ ...lens, ...(company !== undefined && { company }), ...(person !== undefined && { person }) }];
}

function paysLens(
  of: 'role' | 'bonus' | 'award',
  span: Span,
  name: string,
  { paid, values }: { readonly paid: Paid; readonly values: KnownValues },
): Lens {
  const { people, total } = paid;
  const who = people === 0 ? 'nobody' : people === 1 ? 'one person' : `${people} people`;
  const title =
    people === 0 ? `pays nobody (${values.period})` : `pays ${who}, ${total.text} (${values.period})`;
  return { kind: 'pays', span, title, of, name, period: values.period, people, total: total.text };
}

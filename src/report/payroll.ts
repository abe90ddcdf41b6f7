// What is payable, as rows for a payroll system: one for each line of pay, in the columns that were asked for. Cells have
// types, so that each form of a file can write them as what they are.

import type { PayLine } from '../model/pay-lines.ts';
import type { Result, RoleStatement, Statement } from '../model/result.ts';
import { knownNote, rejectsNote } from './control.ts';
import type { Language } from './explain-figures.ts';
import { lineTitle } from './line-sentences.ts';

/** What a column can hold, with what that is. */
export const PAYROLL_COLUMNS = {
  person: "the person's id",
  name: "the person's name",
  period: 'the period in which it is payable',
  team: 'the team of the role',
  role: 'the role that earned it; empty where it belongs to none',
  from: 'the first day of the role in the period',
  until: 'the last one',
  kind: 'bonus, award, cap, due and the like',
  line: 'the name of the line in the policy',
  title: 'its title',
  earned_in: 'what it was worked out over',
  amount: "the amount in the policy's currency",
  currency: "the policy's currency",
  paid: 'the amount in the currency that it is paid in',
  paid_currency: 'that currency',
  note: 'what every output of the run must say',
} as const;

/** What a column may hold. */
export type PayrollField = keyof typeof PAYROLL_COLUMNS;

/** A column: its heading, and what it holds. */
export interface PayrollColumn {
  readonly heading: string;
  readonly field: PayrollField;
}

/** The columns of a file of which none are named. */
export const USUAL_COLUMNS: readonly PayrollColumn[] = (
  ['person', 'name', 'period', 'role', 'kind', 'line', 'title', 'earned_in', 'amount', 'currency'] as const
).map((field) => ({ heading: field, field }));

/** A cell of the file, by what it is. */
export type PayrollCell =
  | { readonly kind: 'text'; readonly text: string }
  /** Exact text. */
  | { readonly kind: 'amount'; readonly value: string; readonly currency: string }
  /** `2026-01-31`. */
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'empty' };

/** A table of cells under headings. */
export interface PayrollTable {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly PayrollCell[])[];
}

/**
 * A row for each line of pay, by period and person; amounts of a person's rows come to what is payable. Where a run must say
 * something, such as that rejected rows were left out, and no column holds it, there is one more.
 */
export function payrollTable(
  result: Result,
  { columns = USUAL_COLUMNS, language = 'en' }: PayrollOptions = {},
): PayrollTable {
  const note = [knownNote(result), rejectsNote(result)].filter((each) => each !== undefined).join('; ');
  const isSaid = note === '' || columns.some((each) => each.field === 'note');
  const all = isSaid ? columns : [...columns, { heading: 'note', field: 'note' } as const];
  const about = { currency: result.policy.currency, language, note };
  return {
    headings: all.map((each) => each.heading),
    rows: result.statements.flatMap((statement) =>
      linesOf(statement).map((of) => all.map(({ field }) => cellOf(field, { ...of, statement, ...about }))),
    ),
  };
}

/** Which columns, and in which language. */
export interface PayrollOptions {
  readonly columns?: readonly PayrollColumn[] | undefined;
  /** Of titles that the policy doesn't give. */
  readonly language?: Language;
}

interface OfLine {
  readonly line: PayLine;
  readonly role?: RoleStatement;
}

function linesOf({ roles, lines = [] }: Statement): readonly OfLine[] {
  return [
    ...roles.flatMap((role) => role.lines.map((line) => ({ line, role }))),
    ...lines.map((line) => ({ line })),
  ];
}

interface Row extends OfLine {
  readonly statement: Statement;
  readonly currency: string;
  readonly language: Language;
  readonly note: string;
}

function cellOf(field: PayrollField, row: Row): PayrollCell {
  const { line, role, statement, currency, language, note } = row;
  const paid = line.paid ?? { currency, amount: line.amount };
  switch (field) {
    case 'person':
      return textOf(statement.person);
    case 'name':
      return textOf(statement.name);
    case 'period':
      return textOf(statement.period);
    case 'team':
      return textOf(role?.team);
    case 'role':
      return textOf(role?.role ?? line.role);
    case 'from':
      return dayOf(role?.from);
    case 'until':
      return dayOf(role?.until);
    case 'kind':
      return textOf(line.kind);
    case 'line':
      return textOf(line.name);
    case 'title':
      return textOf(lineTitle(line, language));
    case 'earned_in':
      return textOf(line.period);
    case 'amount':
      return { kind: 'amount', value: line.amount, currency };
    case 'currency':
      return textOf(currency);
    case 'paid':
      return { kind: 'amount', value: paid.amount, currency: paid.currency };
    case 'paid_currency':
      return textOf(paid.currency);
    case 'note':
      return textOf(note);
    default:
      return field satisfies never;
  }
}

function textOf(text: string | undefined): PayrollCell {
  return text === undefined || text === '' ? { kind: 'empty' } : { kind: 'text', text };
}

function dayOf(day: string | undefined): PayrollCell {
  return day === undefined ? { kind: 'empty' } : { kind: 'day', day };
}

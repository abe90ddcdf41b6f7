// `merit export`: what is payable, as a file for a payroll system.

import type { Command } from 'commander';
import { suggestion } from '../base/suggest.ts';
import type { PayrollColumn, PayrollField } from '../node.ts';
import { type FinalOptions, finalsOf, withFinals } from './finals.ts';
import { note } from './output.ts';
import { type AskOptions, oneOf, overData, withData } from './over-data.ts';
import { type ExitCode, UsageError } from './usage.ts';

export interface ExportOptions extends AskOptions, FinalOptions {
  readonly column?: readonly string[];
  readonly format?: 'csv' | 'xlsx';
  readonly csv: 'comma' | 'semicolon';
  readonly locale: 'en' | 'ru';
}

const NOTES = `
A row for each line of pay; the rows of a person come to what is payable. Closed periods are written as
they were paid, the open one with its corrections. Columns are those that are
named, in their order: --column 'Tab. no.=person' has the heading "Tab. no." and holds the person's id.
  person, name, period, team, role, from, until, kind, line, title, earned_in, amount, currency,
  paid, paid_currency (what of it is paid in another currency), note
Without any: person, name, period, role, kind, line, title, earned_in, amount, currency.
Text that a spreadsheet would run stays text: in CSV it gets a leading ', in .xlsx its cells are text.

Examples:
  $ merit export sales/ --period 2026-06 --output payroll.xlsx
  $ merit export sales/ --period 2026-06 --column Employee=person --column Sum=amount > payroll.csv
  $ merit export sales/ --period 2026-06 --csv semicolon --output payroll.csv`;

/** Adds the command to the program. The engine is loaded only when it is used. */
export function registerExport(program: Command, done: (code: ExitCode) => void): void {
  const collect = (value: string, before: readonly string[] = []) => [...before, value];
  const command = program
    .command('export')
    .description('Write what is payable as CSV or XLSX, a row for each line of pay.')
    .summary('write what is payable for payroll, as CSV or XLSX')
    .usage('<policy> [options]')
    .argument('<policy>', 'a policy file, or a folder with policy files')
    .option('--period <period>', 'such as 2026-01, 2026-Q1, 2026 or 2026-01..2026-06')
    .option('--column <heading=what>', 'a column and what it holds; once for each', collect)
    .option('--format <format>', "csv or xlsx; by the ending of --output's name, else csv")
    .addOption(
      oneOf('--csv <style>', 'how CSV parts cells and writes decimals: 1.5 or 1,5', ['comma', 'semicolon']),
    )
    .addOption(
      oneOf('--locale <language>', 'the language of titles that the policy gives none for', ['en', 'ru']),
    );
  withData(withFinals(command))
    .addHelpText('after', NOTES)
    .action(async (policy: string, options: ExportOptions) => done(await exportCommand(policy, options)));
}

/** Writes the file. Diagnostics go to stderr; nothing is written where there are errors. */
export async function exportCommand(path: string, options: ExportOptions): Promise<ExitCode> {
  const format = formatOf(options);
  const { PAYROLL_COLUMNS } = await import('../node.ts');
  const columns = options.column?.map((each) => columnOf(each, Object.keys(PAYROLL_COLUMNS)));
  return overData(path, options, {
    version: 'of the periods',
    ask: async (over) => {
      const { node, model, request, open } = over;
      const { value: kept, diagnostics: stopping } = await finalsOf(over, { path, options, ahead: 'stop' });
      if (!kept) return { text: undefined, diagnostics: stopping };
      const backend = await open(request.sources);
      try {
        const { value: result, diagnostics } = await node.run({ ...request, model }, backend);
        if (!result) return { text: undefined, diagnostics };
        const table = node.payrollTable(node.withFinals(result, kept.finals), {
          columns,
          language: options.locale,
        });
        if (format === 'csv') return { text: node.payrollCsv(table, options.csv), diagnostics };
        const { bytes, asText } = await node.payrollXlsx(table);
        if (asText > 0) note(digitsNote(asText));
        return { text: bytes, diagnostics };
      } finally {
        await backend.close();
      }
    },
  });
}

function digitsNote(count: number): string {
  return `${count} ${count === 1 ? 'amount has' : 'amounts have'} more than 15 digits, which a spreadsheet's number doesn't hold: written as text`;
}

function formatOf({ format, output }: ExportOptions): 'csv' | 'xlsx' {
  if (format !== undefined && format !== 'csv' && format !== 'xlsx')
    throw new UsageError(`\`--format\` can't be \`${format}\``, 'it can be csv, xlsx');
  const chosen = format ?? (output?.toLowerCase().endsWith('.xlsx') ? 'xlsx' : 'csv');
  if (chosen === 'xlsx' && output === undefined)
    throw new UsageError("a workbook can't be printed", 'write `--output payroll.xlsx`');
  return chosen;
}

/** `Heading=what`, or what alone, which is then its own heading. A heading may hold `=`. */
function columnOf(text: string, known: readonly string[]): PayrollColumn {
  const at = text.lastIndexOf('=');
  const field = text.slice(at + 1).trim();
  if (!known.includes(field))
    throw new UsageError(
      `\`--column ${text}\`: a column can't hold \`${field}\``,
      suggestion(field, known) ?? `it can hold ${known.join(', ')}`,
    );
  const heading = at < 0 ? field : text.slice(0, at).trim();
  if (heading === '')
    throw new UsageError(`\`--column ${text}\` has no heading`, `write \`--column ${field}\``);
  return { heading, field: field as PayrollField };
}

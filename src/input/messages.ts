// What reading data has to say about files and columns (M20xx) and about cells and rows (M21xx).

import type { DataPlace, Diagnostic } from '../base/diagnostic.ts';
import { suggestion } from '../base/suggest.ts';

const KEPT_AS = 'save it as UTF-8 (in Excel: "CSV UTF-8")';

function error(code: string, message: string, data: Diagnostic['data'], help?: string): Diagnostic {
  return {
    code,
    severity: 'error',
    message,
    ...(data && { data }),
    ...(help !== undefined && { help }),
  };
}

// ---- files

export function noSuchFile(file: string): Diagnostic {
  return error(
    'M2001',
    `there is no file \`${file}\``,
    { file },
    'check the path, which starts from where `merit` runs',
  );
}

export function isDirectory(file: string): Diagnostic {
  return error('M2002', `\`${file}\` is a folder, not a file`, { file }, 'name the file inside it');
}

export function unreadableFile(file: string, reason: string): Diagnostic {
  return error('M2003', `\`${file}\` can't be read: ${reason}`, { file });
}

export function notUtf8(file: string): Diagnostic {
  return error('M2004', `\`${file}\` isn't UTF-8 text`, { file }, KEPT_AS);
}

export function isUtf16(file: string): Diagnostic {
  return error('M2005', `\`${file}\` is UTF-16 text`, { file }, KEPT_AS);
}

export function emptyFile(file: string): Diagnostic {
  return error('M2006', `\`${file}\` is empty`, { file }, 'even a file without rows needs a heading line');
}

export function openQuote(file: string, row: number): Diagnostic {
  const help = 'a quote at the start of a cell needs one at its end; a quote inside is doubled: `""`';
  return error('M2007', 'a quote that opens in this row is never closed', { file, row }, help);
}

export function afterQuote(file: string, row: number, found: string): Diagnostic {
  const help = 'double the quotes inside a quoted cell: `"the ""Volga"" plant"`';
  const shown = found.split(/[\r\n]/)[0]!;
  return error('M2008', `\`${shown}\` follows a closing quote in this row`, { file, row }, help);
}

export function jsonSyntax(file: string, line: number, expected: string): Diagnostic {
  return error('M2009', `line ${line} of \`${file}\` isn't JSON: expected ${expected}`, { file });
}

export function doubledKey(file: string, row: number, line: number, key: string): Diagnostic {
  const help = 'keep one of the two';
  return error(
    'M2010',
    `\`${key}\` stands twice in the object on line ${line}`,
    { file, row, column: key },
    help,
  );
}

/** `found` as it is shown, and why it is no cell. */
export function inexactValue(data: DataPlace, found: string, why: string): Diagnostic {
  return error('M2064', `\`${found}\` can't be taken as it is: ${why}`, data);
}

export function binaryColumn(file: string, column: string): Diagnostic {
  return inexactValue(
    { file, column },
    column,
    'it is a column of binary fractions: cast it to DECIMAL in the query, or say `numbers: "shortest"`',
  );
}

export function parquetNotRead(file: string): Diagnostic {
  const help = 'run with the DuckDB backend, or convert the file to CSV';
  return error('M2011', `\`${file}\` is a Parquet file, which this backend doesn't read`, { file }, help);
}

export function tableNotRead(table: string): Diagnostic {
  const help = 'leave `--backend` out: the database itself works at its tables';
  return error(
    'M2019',
    `\`${table}\` is a table of a database, which this backend doesn't read`,
    { file: table },
    help,
  );
}

// ---- columns

export function noSuchColumn(
  file: string,
  field: string,
  column: string,
  header: readonly string[],
): Diagnostic {
  const message = `\`${file}\` has no column \`${column}\`, which \`${field}\` is to be read from`;
  return error('M2012', message, { file, column }, suggestion(column, header));
}

export function fieldWithoutColumn(file: string, field: string, header: readonly string[]): Diagnostic {
  const near = suggestion(field, header);
  const help = `${near === undefined ? '' : `${near}; `}say which column it is under \`columns\`, or give a constant`;
  return error(
    'M2013',
    `\`${file}\` has no column for the field \`${field}\``,
    { file, column: field },
    help,
  );
}

export function doubledColumn(file: string, column: string): Diagnostic {
  const help = 'rename one of them: it would be a guess which one is meant';
  return error('M2014', `\`${file}\` has two columns called \`${column}\``, { file, row: 1, column }, help);
}

export function unknownField(
  facts: { readonly file: string; readonly source: string; readonly section: 'columns' | 'constants' },
  field: string,
  fields: readonly string[],
): Diagnostic {
  const { file, source, section } = facts;
  const message = `\`${source}\` has no field \`${field}\`, which \`${section}\` of this source names`;
  return error('M2015', message, { file }, suggestion(field, fields));
}

export function columnAndConstant(file: string, field: string): Diagnostic {
  const help = 'leave it under `columns` or under `constants`';
  return error('M2016', `\`${field}\` has both a column and a constant`, { file }, help);
}

/** A field is left to its fallback (or missing) although a column looks just like it. */
export function nearlyBound(file: string, field: string, column: string): Diagnostic {
  return {
    code: 'M2017',
    severity: 'warning',
    message: `the column \`${column}\` isn't read, though it looks like the field \`${field}\`, which has none`,
    data: { file, row: 1, column },
    help: `if it is meant, say \`${field}: ${column}\` under \`columns\``,
  };
}

/** For a backend that meets binary floating point in a column whose figures must be exact. */
export function floatColumn(file: string, field: string, column: string): Diagnostic {
  const message = `the column \`${column}\` holds binary fractions, which can't be exact enough for \`${field}\``;
  return error('M2018', message, { file, column }, 'write the file with a DECIMAL or a text column');
}

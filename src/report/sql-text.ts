// The statements that a database was asked, as a script that can be read. Columns of texts, such as the people of a run,
// are told by their length alone.

/** A statement with the values of its `$1`, `$2` and so on. */
export interface AskedStatement {
  readonly sql: string;
  readonly values: readonly (string | readonly (string | null)[])[];
  /** What it works out, in words. */
  readonly about: string;
}

/** Statements as a database takes them, each under what it is for. */
export function sqlText(statements: readonly AskedStatement[]): string {
  return statements.map(statementSql).join('\n\n');
}

function statementSql({ sql, values, about }: AskedStatement): string {
  const shown = values.map((value, at) => {
    return `$${at + 1}: ${typeof value === 'string' ? inOneLine(value) : `${value.length} texts`}`;
  });
  const comments = [inOneLine(about).slice(1, -1), ...shown].map((each) => `-- ${each}`);
  return `${comments.join('\n')}\n${sql};`;
}

/** A text in quotes that stays within its comment, whatever it holds. */
function inOneLine(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', ' ').replaceAll('\u2029', ' ');
}

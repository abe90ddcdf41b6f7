// Tables of a run in an engine in which none are made: each is a definition that stands in front of whatever statement
// names it, with those that it names itself.

import { InternalError } from '../base/diagnostic.ts';
import { replaceParameters } from './sql-connection.ts';

/** A value of a statement: a text, or a column of them. */
export type SqlParameter = string | readonly (string | null)[];

/** A statement as an engine is given it. */
export interface SentStatement {
  readonly sql: string;
  readonly values: readonly SqlParameter[];
  /** What it works out, in words. */
  readonly about: string;
}

/** Who is told of each statement that is sent. */
export type Heard = (statement: SentStatement) => void;

/** A table that is written out in front of the statements which name it. */
export interface Definition {
  readonly name: string;
  readonly sql: string;
  /** What its own `$1`, `$2` and so on stand for. */
  readonly values: readonly SqlParameter[];
  /** Definitions that it names, as they were when it was made. */
  readonly uses: readonly Definition[];
}

/** The definitions that a text names; what stands in quotes is a name of the user's. */
export function definedIn(sql: string, known: ReadonlyMap<string, Definition>): readonly Definition[] {
  const words = new Set(sql.replace(QUOTED, ' ').match(WORD) ?? []);
  return [...known.values()].filter((each) => words.has(each.name));
}

const QUOTED = /"(?:[^"]|"")*"|'(?:[^']|'')*'/g;
const WORD = /[a-z_][a-z0-9_]*/g;

/** The statement after all that it names, with the parameters of all. */
export function withDefinitions(
  statement: Pick<SentStatement, 'sql' | 'values'>,
  known: ReadonlyMap<string, Definition>,
): Pick<SentStatement, 'sql' | 'values'> {
  const named = inOrder(definedIn(statement.sql, known));
  if (named.length === 0) return statement;
  const values: SqlParameter[] = [];
  const numbered = (part: Pick<SentStatement, 'sql' | 'values'>): string => {
    const before = values.length;
    values.push(...part.values);
    return replaceParameters(part.sql, (at) => `$${before + at}`);
  };
  const parts = named.map((each) => `${each.name} AS (${numbered(each)})`);
  const own = numbered(statement);
  const rest = own.startsWith('WITH ') ? `,\n${own.slice('WITH '.length)}` : `\n${own}`;
  return { sql: `WITH ${parts.join(',\n')}${rest}`, values };
}

/** All that is named, at second hand too, each after what it names itself. */
function inOrder(first: readonly Definition[]): readonly Definition[] {
  const found = new Map<string, Definition>();
  const visit = (each: Definition): void => {
    const other = found.get(each.name);
    if (other && other !== each) throw new InternalError(`two tables are called ${each.name}`);
    if (other) return;
    for (const used of each.uses) visit(used);
    found.set(each.name, each);
  };
  for (const each of first) visit(each);
  return [...found.values()];
}

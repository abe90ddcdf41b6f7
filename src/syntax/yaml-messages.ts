// What is said of YAML, and of the files that are written in it only: the configuration, and scenarios.

import type { Diagnostic } from '../base/diagnostic.ts';
import { NOT_A_PERIOD } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { error, meant, quoted } from './messages.ts';

export function tooManyParts(span: Span, limit: number): Diagnostic {
  return error('M1006', span, `the YAML has more than ${limit} signs, texts and blanks`, {
    help: 'split it over several files',
  });
}

/** As the command says it of its flag. */
export function notAPeriod(span: Span, written: string): Diagnostic {
  return error('M3004', span, NOT_A_PERIOD.message(written), { help: NOT_A_PERIOD.help });
}

export function badYaml(span: Span, what = 'this is not YAML'): Diagnostic {
  return error('M1060', span, what);
}

export function yamlFeature(span: Span, what: string): Diagnostic {
  return error('M1061', span, `${what} isn't allowed`, {
    help: 'only plain maps, lists and texts are: write the value out where it is meant',
  });
}

export function duplicateKey(span: Span, key: string, first: Span): Diagnostic {
  return error('M1062', span, `${quoted(key)} is there twice`, {
    related: [{ span: first, message: 'the first one' }],
  });
}

export function notAName(span: Span): Diagnostic {
  return error('M1063', span, 'a key must be a plain text');
}

export function unknownKey(
  span: Span,
  key: string,
  { where, known }: { readonly where: string; readonly known: readonly string[] },
): Diagnostic {
  return error('M1064', span, `${where} has no key ${quoted(key)}`, meant(span, key, known));
}

/** `wanted` and `found` are phrases: `a list`, `a text`, `a map of names`. */
export function wrongNode(
  span: Span,
  what: string,
  { wanted, found }: { readonly wanted: string; readonly found: string },
): Diagnostic {
  return error('M1065', span, `${what} must be ${wanted}, not ${found}`);
}

export function wrongWord(
  span: Span,
  word: string,
  { what, known }: { readonly what: string; readonly known: readonly string[] },
): Diagnostic {
  return error('M1066', span, `${quoted(word)} isn't a ${what}`, meant(span, word, known));
}

export function badPath(
  span: Span,
  path: string,
  { why, help }: { readonly why: string; readonly help: string },
): Diagnostic {
  return error('M2070', span, `the path ${quoted(path)} ${why}`, { help });
}

export function sameSigns(span: Span, sign: string): Diagnostic {
  return error('M2071', span, `\`${sign}\` can't be both the decimal sign and the sign between thousands`);
}

export function noFileOrTable(span: Span): Diagnostic {
  return error('M2074', span, 'this data has no file and no table', {
    help: 'write `file: deals.csv`, or `table: sales.deals` for a table of a database',
  });
}

export function fileAndTable(span: Span): Diagnostic {
  return error('M2075', span, 'this data has both a file and a table', { help: 'keep one of the two' });
}

/** Without a place, as its line would be shown: it may hold an address with a password. */
export function badDatabase(file: string): Diagnostic {
  return {
    code: 'M2076',
    severity: 'error',
    message: '`database` is neither an environment variable nor a DuckDB file',
    data: { file },
    help: 'put the address of the database into an environment variable, and name that here: `database: SALES_DATABASE`; a DuckDB file ends in `.duckdb`',
  };
}

export function secondDocument(span: Span): Diagnostic {
  return error('M2072', span, 'a configuration is one document', {
    help: 'join what follows `---` to the first',
  });
}

export function peopleInData(span: Span): Diagnostic {
  return error('M2073', span, '`person` is no event or table', {
    help: 'the people data stands under `people`, beside `data`',
  });
}

export function notScenarios(span: Span): Diagnostic {
  return error('M3086', span, 'a scenario is a name with a list of changes', {
    help: 'write `good year: [revenue +10%, target revenue +5%]`',
  });
}

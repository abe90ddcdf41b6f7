// How much of anything a policy may hold, so that no file can exhaust the machine that reads it.

export const LIMITS = {
  /** Characters in one file (UTF-16 units). */
  fileLength: 4 * 1024 * 1024,
  /** Brackets inside brackets, and `{ }` inside `{ }`. */
  nesting: 200,
  /** Digits of one literal. */
  digits: 40,
  /** Characters of one name. */
  nameLength: 200,
  /** Tokens of one statement, which bounds the height of its tree. */
  statementTokens: 2000,
  /** Signs, texts and blanks of one YAML file. */
  yamlParts: 500_000,
  /** Messages about one file. */
  diagnostics: 200,
} as const;

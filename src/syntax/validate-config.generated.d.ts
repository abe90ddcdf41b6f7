// The types of the validator that scripts/make-schemas.ts makes from config-shape.ts.

/** One thing that is wrong: the JSON pointer of the value and the rule's own facts. */
export interface ConfigError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Whether the value has the structure of a configuration; `errors` then holds what is wrong, until the next call. */
declare const validate: { (value: unknown): boolean; errors?: readonly ConfigError[] | null };
export default validate;

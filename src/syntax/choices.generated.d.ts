// The text of choices.generated.js, which scripts/make-schemas.ts makes from the parser's rules; choices.ts reads it.

export declare const CHOICES: string;

// What an editor in a page asks of a policy's text; all of it pure, over sources that are at hand.

export { type Colour, type ColourKind, coloursOf } from './editor/colours.ts';
export { completionsAt } from './editor/complete.ts';
export type { Completion, CompletionKind, Completions } from './editor/completion.ts';
export { definitionAt, type Reference, referencesAt } from './editor/definition.ts';
export { type Finding, findingsOf, type QuickFix } from './editor/findings.ts';
export { type Fold, foldsOf } from './editor/folding.ts';
export { formatEdits } from './editor/format.ts';
export { type Hint, hintsOf } from './editor/hints.ts';
export { type Hover, hoverAt } from './editor/hover.ts';
export { type Lens, lensesOf } from './editor/lenses.ts';
export { type OutlineItem, type OutlineKind, outlineOf } from './editor/outline.ts';
export { openProject, type Project } from './editor/project.ts';
export { nameAt, type Renameable, type Renamed, renameAt } from './editor/rename.ts';
export { type Signature, type SignatureHelp, signatureAt } from './editor/signature.ts';
export { type KnownValues, valuesOf } from './editor/values.ts';
export { convertPolicy, type Form, formatPolicy, formOf } from './syntax/print.ts';

// The door for the language server: the services of an editor, and projects on disk with what is open in place of what is
// saved. Works in the background where it may take long.

export { type Colour, coloursOf } from './editor/colours.ts';
export { completionsAt } from './editor/complete.ts';
export type { Completion, CompletionKind } from './editor/completion.ts';
export { definitionAt, referencesAt } from './editor/definition.ts';
export { type Finding, findingsOf, type QuickFix } from './editor/findings.ts';
export { foldsOf } from './editor/folding.ts';
export { formatEdits } from './editor/format.ts';
export { hintsOf } from './editor/hints.ts';
export { type Hover, hoverAt } from './editor/hover.ts';
export { lensesOf } from './editor/lenses.ts';
export { type OutlineItem, outlineOf } from './editor/outline.ts';
export { openProject, type Project as EditorProject } from './editor/project.ts';
export { nameAt, renameAt } from './editor/rename.ts';
export { signatureAt } from './editor/signature.ts';
export { type KnownValues, valuesOf } from './editor/values.ts';
export { VERSION } from './engine.ts';
export type { TestReport } from './model/test-report.ts';
export {
  type Background,
  type DataRun,
  openBackground,
  type RunAsked,
  type TestsAsked,
} from './node-background.ts';
export { CONFIG_FILE, loadProject, type OpenTexts, type Project } from './node-project.ts';
export { countedTests, expectedLine } from './report/test-text.ts';
export { needForms } from './syntax/forms.ts';
export { versionsAmong } from './versions.ts';

// The editor's questions, answered by the worker: completion, definitions, references, renaming, quick fixes. Adapters only:
// what is known of a policy is known by the engine.

import type { CompletionKind, QuickFix } from '../../../src/browser-editor.ts';
import { tell } from '../app/notice-state.ts';
import { findings, policy } from '../app/state.ts';
import type { Span } from '../share/span.ts';
import { askHere, placeOf } from './ask-here.ts';
import { plain, withoutPictures } from './markdown.ts';
import { fileOf, type Model, modelOf } from './models.ts';
import { monaco } from './monaco.ts';
import { rangeOf } from './ranges.ts';

/** The languages of both forms. */
export const LANGUAGES = ['merit', 'yaml'];

/** Registers what is asked by name and place. */
export function registerProviders(): void {
  const { languages } = monaco;
  languages.registerCompletionItemProvider(LANGUAGES, {
    triggerCharacters: ['.', ':', '[', '(', ' ', '"', '`'],
    provideCompletionItems: completions,
  });
  languages.registerDefinitionProvider(LANGUAGES, {
    provideDefinition: async (model, position, token) => {
      const at = placeOf(model, position);
      const spans = at && (await askHere('editor.definition', at, token));
      return spans?.flatMap(locationOf);
    },
  });
  languages.registerReferenceProvider(LANGUAGES, {
    provideReferences: async (model, position, { includeDeclaration }, token) => {
      const at = placeOf(model, position);
      const found = at && (await askHere('editor.references', at, token));
      return found
        ?.filter((each) => includeDeclaration || !each.declares)
        .flatMap(({ span }) => locationOf(span));
    },
  });
  languages.registerDocumentHighlightProvider(LANGUAGES, {
    provideDocumentHighlights: async (model, position, token) => {
      const at = placeOf(model, position);
      const found = at && (await askHere('editor.references', at, token));
      return found
        ?.filter(({ span }) => span.source === at?.file)
        .map(({ span, declares }) => ({ range: rangeOf(model, span), kind: declares ? 2 : 1 }));
    },
  });
  languages.registerRenameProvider(LANGUAGES, {
    provideRenameEdits: renameEdits,
    resolveRenameLocation: renameAt,
  });
  languages.registerCodeActionProvider(
    LANGUAGES,
    { provideCodeActions: codeActions },
    { providedCodeActionKinds: ['quickfix'] },
  );
}

async function completions(
  model: Model,
  position: monaco.Position,
  _: unknown,
  token: monaco.CancellationToken,
): Promise<monaco.languages.CompletionList | undefined> {
  const at = placeOf(model, position);
  const found = at && (await askHere('editor.complete', at, token));
  if (!found || model.isDisposed()) return undefined;
  const range = rangeOf(model, found.span);
  const rules = monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet;
  return {
    suggestions: found.items.map(({ label, kind, detail, doc, insert, snippet, sortKey }) => ({
      label:
        detail === undefined
          ? withoutPictures(label)
          : { label: withoutPictures(label), description: withoutPictures(detail) },
      kind: KINDS[kind],
      ...(detail !== undefined && { detail }),
      ...(doc !== undefined && { documentation: plain(doc) }),
      insertText: snippet ?? insert,
      ...(snippet !== undefined && { insertTextRules: rules }),
      sortText: sortKey,
      range,
    })),
  };
}

const Kind = monaco.languages.CompletionItemKind;
const KINDS: Readonly<Record<CompletionKind, monaco.languages.CompletionItemKind>> = {
  declaration: Kind.Class,
  clause: Kind.Property,
  key: Kind.Property,
  keyword: Kind.Keyword,
  unit: Kind.Unit,
  value: Kind.Value,
  type: Kind.TypeParameter,
  code: Kind.Constant,
  policy: Kind.Module,
  kpi: Kind.Variable,
  let: Kind.Variable,
  curve: Kind.Struct,
  rates: Kind.Struct,
  grid: Kind.Struct,
  dimension: Kind.Field,
  pool: Kind.Struct,
  award: Kind.Class,
  level: Kind.Class,
  role: Kind.Interface,
  bonus: Kind.Method,
  event: Kind.Event,
  field: Kind.Field,
  table: Kind.Struct,
  column: Kind.Field,
  attribute: Kind.Field,
  'credit line': Kind.Field,
  word: Kind.EnumMember,
  calendar: Kind.Struct,
  test: Kind.Method,
  'test person': Kind.User,
  invariant: Kind.Method,
  file: Kind.File,
  'built-in': Kind.Constant,
  function: Kind.Function,
  scope: Kind.Keyword,
  'length of time': Kind.Keyword,
  person: Kind.User,
  team: Kind.User,
};

/** A place as the editor wants it; none where its file isn't open any more. */
export function locationOf(span: Span): readonly monaco.languages.Location[] {
  const file = policy.peek().find((each) => each.name === span.source);
  const model = file && modelOf(file.id);
  return model ? [{ uri: model.uri, range: rangeOf(model, span) }] : [];
}

async function renameAt(
  model: Model,
  position: monaco.Position,
  token: monaco.CancellationToken,
): Promise<monaco.languages.RenameLocation & monaco.languages.Rejection> {
  const at = placeOf(model, position);
  const found = at && (await askHere('editor.name', at, token));
  const here = monaco.Range.fromPositions(position);
  if (!found || 'refused' in found) return { range: here, text: '', rejectReason: found?.refused ?? '' };
  return { range: rangeOf(model, found.span), text: found.text };
}

async function renameEdits(
  model: Model,
  position: monaco.Position,
  to: string,
  token: monaco.CancellationToken,
): Promise<monaco.languages.WorkspaceEdit & monaco.languages.Rejection> {
  const at = placeOf(model, position);
  const renamed = at && (await askHere('editor.rename', { ...at, to }, token));
  if (!renamed || 'refused' in renamed) return { edits: [], rejectReason: renamed?.refused ?? '' };
  const { note } = renamed;
  if (note !== undefined) tell('note', () => note);
  return { edits: renamed.edits.flatMap(({ span, text }) => editOf(span, text)) };
}

function editOf(span: Span, text: string): readonly monaco.languages.IWorkspaceTextEdit[] {
  return locationOf(span).map(({ uri, range }) => ({
    resource: uri,
    textEdit: { range, text },
    versionId: monaco.editor.getModel(uri)?.getVersionId(),
  }));
}

/** The edits of fixes for the findings that touch the range, as they were found last. */
function codeActions(
  model: Model,
  range: monaco.Range,
  context: monaco.languages.CodeActionContext,
): monaco.languages.CodeActionList {
  const file = fileOf(model);
  const here = findings.peek().filter(({ diagnostic: { span } }) => {
    if (!span || span.source !== file?.name) return false;
    return monaco.Range.areIntersectingOrTouching(rangeOf(model, span), range);
  });
  const actions = here.flatMap(({ diagnostic, fixes }) =>
    fixes.map((fix) => ({
      title: fix.title,
      kind: 'quickfix',
      isPreferred: fix.preferred,
      diagnostics: context.markers.filter((each) => each.code === diagnostic.code),
      edit: { edits: editsOf(fix) },
    })),
  );
  return { actions, dispose: () => {} };
}

function editsOf({ edits }: QuickFix): monaco.languages.IWorkspaceTextEdit[] {
  return edits.flatMap(({ span, text }) => editOf(span, text));
}

// What the editor asks about a place of the policy.

import {
  type Colour,
  type Completions,
  coloursOf,
  completionsAt,
  definitionAt,
  type Fold,
  foldsOf,
  formatEdits,
  type Hint,
  type Hover,
  hintsOf,
  hoverAt,
  type Lens,
  lensesOf,
  nameAt,
  type OutlineItem,
  outlineOf,
  type Project,
  type Reference,
  type Renameable,
  type Renamed,
  referencesAt,
  renameAt,
  type SignatureHelp,
  signatureAt,
} from '../../../src/browser-editor.ts';
import type { Edit } from '../app/edit.ts';
import type { Span } from '../share/span.ts';
import { projectsOf, unique } from './handle-language.ts';
import type { Desk, Handlers } from './held.ts';

/** A place: the file's name and an offset in its text. */
export interface At {
  readonly file: string;
  readonly offset: number;
}

interface InFile {
  readonly file: string;
}

export interface EditorRequests {
  'editor.complete': { readonly params: At; readonly answer: Completions };
  'editor.definition': { readonly params: At; readonly answer: readonly Span[] };
  'editor.references': { readonly params: At; readonly answer: readonly Reference[] };
  'editor.name': { readonly params: At; readonly answer: Renameable | undefined };
  'editor.hover': { readonly params: At; readonly answer: Hover | undefined };
  'editor.signature': { readonly params: At; readonly answer: SignatureHelp | undefined };
  'editor.hints': { readonly params: InFile; readonly answer: readonly Hint[] };
  'editor.lenses': { readonly params: InFile; readonly answer: readonly Lens[] };
  'editor.outline': { readonly params: InFile; readonly answer: readonly OutlineItem[] };
  'editor.folds': { readonly params: InFile; readonly answer: readonly Fold[] };
  'editor.colours': { readonly params: InFile; readonly answer: readonly Colour[] };
  'editor.format': { readonly params: InFile; readonly answer: readonly Edit[] };
  'editor.rename': { readonly params: At & { readonly to: string }; readonly answer: Renamed };
}

/** The handlers of the editor's questions. */
export const handlers: Handlers<EditorRequests> = {
  'editor.complete': async ({ file, offset }, desk) =>
    completionsAt(await projectOf(desk, file), file, offset),
  'editor.definition': async ({ file, offset }, desk) =>
    definitionAt(await projectOf(desk, file), file, offset),
  'editor.references': async ({ file, offset }, desk) =>
    unique((await holding(desk, file)).flatMap((project) => referencesAt(project, file, offset))),
  'editor.name': async ({ file, offset }, desk) => nameAt(await projectOf(desk, file), file, offset),
  'editor.hover': async ({ file, offset }, desk) =>
    hoverAt(await projectOf(desk, file), file, offset, desk.held.known.values),
  'editor.signature': async ({ file, offset }, desk) =>
    signatureAt(await projectOf(desk, file), file, offset),
  'editor.hints': async ({ file }, desk) =>
    hintsOf(await projectOf(desk, file), file, desk.held.known.values),
  'editor.lenses': async ({ file }, desk) => lensesOf(await projectOf(desk, file), file, desk.held.known),
  'editor.outline': async ({ file }, desk) => outlineOf(await projectOf(desk, file), file),
  'editor.folds': async ({ file }, desk) => foldsOf(await projectOf(desk, file), file),
  'editor.colours': async ({ file }, desk) => coloursOf(await projectOf(desk, file), file),
  'editor.format': async ({ file }, desk) => formatEdits(await projectOf(desk, file), file),
  'editor.rename': async ({ file, offset, to }, desk) => {
    const all = (await holding(desk, file)).map((project) => renameAt(project, file, offset, to));
    const refused = all.find((each) => 'refused' in each);
    const edits = all.flatMap((each) => ('edits' in each ? each.edits : []));
    return refused ?? { ...all.at(-1)!, edits: unique(edits) };
  },
};

/** The versions that a file is part of; what it names may stand in the files of each. */
async function holding(desk: Desk, file: string): Promise<readonly Project[]> {
  const projects = await projectsOf(desk);
  const found = projects.filter(({ sources }) => sources.some(({ name }) => name === file));
  return found.length > 0 ? found : projects;
}

/** One of them, to be asked about a place: of a file that several share the last says what it is now. */
async function projectOf(desk: Desk, file: string): Promise<Project> {
  return (await holding(desk, file)).at(-1)!;
}

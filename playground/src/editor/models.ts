// The policy's files as the editor's models. A model stays with its file's id when the form changes, so that undoing goes
// through the change of form and back.

import { batch, signal } from '@preact/signals';
import { editFile, editFiles } from '../app/actions.ts';
import { formOf } from '../app/file-names.ts';
import { type PolicyFile, policy } from '../app/state.ts';
import { difference } from './difference.ts';
import { monaco } from './monaco.ts';
import { rangeOf } from './ranges.ts';

export type Model = monaco.editor.ITextModel;

/** A change of form that one file took part in: its name and version before and after. */
interface Turn {
  readonly group: number;
  readonly before: { readonly name: string; readonly version: number };
  readonly after: { readonly name: string; readonly version: number };
}

interface Kept {
  readonly model: Model;
  readonly turns: Turn[];
}

/** Grows when there are models of other files: whoever marks them follows it. */
export const opened = signal(0);

const kept = new Map<string, Kept>();
let groups = 0;
/** While the page's text is being put into models, their changes aren't news. */
let taking = false;

/** The model of a file, by its id. */
export function modelOf(id: string): Model | undefined {
  return kept.get(id)?.model;
}

/** The file of a model. */
export function fileOf(model: Model): PolicyFile | undefined {
  return policy.peek().find((each) => kept.get(each.id)?.model === model);
}

/** Makes the models hold what the policy's files hold. */
export function syncModels(files: readonly PolicyFile[]): void {
  for (const [id, { model }] of kept) {
    if (files.some((each) => each.id === id)) continue;
    model.dispose();
    kept.delete(id);
  }
  for (const file of files) {
    const { model } = kept.get(file.id) ?? open(file);
    setLanguage(model, file.name);
    if (model.getValue() !== file.text) replace(model, file.text);
    // lines end in one way in a model: the policy follows it
    if (model.getValue() !== file.text) editFile(file.id, model.getValue());
  }
}

/** Takes over files in another form, as one step that can be undone in any of them. */
export function turnForm(files: readonly PolicyFile[]): void {
  groups += 1;
  syncModels(policy.peek());
  const made = files.flatMap((file) => {
    const known = kept.get(file.id);
    const name = policy.peek().find((each) => each.id === file.id)?.name;
    if (!known || name === undefined) return [];
    const { model, turns } = known;
    const before = { name, version: model.getAlternativeVersionId() };
    replace(model, file.text);
    turns.push({
      group: groups,
      before,
      after: { name: file.name, version: model.getAlternativeVersionId() },
    });
    setLanguage(model, file.name);
    return [{ ...file, text: model.getValue() }];
  });
  editFiles(made);
}

function open({ id, text, name }: PolicyFile): Kept {
  const model = monaco.editor.createModel(
    text,
    languageOf(name),
    monaco.Uri.from({ scheme: 'merit', path: `/${id}/${name}` }),
  );
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  const made: Kept = { model, turns: [] };
  kept.set(id, made);
  opened.value += 1;
  model.onDidChangeContent((event) => {
    if (taking) return;
    const way = event.isUndoing ? 'undo' : event.isRedoing ? 'redo' : undefined;
    const turn = way && turnAt(made, way);
    batch(() => {
      if (way && turn) follow({ id, kept: made, turn, way });
      else editFile(id, model.getValue());
    });
  });
  return made;
}

/** The change of form that has just been undone or done again in this file. */
function turnAt({ model, turns }: Kept, way: 'undo' | 'redo'): Turn | undefined {
  const version = model.getAlternativeVersionId();
  return turns.find((each) => (way === 'undo' ? each.before : each.after).version === version);
}

/** Gives the file its other name, and has the files that changed with it follow, unless they were edited since. */
function follow(step: {
  readonly id: string;
  readonly kept: Kept;
  readonly turn: Turn;
  readonly way: 'undo' | 'redo';
}): void {
  const { id, kept: own, turn, way } = step;
  const { name } = way === 'undo' ? turn.before : turn.after;
  editFiles([{ id, name, text: own.model.getValue() }]);
  setLanguage(own.model, name);
  for (const { model, turns } of kept.values()) {
    const other = turns.find((each) => each.group === turn.group);
    const from = way === 'undo' ? other?.after : other?.before;
    if (model === own.model || from?.version !== model.getAlternativeVersionId()) continue;
    void (way === 'undo' ? model.undo() : model.redo());
  }
}

/** Puts a text in place of the model's, only what differs, so that cursors and marks around it stay. */
function replace(model: Model, text: string): void {
  const { start, end, middle } = difference(model.getValue(), text);
  const range = rangeOf(model, { start, end });
  taking = true;
  model.pushStackElement();
  model.pushEditOperations([], [{ range, text: middle }], () => null);
  model.pushStackElement();
  taking = false;
}

function setLanguage(model: Model, name: string): void {
  if (model.getLanguageId() !== languageOf(name)) monaco.editor.setModelLanguage(model, languageOf(name));
}

function languageOf(name: string): string {
  return formOf(name) === 'yaml' ? 'yaml' : 'merit';
}

// What people do to the state: opening, editing, saving. Each is one step for whoever follows the signals.

import { batch } from '@preact/signals';
import type { Source } from '../../../src/browser-engine.ts';
import type { Binding } from '../share/examples.ts';
import type { Edit } from './edit.ts';
import {
  about,
  activeFile,
  activePolicyFile,
  type DataFile,
  data,
  findings,
  margin,
  markedRows,
  marks,
  missing,
  overview,
  type Pane,
  type PolicyFile,
  pane,
  period,
  periods,
  person,
  policy,
  result,
  reveal,
  runDiagnostics,
  type SavedVersion,
  type Span,
  saved,
  sideTab,
  stale,
  untrusted,
  wanted,
  workspace,
} from './state.ts';

/** A policy with its data, to be opened whole. */
export interface Project {
  readonly policy: readonly Source[];
  readonly data: readonly DataFile[];
  readonly period: string;
  readonly person?: string;
  /** What saved versions belong to; `own` unless said. */
  readonly workspace?: string;
  readonly saved?: readonly SavedVersion[];
  /** How files that are missing are to be bound once they are dropped. */
  readonly wanted?: readonly Binding[];
  readonly about?: string;
  /** From a link: nothing is run until somebody asks for it. */
  readonly untrusted?: boolean;
}

let lastId = 1;

/** All that is open, to come back to. */
export function openNow(): Project {
  return {
    policy: policy.value.map(({ name, text }) => ({ name, text })),
    data: data.value,
    period: period.value,
    person: person.value,
    workspace: workspace.value,
    saved: saved.value,
    wanted: wanted.value,
    ...(about.value !== undefined && { about: about.value }),
    untrusted: untrusted.value,
  };
}

/** Opens a policy with its data in place of what is open. */
export function openProject(project: Project): void {
  batch(() => {
    policy.value = project.policy.map(withId);
    activeFile.value = policy.value[0]!.id;
    data.value = project.data;
    period.value = project.period;
    person.value = project.person ?? '';
    workspace.value = project.workspace ?? 'own';
    saved.value = project.saved ?? [];
    wanted.value = project.wanted ?? [];
    about.value = project.about;
    untrusted.value = project.untrusted ?? false;
    result.value = undefined;
    overview.value = undefined;
    periods.value = { groups: [] };
    findings.value = [];
    runDiagnostics.value = [];
    missing.value = [];
    stale.value = false;
    marks.value = [];
    margin.value = [];
    markedRows.value = [];
  });
}

function withId(source: Source): PolicyFile {
  lastId += 1;
  return { ...source, id: `file-${lastId}` };
}

/** Takes over a file's new text. */
export function editFile(id: string, text: string): void {
  if (policy.value.every((each) => each.id !== id || each.text === text)) return;
  policy.value = policy.value.map((each) => (each.id === id ? { ...each, text } : each));
}

/** Takes over files whose names and texts have changed, by their ids, in one step. */
export function editFiles(files: readonly PolicyFile[]): void {
  policy.value = policy.value.map((each) => files.find(({ id }) => id === each.id) ?? each);
}

/** Makes edits in the policy's files; those of one file don't overlap. */
export function applyEdits(edits: readonly Edit[]): void {
  editFiles(
    policy.value.map((file) => {
      const own = edits
        .filter((each) => each.span.source === file.name)
        .toSorted((a, b) => b.span.start - a.span.start);
      const text = own.reduce(
        (before, { span, text: put }) => before.slice(0, span.start) + put + before.slice(span.end),
        file.text,
      );
      return { ...file, text };
    }),
  );
}

/** Adds an empty policy file and shows it. */
export function addFile(source: Source): void {
  const file = withId(source);
  batch(() => {
    policy.value = [...policy.value, file];
    activeFile.value = file.id;
  });
}

/** Takes a file out of the policy; the last one stays. */
export function removeFile(id: string): void {
  if (policy.value.length === 1) return;
  batch(() => {
    policy.value = policy.value.filter((each) => each.id !== id);
    activeFile.value = activePolicyFile.value.id;
  });
}

/** Puts data in place of what there was of its kind. A file that the example told how to bind is bound so. */
export function setData(file: DataFile): void {
  const others = data.value.filter((each) => each.name !== file.name);
  const known = data.value.findIndex((each) => each.name === file.name);
  const bound = wanted.value.find((each) => each.name === file.name);
  const made = {
    ...(bound?.columns && { columns: bound.columns }),
    ...(bound?.constants && { constants: bound.constants }),
    ...file,
  };
  data.value = known < 0 ? [...others, made] : data.value.map((each, at) => (at === known ? made : each));
}

/** Takes the data of a kind away. */
export function removeData(name: string): void {
  data.value = data.value.filter((each) => each.name !== name);
}

/** Shows a place of the policy: its file, the place, and on narrow screens the editor. */
export function showInPolicy(span: Span): void {
  batch(() => {
    const file = policy.value.find((each) => each.name === span.source);
    if (file) activeFile.value = file.id;
    pane.value = 'policy';
    reveal.value = { ...span };
  });
}

/** Marks places of the policy, and shows the first of them. */
export function markInPolicy(spans: readonly Span[]): void {
  marks.value = spans;
  const [first] = spans;
  const file = policy.value.find((each) => each.name === first?.source);
  if (file) activeFile.value = file.id;
}

/** Shows a pane: on wide screens its tab. */
export function showPane(next: Pane): void {
  batch(() => {
    pane.value = next;
    if (next !== 'policy' && next !== 'problems' && next !== 'data') sideTab.value = next;
  });
}

/** Keeps the policy as it is under a name; it is what changes are compared with from now on. */
export function saveVersion(name: string): void {
  const files = policy.value.map(({ name: file, text }) => ({ name: file, text }));
  saved.value = [...saved.value, { name, at: Date.now(), policy: files }];
}

/** Puts a policy in place of the one that is open, over the same data. */
export function restorePolicy(files: readonly Source[]): void {
  batch(() => {
    const before = policy.value;
    policy.value = files.map((each, at) => ({ ...withId(each), ...(before[at] && { id: before[at].id }) }));
    activeFile.value = policy.value[0]!.id;
    marks.value = [];
    margin.value = [];
  });
}

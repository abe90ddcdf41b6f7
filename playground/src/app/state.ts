// The page's state: what is open, how it is shown, and what the workers found. Parts read these signals; what changes more
// than one of them is in actions.ts.

import { computed, signal } from '@preact/signals';
import type { Finding } from '../../../src/browser-editor.ts';
import type { Diagnostic, Result, Source } from '../../../src/browser-engine.ts';
import type { Binding } from '../share/examples.ts';
import type { Span } from '../share/span.ts';
import type { DataFile } from '../worker/held.ts';
import type { Overview } from '../worker/overview.ts';
import type { PeriodChoices } from '../worker/periods.ts';
import { type Form, formOf } from './file-names.ts';

export type { DataFile, Overview, Span };

/** A file of the policy. Its id stays when the form, and with it the name, changes. */
export interface PolicyFile extends Source {
  readonly id: string;
}

/** A version of the policy that was saved under a name, to go back to and to compare with. */
export interface SavedVersion {
  readonly name: string;
  /** When it was saved, as the milliseconds of `Date.now`. */
  readonly at: number;
  readonly policy: readonly Source[];
}

export type Locale = 'en' | 'ru';
export type Theme = 'light' | 'dark' | 'system';

/** The panes of the page; on narrow screens one is shown at a time. */
export const PANES = ['policy', 'problems', 'data', 'results', 'charts', 'tests', 'changes'] as const;
export type Pane = (typeof PANES)[number];

/** A mark in the editor's margin, at the line on which the span begins. */
export interface MarginMark {
  readonly span: Span;
  readonly kind: 'taken' | 'partly' | 'not-taken' | 'passed' | 'failed';
  readonly label: string;
}

// ---- what is open ---------------------------------------------------------------------------------------

/** The policy's files, in order; never empty. */
export const policy = signal<readonly PolicyFile[]>([{ id: 'file-1', name: 'policy.merit', text: '' }]);
/** The id of the file that the editor shows. */
export const activeFile = signal('file-1');
/** One for each kind of rows that there is data for. */
export const data = signal<readonly DataFile[]>([]);
/** How files that are missing are to be bound once they are dropped, where the example says so. */
export const wanted = signal<readonly Binding[]>([]);
/** `2026-01`, `2026-Q1`, `2026`, or a range; empty where none is chosen. */
export const period = signal('');
/** The id of the person whose statement is shown; empty: nobody's. */
export const person = signal('');
/** What is said of the example or link that is open, such as which data it wants. */
export const about = signal<string | undefined>(undefined);
/** Whether the policy came from a link and nobody has clicked Run yet: then it is checked, and nothing is run. */
export const untrusted = signal(false);
/** What is open, as saved versions belong to it: an example's folder, a link, or what somebody began. */
export const workspace = signal('own');
/** Versions of this policy that were saved, oldest first; the last one is what changes are compared with. */
export const saved = signal<readonly SavedVersion[]>([]);

// ---- what was found -------------------------------------------------------------------------------------

/** Errors, warnings and notes about the policy, with what can be done about each. */
export const findings = signal<readonly Finding[]>([]);
/** The policy in short as it last had no errors. */
export const overview = signal<Overview | undefined>(undefined);
/** Grows whenever a policy without errors has been checked. */
export const checkedAt = signal(0);
/** The last run's errors and warnings: about the data, or what only running finds. */
export const runDiagnostics = signal<readonly Diagnostic[]>([]);
/** Kinds of rows without which nothing can be run. */
export const missing = signal<readonly string[]>([]);
/** The last run that came to an end. */
export const result = signal<Result | undefined>(undefined);
/** Whether policy, data or period have changed since `result`. */
export const stale = signal(false);
/** What the workers are doing: the status bar says so, and it can be stopped. */
export const busy = signal<'nothing' | 'running' | 'stopped'>('nothing');
/** Whether nobody knows yet what is wrong with the policy as it is: checking it takes its time. */
export const unchecked = signal(true);
/** Milliseconds from the last change to its diagnostics, and to its results. */
export const speed = signal<{ readonly checked?: number; readonly ran?: number }>({});
/** Grows whenever the workers know more of what the policy's names come to. */
export const knownAt = signal(0);
/** The periods that the data covers. */
export const periods = signal<PeriodChoices>({ groups: [] });

// ---- how it is shown ------------------------------------------------------------------------------------

export const locale = signal<Locale>('en');
export const theme = signal<Theme>('system');
/** Whether changes are run as they are made. */
export const autoRun = signal(true);
/** The pane that narrow screens show. */
export const pane = signal<Pane>('policy');
/** The tab beside the policy on wide screens. */
export const sideTab = signal<Exclude<Pane, 'policy' | 'problems' | 'data'>>('results');

// ---- what belongs together across parts -----------------------------------------------------------------

/** Places in the policy that are marked, such as those that a figure came from. */
export const marks = signal<readonly Span[]>([]);
/** Marks in the editor's margin, such as what tests take. */
export const margin = signal<readonly MarginMark[]>([]);
/** Where the cursor is in the policy: `source` is the file's name, `start` and `end` the selected text. */
export const cursor = signal<Span | undefined>(undefined);
/** Where the editor should go; each request is a new object. */
export const reveal = signal<Span | undefined>(undefined);
/** Rows of the data that are marked: a kind of rows, and numbers as spreadsheets show them (the heading is 1). */
export const markedRows = signal<readonly { readonly name: string; readonly rows: readonly number[] }[]>([]);

// ---- what follows from it -------------------------------------------------------------------------------

/** The file that the editor shows. */
export const activePolicyFile = computed(
  () => policy.value.find((each) => each.id === activeFile.value) ?? policy.value[0]!,
);
/** The form of the policy: that of its first file. */
export const form = computed<Form>(() => formOf(policy.value[0]!.name));
/** The version that changes are compared with. */
export const lastSaved = computed(() => saved.value.at(-1));
/** Errors, warnings and notes about the policy. */
export const diagnostics = computed(() => findings.value.map((each) => each.diagnostic));
/** All that was found, the policy's first. */
export const allDiagnostics = computed(() => [...diagnostics.value, ...runDiagnostics.value]);

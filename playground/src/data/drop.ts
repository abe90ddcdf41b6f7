// Files that were dropped or chosen: read, refused with a reason, taken where it is plain what they hold, and asked about
// where it isn't.

import { signal } from '@preact/signals';
import type { Dialect } from '../../../src/browser-data.ts';
import type { Source } from '../../../src/browser-engine.ts';
import { showPane } from '../app/actions.ts';
import { tell } from '../app/notice-state.ts';
import { data, overview, period, wanted } from '../app/state.ts';
import { openInstead } from '../share/restore.ts';
import { ask } from '../worker/client.ts';
import type { ReadConfig } from '../worker/handle-data.ts';
import type { DataFile } from '../worker/held.ts';
import { putFile, showSource } from './data-state.ts';
import {
  freeName,
  kindOf,
  MOST_DATA_BYTES,
  MOST_FILE_BYTES,
  plainName,
  type Refusal,
  refusedBySize,
  textOfFile,
} from './files.ts';
import { type Guess, guessDialect, guessSource } from './guess.ts';
import { readRows } from './tables.ts';
import { say, sizeText } from './words.ts';

/** A file that is asked about: what it holds, and which column is which. */
export interface AskedFile {
  readonly file: string;
  readonly text: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly guess: Guess;
  readonly dialect: Dialect;
  /** Data that is open already, whose reading is changed: its kind stays. */
  readonly open?: DataFile;
}

/** A policy that was dropped, which takes the place of what is open once that is confirmed. */
export interface AskedPolicy {
  readonly policy: readonly Source[];
  readonly data: readonly DataFile[];
  readonly period: string;
}

/** Files that are asked about, one after the other. */
export const asked = signal<readonly AskedFile[]>([]);
export const askedPolicy = signal<AskedPolicy | undefined>(undefined);

/** Whether files are being dragged over the page. */
export const dragging = signal(false);

/**
 * Takes files that are dropped anywhere on the page: a browser would else leave it for the file. The editor, which would
 * write a file's name into the policy, isn't asked.
 */
export function followDrops(): void {
  const isFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    dragging.value = true;
  };
  addEventListener('dragover', over, true);
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) dragging.value = false;
  });
  const drop = (event: DragEvent) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    dragging.value = false;
    showPane('data');
    void takeFiles([...(event.dataTransfer?.files ?? [])]);
  };
  addEventListener('drop', drop, true);
}

interface Text {
  readonly name: string;
  readonly text: string;
}

/** Takes files as they were dropped. */
export async function takeFiles(files: readonly File[]): Promise<void> {
  const refusals: string[] = [];
  const read: Text[] = [];
  let bytes = data.value.reduce((sum, each) => sum + each.text.length, 0);
  for (const file of files) {
    const refusal = refusedBySize(file.size, bytes);
    const found = refusal
      ? ({ kind: 'refused', refusal } as const)
      : kindOf(file.name) === 'other'
        ? undefined
        : textOfFile(file.name, new Uint8Array(await file.arrayBuffer()));
    if (!found) refusals.push(say('otherKind', { file: file.name }));
    else if (found.kind === 'refused') refusals.push(refusalText(file.name, found.refusal));
    else {
      bytes += file.size;
      read.push({ name: plainName(file.name), text: found.text });
    }
  }
  const config = await configOf(read, refusals);
  const policies = read.filter(({ name }) => kindOf(name) === 'policy');
  const rows = read.filter(({ name }) => kindOf(name) === 'rows');
  if (policies.length > 0) {
    askedPolicy.value = {
      policy: inOrder(policies, config),
      data: rows.flatMap((each) => boundBy(each, config?.sources ?? []) ?? []),
      period: config?.period ?? '',
    };
  } else if (config?.period !== undefined) period.value = config.period;
  // with a policy, what its configuration doesn't name is guessed once the policy is open
  later.value = policies.length > 0 ? { rows, config } : undefined;
  const taken = policies.length > 0 ? [] : takeRows(rows, config, refusals);
  if (refusals.length > 0) {
    const text = refusals.join(' ');
    tell('bad', () => text);
  } else if (taken.length > 0) tell('good', () => say('took', { files: taken.join(', ') }));
}

const later = signal<{ readonly rows: readonly Text[]; readonly config: ReadConfig | undefined } | undefined>(
  undefined,
);

/** Opens the policy that was dropped; its other files are looked at once it has been checked. */
export function openAskedPolicy(): void {
  const project = askedPolicy.value;
  const rest = later.value;
  askedPolicy.value = undefined;
  if (!project) return;
  openInstead({ ...project, workspace: `file:${project.policy[0]?.name ?? ''}` });
  const left = rest?.rows.filter((each) => !boundBy(each, rest.config?.sources ?? [])) ?? [];
  if (left.length === 0) return;
  const unsubscribe = overview.subscribe((found) => {
    if (!found) return;
    queueMicrotask(() => {
      unsubscribe();
      takeRows(left, undefined, []);
    });
  });
}

/** Takes a file that was asked about, or leaves it out. */
export function settle(file: DataFile | undefined): void {
  asked.value = asked.value.slice(1);
  if (file) take(file);
}

/** Asks how data that is open is to be read. */
export function askAbout(open: DataFile, guess: Guess): void {
  const { file, text, dialect = {} } = open;
  const { value } = readRows(file, text, dialect);
  asked.value = [
    ...asked.value,
    { file, text, header: value.header, rows: value.rows, guess, dialect, open },
  ];
}

/** Takes what is plain, and lines up what isn't; gives the names of what was taken. */
function takeRows(
  rows: readonly Text[],
  config: ReadConfig | undefined,
  refusals: string[],
): readonly string[] {
  const taken: string[] = [];
  for (const each of rows) {
    const bound = boundBy(each, [...(config?.sources ?? []), ...wanted.value]);
    if (bound) {
      take(bound);
      taken.push(bound.file);
      continue;
    }
    const found = lookAt(each);
    if (typeof found === 'string') refusals.push(say('cannotRead', { file: each.name, message: found }));
    else if (found.guess.sure && found.guess.name !== undefined) {
      take({
        ...each,
        file: each.name,
        name: found.guess.name,
        columns: found.guess.columns,
        dialect: found.dialect,
      });
      taken.push(each.name);
    } else asked.value = [...asked.value, found];
  }
  return taken;
}

/** A file's rows and what they may be; or why it can't be read. */
function lookAt({ name: file, text }: Text): AskedFile | string {
  const { value, diagnostics } = readRows(file, text, {});
  const [problem] = diagnostics;
  if (problem) return problem.message;
  const needs = overview.value?.sources ?? [];
  const guess = guessSource({ file, header: value.header }, needs);
  const fields = needs.find((each) => each.name === guess.name)?.fields ?? [];
  const dialect = guessDialect(value.rows, { header: value.header, columns: guess.columns, fields });
  return { file, text, header: value.header, rows: value.rows, guess, dialect };
}

/** A file as a configuration binds it, which knows it by its name. */
function boundBy({ name, text }: Text, sources: readonly Omit<DataFile, 'text'>[]): DataFile | undefined {
  const bare = bareName(name);
  const bound = sources.find((each) => bareName(each.file) === bare);
  return bound && { ...bound, file: bare, text };
}

function take({ file, ...rest }: DataFile): void {
  const others = data.value.filter((each) => each.name !== rest.name).map((each) => each.file);
  putFile({ ...rest, file: freeName(file, others) });
  showSource(rest.name);
  showPane('data');
}

async function configOf(read: readonly Text[], refusals: string[]): Promise<ReadConfig | undefined> {
  const source = read.find(({ name }) => kindOf(name) === 'config');
  if (!source) return undefined;
  const config = await ask('data.config', source);
  const wrong = config.diagnostics.find(({ severity }) => severity === 'error');
  if (wrong) refusals.push(say('cannotRead', { file: source.name, message: wrong.message }));
  return config;
}

/** The file that the configuration names first, else one called `policy`. */
function inOrder(policies: readonly Text[], config: ReadConfig | undefined): readonly Source[] {
  const first = bareName(config?.policy ?? '');
  const weight = ({ name }: Text): number => (bareName(name) === first ? 0 : /^policy\b/i.test(name) ? 1 : 2);
  return policies.toSorted((a, b) => weight(a) - weight(b));
}

function bareName(path: string): string {
  return path.replace(/^.*[\\/]/, '').normalize('NFC');
}

function refusalText(file: string, refusal: Refusal): string {
  switch (refusal.why) {
    case 'tooLarge':
      return say('tooLarge', { file, size: sizeText(refusal.bytes), most: sizeText(MOST_FILE_BYTES) });
    case 'tooMuch':
      return say('tooMuch', { file, size: sizeText(refusal.bytes), most: sizeText(MOST_DATA_BYTES) });
    case 'empty':
      return say('emptyFile', { file });
    default:
      return say(refusal.why, { file });
  }
}

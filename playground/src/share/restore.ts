// What is open when the page opens: what a link holds, else what was open last, else the first example. From then on the
// browser keeps what is open.

import { effect } from '@preact/signals';
import { openNow, openProject, type Project } from '../app/actions.ts';
import { tell, told } from '../app/notice-state.ts';
import {
  about,
  autoRun,
  data,
  locale,
  period,
  person,
  policy,
  saved,
  theme,
  untrusted,
  workspace,
} from '../app/state.ts';
import { say } from '../app/words.ts';
import { readBundled } from './bundled.ts';
import { EXAMPLES, type Example, loadExample } from './examples.ts';
import { isLink, LONGEST_SHARED, readLink, writeLink } from './link.ts';
import type { Snapshot } from './snapshot.ts';
import {
  keepFragment,
  keepLook,
  keepSession,
  keepVersions,
  keepWorkspace,
  keptFragment,
  keptLook,
  keptSession,
  keptVersions,
  keptWorkspace,
} from './storage.ts';

const PAUSE = 600;

/** What was opened last, as it was then. */
let opened: { readonly policy: unknown; readonly data: unknown } | undefined;

/** Opens what is to be open, and starts keeping it. */
export async function restore(): Promise<void> {
  const look = keptLook();
  locale.value = look.locale ?? (navigator.language.toLowerCase().startsWith('ru') ? 'ru' : 'en');
  theme.value = look.theme ?? 'system';
  autoRun.value = look.autoRun ?? true;
  if (!(await openLink())) await openKept();
  addEventListener('hashchange', () => void openLink());
  effect(() => void keepLook({ locale: locale.value, theme: theme.value, autoRun: autoRun.value }));
  keepWhatIsOpen();
}

/** The state of the page as it can be written down. */
export function snapshot(): Snapshot {
  return {
    policy: policy.value.map(({ name, text }) => ({ name, text })),
    data: data.value,
    period: period.value,
    person: person.value,
  };
}

/** Opens an example; false, and a sentence, where its files can't be loaded. */
export async function openExample(example: Example): Promise<boolean> {
  try {
    const opened = await loadExample(example, readBundled);
    openInstead({
      ...opened,
      period: example.period,
      workspace: example.folder,
      ...(example.withoutData && { wanted: example.data, about: example.folder }),
    });
    return true;
  } catch {
    tell('bad', () => say('example.notLoaded'));
    return false;
  }
}

/** Opens a project in place of what is open, to which there is a way back if anything was changed in it. */
export function openInstead(project: Project): void {
  const before = openNow();
  // what was said of the page before; a way back stays
  if (told.value?.kind === 'note' && !told.value.action) told.value = undefined;
  const isChanged = opened !== undefined && (opened.policy !== policy.value || opened.data !== data.value);
  const { workspace: name = 'own', saved: versions = keptVersions(name) } = project;
  openProject({ ...project, workspace: name, saved: versions });
  opened = { policy: policy.value, data: data.value };
  if (isChanged) offerBack(before);
}

function offerBack(before: Project): void {
  const run = () => openInstead(before);
  tell('note', () => say('opened.instead'), { label: () => say('opened.back'), run });
}

/** Opens the address's fragment where it is a link of this page and not what this browser has written there itself. */
async function openLink(): Promise<boolean> {
  const fragment = location.hash.slice(1);
  if (!isLink(fragment) || fragment === keptFragment()) return false;
  const read = await readLink(fragment);
  if (read.kind === 'fault') {
    tell('bad', () => say(`link.${read.fault}`));
    return false;
  }
  const { data: rows, ...rest } = read.state;
  const workspace = fragment.slice(0, fragment.lastIndexOf('.'));
  const kept = opened === undefined ? keptProject() : undefined;
  openInstead({ ...rest, data: rows ?? [], workspace, untrusted: true });
  if (kept) offerBack(kept);
  if (rows === undefined) about.value = 'link without data';
  return true;
}

async function openKept(): Promise<void> {
  const kept = keptProject();
  if (kept) openInstead(kept);
  else if ((await openExample(EXAMPLES[0]!)) && !told.value) tell('note', () => say('app.welcome'));
}

function keptProject(): Project | undefined {
  const kept = keptSession();
  if (!kept) return undefined;
  const workspace = keptWorkspace();
  const rows = kept.data;
  const lost = rows === undefined && { about: 'session without data' };
  return { ...kept, data: rows ?? [], workspace, ...lost };
}

function keepWhatIsOpen(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    keepSession({ ...snapshot(), ...(untrusted.value && { untrusted: true }) });
    // what the address says is kept from here on, newer: a reload opens that, not the link as it was sent
    keepFragment(location.hash.slice(1));
    if (!untrusted.value) void writeAddress();
  };
  effect(() => {
    snapshot();
    untrusted.value;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  effect(() => {
    keepWorkspace(workspace.value);
    keepVersions(workspace.value, saved.value);
  });
  addEventListener('pagehide', () => timer !== undefined && keep());
}

/** Puts the state into the address, so that it can be copied from there; a reload knows that it is our own. */
async function writeAddress(): Promise<void> {
  const state = snapshot();
  const { fragment } = await writeLink(state);
  if (
    state.policy.length === policy.value.length &&
    fragment.length <= LONGEST_SHARED &&
    keepFragment(fragment)
  )
    history.replaceState(null, '', `#${fragment}`);
}

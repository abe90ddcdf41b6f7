// What the browser keeps of the page: the last session, saved versions, and how the page looks. A browser that keeps
// nothing, or has no room, is no error: the page works as if opened for the first time.

import type { Locale, SavedVersion, Theme } from '../app/state.ts';
import { isRecord, listOf, readPolicyFile, readSnapshot, type Snapshot } from './snapshot.ts';

const KEYS = {
  session: 'merit.session',
  versions: 'merit.versions',
  look: 'merit.look',
  workspace: 'merit.workspace',
  address: 'merit.address',
} as const;

const MOST_WORKSPACES = 12;
const MOST_VERSIONS = 50;

/** How the page looks. */
export interface Look {
  readonly locale: Locale;
  readonly theme: Theme;
  readonly autoRun: boolean;
}

/** What was open last, or nothing. */
export function keptSession(): Snapshot | undefined {
  return readSnapshot(read(KEYS.session));
}

/** Keeps what is open; without the data where there is no room for it. False where nothing could be kept. */
export function keepSession(state: Snapshot): boolean {
  const { data: _, ...rest } = state;
  return write(KEYS.session, state) || write(KEYS.session, rest);
}

/** The versions that were saved in a workspace. */
export function keptVersions(workspace: string): readonly SavedVersion[] {
  return allVersions().get(workspace) ?? [];
}

/**
 * Keeps the saved versions of a workspace; its oldest go where there is no room for all. False where none could be kept.
 * Of other workspaces those that were used last stay.
 */
export function keepVersions(workspace: string, versions: readonly SavedVersion[]): boolean {
  const others = [...allVersions()].filter(([name]) => name !== workspace).slice(1 - MOST_WORKSPACES);
  const last = versions.slice(-MOST_VERSIONS);
  for (let from = 0; from <= last.length; from++) {
    const own = last.slice(from);
    const all = own.length === 0 ? others : [...others, [workspace, own] as const];
    if (write(KEYS.versions, Object.fromEntries(all))) return own.length > 0 || versions.length === 0;
  }
  return false;
}

/** In the order in which they were used, the last one last. */
function allVersions(): ReadonlyMap<string, readonly SavedVersion[]> {
  const kept = read(KEYS.versions);
  if (!isRecord(kept)) return new Map();
  return new Map(
    Object.entries(kept).flatMap(([name, list]) => {
      const versions = listOf(list, readVersion);
      return versions ? [[name, versions] as const] : [];
    }),
  );
}

/** The workspace of what was open last. */
export function keptWorkspace(): string {
  const value = read(KEYS.workspace);
  return typeof value === 'string' ? value : 'own';
}

/** Keeps which workspace is open. */
export function keepWorkspace(name: string): boolean {
  return write(KEYS.workspace, name);
}

/** How the page looked last; what isn't known of it is absent. */
export function keptLook(): Partial<Look> {
  const value = read(KEYS.look);
  if (!isRecord(value)) return {};
  const { locale, theme, autoRun } = value;
  return {
    ...((locale === 'en' || locale === 'ru') && { locale }),
    ...((theme === 'light' || theme === 'dark' || theme === 'system') && { theme }),
    ...(typeof autoRun === 'boolean' && { autoRun }),
  };
}

/** Keeps how the page looks. */
export function keepLook(look: Look): boolean {
  return write(KEYS.look, look);
}

/** The state that this browser has written into the address last. */
export function keptFragment(): string | undefined {
  const value = read(KEYS.address);
  return typeof value === 'string' ? value : undefined;
}

/** Remembers what is written into the address, so that a reload isn't taken for somebody's link. */
export function keepFragment(fragment: string): boolean {
  return write(KEYS.address, fragment);
}

function readVersion(value: unknown): SavedVersion | undefined {
  if (!isRecord(value)) return undefined;
  const { name, at, policy } = value;
  const files = listOf(policy, readPolicyFile);
  if (typeof name !== 'string' || typeof at !== 'number' || !files || files.length === 0) return undefined;
  return { name: name.slice(0, 200), at, policy: files };
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

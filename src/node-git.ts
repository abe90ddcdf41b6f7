// The door's part of git: the policy of a folder as some revision has it. Git is asked by name and number, never through
// a shell; its files are written into a folder of their own, read from there as any project is, and removed again.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, normalize, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Checked, Diagnostic } from './base/diagnostic.ts';

/** What a revision is asked for. */
export interface RevisionPath {
  /** `HEAD~1`, `main`, `v1.2`, a commit. */
  readonly revision: string;
  /** A policy file or folder, as it lies on disk; it needn't be there any more. */
  readonly path: string;
}

/** Most policy files of a revision's folder, and most bytes of one. */
const MOST_FILES = 1_000;
const MOST_BYTES = 16 * 1024 * 1024;
const KEPT = /(\.merit(\.ya?ml)?|^merit\.config\.yaml)$/i;

/**
 * What `load` reads of a path, as the revision has it: names of files are `REVISION:./path/in/the/repository`. Errors
 * (M2061): no repository, no such revision, nothing at the path.
 */
export async function atRevision<T>(
  { revision, path }: RevisionPath,
  load: (path: string) => Promise<Checked<T>>,
): Promise<Checked<T | undefined>> {
  const at = resolve(path);
  const near = await nearestFolder(at);
  const root = (await git(near, ['rev-parse', '--show-toplevel']))?.toString().replace(/\r?\n$/, '');
  if (root === undefined || root === '') return failed(`\`${path}\` doesn't lie in a git repository`);
  if (!isRevision(revision)) return failed(`\`${revision}\` isn't the name of a revision`);
  const commit = (
    await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  )
    ?.toString()
    .trim();
  if (!commit) return failed(`git knows no revision \`${revision}\``);
  const prefix = (await git(near, ['rev-parse', '--show-prefix']))!.toString().replace(/\r?\n$/, '');
  const inside = normalize(join(prefix, relative(near, at)))
    .split(sep)
    .join('/')
    .replace(/\/$/, '');
  const wanted = inside === '.' ? '' : inside;
  const isFile = KEPT.test(basename(wanted));
  const folder = isFile ? parent(wanted) : wanted;
  const entries = await entriesOf(root, commit, folder);
  if (entries.length === 0 || (isFile && !entries.some((each) => each.path === wanted)))
    return failed(`there is no policy at \`${path}\` in \`${revision}\``);
  if (entries.length > MOST_FILES)
    return failed(`\`${path}\` has more than ${MOST_FILES} policy files in \`${revision}\``);
  const copy = await mkdtemp(join(tmpdir(), 'merit-revision-'));
  try {
    for (const entry of entries) {
      const target = join(copy, relative(folder === '' ? '.' : folder, entry.path));
      if (!target.startsWith(copy + sep)) continue;
      const bytes = await git(root, ['cat-file', 'blob', entry.object]);
      if (!bytes) return failed(`\`${entry.path}\` of \`${revision}\` can't be read`);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, bytes);
    }
    const loaded = await load(isFile ? join(copy, basename(wanted)) : copy);
    const label = `${revision}:./${folder === '' ? '' : `${folder}/`}`;
    return calledAs(loaded, copy, label) as Checked<T>;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Whether git knows the revision in the repository of that folder. */
export async function knowsRevision(folder: string, revision: string): Promise<boolean> {
  if (!isRevision(revision)) return false;
  const near = await nearestFolder(resolve(folder));
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  return (await git(near, args)) !== undefined;
}

/** One name: nothing that git could take for an option, a range or a path. */
function isRevision(text: string): boolean {
  return /^[^-\s:?*[\\\p{Cc}][^\s:?*[\\\p{Cc}]*$/u.test(text) && !text.includes('..');
}

async function nearestFolder(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found?.isDirectory() || dirname(at) === at) return at;
  }
}

function parent(path: string): string {
  const at = path.lastIndexOf('/');
  return at < 0 ? '' : path.slice(0, at);
}

interface Entry {
  readonly path: string;
  readonly object: string;
}

/** The policy files under a folder; links and submodules aren't followed. */
async function entriesOf(root: string, commit: string, folder: string): Promise<readonly Entry[]> {
  const place = folder === '' ? [] : [`${folder}/`];
  const listed = await git(root, ['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...place]);
  return (listed?.toString() ?? '').split('\0').flatMap((line): readonly Entry[] => {
    const [, mode, object, path] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode === undefined || !mode.startsWith('100') || !KEPT.test(basename(path!))) return [];
    return [{ path: path!, object: object! }];
  });
}

const run = promisify(execFile);

/** What git prints; nothing where it fails. */
async function git(cwd: string, args: readonly string[]): Promise<Buffer | undefined> {
  const env = {
    ...process.env,
    GIT_LITERAL_PATHSPECS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  };
  try {
    const { stdout } = await run('git', args, { cwd, env, encoding: 'buffer', maxBuffer: MOST_BYTES });
    return stdout;
  } catch {
    return undefined;
  }
}

/** The same data with the names of files as the repository has them. */
function calledAs(value: unknown, copy: string, label: string): unknown {
  if (typeof value === 'string') return value.replaceAll(copy + sep, label).replaceAll(copy, label);
  if (Array.isArray(value)) return value.map((each) => calledAs(each, copy, label));
  if (value instanceof Map)
    return new Map([...value].map(([key, each]) => [key, calledAs(each, copy, label)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, calledAs(each, copy, label)]));
}

function failed(message: string): Checked<undefined> {
  const diagnostic: Diagnostic = { code: 'M2061', severity: 'error', message };
  return { value: undefined, diagnostics: [diagnostic] };
}

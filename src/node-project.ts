// Projects on disk: a policy file or a folder of them, with `merit.config.yaml` beside, which says where the data lies. What
// that file names stays inside the folder, whatever symlinks there are, while paths that the caller gives are taken at
// their word.

import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { type Checked, type Diagnostic, hasErrors } from './base/diagnostic.ts';
import type { Source } from './base/source.ts';
import { holdSeldom } from './check/needed.ts';
import * as seldom from './check/seldom.ts';
import { holdSeldomPaid } from './evaluate/needed.ts';
import * as seldomPaid from './evaluate/seldom.ts';
import type { RevisionPath } from './node-git.ts';
import { withImports } from './node-imports.ts';
import { failed, fault, good, notAFile, reason } from './node-messages.ts';
import type { PathRef, RunConfig } from './syntax/parse-config.ts';

// files on disk need nothing to be small
holdSeldom(seldom);
holdSeldomPaid(seldomPaid);

/** The file beside a policy that says where its data lies. */
export const CONFIG_FILE = 'merit.config.yaml';

/** The ledger of a project, where neither the command nor the configuration names another. */
export const LEDGER_FILE = 'merit.ledger.duckdb';

/** Texts that win over the disk's, by path: what an editor has open. A folder may hold files that are only there. */
export interface OpenTexts {
  textOf(path: string): string | undefined;
  /** The names of open files of the folder. */
  namesIn(folder: string): readonly string[];
  /** The source of a file; the same one as before where its text is the same. */
  sourceOf(path: string, text: string): Source;
}

const NONE_OPEN: OpenTexts = {
  textOf: () => undefined,
  namesIn: () => [],
  sourceOf: (name, text) => ({ name, text }),
};

/** What a project's folder holds. */
export interface Project {
  /** Where the paths of the configuration start from. */
  readonly folder: string;
  /** Empty where any of the policy's files couldn't be read. */
  readonly policy: readonly Source[];
  /** All policy files that could be read, in which the messages about the others have their places. */
  readonly read: readonly Source[];
  readonly config?: { readonly source: Source; readonly value: RunConfig };
}

/**
 * Reads a policy file, or a folder's policy: the file that its configuration names, else all policy files in it. The
 * configuration is the one beside the policy.
 */
export async function loadProject(
  path: string,
  open: OpenTexts = NONE_OPEN,
): Promise<Checked<Project | undefined>> {
  const found = await stat(path).catch(() => undefined);
  const isFile = open.textOf(path) !== undefined || (found && !found.isDirectory());
  if (!found && !isFile && open.namesIn(path).length === 0)
    return failed(fault('M2050', `there is no policy at \`${path}\``, { data: { file: path } }));
  const folder = isFile ? dirname(path) : path;
  const config = await loadConfig(folder, open);
  const files = isFile ? good([path]) : await policyFiles(folder, config.value?.value.policy, open);
  const diagnostics = [...config.diagnostics, ...files.diagnostics];
  const policy: Source[] = [];
  for (const file of files.value) {
    const source = await readSource(file, open);
    diagnostics.push(...source.diagnostics);
    if (source.value) policy.push(source.value);
  }
  const gathered = await withImports(policy, {
    inside: (file, span) => fileInside(folder, relative(folder, file), { span, help: OTHER_IMPORT, open }),
    read: (file) => readSource(file, open),
  });
  diagnostics.push(...gathered.diagnostics);
  const whole =
    policy.length === files.value.length && !hasErrors(gathered.diagnostics) ? gathered.value : [];
  const value = {
    folder,
    policy: whole,
    read: gathered.value,
    ...(config.value && { config: config.value }),
  };
  return { value, diagnostics };
}

/**
 * The project at a path as a revision of its git repository has it; its folder is the one on disk, where the data lies.
 * Files are called `REVISION:./path`.
 */
export async function loadRevision(at: RevisionPath): Promise<Checked<Project | undefined>> {
  const { atRevision } = await import('./node-git.ts'); // starting other programs is little used, and slow to load
  const { value, diagnostics } = await atRevision(at, (path) => loadProject(path));
  const found = await stat(at.path).catch(() => undefined);
  const folder = found?.isFile() || (!found && POLICY_FILE.test(at.path)) ? dirname(at.path) : at.path;
  return { value: value && { ...value, folder }, diagnostics };
}

async function policyFiles(
  folder: string,
  named: PathRef | undefined,
  open: OpenTexts,
): Promise<Checked<readonly string[]>> {
  if (named) {
    const file = await fileInside(folder, named.path, { span: named.span, help: OTHER_POLICY, open });
    return {
      value: file.value === undefined ? [] : [join(folder, named.path)],
      diagnostics: file.diagnostics,
    };
  }
  const opened = open.namesIn(folder);
  const onDisk = await readdir(folder).catch((fault) => (opened.length > 0 ? [] : Promise.reject(fault)));
  const names = [...new Set([...onDisk, ...opened])].filter((name) => POLICY_FILE.test(name)).sort();
  if (names.length === 0) {
    const help = 'policy files end in `.merit` or `.merit.yaml`';
    const none = fault('M2051', `there is no policy file in \`${folder}\``, { data: { file: folder }, help });
    return { value: [], diagnostics: [none] };
  }
  const twice = twoForms(folder, names);
  if (twice) return { value: [], diagnostics: [twice] };
  const diagnostics: Diagnostic[] = [];
  for (const name of names) {
    const place = { data: { file: join(folder, name) }, help: OTHER_POLICY, open };
    diagnostics.push(...(await fileInside(folder, name, place)).diagnostics);
  }
  return { value: diagnostics.length > 0 ? [] : names.map((name) => join(folder, name)), diagnostics };
}

const POLICY_FILE = /\.merit(\.ya?ml)?$/i;
const OTHER_IMPORT = 'files of one policy lie in its folder';
const OTHER_POLICY = 'name the file itself in place of the folder';

/** Two files of one name, `policy.merit` and `policy.merit.yaml`, are one policy in two forms, not halves of one. */
function twoForms(folder: string, names: readonly string[]): Diagnostic | undefined {
  const stem = (name: string) => name.replace(POLICY_FILE, '').normalize('NFC').toLowerCase();
  const second = names.find((name, index) => names.findIndex((each) => stem(each) === stem(name)) < index);
  if (second === undefined) return undefined;
  const first = names.find((name) => stem(name) === stem(second)) as string;
  const help = `name one: \`${join(folder, first)}\` in place of the folder, or \`policy: ${first}\` in \`${CONFIG_FILE}\``;
  const message = `\`${folder}\` holds both \`${first}\` and \`${second}\`, which look like one policy in two forms`;
  return fault('M2058', message, { data: { file: folder }, help });
}

async function loadConfig(folder: string, open: OpenTexts): Promise<Checked<Project['config']>> {
  const path = join(folder, CONFIG_FILE);
  const isThere = open.textOf(path) !== undefined || (await lstat(path).catch(() => undefined));
  if (!isThere) return { value: undefined, diagnostics: [] };
  const help = 'put the file itself there';
  const inside = await fileInside(folder, CONFIG_FILE, { data: { file: path }, help, open });
  if (inside.value === undefined) return { value: undefined, diagnostics: inside.diagnostics };
  const source = await readSource(path, open);
  if (!source.value) return { value: undefined, diagnostics: source.diagnostics };
  const { parseConfig } = await import('./syntax/parse-config.ts');
  const { value, diagnostics } = parseConfig(source.value);
  return { value: { source: source.value, value }, diagnostics };
}

/** A file of text; a byte order mark is dropped. */
async function readSource(file: string, open: OpenTexts): Promise<Checked<Source | undefined>> {
  try {
    const text = open.textOf(file) ?? new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
    return { value: open.sourceOf(file, text), diagnostics: [] };
  } catch (cause) {
    const why =
      cause instanceof TypeError
        ? `\`${file}\` isn't UTF-8 text`
        : `\`${file}\` can't be read: ${reason(cause)}`;
    return failed(fault('M2052', why, { data: { file } }));
  }
}

/** The real path of a file of the folder, in which it must lie wherever links lead; `place` says who named it. */
export async function fileInside(
  folder: string,
  file: string,
  { open = NONE_OPEN, ...place }: Pick<Diagnostic, 'span' | 'data' | 'help'> & { readonly open?: OpenTexts },
): Promise<Checked<string | undefined>> {
  const path = join(folder, file);
  const outside = failed(fault('M2055', `\`${file}\` leads out of \`${folder}\``, place));
  // Whether there is such a file outside is nothing to tell.
  if (!isInside(folder, path)) return outside;
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined && open.textOf(path) === undefined) return failed(notAFile(path, false, place.span));
  if (real === undefined)
    return isInside(await realPlace(folder), await realPlace(path)) ? good(path) : outside;
  if (!isInside(await realpath(folder), real)) return outside;
  return (await stat(real)).isFile() ? good(real) : failed(notAFile(path, true, place.span));
}

/** Where a file of the configuration lies that is written, and may not be there yet. Errors: outside the folder. */
export async function placeInside(
  folder: string,
  { path: file, span }: PathRef,
): Promise<Checked<string | undefined>> {
  const path = join(folder, file);
  return isInside(await realPlace(folder), await realPlace(path))
    ? good(path)
    : failed(
        fault('M2055', `\`${file}\` leads out of \`${folder}\``, { span, help: 'put it into the folder' }),
      );
}

/** Where a path leads of which the end may not be on disk yet. */
async function realPlace(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real !== undefined || dirname(path) === path) return real ?? path;
  return join(await realPlace(dirname(path)), basename(path));
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

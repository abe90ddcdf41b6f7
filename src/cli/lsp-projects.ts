// Which project a document belongs to, and that project as it stands now: the files of its folder and all that they import,
// with what is open in place of what is saved.

import { dirname, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Source } from '../base/source.ts';
import {
  CONFIG_FILE,
  type EditorProject,
  loadProject,
  needForms,
  openProject,
  type Project,
  versionsAmong,
} from '../node-editor.ts';
import type { Documents } from './lsp-documents.ts';

/** A project as the editor sees it. */
export interface Workplace {
  /** The folder, or the one file, that it was read from; an address where it isn't on disk. */
  readonly path: string;
  /** Absent where it isn't on disk. */
  readonly onDisk?: Project;
  /** Each version of the policy by itself, with all that it imports; a file may stand in several. */
  readonly versions: readonly EditorProject[];
  readonly sources: readonly Source[];
  /** What reading the folder has to say. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The projects of a session. */
export interface Projects {
  /** Something has changed: a document, a file, a folder. */
  changed(): void;
  /** How often something has changed: an answer that was worked out at another count is stale. */
  count(): number;
  /** The project of a document as it is now; nothing where there is no such file. */
  of(name: string): Promise<Workplace | undefined>;
  setRoots(roots: readonly string[]): void;
}

/** Of how many projects what was read is kept for the next time. */
const MOST_KEPT = 32;

/** How far up from a file a project is looked for. */
const MOST_FOLDERS = 16;

/** The projects of the folders that the editor works in. */
export function createProjects(documents: Documents): Projects {
  let count = 0;
  let roots: readonly string[] = [];
  const latest = new Map<string, Workplace>();
  let loads = new Map<string, Promise<Workplace | undefined>>();
  let homes = new Map<string, Promise<Workplace | undefined>>();
  const once = <T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> => {
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
  const load = (path: string) =>
    once(loads, path, async () => {
      const made = await readWorkplace(path, { documents, before: latest.get(path) });
      latest.delete(path);
      if (made) latest.set(path, made);
      if (latest.size > MOST_KEPT) latest.delete([...latest.keys()][0]!);
      return made;
    });
  const find = async (name: string): Promise<Workplace | undefined> => {
    const own = await load(dirname(name));
    if (name.endsWith(`${sep}${CONFIG_FILE}`)) return own;
    if (own?.onDisk?.config && holds(own, name)) return own;
    for (const folder of foldersAbove(name, roots)) {
      const above = await load(folder);
      if (above && holds(above, name)) return above;
    }
    return own && holds(own, name) ? own : load(name);
  };
  return {
    changed() {
      count++;
      loads = new Map();
      homes = new Map();
    },
    count: () => count,
    of: (name) => once(homes, name, () => (isPath(name) ? find(name) : unsaved(name, { documents, latest }))),
    setRoots(given) {
      roots = given.map((each) => resolve(each));
    },
  };
}

function isPath(name: string): boolean {
  return resolve(name) === name;
}

function holds({ sources }: Workplace, name: string): boolean {
  return sources.some((each) => each.name === name);
}

/** The folders around that of a file, the nearest first, up to the one that the editor works in. */
function foldersAbove(name: string, roots: readonly string[]): readonly string[] {
  const folders: string[] = [];
  for (let at = dirname(dirname(name)); folders.length < MOST_FOLDERS; at = dirname(at)) {
    if (!roots.some((root) => isInside(root, at))) break;
    folders.push(at);
    if (at === dirname(at)) break;
  }
  return folders;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

async function readWorkplace(
  path: string,
  { documents, before }: { readonly documents: Documents; readonly before: Workplace | undefined },
): Promise<Workplace | undefined> {
  const { value, diagnostics } = await loadProject(path, documents.texts);
  if (!value) return undefined;
  return { path, onDisk: value, ...(await versionsOf(value.read, before)), diagnostics };
}

/** A document that is nowhere on disk is a project by itself. */
async function unsaved(
  name: string,
  { documents, latest }: { readonly documents: Documents; readonly latest: Map<string, Workplace> },
): Promise<Workplace | undefined> {
  const document = documents.named(name);
  if (!document) return undefined;
  const made = {
    path: name,
    ...(await versionsOf([document.source], latest.get(name))),
    diagnostics: [],
  };
  latest.set(name, made);
  return made;
}

/** The versions among the files, each opened anew only where one of its files has changed. */
async function versionsOf(
  sources: readonly Source[],
  before: Workplace | undefined,
): Promise<Pick<Workplace, 'versions' | 'sources'>> {
  if (before && isSame(before.sources, sources))
    return { versions: before.versions, sources: before.sources };
  await needForms(sources);
  const groups = sources.length === 0 ? [] : versionsAmong(sources);
  const versions = groups.map((files, index) => {
    const known = before?.versions.find((each) => isSame(each.sources, files));
    return known ?? openProject(files, before?.versions[index]);
  });
  return { versions, sources };
}

function isSame(a: readonly Source[], b: readonly Source[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

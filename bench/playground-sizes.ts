// What a page that embeds the engine has to load: compressed sizes of the doors' builds, each with all that it imports
// before it runs, and of the playground's files.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Bytes of a set of files, as they lie and as servers send them, each file compressed by itself. */
export interface Size {
  readonly files: number;
  readonly plain: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** The size of files together. */
export function sizeOf(paths: Iterable<string>): Size {
  const size = { files: 0, plain: 0, gzip: 0, brotli: 0 };
  for (const path of paths) {
    const bytes = readFileSync(path);
    size.files += 1;
    size.plain += bytes.length;
    size.gzip += gzipSync(bytes, { level: 9 }).length;
    size.brotli += brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }).length;
  }
  return size;
}

/** A module of a build and all that it imports before it runs; what it imports when asked isn't among them. */
export function loadedWith(file: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(
    /(?:\bfrom|\bimport|\})\s*["'](\.[^"'\n]+\.js)["']/g,
  ))
    loadedWith(join(dirname(file), path as string), seen);
  return seen;
}

/** Files under a folder, maps of sources left out. */
export function filesOf(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesOf(path);
    return name.endsWith('.map') ? [] : [path];
  });
}

/** The largest files of a folder: where to look when a size doesn't hold. */
export function largestOf(folder: string, count: number): readonly string[] {
  const sized = filesOf(folder).map((path) => ({ path, ...sizeOf([path]) }));
  return sized
    .sort((a, b) => b.brotli - a.brotli)
    .slice(0, count)
    .map(
      ({ path, brotli }) => `${kilobytes(brotli)} kB ${dirname(relative(folder, path))}/${basename(path)}`,
    );
}

/** Thousands of bytes, which is what limits are said in. */
export function kilobytes(bytes: number): number {
  return Math.round(bytes / 100) / 10;
}

// Paths by which one file of a policy names another: from the folder of the file that names it.

/** A path without `.` and `..`, by which files are the same; `..` above the start stays. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.join('/');
}

/** Whether `file` is what `path` means in the file called `from`. */
export function sameFile(file: string, from: string, path: string): boolean {
  const name = normalPath(file);
  return name === normalPath(`${from}/../${path}`) || name === normalPath(path);
}

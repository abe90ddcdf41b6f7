// Names of files for people, roles and teams, whatever signs their ids hold.

/** How long a name may be, so that a folder's path has room. */
const MOST = 60;

/**
 * A name for each id that every file system takes: letters and digits of any alphabet, `-` and `_`. Ids whose names would be
 * one (in capitals too) have a number.
 */
export function fileNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const id of ids) {
    if (names.has(id)) continue;
    const signs = id.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-');
    const plain = [...signs.replace(/^-+|-+$/g, '')].slice(0, MOST).join('');
    // devices of Windows are no names of files there
    const base = /^(?:|con|prn|aux|nul|com\d|lpt\d)$/i.test(plain) ? `x-${plain}` : plain;
    let name = base;
    for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${base}-${count}`;
    taken.add(name.toLowerCase());
    names.set(id, name);
  }
  return names;
}

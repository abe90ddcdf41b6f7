// Near misses: which known name the user most likely meant, and whether two names only look alike.

/** More names than that aren't compared: a policy of a hundred thousand wrong names is to be answered, too. */
const MOST_COMPARED = 2_000;

/** The nearest known name, if it is near enough to be meant; names that only differ in case or look are nearest. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor([...word].length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  const look = keptSkeleton(word);
  const small = [...word.toLowerCase()];
  let compared = 0;
  for (const name of known) {
    if (name === word) continue;
    if (++compared > MOST_COMPARED) break;
    const distance = keptSkeleton(name) === look ? 0 : editDistance(small, name.toLowerCase(), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/** Help for an unknown name: the one that was meant, else the names that exist (five at most). */
export function suggestion(word: string, known: readonly string[]): string | undefined {
  const near = nearest(word, known);
  if (near !== undefined) {
    const look = difference(word, near);
    return `did you mean \`${near}\`?${look === undefined ? '' : ` (${look})`}`;
  }
  if (known.length === 0) return undefined;
  const shown = known.slice(0, 5).map((name) => `\`${name}\``);
  return `known here: ${shown.join(', ')}${known.length > 5 ? `, and ${known.length - 5} more` : ''}`;
}

/** In words, how two texts differ that look the same: spaces, look-alike letters; `undefined` when they look different. */
export function difference(word: string, other: string): string | undefined {
  if (word === other || skeleton(word) !== skeleton(other)) return undefined;
  if (word.normalize('NFC') === other.normalize('NFC')) return 'the same letters, composed in another way';
  if (/[\u00a0\u2007\u202f]/.test(word)) return 'it has a no-break space';
  if (/[\u200b-\u200d\u2060\ufeff]/.test(word)) return 'it has an invisible character';
  if (word.trim() !== word) return 'it has a space around it';
  if (word.toLowerCase() === other.toLowerCase()) return 'capitals differ';
  if (/\s{2}/.test(word)) return 'it has two spaces';
  const letter = [...word.normalize('NFC')].find((each) => LOOK_ALIKE.has(each) && !other.includes(each));
  return letter === undefined
    ? 'the spelling differs slightly'
    : `its \`${letter}\` is a look-alike letter of another alphabet`;
}

/** What a name looks like: case, alphabet of look-alike letters, and kind of space taken away. */
export function skeleton(text: string): string {
  let out = '';
  for (const letter of text.normalize('NFKC').toLowerCase()) {
    if (/[\u200b-\u200d\u2060\ufeff]/.test(letter)) continue;
    out += LOOK_ALIKE.get(letter) ?? letter;
  }
  return out.replace(/\s+/g, ' ').trim();
}

/** The skeletons of the last names: each unknown name of a policy is compared with all that it knows. */
const SKELETONS = new Map<string, string>();
const MOST_KEPT = 50_000;

function keptSkeleton(text: string): string {
  const kept = SKELETONS.get(text);
  if (kept !== undefined) return kept;
  if (SKELETONS.size >= MOST_KEPT) SKELETONS.clear();
  const made = skeleton(text);
  SKELETONS.set(text, made);
  return made;
}

// Cyrillic and Greek letters that print like a Latin one, in both cases.
const LOOK_ALIKE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    е: 'e',
    ё: 'e',
    к: 'k',
    м: 'm',
    н: 'h',
    о: 'o',
    р: 'p',
    с: 'c',
    т: 't',
    у: 'y',
    х: 'x',
    і: 'i',
    ї: 'i',
    ј: 'j',
    ѕ: 's',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    α: 'a',
    β: 'b',
    ε: 'e',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
  }).flatMap(([from, to]) => [
    [from, to],
    [from.toUpperCase(), to],
  ]),
);

function editDistance(left: readonly string[], other: string, limit: number): number {
  // a letter is one unit of a text or two: most names are too long or too short, and aren't taken apart
  if (left.length - other.length >= limit || other.length / 2 - left.length >= limit) return limit;
  const right = [...other];
  if (Math.abs(left.length - right.length) >= limit) return limit;
  let before: number[] = [];
  let row = right.map((_, index) => index + 1);
  row.unshift(0);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1);
      }
      next.push(cost);
    }
    [before, row] = [row, next];
    if (Math.min(...row) >= limit && Math.min(...before) >= limit) return limit;
  }
  return row[right.length]!;
}

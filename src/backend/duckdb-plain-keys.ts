// Whether all keys of an event differ, told from hashes of 64 bits: where those differ, so do the keys. A database's own
// grouping of millions of texts takes longer than all figures of a run.

/** Hashes as they come, each as two whole numbers of 32 bits, in parts by their highest bits. */
export interface Hashes {
  /** Takes hashes, two numbers each, the lower one first. */
  take(words: Uint32Array): void;
  areDifferent(): boolean;
}

/** So many hashes of a part stay in the cache of a processor. */
const PART = 16_384;

/** Room for so many hashes; a part that gets more than its share grows. */
export function createHashes(count: number): Hashes {
  const bits = Math.max(0, Math.min(16, Math.ceil(Math.log2(Math.max(1, count / PART)))));
  const parts = 2 ** bits;
  const shift = 32 - bits;
  const room = Math.ceil((count / parts) * 1.1) + 64;
  const found: Uint32Array[] = Array.from({ length: parts }, () => new Uint32Array(room * 2));
  const sizes = new Uint32Array(parts);

  function grow(part: number): Uint32Array {
    const wider = new Uint32Array(found[part]!.length * 2);
    wider.set(found[part]!);
    found[part] = wider;
    return wider;
  }

  return {
    take(words) {
      for (let at = 0; at < words.length; at += 2) {
        const high = words[at + 1]!;
        const part = bits === 0 ? 0 : high >>> shift;
        const size = sizes[part]!;
        let list = found[part]!;
        if (size === list.length) list = grow(part);
        list[size] = words[at]!;
        list[size + 1] = high;
        sizes[part] = size + 2;
      }
    },
    areDifferent() {
      let places = new Uint32Array(0);
      for (let part = 0; part < parts; part++) {
        const size = sizes[part]!;
        const length = 2 ** Math.ceil(Math.log2(Math.max(2, size)));
        if (places.length === length) places.fill(0);
        else places = new Uint32Array(length);
        if (hasTwice(found[part]!, size, places)) return false;
      }
      return true;
    },
  };
}

/** Whether a hash stands twice in the list; `places` is empty, and twice as long as there are hashes at least. */
function hasTwice(list: Uint32Array, size: number, places: Uint32Array): boolean {
  const mask = places.length - 1;
  for (let at = 0; at < size; at += 2) {
    const low = list[at]!;
    let place = low & mask;
    for (let other = places[place]!; other !== 0; other = places[place]!) {
      if (list[other - 1] === low && list[other] === list[at + 1]) return true;
      place = (place + 1) & mask;
    }
    places[place] = at + 1;
  }
  return false;
}

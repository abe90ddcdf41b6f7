// The state as the fragment of an address, and back: `m1.<check>.<content>`, where the content is a snapshot's JSON,
// compressed, in the 64 signs that addresses may hold. Fragments never reach a server.

import { readSnapshot, type Snapshot } from './snapshot.ts';

/** The longest fragment that is read, in characters. */
export const LONGEST_LINK = 400_000;
/** The longest fragment that is written; with data it would be longer, the data is left out. */
export const LONGEST_SHARED = 30_000;
/** Most bytes that a fragment may unpack to. */
export const MOST_UNPACKED = 2_000_000;

const FORMAT = 'm1';

/** Why a link can't be opened. */
export type LinkFault =
  /** It isn't complete, or was changed on its way. */
  | 'damaged'
  /** Written by a version of this page that knows another format. */
  | 'other format'
  | 'too long'
  /** It unpacks to more than `MOST_UNPACKED` bytes. */
  | 'too large'
  /** It is whole, and holds something that isn't a state of this page. */
  | 'not a state';

export type ReadLink =
  | { readonly kind: 'state'; readonly state: Snapshot }
  | { readonly kind: 'fault'; readonly fault: LinkFault };

/** A fragment, and whether the data is in it. */
export interface WrittenLink {
  readonly fragment: string;
  readonly withData: boolean;
}

/** Writes a state as a fragment (without `#`); the data is left out where it would get too long. */
export async function writeLink(state: Snapshot): Promise<WrittenLink> {
  const { data = [], ...rest } = state;
  // rows don't pack to less than a twentieth: what is far too long isn't tried
  const rows = data.reduce((sum, each) => sum + each.text.length, 0);
  const whole = rows > LONGEST_SHARED * 20 ? undefined : await packed(state);
  if (whole !== undefined && (whole.length <= LONGEST_SHARED || data.length === 0))
    return { fragment: whole, withData: true };
  return { fragment: await packed(rest), withData: false };
}

async function packed(state: Snapshot): Promise<string> {
  const bytes = await through(
    new TextEncoder().encode(JSON.stringify(state)),
    new CompressionStream('deflate-raw'),
  );
  return `${FORMAT}.${checksum(bytes).toString(36)}.${toText(bytes ?? new Uint8Array())}`;
}

/** Whether a fragment is meant to be a link of this page. */
export function isLink(fragment: string): boolean {
  return /^m[0-9]+\./.test(fragment);
}

/** Reads a fragment (without `#`). Never throws. */
export async function readLink(fragment: string): Promise<ReadLink> {
  if (fragment.length > LONGEST_LINK) return fault('too long');
  const [format, check, content, ...more] = fragment.split('.');
  if (format !== FORMAT) return fault(isLink(fragment) ? 'other format' : 'damaged');
  const bytes = fromText(content ?? '');
  if (!bytes || more.length > 0 || checksum(bytes).toString(36) !== check) return fault('damaged');
  try {
    const text = await through(bytes, new DecompressionStream('deflate-raw'), MOST_UNPACKED);
    if (!text) return fault('too large');
    const state = readSnapshot(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text)));
    return state ? { kind: 'state', state } : fault('not a state');
  } catch {
    return fault('not a state');
  }
}

function fault(kind: LinkFault): ReadLink {
  return { kind: 'fault', fault: kind };
}

/** The bytes that come out of a stream, read piece by piece; `undefined` as soon as there are more than `most`. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most = Number.POSITIVE_INFINITY,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return undefined;
    }
    pieces.push(value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

function toText(bytes: Uint8Array): string {
  let text = '';
  for (const each of bytes) text += String.fromCharCode(each);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromText(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) return undefined;
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (each) => each.charCodeAt(0));
}

/** CRC-32 (IEEE 802.3): notices what was cut off or changed by accident. It proves nothing of who wrote it. */
export function checksum(bytes: Uint8Array | undefined): number {
  let sum = 0xff_ff_ff_ff;
  for (const byte of bytes ?? []) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (0xed_b8_83_20 & -(sum & 1));
  }
  return (sum ^ 0xff_ff_ff_ff) >>> 0;
}

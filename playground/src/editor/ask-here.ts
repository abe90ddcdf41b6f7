// Questions about a place in one of the editor's models, asked of the worker that has the same text.

import { ask, Dropped } from '../worker/client.ts';
import type { Answer, Params, RequestName } from '../worker/protocol.ts';
import { fileOf, type Model } from './models.ts';
import type { monaco } from './monaco.ts';

/** The place as the worker knows it; nothing where the model is no file of the policy any more. */
export function placeOf(
  model: Model,
  position: monaco.IPosition,
): { readonly file: string; readonly offset: number } | undefined {
  const file = fileOf(model);
  return file && { file: file.name, offset: model.getOffsetAt(position) };
}

/** Asks the worker; nothing where the editor doesn't want the answer any more, or where there is none. */
export async function askHere<Name extends RequestName>(
  name: Name,
  params: Params<Name>,
  token: monaco.CancellationToken,
): Promise<Answer<Name> | undefined> {
  const ending = new AbortController();
  const listening = token.onCancellationRequested(() => ending.abort());
  try {
    return await ask(name, params, { signal: ending.signal, keep: 'each' });
  } catch (error) {
    // the editor goes on without an answer that failed
    if (!(error instanceof Dropped)) console.warn(error);
    return undefined;
  } finally {
    listening.dispose();
  }
}

// The engine in a browser's worker, as a page that embeds it would have it: the door for browsers and nothing else of ours,
// but for the offsets of clocks, which the engine takes from the browser.

import { offsetAt } from '../../../src/base/zone.ts';
import * as merit from '../../../src/browser.ts';
import { askEngine } from './ask-engine.ts';

/** What is put to the worker; it answers in the order of asking. */
export type Asked =
  | {
      readonly kind: 'question';
      readonly policy: readonly merit.Source[];
      readonly sources: readonly TextSource[];
      readonly period: string;
    }
  | { readonly kind: 'clocks'; readonly zones: readonly string[]; readonly instants: readonly number[] };

/** A source whose text is at hand, without maps, which JSON doesn't have. */
export type TextSource = Omit<merit.SourceSpec, 'columns' | 'constants'> & {
  readonly columns: readonly (readonly [string, string])[];
  readonly constants: readonly (readonly [string, string])[];
};

const engine = { ...merit, openBackend: async () => merit.openBackend() };

async function answer(asked: Asked): Promise<unknown> {
  if (asked.kind === 'clocks')
    return asked.zones.map((zone) => asked.instants.map((instant) => offsetAt(zone, instant)));
  const sources = asked.sources.map((each) => ({
    ...each,
    columns: new Map(each.columns),
    constants: new Map(each.constants),
  }));
  return askEngine(engine, { ...asked, sources });
}

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  self.postMessage(
    await answer(data).then(
      (value) => ({ json: JSON.stringify(value) }),
      (error: unknown) => ({ failed: String(error instanceof Error ? error.stack : error) }),
    ),
  );
};

// What a worker holds between requests: the policy, the data, and what was made of the policy last.

import type { Dialect } from '../../../src/browser-data.ts';
import type { KnownValues } from '../../../src/browser-editor.ts';
import {
  type Backend,
  type Checked,
  keepData,
  type Model,
  type Source,
  type SourceSpec,
  type TestReport,
  textSource,
} from '../../../src/browser-engine.ts';
import { compiledOnce } from './versions.ts';

/** Rows of one event, table or of the people, as they were dropped, typed in or loaded. */
export interface DataFile {
  /** `person`, `absence`, or an event or table of the policy. */
  readonly name: string;
  /** What messages call it: `deals.csv`. */
  readonly file: string;
  readonly text: string;
  /** Field to column, where they differ in name. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Field to text that stands in every row. */
  readonly constants?: Readonly<Record<string, string>>;
  /** How its values are written, where that isn't the default. */
  readonly dialect?: Dialect;
}

/** What running the policy has shown, for whoever reads its text. */
export interface Known {
  readonly values?: KnownValues;
  readonly tests?: TestReport;
}

/** The page's policy and data. */
export interface Held {
  readonly policy: readonly Source[];
  readonly data: readonly DataFile[];
  readonly known: Known;
}

/** A worker's desk: what it holds, and the policy as it was compiled, once for all who ask. */
export interface Desk {
  readonly held: Held;
  /** All versions of the policy, checked, in order of time; none where there are errors. */
  compiled(): Promise<Checked<readonly Model[]>>;
  /** The backend of one run; runs over the same rows share what they have read. Who opens it closes it. */
  openBackend(): Promise<Backend>;
  /** The data as the engine takes it, for the names given. */
  sources(names: readonly string[]): readonly SourceSpec[];
}

/** Answers to the requests of one part, by their names. */
export type Handlers<R extends object> = {
  readonly [Name in keyof R]: R[Name] extends { readonly params: infer P; readonly answer: infer A }
    ? (params: P, desk: Desk) => Promise<A>
    : never;
};

/** An empty desk, and the way to put things on it. */
export function createDesk(): Desk & { hold(held: Partial<Held>): void } {
  let held: Held = { policy: [], data: [], known: {} };
  const rows = keepData();
  let made: Promise<Checked<readonly Model[]>> | undefined;
  return {
    get held() {
      return held;
    },
    hold(next) {
      if (next.policy !== undefined) made = undefined;
      held = { ...held, ...next };
    },
    compiled() {
      made ??= compiledOnce(held.policy);
      return made;
    },
    openBackend: async () => (await rows).openBackend(),
    sources: (names) => names.flatMap((name) => held.data.filter((each) => each.name === name).map(specOf)),
  };
}

/** A file of data as the engine takes it. */
export function specOf({
  name,
  file,
  text,
  columns = {},
  constants = {},
  dialect = {},
}: DataFile): SourceSpec {
  return {
    ...textSource(name, file, text),
    columns: new Map(Object.entries(columns)),
    constants: new Map(Object.entries(constants)),
    dialect,
  };
}

// What the page and its workers say to each other. Each part of the page declares its requests beside the handlers that
// answer them (`handle-<part>.ts`); a request's name begins with its part: `run.period` is answered by handle-run.ts.

import type { ChangesRequests } from './handle-changes.ts';
import type { ChartsRequests } from './handle-charts.ts';
import type { DataRequests } from './handle-data.ts';
import type { EditorRequests } from './handle-editor.ts';
import type { LanguageRequests } from './handle-language.ts';
import type { ResultsRequests } from './handle-results.ts';
import type { RunRequests } from './handle-run.ts';
import type { TestsRequests } from './handle-tests.ts';
import type { TextsRequests } from './handle-texts.ts';
import type { Held } from './held.ts';

/** Everything that can be asked: the parameters and the answer of each request by its name. All are plain data. */
export interface Requests
  extends LanguageRequests,
    EditorRequests,
    RunRequests,
    DataRequests,
    ResultsRequests,
    ChartsRequests,
    TextsRequests,
    TestsRequests,
    ChangesRequests {}

export type RequestName = keyof Requests;
export type Params<Name extends RequestName> = Requests[Name]['params'];
export type Answer<Name extends RequestName> = Requests[Name]['answer'];

/**
 * Which worker answers: `language` what is asked while typing, `run` what goes over data, `long` what may take minutes
 * and is started when it is first asked for.
 */
export type Lane = 'language' | 'run' | 'long';

export type ToWorker =
  /** The policy and data that all requests after it are about; what is absent stays as it was. */
  | { readonly kind: 'hold'; readonly held: Partial<Held> }
  | { readonly kind: 'ask'; readonly id: number; readonly name: RequestName; readonly params: unknown };

export type FromWorker =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  /** A fault of ours: users' mistakes are diagnostics within answers. */
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

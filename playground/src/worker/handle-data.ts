// Answers of the worker for the part `data`.

import type { Diagnostic } from '../../../src/browser-data.ts';
import type { DataFile, Handlers } from './held.ts';

/** What `merit.config.yaml` says, as plain data. */
export interface ReadConfig {
  /** The path of the policy. */
  readonly policy?: string;
  readonly period?: string;
  /** What each file holds; `file` is its path. */
  readonly sources: readonly Omit<DataFile, 'text'>[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface DataRequests {
  'data.config': {
    readonly params: { readonly name: string; readonly text: string };
    readonly answer: ReadConfig;
  };
}

/** The handlers of `data`. */
export const handlers: Handlers<DataRequests> = {
  'data.config': async (source) => {
    const { parseConfig } = await import('../../../src/browser-config.ts');
    const { value, diagnostics } = parseConfig(source);
    return {
      ...(value.policy && { policy: value.policy.path }),
      ...(value.period !== undefined && { period: value.period }),
      sources: value.sources.map(({ name, file, columns, constants, dialect }) => ({
        name,
        file,
        columns: Object.fromEntries(columns),
        constants: Object.fromEntries(constants),
        dialect,
      })),
      diagnostics,
    };
  },
};

// Results as files to download.

import { asked } from './handle-results.ts';
import { kept } from './handle-run.ts';
import type { Desk, Handlers } from './held.ts';

/** What a result is written as: all of it, or one person's statement. */
export type ResultFile =
  | { readonly kind: 'csv' | 'json' }
  | { readonly kind: 'statement'; readonly person: string; readonly period: string }
  | {
      readonly kind: 'explanation';
      readonly person: string;
      readonly period: string;
      readonly language: 'en' | 'ru';
    };

export interface TextsRequests {
  /** Of the last run; absent where there is none, or nothing of that person in it. */
  'texts.file': { readonly params: ResultFile; readonly answer: { readonly text?: string } };
}

/** The handlers of texts. */
export const handlers: Handlers<TextsRequests> = {
  'texts.file': async (file, desk) => {
    const text = await textOf(file, desk);
    return { ...(text !== undefined && { text }) };
  },
};

async function textOf(file: ResultFile, desk: Desk): Promise<string | undefined> {
  const result = kept(desk);
  if (!result) return undefined;
  const questions = await import('../../../src/browser-questions.ts');
  switch (file.kind) {
    case 'csv':
      return questions.resultCsv(result);
    case 'json':
      return questions.resultJson(result);
    case 'statement': {
      const { person, period } = file;
      const found = result.statements.filter((each) => each.person === person);
      const one = found.find((each) => each.period === period);
      const shown = one ? [one] : found;
      return shown.length === 0
        ? undefined
        : shown.map((each) => questions.statementText(each, result)).join('\n');
    }
    case 'explanation': {
      const { person, period, language } = file;
      const { value } = await asked(desk, { period, allowRejects: result.rejectsAllowed }, async (at) => {
        const backend = await desk.openBackend();
        try {
          return await questions.explain({ ...at, person }, backend);
        } finally {
          await backend.close();
        }
      });
      return value && questions.explanationHtml(value, { language });
    }
    default:
      return file satisfies never;
  }
}

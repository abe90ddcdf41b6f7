// An answer of the worker as a component sees it: not there yet, or there; a question that nobody waits for is taken back.

import { useEffect, useState } from 'preact/hooks';
import { Dropped } from '../worker/client.ts';
import type { Answered } from '../worker/handle-results.ts';
import { tell } from './words.ts';

/** The answer to a question that is asked when `about` changes, and with it the component's wait begins anew. */
export function useAnswer<T>(
  question: (signal: AbortSignal) => Promise<Answered<T>>,
  about: readonly unknown[],
): Answered<T> | 'waiting' {
  const [answer, setAnswer] = useState<Answered<T> | 'waiting'>('waiting');
  useEffect(() => {
    const stopper = new AbortController();
    question(stopper.signal).then(
      (found) => {
        if (!stopper.signal.aborted) setAnswer(found);
      },
      (error: unknown) => {
        if (stopper.signal.aborted) return;
        // somebody has stopped the worker
        const message =
          error instanceof Dropped
            ? tell('explain.stopped')
            : error instanceof Error
              ? error.message
              : String(error);
        setAnswer({ diagnostics: [{ code: 'M0000', severity: 'error', message }] });
      },
    );
    return () => stopper.abort();
  }, about);
  return answer;
}

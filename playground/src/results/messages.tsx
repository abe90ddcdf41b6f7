// What kept a question from being answered.

import type { Answered } from '../worker/handle-results.ts';
import { Sentence } from './sentence.tsx';

/** The messages, below what they are about. */
export function Messages({
  lead,
  diagnostics,
}: {
  readonly lead: string;
  readonly diagnostics: Answered<unknown>['diagnostics'];
}) {
  return (
    <div class="rs-messages" role="alert">
      <p>{lead}</p>
      <ul>
        {diagnostics.map(({ code, message, help }) => (
          <li key={`${code} ${message}`}>
            <Sentence text={message} />
            {help !== undefined && (
              <>
                {' — '}
                <Sentence text={help} />
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

// A file as its text. What is typed is taken over after a pause.

import { useEffect, useRef, useState } from 'preact/hooks';
import type { DataFile } from '../worker/held.ts';
import { editText } from './data-state.ts';
import { Toolbar } from './toolbar.tsx';
import { say, sizeText } from './words.ts';

/** The longest text that is edited as one; browsers grow slow past it. */
const MOST_EDITED = 2_000_000;
const PAUSE = 400;

export function TextView({ file }: { readonly file: DataFile }) {
  const [typed, setTyped] = useState<string>();
  const latest = useRef({ file, typed });
  latest.current = { file, typed };
  const take = () => {
    const { file: current, typed: text } = latest.current;
    if (text !== undefined && text !== current.text) editText(current, text);
    setTyped(undefined);
  };
  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(take, PAUSE);
    return () => clearTimeout(timer);
  }, [typed]);
  // what was typed last isn't lost when another tab is shown
  useEffect(() => take, []);
  const isLong = file.text.length > MOST_EDITED;
  return (
    <>
      <Toolbar file={file} />
      {isLong ? (
        <p class="empty">{say('tooLongAsText', { size: sizeText(file.text.length) })}</p>
      ) : (
        <textarea
          class="csv-text"
          aria-label={say('text', { file: file.file })}
          spellcheck={false}
          autocapitalize="off"
          wrap="off"
          value={typed ?? file.text}
          onInput={(event) => setTyped(sameLineEnds(event.currentTarget.value, file.text))}
          onBlur={take}
        />
      )}
    </>
  );
}

/** A text box has line feeds only: a file of CRLF lines keeps its own. */
function sameLineEnds(typed: string, before: string): string {
  return before.includes('\r\n') ? typed.replace(/\r?\n/g, '\r\n') : typed;
}

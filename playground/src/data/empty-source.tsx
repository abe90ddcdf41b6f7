// A kind of rows that there is no data for yet: what the policy reads of it, and how to begin.

import { setData } from '../app/actions.ts';
import { tell } from '../app/notice-state.ts';
import { data } from '../app/state.ts';
import { pastedCells } from './clipboard.ts';
import { csvText } from './csv-edits.ts';
import { bringBack, fileBefore, type SourceTab } from './data-state.ts';
import { askAbout } from './drop.ts';
import { freeName } from './files.ts';
import { columnsFor, guessDialect } from './guess.ts';
import { FilesButton } from './toolbar.tsx';
import { say, sourceName } from './words.ts';

export function EmptySource({ tab: { name, need } }: { readonly tab: SourceTab }) {
  const fields = need?.fields ?? [];
  const before = fileBefore(name);
  const put = (rows: readonly (readonly string[])[]) => {
    const taken = data.value.map((each) => each.file);
    const file = { name, file: freeName(`${name}.csv`, taken), text: csvText(rows) };
    const [header = [], ...others] = rows;
    const { columns, lacking, exact } = columnsFor(header, fields);
    const made = { ...file, columns, dialect: guessDialect(others, { header, columns, fields }) };
    setData(made);
    if (lacking.length > 0 || !exact) askAbout(made, { name, sure: false, columns, lacking });
  };
  const paste = (event: ClipboardEvent) => {
    event.preventDefault();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.trim() === '') tell('note', () => say('pastedNothing'));
    else put(pastedCells(text));
  };
  return (
    <div class="empty-source">
      <p>{say(need?.needed === false ? 'emptyOptional' : 'empty', { name: sourceName(name) })}</p>
      {fields.length > 0 && (
        <p class="quiet">
          {say('reads', {
            fields: fields
              .map((each) => (each.optional ? say('optional', { name: each.name }) : each.name))
              .join(', '),
          })}
        </p>
      )}
      <p>{say('emptyHow')}</p>
      <div class="data-tools">
        <button type="button" class="button main" onClick={() => put([fields.map((each) => each.name)])}>
          {say('begin')}
        </button>
        <FilesButton />
        {before && (
          <button type="button" class="button" onClick={() => bringBack(name)}>
            {say('bringBack', { file: before.file })}
          </button>
        )}
        <textarea
          class="paste-here"
          rows={1}
          placeholder={say('pasteHere')}
          aria-label={say('pasteHere')}
          onPaste={paste}
        />
      </div>
    </div>
  );
}

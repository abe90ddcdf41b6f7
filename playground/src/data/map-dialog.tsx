// What a dropped file holds, or how data that is open is read: the kind of rows, a column for each field, and how numbers are
// written.

import { useState } from 'preact/hooks';
import { columnName } from '../../../src/browser-data.ts';
import { Dialog } from '../app/dialog.tsx';
import { overview } from '../app/state.ts';
import type { FieldNeed, SourceNeed } from '../worker/overview.ts';
import { type AskedFile, asked, askedPolicy, openAskedPolicy, settle } from './drop.ts';
import { guessDialect } from './guess.ts';
import { type FieldSource, lackingIn, type Mapping, mapped, mappingOf, suggested } from './mapping.ts';
import { NumberChoices } from './number-choices.tsx';
import { readRows } from './tables.ts';
import { say, sourceName } from './words.ts';

/** The windows of the data panel, one at a time. */
export function DataDialogs() {
  const [file] = asked.value;
  if (askedPolicy.value) return <PolicyDialog />;
  return file ? <MapDialog key={file.file} asked={file} /> : null;
}

function PolicyDialog() {
  const files = askedPolicy.value?.policy.map(({ name }) => name).join(', ') ?? '';
  const cancel = () => {
    askedPolicy.value = undefined;
  };
  return (
    <Dialog title={say('openPolicy', { files })} onClose={cancel}>
      <p>{say('openPolicyWhy')}</p>
      <div class="actions">
        <button type="button" class="button" onClick={cancel}>
          {say('cancel')}
        </button>
        <button type="button" class="button main" onClick={openAskedPolicy}>
          {say('open')}
        </button>
      </div>
    </Dialog>
  );
}

function MapDialog({ asked: file }: { readonly asked: AskedFile }) {
  const needs = overview.value?.sources ?? [];
  const needOf = (name: string | undefined) => needs.find((each) => each.name === name);
  const [mapping, setMapping] = useState<Mapping | undefined>(() => {
    const need = needOf(file.open?.name ?? file.guess.name);
    if (!need) return undefined;
    return file.open
      ? mappingOf(file.open, file.header, need.fields)
      : suggested(file.header, need, file.dialect);
  });
  const need = needOf(mapping?.name);
  // another delimiter has other columns
  const table = readRows(file.file, file.text, mapping?.dialect ?? file.dialect).value;
  const lacking = mapping && need ? lackingIn(mapping, need) : [];
  const choose = (name: string) => {
    const chosen = needOf(name);
    if (!chosen) return;
    const next = suggested(file.header, chosen, file.dialect);
    const { delimiter } = file.dialect;
    setMapping({
      ...next,
      dialect: {
        ...(delimiter !== undefined && { delimiter }),
        ...guessDialect(file.rows, {
          header: file.header,
          columns: columnsOf(next.fields),
          fields: chosen.fields,
        }),
      },
    });
  };
  return (
    <Dialog
      wide
      title={say(file.open ? 'howRead' : 'whatIs', { file: file.file })}
      onClose={() => settle(undefined)}
    >
      <div class="map-dialog">
        {!file.open && (
          <label class="field">
            {say('kind')}
            <select value={mapping?.name ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
              <option value="" disabled>
                {say('choose')}
              </option>
              {needs.map(({ name }) => (
                <option key={name} value={name}>
                  {sourceName(name)}
                </option>
              ))}
            </select>
          </label>
        )}
        {mapping && need && (
          <>
            <Fields
              need={need}
              mapping={mapping}
              header={table.header.map(columnName)}
              first={table.rows[0] ?? []}
              onChange={(field, source) => {
                const fields = { ...mapping.fields, [field]: source };
                const found = { header: file.header, columns: columnsOf(fields), fields: need.fields };
                // a column of numbers may be the first that shows how they are written
                setMapping({
                  ...mapping,
                  fields,
                  dialect: { ...guessDialect(file.rows, found), ...mapping.dialect },
                });
              }}
            />
            <NumberChoices
              dialect={mapping.dialect}
              onChange={(dialect) => setMapping({ ...mapping, dialect })}
            />
          </>
        )}
        {lacking.length > 0 && (
          <p class="doubt" role="status">
            {say('lackingFields', { fields: lacking.join(', ') })}
          </p>
        )}
      </div>
      <div class="actions">
        <button type="button" class="button" onClick={() => settle(undefined)}>
          {say(file.open ? 'cancel' : 'skip')}
        </button>
        <button
          type="button"
          class="button main"
          disabled={!mapping}
          onClick={() =>
            mapping && settle(mapped({ file: file.file, text: file.open?.text ?? file.text }, mapping))
          }
        >
          {say('take')}
        </button>
      </div>
    </Dialog>
  );
}

const NONE = ' none';
const CONSTANT = ' constant';

/** The columns that fields are read from. */
function columnsOf(fields: Mapping['fields']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, from]) => (from.kind === 'column' ? [[field, from.column]] : [])),
  );
}

function Fields(props: {
  readonly need: SourceNeed;
  readonly mapping: Mapping;
  readonly header: readonly string[];
  readonly first: readonly string[];
  readonly onChange: (field: string, source: FieldSource) => void;
}) {
  const { need, mapping, header, first, onChange } = props;
  return (
    <div class="scroll-x">
      <table class="map-fields">
        <thead>
          <tr>
            <th scope="col">{say('field')}</th>
            <th scope="col">{say('column')}</th>
            <th scope="col">{say('firstValue')}</th>
          </tr>
        </thead>
        <tbody>
          {need.fields.map((field) => (
            <FieldRow
              key={field.name}
              field={field}
              source={mapping.fields[field.name] ?? { kind: 'none' }}
              header={header}
              first={first}
              onChange={(source) => onChange(field.name, source)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FieldRow(props: {
  readonly field: FieldNeed;
  readonly source: FieldSource;
  readonly header: readonly string[];
  readonly first: readonly string[];
  readonly onChange: (source: FieldSource) => void;
}) {
  const { field, source, header, first, onChange } = props;
  const choose = (value: string) => {
    if (value === NONE) onChange({ kind: 'none' });
    else if (value === CONSTANT) onChange({ kind: 'constant', text: '' });
    else onChange({ kind: 'column', column: value });
  };
  const chosen = source.kind === 'column' ? source.column : source.kind === 'constant' ? CONSTANT : NONE;
  return (
    <tr>
      <th scope="row">
        {field.name} <span class="quiet">{field.type}</span>
        {!field.optional && <span class="quiet">, {say('needed')}</span>}
      </th>
      <td>
        <select
          aria-label={say('fromColumn', { field: field.name })}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <option value={NONE}>{say('noColumn')}</option>
          {[...new Set(header)].map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
          <option value={CONSTANT}>{say('everyRow')}</option>
        </select>
      </td>
      <td>
        {source.kind === 'constant' ? (
          <input
            type="text"
            aria-label={say('constantFor', { field: field.name })}
            value={source.text}
            onInput={(event) => onChange({ kind: 'constant', text: event.currentTarget.value })}
          />
        ) : (
          source.kind === 'column' && (first[header.indexOf(source.column)] ?? '')
        )}
      </td>
    </tr>
  );
}

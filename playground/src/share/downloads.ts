// What can be downloaded now.

import type { MenuItem } from '../app/menu.tsx';
import { tell } from '../app/notice-state.ts';
import { data, locale, overview, period, person, policy, result } from '../app/state.ts';
import { say } from '../app/words.ts';
import { ask } from '../worker/client.ts';
import type { ResultFile } from '../worker/handle-texts.ts';
import { download } from './download.ts';

/** The menu of downloads. */
export function downloads(): readonly MenuItem[] {
  const name = overview.value?.name ?? 'policy';
  const at = period.value;
  const none = result.value === undefined;
  const nobody = none || person.value === '';
  const ofPerson = (label: string) => (nobody ? `${label} (${say('download.choosePerson')})` : label);
  const one = { person: person.value, period: at };
  // an explanation is of one period of the policy: of several the last one in which there is a statement
  const own = result.value?.statements.filter((each) => each.person === person.value) ?? [];
  const explained = own.find((each) => each.period === at)?.period ?? own.at(-1)?.period ?? at;
  return [
    ...policy.value.map((file) => ({ label: file.name, run: () => download(file.name, file.text) })),
    ...data.value.map((file, index) => ({
      label: file.file,
      first: index === 0,
      run: () => download(file.file, file.text),
    })),
    {
      label: say('download.resultsCsv'),
      first: true,
      disabled: none,
      run: () => save(`${name}-${at}.csv`, { kind: 'csv' }),
    },
    {
      label: say('download.resultsJson'),
      disabled: none,
      run: () => save(`${name}-${at}.json`, { kind: 'json' }),
    },
    {
      label: ofPerson(say('download.statement')),
      disabled: nobody,
      run: () => save(`${person.value}-${at}.txt`, { kind: 'statement', ...one }),
    },
    {
      label: ofPerson(say('download.explanation')),
      disabled: nobody,
      run: () =>
        save(`${person.value}-${explained}.html`, {
          kind: 'explanation',
          person: person.value,
          period: explained,
          language: locale.value,
        }),
    },
  ];
}

async function save(name: string, file: ResultFile): Promise<void> {
  const { text } = await ask('texts.file', file, { keep: 'each' }).catch(() => ({ text: undefined }));
  if (text === undefined) tell('bad', () => say('download.nothing'));
  else download(name, text);
}

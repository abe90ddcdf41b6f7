// The bar: what is open, how it is written, whose result over which period is shown, and what can be done with it.

import { useEffect, useRef, useState } from 'preact/hooks';
import { convertTo } from '../editor/convert-form.ts';
import { downloads } from '../share/downloads.ts';
import { openDialog } from './dialog-state.ts';
import type { Form } from './file-names.ts';
import { Icon, type IconName } from './icon.tsx';
import { narrow } from './media.ts';
import { MenuButton, type MenuItem } from './menu.tsx';
import { autoRun, busy, form, locale, period, periods, person, result, theme } from './state.ts';
import { say } from './words.ts';
import { runByHand, stopRun } from './work.ts';

type BarDialog = 'examples' | 'share' | 'versions' | 'help';

const FORMS: readonly Form[] = ['text', 'yaml'];

/** The bar at the top. */
export function Bar() {
  return (
    <header class="bar">
      <h1 class="brand">
        <img src="./icon.svg" alt="" width="20" height="20" />
        Merit
      </h1>
      <DialogButton name="examples" icon="book" labelled />
      <FormSwitch />
      <PeriodPicker />
      <PersonPicker />
      <RunButton />
      <span class="space" />
      {!narrow.value && <DialogButton name="share" icon="share" labelled />}
      <MenuButton label={say('bar.download')} icon="download" items={downloads()} quiet />
      {!narrow.value && <DialogButton name="versions" icon="history" />}
      {narrow.value ? (
        <MenuButton label={say('bar.more')} icon="gear" items={[...windows(), ...settings()]} quiet />
      ) : (
        <MenuButton label={say('bar.settings')} icon="gear" items={settings()} quiet />
      )}
      {!narrow.value && <DialogButton name="help" icon="help" />}
    </header>
  );
}

function DialogButton(props: {
  readonly name: BarDialog;
  readonly icon: IconName;
  readonly labelled?: boolean;
}) {
  const { name, icon, labelled } = props;
  const label = say(`bar.${name}`);
  return (
    <button type="button" class="button" aria-label={label} title={label} onClick={() => openDialog(name)}>
      <Icon name={icon} />
      {labelled && <span class="label">{label}</span>}
    </button>
  );
}

/** What has buttons of its own where there is room. */
function windows(): readonly MenuItem[] {
  return (['share', 'versions', 'help'] as const).map((name) => ({
    label: say(`bar.${name}`),
    run: () => openDialog(name),
  }));
}

function FormSwitch() {
  return (
    <fieldset class="switch">
      <legend class="hidden">{say('bar.form')}</legend>
      {FORMS.map((each) => (
        <label key={each}>
          <input
            type="radio"
            name="form"
            checked={form.value === each}
            onClick={(event) => {
              // the switch follows the policy, which may refuse
              event.preventDefault();
              void convertTo(each);
            }}
          />
          <span>{say(`bar.${each}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function PeriodPicker() {
  const [typing, setTyping] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (typing) input.current?.select();
  }, [typing]);
  const known = periods.value.groups.some((each) => each.periods.includes(period.value));
  if (typing)
    return (
      <label class="picker">
        <span>{say('bar.period')}</span>
        <input
          ref={input}
          aria-label={say('bar.period')}
          value={period.value}
          size={16}
          placeholder="2026-01..2026-06"
          onKeyDown={({ key, currentTarget }) => {
            if (key === 'Enter') currentTarget.blur();
            if (key === 'Escape') setTyping(false);
          }}
          onBlur={({ currentTarget }) => {
            const text = currentTarget.value.trim();
            if (text !== '') period.value = text;
            setTyping(false);
          }}
        />
      </label>
    );
  return (
    <label class="picker">
      <span>{say('bar.period')}</span>
      <select
        aria-label={say('bar.period')}
        value={period.value}
        onChange={({ currentTarget }) => {
          if (currentTarget.value === OTHER) setTyping(true);
          else period.value = currentTarget.value;
        }}
      >
        {!known && <option value={period.value}>{period.value || '—'}</option>}
        {periods.value.groups.map(({ grain, periods: list }) => (
          <optgroup key={grain} label={grainName(grain)}>
            {list.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </optgroup>
        ))}
        <option value={OTHER}>{say('bar.otherPeriod')}</option>
      </select>
    </label>
  );
}

const OTHER = ':other';

function grainName(grain: string): string {
  switch (grain) {
    case 'year':
    case 'quarter':
    case 'month':
    case 'week':
    case 'day':
      return say(`grain.${grain}`);
    default:
      return grain;
  }
}

function PersonPicker() {
  const people = new Map(result.value?.statements.map((each) => [each.person, each.name]));
  return (
    <label class="picker">
      <span>{say('bar.person')}</span>
      <select
        aria-label={say('bar.person')}
        value={person.value}
        onChange={({ currentTarget }) => (person.value = currentTarget.value)}
      >
        <option value="">{say('bar.everybody')}</option>
        {person.value !== '' && !people.has(person.value) && (
          <option value={person.value}>{person.value}</option>
        )}
        {[...people].map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function RunButton() {
  return busy.value === 'running' ? (
    <button type="button" class="button main" onClick={stopRun}>
      <Icon name="stop" />
      <span class="label">{say('bar.stop')}</span>
    </button>
  ) : (
    <button type="button" class="button main" title="Ctrl+Enter" onClick={() => void runByHand()}>
      <Icon name="play" />
      <span class="label">{say('bar.run')}</span>
    </button>
  );
}

function settings(): readonly MenuItem[] {
  return [
    {
      label: 'English',
      first: narrow.value,
      checked: locale.value === 'en',
      run: () => (locale.value = 'en'),
    },
    { label: 'Русский', checked: locale.value === 'ru', run: () => (locale.value = 'ru') },
    ...(['light', 'dark', 'system'] as const).map((each, at) => ({
      label: say(`theme.${each}`),
      checked: theme.value === each,
      first: at === 0,
      run: () => {
        theme.value = each;
      },
    })),
    {
      label: say('bar.autoRun'),
      checked: autoRun.value,
      first: true,
      run: () => {
        autoRun.value = !autoRun.value;
      },
    },
  ];
}

// The status bar: how many errors and warnings, what is shown, and how long it took.

import { keptOffline } from '../share/offline.ts';
import { showPane } from './actions.ts';
import { shortTime } from './format.ts';
import { Icon } from './icon.tsx';
import { allDiagnostics, busy, locale, missing, period, result, speed, stale, unchecked } from './state.ts';
import { say } from './words.ts';

/** The bar at the bottom. */
export function StatusBar() {
  const count = (severity: string) =>
    allDiagnostics.value.filter((each) => each.severity === severity).length;
  const [errors, warnings] = [count('error'), count('warning')];
  const rows = result.value?.control.reduce((sum, each) => sum + each.all.rows, 0);
  const { checked, ran } = speed.value;
  const time = (milliseconds: number) => shortTime(milliseconds, locale.value);
  return (
    <footer class="status">
      <button type="button" class="plain" onClick={() => showPane('problems')}>
        {unchecked.value ? (
          <span>{say('status.checking')}</span>
        ) : (
          <>
            <span class={errors > 0 ? 'bad' : ''}>
              <Icon name="error" /> {say('status.errors', { errors })}
            </span>
            <span class={warnings > 0 ? 'warn' : ''}>
              <Icon name="warning" /> {say('status.warnings', { warnings })}
            </span>
          </>
        )}
      </button>
      <span role="status">{stateText()}</span>
      <span class="space" />
      {keptOffline.value && <span class="wide-only">{say('status.offline')}</span>}
      {period.value !== '' && <span class="wide-only">{say('status.period', { period: period.value })}</span>}
      {rows !== undefined && <span class="wide-only">{say('status.rows', { rows })}</span>}
      {checked !== undefined && (
        <span class="wide-only">
          {ran === undefined
            ? say('status.checked', { checked: time(checked) })
            : say('status.speed', { checked: time(checked), ran: time(ran) })}
        </span>
      )}
    </footer>
  );
}

function stateText(): string {
  if (busy.value === 'running') return say('status.running');
  if (busy.value === 'stopped') return say('status.stopped');
  if (missing.value.length > 0) return say('status.missing');
  if (stale.value) return say('status.stale');
  return '';
}

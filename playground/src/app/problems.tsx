// All that was found, grouped by file: a click goes there, and what mends it is offered beside.

import type { Finding } from '../../../src/browser-editor.ts';
import type { Diagnostic } from '../../../src/browser-engine.ts';
import { goToCell } from '../data/data-state.ts';
import { applyEdits, showInPolicy, showPane } from './actions.ts';
import { Icon } from './icon.tsx';
import { placeText } from './places.ts';
import { findings, locale, missing, policy, runDiagnostics, unchecked } from './state.ts';
import { WithNames } from './with-names.tsx';
import { say } from './words.ts';

/** How many of one file are listed: data may have thousands of wrong rows. */
const MOST_LISTED = 200;

/** The list of problems. */
export function ProblemsPanel() {
  const all: readonly Finding[] = [
    ...findings.value,
    ...runDiagnostics.value.map((diagnostic) => ({ diagnostic, fixes: [] })),
  ];
  if (all.length === 0 && missing.value.length === 0)
    return <p class="empty">{say(unchecked.value ? 'status.checking' : 'problems.none')}</p>;
  return (
    <div class="problems">
      {locale.value !== 'en' && <p class="empty">{say('problems.language')}</p>}
      {missing.value.length > 0 && (
        <button type="button" class="problem warning" onClick={() => showPane('data')}>
          <Icon name="warning" />
          <span class="message">{say('problems.missing', { names: missing.value.join(', ') })}</span>
        </button>
      )}
      {[...groupsOf(all)].map(([file, list]) => (
        <section key={file} aria-label={file || say('problems.noFile')}>
          <h3>
            {file || say('problems.noFile')} <span class="count">{list.length}</span>
          </h3>
          <ul>
            {list.slice(0, MOST_LISTED).map((each) => (
              <Problem key={keyOf(each.diagnostic)} finding={each} />
            ))}
          </ul>
          {list.length > MOST_LISTED && (
            <p class="empty">{say('problems.more', { more: list.length - MOST_LISTED })}</p>
          )}
        </section>
      ))}
    </div>
  );
}

function groupsOf(all: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const each of all) {
    const file = each.diagnostic.span?.source ?? each.diagnostic.data?.file ?? '';
    const list = groups.get(file);
    if (list) list.push(each);
    else groups.set(file, [each]);
  }
  return groups;
}

function keyOf({ code, span, data, message }: Diagnostic): string {
  return [code, span?.source, span?.start, data?.file, data?.row, data?.column, message].join(' ');
}

function Problem({ finding: { diagnostic, fixes } }: { readonly finding: Finding }) {
  const { code, severity, message, span, data, help } = diagnostic;
  const [fix] = fixes;
  const go = () => {
    if (span) showInPolicy(span);
    else if (data && !goToCell(data)) showPane('data');
  };
  return (
    <li class={`problem ${severity}`}>
      <button type="button" class="go" onClick={go}>
        <Icon name={severity} />
        <span class="message">
          <span class="hidden">{say(`severity.${severity}`)}: </span>
          <span lang="en">
            <WithNames text={message} />
            {help && (
              <span class="help">
                {' — '}
                <WithNames text={help} />
              </span>
            )}
          </span>
        </span>
        <span class="place">{placeIn(diagnostic)}</span>
        <span class="code">{code}</span>
      </button>
      {fix?.preferred && (
        <button type="button" class="button small" onClick={() => applyEdits(fix.edits)}>
          <WithNames text={fix.title} />
        </button>
      )}
    </li>
  );
}

function placeIn({ span, data }: Diagnostic): string {
  const source = policy.value.find((each) => each.name === span?.source);
  if (span && source) return placeText(source.text, span.start);
  return data?.row === undefined ? '' : say('problems.row', { row: data.row });
}

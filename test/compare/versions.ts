// Two versions of a small policy over rows that a test writes, compared.

import { hasErrors } from '../../src/base/diagnostic.ts';
import { openBackend, type SourceSpec, textSource } from '../../src/browser.ts';
import { type DiffData, diffPolicies, diffRuns } from '../../src/compare/diff.ts';
import type { DiffFigures, PolicyDiff } from '../../src/model/diff.ts';
import type { Model } from '../../src/model/policy.ts';
import { compileVersions } from '../../src/versions.ts';

/** What both versions have: deals of sellers, and calls. */
export const DATA = `event deal {
  since 2025-01-01
  id:        text key
  closed_on: date posts
  manager:   person owner
  amount:    money from 0 RUB
}

event call {
  since 2025-01-01
  id:      text key
  made_on: date posts
  manager: person owner
}

kpi revenue = sum(deal.amount)
kpi calls   = count(call)
`;

/** A policy of the year 2026 with the declarations of `DATA` and these. */
export function policy(rules: string, head = ''): string {
  return `policy sales {
  currency  RUB
  timezone  "Europe/Moscow"
  period    month
  effective from 2026-01-01 until 2026-12-31
  ${head}
}

${DATA}
${rules}
`;
}

/** The versions in these texts; a text that begins with `policy:` is YAML. */
export function versionsIn(texts: readonly string[], folder: string): readonly Model[] {
  const sources = texts.map((text, at) => ({
    name: `${folder}/${at}.merit${text.startsWith('policy:') ? '.yaml' : ''}`,
    text,
  }));
  const { value, diagnostics } = compileVersions(sources);
  if (hasErrors(diagnostics))
    throw new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  return value;
}

/** Rows of data as CSV, without their headings. */
export interface Rows {
  /** id, name, role, from, until */
  readonly people: readonly string[];
  /** id, closed_on, manager, amount */
  readonly deals?: readonly string[];
  /** id, made_on, manager */
  readonly calls?: readonly string[];
}

export function sourcesOf({ people, deals = [], calls = [] }: Rows): readonly SourceSpec[] {
  const csv = (heading: string, rows: readonly string[]) => `${[heading, ...rows].join('\n')}\n`;
  return [
    textSource('person', 'people.csv', csv('id,name,role,from,until', people)),
    textSource('deal', 'deals.csv', csv('id,closed_on,manager,amount', deals)),
    textSource('call', 'calls.csv', csv('id,made_on,manager', calls)),
  ];
}

type Said = string | readonly string[];
const all = (said: Said): readonly string[] => (typeof said === 'string' ? [said] : said);

/** What two policies say differently. */
export function said(before: Said, after: Said): PolicyDiff {
  return diffPolicies({ before: versionsIn(all(before), 'old'), after: versionsIn(all(after), 'new') });
}

/** What two policies move over rows. */
export async function moved(
  before: Said,
  after: Said,
  { rows, ...data }: { readonly rows: Rows } & Omit<DiffData, 'sources'>,
): Promise<PolicyDiff & { readonly figures: DiffFigures }> {
  const sides = { before: versionsIn(all(before), 'old'), after: versionsIn(all(after), 'new') };
  const { value, diagnostics } = await diffRuns(sides, { sources: sourcesOf(rows), ...data }, async () =>
    openBackend(),
  );
  if (!value?.figures) throw new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  return { ...value, figures: value.figures };
}

/** Changes as short text: `rates ladder changed`. */
export function changesOf({ changes }: PolicyDiff): readonly string[] {
  return changes.map(({ kind, name, part, how }) => [kind, name, part, how].filter((each) => each).join(' '));
}

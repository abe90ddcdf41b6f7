// What came of changing a policy bit by bit, for people: the changes that no test noticed, line by line, those that are
// proved to pay the same, and the sum last, where a terminal ends.

import type { Source } from '../base/source.ts';
import type { MutantResult, MutationReport } from '../model/mutation.ts';
import { spanRecord } from './diagnostic-text.ts';
import { jsonText } from './json.ts';
import { visible } from './terminal-text.ts';

/** The report of one policy. */
export function mutationText(report: MutationReport): string {
  const survivors = report.mutants.filter((each) => each.outcome.kind === 'survived');
  const equivalent = report.mutants.filter((each) => each.outcome.kind === 'equivalent');
  return [
    ...(survivors.length > 0 ? ['no test noticed', '', ...survivors.flatMap(survivorLines)] : []),
    ...(equivalent.length > 0
      ? ['proved to pay the same, whatever the data', '', ...equivalent.flatMap(equivalentLines), '']
      : []),
    `${mutationSum(report)}\n`,
  ].join('\n');
}

/** `sales: 312 changes, 300 noticed by a test, 8 not, 4 proved to pay the same`. */
export function mutationSum({ policy, counts }: MutationReport): string {
  const { killed, survived, equivalent, invalid } = counts;
  const all = killed + survived + equivalent;
  const parts = [
    `${all} change${all === 1 ? '' : 's'}`,
    `${killed} noticed by a test`,
    `${survived} not`,
    `${equivalent} proved to pay the same`,
  ];
  const aside = invalid === 0 ? '' : `; ${invalid} more would be no policy`;
  return `${visible(policy)}: ${parts.join(', ')}${aside}`;
}

function headOf({ at, kind, owner }: MutantResult): string {
  return visible(`${at.file}:${at.line}  ${kind}  ${owner}`);
}

function survivorLines(mutant: MutantResult): readonly string[] {
  const { outcome } = mutant;
  if (outcome.kind !== 'survived') return [];
  return [
    headOf(mutant),
    ...outcome.diff.map(({ way, text }) => `    ${way === 'with' ? '+' : '-'} ${visible(text)}`),
    ...(outcome.hint === undefined ? [] : [`    to notice it: ${visible(outcome.hint)}`]),
    '',
  ];
}

function equivalentLines(mutant: MutantResult): readonly string[] {
  const { outcome, before, after } = mutant;
  if (outcome.kind !== 'equivalent') return [];
  const change =
    before === ''
      ? `with \`${after}\``
      : after === ''
        ? `without \`${before}\``
        : `\`${before}\` -> \`${after}\``;
  return [`${headOf(mutant)}: ${visible(change)}`, ...outcome.reasons.map((each) => `    ${visible(each)}`)];
}

/** The reports of all policies as one document for programs; `mutation-schema.ts` says which keys there are. */
export function mutationJson(reports: readonly MutationReport[], sources: readonly Source[]): string {
  const sum = (of: keyof MutationReport['counts']): number =>
    reports.reduce((all, each) => all + each.counts[of], 0);
  return jsonText({
    formatVersion: 1,
    killed: sum('killed'),
    survived: sum('survived'),
    equivalent: sum('equivalent'),
    invalid: sum('invalid'),
    policies: reports.map(({ policy, counts, mutants }) => ({
      policy,
      counts,
      mutants: mutants.map(({ at, outcome, ...mutant }) => {
        const { kind, ...rest } = outcome;
        return { ...mutant, place: spanRecord(at.span, sources), outcome: kind, ...rest };
      }),
    })),
  });
}

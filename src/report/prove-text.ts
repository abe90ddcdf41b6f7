// What came of invariants, the worst-case cost and the cliffs of a policy, for people.

import { exact, sign } from '../base/exact.ts';
import type { Cliff, CliffReport, CostReport, RoleCost } from '../model/cost.ts';
import type {
  Counterexample,
  InvariantResult,
  ProofReport,
  RoleResult,
  Side,
} from '../model/proof-report.ts';
import type { TextPlace } from '../model/test-report.ts';
import { figureText, moneyText } from './format.ts';
import { visible } from './terminal-text.ts';

/** The invariants in their order, each with what came of it, and the sum last. */
export function proofText(report: ProofReport): string {
  const { invariants, proved, refuted, tried } = report;
  if (invariants.length === 0) return 'the policy has no invariants\n';
  const counts = [
    ...(proved > 0 ? [`${proved} proved`] : []),
    ...(refuted > 0 ? [`${refuted} refuted`] : []),
    ...(tried > 0 ? [`${tried} tried`] : []),
  ];
  return `${[...invariants.flatMap(invariantText), counts.join(', ')].join('\n')}\n`;
}

function invariantText(result: InvariantResult): readonly string[] {
  const { name, outcome, claim, given, roles, looked, counterexample, at } = result;
  const about = roles.map(({ role }) => `\`${role}\``);
  return [
    `${outcome}: ${visible(name)}  (${visible(at.file)}:${at.line})`,
    `  ${visible(claim)}`,
    ...given.map((each) => `  ${visible(each)}`),
    ...(outcome === 'proved'
      ? [
          `  for ${about.join(', ')}, whatever the data, within the bounds of the fields${given.length > 0 ? ' and what is given' : ''}`,
        ]
      : []),
    ...(outcome === 'tried' && looked
      ? [
          looked.situations === 0
            ? '  not proved, and it says nothing in any situation that was drawn'
            : `  not proved; it held in all of ${looked.situations} drawn situations (seed ${looked.seed})`,
          ...roles.filter((each) => !each.proved).map(openText),
        ]
      : []),
    ...(counterexample ? counterexampleText(counterexample) : []),
    '',
  ];
}

function openText({ role, why }: RoleResult): string {
  if (!why) return `  for \`${role}\` it isn't known why; a \`given\` range may help`;
  return `  for \`${role}\`: ${visible(why.what)}${placeText(why.at)}`;
}

function placeText(at: TextPlace | undefined): string {
  return at ? ` (${visible(at.file)}:${at.line})` : '';
}

function counterexampleText({ person, role, period, sides, steps, rows }: Counterexample): readonly string[] {
  return [
    `  not so for \`${visible(person)}\`, a ${role}, in ${period}:`,
    ...(sides ?? []).map((each) => `    ${sideText(each)}`),
    ...(steps ?? []).map(({ moved, value }) => `    where ${sideText(moved)}, ${sideText(value)}`),
    '  with this data:',
    ...rows.map((each) => `    ${visible(each)}`),
  ];
}

function sideText({ words, value }: Side): string {
  return `${visible(words)} is ${figureText(value)}`;
}

// ---- cost ----------------------------------------------------------------------------------------------------

/** What each role can pay at most, what that is made of, and what has no bound. */
export function costText(report: CostReport): string {
  const { currency, given, roles, total } = report;
  const lines = [
    'what a person can be paid at most in one period, in one role',
    ...given.map((each) => `  ${visible(each)}`),
    '',
    ...roles.flatMap((each) => roleCostText(each, currency)),
    ...(total === undefined
      ? []
      : [
          total === null ? 'all together: no bound' : `all together: at most ${moneyText(total, currency)}`,
          '',
        ]),
  ];
  return lines.join('\n');
}

function roleCostText(cost: RoleCost, currency: string): readonly string[] {
  const { role, of, most, reached, seen, lines, unbounded, heads } = cost;
  const count = heads === undefined ? '' : ` × ${heads}`;
  const earned = of === 'earned' ? ' earned' : '';
  const head =
    most === null
      ? `${role}${count}: no bound; the most that was seen is ${moneyText(seen, currency)}`
      : reached
        ? `${role}${count}: ${moneyText(most, currency)}${earned}, and that is reached`
        : `${role}${count}: at most ${moneyText(most, currency)}${earned}; the most that was seen is ${moneyText(seen, currency)}`;
  return [
    head,
    ...lines.map(
      ({ name, most: each }) =>
        `  ${name}: ${each === null ? 'no bound' : `at most ${moneyText(each, currency)}`}`,
    ),
    ...unbounded.map(({ what, at }) => `  ${visible(what)}${placeText(at)}`),
    '',
  ];
}

// ---- cliffs ---------------------------------------------------------------------------------------------------

/** Where one more unit pays less, and where pay jumps up. */
export function cliffText({ cliffs, currency }: CliffReport): string {
  if (cliffs.length === 0) return 'no cliffs: nowhere does one more unit pay less, or much more\n';
  return `${cliffs.flatMap((each) => cliffLines(each, currency)).join('\n')}\n`;
}

function cliffLines(cliff: Cliff, currency: string): readonly string[] {
  const { kind, role, kpi, before, after, change, where } = cliff;
  const others =
    where === 'others on target' ? 'with all other KPIs on target' : 'with nothing of other KPIs';
  const word = kind === 'drop' ? 'warning: pays less' : 'note: jumps up';
  const size = moneyText(sign(exact(change)) < 0 ? change.replace('-', '') : change, currency);
  return [
    `${word} by ${size}: ${role}, \`${kpi}\` from ${visible(before.result)} to ${visible(after.result)}`,
    `  ${moneyText(before.pay, currency)} before, ${moneyText(after.pay, currency)} after, ${others}`,
  ];
}

// The words in which a comparison is told, in text and in Markdown alike: changes, causes, what falls out otherwise.

import { compare, exact, sign, ZERO } from '../base/exact.ts';
import type {
  Crossing,
  Delta,
  DiffFigures,
  PersonDelta,
  PolicyChange,
  PolicyDiff,
  WordsChange,
} from '../model/diff.ts';
import { amountText, percentText } from './format.ts';

/** `role hunter, bonus commission`, `rates ladder`. */
export function changeName({ kind, name, part }: PolicyChange): string {
  const whole = name === '' ? kind : `${kind} ${name}`;
  return part === undefined ? whole : `${kind === 'policy' ? kind : whole}, ${part}`;
}

/** What became of it: `added`, `renamed from meeting_fee`, `moved here from roles hunter, farmer`. */
export function changeHow({ how, was, roles = [], lines, part }: PolicyChange): string {
  switch (how) {
    case 'added':
    case 'removed':
      return how;
    case 'changed':
      return lines.length === 0 && part === undefined ? 'changed in order only' : 'changed';
    case 'renamed':
      return `renamed from \`${was}\`, and the same otherwise`;
    case 'moved': {
      const named = roles.map((each) => `\`${each}\``).join(', ');
      return lines.some((each) => each.after !== undefined)
        ? `moved here from ${named}: who had it has it still`
        : `moved to ${named}: who had it has it still`;
    }
    default:
      return how satisfies never;
  }
}

/** `+1,200.00`, `−300.00`, `0.00`. */
export function deltaText(delta: string, currency: string): string {
  const size = amountText(delta.replace(/^-/, ''), currency);
  const way = sign(exact(delta));
  return way === 0 ? size : `${way > 0 ? '+' : '−'}${size}`;
}

/** `+2.5 %`; nothing where there was nothing before. */
export function relativeText(relative: string | null): string {
  if (relative === null) return '';
  const size = percentText(relative.replace(/^-/, ''));
  const way = sign(exact(relative));
  return way === 0 ? size : `${way > 0 ? '+' : '−'}${size}`;
}

/** The changes of a cause by name; several that only make a policy together are joined. */
export function causeName(changes: readonly number[], diff: PolicyDiff): string {
  return changes
    .map((id) => diff.changes.find((each) => each.id === id)!)
    .map((each) => changeName(each))
    .join(' + ');
}

/** How deltas were traced, in a sentence. */
export function attributionText({ attribution, causes }: DiffFigures): string {
  if (causes.length < 2) return 'One cause: all that moves is its own.';
  if (attribution.kind === 'in order')
    return 'Each cause has what moves when it is made after those above it; in another order it could be more or less.';
  if (attribution.orders === '1')
    return 'The changes can be made one by one in one order only, the one listed.';
  return `Each cause has what moves when it is made, averaged over all ${attribution.orders} orders in which the changes can be made one by one.`;
}

/** Those whose pay moves. */
export function movers({ people }: DiffFigures): readonly PersonDelta[] {
  return people.filter(({ delta, byCause }) => delta !== '0' || byCause.length > 0);
}

/** Those whose pay moves most for what it was, the largest part first; who had nothing before comes last. */
export function byRelative(people: readonly PersonDelta[]): readonly PersonDelta[] {
  const size = ({ relative }: PersonDelta) => exact((relative ?? '0').replace(/^-/, ''));
  return people.toSorted((a, b) => compare(size(b), size(a)));
}

/** `6 people: 4 get more, 2 get less; 14 as before`. */
export function movedCount({ people }: DiffFigures): string {
  const up = people.filter(({ delta }) => compare(exact(delta), ZERO) > 0).length;
  const down = people.filter(({ delta }) => compare(exact(delta), ZERO) < 0).length;
  const same = people.length - up - down;
  if (up + down === 0) return `nobody's pay moves, of ${counted(people.length)}`;
  return `${counted(up)} ${up === 1 ? 'gets' : 'get'} more, ${down} less, ${same} the same`;
}

function counted(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

/** What fell out otherwise: `gate (conversion else 0%) >= 40%: passed → failed`. */
export function crossingText({ kind, of, before, after }: Crossing): string {
  const what = kind === 'points' || of === kind ? kind : `${KINDS[kind]} ${of}`;
  return `${what}: ${before} → ${after}`;
}

/** What decides money before what only shows how a result stands. */
export function byWeight(crossings: readonly Crossing[]): readonly Crossing[] {
  const isStatus = ({ kind }: Crossing): boolean => kind === 'status';
  return [...crossings.filter((each) => !isStatus(each)), ...crossings.filter(isStatus)];
}

const KINDS: Readonly<Record<Crossing['kind'], string>> = {
  gate: 'gate',
  condition: 'condition of',
  tier: 'tier of',
  cap: 'cap of',
  floor: 'floor of',
  draw: 'draw of',
  status: 'status of',
  award: 'award',
  badge: 'badge',
  training: 'training',
  level: 'level',
  points: 'points',
};

/** `title of role hunter: “A” → “B”`. */
export function wordsText({ of, what, before, after }: WordsChange): string {
  const about = what === undefined ? of : `${of}, ${what}`;
  const said = (text: string) => `“${text.replace(/\s+/g, ' ')}”`;
  if (before === undefined) return `${about}: ${said(after ?? '')} added`;
  if (after === undefined) return `${about}: ${said(before)} removed`;
  return `${about}: ${said(before)} → ${said(after)}`;
}

/** A person's name with the id where that says more. */
export function personText({ person, name }: { readonly person: string; readonly name: string }): string {
  return name === person ? name : `${name} (${person})`;
}

/** `hunter: commission`, `hunter: cap`. */
export function lineName({ role, kind, name }: DiffFigures['byLine'][number]): string {
  const line = kind === 'bonus' || name === kind ? name : `${kind} ${name}`;
  return role === null ? line : `${role}: ${line}`;
}

/** Before, after and delta. */
export function amountCells({ before, after, delta }: Delta, currency: string): readonly string[] {
  return [amountText(before, currency), amountText(after, currency), deltaText(delta, currency)];
}

/** The periods compared: `2026-01`, `2026-01..2026-06`. */
export function periodsText({ periods }: DiffFigures): string {
  return periods.length > 1 ? `${periods[0]}..${periods.at(-1)}` : (periods[0] ?? '');
}

/** Who it is, and whether in one version only. */
export function moverName(each: PersonDelta): string {
  const only = each.only === undefined ? '' : each.only === 'after' ? ' (new)' : ' (no more)';
  return personText(each) + only;
}

/** What each cause moves of a person's pay: `+2,000.00 by 1`. */
export function whyTexts({ byCause }: PersonDelta, { causes, currency }: DiffFigures): readonly string[] {
  return byCause.map(
    ({ cause, delta }) => `${deltaText(delta, currency)} by ${causes[cause - 1]!.changes.join(', ')}`,
  );
}

/** Of whom and when, and what fell out otherwise. */
export function crossingLine(each: Crossing): string {
  const role = each.role === null ? '' : `, ${each.role}`;
  return `${each.period} ${personText(each)}${role}: ${crossingText(each)}`;
}

// What each phrase looks like: the inverse of phrases.ts, one entry per rule. The same words stand in a line of the
// text form and in a YAML scalar.

import type { Expression, GrainName } from './ast.ts';
import type { Prize, Recipients } from './ast-awards.ts';
import type { TypeReference } from './ast-data.ts';
import type { Target } from './ast-roles.ts';
import { beginsClause } from './outline.ts';
import type { PhraseName, PhraseValue } from './phrases.ts';
import type { BonusClauses } from './phrases-pay.ts';
import type { TargetValue } from './phrases-target.ts';
import {
  beforeWhen,
  condition,
  formula,
  grainText,
  guarded,
  nameText,
  postfix,
  quoted,
  sum,
} from './print-expression.ts';
import { flat, type Layout, LINE, listed, nest, spaced } from './print-layout.ts';
import { joinsNumber } from './read-number.ts';

/** The rules of first lines, whose parts stand in columns: print-heads.ts. */
type HeadName =
  | 'noHead'
  | 'titleHead'
  | 'roleHead'
  | 'kpiHead'
  | 'bonusHead'
  | 'letHead'
  | 'poolHead'
  | 'forHead';
type Printers = { readonly [P in Exclude<PhraseName, HeadName>]: (value: PhraseValue<P>) => Layout };

/** How each phrase is printed. */
const PRINTERS: Printers = {
  formula,
  sum,
  name: nameText,
  word: ({ text }) => text,
  grain: grainText,
  list: (values) => listed(values.map(listItem), ', '),

  dateRange: ({ from, until }) => spaced(clause('from', from), clause('until', until)),
  rounding: ({ mode, to }) => spaced(mode.text, 'to', sum(to)),
  report: (by) => ['by ', formula(by)],
  paysIn: ({ currency, atPosting }) => spaced(sum(currency), atPosting && 'at posting'),
  corrections: (length) => ['within ', sum(length)],
  takesBack: (share) => ['at most ', sum(share), ' of pay'],
  reopens: (from) => ['from ', sum(from)],
  work: ({ days, from, to }) => {
    const said = 'date' in days ? sum(days.date) : spaced(days.from.text, days.to && `to ${days.to.text}`);
    return spaced(said, from.text, 'to', to.text);
  },
  holiday: ({ from, until, title }) => spaced(sum(from), clause('until', until), title && quoted(title.text)),
  weeks: (weeks) => [listed(weeks.map(sum), ', '), ' weeks'],

  fieldType: ({ type, key, posts, owner, known, from, until, fallback }) =>
    spaced(
      typeText(type),
      key && 'key',
      posts && 'posts',
      owner && 'owner',
      known && 'known',
      clause('from', from),
      clause('until', until),
      clause('else', fallback),
    ),
  creditLine: ({ to, otherwise, share, extra, also, as, role, inEveryRole, when }) =>
    spaced(
      'to',
      postfix(to),
      otherwise && ['else ', postfix(otherwise)],
      share === 'rest' ? 'rest' : guarded(sum(share), SHARE_WORDS),
      extra && 'extra',
      also && 'also',
      as && `as ${nameText(as)}`,
      role && `in role ${nameText(role)}`,
      inEveryRole && 'in every role',
      whenClause(when),
    ),
  category: ({ text }) => text,
  better: ({ text }) => text,
  status: ({ green, amber }) => ['green from ', sum(green), ', amber from ', sum(amber)],

  curveMode: ({ text }) => text,
  curveKey: (key) => {
    if (key.kind === 'below') return spaced('below', key.bound && sum(key.bound));
    if (key.kind === 'above') return 'above';
    if (key.upTo) return ['up to ', sum(key.at)];
    const point = guarded(sum(key.at), (word) => END_WORDS.has(word) || beginsClause(word));
    const isLiteral = key.at.kind === 'unary' && LITERALS.has(key.at.operand.kind);
    return flat(point).startsWith('-') && !isLiteral ? ['(', point, ')'] : point;
  },
  curveScore: (said) => {
    if ('score' in said) return sum(said.score);
    const per = guarded(sum(said.per), FULL);
    return spaced(sum(said.more), 'more per', said.full && 'full', per);
  },
  ratesMode: ({ text }) => text,
  tierBounds: ({ lower, upper }) =>
    spaced(lower.word, sum(lower.value), upper?.word, upper && sum(upper.value)),
  tierRate: ({ rate, onAll }) => spaced(sum(rate), onAll && 'on all'),
  gridBy: (names) => `by ${names.map(nameText).join(', ')}`,
  gridHeading: (keys) => listed(keys.map(gridKey), ' | '),
  gridKeys: (keys) => listed(keys.map(gridKey), ', '),
  gridValues: (values) => listed(values.map(sum), ' | '),

  target: (target) =>
    spaced(
      targetValue(target, target.when),
      target.addsUp && 'adds up',
      perClause(target.per),
      target.spread && ['spread ', spread(target.spread)],
      whenClause(target.when),
    ),
  targetValue: (value) => targetValue(value, undefined),
  spread,
  prorate: ({ text }) => `by ${text}`,
  scoreLine: ({ weight, curve, ofValue, cap, floor, missing }) =>
    spaced(
      sum(weight),
      curve && `on ${nameText(curve)}`,
      ofValue && 'of value',
      clause('cap', cap),
      clause('floor', floor),
      missing?.kind === 'counts' && ['missing counts ', sum(missing.score)],
      missing?.kind === 'spreads' && 'missing spreads its weight',
      missing?.kind === 'spreads' && clause('at least', missing.atLeast),
    ),
  gate: (gate) => spaced(claused(gate.condition, gate.when), whenClause(gate.when)),

  bonus: ({ value, ...clauses }) => spaced(claused(value, clauses.when), ...bonusWords(clauses)),
  bonusClauses: (clauses) => spaced(...bonusWords(clauses)),
  pays,
  holds: ({ share, length }) => [sum(share), ' for ', sum(length)],
  payable: ({ value, of }) => ['as ', sum(value), ' of ', sum(of)],
  cap: ({ amount, per, inAll, carryExcess }) =>
    spaced(sum(amount), perClause(per), inAll && 'in all', carryExcess && 'carry excess'),
  floor: ({ amount, per, inAll }) => spaced(sum(amount), perClause(per), inAll && 'in all'),
  draw: ({ amount, per, recoverable, length, recovered }) =>
    spaced(
      sum(amount),
      perClause(per),
      recoverable && 'recoverable',
      clause('for', length),
      recovered && ['recovered from month ', sum(recovered.fromMonth)],
      clause('at', recovered?.at),
    ),

  recipients,
  prizes: (prizes) => nest(2, listed(prizes.map(prize), [LINE, 'and '])),
  shared: (by) => (by === 'equally' ? by : ['by ', formula(by)]),
  rowHead: ({ count, of, id }) => {
    const isTaken = of.text === 'expect' || (count !== undefined && joinsNumber(of.text));
    return spaced(count && formula(count), isTaken ? quoted(of.text) : nameText(of), id && nameText(id));
  },
  cell: ({ value, every }) => spaced(sum(value), clause('every', every)),
  expectHead: ({ person, period }) => [nameText(person), ' in ', sum(period)],
  given: ({ value, from, until }) => spaced(sum(value), clause('from', from), clause('until', until)),
  claim: (claim) => {
    if (claim.kind === 'holds') return beginsLine(formula(claim.condition));
    const { value, direction } = claim;
    return [beginsLine(sum(value)), ` is ${direction} in `, sum(claim.in)];
  },
};

// Words that values would be taken for: a share, a point of a curve, a slope, a target, what is paid and won.
const SHARE_WORDS: ReadonlySet<string> = new Set(['rest', 'exists', 'else']);
const END_WORDS: ReadonlySet<string> = new Set(['below', 'above']);
const FULL: ReadonlySet<string> = new Set(['full']);
const TARGET_WORDS: ReadonlySet<string> = new Set(['within', 'from']);
const IN: ReadonlySet<string> = new Set(['in']);
const GIVEN: ReadonlySet<string> = new Set(['given']);
const EVENLY: ReadonlySet<string> = new Set(['evenly']);
const PRIZE_WORDS: ReadonlySet<string> = new Set(['points', 'badge', 'recognition', 'training']);
/** Words that go on with the line of `to` as clauses of their own, and those that may follow `top`. */
const AFTER_TO: ReadonlySet<string> = new Set(['when', 'gives', 'shared', 'only', 'split']);
const LITERALS: ReadonlySet<Expression['kind']> = new Set(['number', 'percent', 'money', 'duration']);

/** The words of a phrase. */
export function phraseText<P extends keyof Printers>(phrase: P, value: PhraseValue<P>): Layout {
  return PRINTERS[phrase](value);
}

/** The clauses after the formula of a bonus, each with its word. */
export function bonusClauses(said: BonusClauses): readonly (readonly [word: string, said: Layout])[] {
  const { when, cap, floor, first, whileEmployed, holds, forfeited, payableAs } = said;
  const clauses: readonly (readonly [string, Layout | undefined | false])[] = [
    ['when', when && nest(4, condition(when))],
    ['cap', cap && sum(cap)],
    ['floor', floor && sum(floor)],
    ['first', first && sum(first)],
    ['while', whileEmployed === true && 'employed'],
    ...paysOf(said).map((each) => ['pays', pays(each)] as const),
    ['holds', holds && PRINTERS.holds(holds)],
    ['forfeited', forfeited === true && 'on leaving'],
    ['payable', payableAs && PRINTERS.payable(payableAs)],
  ];
  return clauses.filter((each): each is [string, Layout] => each[1] !== undefined && each[1] !== false);
}

function bonusWords(said: BonusClauses): readonly Layout[] {
  return bonusClauses(said).map(([word, layout]) => [word, ' ', layout]);
}

/** What begins a line, in brackets where it would go on with the line before or be another clause. */
export function beginsLine(said: Layout): Layout {
  return flat(said).startsWith('-') ? ['(', said, ')'] : guarded(said, GIVEN);
}

/** What `pays` says several times, each by itself. */
export function paysOf({ parts, later, paysIn }: BonusClauses): readonly PhraseValue<'pays'>[] {
  return [...(parts ? [{ parts }] : []), ...(later ? [{ later }] : []), ...(paysIn ? [{ paysIn }] : [])];
}

function pays({ parts, later, paysIn }: PhraseValue<'pays'>): Layout {
  if (parts !== undefined) return ['in ', sum(parts.count), ' monthly parts'];
  if (later !== undefined) return [guarded(sum(later), IN), ' later'];
  return ['in ', PRINTERS.paysIn(paysIn!)];
}

/** A share of a list: what begins with a word would be taken for the next statement. */
function listItem(value: Expression): Layout {
  const text = sum(value);
  return /^["\p{L}_]/u.test(flat(text)) ? ['(', text, ')'] : text;
}

function spread({ parts }: NonNullable<Target['spread']>): Layout {
  return parts === 'evenly' ? parts : guarded(listed(parts.map(listItem), ', '), EVENLY);
}

function targetValue({ value, upTo, fromTable }: TargetValue, when: Expression | undefined): Layout {
  if (upTo !== undefined) return ['within ', sum(value), ' .. ', sum(upTo)];
  if (fromTable && value.kind === 'name') return `from ${nameText(value.name)}`;
  return guarded(claused(value, when), TARGET_WORDS);
}

type GridKey = PhraseValue<'gridKeys'>[number];

function gridKey(key: GridKey): Layout {
  if (key.kind === 'otherwise') return 'otherwise';
  return key.kind === 'word' ? nameText(key.word) : [`${key.word} `, sum(key.value)];
}

function recipients({ role, only, top, splitAmongTies }: Recipients): Layout {
  const isTaken = top !== undefined && AFTER_TO.has(role.text);
  return spaced(
    top && ['top ', guarded(sum(top.count), AFTER_TO), ' of'],
    isTaken ? quoted(role.text) : nameText(role),
    only && 'only',
    top && ['by ', guarded(condition(top.by), AFTER_TO)],
    top?.withZero === true && 'with zero',
    top?.thenBy && ['then by ', guarded(condition(top.thenBy), AFTER_TO)],
    splitAmongTies && 'split among ties',
  );
}

function prize({ kind, value, when }: Prize): Layout {
  const said = kind === 'money' ? guarded(sum(value), PRIZE_WORDS) : [`${kind} `, sum(value)];
  return spaced(said, whenClause(when));
}

function typeText(type: TypeReference): string {
  const mark = type.optional ? '?' : '';
  if (type.kind === 'enumeration')
    return type.members.map(nameText).join(type.ordered ? ' < ' : ' | ') + mark;
  const currency = type.currency === undefined ? '' : ` in ${type.currency.text}`;
  return `${nameText(type.name)}${currency}${mark}`;
}

function clause(word: string, value: Expression | undefined): Layout | undefined {
  return value && [`${word} `, sum(value)];
}

/** `per quarter`. */
export function perClause(per: GrainName | undefined): Layout | undefined {
  return per && `per ${grainText(per)}`;
}

function whenClause(when: Expression | undefined): Layout | undefined {
  return when && ['when ', nest(4, condition(when))];
}

function claused(value: Expression, when: Expression | undefined): Layout {
  return when === undefined ? formula(value) : beforeWhen(value);
}

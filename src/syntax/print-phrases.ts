// What each phrase looks like: the inverse of phrases.ts, one entry per rule. The same words stand in a line of the
// text form and in a YAML scalar.

import { InternalError } from '../base/diagnostic.ts';
import type { Expression, Name, TypeReference } from './ast.ts';
import { beginsClause } from './outline.ts';
import type { BonusHead, KpiHead, PhraseName, PhraseValue, RoleHead } from './phrases.ts';
import {
  beforeWhen,
  condition,
  formula,
  guarded,
  nameText,
  postfix,
  quoted,
  sum,
} from './print-expression.ts';
import { flat, type Layout, nest, spaced } from './print-layout.ts';

/** A head: phrases of a declaration's or bonus's first line, each in a column of its own. */
type HeadName = 'bonusHead' | 'kpiHead' | 'roleHead' | 'noHead';
type Printers = { readonly [P in Exclude<PhraseName, HeadName>]: (value: PhraseValue<P>) => Layout };

/** How each phrase is printed. */
const PRINTERS: Printers = {
  formula,
  sum,
  name: nameText,
  word: ({ text }) => text,
  dateRange: ({ from, until }) => spaced(clause('from', from), clause('until', until)),
  rounding: ({ mode, to }) => spaced(mode.text, 'to', sum(to)),
  report: (by) => ['by ', formula(by)],
  category: ({ text }) => text,
  better: ({ text }) => text,
  curveMode: ({ text }) => text,
  ratesMode: ({ text }) => text,
  fieldType: ({ type, key, posts, owner, from, until, fallback }) =>
    spaced(
      typeText(type),
      key && 'key',
      posts && 'posts',
      owner && 'owner',
      clause('from', from),
      clause('until', until),
      clause('else', fallback),
    ),
  creditLine: ({ to, otherwise, share, extra, as, role, when }) =>
    spaced(
      'to',
      postfix(to),
      otherwise && ['else ', postfix(otherwise)],
      share === 'rest' ? 'rest' : guarded(sum(share), SHARE_WORDS),
      extra && 'extra',
      as && `as ${nameText(as)}`,
      role && `in role ${nameText(role)}`,
      whenClause(when),
    ),
  target: ({ value, addsUp, per, when }) =>
    spaced(claused(value, when), addsUp && 'adds up', perClause(per), whenClause(when)),
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
  bonus: ({ value, when, cap }) => spaced(claused(value, when), whenClause(when), clause('cap', cap)),
  cap: ({ amount, per, inAll }) => spaced(sum(amount), perClause(per), inAll && 'in all'),
  tierBounds: ({ lower, upper }) =>
    spaced(lower.word, sum(lower.value), upper?.word, upper && sum(upper.value)),
  curveKey: (key) => {
    if (key.kind === 'below') return spaced('below', key.bound && sum(key.bound));
    if (key.kind === 'above') return 'above';
    const point = guarded(sum(key.at), (word) => END_WORDS.has(word) || beginsClause(word));
    return flat(point).startsWith('-') ? ['(', point, ')'] : point;
  },
};

// Words that a share, and a point of a curve, would be taken for.
const SHARE_WORDS: ReadonlySet<string> = new Set(['rest', 'exists', 'else']);
const END_WORDS: ReadonlySet<string> = new Set(['below', 'above']);

/** The words of a phrase. */
export function phraseText<P extends keyof Printers>(phrase: P, value: PhraseValue<P>): Layout {
  return PRINTERS[phrase](value);
}

/** The words of a first line, by column: those of one kind of declaration stand below each other. */
export function headCells(
  phrase: PhraseName,
  said: object,
): readonly (readonly [column: string, text: string])[] {
  switch (phrase) {
    case 'kpiHead': {
      const { title, category, better } = said as KpiHead;
      const way = better && `${better.text} is better`;
      return [
        ['title', titleText(title)],
        ['words', flat(spaced(category?.text, way))],
      ];
    }
    case 'roleHead': {
      const { title, extends: role } = said as RoleHead;
      return [
        ['title', titleText(title)],
        ['words', role ? `extends ${nameText(role)}` : ''],
      ];
    }
    case 'bonusHead': {
      const { title, gated, prorated, per } = said as BonusHead;
      const byDays = prorated === undefined ? '' : prorated ? 'prorated' : 'not prorated';
      return [
        ['title', titleText(title)],
        ['words', flat(spaced(gated && 'gated', byDays, perClause(per)))],
      ];
    }
    case 'noHead':
      return [];
    case 'curveMode':
    case 'ratesMode': {
      const { mode } = said as { readonly mode: Name };
      return [['words', mode.text]];
    }
    default:
      throw new InternalError(`the printer knows no head \`${phrase}\``);
  }
}

function titleText(title: Name | undefined): string {
  return title === undefined ? '' : quoted(title.text);
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

function perClause(per: Name | undefined): Layout | undefined {
  return per && `per ${per.text}`;
}

function whenClause(when: Expression | undefined): Layout | undefined {
  return when && ['when ', nest(4, condition(when))];
}

function claused(value: Expression, when: Expression | undefined): Layout {
  return when === undefined ? formula(value) : beforeWhen(value);
}

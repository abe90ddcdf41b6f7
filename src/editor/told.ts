// What a name of the policy is, in the author's own words: its title, what its `///` lines say, its type and formula.
// Completion and hover say the same.

import type { Span } from '../base/source.ts';
import type { Checking } from '../check/context.ts';
import type { Meaning, NameKind } from '../check/meanings.ts';
import { BUILT_IN_ATTRIBUTES } from '../check/names.ts';
import type { FieldModel } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { printExpression } from '../syntax/print-expression.ts';
import { CALLABLES } from './functions.ts';

/** What is known of a name. */
export interface Told {
  /** What it is, in words: `KPI`, `field of deal`. */
  readonly what: string;
  readonly title?: string;
  readonly doc?: string;
  readonly type?: ValueType;
  readonly optional?: boolean;
  /** On one line, as the formatter writes it. */
  readonly formula?: string;
  /** Where it is given its name. */
  readonly at?: Span;
}

interface Written {
  readonly name: ast.Name;
  readonly doc?: string;
  readonly title?: ast.Name;
  readonly value?: ast.Expression;
}

/** What the policy says of a name. */
export function told(checking: Checking, meaning: Meaning): Told {
  const what = inWords(meaning);
  const { name } = meaning;
  const { declared } = checking;
  const of = (written: Written | undefined, more: Partial<Told> = {}): Told => ({
    what,
    ...(written?.title && { title: written.title.text }),
    ...(written?.doc && { doc: written.doc }),
    ...(written?.value && { formula: lineOf(written.value) }),
    ...(written && { at: written.name.span }),
    ...more,
  });
  switch (meaning.kind) {
    case 'kpi':
    case 'let': {
      const figure = checking.figures.get(name);
      const written = declared.kpis.get(name) ?? declared.lets.get(name);
      return of(written, figure ? { type: figure.type, optional: figure.optional } : {});
    }
    case 'curve':
      return of(declared.curves.get(name), { formula: callOf(name) });
    case 'rates':
      return of(declared.rates.get(name), { formula: callOf(name) });
    case 'grid': {
      const grid = declared.grids.get(name);
      const keys = grid?.dimensions.map(({ text }) => text).join(', ') ?? '';
      return of(grid, { formula: `${name}(${keys})` });
    }
    case 'pool':
      return of(declared.pools.get(name), { type: { kind: 'money', currency: checking.currency } });
    case 'award':
    case 'level':
      return of(declared.awards.get(name));
    case 'role':
      return of(declared.roles.get(name));
    case 'event':
      return of(declared.eventNames.get(name));
    case 'calendar':
      return of(declared.calendars.get(name));
    case 'policy':
      return of(declared.policy);
    case 'bonus': {
      const role = declared.roles.get(meaning.of ?? '');
      const bonus = role?.bonuses.find((each) => each.name.text === name);
      return of(bonus, { type: { kind: 'money', currency: checking.currency } });
    }
    case 'field': {
      const event = declared.events.get(meaning.of ?? '');
      const computed = event?.formulas.get(name);
      const worked = event?.computed.get(name);
      if (computed) return of(computed, worked ? { type: worked.type, optional: worked.optional } : {});
      const stored = event?.fields.get(name);
      const written = event?.declaration.fields.find((each) => each.name.text === name);
      return of(written, stored ? { type: stored.type, optional: stored.optional } : {});
    }
    case 'column': {
      const column = declared.tables.get(meaning.of ?? '')?.fields.find((each) => each.name === name);
      return { what, ...(column && ofColumn(column)) };
    }
    case 'attribute': {
      const attribute = declared.attributes.get(name);
      return { what, ...(attribute && ofColumn(attribute)) };
    }
    case 'built-in': {
      const attribute = BUILT_IN_ATTRIBUTES.get(name);
      const doc = BUILT_IN.get(name);
      return { what, ...attribute, ...(doc !== undefined && { doc }) };
    }
    case 'scope': {
      const doc = SCOPES.get(name);
      return { what, ...(doc !== undefined && { doc }) };
    }
    case 'function': {
      const called = CALLABLES.get(name);
      return { what, ...(called && { doc: called.summary, formula: called.signatures[0]! }) };
    }
    case 'type': {
      const doc = TYPES.get(name);
      return { what, ...(doc !== undefined && { doc }) };
    }
    default:
      return { what };
  }
}

function ofColumn({ type, optional, doc }: FieldModel): Partial<Told> {
  return { type, optional, ...(doc !== undefined && { doc }) };
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['number', 'a number'],
  ['percent', 'a share: `5%` is 0.05'],
  ['money', "an amount in the policy's currency; `money in EUR` in that one"],
  ['duration', 'a length of time, such as `4 hours`'],
  ['date', 'a day'],
  ['datetime', 'a day with a time'],
  ['period', 'a month, quarter or the like: `2026-01`'],
  ['text', 'a text'],
  ['truth', 'yes or no'],
  ['person', 'the id of a person'],
]);

function callOf(name: string): string {
  return `${name}(x)`;
}

/** A formula on one line; of one that couldn't be read nothing. */
function lineOf(formula: ast.Expression): string {
  try {
    return formula.kind === 'unreadable' ? '' : printExpression(formula);
  } catch {
    return '';
  }
}

const IN_WORDS: Readonly<Partial<Record<NameKind, string>>> = {
  kpi: 'KPI',
  let: 'value',
  rates: 'rates',
  'built-in': 'built in',
};

/** A name with what it is and whose: `field amount of deal`. */
export function titleOf({ kind, name, of }: Meaning): string {
  if (kind === 'length of time' || kind === 'scope' || kind === 'built-in') return name;
  const noun = IN_WORDS[kind] ?? kind;
  return of === undefined || kind === 'word' ? `${noun} ${name}` : `${noun} ${name} of ${of}`;
}

/** What kind of thing a name stands for, and whose it is. */
export function inWords({ kind, of }: Meaning): string {
  const noun = IN_WORDS[kind] ?? kind;
  return of === undefined || kind === 'word' ? noun : `${noun} of ${of}`;
}

/** The type as a user writes and says it: `RUB`, `percent`, `won, lost or open`. */
export function typeText(type: ValueType): string {
  switch (type.kind) {
    case 'money':
      return type.currency;
    case 'truth':
      return 'yes or no';
    case 'enumeration':
      return type.members.join(type.ordered ? ' < ' : ' | ');
    case 'datetime':
      return 'date and time';
    case 'number':
    case 'percent':
    case 'duration':
    case 'date':
    case 'period':
    case 'text':
    case 'person':
      return type.kind;
    case 'error':
      return '';
    default:
      return type satisfies never;
  }
}

const BUILT_IN: ReadonlyMap<string, string> = new Map([
  ['person', 'who it is worked out for; its attributes follow a dot'],
  ['period', 'the period that is worked out; `period.start` and `period.end` are its days'],
  ['start', 'the first day of the period'],
  ['end', 'the last day of the period'],
  ['score', "the weighted result of the role's scorecard"],
  ['points', "the person's points"],
  ['share', 'the credited share of the row'],
  ['actual', 'what was measured of the KPI'],
  ['target', 'what is expected of the KPI'],
  ['pay', 'what is payable in the period'],
  ['n', 'the number of the row, from 1'],
  ['this', 'the row itself: what refers to it is looked at'],
  ['rate', 'the rate that a value reaches in the table'],
  ['leads', 'all leads above the person'],
  ['id', 'who it is, as in the people data'],
  ['name', 'how the person is called'],
  ['role', 'the role that is held'],
  ['team', "the person's team"],
  ['lead', "the person's lead"],
  ['month_in_role', 'the month in the role, from 1; absences over half a month are left out'],
  ['month_of_service', 'the month of service, from 1; absences over half a month are left out'],
]);

const SCOPES: ReadonlyMap<string, string> = new Map([
  ['team', "of the person's team, with oneself"],
  ['reports', 'of all people below the person, without oneself'],
  ['company', 'of the whole company'],
  ['ytd', 'from the beginning of the year to the end of the period'],
  ['qtd', 'from the beginning of the quarter to the end of the period'],
]);

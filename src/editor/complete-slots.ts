// Places of a phrase where one kind of name or word of a closed list stands: roles after `extends`, curves after `on`,
// types of fields, lengths of time, people of a test.

import { isCurrencyCode } from '../base/unit.ts';
import { lineageOf } from '../check/credit.ts';
import { TYPES } from '../check/fields.ts';
import { BUILT_IN_ATTRIBUTES } from '../check/names.ts';
import type { ValueType } from '../model/value.ts';
import type { Next } from '../syntax/next-words.ts';
import { quoted } from '../syntax/print-expression.ts';
import { namesOffered } from './complete-phrase.ts';
import { cellValues, people, rowNames } from './complete-tests.ts';
import { detailOf, type Offer, written } from './completion.ts';
import type { Inside, Place } from './cursor-place.ts';
import { LINTS } from './lints.ts';
import type { Project } from './project.ts';
import { snippet } from './snippets.ts';

type PhrasePlace = Place & { readonly kind: 'phrase' };

const GRAINS = ['day', 'week', 'month', 'quarter', 'year'] as const;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const DURATIONS = ['seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'quarters', 'years'] as const;
const ZONES = [
  ...['UTC', 'Europe/London', 'Europe/Berlin', 'Europe/Moscow', 'Asia/Almaty', 'Asia/Dubai', 'Asia/Kolkata'],
  ...['Asia/Shanghai', 'Asia/Tokyo', 'America/New_York', 'America/Chicago', 'America/Los_Angeles'],
  ...['America/Sao_Paulo', 'Australia/Sydney', 'Asia/Yekaterinburg', 'Asia/Novosibirsk'],
];

/** What may stand where the phrase wants one kind of name. */
export function slotOffers(
  project: Project,
  file: string,
  at: PhrasePlace,
  next: readonly Next[],
): readonly Offer[] {
  const { phrase, tokens, index, inside } = at;
  const before = tokens[index - 1]?.image;
  if (phrase === 'label' || inside.shape?.word === 'import') return labelOffers(project, file, inside);
  if (phrase === 'cell') return index === 0 ? cellValues(project, inside) : [];
  if (phrase === 'rowHead' && index <= 1) return rowNames(project, at);
  if (phrase === 'expectHead')
    return index === 0 ? people(project, inside) : index === 2 ? periods(project) : [];
  if (phrase === 'report')
    return before === '.' ? groupings(project) : before === 'by' ? words(['person'], 'built-in') : [];
  if (phrase === 'given') return given(project, at);
  const isConverted = before === 'to' && tokens.some(({ image }) => image === 'convert');
  if (isConverted || (phrase === 'paysIn' && index === 0)) return currencies(project);
  if (phrase === 'creditLine' && before === '.') return words(['leads'], 'built-in');
  if (before === 'as' && next.some(({ rules: each }) => each.includes('payable')))
    return namesOffered(project, ['event']);
  if (next.some(({ rules: each }) => each.at(-1) === 'gridKey')) return listWords(project);
  if ((phrase === 'curveScore' || phrase === 'gridValues') && (index === 0 || before === '|'))
    return listWords(project);
  if (phrase === 'claim' && before === 'is') return words(['nondecreasing', 'nonincreasing'], 'keyword');
  if (phrase === 'work' && next.some(({ kind }) => kind === 'word')) return words(WEEKDAYS, 'value');
  if ((phrase === 'dateRange' || phrase === 'forHead') && (before === 'from' || before === 'until'))
    return days(project);
  const rules = next.filter(({ kind }) => kind === 'name' || kind === 'word').map(({ rules }) => rules);
  const isIn = (...names: readonly string[]): boolean =>
    rules.some((each) => names.every((name, place) => each.at(place - names.length) === name));
  if (isIn('typeWord') || next.some(({ rules: [...each] }) => each.at(-1) === 'typeWord'))
    return index === 0 ? types(project) : [];
  if (isIn('type', 'word')) return [...currencies(project), ...textFields(project, inside)];
  if (isIn('ofCalendar', 'name')) return namesOffered(project, ['calendar']);
  if (isIn('each', 'grain', 'word')) return words(GRAINS, 'length of time');
  if (isIn('grain', 'word'))
    return [
      ...words(GRAINS, 'length of time'),
      ...(inside.clause?.key === 'bonuses' || inside.shape?.word === 'bonus'
        ? namesOffered(project, ['event'])
        : []),
    ];
  if (isIn('name')) return namedBy(project, { phrase, before, inside });
  return [];
}

/** What bounds are given of: KPIs, and fields of events. */
function given(project: Project, { tokens, index }: PhrasePlace): readonly Offer[] {
  const before = tokens[index - 1]?.image;
  if (index === 0) return [...kpis(project), ...namesOffered(project, ['event'])];
  const event =
    before === '.' ? project.checking?.declared.events.get(tokens[index - 2]?.value ?? '') : undefined;
  return [...(event?.fields.values() ?? [])].map(({ name, type, optional }) => ({
    label: name,
    kind: 'field',
    detail: detailOf(type, optional),
    rank: 1,
  }));
}

/** The words of all lists, which keys of grids may be. */
function listWords({ checking }: Project): readonly Offer[] {
  return [...(checking?.words.keys() ?? [])].map((label) => ({
    label: written(label),
    kind: 'word',
    rank: 1,
  }));
}

const GROUPS: ReadonlySet<ValueType['kind']> = new Set(['text', 'enumeration', 'person']);

/** Attributes by which people are grouped. */
function groupings({ checking }: Project): readonly Offer[] {
  const own = [...(checking?.declared.attributes.values() ?? [])].filter(({ type }) => GROUPS.has(type.kind));
  const builtIn = [...BUILT_IN_ATTRIBUTES].filter(([, { type }]) => GROUPS.has(type.kind));
  return [
    ...words(
      own.map(({ name }) => name),
      'attribute',
    ),
    ...words(
      builtIn.map(([name]) => name),
      'built-in',
    ),
  ];
}

function namedBy(
  project: Project,
  at: { readonly phrase: string; readonly before: string | undefined; readonly inside: Inside },
): readonly Offer[] {
  const { phrase, before, inside } = at;
  if (phrase === 'scoreLine') return namesOffered(project, ['curve']);
  if (before === 'extends') return basesOf(project, inside);
  if (phrase === 'recipients' || before === 'role') return namesOffered(project, ['role']);
  if (before === 'from') return namesOffered(project, ['table']);
  if (before === 'person') return namesOffered(project, ['person', 'test person']);
  return before === 'team' ? namesOffered(project, ['team']) : [];
}

/** The roles that a role may extend: those that don't extend it themselves. */
function basesOf(project: Project, { name }: Inside): readonly Offer[] {
  const { checking } = project;
  const isOwn = (role: string): boolean =>
    role === name || (checking !== undefined && lineageOf(checking, role).includes(name ?? ''));
  return namesOffered(project, ['role']).filter(({ label }) => !isOwn(label));
}

/** Words of a closed list. */
export function words(labels: readonly string[], kind: Offer['kind']): readonly Offer[] {
  return labels.map((label) => ({ label, kind, rank: 1 }));
}

/** All KPIs, with their types. */
export function kpis(project: Project): readonly Offer[] {
  return namesOffered(project, ['kpi']);
}

// ---- texts and names of declarations -------------------------------------------------------------------------

function labelOffers(project: Project, file: string, inside: Inside): readonly Offer[] {
  const { shape, clause, part } = inside;
  if (shape?.word === 'import') return files(project, file);
  switch ((part ?? clause)?.key) {
    case 'extends':
      return basesOf(project, inside);
    case 'currency':
      return currencies(project);
    case 'timezone':
      return ZONES.map((label) => ({ label, kind: 'value', insert: quoted(label), rank: 1 }));
    case 'person':
      return namesOffered(project, ['person', 'test person']);
    case 'team':
      return namesOffered(project, ['team']);
    case 'amends':
      return files(project, file);
    default:
      return [];
  }
}

/** The other files, as they are called from this one. */
function files(project: Project, file: string): readonly Offer[] {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return project.sources.flatMap(({ name }): readonly Offer[] => {
    if (name === file || !name.startsWith(folder)) return [];
    const path = `./${name.slice(folder.length)}`;
    return [{ label: path, kind: 'file', insert: quoted(path), rank: 1 }];
  });
}

function types(project: Project): readonly Offer[] {
  return [...words(TYPES, 'type'), ...namesOffered(project, ['event'])];
}

/** Currencies that the policy names, its own first. */
function currencies(project: Project): readonly Offer[] {
  const own = project.checking?.currency ?? 'USD';
  const named = project.sources.flatMap(({ text }) => text.match(/\b[A-Z]{3}\b/g) ?? []);
  const all = new Set([own, ...named.filter(isKnownCurrency), 'USD', 'EUR', 'GBP', 'RUB']);
  return [...all]
    .filter(isCurrencyCode)
    .map((label) => ({ label, kind: 'unit', rank: label === own ? 0 : 1 }));
}

const CURRENCIES: ReadonlySet<string> = new Set(
  (
    'AED ARS AUD AZN BGN BRL BYN CAD CHF CLP CNY COP CZK DKK EUR GBP GEL HKD HUF IDR ILS INR JPY KGS KRW KZT MXN MYR ' +
    'NOK NZD PEN PHP PLN RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD UZS VND ZAR'
  ).split(' '),
);

function isKnownCurrency(word: string): boolean {
  return CURRENCIES.has(word);
}

/** What makes an amount or a length of time of a number. */
export function unitOffers(project: Project): readonly Offer[] {
  return [...currencies(project), ...words(DURATIONS, 'unit')];
}

function textFields({ checking }: Project, { shape, name }: Inside): readonly Offer[] {
  if (shape?.word !== 'event') return [];
  const fields = [...(checking?.declared.events.get(name ?? '')?.fields.values() ?? [])];
  return words(
    fields.filter(({ type }) => type.kind === 'text').map((each) => each.name),
    'field',
  );
}

/** The policy's first and last day. */
export function days(project: Project): readonly Offer[] {
  return words(effectiveDays(project), 'value');
}

function effectiveDays({ checking }: Project): readonly string[] {
  const { from, until } = checking?.declared.policy?.effective ?? {};
  return [from, until].flatMap((each) => (each?.kind === 'date' ? [each.text] : []));
}

/** The months of the policy's first year, and the periods that other tests look at. */
function periods(project: Project): readonly Offer[] {
  const [from = '2026-01-01'] = effectiveDays(project);
  const months = Array.from(
    { length: 12 },
    (_, index) => `${from.slice(0, 4)}-${String(index + 1).padStart(2, '0')}`,
  );
  return words(
    months.filter((each) => each >= from.slice(0, 7)),
    'value',
  );
}

/** The codes that a comment may silence, behind `allow`. */
export function codes(before: string): readonly Offer[] {
  const allow = /^(?:\/\/+|#+)\s*(allow\b.*)?/.exec(before);
  if (!allow) return [];
  if (allow[1] === undefined)
    return [
      {
        label: 'allow',
        kind: 'keyword',
        doc: 'silences a warning at the next line, with the reason',
        insert: 'allow ',
        snippet: snippet('allow ‹M1501›: ‹why›'),
      },
    ];
  if (/:/.test(allow[1])) return [];
  return LINTS.map(([label, doc]) => ({ label, kind: 'code', doc }));
}

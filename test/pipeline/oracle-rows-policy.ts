// Generated policies of rows: which measures they have, in which scopes and windows, and the text of the whole.

import type { Draw } from '../backend/draw.ts';
import type { EventName, World } from './oracle-rows.ts';
import { type Computed, drawFields } from './oracle-rows-fields.ts';
import { combined, type Figure, type Scope } from './oracle-rows-figures.ts';
import { dealCredit, ownersCredit, paymentCredit, refundCredit } from './oracle-rows-lines.ts';
import { type Base, MAKERS, makeBase } from './oracle-rows-measures.ts';
import { monthsLater, type Office } from './oracle-rows-time.ts';

/** A KPI of the policy, and which features it shows. */
export interface Kpi {
  readonly name: string;
  readonly figure: Figure;
  readonly features: readonly string[];
  /** The KPI that it widens or shifts: where both come to the same, its features didn't matter. */
  readonly widens?: string;
}

export interface Policy {
  readonly text: (world: Pick<World, 'since' | 'office'>) => string;
  readonly credit: World['credit'];
  readonly kpis: readonly Kpi[];
  readonly features: readonly string[];
  /** Whether requests are looked at by the day that closed them. */
  readonly closed: boolean;
}

const SCOPES: Readonly<Record<string, Scope>> = {
  team: 'team',
  'by person.office': 'office',
  reports: 'reports',
  company: 'company',
};
const WINDOWS = [
  'previous',
  'previous 2',
  'ytd',
  'qtd',
  'trailing 3 months',
  'to date',
  'same period last year',
] as const;
/** What can't be added up from the figures of months. */
const RECOUNTED = ['average', 'whole', 'percentile', 'distinct', 'conversion', 'last of each'];

/** Names of all that is counted as drawn. */
export const FEATURES = [
  ...Object.keys(MAKERS),
  ...Object.keys(SCOPES),
  ...WINDOWS,
  ...RECOUNTED.map((each) => `${each} over a window`),
  'window of a window',
  'growth',
];
/** Those that make sure that every event is looked at, each line of credit, and clocks. */
const ALWAYS = [
  'sum',
  'care',
  'above',
  'of this',
  'converted',
  'two references',
  'conversion',
  'working time',
  'last of each',
];

export function drawPolicy(draw: Draw): Policy {
  const fields = drawFields(draw);
  const roles = draw.pick(['every', 'every', 'one', 'hunter'] as const);
  const credit = {
    deal: dealCredit(draw, roles),
    payment: paymentCredit(draw, fields, roles),
    refund: refundCredit(roles),
    request: ownersCredit(draw.pick(['one', 'every'])),
    balance: ownersCredit(draw.pick(['one', 'every'])),
  };
  const hasThirds = credit.deal.some((each) => each.extra === undefined && /\/[36]$/.test(each.share));
  const bases = Object.keys(MAKERS)
    .filter((each) => ALWAYS.includes(each) || draw.pick([true, false]))
    .filter((each) => each !== 'share' || !hasThirds)
    .map((each) => makeBase(each, draw, fields));
  const drawn = drawKpis(draw, bases);
  const text = ({ since, office }: Pick<World, 'since' | 'office'>): string => `
person { office: text? }
${officeText(office)}
${(Object.keys(WRITTEN) as EventName[]).map((each) => eventText(each, since[each], { balance: {}, ...fields }[each])).join('\n')}
table care_of { client: text key, farmer: person, from: date, until: date? }
table exchange { currency: text key, rate: number, from: date, until: date? }
${Object.entries(credit)
  .map(([event, lines]) => `credit ${event} {\n${lines.map((each) => `  ${each.text}`).join('\n')}\n}`)
  .join('\n')}
${drawn.map(({ kpi, text }) => `kpi ${kpi.name} = ${text}`).join('\n')}
role seller {\n${drawn.map(({ kpi, unit }) => `target ${kpi.name} 1${unit}`).join('\n')}\n}
role hunter extends seller { }
role senior extends hunter { }
role farmer extends seller { }
`;
  const kpis = drawn.map(({ kpi }) => kpi);
  const features = [...new Set(kpis.flatMap((each) => each.features))];
  return { text, credit, kpis, features, closed: bases.some((each) => each.closed) };
}

interface Drawn {
  readonly kpi: Kpi;
  readonly text: string;
  readonly unit: Base['unit'];
}

const monthsBack =
  (figure: Figure, months: number): Figure =>
  (world, view) =>
    figure(world, { ...view, month: monthsLater(view.month, -months) });

/** Each measure, most of them in a scope or window too, and some of those seen from an earlier month. */
function drawKpis(draw: Draw, bases: readonly Base[]): readonly Drawn[] {
  const kpis: Drawn[] = [];
  const add = (text: string, given: Omit<Kpi, 'name'>, unit: Base['unit']): string => {
    const name = `k${kpis.length}`;
    kpis.push({ kpi: { name, ...given }, text, unit });
    return name;
  };
  for (const { feature, text, figure, unit, ofPersons } of bases) {
    const name = add(text, { figure, features: [feature] }, unit);
    const scopes = Object.keys(SCOPES).filter((each) => !(ofPersons && each === 'company'));
    const scope = draw.rarely(3) ? undefined : draw.pick(scopes);
    const window = draw.rarely(4) ? undefined : draw.pick(WINDOWS);
    if (!scope && !window) continue;
    const said = draw.pick([true, false]) ? [scope, window] : [window, scope];
    const inBrackets = said.filter((each) => each !== undefined);
    const recounted = window && RECOUNTED.includes(feature) ? [`${feature} over a window`] : [];
    const wide: Figure = (world, view) =>
      figure(world, { ...view, ...(scope && { scope: SCOPES[scope]! }), ...(window && { window }) });
    const widened = { figure: wide, features: [...inBrackets, ...recounted], widens: name };
    const of = add(`${name}[${inBrackets.join(', ')}]`, widened, unit);
    if (window === undefined || window === 'to date' || draw.rarely(2)) continue;
    const back = draw.pick([1, 12]);
    const shifted = { figure: monthsBack(wide, back), features: ['window of a window'], widens: of };
    add(`${of}[${back === 1 ? 'previous' : 'same period last year'}]`, shifted, unit);
    if (draw.rarely(2)) continue;
    const growth = combined('-', [figure, monthsBack(figure, 1)]);
    const grown = add(`${name} - ${name}[previous]`, { figure: growth, features: ['growth'] }, unit);
    add(
      `${grown}[previous] - ${of}[previous]`,
      {
        figure: combined('-', [monthsBack(growth, 1), monthsBack(wide, 1)]),
        features: ['growth', 'window of a window'],
      },
      unit,
    );
  }
  return kpis;
}

// ---- text ------------------------------------------------------------------------------------------------------

function officeText({ week, own, holidays }: Office): string {
  const lines = [
    ...week.map(([from, until]) => `work monday to friday ${from} to ${until}`),
    ...own.map(([day, [from, until]]) => `work ${day} ${from} to ${until}`),
    ...holidays.map(({ from, until }) => `holiday ${from} until ${until}`),
  ];
  return `calendar office {\n  ${lines.join('\n  ')}\n}`;
}

const WRITTEN: Readonly<Record<EventName, string>> = {
  deal: `id: text key
  day: date posts
  recorded: datetime? known
  who: person owner
  helper: person?
  client: text?
  amount: money from -500 RUB until 5_000 RUB
  grade: bronze < silver < gold`,
  payment: `id: text key
  at: datetime posts
  deal: deal
  collector: person owner
  amount: money in currency
  currency: text
  booked: date
  worth: money`,
  refund: `id: text key
  day: date? posts
  payment: payment
  handler: person owner
  amount: money`,
  request: `id: text key
  opened: datetime posts
  closed: datetime?
  who: person owner
  client: text?`,
  balance: `id: text key
  at: datetime posts
  recorded: datetime? known
  who: person owner
  account: text
  amount: money from -500 RUB until 5_000 RUB`,
};

function eventText(event: EventName, since: string, fields: Readonly<Record<string, Computed>>): string {
  const computed = Object.entries(fields).map(([name, { text }]) => `  ${name} = ${text}`);
  return `event ${event} {\n  since ${since}\n  ${[WRITTEN[event], ...computed].join('\n')}\n}`;
}

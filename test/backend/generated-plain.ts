// Generated policies and files of which most need no mending, so that DuckDB answers them by passes over typed columns;
// and now and then a cell, a key or a person that does.

import { dayOf, dayText } from '../../src/base/date.ts';
import type { Draw } from './draw.ts';

export interface PlainCase {
  readonly policy: string;
  readonly people: string;
  readonly period: string;
  readonly heading: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many cells were drawn to be odd. */
  readonly oddities: number;
  /** How each column is cast for a file with types. */
  readonly casts: readonly string[];
}

interface Column {
  readonly name: string;
  /** As the policy declares it. */
  readonly declared: string;
  readonly cell: () => string;
  readonly odd: readonly string[];
  readonly cast: string;
}

const START = dayOf(2026, 1, 1);
const CLIENTS = ['Nord', 'Süd', 'Ост', 'West', 'a b', "O'Neil", 'café', 'Nord GmbH'];

export function generatePlain(draw: Draw): PlainCase {
  const numbered = draw.rarely(4);
  const columns = columnsOf(draw, numbered);
  const since = draw.rarely(3) ? undefined : START - draw.pick([400, 31, 3]);
  const { kpis, bonuses } = figures(draw, { hasSince: since !== undefined, columns });
  const period = draw.pick([
    ['month', '2026-01..2026-03'],
    ['month', '2026-02'],
    ['quarter', '2026-Q1'],
    ['week', '2026-W05..2026-W08'],
  ] as const);
  const body = draw.list(0, 40, (at) =>
    columns.map((each) => (each.name === 'id' ? String(at * 7 + 1) : each.cell())),
  );
  let oddities = 0;
  while (body.length > 0 && draw.rarely(2) && oddities < 3) {
    const at = draw.int(0, columns.length - 1);
    if (columns[at]!.odd.length === 0) continue;
    body[draw.int(0, body.length - 1)]![at] = draw.pick(columns[at]!.odd);
    oddities++;
  }
  return {
    policy: `policy plain {
  currency RUB
  timezone "${draw.pick(['Europe/Moscow', 'America/New_York', 'Pacific/Apia'])}"
  period ${period[0]}
}
event deal {
${since === undefined ? '' : `  since ${dayText(since)}\n`}${columns.map((each) => `  ${each.name}: ${each.declared}`).join('\n')}
  is_won = status is won
  margin = amount - (cost else 0 RUB)
${since === undefined ? '' : '  is_first = nth(by client where is_won) is 1\n'}}
${kpis.join('\n')}
role seller {
${bonuses.join('\n')}
}
role head { bonus all = k0[company] * 1% }
`,
    people: people(draw),
    period: period[1],
    heading: columns.map((each) => each.name),
    rows: body,
    oddities,
    casts: columns.map((each) => each.cast),
  };
}

function columnsOf(draw: Draw, numbered: boolean): readonly Column[] {
  const day = (): string => dayText(START + draw.int(-40, 110));
  const figure = (): string => {
    const decimals = draw.pick(['', '', '.5', '.25', '.07', '.00']);
    return `${draw.int(0, draw.pick([9, 900, 90_000]))}${decimals}`;
  };
  const or = (cell: () => string, times: number) => (): string => (draw.rarely(times) ? '' : cell());
  const number = [
    '-5',
    '-0',
    '+7',
    '007',
    ' 5',
    '5 ',
    '1e2',
    '.5',
    '5.',
    '1.1234567',
    '1.1234567891',
    '123456789012345',
    '999999999999999999',
    '1,000',
    'x',
    '',
  ];
  const optionalDay = draw.rarely(3);
  const bound = draw.pick(['', '', ' from 0 RUB', ' from 0.5 RUB until 90000.25 RUB']);
  const share = draw.pick(['number else 2', 'number else 1.25', 'number?', 'number from -1 until 1000.5']);
  const decimal = (): string =>
    draw.rarely(12)
      ? draw.pick(['VARCHAR', 'DECIMAL(38, 10)'])
      : draw.pick(['DECIMAL(9, 2)', 'DECIMAL(18, 3)', 'DECIMAL(38, 4)', 'BIGINT', 'INTEGER']);
  const all: readonly Column[] = [
    {
      name: 'id',
      declared: numbered ? 'number key' : 'text key',
      cell: () => '',
      odd: numbered ? ['1', '1.0', '08', '8', '', 'x', '2.5'] : ['1', '8', '', '1 ', 'e\u0301', 'é', '15'],
      cast: numbered ? draw.pick(['INTEGER', 'DECIMAL(18, 1)']) : 'VARCHAR',
    },
    {
      name: 'closed_on',
      declared: optionalDay ? 'date? posts' : 'date posts',
      cell: or(day, optionalDay ? 12 : 1_000_000),
      odd: [
        '2026-02-30',
        '2026-1-5',
        '0000-01-01',
        '0001-01-01',
        '9999-12-31',
        '10000-01-01',
        '2026-02-01T00:00:00',
        ' 2026-02-01',
        '',
        'infinity',
      ],
      cast: draw.rarely(12) ? 'TIMESTAMP' : 'DATE',
    },
    {
      name: 'manager',
      declared: 'person owner',
      cell: () => draw.pick(['ann', 'bob', 'cid', 'josé']),
      odd: ['zoe', '', 'Ann', 'ann ', 'jose\u0301'],
      cast: 'VARCHAR',
    },
    {
      name: 'partner',
      declared: draw.pick(['person?', 'text?']),
      cell: or(() => draw.pick(['ann', 'bob']), 2),
      odd: ['zoe', ' ', 'jose\u0301'],
      cast: 'VARCHAR',
    },
    {
      name: 'client',
      declared: draw.pick(['text', 'text', 'text else "café"']),
      cell: () => draw.pick(CLIENTS),
      odd: ['cafe\u0301', 'Nоrd', 'Nord ', '', 'a  b', 'Иван', '\u1e9b\u0323'],
      cast: 'VARCHAR',
    },
    { name: 'amount', declared: `money${bound}`, cell: figure, odd: number, cast: decimal() },
    { name: 'cost', declared: 'money?', cell: or(figure, 4), odd: number, cast: decimal() },
    {
      name: 'discount',
      declared: share,
      cell: or(() => String(draw.int(-1, 9)), share.includes('from') ? 1_000_000 : 4),
      odd: number,
      cast: decimal(),
    },
    {
      name: 'urgent',
      declared: draw.pick(['truth', 'truth?', 'truth else false']),
      cell: () => draw.pick(['true', 'false', 'true', 'false', 'yes', 'no']),
      odd: ['TRUE', '1', '', ' no', 'x'],
      cast: draw.rarely(12) ? 'VARCHAR' : 'BOOLEAN',
    },
    {
      name: 'status',
      declared: 'won | lost | naïve',
      cell: () => draw.pick(['won', 'won', 'lost', 'naïve']),
      odd: ['Won', 'gone', '', 'nai\u0308ve', 'won '],
      cast: draw.pick(['VARCHAR', 'VARCHAR', "ENUM('won', 'lost', 'naïve')"]),
    },
  ];
  return all;
}

interface FigureText {
  readonly formula: string;
  readonly isMoney: boolean;
  readonly optional: boolean;
}

function figures(
  draw: Draw,
  { hasSince, columns }: { readonly hasSince: boolean; readonly columns: readonly Column[] },
): { readonly kpis: readonly string[]; readonly bonuses: readonly string[] } {
  const isOptional = (name: string): boolean =>
    columns.some((each) => each.name === name && each.declared.includes('?'));
  const urgent = isOptional('urgent') ? '(urgent else false)' : 'urgent';
  const discount = isOptional('discount') ? '(discount else 0.5)' : 'discount';
  const condition = (): string =>
    draw.pick([
      'is_won',
      urgent,
      `is_won and not ${urgent}`,
      'amount >= 100.5 RUB',
      'status is not lost',
      'client is "Nord" or status is naïve',
      `${discount} > 1.5`,
      'cost exists',
      ...(hasSince ? ['is_first else false'] : []),
    ]);
  const where = (): string => (draw.rarely(2) ? ` where ${condition()}` : '');
  const window = (optional: boolean): readonly [string, boolean] =>
    draw.rarely(3) && hasSince
      ? [draw.pick(['[ytd]', '[trailing 3 months]', '[to date]']), true]
      : ['', optional];
  const one = (): FigureText => {
    const of = (formula: string, isMoney: boolean, optional: boolean): FigureText => {
      const [over, can] = window(optional);
      return { formula: `${formula}${over}`, isMoney, optional: can };
    };
    switch (draw.int(0, 8)) {
      case 0:
        return of(`count(deal${where()})`, false, false);
      case 1:
        return of(`count(distinct deal.client${where()})`, false, false);
      case 2:
        return of(
          `percentile(deal.amount, ${draw.pick(['90%', '7%', '50%', '33.3%'])}${where()})`,
          true,
          true,
        );
      case 3:
        return of(`median(deal.margin${where()})`, true, true);
      case 4:
        return of(`${draw.pick(['min', 'max'])}(deal.amount${where()})`, true, true);
      case 5:
        return of(`average(deal.amount${where()})`, true, true);
      case 6:
        return of(
          `sum(deal.${isOptional('discount') ? 'discount else 0.5' : 'discount'}${where()})`,
          false,
          false,
        );
      case 7:
        return of(`sum(deal.amount * 3%${where()})`, true, false);
      default:
        return of(`sum(deal.${draw.pick(['amount', 'margin'])}${where()})`, true, false);
    }
  };
  const found: readonly FigureText[] = [
    { formula: 'sum(deal.amount where is_won)', isMoney: true, optional: false },
    ...draw.list(1, draw.pick([4, 4, 20]), one),
  ];
  return {
    kpis: found.map(({ formula }, at) => `kpi k${at} = ${formula}`),
    bonuses: found.map(({ isMoney, optional }, at) => {
      const value = optional ? `(k${at} else 0${isMoney ? ' RUB' : ''})` : `k${at}`;
      return `  bonus b${at} = ${value} * ${isMoney ? '1%' : '1 RUB'}`;
    }),
  };
}

/** Who is there from the beginning or not, with a gap, in one role after the other, and rarely in two at once. */
function people(draw: Draw): string {
  const middle = (): string => dayText(START + draw.int(0, 80));
  const cid = START + draw.int(-10, 60);
  const lines = [
    'ann,seller,2025-01-01,',
    `bob,seller,2025-06-01,${dayText(START + draw.int(-10, 80))}`,
    `cid,seller,2025-01-01,${dayText(cid)}`,
    `cid,${draw.pick(['seller', 'head'])},${dayText(cid + draw.pick([1, 1, 20]))},`,
    `josé,head,${middle()},`,
    ...(draw.rarely(12) ? ['ann,head,2026-02-10,'] : []),
  ];
  return `id,role,from,until\n${lines.join('\n')}\n`;
}

// Figures over the rows of one small event, from both backends: what tests of formulas of rows are written with.

import { runOnBoth, type SmallRun } from './run-policy.ts';

/** An event `deal` of `fields`, its rows (without id, day and manager), and a KPI of each value. */
export interface RowValues extends Pick<SmallRun, 'zone' | 'data'> {
  readonly fields: string;
  readonly rows: readonly string[];
  /** By name; the first field of a formula that doesn't name the event is `deal.field`. */
  readonly values: Readonly<Record<string, string>>;
  /** Further declarations. */
  readonly more?: string;
}

/** The run of such values, for those that stop it. */
export function rowValuesRun({ fields, rows, values, more = '', zone, data }: RowValues): SmallRun {
  const names = [...fields.matchAll(/^\s*(\w+):/gm)].map((each) => each[1]!);
  const field = new RegExp(`(?<![.\\w])(${names.join('|')})\\b`);
  const formula = (text: string) => (text.includes('deal') ? text : text.replace(field, 'deal.$1'));
  const kpis = Object.entries(values).map(([name, text]) => `kpi ${name} = ${formula(text)}`);
  return {
    ...(zone !== undefined && { zone }),
    policy: `${more}
event deal {
  since 2020-01-01
  id: text key
  day: date posts
  manager: person owner
  ${fields}
}
${kpis.join('\n')}
role seller { }`,
    people: 'id,name,role\nanna,Anna,seller',
    period: '2026-01',
    data: {
      deal: [
        `id,day,manager,${names.join(',')}`,
        ...rows.map((row, at) => `${at},2026-01-10,anna,${row}`),
      ].join('\n'),
      ...data,
    },
  };
}

/** What the company has of each value; `null` where it is missing. */
export async function rowValues(given: RowValues): Promise<Readonly<Record<string, string | null>>> {
  const result = await runOnBoth(rowValuesRun(given));
  const { kpis } = result.company[0]!;
  const named = (name: string) => kpis.find((each) => each.kpi === name || each.kpi.startsWith(`${name}[`))!;
  return Object.fromEntries(Object.keys(given.values).map((name) => [name, named(name).actual.value]));
}

// The examples of the repository, bundled as files of the page. What their configurations say of data stands here again,
// since the page doesn't read configurations; a test compares the two.

import type { Source } from '../../../src/browser-engine.ts';
import type { DataFile } from '../worker/held.ts';

/** What a file of data is bound to, without its text. */
export type Binding = Omit<DataFile, 'text'>;

/** One example: what its folder holds. */
export interface Example {
  readonly folder: string;
  /** Policy files, the first one first. */
  readonly policy: readonly string[];
  readonly data: readonly Binding[];
  /** Its data isn't part of the repository: the page says where to get it. */
  readonly withoutData?: true;
  readonly period: string;
}

export const EXAMPLES: readonly Example[] = [
  {
    folder: 'sales-department',
    policy: ['policy.merit'],
    data: [
      { name: 'person', file: 'people.csv' },
      { name: 'deal', file: 'deals.csv' },
      { name: 'call', file: 'calls.csv' },
      { name: 'meeting', file: 'meetings.csv' },
      { name: 'request', file: 'requests.csv' },
      { name: 'survey', file: 'surveys.csv' },
      { name: 'account_care', file: 'account_care.csv' },
      { name: 'market', file: 'market.csv' },
    ],
    period: '2026-12',
  },
  {
    folder: 'whole-language',
    policy: ['policy.merit', 'calendar.merit'],
    data: [
      { name: 'person', file: 'people.csv' },
      { name: 'deal', file: 'deals.csv' },
      { name: 'call', file: 'calls.csv' },
      { name: 'request', file: 'requests.csv' },
      { name: 'account_care', file: 'account_care.csv' },
    ],
    period: '2026-06',
  },
  {
    folder: 'crm-pipeline',
    policy: ['policy.merit'],
    withoutData: true,
    data: [
      {
        name: 'person',
        file: 'sales_teams.csv',
        columns: { id: 'sales_agent', team: 'manager', office: 'regional_office' },
        constants: { role: 'agent' },
      },
      {
        name: 'deal',
        file: 'sales_pipeline.csv',
        columns: {
          id: 'opportunity_id',
          agent: 'sales_agent',
          stage: 'deal_stage',
          engaged_on: 'engage_date',
          closed_on: 'close_date',
          value: 'close_value',
        },
      },
      { name: 'prices', file: 'products.csv', columns: { list: 'sales_price' } },
    ],
    period: '2017',
  },
];

/** The policy and data of an example. */
export interface OpenedExample {
  readonly policy: readonly Source[];
  readonly data: readonly DataFile[];
}

/** Loads an example's files with what reads a file of its folder. */
export async function loadExample(
  example: Example,
  read: (path: string) => Promise<string>,
): Promise<OpenedExample> {
  const { folder, withoutData = false } = example;
  const policy = example.policy.map(async (name) => ({ name, text: await read(`${folder}/${name}`) }));
  const data = withoutData
    ? []
    : example.data.map(async (each) => ({ ...each, text: await read(`${folder}/data/${each.file}`) }));
  return { policy: await Promise.all(policy), data: await Promise.all(data) };
}

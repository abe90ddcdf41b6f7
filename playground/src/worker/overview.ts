// What the page needs to know of a checked policy: a small picture of the Model, which itself stays in the worker.

import type { Model } from '../../../src/browser-engine.ts';

type ValueType = Model['attributes'][number]['type'];

/** One kind of rows that the policy reads, and its columns. */
export interface SourceNeed {
  /** `person`, `absence`, or an event or table. */
  readonly name: string;
  readonly kind: 'people' | 'absence' | 'event' | 'table';
  /** Without rows of it nothing can be run. */
  readonly needed: boolean;
  readonly fields: readonly FieldNeed[];
  readonly doc?: string;
}

/** A column that the policy reads. */
export interface FieldNeed {
  readonly name: string;
  /** In the language's words: `money`, `date`, `won | lost`. */
  readonly type: string;
  readonly optional: boolean;
  /** Puts the row into a period. */
  readonly posts?: true;
}

/** The checked policy in short. */
export interface Overview {
  readonly name: string;
  readonly title?: string;
  readonly currency: string;
  /** The policy's period: `month`, `quarter`, or one of a fiscal calendar. */
  readonly grain: string;
  /** First and last day, where the policy says them. */
  readonly effective: { readonly from?: number; readonly until?: number };
  readonly sources: readonly SourceNeed[];
  readonly roles: readonly { readonly name: string; readonly title?: string }[];
  readonly tests: readonly string[];
}

// What people and absence data has in every policy.
const PEOPLE: readonly FieldNeed[] = [
  { name: 'id', type: 'text', optional: false },
  { name: 'name', type: 'text', optional: true },
  { name: 'role', type: 'text', optional: false },
  { name: 'team', type: 'text', optional: true },
  { name: 'lead', type: 'text', optional: true },
  { name: 'from', type: 'date', optional: true },
  { name: 'until', type: 'date', optional: true },
];
const ABSENCE: readonly FieldNeed[] = [
  { name: 'person', type: 'person', optional: false },
  { name: 'from', type: 'date', optional: false },
  { name: 'until', type: 'date', optional: true },
  { name: 'kind', type: 'text', optional: true },
];

/** The picture of a Model. */
export function overviewOf(model: Model): Overview {
  const { name, title, currency, grain, effective, events, tables, attributes, roles, tests } = model;
  const sources: SourceNeed[] = [
    {
      name: 'person',
      kind: 'people',
      needed: true,
      fields: [...PEOPLE, ...attributes.map((each) => fieldOf(each))],
    },
    ...events.map((event): SourceNeed => {
      const fields = event.fields.map((each) => fieldOf(each, event.posting));
      return {
        name: event.name,
        kind: 'event',
        needed: true,
        fields,
        ...(event.doc !== undefined && { doc: event.doc }),
      };
    }),
    ...tables.map(
      (table): SourceNeed => ({
        name: table.name,
        kind: 'table',
        needed: true,
        fields: table.fields.map((each) => fieldOf(each)),
      }),
    ),
  ];
  if (!sources.some((each) => each.name === 'absence'))
    sources.push({ name: 'absence', kind: 'absence', needed: false, fields: ABSENCE });
  return {
    name,
    ...(title !== undefined && { title }),
    currency,
    grain,
    effective,
    sources,
    roles: roles.map((each) => ({ name: each.name, ...(each.title !== undefined && { title: each.title }) })),
    tests: tests.map((each) => each.name),
  };
}

function fieldOf(
  { name, type, optional, fallback }: Model['attributes'][number],
  posting?: string,
): FieldNeed {
  return {
    name,
    type: typeText(type),
    optional: optional || fallback !== undefined,
    ...(name === posting && { posts: true as const }),
  };
}

function typeText(type: ValueType): string {
  return type.kind === 'enumeration' ? type.members.join(' | ') : type.kind;
}

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
  readonly sources: readonly SourceNeed[];
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

/** The picture of a policy: of its versions, in order of time, what the last one is called, and what any of them reads. */
export function overviewOf(models: readonly Model[], tests: readonly string[]): Overview | undefined {
  const last = models.at(-1);
  if (!last) return undefined;
  const { name, title, currency, grain } = last;
  return {
    name,
    ...(title !== undefined && { title }),
    currency,
    grain,
    sources: models.reduce<readonly SourceNeed[]>((all, model) => together(all, sourcesOf(model)), []),
    tests,
  };
}

/** The same kind of rows in two versions has the columns of both; whichever alone reads it needs it in its own periods. */
function together(all: readonly SourceNeed[], more: readonly SourceNeed[]): readonly SourceNeed[] {
  const merged = all.map((one) => {
    const other = more.find((each) => each.name === one.name);
    const fields =
      other?.fields.filter((field) => one.fields.every((each) => each.name !== field.name)) ?? [];
    return fields.length === 0 ? one : { ...one, fields: [...one.fields, ...fields] };
  });
  return [...merged, ...more.filter((each) => all.every((one) => one.name !== each.name))];
}

function sourcesOf({ events, tables, attributes }: Model): readonly SourceNeed[] {
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
  return sources;
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

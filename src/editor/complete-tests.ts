// What stands in the rows and expectations of tests: events and tables, their columns, words and people.

import type { ValueType } from '../model/value.ts';
import type { Token } from '../syntax/tokens.ts';
import * as t from '../syntax/tokens.ts';
import { namesOffered } from './complete-phrase.ts';
import { days, words } from './complete-slots.ts';
import { detailOf, type Offer, written } from './completion.ts';
import type { Inside, Place } from './cursor-place.ts';
import type { Project } from './project.ts';

/** What a row of a test may be of. */
export function rowNames(
  project: Project,
  { tokens, index }: Place & { readonly kind: 'phrase' },
): readonly Offer[] {
  const isCounted = tokens[0]?.tokenType === t.NumberToken;
  if (index === 1 && !isCounted) return [];
  const names = namesOffered(project, ['event', 'table']);
  const rows: readonly Offer[] = names.map((each) =>
    isCounted ? { ...each, label: `${each.label}s`, insert: `${each.label}s` } : each,
  );
  return isCounted ? rows : [...words(['person', 'absence'], 'built-in'), ...rows];
}

/** The people of the test around, whom its expectations and rows may name. */
export function people(project: Project, { name }: Inside): readonly Offer[] {
  return testRows(project, name)
    .filter(({ of }) => of.text === 'person')
    .flatMap(({ id }) =>
      id ? [{ label: id.text, kind: 'test person' as const, insert: written(id.text), rank: 0 }] : [],
    );
}

function testRows(project: Project, name: string | undefined) {
  const tests = [...project.files.values()].flatMap(({ value }) => value.declarations);
  const test = tests.find((each) => each.kind === 'test' && each.name.text === name);
  return test?.kind === 'test' ? test.rows : [];
}

/** The columns of the row around. */
export function cellFields({ checking }: Project, { head = [] }: Inside): readonly Offer[] {
  if (!checking) return [];
  const fields = fieldsOf(checking, head);
  return fields.map(({ name, type, optional }) => ({
    label: name,
    kind: 'field' as const,
    detail: detailOf(type, optional),
    insert: written(name),
    rank: optional ? 2 : 1,
  }));
}

interface Column {
  readonly name: string;
  readonly type: ValueType;
  readonly optional: boolean;
}

const DATE: ValueType = { kind: 'date' };
const TEXT: ValueType = { kind: 'text' };
const PERSON: ValueType = { kind: 'person' };

function fieldsOf(checking: NonNullable<Project['checking']>, head: readonly Token[]): readonly Column[] {
  const { attributes, events, tables } = checking.declared;
  const isCounted = head[0]?.tokenType === t.NumberToken;
  const of = head[isCounted ? 1 : 0]?.value ?? '';
  const names = isCounted ? [of, of.replace(/ies$/, 'y'), of.replace(/es$/, ''), of.replace(/s$/, '')] : [of];
  if (of === 'person')
    return [
      { name: 'role', type: TEXT, optional: false },
      ...[...attributes.values()].map(({ name, type, optional }) => ({ name, type, optional })),
      ...['team', 'name'].map((name) => ({ name, type: TEXT, optional: true })),
      { name: 'lead', type: PERSON, optional: true },
      ...['from', 'until'].map((name) => ({ name, type: DATE, optional: true })),
    ];
  for (const name of names) {
    const fields = events.get(name)?.fields.values() ?? tables.get(name)?.fields;
    if (fields)
      return [...fields].map((each) => ({ name: each.name, type: each.type, optional: each.optional }));
  }
  if (of !== 'absence') return [];
  return [
    { name: 'person', type: PERSON, optional: false },
    ...['from', 'until'].map((name) => ({ name, type: DATE, optional: false })),
    { name: 'kind', type: TEXT, optional: true },
  ];
}

/** What a cell of the row around may hold, where that is a closed list. */
export function cellValues(project: Project, inside: Inside): readonly Offer[] {
  const { checking } = project;
  const { head = [], field } = inside;
  if (!checking) return [];
  if (head[0]?.value === 'person' && field === 'role') return namesOffered(project, ['role']);
  const column = fieldsOf(checking, head).find(({ name }) => name === field);
  switch (column?.type.kind) {
    case 'enumeration':
      return column.type.members.map((label) => ({ label: written(label), kind: 'word', rank: 0 }));
    case 'person':
      return people(project, inside);
    case 'truth':
      return words(['true', 'false'], 'value');
    case 'date':
    case 'datetime':
      return days(project);
    default:
      return [];
  }
}

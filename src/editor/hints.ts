// Inlay hints: what the loaded data comes to, beside the lines that it comes from.

import type { Source } from '../base/source.ts';
import { paidByBonus } from './paid.ts';
import { valuedIn } from './places.ts';
import { type Project, sourceOf } from './project.ts';
import type { KnownKpi, KnownValues } from './values.ts';

/** A text that is shown in the source and is no part of it. */
export interface Hint {
  /** The offset before which it stands. */
  readonly at: number;
  readonly text: string;
  /** What it is, in a sentence. */
  readonly tooltip: string;
  /** What it says, by parts. */
  readonly of: 'kpi' | 'bonus';
  readonly name: string;
  readonly period: string;
  /** Of the company, or in all. */
  readonly total?: string;
  readonly who?: string;
  readonly person?: string;
}

/** The totals of the period, at the ends of the lines of KPIs and bonuses; none while nothing has been run. */
export function hintsOf(project: Project, file: string, values: KnownValues | undefined): readonly Hint[] {
  const source = sourceOf(project, file);
  if (!source || !values) return [];
  return valuedIn(project, file).flatMap((each): readonly Hint[] => {
    const at = lineEnd(source, each.name.span.end);
    if (each.kind === 'kpi') {
      const known = values.kpis.find(({ name }) => name === each.name.text);
      return known ? kpiHint(known, values, at) : [];
    }
    if (each.kind !== 'bonus') return [];
    const { role, name } = each;
    const paid = paidByBonus(project, values, { role, name: name.text });
    if (!paid) return [];
    const person = paid.person?.text;
    const people = paid.people === 1 ? 'one person is' : `${paid.people} people are`;
    const all = paid.people === 0 ? 'nobody is paid' : `${people} paid ${paid.total.text} in all`;
    const tooltip = `${values.period}: ${all}`;
    return [hint({ of: 'bonus', name: name.text, at, total: paid.total.text, person, tooltip }, values)];
  });
}

function kpiHint({ name, company, person }: KnownKpi, values: KnownValues, at: number): readonly Hint[] {
  const own = ofPerson(person);
  if (!company && own === undefined) return [];
  const total = company?.text;
  const whole = total === undefined ? [] : [`the company has ${total}`];
  const single = own === undefined || !values.who ? [] : [`${values.who.name} has ${own}`];
  const tooltip = `${values.period}: ${[...whole, ...single].join(', ')}`;
  return [hint({ of: 'kpi', name, at, total, person: own, tooltip }, values)];
}

/** What the person has, in each role that has it. */
export function ofPerson(person: KnownKpi['person']): string | undefined {
  const texts = new Set(person.map(({ actual }) => actual.text));
  if (texts.size <= 1) return [...texts][0];
  return person.map(({ role, actual }) => `${actual.text} as ${role}`).join(', ');
}

function hint(
  of: Pick<Hint, 'of' | 'name' | 'at' | 'tooltip'> & {
    readonly total: string | undefined;
    readonly person: string | undefined;
  },
  { period, who }: KnownValues,
): Hint {
  const { total, person, ...rest } = of;
  const own = who && person !== undefined ? `${who.name}: ${person}` : undefined;
  return {
    ...rest,
    text: [total, own].filter((each) => each !== undefined).join(' · '),
    period,
    ...(total !== undefined && { total }),
    ...(who && person !== undefined && { who: who.name, person }),
  };
}

/** The end of what is written on the line, before blanks. */
function lineEnd({ text }: Source, from: number): number {
  const rest = /^[^\r\n]*/.exec(text.slice(from))![0];
  return from + rest.trimEnd().length;
}

// What a name comes to on the loaded data, in one line.

import type { Meaning } from '../check/meanings.ts';
import { ofPerson } from './hints.ts';
import { type Paid, paidByAward, paidByBonus, paidByRole } from './paid.ts';
import type { Project } from './project.ts';
import type { KnownKpi, KnownValues } from './values.ts';

/** What is known of a name: `2026-03: company 5 RUB; Anna 2 RUB, target 4 RUB, attainment 50%, red`. */
export function valueSaid(project: Project, meaning: Meaning, values: KnownValues): string | undefined {
  const { kind, name, of } = meaning;
  switch (kind) {
    case 'kpi':
      return ofKpi(
        values.kpis.find((each) => each.name === name),
        values,
      );
    case 'bonus':
      return ofPaid(of === undefined ? undefined : paidByBonus(project, values, { role: of, name }), values);
    case 'role':
      return ofPaid(paidByRole(values, name), values);
    case 'award':
      return ofPaid(paidByAward(values, name), values);
    case 'built-in':
      return name === 'score' ? ofScore(values) : undefined;
    default:
      return undefined;
  }
}

function ofKpi(kpi: KnownKpi | undefined, { period, who }: KnownValues): string | undefined {
  if (!kpi) return undefined;
  const company = kpi.company ? [`company ${kpi.company.text}`] : [];
  const [first, ...others] = kpi.person;
  const account =
    first && others.length === 0
      ? [
          first.actual.text,
          ...(first.target ? [`target ${first.target.text}`] : []),
          ...(first.attainment ? [`attainment ${first.attainment.text}`] : []),
          ...(first.status ? [first.status] : []),
        ].join(', ')
      : ofPerson(kpi.person);
  const person = who && account !== undefined ? [`${who.name} ${account}`] : [];
  const parts = [...company, ...person];
  return parts.length === 0 ? undefined : `${period}: ${parts.join('; ')}`;
}

function ofPaid(paid: Paid | undefined, { period, who }: KnownValues): string | undefined {
  if (!paid) return undefined;
  const { people, total, person } = paid;
  const all =
    people === 0 ? 'pays nobody' : `pays ${people === 1 ? 'one person' : `${people} people`}, ${total.text}`;
  return `${period}: ${all}${who && person ? `; ${who.name} ${person.text}` : ''}`;
}

function ofScore({ period, who, roles }: KnownValues): string | undefined {
  const scores = roles.flatMap(({ role, score }) => (score ? [`${score.text} as ${role}`] : []));
  return who && scores.length > 0 ? `${period}: ${who.name} ${scores.join(', ')}` : undefined;
}

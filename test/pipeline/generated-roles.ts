// Roles by chance: targets, scorecards, gates, bonuses and caps.

import type { Draw } from '../backend/draw.ts';
import type { FeatureWorld } from './feature.ts';
import {
  type BonusParts,
  type Fields,
  REGIONS,
  ROLES,
  type RoleParts,
  type TargetParts,
} from './policy-parts.ts';

export function generateRole(world: FeatureWorld, name: string, at: number): RoleParts {
  const { draw } = world;
  const parent = at > 0 && draw.rarely(2) ? ROLES[0] : undefined;
  const scored = parent === undefined || draw.rarely(2);
  return {
    name,
    ...(parent && { extends: parent }),
    targets: parent === undefined || draw.rarely(2) ? generateTargets(world) : [],
    scorecard: scored ? generateScorecard(draw) : [],
    gates: draw.list(0, 2, () => ({
      condition: personCondition(draw),
      ...(draw.rarely(3) && { when: personCondition(draw) }),
    })),
    bonuses: draw.list(1, 5, (index) => generateBonus(world, `${name}_${index + 1}`)),
    caps: draw.list(0, 2, () => `${draw.int(10, 900)} RUB${suffix(world)}`),
    bounds: [],
  };
}

function suffix({ draw, longer }: FeatureWorld): string {
  if (draw.rarely(3)) return ' in all';
  return longer.length > 0 && draw.rarely(3) ? ` per ${draw.pick(longer)}` : '';
}

function generateTargets({ draw, longer }: FeatureWorld): readonly TargetParts[] {
  const when = () => (draw.rarely(2) ? { when: `person.region is "${draw.pick(REGIONS)}"` } : {});
  const amount = () => `${draw.int(1, 2000)} RUB`;
  const per = () => (longer.length > 0 && draw.rarely(3) ? { per: draw.pick(longer) } : {});
  const quota: TargetParts[] = draw.rarely(2)
    ? [{ kpi: 'revenue', value: 'quota[person.id at period.start].plan' }]
    : [];
  const lines: readonly TargetParts[] = [
    { kpi: 'all_deals', value: '1' },
    { kpi: 'revenue', value: amount() },
    ...draw.list(0, 2, () => ({ kpi: 'revenue', value: amount(), ...per(), ...when() })),
    ...quota,
    { kpi: 'deals', value: draw.pick(['3', '0', '5 * person.fte', '2.5']) },
    { kpi: 'clients', value: '2', addsUp: true },
    { kpi: 'check', value: amount() },
    ...draw.list(0, 1, () => ({ kpi: 'check', value: amount(), ...when() })),
    { kpi: 'answer', value: '3 minutes' },
    { kpi: 'flaws', value: `${draw.int(1, 9)}` },
  ];
  // a line that a later one always wins over doesn't check; a row of a table may be missing
  return lines.filter(
    ({ kpi, per: length }, at) =>
      !lines
        .slice(at + 1)
        .some((later) => later.kpi === kpi && later.per === length && !later.when && !quota.includes(later)),
  );
}

function generateScorecard(draw: Draw): Fields {
  const kpis = draw.pick([
    ['revenue', 'clients'],
    ['revenue', 'check', 'flaws'],
    ['deals', 'answer'],
    ['check', 'answer', 'clients'],
  ]);
  const weights = kpis.length === 2 ? ['1/3', '2/3'] : ['20%', '30.5%', '49.5%'];
  return kpis.map((kpi, at) => {
    const curve = `on ${draw.pick(['line', 'stairs'])}`;
    const cap = draw.rarely(2) ? ` cap ${draw.int(50, 150)}%` : '';
    const missing = draw.pick([
      'missing counts 0%',
      'missing counts 55%',
      'missing spreads its weight',
      'missing spreads its weight at least 40%',
    ]);
    return [kpi, `${weights[at]} ${curve}${cap} ${missing}`];
  });
}

/** A condition over people that is never missing. */
function personCondition(draw: Draw): string {
  return draw.pick([
    `revenue >= ${draw.int(0, 900)} RUB`,
    `(attainment(${draw.pick(['revenue', 'clients', 'flaws', 'check'])}) else 0%) >= ${draw.int(20, 120)}%`,
    `(growth else 0%) > ${draw.int(0, 50)}%`,
    'deals > 0 and calls >= 1',
    'not (check exists) or clients is 2',
    `person.region is not "${draw.pick(REGIONS)}"`,
    '(person.grade else 1) > 1',
    '(part else 0%) >= 1/3',
    `(attainment(revenue[${draw.pick(['team', 'company', 'ytd', 'previous 2'])}]) else 0%) >= 50%`,
  ]);
}

function generateBonus(world: FeatureWorld, name: string): BonusParts {
  const { draw, longer } = world;
  const number = draw.int(1, 999);
  const scope = () => draw.pick(['team', 'company', 'by person.region']);
  const window = () =>
    draw.pick(['previous', 'ytd', 'trailing 3 months', 'same period last year', 'team, ytd']);
  const [value, prorated] = draw.pick<readonly [string, boolean | undefined]>([
    [`${number} RUB`, undefined],
    [`person.salary * ${number / 10}%`, draw.pick([undefined, false])],
    [`${number} RUB * person.fte * (score else 0%)`, undefined],
    [`${number}.37 RUB * (score else 10%) / 3`, true],
    ['ladder(revenue)', undefined],
    ['flat(revenue)', undefined],
    ['revenue * flat.rate(revenue)', undefined],
    [`deals * ${number} RUB`, undefined],
    [`max(${number} RUB, revenue * 5%)`, draw.pick([true, false])],
    [`revenue * line(attainment(revenue)) else 0 RUB`.replace(/(.*) else/, '($1) else'), undefined],
    [`${number} RUB * stairs(min(attainment(answer) else 0%, 200%))`, undefined],
    [`revenue[${scope()}] / 7`, undefined],
    [`(revenue[${window()}]) else ${number} RUB`, false],
    ['(check / 3) else 0 RUB', undefined],
    ['(middle + most) else 0 RUB', undefined],
    [`round(revenue / 3 to 0.1 half even) + care * 1/7`, undefined],
    [`${number} RUB * (attainment(clients[team]) else 0%)`, false],
    [`(${number} RUB when person.region is "North" otherwise -5 RUB * calls)`, false],
    ['(target(revenue)) else 0 RUB', false],
    ['wide / 11', undefined],
  ]);
  const per = longer.length > 0 && draw.rarely(3) ? draw.pick(longer) : undefined;
  // over a longer grain a count of the score's targets may not add up: those formulas keep to the period
  const readsTargets = /score|attainment|target/.test(value);
  return {
    name,
    gated: draw.rarely(3),
    ...(prorated !== undefined && { prorated }),
    ...(per && !readsTargets && { per }),
    value,
    ...(draw.rarely(3) && !per && { when: personCondition(draw) }),
    ...(draw.rarely(4) && { cap: `${draw.int(1, 500)}.005 RUB` }),
  };
}

// A generated policy as text in each of the two forms.

import type { BonusParts, BoundParts, PolicyParts, RoleParts, TargetParts } from './policy-parts.ts';

export function printText(policy: PolicyParts): string {
  const lines: string[] = [];
  const block = (head: string, body: readonly string[]) => {
    lines.push(`${head} {`, ...body.map((each) => `  ${each}`), '}', '');
  };
  block('policy generated', [
    ...policy.head.map(([word, value]) => `${word} ${value}`),
    ...policy.reports.map((each) => `report by ${each}`),
    ...policy.bounds.map(bound),
  ]);
  for (const each of policy.calendars)
    block(`calendar ${each.name}`, [
      ...each.work.map((hours) => `work ${hours}`),
      ...each.holidays.map((days) => `holiday ${days}`),
      ...(each.year ? [`year starts ${each.year}`] : []),
      ...(each.quarters ? [`quarters ${each.quarters}`] : []),
    ]);
  block('person', fields(policy.person));
  for (const each of policy.events)
    block(`event ${each.name}`, [
      `since ${each.since}`,
      ...fields(each.fields),
      ...each.computed.map(([name, formula]) => `${name} = ${formula}`),
    ]);
  for (const each of policy.tables) block(`table ${each.name}`, fields(each.fields));
  for (const each of policy.credits) block(`credit ${each.event}`, each.lines);
  for (const { name, kind, lower, value, attainment, status } of policy.kpis) {
    const head = `kpi ${name}${kind ? ` ${kind}` : ''}${lower ? ' lower is better' : ''}`;
    if (attainment === undefined) lines.push(`${head} = ${value}`);
    else
      block(head, [`value ${value}`, `attainment = ${attainment}`, ...(status ? [`status ${status}`] : [])]);
  }
  for (const { name, value, per } of policy.lets)
    lines.push(`let ${name}${per ? ` per ${per}` : ''} = ${value}`);
  for (const each of policy.curves) block(`curve ${each.name} ${each.kind}`, fields(each.entries));
  for (const each of policy.rates) block(`rates ${each.name} ${each.kind}`, fields(each.entries));
  for (const each of policy.amounts) block(`amounts ${each.name}`, fields(each.entries));
  for (const { name, by, columns, rows } of policy.grids)
    block(`grid ${name} by ${by}`, [`| ${columns}`, ...rows.map(([keys, cells]) => `${keys} | ${cells}`)]);
  for (const each of policy.roles)
    block(`role ${each.name}${each.extends ? ` extends ${each.extends}` : ''}`, role(each));
  for (const { person, team, from, until, targets } of policy.overrides)
    block(
      `for ${person ? `person ${person}` : `team "${team}"`}${from ? ` from ${from}` : ''}${until ? ` until ${until}` : ''}`,
      targets.map(target),
    );
  for (const { word, name, value, entries } of policy.blocks)
    block(
      `${word} ${name}${value ? ` = ${value}` : ''}`,
      entries.map((each) => each.join(' ')),
    );
  return `${lines.join('\n')}\n`;
}

function fields(pairs: readonly (readonly [string, string])[]): readonly string[] {
  return pairs.map(([name, written]) => `${name}: ${written}`);
}

function target({ kpi, value, addsUp, per, spread, when }: TargetParts): string {
  const clauses = [
    ...(addsUp ? ['adds up'] : []),
    ...(per ? [`per ${per}`] : []),
    ...(spread ? [`spread ${spread}`] : []),
    ...(when ? [`when ${when}`] : []),
  ];
  return [`target ${kpi} ${value}`, ...clauses].join(' ');
}

function role(parts: RoleParts): readonly string[] {
  const { targets, ramp, prorate, scorecard, gates, bonuses, caps, bounds } = parts;
  return [
    ...targets.map(target),
    ...(ramp ? [`ramp ${ramp}`] : []),
    ...(prorate ? [`prorate by ${prorate}`] : []),
    ...(scorecard.length > 0
      ? ['scorecard {', ...scorecard.map(([kpi, line]) => `  ${kpi} ${line}`), '}']
      : []),
    ...gates.map(({ condition, when }) => `gate ${condition}${when ? ` when ${when}` : ''}`),
    ...bonuses.map(bonus),
    ...caps.map((each) => `cap ${each}`),
    ...bounds.map(bound),
  ];
}

function bound({ kind, text }: BoundParts): string {
  return `${kind} ${text}`;
}

function bonus({ name, gated, prorated, per, value, when, cap, clauses = [] }: BonusParts): string {
  const head = [
    `bonus ${name}`,
    ...(gated ? ['gated'] : []),
    ...(prorated === undefined ? [] : [prorated ? 'prorated' : 'not prorated']),
    ...(per ? [`per ${per}`] : []),
  ];
  const rest = [...(cap ? [`cap ${cap}`] : []), ...clauses.map((each) => each.text)];
  return [`${head.join(' ')} = ${value}${when ? ` when ${when}` : ''}`, ...rest].join(' ');
}

export function printYaml(policy: PolicyParts): string {
  const lines: string[] = ['policy: generated'];
  const put = (depth: number, key: string, value = '') =>
    lines.push(`${'  '.repeat(depth)}${key}:${value && ` ${value}`}`);
  const map = (depth: number, pairs: readonly (readonly [string, string])[]) => {
    for (const [key, value] of pairs) put(depth, key, quote(value));
  };
  for (const [word, value] of policy.head) put(0, word, quote(value.replaceAll('"', '')));
  put(0, 'reports');
  for (const each of policy.reports) lines.push(`  - ${quote(`by ${each}`)}`);
  yamlBounds(0, policy.bounds, lines);
  put(0, 'calendars');
  for (const { name, work, holidays, year, quarters } of policy.calendars) {
    put(1, name);
    if (work.length > 0) put(2, 'work');
    for (const each of work) lines.push(`      - ${quote(each)}`);
    if (holidays.length > 0) put(2, 'holidays');
    for (const each of holidays) lines.push(`      - ${quote(each)}`);
    if (year) put(2, 'year_starts', year);
    if (quarters) put(2, 'quarters', quarters);
  }
  put(0, 'person');
  map(1, policy.person);
  put(0, 'events');
  for (const each of policy.events) {
    put(1, each.name);
    put(2, 'since', each.since);
    put(2, 'fields');
    map(3, each.fields);
    if (each.computed.length > 0) put(2, 'computed');
    map(3, each.computed);
  }
  put(0, 'tables');
  for (const each of policy.tables) {
    put(1, each.name);
    put(2, 'fields');
    map(3, each.fields);
  }
  if (policy.credits.length > 0) put(0, 'credits');
  for (const each of policy.credits) {
    put(1, each.event);
    for (const line of each.lines) lines.push(`    - ${quote(line)}`);
  }
  put(0, 'kpis');
  for (const { name, kind, lower, value, attainment, status } of policy.kpis) {
    put(1, name);
    map(2, [
      ...(kind ? [['kind', kind] as const] : []),
      ...(lower ? [['better', 'lower'] as const] : []),
      ['value', value],
      ...(attainment ? [['attainment', attainment] as const] : []),
      ...(status ? [['status', status] as const] : []),
    ]);
  }
  if (policy.lets.length > 0) put(0, 'lets');
  for (const { name, value, per } of policy.lets) {
    put(1, name);
    map(2, [...(per ? [['per', per] as const] : []), ['value', value]]);
  }
  for (const [section, entries, tables] of [
    ['curves', 'points', policy.curves],
    ['rates', 'tiers', policy.rates],
  ] as const) {
    put(0, section);
    for (const each of tables) {
      put(1, each.name);
      put(2, 'kind', each.kind);
      put(2, entries);
      map(3, each.entries);
    }
  }
  if (policy.amounts.length > 0) put(0, 'amounts');
  for (const each of policy.amounts) {
    put(1, each.name);
    put(2, 'tiers');
    map(3, each.entries);
  }
  if (policy.grids.length > 0) put(0, 'grids');
  for (const { name, by, columns, rows } of policy.grids) {
    put(1, name);
    map(2, [
      ['by', `by ${by}`],
      ['columns', columns],
    ]);
    put(2, 'rows');
    map(3, rows);
  }
  put(0, 'roles');
  for (const each of policy.roles) {
    put(1, each.name);
    if (each.extends) put(2, 'extends', each.extends);
    yamlRole(each, { lines, put, map });
  }
  if (policy.overrides.length > 0) put(0, 'for');
  for (const { person, team, from, until, targets } of policy.overrides) {
    lines.push(`  - ${person ? `person: ${quote(person)}` : `team: ${quote(team!)}`}`);
    if (from) put(2, 'from', from);
    if (until) put(2, 'until', until);
    put(2, 'targets');
    yamlTargets(targets, { lines, put, map });
  }
  for (const section of new Set(policy.blocks.map((each) => each.section))) {
    put(0, section);
    for (const { name, value, entries } of policy.blocks.filter((each) => each.section === section)) {
      put(1, name);
      map(2, [...(value ? [['value', value] as const] : []), ...entries]);
    }
  }
  return `${lines.join('\n')}\n`;
}

interface Writer {
  readonly lines: string[];
  put(depth: number, key: string, value?: string): void;
  map(depth: number, pairs: readonly (readonly [string, string])[]): void;
}

/** Items of a list whose entries are maps. */
function item(
  lines: string[],
  depth: number,
  pairs: readonly (readonly [string, string | undefined])[],
): void {
  const given = pairs.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
  lines.push(...given.map((each, at) => `${'  '.repeat(depth)}${at === 0 ? '- ' : '  '}${each}`));
}

function yamlTargets(targets: readonly TargetParts[], { lines, put }: Writer): void {
  for (const kpi of new Set(targets.map((each) => each.kpi))) {
    put(3, kpi);
    for (const { value, addsUp, per, spread, when } of targets.filter((each) => each.kpi === kpi)) {
      if (/^(within|from) /.test(value)) lines.push(`        - ${quote(value)}`);
      else
        item(lines, 4, [
          ['value', quote(value)],
          ['adds_up', addsUp && 'true'],
          ['per', per],
          ['spread', spread && quote(spread)],
          ['when', when && quote(when)],
        ]);
    }
  }
}

function yamlRole(
  { targets, ramp, prorate, scorecard, gates, bonuses, caps, bounds }: RoleParts,
  writer: Writer,
): void {
  const { lines, put, map } = writer;
  if (targets.length > 0) put(2, 'targets');
  yamlTargets(targets, writer);
  if (ramp) put(2, 'ramp', quote(ramp));
  if (prorate) put(2, 'prorate', quote(`by ${prorate}`));
  if (scorecard.length > 0) put(2, 'scorecard');
  map(3, scorecard);
  if (gates.length > 0) put(2, 'gates');
  for (const { condition, when } of gates)
    item(lines, 3, [
      ['condition', quote(condition)],
      ['when', when && quote(when)],
    ]);
  put(2, 'bonuses');
  for (const each of bonuses) {
    put(3, each.name);
    if (each.gated) put(4, 'gated', 'true');
    if (each.prorated !== undefined) put(4, 'prorated', String(each.prorated));
    map(
      4,
      (['per', 'value', 'when', 'cap'] as const).flatMap((key) => {
        const value = each[key];
        return value === undefined ? [] : [[key, value] as const];
      }),
    );
    for (const { key, text } of each.clauses ?? []) put(4, key, clauseValue(key, text));
  }
  yamlBounds(2, [...caps.map((text) => ({ kind: 'cap' as const, text })), ...bounds], lines);
}

function yamlBounds(depth: number, bounds: readonly BoundParts[], lines: string[]): void {
  for (const kind of ['cap', 'floor', 'draw'] as const) {
    const own = bounds.filter((each) => each.kind === kind);
    if (own.length > 0) lines.push(`${'  '.repeat(depth)}${kind}s:`);
    for (const each of own) lines.push(`${'  '.repeat(depth + 1)}- ${quote(each.text)}`);
  }
}

/** What follows the word of a clause; a clause of words alone is said to be true. */
function clauseValue(key: string, text: string): string {
  return key.replaceAll('_', ' ') === text ? 'true' : quote(text.slice(key.length + 1));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

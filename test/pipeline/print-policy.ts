// A generated policy as text in each of the two forms.

import type { BonusParts, PolicyParts, RoleParts } from './generated-policy.ts';

export function printText(policy: PolicyParts): string {
  const lines: string[] = [];
  const block = (head: string, body: readonly string[]) => {
    lines.push(`${head} {`, ...body.map((each) => `  ${each}`), '}', '');
  };
  block('policy generated', [
    ...policy.head.map(([word, value]) => `${word} ${value}`),
    ...policy.reports.map((each) => `report by ${each}`),
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
  for (const { name, kind, lower, value } of policy.kpis)
    lines.push(`kpi ${name}${kind ? ` ${kind}` : ''}${lower ? ' lower is better' : ''} = ${value}`);
  for (const each of policy.curves) block(`curve ${each.name} ${each.kind}`, fields(each.entries));
  for (const each of policy.rates) block(`rates ${each.name} ${each.kind}`, fields(each.entries));
  for (const each of policy.roles)
    block(`role ${each.name}${each.extends ? ` extends ${each.extends}` : ''}`, role(each));
  return `${lines.join('\n')}\n`;
}

function fields(pairs: readonly (readonly [string, string])[]): readonly string[] {
  return pairs.map(([name, written]) => `${name}: ${written}`);
}

function role({ targets, scorecard, gates, bonuses, caps }: RoleParts): readonly string[] {
  return [
    ...targets.map(
      ({ kpi, value, addsUp, per, when }) =>
        `target ${kpi} ${value}${addsUp ? ' adds up' : ''}${per ? ` per ${per}` : ''}${when ? ` when ${when}` : ''}`,
    ),
    ...(scorecard.length > 0
      ? ['scorecard {', ...scorecard.map(([kpi, line]) => `  ${kpi} ${line}`), '}']
      : []),
    ...gates.map(({ condition, when }) => `gate ${condition}${when ? ` when ${when}` : ''}`),
    ...bonuses.map(bonus),
    ...caps.map((each) => `cap ${each}`),
  ];
}

function bonus({ name, gated, prorated, per, value, when, cap }: BonusParts): string {
  const head = [
    `bonus ${name}`,
    ...(gated ? ['gated'] : []),
    ...(prorated === undefined ? [] : [prorated ? 'prorated' : 'not prorated']),
    ...(per ? [`per ${per}`] : []),
  ];
  return `${head.join(' ')} = ${value}${when ? ` when ${when}` : ''}${cap ? ` cap ${cap}` : ''}`;
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
  for (const { name, kind, lower, value } of policy.kpis) {
    put(1, name);
    map(2, [
      ...(kind ? [['kind', kind] as const] : []),
      ...(lower ? [['better', 'lower'] as const] : []),
      ['value', value],
    ]);
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
  put(0, 'roles');
  for (const each of policy.roles) {
    put(1, each.name);
    if (each.extends) put(2, 'extends', each.extends);
    yamlRole(each, { lines, put, map });
  }
  return `${lines.join('\n')}\n`;
}

interface Writer {
  readonly lines: string[];
  put(depth: number, key: string, value?: string): void;
  map(depth: number, pairs: readonly (readonly [string, string])[]): void;
}

function yamlRole(
  { targets, scorecard, gates, bonuses, caps }: RoleParts,
  { lines, put, map }: Writer,
): void {
  const item = (depth: number, pairs: readonly (readonly [string, string | undefined])[]) => {
    const given = pairs.flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
    lines.push(...given.map((each, at) => `${'  '.repeat(depth)}${at === 0 ? '- ' : '  '}${each}`));
  };
  if (targets.length > 0) put(2, 'targets');
  for (const kpi of new Set(targets.map((each) => each.kpi))) {
    put(3, kpi);
    for (const { value, addsUp, per, when } of targets.filter((each) => each.kpi === kpi))
      item(4, [
        ['value', quote(value)],
        ['adds_up', addsUp && 'true'],
        ['per', per],
        ['when', when && quote(when)],
      ]);
  }
  if (scorecard.length > 0) put(2, 'scorecard');
  map(3, scorecard);
  if (gates.length > 0) put(2, 'gates');
  for (const { condition, when } of gates)
    item(3, [
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
  }
  if (caps.length > 0) put(2, 'caps');
  for (const each of caps) lines.push(`      - ${quote(each)}`);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

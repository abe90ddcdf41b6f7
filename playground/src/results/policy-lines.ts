// The lines of a policy that measure or pay something, with their places: what can be asked "what did this pay?". Made of
// the Model, in the worker; a bonus that several roles have is one line.

import type { Model, Span } from '../../../src/browser-figures.ts';

/** One line of the policy. */
export interface PolicyLine {
  readonly kind:
    | 'bonus'
    | 'kpi'
    | 'target'
    | 'gate'
    | 'score line'
    | 'tier'
    | 'point'
    | 'table'
    | 'award'
    | 'level'
    | 'pool'
    | 'cap'
    | 'floor'
    | 'draw';
  /** The name of the bonus, KPI, table, award, level or pool; of a gate its condition; of a bound its words. */
  readonly name: string;
  readonly title?: string;
  /** The roles that it holds for; absent: whichever reads it, or all. */
  readonly roles?: readonly string[];
  /** Of a tier or point: where it begins, as exact text. */
  readonly at?: string;
  /** The policy's words, in one line. */
  readonly text: string;
  readonly span: Span;
}

/** All lines of a policy's versions, in the order in which they stand in its files. */
export function policyLines(models: readonly Model[]): readonly PolicyLine[] {
  const found = models.flatMap((model) => [
    ...measureLines(model),
    ...tableLines(model),
    ...roleLines(model),
    ...awardLines(model),
  ]);
  const texts = new Map(
    models.flatMap(({ sources }) => sources.map((each) => [each.name, each.text] as const)),
  );
  const known = new Map<string, Omit<PolicyLine, 'text'>>();
  for (const each of found) {
    const { source, start, end } = each.span;
    const key = `${each.kind} ${source} ${start} ${end}`;
    const same = known.get(key);
    const roles = same?.roles && each.roles ? [...new Set([...same.roles, ...each.roles])] : each.roles;
    known.set(key, { ...each, ...(roles ? { roles } : {}) });
  }
  const order = [...texts.keys()];
  return [...known.values()]
    .map((each): PolicyLine => {
      const text = texts.get(each.span.source)?.slice(each.span.start, each.span.end) ?? '';
      return { ...each, text: text.replace(/\s+/g, ' ').trim() };
    })
    .sort(
      (a, b) => order.indexOf(a.span.source) - order.indexOf(b.span.source) || a.span.start - b.span.start,
    );
}

type Found = Omit<PolicyLine, 'text'>;

function named(
  kind: PolicyLine['kind'],
  { name, title, span }: { name: string; title?: string; span: Span },
): Found {
  return { kind, name, ...(title === undefined ? {} : { title }), span };
}

/** KPIs from their names to the end of their formulas, where these stand behind them. */
function measureLines({ kpis, figures, pools }: Model): readonly Found[] {
  return [
    ...kpis.map((kpi) => {
      const value = figures.find((each) => each.id === kpi.name)?.value.span;
      return named('kpi', { ...kpi, span: covering(kpi.span, value) });
    }),
    ...pools.map((pool) => named('pool', pool)),
  ];
}

function covering(span: Span, more: Span | undefined): Span {
  return more && more.source === span.source && more.start >= span.start
    ? { ...span, end: Math.max(span.end, more.end) }
    : span;
}

function tableLines({ curves, rates, grids }: Model): readonly Found[] {
  return [
    ...rates.flatMap((table) => [
      named('table', table),
      ...table.tiers.map(
        (tier): Found => ({ kind: 'tier', name: table.name, at: tier.bound, span: tier.span }),
      ),
    ]),
    ...curves.flatMap((table) => [
      named('table', table),
      ...table.points.map(
        (point): Found => ({ kind: 'point', name: table.name, at: point.at, span: point.span }),
      ),
    ]),
    ...grids.map((table) => named('table', table)),
  ];
}

function roleLines({ roles, overrides, pay, sources }: Model): readonly Found[] {
  const words = ({ source, start, end }: Span): string =>
    (sources.find((each) => each.name === source)?.text.slice(start, end) ?? '').replace(/\s+/g, ' ').trim();
  const of = (kind: PolicyLine['kind'], name: string, span: Span, role?: string): Found => ({
    kind,
    name,
    ...(role === undefined ? {} : { roles: [role] }),
    span,
  });
  return [
    ...roles.flatMap((role) => [
      ...role.targets.map((each) => of('target', each.kpi, each.span, role.name)),
      ...(role.scorecard ?? []).map((each) => of('score line', each.kpi, each.span, role.name)),
      ...role.gates.map((each) => of('gate', words(each.condition.span), each.span, role.name)),
      ...role.bonuses.map((each): Found => ({ ...named('bonus', each), roles: [role.name] })),
      ...role.caps.map((each) => of('cap', 'cap', each.span, role.name)),
      ...role.floors.map((each) => of('floor', 'floor', each.span, role.name)),
      ...role.draws.map((each) => of('draw', 'draw', each.span, role.name)),
    ]),
    ...overrides.flatMap(({ targets }) => targets.map((each) => of('target', each.kpi, each.span))),
    ...pay.caps.map((each) => of('cap', 'cap', each.span)),
    ...pay.floors.map((each) => of('floor', 'floor', each.span)),
    ...pay.draws.map((each) => of('draw', 'draw', each.span)),
  ];
}

function awardLines({ awards }: Model): readonly Found[] {
  return awards.map((each) => named(each.kind, each));
}

/** The line that a place in the policy belongs to: the shortest one that holds it, else one that begins in its row of text. */
export function lineAt(
  lines: readonly PolicyLine[],
  text: string,
  { source, start }: Pick<Span, 'source' | 'start'>,
): PolicyLine | undefined {
  const own = lines.filter((each) => each.span.source === source);
  const length = ({ span }: PolicyLine): number => span.end - span.start;
  const holding = own
    .filter(({ span }) => span.start <= start && start <= span.end)
    .sort((a, b) => length(a) - length(b));
  if (holding[0]) return holding[0];
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const end = text.indexOf('\n', start);
  const until = end < 0 ? text.length : end;
  return own
    .filter(({ span }) => span.start >= from && span.start < until)
    .sort((a, b) => length(b) - length(a))[0];
}

/** What a line is called in short: a tier or point by its own words, other lines by their names. */
export function lineLabel({ kind, name, text }: PolicyLine): string {
  return kind === 'tier' || kind === 'point' ? `${name}: ${text}` : name;
}

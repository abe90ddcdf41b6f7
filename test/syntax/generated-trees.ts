// Arbitrary policies: every declaration with every clause, each with what the language can say and nothing else.

import fc from 'fast-check';
import type * as ast from '../../src/syntax/ast.ts';
import {
  anyName,
  date,
  doc,
  expression,
  flag,
  just,
  maybe,
  mode,
  name,
  node,
  number,
  span,
  title,
} from './generated-expressions.ts';
import {
  bonus,
  bounds,
  computed,
  creditLine,
  distinctKeys,
  field,
  grain,
  keyExpression,
  kind,
  paysIn,
  scorecard,
  several,
  some,
  target,
  tier,
  tierEnd,
  unique,
} from './generated-parts.ts';

const curve = node<ast.CurveDeclaration>({
  kind: kind('curve'),
  doc: maybe(doc),
  name: anyName,
  mode: fc.constantFrom('linear' as const, 'steps' as const),
  points: distinctKeys(
    node<ast.CurvePoint>({ upTo: flag, at: keyExpression, score: expression }),
    ({ at, upTo }) => [upTo, at],
  ),
  below: maybe(
    node<NonNullable<ast.CurveDeclaration['below']>>({ bound: maybe(keyExpression), score: expression }),
  ),
  above: maybe(
    fc.oneof(
      fc.record({ score: expression, span: just(span) }),
      fc.record({ more: expression, per: expression, full: flag, span: just(span) }),
    ),
  ),
});
const gridKey: fc.Arbitrary<ast.GridKey> = fc.oneof(
  tierEnd('from', 'above').map((bound): ast.GridKey => ({ kind: 'bound', ...bound })),
  anyName.map((word): ast.GridKey => ({ kind: 'word', word, span })),
  just<ast.GridKey>({ kind: 'otherwise', span }),
);
const grid = node<ast.GridDeclaration>({
  kind: kind('grid'),
  doc: maybe(doc),
  name: anyName,
  dimensions: fc.array(anyName, { minLength: 2, maxLength: 3 }),
  columns: several(gridKey),
  rows: distinctKeys(
    node<ast.GridDeclaration['rows'][number]>({ keys: several(gridKey, 2), values: several(expression) }),
    ({ keys }) => keys,
  ),
});
const weekday = fc.constantFrom('monday', 'friday', 'sunday').map(name);
const time = fc.constantFrom('09:00', '9:30', '24:00').map(name);
const calendar = node<ast.CalendarDeclaration>({
  kind: kind('calendar'),
  doc: maybe(doc),
  name: anyName,
  hours: some(
    node<ast.WorkingHours>({
      days: fc.oneof(
        date.map((each) => ({ date: each })),
        fc.record({ from: weekday, to: weekday }),
        fc.record({ from: weekday }),
      ),
      from: time,
      to: time,
    }),
  ),
  holidays: some(node<ast.Holiday>({ from: expression, until: maybe(expression), title: maybe(title) })),
  fiscal: maybe(
    node<NonNullable<ast.CalendarDeclaration['fiscal']>>({
      starts: expression,
      weeks: maybe(several(number)),
    }),
  ),
});
const range = fc
  .tuple(maybe(expression), maybe(expression))
  .filter((ends) => ends.some((each) => each !== undefined))
  .map(([from, until]): ast.DateRange => ({ ...(from && { from }), ...(until && { until }), span }));

// ---- people among people ------------------------------------------------------------------------------------

const recipients = node<ast.Recipients>({
  role: anyName,
  only: flag,
  top: maybe(
    node<NonNullable<ast.Recipients['top']>>({
      count: expression,
      by: expression,
      withZero: flag,
      thenBy: maybe(expression),
    }).map(({ span: _, ...top }: NonNullable<ast.Recipients['top']> & { readonly span?: unknown }) => top),
  ),
  splitAmongTies: flag,
});
const prize = node<ast.Prize>({
  kind: fc.constantFrom('money' as const, 'points', 'badge', 'recognition', 'training'),
  value: expression,
  when: maybe(expression),
});
const cells = fc.uniqueArray(
  node<ast.TestCell>({ field: anyName, value: expression, every: maybe(expression) }),
  { maxLength: 4, selector: (each) => each.field.text },
);
const row = fc.oneof(
  node<ast.TestRow>({ of: just(name('person')), id: maybe(anyName), cells }),
  node<ast.TestRow>({ count: maybe(number), of: anyName, id: maybe(anyName), cells }),
);
const monotone = node<ast.InvariantDeclaration['claim'] & { kind: 'monotone' }>({
  kind: kind('monotone'),
  value: expression,
  direction: fc.constantFrom('nondecreasing' as const, 'nonincreasing' as const),
  in: expression,
});
const head = { doc: maybe(doc), name: anyName };

const declaration: fc.Arbitrary<ast.Declaration> = fc.oneof(
  node<ast.ImportDeclaration>({ kind: kind('import'), doc: maybe(doc), path: title }),
  calendar,
  node<ast.PersonDeclaration>({ kind: kind('person'), doc: maybe(doc), fields: unique(field) }),
  node<ast.EventDeclaration>({
    kind: kind('event'),
    ...head,
    since: maybe(expression),
    fields: unique(field),
    computed: unique(computed),
  }),
  node<ast.TableDeclaration>({ kind: kind('table'), ...head, fields: unique(field) }),
  node<ast.CreditDeclaration>({ kind: kind('credit'), ...head, lines: some(creditLine, 3) }),
  node<ast.KpiDeclaration>({
    kind: kind('kpi'),
    ...head,
    title: maybe(title),
    category: maybe(fc.constantFrom('outcome' as const, 'operational' as const)),
    lowerIsBetter: flag,
    value: expression,
    owner: maybe(title),
    attainment: maybe(expression),
    status: maybe(fc.record({ green: expression, amber: expression, span: just(span) })),
  }),
  node<ast.LetDeclaration>({ kind: kind('let'), ...head, per: maybe(grain), value: expression }),
  curve,
  node<ast.RatesDeclaration>({
    kind: kind('rates'),
    ...head,
    mode: fc.constantFrom('marginal' as const, 'whole' as const, 'amounts' as const),
    tiers: distinctKeys(tier, ({ lower, upper }) => [lower, upper]),
  }),
  grid,
  node<ast.RoleDeclaration>({
    kind: kind('role'),
    ...head,
    title: maybe(title),
    extends: maybe(anyName),
    targets: some(target, 4),
    scorecard: maybe(scorecard),
    bonuses: some(bonus, 3),
    ...bounds,
    ramp: maybe(several(expression).map((steps) => ({ steps, span }))),
    prorate: maybe(fc.constantFrom('working days', 'calendar days', 'months', 'none').map(name)),
  }),
  node<ast.AwardDeclaration>({
    kind: kind('award'),
    ...head,
    title: maybe(title),
    to: recipients,
    when: maybe(expression),
    gives: several(prize),
  }),
  node<ast.LevelDeclaration>({
    kind: kind('level'),
    ...head,
    title: maybe(title),
    to: recipients,
    when: expression,
  }),
  node<ast.PoolDeclaration>({
    kind: kind('pool'),
    ...head,
    title: maybe(title),
    per: maybe(grain),
    value: expression,
    to: recipients,
    when: maybe(expression),
    sharedBy: fc.oneof(kind('equally'), expression),
  }),
  node<ast.ForDeclaration>({
    kind: kind('for'),
    doc: maybe(doc),
    of: fc.constantFrom('person' as const, 'team' as const),
    name: anyName,
    range: maybe(range),
    targets: some(target, 3),
  }),
  node<ast.TestDeclaration>({
    kind: kind('test'),
    ...head,
    rows: some(row, 3),
    expectations: some(
      node<ast.Expectation>({ person: anyName, period: keyExpression, conditions: some(expression) }),
    ),
  }),
  node<ast.InvariantDeclaration>({
    kind: kind('invariant'),
    ...head,
    given: some(
      node<ast.InvariantDeclaration['given'][number]>({
        value: expression,
        from: maybe(expression),
        until: maybe(expression),
      }),
    ),
    claim: fc.oneof(
      monotone,
      expression.map((condition) => ({ kind: 'holds' as const, condition, span })),
    ),
  }),
);

const policy = node<ast.PolicyDeclaration>({
  kind: kind('policy'),
  ...head,
  title: maybe(title),
  amends: maybe(title),
  currency: maybe(anyName),
  timezone: maybe(title),
  period: maybe(grain),
  effective: maybe(range),
  rounding: maybe(fc.record({ mode, to: expression, span: just(span) })),
  reports: some(expression),
  ...bounds,
  paysIn: maybe(paysIn),
  corrections: maybe(expression),
  takesBack: maybe(expression),
  reopens: maybe(expression),
});

/** A file: the policy and a few other declarations. */
export const policyFile = fc.record({ policy, others: fc.array(declaration, { maxLength: 5 }) }).map(
  ({ policy: first, others }): ast.PolicyFile => ({
    source: 'p.merit',
    declarations: [first, ...others],
    comments: [],
  }),
);

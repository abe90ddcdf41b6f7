// Arbitrary policies: every declaration with every clause, each with what the language can say and nothing else.

import fc from 'fast-check';
import type * as astAwards from '../../src/syntax/ast-awards.ts';
import type * as astData from '../../src/syntax/ast-data.ts';
import type * as astMeasures from '../../src/syntax/ast-measures.ts';
import type * as astPolicy from '../../src/syntax/ast-policy.ts';
import type * as astRoles from '../../src/syntax/ast-roles.ts';
import type * as astTests from '../../src/syntax/ast-tests.ts';
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

const curve = node<astMeasures.CurveDeclaration>({
  kind: kind('curve'),
  doc: maybe(doc),
  name: anyName,
  mode: fc.constantFrom('linear' as const, 'steps' as const),
  points: distinctKeys(
    node<astMeasures.CurvePoint>({ upTo: flag, at: keyExpression, score: expression }),
    ({ at, upTo }) => [upTo, at],
  ),
  below: maybe(
    node<NonNullable<astMeasures.CurveDeclaration['below']>>({
      bound: maybe(keyExpression),
      score: expression,
    }),
  ),
  above: maybe(
    fc.oneof(
      fc.record({ score: expression, span: just(span) }),
      fc.record({ more: expression, per: expression, full: flag, span: just(span) }),
    ),
  ),
});
const gridKey: fc.Arbitrary<astMeasures.GridKey> = fc.oneof(
  tierEnd('from', 'above').map((bound): astMeasures.GridKey => ({ kind: 'bound', ...bound })),
  anyName.map((word): astMeasures.GridKey => ({ kind: 'word', word, span })),
  just<astMeasures.GridKey>({ kind: 'otherwise', span }),
);
const grid = node<astMeasures.GridDeclaration>({
  kind: kind('grid'),
  doc: maybe(doc),
  name: anyName,
  dimensions: fc.array(anyName, { minLength: 2, maxLength: 3 }),
  columns: several(gridKey),
  rows: distinctKeys(
    node<astMeasures.GridDeclaration['rows'][number]>({
      keys: several(gridKey, 2),
      values: several(expression),
    }),
    ({ keys }) => keys,
  ),
});
const weekday = fc.constantFrom('monday', 'friday', 'sunday').map(name);
const time = fc.constantFrom('09:00', '9:30', '24:00').map(name);
const calendar = node<astPolicy.CalendarDeclaration>({
  kind: kind('calendar'),
  doc: maybe(doc),
  name: anyName,
  hours: some(
    node<astPolicy.WorkingHours>({
      days: fc.oneof(
        date.map((each) => ({ date: each })),
        fc.record({ from: weekday, to: weekday }),
        fc.record({ from: weekday }),
      ),
      from: time,
      to: time,
    }),
  ),
  holidays: some(
    node<astPolicy.Holiday>({ from: expression, until: maybe(expression), title: maybe(title) }),
  ),
  fiscal: maybe(
    node<NonNullable<astPolicy.CalendarDeclaration['fiscal']>>({
      starts: expression,
      weeks: maybe(several(number)),
    }),
  ),
});
const range = fc
  .tuple(maybe(expression), maybe(expression))
  .filter((ends) => ends.some((each) => each !== undefined))
  .map(([from, until]): astData.DateRange => ({ ...(from && { from }), ...(until && { until }), span }));

// ---- people among people ------------------------------------------------------------------------------------

const recipients = node<astAwards.Recipients>({
  role: anyName,
  only: flag,
  top: maybe(
    node<NonNullable<astAwards.Recipients['top']>>({
      count: expression,
      by: expression,
      withZero: flag,
      thenBy: maybe(expression),
    }).map(
      ({ span: _, ...top }: NonNullable<astAwards.Recipients['top']> & { readonly span?: unknown }) => top,
    ),
  ),
  splitAmongTies: flag,
});
const prize = node<astAwards.Prize>({
  kind: fc.constantFrom('money' as const, 'points', 'badge', 'recognition', 'training'),
  value: expression,
  when: maybe(expression),
});
const cells = fc.uniqueArray(
  node<astTests.TestCell>({ field: anyName, value: expression, every: maybe(expression) }),
  { maxLength: 4, selector: (each) => each.field.text },
);
const row = fc.oneof(
  node<astTests.TestRow>({ of: just(name('person')), id: maybe(anyName), cells }),
  node<astTests.TestRow>({ count: maybe(number), of: anyName, id: maybe(anyName), cells }),
);
const monotone = node<astTests.InvariantDeclaration['claim'] & { kind: 'monotone' }>({
  kind: kind('monotone'),
  value: expression,
  direction: fc.constantFrom('nondecreasing' as const, 'nonincreasing' as const),
  in: expression,
});
const head = { doc: maybe(doc), name: anyName };

const declaration: fc.Arbitrary<astPolicy.Declaration> = fc.oneof(
  node<astPolicy.ImportDeclaration>({ kind: kind('import'), doc: maybe(doc), path: title }),
  calendar,
  node<astData.PersonDeclaration>({ kind: kind('person'), doc: maybe(doc), fields: unique(field) }),
  node<astData.EventDeclaration>({
    kind: kind('event'),
    ...head,
    since: maybe(expression),
    fields: unique(field),
    computed: unique(computed),
  }),
  node<astData.TableDeclaration>({ kind: kind('table'), ...head, fields: unique(field) }),
  node<astData.CreditDeclaration>({ kind: kind('credit'), ...head, lines: some(creditLine, 3) }),
  node<astMeasures.KpiDeclaration>({
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
  node<astMeasures.LetDeclaration>({ kind: kind('let'), ...head, per: maybe(grain), value: expression }),
  curve,
  node<astMeasures.RatesDeclaration>({
    kind: kind('rates'),
    ...head,
    mode: fc.constantFrom('marginal' as const, 'whole' as const, 'amounts' as const),
    tiers: distinctKeys(tier, ({ lower, upper }) => [lower, upper]),
  }),
  grid,
  node<astRoles.RoleDeclaration>({
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
  node<astAwards.AwardDeclaration>({
    kind: kind('award'),
    ...head,
    title: maybe(title),
    to: recipients,
    when: maybe(expression),
    gives: several(prize),
  }),
  node<astAwards.LevelDeclaration>({
    kind: kind('level'),
    ...head,
    title: maybe(title),
    to: recipients,
    when: expression,
  }),
  node<astAwards.PoolDeclaration>({
    kind: kind('pool'),
    ...head,
    title: maybe(title),
    per: maybe(grain),
    value: expression,
    to: recipients,
    when: maybe(expression),
    sharedBy: fc.oneof(kind('equally'), expression),
  }),
  node<astRoles.ForDeclaration>({
    kind: kind('for'),
    doc: maybe(doc),
    of: fc.constantFrom('person' as const, 'team' as const),
    name: anyName,
    range: maybe(range),
    targets: some(target, 3),
  }),
  node<astTests.TestDeclaration>({
    kind: kind('test'),
    ...head,
    rows: some(row, 3),
    expectations: some(
      node<astTests.Expectation>({ person: anyName, period: keyExpression, conditions: some(expression) }),
    ),
  }),
  node<astTests.InvariantDeclaration>({
    kind: kind('invariant'),
    ...head,
    given: some(
      node<astTests.InvariantDeclaration['given'][number]>({
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

const policy = node<astPolicy.PolicyDeclaration>({
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
  ({ policy: first, others }): astPolicy.PolicyFile => ({
    source: 'p.merit',
    declarations: [first, ...others],
    comments: [],
  }),
);

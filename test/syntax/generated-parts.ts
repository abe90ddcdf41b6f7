// Arbitrary parts of declarations: fields, lines of credit, targets, scorecards, bonuses, bounds of pay, tiers.

import fc from 'fast-check';
import type * as ast from '../../src/syntax/ast.ts';
import type * as astData from '../../src/syntax/ast-data.ts';
import type * as astMeasures from '../../src/syntax/ast-measures.ts';
import type * as astRoles from '../../src/syntax/ast-roles.ts';
import { printExpression } from '../../src/syntax/print-expression.ts';
import {
  anyName,
  doc,
  expression,
  flag,
  grainOf,
  just,
  maybe,
  name,
  node,
  span,
  title,
} from './generated-expressions.ts';

/** A formula that may be the key of a YAML map, which has at most 1024 characters. */
export const keyExpression = expression.filter((each) => printExpression(each).length < 200);
export const unique = <T extends { readonly name: ast.Name }>(arbitrary: fc.Arbitrary<T>, maxLength = 4) =>
  fc.uniqueArray(arbitrary, { maxLength, selector: (each) => each.name.text });
export const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 2) => fc.array(arbitrary, { maxLength });
export const several = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) =>
  fc.array(arbitrary, { minLength: 1, maxLength });
export const distinctKeys = <T>(arbitrary: fc.Arbitrary<T>, key: (each: T) => unknown) =>
  fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 3, selector: (each) => JSON.stringify(key(each)) });
export const grain = grainOf('month', 'quarter', 'year');
export const kind = <K extends string>(each: K) => just(each);

const type: fc.Arbitrary<astData.TypeReference> = fc.oneof(
  node<astData.TypeReference & { kind: 'named' }>({
    kind: kind('named'),
    name: anyName,
    currency: maybe(just(name('EUR'))),
    optional: flag,
  }),
  node<astData.TypeReference & { kind: 'enumeration' }>({
    kind: kind('enumeration'),
    members: fc.array(anyName, { minLength: 2, maxLength: 3 }),
    ordered: flag,
    optional: flag,
  }),
);
export const field = node<astData.Field>({
  name: anyName,
  doc: maybe(doc),
  type,
  key: flag,
  posts: flag,
  owner: flag,
  known: flag,
  from: maybe(expression),
  until: maybe(expression),
  fallback: maybe(expression),
});
export const computed = node<astData.ComputedField>({ name: anyName, doc: maybe(doc), value: expression });
export const creditLine = node<astData.CreditLine>({
  to: expression,
  otherwise: maybe(expression),
  share: fc.oneof(kind('rest'), expression),
  extra: flag,
  also: flag,
  as: maybe(anyName),
  role: maybe(anyName),
  inEveryRole: flag,
  when: maybe(expression),
});
const table = anyName.map((each): ast.Expression => ({ kind: 'name', name: each, span }));
export const target: fc.Arbitrary<astRoles.Target> = node<astRoles.Target>({
  kpi: anyName,
  value: expression,
  fromTable: just(false),
  upTo: maybe(expression),
  spread: maybe(
    fc
      .oneof(kind('evenly'), several(expression))
      .map((parts): astRoles.Target['spread'] => ({ parts, span })),
  ),
  addsUp: flag,
  per: maybe(grain),
  when: maybe(expression),
}).chain((each) =>
  each.upTo === undefined
    ? fc.oneof(
        just(each),
        table.map((value): astRoles.Target => ({ ...each, value, fromTable: true })),
      )
    : just(each),
);
const scoreLine = node<astRoles.ScoreLine>({
  kpi: anyName,
  weight: expression,
  curve: maybe(anyName),
  ofValue: flag,
  cap: maybe(expression),
  floor: maybe(expression),
  missing: maybe(
    fc.oneof(
      expression.map((score) => ({ kind: 'counts' as const, score, span })),
      maybe(expression).map((atLeast) => ({ kind: 'spreads' as const, ...(atLeast && { atLeast }), span })),
    ),
  ),
}).map((line): astRoles.ScoreLine => ({ ...line, ofValue: line.ofValue && line.curve !== undefined }));
export const scorecard = fc
  .uniqueArray(scoreLine, { maxLength: 3, selector: (each) => each.kpi.text })
  .map((lines): astRoles.Scorecard => ({ lines, span }));
export const paysIn = node<astRoles.PaysIn>({ currency: expression, atPosting: flag });
export const bonus = node<astRoles.Bonus>({
  name: anyName,
  doc: maybe(doc),
  title: maybe(title),
  gated: flag,
  prorated: maybe(flag),
  per: maybe(grain),
  value: expression,
  when: maybe(expression),
  cap: maybe(expression),
  floor: maybe(expression),
  first: maybe(expression),
  whileEmployed: flag,
  parts: maybe(expression.map((count) => ({ count, span }))),
  later: maybe(expression),
  paysIn: maybe(paysIn),
  holds: maybe(fc.record({ share: expression, length: expression, span: just(span) })),
  forfeited: flag,
  payableAs: maybe(fc.record({ value: expression, of: expression, span: just(span) })),
});
const gate = node<astRoles.Gate>({ condition: expression, when: maybe(expression) });
export const bounds = {
  gates: some(gate),
  caps: some(node<astRoles.Cap>({ amount: expression, per: maybe(grain), inAll: flag, carryExcess: flag })),
  floors: some(node<astRoles.Floor>({ amount: expression, per: maybe(grain), inAll: flag })),
  draws: some(
    node<astRoles.Draw>({
      amount: expression,
      per: maybe(grain),
      recoverable: flag,
      length: maybe(expression),
      recovered: maybe(
        node<NonNullable<astRoles.Draw['recovered']>>({ fromMonth: expression, at: maybe(expression) }),
      ),
    }),
  ),
};
export const tierEnd = <W extends string>(...words: W[]) =>
  fc.record({ word: fc.constantFrom(...words), value: keyExpression, span: just(span) });
export const tier = node<astMeasures.Tier>({
  lower: tierEnd('from', 'above'),
  upper: maybe(tierEnd('until', 'below')),
  rate: expression,
  onAll: flag,
});

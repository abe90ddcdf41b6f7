// The decisions of one formula: its conditions, what stands in for a missing value, what bounds what, and what it refers to.

import { boundsOf, type Place } from '../analyse/bounds.ts';
import { figureCalled } from '../analyse/formulas.ts';
import { isBelow } from '../analyse/interval.ts';
import { whyOneWay } from '../analyse/limits.ts';
import { outcomeOf } from '../analyse/outcome.ts';
import { conditionsIn } from '../library/conditions.ts';
import { boundArguments, isBound } from '../library/decisions.ts';
import { walk } from '../library/parts.ts';
import type { ApplyNode, Expression, LookBackNode } from '../model/expression.ts';
import type { Model } from '../model/policy.ts';
import type { Listing, Way } from './decisions.ts';
import { formulaWords } from './words.ts';

/** A formula, whose it is in words (`` kpi `revenue` ``), and where it stands. */
export interface Of {
  readonly subject: string;
  readonly place: Place;
  /** A part of it whose being missing is said elsewhere, as by a credit line that names nobody. */
  readonly said?: Expression;
}

/** All decisions among the parts of a formula; what it is itself, such as the condition of a bonus, says `listCondition`. */
export function listFormula(listing: Listing, formula: Expression, of: Of): void {
  const words = conditionWords(formula);
  for (const each of conditionsIn(formula)) putCondition(listing, each, of, words.get(each) ?? '');
  const said = new Set(of.said ? [of.said] : []);
  walk(formula, (node) => {
    if (node.kind === 'apply' && (node.function === 'else' || node.function === 'exists'))
      said.add(node.args[0]!);
    putNode(listing, node, { ...of, isSaid: said.has(node) });
  });
}

/** What the conditions of choices and of `nth` are introduced by. */
function conditionWords(formula: Expression): ReadonlyMap<Expression, string> {
  const words = new Map<Expression, string>();
  walk(formula, (node) => {
    if (node.kind === 'nth' && node.where) words.set(node.where, 'where ');
    if (node.kind === 'apply' && node.function === 'choose') words.set(node.args[0]!, 'when ');
  });
  return words;
}

/** A condition that stands by itself: of a bonus, a gate, a target, a measure; `word`: `when`. */
export function listCondition(
  listing: Listing,
  condition: Expression | undefined,
  of: Of,
  word: 'when' | 'where',
): void {
  if (!condition) return;
  putCondition(listing, condition, of, `${word} `);
  listFormula(listing, condition, of);
}

function putCondition(listing: Listing, condition: Expression, { subject, place }: Of, word: string): void {
  const words = formulaWords(listing.model, condition.span);
  const ways = conditionWays(place, condition, { yes: 'yes', no: 'no' });
  listing.put({ kind: 'condition', span: condition.span }, `${subject}, ${word}\`${words}\``, ways);
}

/** Both ways of a condition, and missing where it can be. */
export function conditionWays(
  place: Place,
  condition: Expression,
  words: { readonly yes: string; readonly no: string },
  ways: { readonly yes: string; readonly no: string } = { yes: 'yes', no: 'no' },
): readonly Way[] {
  const outcome = outcomeOf(place, condition);
  const why = outcome === undefined ? undefined : whyOneWay(place, condition);
  const because = why === undefined ? '' : `: ${why}`;
  return [
    {
      way: ways.yes,
      words: words.yes,
      impossible: outcome === false ? `it can't hold${because}` : undefined,
    },
    { way: ways.no, words: words.no, impossible: outcome === true ? `it can't fail${because}` : undefined },
    ...(condition.optional ? [{ way: 'missing', words: 'missing' }] : []),
  ];
}

/**
 * Whether a value can be missing: as the checker says, or as nothing is expected of who is away, who has no target, no
 * attainment and no score.
 */
function canBeMissing(model: Model, value: Expression): boolean {
  const seen = new Set<string>();
  const isAsked = (formula: Expression): boolean => {
    let found = formula.optional;
    walk(formula, (node) => {
      found ||= node.kind === 'target' || node.kind === 'attainment' || node.kind === 'score';
      if (found || node.kind !== 'figure' || seen.has(node.figure)) return;
      seen.add(node.figure);
      const figure = figureCalled(model, node.figure);
      found = figure !== undefined && isAsked(figure.value);
    });
    return found;
  };
  return isAsked(value);
}

/** Whether a value is there; `optional`: whether it can be missing. */
export function thereWays(
  optional: boolean,
  words: { readonly there: string; readonly missing: string } = { there: 'there', missing: 'missing' },
): readonly Way[] {
  const { there, missing } = words;
  return [
    { way: 'there', words: there },
    { way: 'missing', words: missing, impossible: optional ? undefined : 'it is always there' },
  ];
}

function putNode(listing: Listing, node: Expression, of: Of & { readonly isSaid: boolean }): void {
  const { subject } = of;
  switch (node.kind) {
    case 'apply':
      if (node.function === 'else') {
        const words = formulaWords(listing.model, node.span);
        const ways = { there: 'there is a value', missing: 'the `else` counts' };
        const subjectOf = `${subject}, \`${words}\``;
        listing.put(
          { kind: 'missing', span: node.span },
          subjectOf,
          thereWays(canBeMissing(listing.model, node.args[0]!), ways),
        );
      } else if (isBound(node)) putBounds(listing, node, of);
      return;
    case 'look-back':
      listing.put(
        { kind: 'reference', span: node.span },
        `${subject}, \`${formulaWords(listing.model, node.span)}\``,
        node.aggregate === 'exists'
          ? []
          : [
              { way: 'found', words: 'some rows' },
              { way: 'missing', words: 'no rows' },
            ],
      );
      listOtherRows(listing, node, { subject, place: rowsOf(of.place, node.event) });
      return;
    case 'lookup':
    case 'through':
      if (of.isSaid || !node.optional) listing.putAside({ kind: 'reference', span: node.span }, REFERENCE);
      else
        listing.put(
          { kind: 'reference', span: node.span },
          `${subject}, \`${formulaWords(listing.model, node.span)}\``,
          [
            { way: 'found', words: 'found' },
            { way: 'missing', words: 'not found' },
          ],
        );
      return;
    // a rate that is missing stops the run
    case 'convert':
      listing.putAside({ kind: 'reference', span: node.span }, REFERENCE);
      return;
    default:
      return;
  }
}

function listOtherRows(listing: Listing, { value, where }: LookBackNode, of: Of): void {
  if (value) listFormula(listing, value, of);
  listCondition(listing, where, of, 'where');
}

/** Both ways of a reference. */
export const REFERENCE = ['found', 'missing'];

function rowsOf(place: Place, name: string): Place {
  const event = place.model.events.find((each) => each.name === name);
  return event ? { ...place, event } : place;
}

function putBounds(listing: Listing, node: ApplyNode, { subject, place }: Of): void {
  const isLeast = node.function === 'min';
  const words = formulaWords(listing.model, node.span);
  const others = boundArguments(node);
  for (const { at, part } of others) {
    const bound = node.args[at]!;
    // it never decides where another value always goes before it
    const winner = node.args.some((each) => {
      const [own, other] = [boundsOf(place, bound), boundsOf(place, each)];
      if (each === bound) return false;
      return isLeast ? isBelow(other, own, 'or equal') : isBelow(own, other, 'or equal');
    });
    const why = `another value of \`${node.function}\` is never ${isLeast ? 'more' : 'less'} than it`;
    listing.put(
      { kind: isLeast ? 'cap' : 'floor', span: node.span, ...(part === undefined ? {} : { part }) },
      `${subject}, \`${words}\``,
      boundWays(`\`${formulaWords(listing.model, bound.span)}\` `, winner ? why : undefined),
    );
  }
}

/** Whether a cap or a floor binds; `what`: it, in words that end in a blank, where the subject isn't it. */
export function boundWays(what: string, cannotBind: string | undefined): readonly Way[] {
  return [
    { way: 'binds', words: `${what}binds`, impossible: cannotBind },
    { way: 'free', words: `${what}doesn't bind` },
  ];
}

// The decisions of what is paid: gates, bonuses, scorecards and ramps of roles, and caps, floors and draws of roles and of
// the policy.

import { placeOf } from '../analyse/bounds.ts';
import { declared, placeKey, readingOf } from '../analyse/reading.ts';
import { add, compare, exact, isZero, ZERO } from '../base/exact.ts';
import { valueNotation } from '../library/notation.ts';
import type { Bonus, Cap, Draw, Floor, Gate, PaysIn } from '../model/pay.ts';
import type { Model, Role, ScoreLine } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type { Listing } from './decisions.ts';
import {
  boundWays,
  conditionWays,
  listCondition,
  listFormula,
  type Of,
  REFERENCE,
  thereWays,
} from './formula-decisions.ts';
import { provedAt } from './impossible.ts';
import { formulaWords } from './words.ts';

export function listRole(listing: Listing, role: Role): void {
  const whose = ` of role \`${role.name}\``;
  for (const gate of role.gates) listGate(listing, role, gate);
  for (const line of role.scorecard ?? []) listScoreLine(listing, line, { whose, lines: role.scorecard! });
  for (const bonus of role.bonuses) listBonus(listing, role, bonus);
  listBounds(listing, role, { whose, role });
  listRamp(listing, role);
}

/** What the policy says of all pay. */
export function listPay(listing: Listing): void {
  const { pay } = listing.model;
  listBounds(listing, pay, { whose: ' of the policy' });
  if (pay.paysIn)
    listCurrency(listing, pay.paysIn, { subject: 'the currency of pay', place: { model: listing.model } });
}

/** The currency of what is paid; a rate that is missing stops the run. */
function listCurrency(listing: Listing, { currency }: PaysIn, of: Of): void {
  listFormula(listing, currency, of);
  listing.putAside({ kind: 'reference', span: currency.span }, REFERENCE);
}

function listGate(listing: Listing, role: Role, { condition, when, span }: Gate): void {
  const { model } = listing;
  const whose = policyLines(model).has(placeKey(span)) ? 'the policy' : `role \`${role.name}\``;
  const words = formulaWords(model, condition.span);
  const of: Of = { subject: `gate \`${words}\` of ${whose}`, place: { model, role } };
  // of a gate that closes nothing nothing is decided
  const isIdle = !role.bonuses.some((each) => each.gated);
  const found = isIdle ? impossibly(listing, `no bonus of role \`${role.name}\` is \`gated\``) : listing;
  const ways = conditionWays(
    of.place,
    condition,
    { yes: 'passes', no: 'fails' },
    { yes: 'passed', no: 'failed' },
  );
  found.put({ kind: 'gate', span: condition.span }, of.subject, ways);
  listCondition(found, when, of, 'when');
  listFormula(found, condition, of);
}

/** A listing of what can't happen. */
function impossibly(listing: Listing, impossible: string): Listing {
  return {
    ...listing,
    put: (of, subject, ways) =>
      listing.put(
        of,
        subject,
        ways.map((each) => ({ ...each, impossible })),
      ),
  };
}

const policies = new WeakMap<Model, ReadonlySet<string>>();

/** The places of gates that the policy itself says, which every role has. */
function policyLines(model: Model): ReadonlySet<string> {
  const written = declared(readingOf(model), 'policy').flatMap((each) => each.gates);
  const found = policies.get(model) ?? new Set(written.map(({ span }) => placeKey(span)));
  policies.set(model, found);
  return found;
}

const PERCENT: ValueType = { kind: 'percent' };

function listScoreLine(
  listing: Listing,
  line: ScoreLine,
  { whose, lines }: { readonly whose: string; readonly lines: readonly ScoreLine[] },
): void {
  const { model } = listing;
  const { kpi, span, cap, floor, missing } = line;
  const subject = `\`${kpi}\` in the scorecard${whose}`;
  const bound = (kind: 'cap' | 'floor', text: string | undefined): void => {
    if (text === undefined) return;
    const words = `its ${kind} ${valueNotation(text, PERCENT)} `;
    listing.put({ kind, span }, subject, boundWays(words, provedAt(model, kind, span)));
  };
  bound('cap', cap);
  bound('floor', floor);
  if (!missing) return;
  const score = missing.kind === 'counts' ? valueNotation(missing.score, PERCENT) : undefined;
  const lacking = score === undefined ? 'missing, its weight is spread' : `missing, counts ${score}`;
  const ways = { there: 'there is a score', missing: lacking };
  listing.put({ kind: 'missing', span }, subject, thereWays(true, ways));
  if (missing.kind === 'spreads')
    listing.put({ kind: 'missing', span, part: 'weights' }, `${subject}, spreading its weight`, [
      { way: 'enough', words: 'enough weights are there' },
      { way: 'too few', words: 'too few weights are there', impossible: alwaysEnough(lines, missing) },
    ]);
}

/** Why enough weights are there whatever is missing: lines that don't spread theirs are, or count. */
function alwaysEnough(
  lines: readonly ScoreLine[],
  { atLeast }: { readonly atLeast: string },
): string | undefined {
  const others = lines.filter((each) => each.missing?.kind !== 'spreads').map((each) => exact(each.weight));
  const weights = others.reduce(add, ZERO);
  if (isZero(weights) || compare(weights, exact(atLeast)) < 0) return undefined;
  return `the other lines are ${valueNotation(weights, PERCENT)}`;
}

function listBonus(listing: Listing, role: Role, bonus: Bonus): void {
  const { model } = listing;
  const { name, when, value, cap, floor, payableAs, paysIn, first, span } = bonus;
  const subject = `bonus \`${name}\` of role \`${role.name}\``;
  const rows: Of = { subject, place: placeOf(model, role, bonus) };
  const own: Of = { subject, place: { model, role } };
  listCondition(listing, when, rows, 'when');
  listFormula(listing, value, rows);
  for (const [kind, bound] of [['floor', floor] as const, ['cap', cap] as const]) {
    if (!bound) continue;
    const words = `its ${kind} \`${formulaWords(model, bound.span)}\` `;
    listing.put({ kind, span: bound.span }, subject, boundWays(words, provedAt(model, kind, bound.span)));
    listFormula(listing, bound, own);
  }
  if (payableAs) {
    const event = model.events.find((each) => each.name === payableAs.event)!;
    listFormula(listing, payableAs.value, { subject, place: { model, event } });
    listFormula(listing, payableAs.of, rows);
  }
  if (paysIn) listCurrency(listing, paysIn, own);
  if (bonus.whileEmployed)
    listing.put({ kind: 'paying', span, part: 'while employed' }, `${subject}, while employed`, [
      { way: 'yes', words: 'the person is there' },
      { way: 'no', words: 'the person has left' },
    ]);
  if (bonus.forfeited)
    listing.put({ kind: 'paying', span, part: 'forfeited on leaving' }, `${subject}, forfeited on leaving`, [
      { way: 'no', words: 'a part is paid' },
      { way: 'yes', words: 'a part is lost' },
    ]);
  if (first !== undefined)
    listing.put({ kind: 'paying', span, part: 'first' }, `${subject}, first ${first}`, [
      { way: 'yes', words: 'a row counts' },
      { way: 'no', words: 'a row comes too late' },
    ]);
}

interface Bounded {
  readonly caps: readonly Cap[];
  readonly floors: readonly Floor[];
  readonly draws: readonly Draw[];
}

function listBounds(
  listing: Listing,
  { floors, caps, draws }: Bounded,
  { whose, role }: { readonly whose: string; readonly role?: Role },
): void {
  const { model } = listing;
  const place = { model, ...(role ? { role } : {}) };
  const put = (kind: 'cap' | 'floor', { amount, span }: Cap | Floor): string => {
    const subject = `${kind} \`${formulaWords(model, amount.span)}\`${whose}`;
    listing.put({ kind, span }, subject, boundWays('', provedAt(model, kind, span)));
    listFormula(listing, amount, { subject, place });
    return subject;
  };
  for (const each of floors) put('floor', each);
  for (const each of caps) {
    const subject = put('cap', each);
    if (each.carryExcess)
      listing.put({ kind: 'cap', span: each.span, part: 'excess' }, `${subject}, what it has kept`, [
        { way: 'paid', words: 'paid' },
        { way: 'kept', words: 'kept on' },
      ]);
  }
  for (const each of draws) listDraw(listing, each, { whose, ...(role ? { role } : {}) });
}

function listDraw(
  listing: Listing,
  { amount, span, recoverable, months }: Draw,
  { whose, role }: { readonly whose: string; readonly role?: Role },
): void {
  const { model } = listing;
  const subject = `draw \`${formulaWords(model, amount.span)}\`${whose}`;
  listing.put({ kind: 'draw', span }, subject, [
    { way: 'tops up', words: 'tops up' },
    { way: 'free', words: "doesn't top up" },
  ]);
  if (recoverable)
    listing.put({ kind: 'draw', span, part: 'recovery' }, `${subject}, what is owed`, [
      { way: 'recovered', words: 'recovered' },
      { way: 'kept', words: 'not recovered' },
    ]);
  if (months !== undefined)
    listing.put({ kind: 'draw', span, part: 'months' }, subject, [
      { way: 'goes on', words: `within its ${months} months` },
      { way: 'ended', words: `after its ${months} months` },
    ]);
  listFormula(listing, amount, { subject, place: { model, ...(role ? { role } : {}) } });
}

function listRamp(listing: Listing, { name, ramp, rampLine }: Role): void {
  if (!ramp || !rampLine) return;
  listing.put({ kind: 'ramp', span: rampLine.span }, `ramp of role \`${name}\``, [
    ...ramp.map((step, at) => ({
      way: String(at),
      words: `month ${at + 1}, ${valueNotation(step, PERCENT)}`,
    })),
    { way: 'after', words: 'after it' },
  ]);
}

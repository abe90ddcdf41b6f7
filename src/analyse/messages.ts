// Every message of the lints: one function per code, given just the facts that it needs. A warning is about something
// that can't do what it says; a note is about something worth a look.

import type { Diagnostic, Related, Severity } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import { type Written, written } from '../syntax/written.ts';

interface Extras {
  readonly label?: string | undefined;
  readonly related?: readonly Related[];
  readonly help?: Written | undefined;
}

function lint(
  severity: Severity,
  code: string,
  span: Span,
  message: string,
  extras: Extras = {},
): Diagnostic {
  const { label, related = [], help } = extras;
  return {
    code,
    severity,
    message,
    span,
    ...(label === undefined ? {} : { label }),
    ...(related.length === 0 ? {} : { related }),
    ...(help === undefined ? {} : { help: written(span, help) }),
  };
}

function warning(code: string, span: Span, message: string, extras: Extras = {}): Diagnostic {
  return lint('warning', code, span, message, extras);
}

function note(code: string, span: Span, message: string, extras: Extras = {}): Diagnostic {
  return lint('note', code, span, message, extras);
}

/** `a, b and c`. */
export function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

// ---- SMART -------------------------------------------------------------------------------------------------

/** Something that a KPI lacks, as a clause, and what to add. */
export interface Lack {
  readonly what: string;
  readonly add: Written;
}

export function notSmart(span: Span, kpi: string, lacks: readonly Lack[]): Diagnostic {
  return note('M1500', span, `KPI \`${kpi}\` isn't SMART: ${listed(lacks.map(({ what }) => what))}`, {
    help: `add ${listed(lacks.map(({ add }) => written(span, add)))}`,
  });
}

export function noEffectiveRange(span: Span, policy: string): Diagnostic {
  return note('M1501', span, `policy \`${policy}\` doesn't say from when until when it holds`, {
    help: {
      text: 'add a line like `effective from 2026-01-01 until 2026-12-31`',
      yaml: 'add a line like `effective: from 2026-01-01 until 2026-12-31`',
    },
  });
}

export function lightWeight(span: Span, kpi: string, weight: string): Diagnostic {
  return note('M1502', span, `with a weight of ${weight}, \`${kpi}\` moves little pay`, {
    help: 'fewer KPIs with more weight each are seen by those whom they are meant for',
  });
}

// ---- tables without effect -----------------------------------------------------------------------------------

export function tierWithoutEffect(span: Span, rate: string, below: Span): Diagnostic {
  return warning('M1505', span, `this tier changes nothing: ${rate} is the rate below it too`, {
    related: [{ span: below, message: `${rate} here` }],
    help: 'leave it out, or give it the rate that was meant',
  });
}

export function pointWithoutEffect(span: Span, why: string): Diagnostic {
  return note('M1506', span, `this point changes nothing: ${why}`, { help: 'it can be left out' });
}

/** `side`: `above 100 %`, where nothing that the table reads lies. */
export function unreachable(span: Span, what: string, table: string, side: string): Diagnostic {
  return warning('M1507', span, `this ${what} is never reached: what \`${table}\` reads is never ${side}`);
}

export function wholePercents(span: Span, name: string): Diagnostic {
  return note('M1513', span, `\`${name}\` counts whole percents: 99.9% scores as 99% does`, {
    help: 'a curve that is `linear` counts what lies between',
  });
}

// ---- cliffs ------------------------------------------------------------------------------------------------

/** The two sides of a bound: `just below 10 RUB` it gives `before`, `from there` on `after`. */
export interface Sides {
  readonly bound: string;
  readonly past: string;
  readonly before: string;
  readonly after: string;
}

export function amountDrops(span: Span, table: string, { bound, past, before, after }: Sides): Diagnostic {
  const message = `one more unit pays less: ${bound}, \`${table}\` gives ${before}, and ${past} ${after}`;
  return warning('M1510', span, message, {
    help: '`marginal` rates pay each part at its own rate, so that more never pays less',
  });
}

export function rateDrops(
  span: Span,
  table: string,
  { bound, before, after }: Omit<Sides, 'past'>,
): Diagnostic {
  return warning('M1510', span, `the rate of \`${table}\` falls at ${bound}, from ${before} to ${after}`, {
    help: 'where the rate multiplies a whole amount, one more unit then pays less',
  });
}

export function tableJumps(span: Span, table: string, jumps: readonly Related[]): Diagnostic {
  const [first, ...others] = jumps;
  const more =
    others.length === 0 ? '' : `, and at ${others.length} more bound${others.length > 1 ? 's' : ''}`;
  return note('M1511', span, `\`${table}\` jumps: ${first!.message}${more}`, {
    label: 'the jump',
    related: others,
  });
}

/** `falls` where the score falls while the input rises; `better`: how the input gets better. */
export function scoreTurns(
  span: Span,
  fall: { readonly before: string; readonly after: string; readonly better: string; readonly use: Span },
): Diagnostic {
  return warning('M1512', span, `a better result scores less here: ${fall.before}, then ${fall.after}`, {
    related: [{ span: fall.use, message: fall.better }],
    help: 'check the order of the scores',
  });
}

export function paysUntil(span: Span, what: string, words: string, sides: string | undefined): Diagnostic {
  return warning(
    'M1514',
    span,
    `one more unit pays less: ${what} ends when \`${words}\` grows past this bound`,
    {
      label: sides,
      help: 'turn the comparison round if more was meant to be better',
    },
  );
}

/** `sides`: what is paid just before and just after, as a clause. */
export function paysLess(span: Span, sides: string): Diagnostic {
  return warning('M1516', span, `a better result pays less: ${sides}`, {
    help: 'let what is paid before the bound go on past it, or pay along a `linear` curve',
  });
}

/** `how`: `all or nothing `, or empty where some jumps are between two amounts. */
export function roleJumps(span: Span, role: string, jumps: readonly Related[], how: string): Diagnostic {
  const count = jumps.length === 1 ? 'one condition' : `${jumps.length} conditions`;
  return note('M1515', span, `role \`${role}\` pays in jumps: ${how}at ${count}`, {
    related: jumps,
  });
}

/** `again`: how it goes on, as a clause. */
export function streakPaysOn(span: Span, award: string, again: string): Diagnostic {
  return note('M1517', span, `award \`${award}\` is given again and again: ${again}`, {
    help: 'with `is` instead it is given once for each run',
  });
}

// ---- conditions --------------------------------------------------------------------------------------------

/** `what` in words: `this gate`, `the condition of bonus x`. */
export function cannotFail(span: Span, what: string, why: string | undefined): Diagnostic {
  return warning('M1520', span, `${what} can't fail`, {
    label: why,
    help: 'leave it out, or check its bound',
  });
}

export function cannotHold(span: Span, what: string, why: string | undefined): Diagnostic {
  return warning('M1521', span, `${what} can't hold`, { label: why, help: 'check its bound' });
}

export function gateWithoutBonus(span: Span, role: string): Diagnostic {
  return warning('M1522', span, `this gate closes nothing: no bonus of role \`${role}\` is \`gated\``, {
    help: {
      text: 'write `gated` after the names of the bonuses that it is meant for',
      yaml: 'write `gated: true` in the bonuses that it is meant for',
    },
  });
}

export function gatedWithoutGate(span: Span, bonus: string, role: string): Diagnostic {
  return warning('M1523', span, `bonus \`${bonus}\` is \`gated\`, and role \`${role}\` has no gate`, {
    help: {
      text: 'add a line like `gate (conversion else 0%) >= 10%`, or leave `gated` out',
      yaml: 'add a line like `gates: (conversion else 0%) >= 10%`, or leave `gated` out',
    },
  });
}

// ---- caps and floors ---------------------------------------------------------------------------------------

export function capCannotBind(span: Span, what: string, most: string): Diagnostic {
  return note('M1530', span, `this cap can't bind: ${what} never comes to more than ${most}`);
}

export function floorCannotBind(span: Span, what: string, least: string): Diagnostic {
  return note('M1531', span, `this floor can't bind: ${what} never comes to less than ${least}`);
}

/** A bound of a role that looks at no bonus: `per` is its length of time. */
export function countsNothing(span: Span, what: 'cap' | 'floor' | 'draw', per: string): Diagnostic {
  const effect = what === 'cap' ? 'it changes nothing' : 'all of it is paid on top';
  return warning('M1534', span, `this ${what} counts no bonus, as none is per ${per}: ${effect}`, {
    help:
      what === 'draw'
        ? `leave \`per ${per}\` out, or move it to the policy`
        : `add \`in all\`, which counts every bonus of the ${per}, or leave \`per ${per}\` out`,
  });
}

export function neverDecides(span: Span, name: 'min' | 'max', other: Span): Diagnostic {
  const order = name === 'min' ? 'more' : 'less';
  return note('M1532', span, `this never decides: the other value of \`${name}\` is never ${order} than it`, {
    related: [{ span: other, message: 'this one always does' }],
  });
}

/** `words`: what may have no upper end, which is due to `kpi`. */
export function noUpperEnd(span: Span, words: string, kpi: string): Diagnostic {
  const message = `\`${words}\` has no upper end where \`${kpi}\` is 0, and a run stops there: lower is better`;
  return warning('M1533', span, message, {
    help: `say where it ends: \`min(${words}, 150%)\`, or read a curve`,
  });
}

// ---- unused ------------------------------------------------------------------------------------------------

export function unused(span: Span, what: string, name: string, help: string | undefined): Diagnostic {
  return warning('M1540', span, `${what} \`${name}\` is never used`, { help });
}

export function unreadFields(
  fields: readonly { readonly name: string; readonly span: Span }[],
  owner: string,
): Diagnostic {
  const [first, ...others] = fields;
  const names = listed(fields.map((each) => `\`${each.name}\``));
  const verb = others.length === 0 ? 'is' : 'are';
  return note('M1541', first!.span, `${names} of ${owner} ${verb} never read`, {
    related: others.map(({ span }) => ({ span, message: 'nor is this' })),
    help: 'a field that is only there to be looked at is fine: it is still checked in every row',
  });
}

export function creditNeverCounted(span: Span, name: string): Diagnostic {
  return warning('M1542', span, `nothing counts this \`extra\` credit: no KPI says \`as ${name}\``, {
    help: `count it, such as with \`sum(… as ${name})\`, or leave the line out`,
  });
}

// ---- names -------------------------------------------------------------------------------------------------

export function mixedAlphabets(
  span: Span,
  name: string,
  odd: { readonly letter: string; readonly alphabet: string; readonly rest: string },
): Diagnostic {
  const message = `\`${name}\` mixes alphabets: \`${odd.letter}\` is ${odd.alphabet}, the rest of the word is ${odd.rest}`;
  return warning('M1550', span, message, { help: 'type the word again in one alphabet' });
}

export function lookAlike(span: Span, name: string, first: Span, why: string | undefined): Diagnostic {
  return warning('M1551', span, `\`${name}\` looks like another name here`, {
    label: why,
    related: [{ span: first, message: 'the other one' }],
    help: 'rename one of the two',
  });
}

// ---- with data ---------------------------------------------------------------------------------------------

export interface Reached {
  readonly role: string;
  readonly kpi: string;
  readonly people: number;
  readonly results: number;
  readonly periods: number;
}

export function nobodyReached(span: Span, { role, kpi, people, results, periods }: Reached): Diagnostic {
  return note(
    'M1560',
    span,
    `nobody in role \`${role}\` reached the target of \`${kpi}\`: 0 of ${people} people`,
    {
      label: `0 of ${results} results in ${counted(periods, 'period')}`,
      help: 'check that it is achievable',
    },
  );
}

export function everybodyReached(span: Span, { role, kpi, people, results, periods }: Reached): Diagnostic {
  return note(
    'M1561',
    span,
    `everybody in role \`${role}\` reached the target of \`${kpi}\` every time: ${people} of ${people} people`,
    {
      label: `${results} of ${results} results in ${counted(periods, 'period')}`,
      help: 'check that it still asks for something',
    },
  );
}

/** `reached` of the results, as the share that was reached in history. */
export function partReached(
  span: Span,
  { role, kpi, results, periods }: Reached,
  reached: number,
): Diagnostic {
  const percent = Math.floor((reached * 100) / results);
  return note(
    'M1562',
    span,
    `role \`${role}\` reached the target of \`${kpi}\` in ${percent}% of the results: ${reached} of ${results}`,
    { label: `over ${counted(periods, 'period')}` },
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

// ---- silencing ---------------------------------------------------------------------------------------------

export function allowWithoutReason(span: Span, code: string, mark: string): Diagnostic {
  return warning('M1590', span, `this \`allow\` gives no reason, so it allows nothing`, {
    help: `write \`${mark} allow ${code}: why it is meant\``,
  });
}

export function allowsNothing(span: Span, code: string): Diagnostic {
  return note('M1591', span, `there is no ${code} here to allow`, { help: 'leave the comment out' });
}

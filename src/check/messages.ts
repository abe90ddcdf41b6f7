// Every message of the checker: one function per code, given just the facts that it needs.

import type { Diagnostic, Fix, Related } from '../base/diagnostic.ts';
import { byLength, type Grain, grainText } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { nearest, suggestion } from '../base/suggest.ts';
import { type Written, written } from '../syntax/written.ts';

interface Extras {
  readonly label?: string;
  readonly related?: readonly Related[];
  readonly help?: Written | undefined;
  readonly fix?: readonly Fix[];
}

function error(code: string, span: Span, message: string, extras: Extras = {}): Diagnostic {
  const { help, ...rest } = extras;
  const told = help === undefined ? {} : { help: written(span, help) };
  return { code, severity: 'error', message, span, ...rest, ...told };
}

// ---- names -------------------------------------------------------------------------------------------------

/** `what` in words: `KPI`, `field of deal`. */
export function unknownName(span: Span, what: string, name: string, known: readonly string[]): Diagnostic {
  const near = nearest(name, known);
  return error('M1101', span, `no ${what} is called \`${name}\``, {
    help: suggestion(name, known),
    ...fixTo(span, near),
  });
}

/** A replacement by a word; what must be quoted, or is several words, is left to the author. */
function fixTo(span: Span, near: string | undefined): { readonly fix?: readonly Fix[] } {
  return near !== undefined && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(near) ? { fix: [{ span, text: near }] } : {};
}

export function duplicateName(span: Span, name: string, first: Span): Diagnostic {
  return error('M1102', span, `\`${name}\` is declared twice`, {
    related: [{ span: first, message: 'first declared here' }],
    help: 'rename one of the two',
  });
}

/** `members`: what uses what, in turn; the last one uses the first. */
export function circle(
  span: Span,
  members: readonly { readonly name: string; readonly span: Span }[],
): Diagnostic {
  const names = members.map((each) => `\`${each.name}\``);
  const way = [...names, names[0]].join(' → ');
  return error('M1103', span, `a formula can't use its own result: ${way}`, {
    related: members
      .slice(1)
      .map((each) => ({ span: each.span, message: `\`${each.name}\` is part of the circle` })),
    help: 'take one of the steps out',
  });
}

/** `why` says what to write instead. */
export function notHere(
  span: Span,
  what: string,
  why: Written,
  related: readonly Related[] | undefined = undefined,
): Diagnostic {
  return error('M1104', span, `${what} can't stand here`, { help: why, ...(related ? { related } : {}) });
}

/** What can't be judged: files that aren't given, and what this version has no rules for. */
export function notSupported(span: Span, what: string, help?: string): Diagnostic {
  return error('M1190', span, `${what} can't be checked`, { help });
}

export function missingPart(span: Span, what: string, part: string, example: Written): Diagnostic {
  return error('M1105', span, `${what} has no ${part}`, { help: `write \`${written(span, example)}\`` });
}

/** `what` in words: `the owner`; or the question that is answered twice: `whose results`, `when a row became known`. */
export function twice(span: Span, what: string, first: Span): Diagnostic {
  const isQuestion = /^(?:whose|which|when) /.test(what);
  const verb = /^(?:whose|which) \S+$/.test(what) ? ' are meant' : '';
  return error('M1106', span, isQuestion ? `it is said twice ${what}${verb}` : `${what} is said twice`, {
    related: [{ span: first, message: 'first said here' }],
    help: 'keep one of the two',
  });
}

/** `noun` with its article; `taken`: what the name means already, with its article. */
export function reservedName(span: Span, name: string, noun: string, taken: string): Diagnostic {
  return error('M1107', span, `${noun} may not be called \`${name}\`, which is ${taken}`, {
    help: 'give it another name',
  });
}

// ---- types -------------------------------------------------------------------------------------------------

export function unknownType(span: Span, name: string, known: readonly string[]): Diagnostic {
  return error('M1201', span, `\`${name}\` isn't a type`, {
    help: suggestion(name, known),
    ...fixTo(span, nearest(name, known)),
  });
}

/** `expected` and `found` in words with their article. */
export function wrongType(
  span: Span,
  expected: string,
  found: string,
  related: readonly Related[] = [],
  help: Written | undefined = asMoney(expected, found),
): Diagnostic {
  return error('M1202', span, `expected ${expected}, found ${found}`, { label: found, related, help });
}

/** What to write where a number stands for money. */
function asMoney(expected: string, found: string): string | undefined {
  const currency = /^an amount in ([A-Z]{3})$/.exec(expected)?.[1];
  return currency !== undefined && /^a (?:number|count)\b/.test(found)
    ? `write \`500 ${currency}\` in place of \`500\`, or multiply by such an amount`
    : undefined;
}

const DOING: Readonly<Record<string, (a: string, b: string) => string>> = {
  '+': (a, b) => `cannot add ${closed(b)} to ${a}`,
  '-': (a, b) => `cannot subtract ${closed(b)} from ${a}`,
  '*': (a, b) => `cannot multiply ${closed(a)} by ${b}`,
  '/': (a, b) => `cannot divide ${closed(a)} by ${b}`,
  else: (a, b) => `\`else\` needs the same kind of value: ${a.replace(/, from .*/, '')}, found ${b}`,
};

/** ``a number, from `deals`,`` in the middle of a sentence. */
function closed(words: string): string {
  return words.includes(', from ') ? `${words},` : words;
}

/** Two operands that don't go together. */
export function operandsDisagree(
  operator: string,
  left: { readonly span: Span; readonly words: string },
  right: { readonly span: Span; readonly words: string },
  help: string | undefined,
): Diagnostic {
  const say = Object.hasOwn(DOING, operator)
    ? DOING[operator]!
    : (a: string, b: string) => `cannot compare ${closed(a)} with ${b}`;
  return error('M1203', right.span, say(left.words, right.words), {
    label: right.words,
    related: [{ span: left.span, message: left.words }],
    help,
  });
}

export function wrongArguments(span: Span, name: string, expected: string, found: number): Diagnostic {
  const usual = expected === 'one value' ? `${name}(revenue)` : undefined;
  const example = Object.hasOwn(EXAMPLES, name) ? EXAMPLES[name] : usual;
  return error('M1204', span, `\`${name}\` takes ${expected}, and got ${found}`, {
    help: example === undefined ? `give it ${expected}` : `write it like this: \`${example}\``,
  });
}

/** A call of what doesn't take one value. */
const EXAMPLES: Readonly<Record<string, string>> = {
  attainment: 'attainment(revenue)',
  target: 'target(revenue)',
  convert: 'convert(deal.price, to RUB, at closed_on)',
  count: 'count(deal)',
  exists: 'exists(deal of client)',
  percentile: 'percentile(deal.amount, 90%)',
  streak: 'streak(attainment(revenue) >= 100%)',
  working_time: 'working_time(opened_at, closed_at, office)',
  ...Object.fromEntries(
    ['sum', 'average', 'median', 'first', 'last'].map((name) => [name, `${name}(deal.amount)`]),
  ),
};

export function notConstant(span: Span, what: string): Diagnostic {
  return error('M1205', span, `${what} must be a constant`, {
    help: 'write a number, a percent or an amount',
  });
}

export function notOnRows(span: Span, what: string): Diagnostic {
  return error('M1206', span, `${what} can't be worked out row by row`, {
    help: 'take the totals first and do it with them, `sum(…) / sum(…)`, or say its rounding, `round(… to 0.0001)`',
  });
}

/** `events`: those that may be meant, the likely one first; `shown`: what was written. */
export function whichEvent(span: Span, name: string, events: readonly string[], shown: string): Diagnostic {
  const event = events[0] ?? 'deal';
  return error('M1207', span, `it isn't clear which events \`${name}\` looks at`, {
    help: `name the event with the field: \`${name}(${event}.${/^[\p{L}_][\p{L}\p{N}_]*$/u.test(shown) ? shown : '…'})\``,
  });
}

export function twoEvents(span: Span, first: string, second: string, firstSpan: Span): Diagnostic {
  return error(
    'M1208',
    span,
    `a total looks at one kind of event, and this one names \`${first}\` and \`${second}\``,
    {
      related: [{ span: firstSpan, message: `\`${first}\`` }],
      help: `write one total for \`${first}\` and one for \`${second}\`, and do the rest with the two`,
    },
  );
}

/** `within`: the part of the figure's formula that says one already. */
export function windowTwice(span: Span, name: string, what: 'scope' | 'window', within: Span): Diagnostic {
  return error('M1209', span, `\`${name}\` already has a ${what} of its own`, {
    related: [{ span: within, message: `its ${what} is said here` }],
    help: `ask for it without a ${what}, or write out the formula with the ${what} that is meant`,
  });
}

// ---- missing -----------------------------------------------------------------------------------------------

export function mayBeMissing(span: Span, what: string, why: string, help: Written): Diagnostic {
  return error('M1301', span, `${what} can be missing`, { label: why, help });
}

/** What reads a target of a KPI that nothing sets one of, so that what stands after `else` would always be paid. */
export function neverATarget(span: Span, what: 'attainment' | 'target', kpi: string): Diagnostic {
  return error('M1301', span, `the ${what} of \`${kpi}\` is always missing`, {
    label: 'no role sets a target of it',
    help: {
      text: `add \`target ${kpi} …\` to a role`,
      yaml: `add \`targets: { ${kpi}: … }\` to a role`,
    },
  });
}

export function cellMayBeMissing(span: Span, name: string, shown: string): Diagnostic {
  return error('M1302', span, `\`${name}\` would pass over rows in which \`${shown}\` is missing`, {
    label: 'can be missing',
    help: `say what counts then, \`(${shown} else …)\`, or which rows are meant, \`where ${shown} exists\``,
  });
}

export function needsSince(span: Span, what: string, event: string, eventSpan: Span): Diagnostic {
  return error(
    'M1303',
    span,
    `${what} looks at all history, and event \`${event}\` doesn't say from when its data is complete`,
    {
      related: [{ span: eventSpan, message: 'declared here' }],
      help: {
        text: 'add a line like `since 2024-01-01` to the event',
        yaml: 'add a line like `since: 2024-01-01` to the event',
      },
    },
  );
}

// ---- policy rules ------------------------------------------------------------------------------------------

export function tiersOutOfOrder(span: Span, before: Span): Diagnostic {
  return error('M1402', span, 'a tier must begin above the one before it', {
    related: [{ span: before, message: 'the tier before' }],
    help: 'write the tiers from the lowest to the highest, each bound once',
  });
}

export function tiersDontMeet(
  span: Span,
  before: Span,
  kind: 'gap' | 'overlap',
  upper: string,
  lower: string,
): Diagnostic {
  return error(
    'M1403',
    span,
    kind === 'gap'
      ? `the tiers leave a gap between ${upper} and ${lower}`
      : `the tiers overlap between ${lower} and ${upper}`,
    {
      related: [{ span: before, message: `this tier ends at ${upper}` }],
      help: 'leave the upper bound out: a tier ends where the next one begins',
    },
  );
}

export function pointsOutOfOrder(span: Span, before: Span): Diagnostic {
  return error('M1404', span, 'a point of a curve must lie above the one before it', {
    related: [{ span: before, message: 'the point before' }],
    help: 'write the points from the lowest to the highest, each once',
  });
}

export function belowWrongBound(span: Span, first: Span): Diagnostic {
  return error('M1405', span, 'the bound of `below` must be that of the first point', {
    related: [{ span: first, message: 'the first point' }],
    help: 'write the bound of the first point after `below`, or add a point where `below` ends',
  });
}

export function effectiveBackwards(span: Span): Diagnostic {
  return error('M1406', span, 'the policy ends before it begins', {
    help: 'write the earlier day after `from`, or leave `until` out',
  });
}

export function sharesNeverWhole(span: Span, total: string): Diagnostic {
  return error('M1407', span, `these shares come to ${total}, not to 100%`, {
    help: 'make them come to exactly 100%, write `rest` for one of them, or mark what is on top as `extra`',
  });
}

export function mixedMoney(span: Span, name: string): Diagnostic {
  return error('M1408', span, `bonus \`${name}\` mixes a fixed amount with measured money`, {
    help: {
      text: 'say whether it shrinks with the days held: write `prorated` or `not prorated` before `=`',
      yaml: 'say whether it shrinks with the days held: write `prorated: true` or `prorated: false`',
    },
  });
}

/** `over` in words: `a quarter`, `several people`; `target` is the line that doesn't say it. */
export function targetDoesntAddUp(span: Span, kpi: string, over: string, target: Span): Diagnostic {
  return error('M1409', span, `the target of \`${kpi}\` doesn't say what it is over ${over}`, {
    related: [{ span: target, message: 'this target' }],
    help: `a count of different things doesn't add up by itself: write \`adds up\` in the target, or give one for the whole`,
  });
}

export function otherCurrency(span: Span, found: string, expected: string): Diagnostic {
  return error('M1410', span, `this is an amount in ${found}, and pay is in ${expected}`, {
    help: `write it in ${expected}, or convert it: \`convert(…, to ${expected}, at …)\``,
  });
}

/** `grain` is a length into which whole ones of `least` don't fit: a shorter one, or months where `least` is a week. */
export function grainTooShort(span: Span, what: string, grain: Grain, least: Grain): Diagnostic {
  const message =
    byLength(grain, least) > 0
      ? `${what} per ${grainText(grain)} is shorter than the policy's ${grainText(least)}`
      : `${what} per ${grainText(grain)} doesn't hold whole ${grainText(least, 's')}, and the policy is worked out per ${grainText(least)}`;
  return error('M1411', span, message, { help: `use a length that ${grainText(least, 's')} fit into` });
}

export function notPositive(span: Span, what: string): Diagnostic {
  return error('M1412', span, `${what} must be above zero`);
}

export function noPolicy(span: Span | undefined): Diagnostic {
  return {
    code: 'M1108',
    severity: 'error',
    message: 'there is no `policy` declaration',
    ...(span ? { span } : {}),
    help: written(span, {
      text: 'begin with `policy my_policy { currency RUB, timezone "Europe/Moscow", period month }`',
      yaml: 'begin with the lines `policy: my_policy`, `currency: RUB`, `timezone: Europe/Moscow` and `period: month`',
    }),
  };
}

export function badWord(span: Span, what: string, word: string, known: readonly string[]): Diagnostic {
  return error('M1109', span, `\`${word}\` isn't ${what}`, {
    help: suggestion(word, known),
    ...fixTo(span, nearest(word, known)),
  });
}

export function nobodyToCredit(span: Span, kpi: string, event: string): Diagnostic {
  return error('M1413', span, `nobody is credited with \`${event}\`, so \`${kpi}\` belongs to no person`, {
    help: {
      text: `mark a field of the event as \`owner\`, add \`credit ${event} { … }\`, or ask for the company: \`[company]\``,
      yaml: `mark a field of the event as \`owner\`, add \`credits: { ${event}: … }\`, or ask for the company: \`[company]\``,
    },
  });
}

export function noUpperEnd(
  span: Span,
  kpi: string,
  { shown, curve }: { readonly shown: string; readonly curve: string | undefined },
): Diagnostic {
  return error(
    'M1414',
    span,
    `lower is better for \`${kpi}\`, so its attainment has no upper end where the result is 0`,
    {
      help: `give the line a cap, \`${shown} cap 120%\`, or ${curve === undefined ? 'a curve with `on`' : `let \`${curve}\` end in \`above: …\``}`,
    },
  );
}

export function amendsItself(span: Span): Diagnostic {
  return error('M1429', span, 'a policy amends itself, by way of the one that it names here', {
    help: 'let one of the policies stand on its own',
  });
}

export function chainTooLong(span: Span, most: number): Diagnostic {
  return error('M1110', span, `more than ${most} formulas stand on each other's results here`, {
    help: 'work some of them out in one formula',
  });
}

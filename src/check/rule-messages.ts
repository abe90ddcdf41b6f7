// Messages of the rules about tables, per-event bonuses and formulas that read their own past.

import type { Diagnostic, Related } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import { type Written, written } from '../syntax/written.ts';

export function error(
  code: string,
  span: Span,
  message: string,
  extras: { readonly label?: string; readonly related?: readonly Related[]; readonly help?: Written } = {},
): Diagnostic {
  const { help, ...rest } = extras;
  const told = help === undefined ? {} : { help: written(span, help) };
  return { code, severity: 'error', message, span, ...rest, ...told };
}

// ---- missing -----------------------------------------------------------------------------------------------

/** `periods` in the plural: `months`. */
export function periodMayBeMissing(span: Span, name: string, periods: string, shown: string): Diagnostic {
  return error('M1302', span, `\`${name}\` would pass over ${periods} in which \`${shown}\` is missing`, {
    label: 'can be missing',
    help: `say what counts then: \`(${shown} else …)\``,
  });
}

export function pastNotRounded(span: Span, name: string, shown: string): Diagnostic {
  return error('M1304', span, `\`${name}\` reads its own past, and isn't rounded`, {
    label: 'its own result of an earlier period',
    help: `say to what it is rounded each time: \`round(${shown} to 0.01)\``,
  });
}

// ---- tables ------------------------------------------------------------------------------------------------

/** `word`: whether the tier's end belongs to it, so that the next one begins past it, or with it. */
export function lastTierEnds(span: Span, word: 'until' | 'below', upper: string): Diagnostic {
  const next = word === 'until' ? 'above' : 'from';
  return error('M1415', span, `nothing is said of what lies past ${upper}`, {
    help: `leave \`${word} ${upper}\` out, and the last tier has no end; or add a tier for what lies past it, such as \`${next} ${upper}: 0%\``,
  });
}

export function lastAmountOpen(span: Span, name: string): Diagnostic {
  return error('M1416', span, `the last tier of the amounts \`${name}\` has no end`, {
    help: 'an amount is given in proportion to how much of its tier is reached: add `until …`',
  });
}

export function jumpWithoutPoint(span: Span, bound: string): Diagnostic {
  return error(
    'M1417',
    span,
    `\`up to ${bound}\` is the value just below, and none is given at ${bound} itself`,
    {
      help: `add the point after it: \`${bound}: …\``,
    },
  );
}

// ---- pay ---------------------------------------------------------------------------------------------------

export function shareUnsaid(span: Span, event: string, credit: Span, shown: string): Diagnostic {
  return error('M1422', span, `a \`${event}\` is shared, and the formula doesn't say where its share goes`, {
    related: [{ span: credit, message: 'shared here' }],
    help: `multiply what is worked out, \`(${shown}) * share\`, or what it is worked out from`,
  });
}

export function noExchangeRates(span: Span): Diagnostic {
  return error('M1423', span, 'there is no table of exchange rates', {
    help: {
      text: 'declare one: `table exchange { currency: text key, into: text key, rate: number, from: date }`',
      yaml: 'declare one: `tables: { exchange: { fields: { currency: text key, into: text key, rate: number, from: date } } }`',
    },
  });
}

/** `winner`: a later line without a condition. */
export function neverCounts(span: Span, kpi: string, winner: Span): Diagnostic {
  return error('M1432', span, `this target of \`${kpi}\` never counts: a later line always wins over it`, {
    related: [{ span: winner, message: 'the later line, which has no condition' }],
    help: 'write the line for everybody first and those with `when` after it, or leave one out',
  });
}

/** `what`: `these shares`, `these weeks`; `found` and `wanted` with their unit. */
export function partsDontAddUp(span: Span, what: string, found: string, wanted: string): Diagnostic {
  return error('M1425', span, `${what} come to ${found}, not to ${wanted}`, {
    help: `make them come to exactly ${wanted}`,
  });
}

/** `what` in words: `this range`. */
export function backwards(span: Span, what: string): Diagnostic {
  return error('M1426', span, `${what} ends before it begins`, { help: 'write the lower end first' });
}

export function statusUpsideDown(span: Span, green: Span): Diagnostic {
  return error('M1428', span, 'amber begins above green', {
    related: [{ span: green, message: 'green begins here' }],
    help: 'green is the better one: give it the higher share',
  });
}

/** `what` in words: `a recoverable draw`. */
export function noBeginning(span: Span, what: string): Diagnostic {
  return error('M1433', span, `${what} needs to know from when the policy holds`, {
    label: 'what is owed or kept is counted from then on',
    help: {
      text: 'say so in the policy: `effective from 2026-01-01`',
      yaml: 'say so: `effective: from 2026-01-01`',
    },
  });
}

/** `first`: the first day of the period in which the day lies; `next`: that of the one after. */
export function reopensWithin(
  span: Span,
  days: { readonly first: string; readonly next: string },
): Diagnostic {
  return error('M1434', span, 'periods are reopened whole, and this day lies within one', {
    help: `write the first day of a period: \`reopens from ${days.first}\`, or \`reopens from ${days.next}\``,
  });
}

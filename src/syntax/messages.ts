// What this stage has to say, one function per code. Each takes the facts and gives the words; none reads a tree.

import type { Diagnostic, Related } from '../base/diagnostic.ts';
import type { Span } from '../base/source.ts';
import { nearest, suggestion } from '../base/suggest.ts';
import { LIMITS } from './limits.ts';

type Extra = Partial<Pick<Diagnostic, 'label' | 'help' | 'fix' | 'related'>>;

export function error(code: string, span: Span, message: string, extra: Extra = {}): Diagnostic {
  return { code, severity: 'error', message, span, ...extra };
}

function replace(span: Span, text: string): Extra {
  return { help: `write \`${text}\``, fix: [{ span, text }] };
}

/** Help for a word that isn't known, with the fix when one known word is near. */
export function meant(span: Span, word: string, known: readonly string[]): Extra {
  if (word.length > LIMITS.nameLength) return {};
  const help = suggestion(word, known);
  const near = nearest(word, known);
  return {
    ...(help !== undefined && { help }),
    ...(near !== undefined && { fix: [{ span, text: near }] }),
  };
}

export function quoted(text: string): string {
  const shown = text.replace(/\s+/g, ' ');
  return `\`${[...shown].length > 40 ? `${[...shown].slice(0, 39).join('')}…` : shown}\``;
}

// ---- limits (M100x) ---------------------------------------------------------------------------------------

export function fileTooLong(span: Span, limit: number): Diagnostic {
  return error('M1000', span, `the file is longer than ${limit} characters`, {
    help: 'split the policy over several files',
  });
}

export function tooDeep(span: Span, limit: number): Diagnostic {
  return error('M1001', span, `brackets are nested more than ${limit} deep`, {
    help: 'give the inner parts names with `let`',
  });
}

export function tooManyDigits(span: Span, limit: number): Diagnostic {
  return error('M1002', span, `a number has more than ${limit} digits`);
}

export function longName(span: Span): Diagnostic {
  return error('M1003', span, 'a name is longer than 200 characters');
}

export function longStatement(span: Span, limit: number): Diagnostic {
  return error('M1004', span, `a statement has more than ${limit} words and signs`, {
    help: 'give its parts names with `let`',
  });
}

export function tooManyMessages(span: Span, limit: number): Diagnostic {
  return error('M1005', span, `there are more than ${limit} errors in this file; the rest isn't shown`);
}

// ---- letters and numbers (M101x) --------------------------------------------------------------------------

export function bidirectionalControl(span: Span, code: string): Diagnostic {
  return error(
    'M1010',
    span,
    `an invisible character (${code}) changes the order in which the text is shown`,
    {
      help: 'delete it: what is read must be what is run',
      fix: [{ span, text: '' }],
    },
  );
}

export function strayCharacter(span: Span, text: string): Diagnostic {
  const unseen = /^[\p{DI}\p{C}\u2028\u2029]$/u.test(text);
  if (unseen) {
    const code = `U+${text.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    return error('M1011', span, `an invisible character (${code}) has no meaning here`, {
      help: 'delete it',
      fix: [{ span, text: '' }],
    });
  }
  const help = HELP_WITH_SIGNS.find(([pattern]) => pattern.test(text))?.[1];
  return error('M1011', span, `${quoted(text)} has no meaning here`, help === undefined ? {} : { help });
}

const HELP_WITH_SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\p{Sc}/u, 'money is written with the code of its currency after the number: `100 RUB`'],
  [/['‘’“”„«»`]/, 'a text stands in straight double quotes: `"South"`'],
  [/^%$/, 'a percent is written without a space: `5%`'],
  [/^;$/, 'a line is a statement: nothing ends it'],
  [/#/, 'a comment begins with `//`'],
  [/\^/, 'a power is written as a product: `a * a`'],
  [/\p{N}/u, 'a number is written with the digits 0 to 9'],
];

/** A sign that stands for one of the language. */
export function lookAlike(span: Span, written: string, meant: string): Diagnostic {
  return error('M1011', span, `${quoted(written)} has no meaning here`, replace(span, meant));
}

export function unclosedText(span: Span): Diagnostic {
  return error('M1012', span, 'a text in quotes has no closing `"` on its line', {
    help: 'close it with `"`',
  });
}

export function unknownEscape(span: Span, letter: string): Diagnostic {
  return error('M1013', span, `\`\\${letter}\` has no meaning in a text`, {
    help: 'known are `\\"`, `\\\\`, `\\n` and `\\t`',
  });
}

export function noSuchDate(span: Span, written: string): Diagnostic {
  const shape = /^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$|^[0-9]{4}-(Q[0-9]|W[0-9]{2})$/.test(written);
  return error(
    'M1014',
    span,
    shape
      ? `there is no \`${written}\` in the calendar`
      : `${quoted(written)} is neither a date nor a period`,
    {
      help: shape
        ? 'dates are written as year-month-day'
        : 'write `2026-01-05`, `2026-01`, `2026-Q1` or `2026-W05`; a minus has a space on both sides',
    },
  );
}

export function spacesInNumber(span: Span, written: string, meant: string): Diagnostic {
  const sign = /['’]/.test(written) ? 'apostrophes' : 'spaces';
  return error('M1015', span, `\`${written}\` has ${sign} in it`, replace(span, meant));
}

/** `sure` is false for `1,500`, which may be a thousand and a half or one and a half. */
export function commaInNumber(
  span: Span,
  written: string,
  { meant, sure }: { readonly meant: string; readonly sure: boolean },
): Diagnostic {
  const help = `write \`${meant}\` or \`${written.replace(',', '.')}\`, or a space after the comma that separates two values`;
  return error('M1016', span, `\`${written}\` has a comma in it`, sure ? replace(span, meant) : { help });
}

export function currencyAsWritten(span: Span, text: string, written: string): Diagnostic {
  return error(
    'M1017',
    span,
    `a currency is three capitals after a space, not \`${written}\``,
    replace(span, text),
  );
}

export function lettersAfterNumber(span: Span, written: string, meant: string | undefined): Diagnostic {
  const extra = meant === undefined ? { help: 'a name begins with a letter' } : replace(span, meant);
  return error('M1018', span, `${quoted(written)} is neither a number nor a name`, extra);
}

// ---- formulas (M102x) -------------------------------------------------------------------------------------

/** `wanted` and `found` are phrases: `a value`, "`)`", `the end of the line`. */
export function unexpected(
  span: Span,
  wanted: string,
  {
    found,
    help,
    near,
  }: { readonly found: string; readonly help?: string | undefined; readonly near?: string | undefined },
): Diagnostic {
  const advice = near === undefined ? help : `did you mean \`${near}\`?`;
  return error('M1020', span, `expected ${wanted}, found ${found}`, {
    ...(advice !== undefined && { help: advice }),
    ...(near !== undefined && { fix: [{ span, text: near }] }),
  });
}

/** Words stand where nothing can follow what was read. */
export function leftOver(
  span: Span,
  found: string,
  { near, help }: { readonly near?: string | undefined; readonly help?: string | undefined },
): Diagnostic {
  const extra =
    near === undefined
      ? help === undefined
        ? {}
        : { help }
      : { help: `did you mean \`${near}\`?`, fix: [{ span, text: near }] };
  return error('M1021', span, `${found} doesn't belong here`, extra);
}

export function foreignOperator(span: Span, written: string, meant: string): Diagnostic {
  const message =
    written === '=' ? '`=` defines; it does not compare' : `\`${written}\` isn't an operator of Merit`;
  return error('M1022', span, message, replace(span, meant));
}

export function chainedComparison(span: Span, first: Span): Diagnostic {
  return error('M1023', span, 'comparisons do not chain', {
    related: [{ span: first, message: 'the first comparison' }],
    help: 'compare twice: `a < b and b < c`',
  });
}

export function andWithOr(span: Span, first: Span): Diagnostic {
  return error('M1024', span, '`and` and `or` stand side by side without brackets', {
    related: [{ span: first, message: 'the other one' }],
    help: 'write `(a and b) or c`, or `a and (b or c)`',
  });
}

export function elseInside(span: Span): Diagnostic {
  return error('M1025', span, '`else` is part of something longer', {
    help: 'put it in brackets: `(a else b) + c`, or `(a + c) else b`',
  });
}

export function choiceInside(span: Span): Diagnostic {
  return error('M1026', span, '`when … otherwise` is part of something longer', {
    help: 'put the inner one in brackets: `(a when c otherwise b)`',
  });
}

export function whenWithoutOtherwise(span: Span): Diagnostic {
  return error('M1027', span, '`when` has no `otherwise`', {
    help: 'say what holds if the condition fails: `a when c otherwise b`',
  });
}

export function otherwiseWithoutWhen(span: Span): Diagnostic {
  return error('M1028', span, '`otherwise` has no `when`', {
    help: 'write `a when c otherwise b`; for a value that may be missing, `a else b`',
  });
}

export function minusNeedsSpaces(span: Span, fix: string): Diagnostic {
  return error('M1029', span, 'a minus between two values has a space on both sides', {
    help: 'write `a - b`',
    fix: [{ span, text: fix }],
  });
}

export function clauseTwice(span: Span, word: string, first?: Span): Diagnostic {
  const related: readonly Related[] = first === undefined ? [] : [{ span: first, message: 'the first one' }];
  return error('M1030', span, `\`${word}\` is said twice`, { related });
}

export function badCount(span: Span, written: string): Diagnostic {
  return error('M1031', span, `\`${written}\` isn't a whole number of periods`, {
    help: 'write a whole number from 1',
  });
}

export function noSuchTime(span: Span, written: string): Diagnostic {
  return error('M1032', span, `\`${written}\` isn't a time of day`, {
    help: 'write hours and minutes: `09:00`',
  });
}

export function slopeInside(span: Span): Diagnostic {
  return error('M1033', span, 'a slope goes on from the last point: it has its place after `above`', {
    help: 'write `above: 1% more per 1%`',
  });
}

// ---- statements (M104x) -----------------------------------------------------------------------------------

export function unknownDeclaration(span: Span, word: string, known: readonly string[]): Diagnostic {
  const help = word === '/' ? { help: 'a comment begins with `//`' } : meant(span, word, known);
  return error('M1040', span, `no declaration begins with ${quoted(word)}`, help);
}

/** `where` is what the clause stands in: `policy`, `role`. */
export function unknownClause(
  span: Span,
  word: string,
  { where, known }: { readonly where: string; readonly known: readonly string[] },
): Diagnostic {
  return error('M1041', span, `\`${where}\` has no ${quoted(word)}`, meant(span, word, known));
}

/** `span` is where the `}` is missing, `open` the `{`. */
export function unclosedBlock(span: Span, head: string, open: Span): Diagnostic {
  return error('M1042', span, `the \`{\` of ${quoted(head)} isn't closed`, {
    related: [{ span: open, message: 'it begins here' }],
    help: 'close it with `}`',
  });
}

export function strayClose(span: Span): Diagnostic {
  return error('M1043', span, '`}` closes nothing');
}

export function blockMissing(span: Span, what: string): Diagnostic {
  return error('M1044', span, `${what} has no \`{ … }\``);
}

export function blockNotAllowed(span: Span, what: string): Diagnostic {
  return error('M1045', span, `${what} can't have a \`{ … }\``);
}

export function requiredMissing(span: Span, what: string, wanted: string): Diagnostic {
  return error('M1046', span, `${what} has no \`${wanted}\``);
}

export function strayDoc(span: Span): Diagnostic {
  return {
    code: 'M1048',
    severity: 'warning',
    message: 'this description belongs to nothing that can have one',
    span,
    help: 'write it before a declaration, a field or a bonus, or make it a `//` comment',
  };
}

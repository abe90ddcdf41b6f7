// Lengths of time as they are named: a word, and the calendar whose it is.

import { parseDay } from '../base/date.ts';
import { FISCAL_LENGTHS, type FiscalYear, fiscalGrain, readFiscal } from '../base/fiscal.ts';
import { type CalendarGrain, GRAINS, type Grain, isFiscal } from '../base/period.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import type { Checking, Declared } from './context.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';

type Calendars = Declared['calendars'];

/** The length that a word means, one or several of it. */
export function grainOf(word: string): CalendarGrain | undefined {
  return GRAINS.find((each) => each === word || `${each}s` === word);
}

/** What a name of a length means; `undefined` where it means none, of which nothing is said. */
export function readGrain(calendars: Calendars, name: ast.GrainName | undefined): Grain | undefined {
  const length = name && grainOf(name.text);
  if (!length || !name.of) return length;
  const calendar = calendars.get(name.of.text);
  const year = calendar && fiscalYear(calendar);
  const wanted = year && lengthsOf(year).find((each) => each === length);
  return year && wanted && fiscalGrain(wanted, year);
}

/** Like `readGrain`, and what is wrong is said. `known`: the words that may be meant; `shown`: the word as written. */
export function namedGrain(
  checking: Checking,
  name: ast.GrainName,
  { known = GRAINS, shown = name.text }: { readonly known?: readonly string[]; readonly shown?: string } = {},
): Grain | undefined {
  const length = grainOf(name.text);
  if (!length) {
    const span = name.of ? { ...name.span, end: name.span.start + name.text.length } : name.span;
    checking.diagnostics.push(messages.badWord(span, 'a length of time', name.text, known));
    return undefined;
  }
  means(checking, { ...name, text: shown }, { kind: 'length of time' });
  if (!name.of) return withoutCalendar(checking, { text: shown, span: name.span }, length);
  const { calendars } = checking.declared;
  const calendar = calendars.get(name.of.text);
  if (!calendar) {
    const names = [...calendars.values()].filter((each) => each.fiscal).map((each) => each.name.text);
    checking.diagnostics.push(messages.unknownName(name.of.span, 'calendar', name.of.text, names));
    return undefined;
  }
  means(checking, name.of, { kind: 'calendar' });
  const { text } = name.of;
  if (!calendar.fiscal)
    checking.diagnostics.push(
      messages.missingPart(name.of.span, `calendar \`${text}\``, 'first day of its years', {
        text: 'year starts 2026-04-01',
        yaml: 'year_starts: 2026-04-01',
      }),
    );
  const year = fiscalYear(calendar);
  if (!year) return undefined;
  const found = readGrain(calendars, name);
  if (!found)
    checking.diagnostics.push(
      messages.badWord(name.span, `a length of time of calendar \`${text}\``, name.text, lengthsOf(year)),
    );
  return found;
}

/** Where the policy's own periods are those of a calendar, a bare word would leave open whose quarter is meant. */
function withoutCalendar(checking: Checking, name: ast.Name, length: CalendarGrain): Grain | undefined {
  const { grain } = checking;
  if (!isFiscal(grain)) return length;
  const { year } = readFiscal(grain);
  if (!lengthsOf(year).some((each) => each === length)) return length;
  checking.diagnostics.push(
    messages.missingPart(
      name.span,
      `\`${name.text}\``,
      "calendar, as the policy's own period has",
      `${name.text} of ${year.name}`,
    ),
  );
  return undefined;
}

function lengthsOf({ weeks }: FiscalYear): readonly (typeof FISCAL_LENGTHS)[number][] {
  return weeks ? FISCAL_LENGTHS : FISCAL_LENGTHS.filter((each) => each !== 'week');
}

export const WEEKS_OF_A_QUARTER = 13;

/** When a calendar's years begin; `undefined` where it doesn't say it, or not so that it could be. */
export function fiscalYear({ name, fiscal }: astPolicy.CalendarDeclaration): FiscalYear | undefined {
  const starts = fiscal?.starts.kind === 'date' ? parseDay(fiscal.starts.text) : undefined;
  if (starts === undefined) return undefined;
  if (!fiscal?.weeks) return { name: name.text, starts };
  const weeks = fiscal.weeks.map((each) => (each.kind === 'number' ? Number(each.digits) : 0));
  const isQuarter =
    weeks.length === 3 &&
    weeks.every((each) => Number.isInteger(each) && each > 0) &&
    weeks.reduce((sum, each) => sum + each, 0) === WEEKS_OF_A_QUARTER;
  return isQuarter ? { name: name.text, starts, weeks } : undefined;
}

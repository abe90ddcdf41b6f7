// Calendars: working days and hours, holidays, a fiscal year; and the working time between two moments.

import { parseDay } from '../base/date.ts';
import type { Span } from '../base/source.ts';
import { DURATION } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type { CalendarModel } from '../model/policy.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import { dayIn, wholeNumber } from './constants.ts';
import { type Checking, isError, unknown, type World } from './context.ts';
import { fiscalYear, WEEKS_OF_A_QUARTER } from './fiscal.ts';
import { infer, refuse, require } from './infer.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';
import * as rules from './rule-messages.ts';
import * as seldom from './seldom-messages.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Checks working hours, holidays and the fiscal year of a calendar. */
export function checkCalendar(checking: Checking, calendar: astPolicy.CalendarDeclaration): CalendarModel {
  const hours = checkHours(checking, calendar.hours);
  const holidays = calendar.holidays.flatMap(({ from, until, title, span }) => {
    const first = dayIn(checking, from);
    const last = until ? dayIn(checking, until) : first;
    if (first === undefined || last === undefined) return [];
    if (last < first) checking.diagnostics.push(rules.backwards(span, 'this holiday'));
    return [{ from: first, until: last + 1, ...(title ? { title: title.text } : {}) }];
  });
  checkFiscalYear(checking, calendar);
  const year = fiscalYear(calendar);
  const weekdays = WEEKDAYS as readonly string[];
  return {
    name: calendar.name.text,
    week: hours
      .filter(({ day }) => weekdays.includes(day))
      .map(({ day, ...each }) => ({ weekday: weekdays.indexOf(day) + 1, ...each })),
    days: hours.flatMap(({ day, ...each }) =>
      weekdays.includes(day) ? [] : [{ day: parseDay(day)!, ...each }],
    ),
    holidays,
    ...(year ? { fiscal: { starts: year.starts, ...(year.weeks ? { weeks: year.weeks } : {}) } } : {}),
    span: calendar.name.span,
  };
}

function checkFiscalYear(checking: Checking, calendar: astPolicy.CalendarDeclaration): void {
  if (!calendar.fiscal) return;
  const { starts, weeks, span } = calendar.fiscal;
  dayIn(checking, starts);
  if (!weeks) return;
  const lengths = weeks.map((each) => wholeNumber(checking, each));
  if (lengths.includes(undefined)) return;
  const total = lengths.reduce<number>((sum, each) => sum + each!, 0);
  if (total !== WEEKS_OF_A_QUARTER || lengths.length !== 3)
    checking.diagnostics.push(
      rules.partsDontAddUp(
        span,
        'the three months of a quarter',
        `${total} weeks in ${lengths.length}`,
        `${WEEKS_OF_A_QUARTER} weeks in 3`,
      ),
    );
}

interface Hours {
  readonly from: string;
  readonly to: string;
  readonly span: Span;
}

/** Working hours of a weekday by its name, or of a day as it is written, in minutes from midnight. */
interface DayHours {
  readonly day: string;
  readonly from: number;
  readonly until: number;
}

/** Hours of one day don't overlap, and end after they begin. */
function checkHours(checking: Checking, lines: readonly astPolicy.WorkingHours[]): readonly DayHours[] {
  const byDay = new Map<string, Hours[]>();
  for (const line of lines) {
    const days = daysOf(checking, line);
    const [from, to] = [line.from.text.padStart(5, '0'), line.to.text.padStart(5, '0')];
    if (to <= from) {
      checking.diagnostics.push(rules.backwards(line.span, 'this working time'));
      continue;
    }
    for (const day of days) byDay.set(day, [...(byDay.get(day) ?? []), { from, to, span: line.span }]);
  }
  for (const [day, hours] of byDay) {
    const sorted = hours.toSorted((a, b) => (a.from < b.from ? -1 : 1));
    sorted.forEach((each, index) => {
      const before = sorted[index - 1];
      if (before && each.from < before.to)
        checking.diagnostics.push(seldom.hoursOverlap(each.span, before.span, day));
    });
  }
  return [...byDay].flatMap(([day, hours]) =>
    hours.map(({ from, to }) => ({ day, from: minutes(from), until: minutes(to) })),
  );
}

function minutes(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));
}

function daysOf(checking: Checking, { days }: astPolicy.WorkingHours): readonly string[] {
  if ('date' in days)
    return dayIn(checking, days.date) === undefined ? [] : [(days.date as ast.DateLiteral).text];
  const place = (name: ast.Name): number => {
    const at = (WEEKDAYS as readonly string[]).indexOf(name.text);
    if (at < 0) checking.diagnostics.push(messages.badWord(name.span, 'a weekday', name.text, WEEKDAYS));
    return at;
  };
  const from = place(days.from);
  const to = days.to ? place(days.to) : from;
  if (from < 0 || to < 0) return [];
  // from friday to monday goes over the end of the week
  const count = ((to - from + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => WEEKDAYS[(from + index) % 7]!);
}

/** `working_time(a, b, calendar)`. */
export function workingTime(checking: Checking, node: ast.Call, world: World): Expression {
  const [from, to, name] = node.args;
  if (!from || !to || !name || node.args.length > 3)
    return refuse(
      checking,
      messages.wrongArguments(node.span, 'working_time', 'two moments and a calendar', node.args.length),
    );
  const calendar = name.kind === 'name' ? checking.declared.calendars.get(name.name.text) : undefined;
  const ends = [from, to].map((each) => infer(checking, each, world));
  if (!calendar)
    return refuse(
      checking,
      messages.unknownName(name.span, 'calendar', name.kind === 'name' ? name.name.text : 'this', [
        ...checking.declared.calendars.keys(),
      ]),
    );
  if (name.kind === 'name') means(checking, name.name, { kind: 'calendar' });
  if (calendar.hours.length === 0)
    return refuse(
      checking,
      messages.missingPart(name.span, `calendar \`${calendar.name.text}\``, 'working hours', {
        text: 'work monday to friday 09:00 to 18:00',
        yaml: 'work: monday to friday 09:00 to 18:00',
      }),
    );
  const fits = ends.map((each) =>
    require(checking, each, ({ kind }) =>
      kind === 'datetime' || kind === 'date', 'a date, or a date and time'),
  );
  if (fits.includes(false) || ends.some(isError)) return unknown(node.span);
  const [first, last] = ends as [Expression, Expression];
  return {
    kind: 'working time',
    calendar: calendar.name.text,
    from: first,
    until: last,
    type: DURATION,
    optional: first.optional || last.optional,
    span: node.span,
  };
}

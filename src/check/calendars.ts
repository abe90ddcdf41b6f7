// Calendars: working days and hours, holidays, a fiscal year; and the working time between two moments.

import type { Span } from '../base/source.ts';
import { DURATION } from '../library/types.ts';
import type { Expression } from '../model/expression.ts';
import type * as ast from '../syntax/ast.ts';
import { dayIn, wholeNumber } from './constants.ts';
import { beyond, type Checking, isError, later, unknown, type World } from './context.ts';
import { infer, refuse, require } from './infer.ts';
import * as messages from './messages.ts';
import * as rules from './rule-messages.ts';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const WEEKS_OF_A_QUARTER = 13;

/** Checks that at most one calendar says when the year starts: quarters and years are those of one calendar. */
export function checkOneYear(checking: Checking): void {
  const years = [...checking.declared.calendars.values()].flatMap(({ fiscal }) => fiscal ?? []);
  const [first, second] = years;
  if (first && second)
    checking.diagnostics.push(messages.twice(second.span, 'when the year starts', first.span));
}

/** Checks working hours, holidays and the fiscal year of a calendar. */
export function checkCalendar(checking: Checking, calendar: ast.CalendarDeclaration): void {
  checkHours(checking, calendar.hours);
  for (const { from, until, span } of calendar.holidays) {
    const first = dayIn(checking, from);
    const last = until && dayIn(checking, until);
    if (first !== undefined && last !== undefined && last < first)
      checking.diagnostics.push(rules.backwards(span, 'this holiday'));
  }
  if (!calendar.fiscal) return;
  const { starts, weeks, span } = calendar.fiscal;
  beyond(checking, '`year starts`', span);
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

/** Hours of one day don't overlap, and end after they begin. */
function checkHours(checking: Checking, lines: readonly ast.WorkingHours[]): void {
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
        checking.diagnostics.push(rules.hoursOverlap(each.span, before.span, day));
    });
  }
}

function daysOf(checking: Checking, { days }: ast.WorkingHours): readonly string[] {
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
  return later(checking, `working_time in ${calendar.name.text}`, {
    args: ends,
    type: DURATION,
    span: node.span,
  });
}

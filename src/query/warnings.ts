// What a run warns of before it works anything out: periods that the data or the policy covers in part only, leads in a
// circle, rows that begin long after they are said to, targets of people whom nobody knows.

import { type Day, dayText } from '../base/date.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Period } from '../base/period.ts';
import type { People } from '../model/people.ts';
import type { Model } from '../model/policy.ts';
import { leadCircles } from './lead-circles.ts';
import { circleOfLeads } from './messages.ts';
import type { AggregateQuery } from './query.ts';
import { lateFirstRows } from './since.ts';
import { strangers } from './strangers.ts';

/** What a run has read and asks for. */
export interface RunFacts {
  readonly people: People;
  readonly queries: readonly AggregateQuery[];
  readonly periods: readonly Period[];
  /** By event, the posting day of its first row. */
  readonly firstDays: ReadonlyMap<string, Day | undefined>;
}

export function runWarnings(model: Model, facts: RunFacts): readonly Diagnostic[] {
  return [
    ...incomplete(model, facts.periods),
    ...inPart(model, facts.periods),
    ...circlesOfLeads(model, facts),
    ...lateFirstRows(model, facts.firstDays),
    ...strangers(model, facts.people),
  ];
}

/** Events whose data is complete only from within or after the first period asked for: its figures may lack rows. */
function incomplete(model: Model, periods: readonly Period[]): readonly Diagnostic[] {
  const first = periods[0]!;
  return model.events.flatMap(({ name, since, span }): readonly Diagnostic[] =>
    since === undefined || since <= first.from
      ? []
      : [
          {
            code: 'M3007',
            severity: 'warning',
            message: `\`${first.id}\` begins before the data of \`${name}\` is complete: earlier rows aren't counted`,
            span,
            label: `complete since ${dayText(since)}`,
            help: 'ask for later periods, or move `since` back if the rows are there',
          },
        ],
  );
}

/** Periods of which the policy holds only on some days: they are worked out whole, which its author may not mean. */
function inPart(
  { name, effective: { from, until } }: Model,
  periods: readonly Period[],
): readonly Diagnostic[] {
  const cut = (day: number | undefined): boolean =>
    day !== undefined && periods.some((each) => each.from < day && day < each.until);
  const days = [
    ...(cut(from) ? [`from ${dayText(from!)}`] : []),
    ...(cut(until) ? [`until ${dayText(until! - 1)}`] : []),
  ];
  if (days.length === 0) return [];
  return [
    {
      code: 'M3009',
      severity: 'warning',
      message: `policy \`${name}\` holds ${days.join(' ')}, in the middle of a period, which is worked out whole`,
      help: 'let it begin and end with a period, or look at those statements by hand',
    },
  ];
}

/** Circles of leads, where the run asks who stands below or above whom. */
function circlesOfLeads({ events }: Model, { people, queries }: RunFacts): readonly Diagnostic[] {
  const asks =
    queries.some(({ scope }) => scope.kind === 'below') ||
    events.some(({ credit }) => credit.some((line) => line.leadsAbove));
  return asks ? leadCircles(people).map((each) => circleOfLeads(each.people, each.day)) : [];
}

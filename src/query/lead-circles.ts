// Circles among the leads of people: whoever stands in one is below the others, which the author may not mean.

import type { Day } from '../base/date.ts';
import type { People } from '../model/people.ts';
import type { DayRange } from './groups.ts';
import { type Leads, leadsOf, without } from './reports.ts';

/** Each is led by the next one, and the last by the first, on one day. */
export interface LeadCircle {
  /** Begins with the smallest id. */
  readonly people: readonly string[];
  /** The first day on which it holds. */
  readonly day: Day;
}

/** Somebody on the way up from a person, and who came before. */
interface Step extends DayRange {
  readonly lead: string;
  readonly before?: Step;
}

/** Circles of leads, each once; in order of ids. */
export function leadCircles(people: People): readonly LeadCircle[] {
  const leads = leadsOf(people);
  const circles = new Map<string, LeadCircle>();
  const done = new Set<string>();
  for (const start of [...leads.keys()].sort()) {
    for (const circle of circlesFrom(start, leads, done)) {
      const key = JSON.stringify(circle.people);
      const found = circles.get(key);
      if (!found || circle.day < found.day) circles.set(key, circle);
    }
    done.add(start);
  }
  return [...circles.values()];
}

/** Circles through one person and nobody who has been looked at before. */
function circlesFrom(start: string, leads: Leads, done: ReadonlySet<string>): readonly LeadCircle[] {
  const found: LeadCircle[] = [];
  const known = new Map<string, DayRange[]>();
  const open: Step[] = [...(leads.get(start) ?? [])];
  for (let step = open.pop(); step; step = open.pop()) {
    const { lead } = step;
    if (lead === start) {
      found.push({ people: [start, ...wayTo(step.before)], day: step.from });
      continue;
    }
    if (done.has(lead)) continue;
    const days = known.get(lead) ?? [];
    known.set(lead, days);
    for (const fresh of without(step, days)) {
      days.push(fresh);
      for (const each of leads.get(lead) ?? []) {
        const from = Math.max(fresh.from, each.from);
        const until = Math.min(fresh.until, each.until);
        if (from < until) open.push({ lead: each.lead, from, until, before: step });
      }
    }
  }
  return found;
}

function wayTo(last: Step | undefined): readonly string[] {
  const way: string[] = [];
  for (let step = last; step; step = step.before) way.push(step.lead);
  return way.reverse();
}

// Where people stood: which tier, segment, cap and gate decided what they were paid, told by the run itself.

import { fiscalYears } from '../base/fiscal.ts';
import { type Period, parsePeriod } from '../base/period.ts';
import { placeOf, type Source } from '../base/source.ts';
import type { DecisionHistory } from '../model/backtest.ts';
import type { Decided, DecisionKind } from '../model/decision.ts';
import type { Model } from '../model/policy.ts';
import { type Decidable, decidablesOf, decisionKey } from '../prove/decisions.ts';
import { shareText } from './spread.ts';

/** What is told of: conditions and comparisons are asked of `merit test --coverage`. */
const KINDS: ReadonlySet<DecisionKind> = new Set(['gate', 'cap', 'floor', 'band', 'tier', 'curve', 'grid']);

/** Takes note of who stood where in the periods. */
export interface Standing {
  readonly decided: Decided;
  readonly history: () => readonly DecisionHistory[];
}

export function createStanding(model: Model, periods: readonly Period[]): Standing {
  const taken = new Map<string, Map<string, string>>();
  const isAsked = askedIn(model, periods);
  return {
    decided: (decision, { person, role, period }) => {
      if (!KINDS.has(decision.kind) || decision.supposed || person === undefined) return;
      if (period === undefined || !isAsked(period)) return;
      const key = decisionKey(decision);
      const those = taken.get(key) ?? new Map<string, string>();
      taken.set(key, those);
      those.set(JSON.stringify([person, role, period]), person);
    },
    history: () => {
      const groups = grouped(decidablesOf(model).all.filter(({ kind }) => KINDS.has(kind)));
      const sources = new Map(model.sources.map((each) => [each.name, each]));
      return groups.map((group) => historyOf(group, taken, sources));
    },
  };
}

/** Periods asked for, and longer ones that end in them, in which something is earned there. */
function askedIn(model: Model, periods: readonly Period[]): (id: string) => boolean {
  const calendars = fiscalYears(model);
  const [first, last] = [periods[0], periods.at(-1)];
  const known = new Map<string, boolean>();
  return (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const period = parsePeriod(id, calendars);
    const isIn = period && first && last && period.until > first.from && period.until <= last.until;
    known.set(id, isIn === true);
    return isIn === true;
  };
}

/** The ways of one decision together. */
function grouped(all: readonly Decidable[]): readonly (readonly Decidable[])[] {
  const groups = new Map<string, Decidable[]>();
  for (const each of all) {
    const of = each.key.slice(0, each.key.lastIndexOf('\n'));
    groups.set(of, [...(groups.get(of) ?? []), each]);
  }
  return [...groups.values()];
}

function historyOf(
  ways: readonly Decidable[],
  taken: ReadonlyMap<string, ReadonlyMap<string, string>>,
  sources: ReadonlyMap<string, Source>,
): DecisionHistory {
  const [first] = ways as readonly [Decidable, ...Decidable[]];
  const subject = sharedSubject(ways.map(({ name }) => name));
  const source = sources.get(first.span.source);
  const those = ways.map(({ key }) => taken.get(key) ?? new Map<string, string>());
  const results = new Set(those.flatMap((each) => [...each.keys()])).size;
  return {
    kind: first.kind,
    subject,
    file: first.span.source,
    line: source ? placeOf(source, first.span.start).line : 1,
    results,
    ways: ways.map(({ name }, index) => {
      const own = those[index]!;
      return {
        way: name.slice(subject.length).replace(/^: /, ''),
        results: own.size,
        people: new Set(own.values()).size,
        share: shareText(own.size, results),
      };
    }),
  };
}

/** What the names begin with alike, up to a colon. */
function sharedSubject(names: readonly string[]): string {
  const [first = ''] = names;
  for (let at = first.lastIndexOf(': '); at > 0; at = first.lastIndexOf(': ', at - 1))
    if (names.every((each) => each.startsWith(first.slice(0, at + 2)))) return first.slice(0, at);
  return first;
}

// All decisions of a policy, from its Model alone: each way that each of them can go, with a name for people and its place.
// A line that roles inherit stands once, where it is written; what can't happen says why.

import { placeKey } from '../analyse/reading.ts';
import type { Span } from '../base/source.ts';
import type { Decision, DecisionKind } from '../model/decision.ts';
import type { Model } from '../model/policy.ts';
import { listLines } from './line-decisions.ts';
import { listRows } from './row-decisions.ts';
import { listTables } from './table-decisions.ts';

/** One way that a decision of a policy can go. */
export interface Decidable {
  /** What a decision that was taken is known by, too. */
  readonly key: string;
  readonly kind: DecisionKind;
  /** Alone among those of the policy: ``rates `ladder`: tier from 1_000_000 RUB``. */
  readonly name: string;
  readonly span: Span;
  /** Why it can't go that way, whatever the data, or changes nothing by it; it isn't counted then. */
  readonly impossible?: string;
}

/** The decisions of a policy. */
export interface Decidables {
  /** In the order of the Model. */
  readonly all: readonly Decidable[];
  /** Keys of what is told and isn't a decision of its own, as another one beside it says the same. */
  readonly aside: ReadonlySet<string>;
}

/** What a way of a decision is known by, however often it is taken and whoever tells it. */
export function decisionKey({
  kind,
  span,
  part = '',
  way,
}: Pick<Decision, 'kind' | 'span' | 'part' | 'way'>): string {
  return `${kind}\n${placeKey(span)}\n${part}\n${way}`;
}

/** Takes note of the ways of a decision. */
export interface Listing {
  readonly model: Model;
  /** `subject`: whose decision it is, in words that end where a way's begin. */
  put(of: Pick<Decision, 'kind' | 'span' | 'part'>, subject: string, ways: readonly Way[]): void;
  /** What is told and said by another decision. */
  putAside(of: Pick<Decision, 'kind' | 'span' | 'part'>, ways: readonly string[]): void;
}

export interface Way {
  readonly way: string;
  /** Said after the subject and a colon. */
  readonly words: string;
  readonly impossible?: string | undefined;
  /** Its own place, where that isn't the decision's. */
  readonly span?: Span;
}

// a Model is never changed
const known = new WeakMap<Model, Decidables>();

export function decidablesOf(model: Model): Decidables {
  const found = known.get(model) ?? listed(model);
  known.set(model, found);
  return found;
}

function listed(model: Model): Decidables {
  const found = new Map<string, Decidable>();
  const aside = new Set<string>();
  const listing: Listing = {
    model,
    put(of, subject, ways) {
      for (const { way, words, impossible, span = of.span } of ways) {
        const key = decisionKey({ ...of, way });
        const before = found.get(key);
        // what can happen in one role, or in one scope or window, can happen
        const why = before ? before.impossible && impossible : impossible;
        const { kind } = of;
        const name = before?.name ?? `${subject}: ${words}`;
        found.set(key, { key, kind, name, span, ...(why ? { impossible: why } : {}) });
      }
    },
    putAside(of, ways) {
      for (const way of ways) aside.add(decisionKey({ ...of, way }));
    },
  };
  listRows(listing);
  listLines(listing);
  listTables(listing);
  for (const key of found.keys()) aside.delete(key);
  return { all: numbered([...found.values()]), aside };
}

/** Names that stand alone: of those that are the same, the second is `… (2)`. */
function numbered(all: readonly Decidable[]): readonly Decidable[] {
  const counts = new Map<string, number>();
  return all.map((each) => {
    const count = (counts.get(each.name) ?? 0) + 1;
    counts.set(each.name, count);
    return count === 1 ? each : { ...each, name: `${each.name} (${count})` };
  });
}

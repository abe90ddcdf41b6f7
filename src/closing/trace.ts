// Which cause moved what of closed periods: the inputs and policies of the last close are brought to those of now step by
// step, everybody is worked out again after each, and what differs is that step's.

import { type Checked, hasErrors } from '../base/diagnostic.ts';
import { negate } from '../base/exact.ts';
import { causesOf } from '../compare/attribute.ts';
import { type LineAmounts, movedBetween, ownLines } from '../ledger/adjust.ts';
import { canonicalText } from '../ledger/canonical.ts';
import { withChanges } from '../ledger/snapshot.ts';
import type { AdjustmentCause, RowChange, Snapshot } from '../model/ledger.ts';
import type { Model } from '../model/policy.ts';
import * as messages from './messages.ts';
import { type After, moversOf } from './movers.ts';
import type { ClosedPeriod } from './policies.ts';
import { type PolicyUnits, policyUnits } from './policy-units.ts';
import { sourcesOf } from './replay.ts';
import { inSteps, ordered, type Parted, parted, type Readers } from './row-units.ts';
import { stretchesOf, type WorkedOut, type World, workOut } from './stretches.ts';

/** Most steps that are looked at one by one; more changes of rows are taken by source and kind of change. */
export const MOST_CAUSES = 200;

/** What lies between the last close and now. */
export interface Between {
  readonly closed: readonly ClosedPeriod[];
  readonly open: Model;
  readonly snapshot: Snapshot;
  readonly changes: readonly RowChange[];
  readonly world: Omit<World, 'sourcesOf'>;
}

/** What one cause moves. */
export interface Moved {
  readonly cause: AdjustmentCause;
  readonly amounts: LineAmounts;
}

/** What closed periods come to, and why. */
export interface Traced {
  /** Of the inputs and policies of the last close. */
  readonly before: WorkedOut;
  readonly now: WorkedOut;
  /** In the order of the steps; what moves nothing isn't there. INVARIANT: they come to what lies between the two. */
  readonly moved: readonly Moved[];
}

/** A step: what it makes of the state before it. */
interface Unit {
  /** Absent: nothing should come of it. */
  readonly cause?: AdjustmentCause;
  readonly changes: readonly RowChange[];
  /** Of a difference of policies: its number among them. */
  readonly policy?: number;
}

/** Works closed periods out as they were and as they are, and traces what differs. */
export async function traced(between: Between): Promise<Checked<Traced | undefined>> {
  const { closed, changes, world } = between;
  const policies = policyUnits(closed);
  const stateOf = stateIn(between, policies);
  const before = await stateOf([], new Set(), true);
  if (!before?.value) {
    const [first, last] = [closed[0]!, closed.at(-1)!].map((each) => each.period.id);
    return { value: undefined, diagnostics: [messages.notWorkedOut(first!, last!), ...before!.diagnostics] };
  }
  const isSame = changes.length === 0 && closed.every((each) => each.before === each.now);
  const all = new Set(policies.units.map((_, at) => at));
  const now = isSame ? before : (await stateOf(changes, all, world.allowRejects))!;
  if (!now.value) return { value: undefined, diagnostics: now.diagnostics };
  const ends = { before: before.value, now: now.value };
  const readers: Readers = {
    open: between.open,
    closed: [...new Set(closed.map((each) => each.before))],
    until: closed.at(-1)!.period.until,
  };
  const most = Math.max(0, MOST_CAUSES - policies.units.length);
  const steps = ({ apart, others }: Parted): readonly Unit[] => [
    ...(apart.length === 0 ? [] : [{ changes: apart }]),
    ...inSteps(others, readers, most),
    ...policies.units.map(({ cause }, policy): Unit => ({ cause, changes: [], policy })),
  ];
  const told = (parts: Parted) => inOrder(steps(parts), ends, stateOf);
  const parts = parted(changes, readers);
  let moved = await told(parts);
  if (!isTold(moved)) {
    const apart = ordered(parts.apart, readers);
    const moving = await moversOf(apart, movedAfter(apart, ends, stateOf), MOST_CAUSES);
    const still = apart.filter((each) => !moving?.includes(each));
    if (moving) moved = await told({ apart: still, others: [...parts.others, ...moving] });
  }
  if (!isTold(moved)) moved = await told({ apart: [], others: changes });
  return { value: { ...ends, moved: together(moved as readonly Moved[]) }, diagnostics: [] };
}

/** Whether all that moves has a cause. */
function isTold(moved: Awaited<ReturnType<typeof inOrder>>): boolean {
  return moved.every((each) => each.cause !== undefined);
}

/** What moves after the first so many of the changes, by the policies of the last close. */
function movedAfter(
  changes: readonly RowChange[],
  { before, now }: Pick<Traced, 'before' | 'now'>,
  stateOf: StateOf,
): After {
  const start = ownLines(before.statements);
  return async (count) => {
    const state = await stateOf(changes.slice(0, count), new Set(), true);
    const works = state?.value && isTaken(state.value, { before, now });
    return works ? movedBetween(start, ownLines(state.value!.statements)) : undefined;
  };
}

/** What closed periods come to with some of the changes and differences of policies; absent: they make no policy. */
type StateOf = (
  changes: readonly RowChange[],
  policies: ReadonlySet<number>,
  allowRejects: boolean,
) => Promise<Checked<WorkedOut | undefined> | undefined>;

function stateIn({ closed, snapshot, world }: Between, policies: PolicyUnits): StateOf {
  return async (changes, taken, allowRejects) => {
    const models = new Map(closed.map((each) => [each.period, policies.modelWith(each, taken)]));
    if ([...models.values()].includes(undefined)) return undefined;
    const state = withChanges(snapshot, changes);
    const stretches = stretchesOf([...models.keys()], (period) => models.get(period)!);
    return workOut(stretches, { ...world, allowRejects, sourcesOf: (model) => sourcesOf(state, model) });
  };
}

/** What each step moves, in an order in which each gives a state that data can be in. */
async function inOrder(
  units: readonly Unit[],
  { before, now }: Pick<Traced, 'before' | 'now'>,
  stateOf: StateOf,
): Promise<readonly (Omit<Moved, 'cause'> & { readonly cause?: AdjustmentCause })[]> {
  const start = ownLines(before.statements);
  const keyOf = (taken: Iterable<number>): string => [...taken].sort((a, b) => a - b).join(',');
  const known = new Map<string, LineAmounts | undefined>([
    [keyOf(units.keys()), movedBetween(start, ownLines(now.statements))],
    ['', new Map()],
  ]);
  const tried = async (taken: ReadonlySet<number>): Promise<LineAmounts | undefined> => {
    const key = keyOf(taken);
    if (known.has(key)) return known.get(key);
    const own = [...taken].sort((a, b) => a - b).map((at) => units[at]!);
    const policies = new Set(own.flatMap(({ policy }) => policy ?? []));
    const state = await stateOf(
      own.flatMap((each) => each.changes),
      policies,
      true,
    );
    const works = state?.value && !hasErrors(state.diagnostics) && isTaken(state.value, { before, now });
    const amounts = works ? movedBetween(start, ownLines(state.value!.statements)) : undefined;
    known.set(key, amounts);
    return amounts;
  };
  const causes = await causesOf(units.length, tried);
  const taken = new Set<number>();
  let last: LineAmounts = new Map();
  const found = [];
  for (const own of causes) {
    for (const unit of own) taken.add(unit);
    const next = (await tried(taken))!;
    const amounts = movedBetween(last, next);
    last = next;
    if (amounts.size === 0) continue;
    const cause = causeOf(own.flatMap((unit) => units[unit]!.cause ?? []));
    found.push({ ...(cause && { cause }), amounts });
  }
  return found;
}

/** Whether a state between has no rows that neither end refuses: it would move what nobody has changed. */
function isTaken({ rejected }: WorkedOut, { before, now }: Pick<Traced, 'before' | 'now'>): boolean {
  return [...rejected].every(([key, rows]) => {
    return rows <= Math.max(before.rejected.get(key) ?? 0, now.rejected.get(key) ?? 0);
  });
}

function causeOf(causes: readonly AdjustmentCause[]): AdjustmentCause | undefined {
  return causes.length > 1 ? { kind: 'together', causes } : causes[0];
}

/** Steps of one cause as one. */
function together(moved: readonly Moved[]): readonly Moved[] {
  const found = new Map<string, Moved>();
  for (const each of moved) {
    const key = canonicalText(each.cause);
    const own = found.get(key);
    const undone = new Map([...each.amounts].map(([place, by]) => [place, negate(by)]));
    found.set(key, own ? { ...own, amounts: movedBetween(undone, own.amounts) } : each);
  }
  return [...found.values()];
}

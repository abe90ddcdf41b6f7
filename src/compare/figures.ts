// What moves between two results: by line, role, person, period and in all, with the part of each cause.

import {
  absolute,
  add,
  compare,
  divide,
  type Exact,
  exactText,
  isZero,
  negate,
  subtract,
  ZERO,
} from '../base/exact.ts';
import type { ByCause, Cause, Delta, DiffFigures, PersonDelta, RoleDelta } from '../model/diff.ts';
import type { Result, Statement } from '../model/result.ts';
import type { Attributed, Shares } from './attribute.ts';
import { crossingsOf } from './crossings.ts';
import { type LinePlace, linesOf, placeKey } from './runs.ts';

/** A line in both results, and what each cause moves of it. */
interface Line {
  readonly place: LinePlace;
  readonly before: Exact;
  readonly after: Exact;
  readonly shares: Shares;
}

/** The two results, and how what moves was traced to causes. */
export interface Traced {
  readonly before: Result;
  readonly after: Result;
  /** By the ids of changes. */
  readonly causes: readonly (readonly number[])[];
  readonly attributed: Attributed;
}

/** The figures of a comparison. */
export function figuresOf({ before, after, causes, attributed }: Traced): DiffFigures {
  const lines = pairedLines(before, after, { attributed, none: causes.map(() => ZERO) });
  const moving = lines.filter(({ shares }) => shares.some((each) => !isZero(each)));
  const names = new Map(
    [...after.statements, ...before.statements].map(({ person, name }) => [person, name]),
  );
  const periods = [...new Set([...after.periods, ...before.periods])];
  const rows = <K extends object>(keyOf: (line: Line) => K) =>
    summed(lines, keyOf).map(({ key, ...sum }) => ({ ...key, ...deltaOf(sum) }));
  return {
    currency: after.policy.currency,
    periods,
    rejectsAllowed: before.rejectsAllowed || after.rejectsAllowed,
    attribution: { kind: attributed.kind, orders: String(attributed.orders) },
    total: deltaOf(sumOf(lines)),
    byPeriod: periods.map((period) => ({
      period,
      ...deltaOf(sumOf(lines.filter((each) => each.place.period === period))),
    })),
    byRole: rows(({ place: { role } }) => ({ role })),
    byLine: rows(({ place: { role, kind, name } }) => ({ role, kind, name })),
    causes: causes.map((changes, at) => causeOf(changes, { moving, at, periods })),
    people: peopleOf(lines, { before, after, names }),
    moved: movedOf(moving, { before, after, names, periods }),
    crossings: crossingsOf(before, after),
  };
}

/** Every line of both, in the order of the later result. */
function pairedLines(
  before: Result,
  after: Result,
  { attributed, none }: { readonly attributed: Attributed; readonly none: Shares },
): readonly Line[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  return [...new Map([...now, ...old])].map(([key, { place }]) => ({
    place,
    before: old.get(key)?.amount ?? ZERO,
    after: now.get(key)?.amount ?? ZERO,
    shares: attributed.shares.get(placeKey(place)) ?? none,
  }));
}

interface Sum {
  readonly before: Exact;
  readonly after: Exact;
  readonly shares: Shares;
}

function sumOf(lines: readonly Line[]): Sum {
  const start: Sum = { before: ZERO, after: ZERO, shares: [] };
  return lines.reduce(
    (sum, each) => ({
      before: add(sum.before, each.before),
      after: add(sum.after, each.after),
      shares: each.shares.map((share, at) => add(share, sum.shares[at] ?? ZERO)),
    }),
    start,
  );
}

function summed<K extends object>(
  lines: readonly Line[],
  keyOf: (line: Line) => K,
): readonly ({ readonly key: K; readonly lines: readonly Line[] } & Sum)[] {
  const groups = new Map<string, { readonly key: K; readonly lines: Line[] }>();
  for (const line of lines) {
    const key = keyOf(line);
    const id = JSON.stringify(key);
    const group = groups.get(id) ?? { key, lines: [] };
    group.lines.push(line);
    groups.set(id, group);
  }
  return [...groups.values()].map((group) => ({ ...group, ...sumOf(group.lines) }));
}

function deltaOf({ before, after }: Pick<Sum, 'before' | 'after'>): Delta {
  return {
    before: exactText(before),
    after: exactText(after),
    delta: exactText(subtract(after, before)),
  };
}

function byCause(shares: Shares): readonly ByCause[] {
  return shares.flatMap((share, at) => (isZero(share) ? [] : [{ cause: at + 1, delta: exactText(share) }]));
}

function causeOf(
  changes: readonly number[],
  {
    moving,
    at,
    periods,
  }: { readonly moving: readonly Line[]; readonly at: number; readonly periods: readonly string[] },
): Cause {
  const share = (lines: readonly Line[]) => sumOf(lines).shares[at] ?? ZERO;
  const persons = summed(moving, ({ place: { person, period } }) => ({ person, period }));
  const people = new Set(persons.filter(({ shares }) => !isZero(shares[at]!)).map(({ key }) => key.person));
  return {
    id: at + 1,
    changes,
    delta: exactText(share(moving)),
    people: people.size,
    byPeriod: periods.map((period) => ({
      period,
      delta: exactText(share(moving.filter(({ place }) => place.period === period))),
    })),
  };
}

interface Context {
  readonly before: Result;
  readonly after: Result;
  readonly names: ReadonlyMap<string, string>;
}

/** Everybody, those whose pay moves most first, then by id. */
function peopleOf(lines: readonly Line[], { before, after, names }: Context): readonly PersonDelta[] {
  const [old, now] = [before, after].map(({ statements }) => new Set(statements.map(({ person }) => person)));
  const sums = new Map(
    summed(lines, ({ place: { person } }) => person as unknown as object).map((each) => [
      String(each.key),
      each,
    ]),
  );
  const rows = [...names.keys()].map((person) => {
    const sum = sums.get(person) ?? sumOf([]);
    const delta = subtract(sum.after, sum.before);
    const relative = divide(delta, sum.before);
    const only = !old!.has(person) ? 'after' : !now!.has(person) ? 'before' : undefined;
    const row: PersonDelta = {
      person,
      name: names.get(person)!,
      ...deltaOf(sum),
      relative: relative ? exactText(relative) : null,
      ...(only && { only }),
      byCause: byCause(sum.shares),
    };
    return { row, size: absolute(delta) };
  });
  return rows
    .toSorted((a, b) => compare(b.size, a.size) || (a.row.person < b.row.person ? -1 : 1))
    .map(({ row }) => row);
}

function movedOf(
  moving: readonly Line[],
  { before, after, names, periods }: Context & { readonly periods: readonly string[] },
): readonly RoleDelta[] {
  const held = (statements: readonly Statement[]) =>
    new Set(
      statements.flatMap(({ person, period, roles }) =>
        roles.map(({ role }) => JSON.stringify([person, period, role])),
      ),
    );
  const [old, now] = [held(before.statements), held(after.statements)];
  const only = (person: string, period: string, role: string | null): RoleDelta['only'] => {
    const key = JSON.stringify([person, period, role]);
    if (role === null || old.has(key) === now.has(key)) return undefined;
    return old.has(key) ? 'before' : 'after';
  };
  const rank = new Map(periods.map((period, at) => [period, at]));
  return summed(moving, ({ place: { period, person, role } }) => ({ period, person, role }))
    .map(({ key, lines, ...sum }): RoleDelta => {
      const one = only(key.person, key.period, key.role);
      return {
        ...key,
        name: names.get(key.person)!,
        ...(one && { only: one }),
        ...deltaOf(sum),
        byCause: byCause(sum.shares),
        lines: lines.map((line) => ({
          kind: line.place.kind,
          name: line.place.name,
          ...deltaOf(line),
          byCause: byCause(line.shares),
        })),
      };
    })
    .toSorted(
      (a, b) =>
        rank.get(a.period)! - rank.get(b.period)! || (a.person < b.person ? -1 : a.person > b.person ? 1 : 0),
    );
}

/** What moves from the one result to the other, by the places of lines. */
export function movesBetween(before: Lines, after: Lines): ReadonlyMap<string, Exact> {
  const moves = new Map<string, Exact>();
  for (const [key, { amount }] of after) {
    const move = subtract(amount, before.get(key)?.amount ?? ZERO);
    if (!isZero(move)) moves.set(key, move);
  }
  for (const [key, { amount }] of before)
    if (!after.has(key) && !isZero(amount)) moves.set(key, negate(amount));
  return moves;
}

type Lines = ReturnType<typeof linesOf>;

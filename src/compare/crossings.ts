// What decides pay and fell out otherwise: gates, conditions, tiers, bounds, statuses, awards, levels and points of the
// same person in the same period, as the statements of both results say them.

import { parseExact } from '../base/exact.ts';
import { amountNotation, durationNotation, numberNotation, percentNotation } from '../base/notation.ts';
import type { Crossing } from '../model/diff.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { PayLine } from '../model/pay-lines.ts';
import type { Measured, Result, RoleStatement, Statement } from '../model/result.ts';

type Kind = Crossing['kind'];

/** How one thing stands in one result. */
interface Stand {
  readonly role: string | null;
  readonly kind: Kind;
  readonly of: string;
  readonly says: string;
  /** Of a tier: its number, as a bound that moved is no other tier. */
  readonly rank?: number;
}

/** Said of what one of the two statements doesn't have. */
const NONE = 'none';
/** Kinds of which nothing is said where the other version has no such thing. */
const IN_BOTH: ReadonlySet<Kind> = new Set(['gate', 'condition', 'tier', 'status']);

/** By period, then person, in the order of the statement. */
export function crossingsOf(before: Result, after: Result): readonly Crossing[] {
  const key = ({ person, period }: Statement) => JSON.stringify([person, period]);
  const old = new Map(before.statements.map((each) => [key(each), each]));
  return after.statements.flatMap((now) => {
    const was = old.get(key(now));
    if (!was) return [];
    const { person, name, period } = now;
    return crossed(standsOf(was), standsOf(now)).map((each) => ({ period, person, name, ...each }));
  });
}

type Crossed = Omit<Crossing, 'period' | 'person' | 'name'>;

function crossed(before: readonly Stand[], after: readonly Stand[]): readonly Crossed[] {
  const id = ({ role, kind, of }: Stand) => JSON.stringify([role, kind, of]);
  const old = new Map(before.map((each) => [id(each), each]));
  const now = new Map(after.map((each) => [id(each), each]));
  pairGates(old, now);
  return [...new Map([...now, ...old, ...now])].flatMap(([key, { role, kind, of }]) => {
    const [was, is] = [old.get(key), now.get(key)];
    if (was?.says === is?.says || (was?.rank !== undefined && was.rank === is?.rank)) return [];
    if ((!was || !is) && IN_BOTH.has(kind)) return [];
    return [{ role, kind, of, before: was?.says ?? unsaid(kind), after: is?.says ?? unsaid(kind) }];
  });
}

/** Gates of a role whose conditions changed are the same gates, in their order, if there are as many. */
function pairGates(old: Map<string, Stand>, now: Map<string, Stand>): void {
  const gatesOf = (those: Map<string, Stand>, others: Map<string, Stand>) =>
    [...those].filter(([key, { kind }]) => kind === 'gate' && !others.has(key));
  const [left, right] = [gatesOf(old, now), gatesOf(now, old)];
  for (const role of new Set(right.map(([, each]) => each.role))) {
    const [was, is] = [left, right].map((gates) => gates.filter(([, each]) => each.role === role));
    if (was!.length !== is!.length) continue;
    for (const [at, [key, stand]] of was!.entries()) {
      old.delete(key);
      old.set(is![at]![0], stand);
    }
  }
}

function unsaid(kind: Kind): string {
  switch (kind) {
    case 'cap':
    case 'floor':
    case 'draw':
      return "doesn't bind";
    case 'award':
      return 'not won';
    case 'level':
      return 'not reached';
    case 'points':
      return '0';
    case 'badge':
    case 'training':
    case 'gate':
    case 'condition':
    case 'tier':
    case 'status':
      return NONE;
    default:
      return kind satisfies never;
  }
}

function standsOf({
  roles,
  lines = [],
  awards = [],
  kept = [],
  levels = [],
  points,
  period,
}: Statement): readonly Stand[] {
  return [
    ...roles.flatMap(ofRole),
    ...lines.flatMap((line) => ofLine(line, line.role ?? null)),
    ...awards.map(
      ({ award, role, won }): Stand => ({ role, kind: 'award', of: award, says: won ? 'won' : 'not won' }),
    ),
    ...kept
      .filter((each) => each.period === period)
      .map(({ kind, name }): Stand => ({ role: null, kind, of: name, says: 'given' })),
    ...levels.map(
      ({ level, since }): Stand => ({
        role: null,
        kind: 'level',
        of: level,
        says: since === undefined ? 'not reached' : `reached in ${since}`,
      }),
    ),
    ...(points ? [{ role: null, kind: 'points' as const, of: 'points', says: points.gained }] : []),
  ];
}

function ofRole(statement: RoleStatement): readonly Stand[] {
  const { role, lines, longer = [] } = statement;
  return [
    ...ofMeasured(statement, { role, over: '' }),
    ...longer.flatMap((each) => ofMeasured(each, { role, over: ` over ${each.period}` })),
    ...lines.flatMap((line) => ofLine(line, role)),
  ];
}

function ofMeasured(
  { kpis, gates }: Measured,
  { role, over }: { readonly role: string; readonly over: string },
): readonly Stand[] {
  return [
    ...gates.map(
      ({ condition, passed, applies }): Stand => ({
        role,
        kind: 'gate',
        of: condition + over,
        says: applies ? (passed ? 'passed' : 'failed') : "doesn't apply",
      }),
    ),
    ...kpis.flatMap(({ kpi, status }): readonly Stand[] =>
      status === undefined ? [] : [{ role, kind: 'status', of: kpi + over, says: status }],
    ),
  ];
}

function ofLine(
  { kind, name, because = [], inputs, condition }: PayLine,
  role: string | null,
): readonly Stand[] {
  const of = name;
  const reasons = because.map((each) => each.kind);
  const binds = (word: 'cap' | 'floor' | 'draw'): readonly Stand[] =>
    kind === word || (kind === 'bonus' && reasons.includes(word))
      ? [{ role, kind: word, of, says: 'binds' }]
      : [];
  const closed = reasons.includes('gate') || reasons.includes('condition') || reasons.includes('absent');
  const tiers = closed
    ? []
    : inputs.flatMap(({ text, tiers: parts = [], below }): readonly Stand[] => {
        const at = Math.max(
          0,
          parts.findLastIndex(({ part }) => part.value !== '0'),
        );
        const reached = parts[at];
        if (!reached) return below ? [{ role, kind: 'tier', of: text, says: 'below the first' }] : [];
        const { bound, includes } = reached;
        const says = `${includes ? 'from' : 'above'} ${figure(bound)}`;
        // a table that is read whole tells one tier, whichever it is
        return [{ role, kind: 'tier', of: text, says, ...(parts.length > 1 && { rank: at }) }];
      });
  return [
    ...(condition === undefined || kind !== 'bonus'
      ? []
      : [{ role, kind: 'condition' as const, of, says: reasons.includes('condition') ? 'failed' : 'holds' }]),
    ...binds('cap'),
    ...binds('floor'),
    ...binds('draw'),
    ...tiers,
  ];
}

function figure({ value, type }: FigureValue): string {
  const number = value === null ? undefined : parseExact(value);
  if (!number) return String(value);
  switch (type.kind) {
    case 'money':
      return amountNotation(number, type.currency);
    case 'percent':
      return percentNotation(number);
    case 'duration':
      return durationNotation(number);
    default:
      return numberNotation(number);
  }
}

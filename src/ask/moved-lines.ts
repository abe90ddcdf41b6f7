// What differs of one person in one period between the run with a row and the run without it: pay and its lines, with what
// passed the change on, and then what was measured.

import { exact, exactText, subtract } from '../base/exact.ts';
import { payableOf } from '../evaluate/amounts.ts';
import type { Run } from '../evaluate/cell.ts';
import type { PersonPay } from '../evaluate/person-pay.ts';
import { statementOf } from '../evaluate/statements.ts';
import { isNumeric } from '../library/types.ts';
import type { Moved, PassedOn } from '../model/event-explanation.ts';
import type { Step } from '../model/explanation.ts';
import type { FigureValue } from '../model/inputs.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import type { RoleStatement } from '../model/result.ts';
import { type Explaining, money, PERCENT, TRUTH } from './explaining.ts';
import type { Side, Sides } from './moved.ts';
import { passedOn } from './passed-on.ts';
import { awardStep, lineStep, type PaidLine } from './steps-pay.ts';
import { createTracing } from './trace.ts';

/** Whose pay is compared; whether the row is credited to the person. */
interface At {
  readonly person: string;
  readonly name: string;
  readonly period: string;
  readonly isCredited: boolean;
}

type Value = FigureValue | 'top' | undefined;

/** All that the row moved for one person in one period. */
export function movedLines(sides: Sides, at: At): readonly Moved[] {
  const [one, other] = [payIn(sides.with, at), payIn(sides.without, at)];
  const lines = linesMoved(sides, at);
  const whole = changed(
    at,
    { what: 'pay', of: 'pay' },
    amountOf(sides.without, other),
    amountOf(sides.with, one),
  );
  const ways = lines.map(({ way }) => way);
  const way = ways.includes('direct') ? 'direct' : 'second hand';
  const through = lines.flatMap((each) => each.through ?? []);
  return [
    ...whole.map(
      (each) => ({ ...each, way, ...(way === 'direct' ? {} : { through: distinct(through) }) }) as const,
    ),
    ...lines,
    ...measuredMoved(sides, at),
  ];
}

function payIn({ pay }: Side, { person, period }: At): PersonPay | undefined {
  return pay.get(person)?.get(period);
}

function amountOf({ run }: Side, pay: PersonPay | undefined): Value {
  if (!pay) return undefined;
  const all = [...pay.roles.flatMap((each) => each.amounts), ...pay.own];
  return money(run, exactText(payableOf(all)));
}

/** One amount, where it isn't the same. */
function changed(
  { person, name, period }: At,
  head: Pick<Moved, 'what' | 'of' | 'title' | 'role'>,
  without: Value,
  withIt: Value,
): readonly Moved[] {
  if (JSON.stringify(without) === JSON.stringify(withIt)) return [];
  const [a, b] = [numberOf(without), numberOf(withIt)];
  const type = withIt !== undefined && withIt !== 'top' ? withIt.type : undefined;
  const delta = a && b && type ? { delta: { value: exactText(subtract(exact(b), exact(a))), type } } : {};
  return [{ period, person, name, ...head, without, with: withIt, ...delta }];
}

function numberOf(value: Value): string | undefined {
  return value !== undefined && value !== 'top' && value.value !== null && isNumeric(value.type)
    ? value.value
    : undefined;
}

// ---- lines ---------------------------------------------------------------------------------------------------------

function linesMoved(sides: Sides, at: At): readonly Moved[] {
  const [one, other] = [linesOf(payIn(sides.with, at)), linesOf(payIn(sides.without, at))];
  const keys = [...new Set([...other.keys(), ...one.keys()])];
  const tell = { with: telling(sides.with.run, at), without: telling(sides.without.run, at) };
  return keys.flatMap((key): readonly Moved[] => {
    const [line, before] = [one.get(key), other.get(key)];
    const { amount, stay } = (line ?? before)!;
    const { kind, name, title } = amount;
    const head = {
      what: 'line' as const,
      of: kind === 'bonus' || kind === 'award' ? name : kind,
      ...(title === undefined ? {} : { title }),
      ...(stay ? { role: stay.role } : {}),
    };
    const value = (each: PaidLine | undefined, run: Run): Value =>
      each && money(run, exactText(each.amount.payable));
    const found = changed(at, head, value(before, sides.without.run), value(line, sides.with.run));
    if (found.length === 0) return [];
    const stepOf = (side: Side, each: PaidLine | undefined): Step | undefined => {
      const told = side === sides.with ? tell.with() : tell.without();
      const award = kind === 'award' && side.run.model.awards.find((one) => one.name === name);
      const pay = payIn(side, at);
      // who hasn't won an award has a place all the same
      if (award && pay) return awardStep(told, award, pay);
      return each && lineStep(told, each, () => []);
    };
    const steps = { with: stepOf(sides.with, line), without: stepOf(sides.without, before) };
    const through = [...ofLine(kind, steps), ...passedOn(steps)];
    const isDirect = at.isCredited && through.every((each) => IN_PERSON.has(each.kind));
    return found.map((each) => ({
      ...each,
      way: isDirect ? 'direct' : 'second hand',
      ...(through.length > 0 ? { through } : {}),
    }));
  });
}

/** What passes a change on without anybody or anything else having to be looked at. */
const IN_PERSON: ReadonlySet<PassedOn['kind']> = new Set(['figure', 'attainment', 'score', 'bonus']);

/** A line that isn't a bonus passes on what others come to. */
function ofLine(
  kind: string,
  steps: { readonly with: Step | undefined; readonly without: Step | undefined },
): readonly PassedOn[] {
  const passes: Readonly<Record<string, PassedOn['kind']>> = {
    award: 'award',
    floor: 'bound',
    cap: 'bound',
    draw: 'bound',
    recovery: 'earlier period',
    due: 'earlier period',
    excess: 'earlier period',
  };
  const by = passes[kind];
  const step = steps.with ?? steps.without;
  if (!by || !step) return [];
  const nothing: FigureValue = { value: null, type: step.value === 'top' ? PERCENT : step.value.type };
  return [
    {
      kind: by,
      text: step.name,
      without: steps.without?.value ?? nothing,
      with: steps.with?.value ?? nothing,
    },
  ];
}

function linesOf(pay: PersonPay | undefined): ReadonlyMap<string, PaidLine> {
  const found = new Map<string, PaidLine>();
  const put = (line: PaidLine): void => {
    const { kind, name, over, role } = line.amount;
    const stay = line.stay?.index;
    let key = JSON.stringify([kind, name, over, role, stay]);
    while (found.has(key)) key += '+';
    found.set(key, line);
  };
  for (const { stay, amounts } of pay?.roles ?? []) {
    for (const amount of amounts) put({ amount, stay, pay: pay! });
  }
  for (const amount of pay?.own ?? []) put({ amount, pay: pay! });
  return found;
}

/** Most people who are compared one by one. */
const MOST_COMPARED = 1000;

/** Steps are told anew for each line, so that none leans on another. */
function telling(run: Run, { person, period }: At): () => Explaining {
  const tracing = createTracing();
  const watched = { ...run, watch: tracing.watch };
  return () => ({
    run: watched,
    tracing,
    about: { person, period },
    rowsOf: () => undefined,
    said: new Map(),
    most: MOST_COMPARED,
  });
}

function distinct(all: readonly PassedOn[]): readonly PassedOn[] {
  return [...new Map(all.map((each) => [`${each.kind} ${each.text}`, each])).values()];
}

// ---- what was measured ---------------------------------------------------------------------------------------------

function measuredMoved(sides: Sides, at: At): readonly Moved[] {
  const statement = (side: Side) => {
    const pay = payIn(side, at);
    return pay && statementOf(side.run, pay);
  };
  const [one, other] = [statement(sides.with), statement(sides.without)];
  const roles = (one ?? other)?.roles ?? [];
  return [
    ...roles.flatMap(({ role, from }) => {
      const same = (each: RoleStatement) => each.role === role && each.from === from;
      return roleMoved(at, role, { with: one?.roles.find(same), without: other?.roles.find(same) });
    }),
    ...(one?.awards ?? other?.awards ?? []).flatMap(({ award, title }) => {
      const won = (each: typeof one): Value => {
        const found = each?.awards?.find((line) => line.award === award);
        return found && { value: String(found.won), type: TRUTH };
      };
      return changed(
        at,
        { what: 'award', of: award, ...(title === undefined ? {} : { title }) },
        won(other),
        won(one),
      );
    }),
    ...changed(
      at,
      { what: 'points', of: 'points' },
      other?.points && { value: other.points.gained, type: { kind: 'number' } },
      one?.points && { value: one.points.gained, type: { kind: 'number' } },
    ),
  ];
}

interface RoleSides {
  readonly with: RoleStatement | undefined;
  readonly without: RoleStatement | undefined;
}

function roleMoved(at: At, role: string, { with: one, without: other }: RoleSides): readonly Moved[] {
  const kpis = one?.kpis ?? other?.kpis ?? [];
  return [
    ...kpis.flatMap(({ kpi, title }) => {
      const named = { of: kpi, role, ...(title === undefined ? {} : { title }) };
      const lineOf = (each: RoleStatement | undefined): KpiLine | undefined =>
        each?.kpis.find((line) => line.kpi === kpi);
      const [a, b] = [lineOf(other), lineOf(one)];
      return [
        ...changed(at, { what: 'kpi', ...named }, a?.actual, b?.actual),
        ...changed(at, { what: 'target', ...named }, a?.target, b?.target),
        ...changed(at, { what: 'attainment', ...named }, a?.attainment, b?.attainment),
      ];
    }),
    ...changed(at, { what: 'score', of: 'score', role }, other?.score?.value, one?.score?.value),
    ...(one?.gates ?? []).flatMap(({ condition }, index) => {
      const passed = (each: RoleStatement | undefined): Value => {
        const gate = each?.gates[index];
        return gate && { value: String(gate.passed), type: TRUTH };
      };
      return changed(at, { what: 'gate', of: condition, role }, passed(other), passed(one));
    }),
  ];
}

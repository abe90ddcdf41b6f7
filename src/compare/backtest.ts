// A policy over history: how its targets were reached, what it paid, and where people stood in its tables, caps and gates.
// All of it is read from the run's own statements and decisions; nothing is worked out a second time.

import type { Backend } from '../backend/backend.ts';
import { type Checked, type Diagnostic, RunError } from '../base/diagnostic.ts';
import { add, type Exact, exact, exactText, isZero, ZERO } from '../base/exact.ts';
import type { Period } from '../base/period.ts';
import { resultIn } from '../engine.ts';
import { runPeriods } from '../evaluate/periods.ts';
import type { RunRequest } from '../gather.ts';
import type { Backtest, CostHistory, LineCost, PayHistory } from '../model/backtest.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { Model } from '../model/policy.ts';
import type { Result } from '../model/result.ts';
import { createStanding } from './decided.ts';
import { type FitRequest, fitted } from './fit.ts';
import { createReader } from './runs.ts';
import { ascending, evenBands, meanOf, quantilesOf, sumOfAll } from './spread.ts';
import { targetHistories } from './target-history.ts';

/** What is run: all of it as a run takes it; and a number to fit to a budget, where that is asked for. */
export interface BacktestRequest extends RunRequest {
  readonly fit?: FitRequest;
}

/**
 * Runs a policy over periods as if it had held in all of them. `open` gives a backend that is closed again. The value is
 * absent where the run has errors, or what is to be fitted isn't a number of the policy.
 */
export async function backtest(
  request: BacktestRequest,
  open: (sources: readonly SourceSpec[]) => Promise<Backend>,
): Promise<Checked<Backtest | undefined>> {
  const { fit, ...rest } = request;
  const model = heldOver(request.model, request.period);
  try {
    const read = createReader(rest, open);
    const { gathered, diagnostics } = await read(model);
    if (!gathered) return { value: undefined, diagnostics };
    const standing = createStanding(model, gathered.periods);
    const result = await resultIn(gathered, { ...rest, model }, standing.decided);
    const found = fit && (await fitted(fit, { model, gathered, read }));
    if (found && !found.value)
      return { value: undefined, diagnostics: [...diagnostics, ...found.diagnostics] };
    const value: Backtest = {
      ...historyOf(model, result),
      ...outsideOf(request.model, gathered.periods),
      decisions: standing.history(),
      ...(found?.value && { fit: found.value }),
    };
    return { value, diagnostics };
  } catch (fault) {
    if (fault instanceof RunError) return failed(fault.diagnostics);
    throw fault;
  }
}

function failed(diagnostics: readonly Diagnostic[]): Checked<undefined> {
  return { value: undefined, diagnostics };
}

/**
 * The policy as if it had held in all of the periods, and at no other times than it does: what goes on from period to period
 * begins where it begins, so that periods in which it holds anyway are paid as a run pays them.
 */
export function heldOver(model: Model, period: string): Model {
  const { from, until } = model.effective;
  const periods = runPeriods({ ...model, effective: {} }, period).value;
  const [first, last] = [periods[0], periods.at(-1)];
  if (!first || !last) return model;
  return {
    ...model,
    effective: {
      ...(from !== undefined && { from: Math.min(from, first.from) }),
      ...(until !== undefined && { until: Math.max(until, last.until) }),
    },
  };
}

/** The periods in which the policy doesn't hold. */
export function outsideOf(
  { effective: { from, until } }: Model,
  periods: readonly Period[],
): { readonly outside?: readonly string[] } {
  const outside = periods.filter(
    (each) => (from !== undefined && each.from < from) || (until !== undefined && each.until > until),
  );
  return outside.length > 0 ? { outside: outside.map(({ id }) => id) } : {};
}

function historyOf(model: Model, result: Result): Omit<Backtest, 'decisions' | 'fit'> {
  const { policy, periods, rejectsAllowed, statements } = result;
  return {
    formatVersion: 1,
    policy,
    periods,
    rejectsAllowed,
    people: new Set(statements.map(({ person }) => person)).size,
    statements: statements.length,
    cost: costHistory(result),
    targets: targetHistories(model, result),
    pay: payHistories(result),
  };
}

// ---- what it costs ---------------------------------------------------------------------------------------------------

/** The sum of what statements pay. */
export function costOfResult({ statements }: Result): Exact {
  return sumOfAll(statements.map(({ pay }) => exact(pay)));
}

function costHistory(result: Result): CostHistory {
  const { statements, periods } = result;
  return {
    total: exactText(costOfResult(result)),
    byPeriod: periods.map((period) => {
      const own = statements.filter((each) => each.period === period);
      return {
        period,
        people: own.length,
        cost: exactText(sumOfAll(own.map(({ pay }) => exact(pay)))),
      };
    }),
    byRole: byRole(result),
    byLine: byLine(result),
  };
}

/** Every line of statements, with the role whose it is. */
function linesIn({ statements }: Result) {
  return statements.flatMap(({ roles, lines = [] }) => [
    ...roles.flatMap(({ role, lines: own }) => own.map((line) => ({ role: role as string | null, line }))),
    ...lines.map((line) => ({ role: line.role ?? null, line })),
  ]);
}

function byRole(result: Result): CostHistory['byRole'] {
  const titles = titlesOf(result);
  const costs = new Map<string | null, Exact>();
  for (const { role, line } of linesIn(result))
    costs.set(role, add(costs.get(role) ?? ZERO, exact(line.amount)));
  return [...costs]
    .sort(([a], [b]) => byName(a, b))
    .map(([role, cost]) => {
      const title = role === null ? undefined : titles.get(role);
      return { role, ...(title === undefined ? {} : { title }), cost: exactText(cost) };
    });
}

function titlesOf({ statements }: Result): ReadonlyMap<string, string> {
  return new Map(
    statements.flatMap(({ roles }) =>
      roles.flatMap(({ role, title }) => (title === undefined ? [] : [[role, title] as const])),
    ),
  );
}

/** Those of no role last. */
function byName(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}

function byLine(result: Result): readonly LineCost[] {
  const found = new Map<string, { line: LineCost; cost: Exact }>();
  for (const { role, line } of linesIn(result)) {
    const { kind, name, title } = line;
    const amount = exact(line.amount);
    const key = JSON.stringify([role, kind, name]);
    const before = found.get(key);
    const { lines = 0, paid = 0 } = before?.line ?? {};
    found.set(key, {
      cost: add(before?.cost ?? ZERO, amount),
      line: {
        role,
        kind,
        name,
        ...(title === undefined ? {} : { title }),
        cost: '',
        lines: lines + 1,
        paid: paid + (isZero(amount) ? 0 : 1),
      },
    });
  }
  return [...found.values()]
    .map(({ line, cost }) => ({ ...line, cost: exactText(cost) }))
    .sort((a, b) => byName(a.role, b.role));
}

// ---- what people were paid -------------------------------------------------------------------------------------------

interface Paid {
  readonly person: string;
  readonly amount: Exact;
}

function payHistories(result: Result): readonly PayHistory[] {
  const { statements } = result;
  const titles = titlesOf(result);
  const all = statements.map(({ person, pay }): Paid => ({ person, amount: exact(pay) }));
  const roles = new Map<string, Paid[]>();
  for (const { person, roles: held } of statements) {
    // who left a role and came back in one period has one result of it
    const own = new Map<string, Exact>();
    for (const { role, total } of held) own.set(role, add(own.get(role) ?? ZERO, exact(total)));
    for (const [role, amount] of own) roles.set(role, [...(roles.get(role) ?? []), { person, amount }]);
  }
  return [
    payHistory(null, undefined, all),
    ...[...roles]
      .sort(([a], [b]) => byName(a, b))
      .map(([role, paid]) => payHistory(role, titles.get(role), paid)),
  ];
}

function payHistory(role: string | null, title: string | undefined, paid: readonly Paid[]): PayHistory {
  const amounts = ascending(paid.map(({ amount }) => amount));
  const mean = meanOf(amounts);
  return {
    role,
    ...(title === undefined ? {} : { title }),
    people: new Set(paid.map(({ person }) => person)).size,
    results: amounts.length,
    zero: amounts.filter(isZero).length,
    mean: mean ? exactText(mean) : null,
    quantiles: quantilesOf(amounts, exactText),
    bands: evenBands(amounts),
  };
}

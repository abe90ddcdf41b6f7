// What a policy would come to: scenarios on results, targets and its own numbers, each a run of its own over the same data,
// and costs drawn from history.

import type { Backend } from '../backend/backend.ts';
import { type Checked, type Diagnostic, failedBy } from '../base/diagnostic.ts';
import { absolute, add, compare, type Exact, exact, exactText, sign, subtract, ZERO } from '../base/exact.ts';
import { resultIn } from '../engine.ts';
import type { RunRequest } from '../gather.ts';
import type { SourceSpec } from '../model/dataset.ts';
import type { Result } from '../model/result.ts';
import type { Effect, ScenarioResult, Simulation } from '../model/simulation.ts';
import { costOfResult, heldOver, outsideOf } from './backtest.ts';
import { type DrawsRequest, drawCosts } from './draws.ts';
import { createReader, linesOf } from './runs.ts';
import { type Changed, changedBy, type Scenario } from './scenario.ts';
import { ascending, ranked } from './spread.ts';

/** What is run, the scenarios, and the draws, where they are asked for. */
export interface SimulateRequest extends RunRequest {
  readonly scenarios: readonly Scenario[];
  readonly draws?: DrawsRequest;
  /** Hears how many scenarios have been run. */
  readonly progress?: (runs: number) => void;
}

/**
 * Runs scenarios of a policy over periods as if it had held in all of them. `open` gives a backend that is closed again. The
 * value is absent where a run has errors or a change can't be made (M3080 to M3085).
 */
export async function simulate(
  request: SimulateRequest,
  open: (sources: readonly SourceSpec[]) => Promise<Backend>,
): Promise<Checked<Simulation | undefined>> {
  const { scenarios, draws, progress, ...rest } = request;
  const model = heldOver(request.model, request.period);
  try {
    const read = createReader(rest, open);
    const { gathered, diagnostics } = await read(model);
    if (!gathered) return { value: undefined, diagnostics };
    const failed = (found: readonly Diagnostic[]) => ({
      value: undefined,
      diagnostics: [...diagnostics, ...found],
    });
    const base = await resultIn(gathered, { ...rest, model });
    const found: { readonly scenario: ScenarioResult; readonly result: Result }[] = [];
    for (const scenario of scenarios) {
      const changed = await changedBy(scenario, { gathered, read });
      if (!('gathered' in changed)) return failed(changed);
      const result = await resultIn(changed.gathered, { ...rest, model: changed.gathered.model });
      found.push({ scenario: effectsOf(scenario.name, changed, { before: base, after: result }), result });
      progress?.(found.length);
    }
    const drawn =
      draws &&
      drawCosts(draws, [
        { scenario: null, result: base },
        ...found.map(({ scenario, result }) => ({ scenario: scenario.name, result })),
      ]);
    if (drawn && 'code' in drawn) return failed([drawn]);
    const { policy, periods, rejectsAllowed, statements } = base;
    const value: Simulation = {
      formatVersion: 1,
      policy,
      periods,
      ...outsideOf(request.model, gathered.periods),
      rejectsAllowed,
      people: new Set(statements.map(({ person }) => person)).size,
      cost: exactText(costOfResult(base)),
      scenarios: found.map(({ scenario }) => scenario),
      ...(drawn && { draws: drawn }),
    };
    return { value, diagnostics };
  } catch (fault) {
    return failedBy(fault);
  }
}

interface Both {
  readonly before: Result;
  readonly after: Result;
}

/** What a scenario moves, of everybody. */
function effectsOf(name: string, { changes }: Changed, { before, after }: Both): ScenarioResult {
  const lines = summed({ before, after }, (result) =>
    [...linesOf(result).values()].map(({ place: { role, kind, name: line }, amount }) => ({
      key: { role, kind, name: line },
      amount,
    })),
  );
  const roles = summed({ before, after }, (result) =>
    [...linesOf(result).values()].map(({ place: { role }, amount }) => ({ key: { role }, amount })),
  );
  const periods = summed({ before, after }, ({ statements }) =>
    statements.map(({ period, pay }) => ({ key: { period }, amount: exact(pay) })),
  );
  return {
    name,
    changes,
    total: effectOf(costOfResult(before), costOfResult(after)),
    byPeriod: periods,
    byRole: roles,
    byLine: lines,
    people: peopleOf({ before, after }),
  };
}

function effectOf(before: Exact, after: Exact): Effect {
  return {
    before: exactText(before),
    after: exactText(after),
    delta: exactText(subtract(after, before)),
  };
}

/** Sums of both sides by key, in the order in which the first has them. */
function summed<K extends object>(
  { before, after }: Both,
  amountsOf: (result: Result) => readonly { readonly key: K; readonly amount: Exact }[],
): readonly (K & Effect)[] {
  const sums = new Map<string, { readonly key: K; before: Exact; after: Exact }>();
  for (const side of ['before', 'after'] as const)
    for (const { key, amount } of amountsOf(side === 'before' ? before : after)) {
      const text = JSON.stringify(key);
      const sum = sums.get(text) ?? { key, before: ZERO, after: ZERO };
      sums.set(text, sum);
      sum[side] = add(sum[side], amount);
    }
  return [...sums.values()].map(({ key, before: old, after: now }) => ({ ...key, ...effectOf(old, now) }));
}

function peopleOf(both: Both): ScenarioResult['people'] {
  const names = new Map(
    [...both.after.statements, ...both.before.statements].map(({ person, name }) => [person, name]),
  );
  const people = summed(both, ({ statements }) =>
    statements.map(({ person, pay }) => ({ key: { person }, amount: exact(pay) })),
  ).map((each) => ({ ...each, name: names.get(each.person)!, moved: exact(each.delta) }));
  const deltas = ascending(people.map(({ moved }) => moved));
  const at = (percent: number): string | null => {
    const value = ranked(deltas, percent);
    return value ? exactText(value) : null;
  };
  const of = (way: number): number => people.filter(({ moved }) => sign(moved) === way).length;
  return {
    gain: of(1),
    lose: of(-1),
    same: of(0),
    delta: { min: at(0), p10: at(10), p50: at(50), p90: at(90), max: at(100) },
    moved: people
      .filter(({ moved }) => sign(moved) !== 0)
      .sort((a, b) => compare(absolute(b.moved), absolute(a.moved)) || (a.person < b.person ? -1 : 1))
      .map(({ moved: _, ...each }) => each),
  };
}

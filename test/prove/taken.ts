// Which decisions a small run takes: what tests of decisions are written with.

import { createMemoryBackend } from '../../src/backend/memory.ts';
import { atOnce } from '../../src/base/limits.ts';
import { resultOf, runOver } from '../../src/engine.ts';
import { evaluateRun } from '../../src/evaluate/evaluate.ts';
import { gather } from '../../src/gather.ts';
import type { CoverageReport } from '../../src/model/coverage.ts';
import type { DecidedFor, Decision } from '../../src/model/decision.ts';
import type { Model } from '../../src/model/policy.ts';
import { coverageOf, createHeard } from '../../src/prove/coverage.ts';
import { decidablesOf } from '../../src/prove/decisions.ts';
import { csvSource, modelOf, type SmallRun } from '../evaluate/run-policy.ts';

export interface Told {
  readonly decision: Decision;
  readonly whom: DecidedFor;
}

export interface Taken {
  readonly model: Model;
  /** Names of the ways that were taken, in the order of the Model. */
  readonly names: readonly string[];
  readonly told: readonly Told[];
  readonly report: CoverageReport;
}

/** Works a small run out, watched. */
export async function taken(small: Omit<SmallRun, 'backend'>): Promise<Taken> {
  const head = `policy small { currency RUB\n timezone "Europe/Moscow"\n ${small.head ?? 'period month'} }\n`;
  const model = modelOf(head + small.policy);
  const sources = [
    csvSource('person', small.people),
    ...[...model.events, ...model.tables].map(({ name, fields }) =>
      csvSource(name, small.data?.[name] ?? fields.map((each) => each.name).join(',')),
    ),
    ...(small.absences === undefined ? [] : [csvSource('absence', small.absences)]),
  ];
  const told: Told[] = [];
  const heard = createHeard();
  const decided = (decision: Decision, whom: DecidedFor): void => {
    told.push({ decision, whom });
    heard.decided(decision);
  };
  const readFile = () => {
    throw new Error('no files here');
  };
  const backend = createMemoryBackend({ readFile, decided });
  const request = { model, sources, period: small.period };
  const { value: gathered, diagnostics } = await gather(request, backend);
  if (!gathered) throw new Error(JSON.stringify(diagnostics));
  const { statements } = atOnce(evaluateRun(runOver(gathered, { watch: { decided } }), gathered.periods));
  const plain = resultOf(gathered, request).statements;
  if (JSON.stringify(statements) !== JSON.stringify(plain)) throw new Error('watching changes a figure');
  const { all } = decidablesOf(model);
  const names = all.filter((each) => heard.keys.has(each.key)).map((each) => each.name);
  return { model, names, told, report: coverageOf([model], heard) };
}

/** Names of what was taken and of what wasn't, of those that hold a text. */
export function split({ names, report }: Taken, text: string) {
  const holds = (name: string): boolean => name.includes(text);
  return {
    taken: names.filter(holds),
    not: report.uncovered.map((each) => each.name).filter(holds),
    impossible: report.impossible.map((each) => each.name).filter(holds),
  };
}

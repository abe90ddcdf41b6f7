// Every cell of a run, explained: each statement's pay with its lines, and each KPI, target, attainment and score of its
// roles, over the period of the statement and over longer ones.

import { explainGathered } from '../../src/ask/explain.ts';
import type { Explaining } from '../../src/ask/explaining.ts';
import { createRowsAsked } from '../../src/ask/rows-asked.ts';
import { stepIn } from '../../src/ask/steps.ts';
import { createTracing } from '../../src/ask/trace.ts';
import type { Backend } from '../../src/backend/backend.ts';
import { dayText } from '../../src/base/date.ts';
import { type Period, periodAt } from '../../src/base/period.ts';
import { runOver } from '../../src/engine.ts';
import { stayPlace } from '../../src/evaluate/places.ts';
import type { Gathered } from '../../src/gather.ts';
import type { Step } from '../../src/model/explanation.ts';
import type { Expression } from '../../src/model/expression.ts';
import type { FigureValue } from '../../src/model/inputs.ts';
import type { Measured, Statement } from '../../src/model/result.ts';

/** What a result says, and the step that explains it. */
export interface ExplainedCell {
  readonly what: string;
  readonly said: string | null;
  readonly step: Step | undefined;
}

export interface World {
  readonly gathered: Gathered;
  readonly backend: Backend;
}

/** A statement's pay: the whole, each role and each line. */
export async function explainedPay(world: World, statement: Statement): Promise<readonly ExplainedCell[]> {
  const { person, period, roles, lines = [], pay } = statement;
  const where = `${person} ${period}`;
  const { value, diagnostics } = await explainGathered(
    { model: world.gathered.model, person, period },
    world,
  );
  if (!value) throw new Error(`${where}: ${JSON.stringify(diagnostics)}`);
  const [whole] = value.answers;
  const parts = whole!.parts;
  return [
    { what: `${where} pay`, said: pay, step: whole },
    ...roles.flatMap((role, at) => [
      { what: `${where} ${role.role}`, said: role.total, step: parts[at] },
      ...role.lines.map((line, index) => ({
        what: `${where} ${role.role} ${line.name}`,
        said: line.amount,
        step: parts[at]?.parts[index],
      })),
    ]),
    ...lines.map((line, at) => ({
      what: `${where} ${line.kind} ${line.name}`,
      said: line.amount,
      step: parts[roles.length + at],
    })),
  ];
}

/** What was measured, of every role of the statements. */
export async function explainedMeasures(
  { gathered, backend }: World,
  statements: readonly Statement[],
): Promise<readonly ExplainedCell[]> {
  const tracing = createTracing();
  const run = runOver(gathered, { watch: tracing.watch });
  const rows = createRowsAsked(20);
  for (;;) {
    const found = statements.flatMap((statement) =>
      statement.roles.flatMap((role) => {
        const own = gathered.periods.find((each) => each.id === statement.period)!;
        const stay = run.people.stays.find((each) => {
          const first = stayPlace(run, each, own).held[0];
          return (
            each.person === statement.person &&
            each.role === role.role &&
            first &&
            dayText(first.from) === role.from
          );
        })!;
        const grains = new Set(run.roles.get(role.role)!.bonuses.map((each) => each.grain));
        const periodOf = (id: string): Period =>
          [
            own,
            ...[...grains].flatMap((grain) => [periodAt(grain, own.from), periodAt(grain, own.until - 1)]),
          ].find((each) => each.id === id)!;
        const cells = [
          { measured: role as Measured, period: own },
          ...(role.longer ?? []).map((each) => ({ measured: each, period: periodOf(each.period) })),
        ];
        return cells.flatMap(({ measured, period }) => {
          const place = stayPlace(run, stay, period);
          const step = (node: Expression): Step | undefined => {
            const explaining: Explaining = {
              run,
              tracing,
              about: { person: stay.person, period: period.id },
              rowsOf: (each, at) => rows.of(run, each, at),
              said: new Map(),
              most: 20,
            };
            return stepIn(explaining, node, place);
          };
          return cellsOf(
            `${statement.person} ${period.id} ${role.role}`,
            measured,
            step,
            (id) => run.figures.get(id)!,
          );
        });
      }),
    );
    if (!(await rows.ask(backend))) return found;
  }
}

function cellsOf(
  where: string,
  { kpis, score }: Measured,
  step: (node: Expression) => Step | undefined,
  figureOf: (id: string) => { readonly type: Expression['type']; readonly value: Expression },
): readonly ExplainedCell[] {
  const said = (value: FigureValue | 'top' | undefined): string | null =>
    value === undefined ? null : value === 'top' ? 'top' : value.value;
  const { span } = figureOf(kpis[0]?.kpi ?? '')?.value ?? { span: { source: '', start: 0, end: 0 } };
  return [
    ...kpis.flatMap(({ kpi, actual, target, attainment }) => {
      const { type } = figureOf(kpi);
      const node = { figure: kpi, type, optional: true, span };
      return [
        { what: `${where} ${kpi}`, said: said(actual), step: step({ kind: 'figure', ...node }) },
        { what: `${where} target ${kpi}`, said: said(target), step: step({ kind: 'target', ...node }) },
        {
          what: `${where} attainment ${kpi}`,
          said: said(attainment),
          step: step({ kind: 'attainment', ...node, type: { kind: 'percent' } }),
        },
      ];
    }),
    ...(score
      ? [
          {
            what: `${where} score`,
            said: said(score.value),
            step: step({ kind: 'score', type: { kind: 'percent' }, optional: true, span }),
          },
        ]
      : []),
  ];
}

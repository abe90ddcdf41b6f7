// Steps of what is expected and how far it is reached: targets as the policy's lines, days and people make them,
// attainments, the score and its lines.

import type { Exact } from '../base/exact.ts';
import { exactText } from '../base/exact.ts';
import { type CellPlace, isTop, type Run, wordsOf } from '../evaluate/cell.ts';
import { figureIn } from '../evaluate/formula.ts';
import { type ScoredLine, scoreIn } from '../evaluate/score.ts';
import { curvePart } from '../evaluate/table-lines.ts';
import { bandEnd, targetOf } from '../evaluate/target.ts';
import { targetAccount } from '../evaluate/target-account.ts';
import type { AttainmentWay, RestOfSum, Step } from '../model/explanation.ts';
import type { FigureNode } from '../model/expression.ts';
import type { FigureValue, Input } from '../model/inputs.ts';
import type { Figure } from '../model/policy.ts';
import type { TargetAccount, TargetOfLine } from '../model/target-account.ts';
import type { Cell, ValueType } from '../model/value.ts';
import { type Explaining, onceNamed, PERCENT, saidOf, shownValue } from './explaining.ts';
import { stepIn, stepOf } from './steps.ts';

/** Where a step of a formula is made, and what it has of the formula. */
export interface Asked {
  readonly place: CellPlace;
  readonly head: Pick<Step, 'name' | 'text' | 'at' | 'value'>;
}

const NOTHING: Pick<Step, 'how' | 'parts'> = { how: { kind: 'given' }, parts: [] };

/** The target of a figure. */
export function targetStep(explaining: Explaining, figure: Figure, { place, head }: Asked): Step {
  const { run } = explaining;
  const target = { kind: 'target', ...head, name: figure.id, ...titleOf(run, figure), place } as const;
  return onceNamed(explaining, target, () => madeOf(explaining, figure, { place, end: 'lower' }));
}

function titleOf(run: Run, figure: Figure): { readonly title?: string } {
  const title = run.kpis.get(figure.name)?.title;
  return title === undefined ? {} : { title };
}

function madeOf(
  explaining: Explaining,
  figure: Figure,
  { place, end }: { readonly place: CellPlace; readonly end: 'lower' | 'upper' },
): Pick<Step, 'how' | 'parts' | 'text' | 'at'> {
  const { run } = explaining;
  const value = end === 'lower' ? targetOf(run, figure, place) : bandEnd(run, figure, place);
  if (value === undefined) return NOTHING;
  const account = targetAccount(run, figure, place, { end, value: value as Exact });
  const { how, parts, text, at } = accountStep(explaining, account, figure);
  return {
    how,
    parts,
    ...(account.kind === 'line' ? { ...(text ? { text } : {}), ...(at ? { at } : {}) } : {}),
  };
}

/** The steps of an account of a target, whose values are in the KPI's unit. */
function accountStep(explaining: Explaining, account: TargetAccount, figure: Figure): Step {
  const { type } = figure;
  const unit = (text: string): FigureValue => ({ value: text, type });
  const head = { kind: 'target', name: figure.id, value: unit(account.value) } as const;
  const inner = (each: TargetAccount, name: string): Step => {
    const step = accountStep(explaining, each, figure);
    return { kind: 'days', name, value: step.value, how: { kind: 'same' }, parts: [step] };
  };
  switch (account.kind) {
    case 'line': {
      const { written, condition, override, spread, ramp } = account;
      const said = lineOf(explaining, account, figure);
      return {
        ...head,
        name: said.text ?? account.formula,
        ...said,
        how: {
          kind: 'target line',
          written,
          ...(condition === undefined ? {} : { condition }),
          ...(override ? { override } : {}),
          ...(spread ? { spread } : {}),
          ...(ramp ? { ramp } : {}),
        },
        parts: account.inputs.map(inputStep),
      };
    }
    case 'days':
      return {
        ...head,
        how: {
          kind: 'by days',
          counts: account.parts.map((each) => each.counts),
          of: account.prorated ? account.of : account.counted,
          by: account.by,
          prorated: account.prorated,
        },
        parts: account.parts.map((each) => inner(each.target, `${each.from}..${each.until}`)),
      };
    case 'periods':
      return {
        ...head,
        how: account.together === 'sum' ? { kind: 'sum' } : { kind: 'alike' },
        parts: account.parts.map((each) => ({ ...inner(each.target, each.period), kind: 'other period' })),
      };
    case 'whole':
      return {
        ...head,
        how: { kind: 'whole of', counted: account.counted, of: account.of, by: account.by },
        parts: [accountStep(explaining, account.target, figure)],
      };
    case 'people': {
      const { others } = account;
      const rest: RestOfSum | undefined = others && { count: others.people, value: unit(others.value) };
      return {
        ...head,
        how: {
          kind: 'people',
          together: account.together,
          counts: account.parts.map((each) => each.people),
          ...(rest ? { rest } : {}),
        },
        parts: account.parts.map((each) => ({
          kind: 'person',
          name: String(each.people),
          value: unit(each.value),
          ...NOTHING,
        })),
      };
    }
    default:
      return account satisfies never;
  }
}

/** A value that a line read. */
function inputStep({ text, value, row }: Input): Step {
  return {
    kind: row ? 'table' : 'attribute',
    name: text,
    text,
    value,
    how: row ? { kind: 'row of table', row } : { kind: 'given' },
    parts: [],
  };
}

/** The line of the policy that says so, and where it stands. */
function lineOf(
  { run }: Explaining,
  { formula, condition }: TargetOfLine,
  figure: Figure,
): Pick<Step, 'text' | 'at'> {
  const lines = [...run.model.roles, ...run.model.overrides].flatMap(({ targets }) => targets);
  const found = lines.find(
    ({ kpi, value, upTo, when }) =>
      kpi === figure.name &&
      [value, upTo].some((each) => each && wordsOf(run, each.span) === formula) &&
      (when && wordsOf(run, when.span)) === condition,
  );
  return found ? saidOf(run, found.span) : { text: formula };
}

// ---- attainment ----------------------------------------------------------------------------------------------------

/** Actual against target. */
export function attainmentStep(explaining: Explaining, figure: Figure, { place, head }: Asked): Step {
  const { run } = explaining;
  const attainment = {
    kind: 'attainment',
    ...head,
    name: figure.id,
    ...titleOf(run, figure),
    place,
  } as const;
  return onceNamed(explaining, attainment, () => {
    const target = targetOf(run, figure, place);
    const upTo = bandEnd(run, figure, place);
    const own = ownFormula(explaining, figure, place);
    const parts = [
      actualStep(explaining, figure, place),
      targetStep(explaining, figure, { place, head: endHead(figure, target) }),
      ...(upTo === undefined ? [] : [upperStep(explaining, figure, { place, upTo })]),
      ...(own ? [own] : []),
    ];
    const isMissing = head.value !== 'top' && head.value.value === null;
    return { how: { kind: 'attainment', way: wayOf(run, figure, { isMissing, upTo }) }, parts };
  });
}

function endHead(figure: Figure, target: Cell): Asked['head'] {
  return { name: figure.id, value: shownValue(target, figure.type) };
}

function actualStep(explaining: Explaining, figure: Figure, place: CellPlace): Step {
  const { run } = explaining;
  const node: FigureNode = {
    kind: 'figure',
    figure: figure.id,
    type: figure.type,
    optional: figure.optional,
    span: figure.value.span,
  };
  return stepOf(explaining, { node, place, value: figureIn(run, figure, place), parts: [] });
}

function upperStep(
  explaining: Explaining,
  figure: Figure,
  { place, upTo }: { readonly place: CellPlace; readonly upTo: Cell },
): Step {
  const made = madeOf(explaining, figure, { place, end: 'upper' });
  return { kind: 'target', ...endHead(figure, upTo), ...titleOf(explaining.run, figure), ...made };
}

function wayOf(
  run: Run,
  figure: Figure,
  { isMissing, upTo }: { readonly isMissing: boolean; readonly upTo: Cell },
): AttainmentWay {
  if (isMissing) return 'missing';
  if (upTo !== undefined) return 'band';
  const { attainment, lowerIsBetter } = run.kpis.get(figure.name)!;
  return attainment ? 'own' : lowerIsBetter ? 'target of actual' : 'actual of target';
}

/** A KPI's own formula of its attainment, where it was worked out. */
function ownFormula(explaining: Explaining, figure: Figure, place: CellPlace): Step | undefined {
  const { run } = explaining;
  const { attainment } = run.kpis.get(figure.name)!;
  if (!attainment || bandEnd(run, figure, place) !== undefined) return undefined;
  const [actual, target] = [figureIn(run, figure, place), targetOf(run, figure, place)];
  if (actual === undefined || target === undefined || isTop(actual)) return undefined;
  return stepIn(explaining, attainment, {
    ...place,
    own: { actual: actual as Exact, target: target as Exact },
  });
}

// ---- the score -----------------------------------------------------------------------------------------------------

/** The score of the role's scorecard. */
export function scoreStep(explaining: Explaining, { place, head }: Asked): Step {
  const { run } = explaining;
  return onceNamed(explaining, { kind: 'score', ...head, name: 'score', place }, () => {
    const { lines } = scoreIn(run, place);
    return {
      how: {
        kind: 'score',
        weights: lines.map(({ line }) => line.weight),
        spread: lines.map(({ score }) => score === undefined),
      },
      parts: lines.map((each) => scoreLineStep(explaining, each, place)),
    };
  });
}

function scoreLineStep(explaining: Explaining, scored: ScoredLine, place: CellPlace): Step {
  const { run } = explaining;
  const { line, read, score, bound } = scored;
  const figure = run.figures.get(line.kpi)!;
  const type: ValueType = line.reads === 'value' ? figure.type : PERCENT;
  const reads =
    line.reads === 'value'
      ? actualStep(explaining, figure, place)
      : attainmentStep(explaining, figure, {
          place,
          head: { name: figure.id, value: shownValue(read, type) },
        });
  const on =
    line.curve === undefined || read === undefined || isTop(read)
      ? undefined
      : curvePart(run.curves.get(line.curve)!, read as Exact);
  return {
    kind: 'score line',
    name: line.kpi,
    ...titleOf(run, figure),
    ...saidOf(run, line.span),
    value: { value: score === undefined ? null : exactText(score), type: PERCENT },
    how: {
      kind: 'score line',
      weight: line.weight,
      ...(line.curve === undefined ? {} : { curve: line.curve }),
      ...(on ? { on } : {}),
      ...(bound ? { bound } : {}),
      ...(read === undefined && line.missing ? { missing: line.missing.kind } : {}),
      score: score === undefined ? null : exactText(score),
    },
    parts: [reads],
  };
}

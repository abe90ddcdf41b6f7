// Formulas by columns: the steps that work a checked formula out in many cells of one role and period. What columns don't
// know, another way works out cell by cell (`Leaves`), and the formula goes on from its values.

import { exact, whole } from '../base/exact.ts';
import { once, ratePieces, scorePieces } from '../library/pieces.ts';
import { amountsOf } from '../library/rates.ts';
import type { ApplyNode, Expression } from '../model/expression.ts';
import type { Figure, Role, ScoreLine } from '../model/policy.ts';
import type { Cell } from '../model/value.ts';
import { constantIn, type Run } from './cell.ts';
import {
  absoluteColumn,
  addColumns,
  boundColumns,
  divideColumns,
  multiplyColumns,
  negateColumn,
} from './column-arithmetic.ts';
import { roundColumn } from './column-rounding.ts';
import { readColumn } from './column-tables.ts';
import {
  chooseColumns,
  compareColumns,
  compareWords,
  elseColumns,
  existsColumn,
  joinTruths,
  notColumn,
  type Relation,
} from './column-truth.ts';
import {
  type Column,
  constantColumn,
  LEFT,
  marks,
  type NumberColumn,
  needed,
  type TruthColumn,
  type Work,
  wordPlace,
} from './columns.ts';

/** What formulas stand on in the cells. */
export interface Leaves {
  /** Leaves cells to the exact way before any formula is worked out. */
  begin?(work: Work): void;
  /** The values of a part that columns don't work out. */
  column(work: Work, node: Expression): Column;
  /** How much of the period counts, where amounts and targets shrink with it. */
  share(work: Work): NumberColumn;
  /** The target of a KPI in all cells, if it is found otherwise than through `column`. */
  target?(work: Work, figure: Figure, of: (node: Expression) => Column): Column | undefined;
}

/** The formulas of a role while their steps are laid out. */
export interface Formulas {
  readonly run: Run;
  readonly role: Role;
  readonly work: Work;
  readonly leaves: Leaves;
  /** What has been laid out, by what it is. */
  readonly known: Map<unknown, Column>;
  /** In a KPI's own formula of attainment. */
  readonly own?: { readonly actual: Column; readonly target: Column };
  /** Bonuses of the role, before rounding. */
  bonus(name: string): Column | undefined;
}

export function columnOf(formulas: Formulas, node: Expression): Column {
  const { known, work, leaves } = formulas;
  const key = formulas.own ? undefined : keyOf(node);
  const found = (key !== undefined && known.get(key)) || laidOut(formulas, node) || leaves.column(work, node);
  if (key !== undefined) known.set(key, found);
  return found;
}

/** What two nodes that mean the same have in common. */
function keyOf(node: Expression): unknown {
  switch (node.kind) {
    case 'figure':
    case 'attainment':
    case 'target':
      return `${node.kind} ${node.figure}`;
    default:
      return node;
  }
}

export function numberOf(formulas: Formulas, node: Expression): NumberColumn | undefined {
  return asNumber(columnOf(formulas, node));
}

export function truthOf(formulas: Formulas, node: Expression): TruthColumn | undefined {
  const column = columnOf(formulas, node);
  return column.kind === 'truth' ? column : undefined;
}

function asNumber(column: Column | undefined): NumberColumn | undefined {
  return column && column.kind !== 'truth' && column.kind !== 'word' ? column : undefined;
}

function laidOut(formulas: Formulas, node: Expression): Column | undefined {
  const { run, work, own } = formulas;
  switch (node.kind) {
    case 'constant': {
      const value = constantIn(run, node);
      if (typeof value === 'string') {
        const place = new Int32Array(work.undecided.length).fill(wordPlace(work, value));
        return { kind: 'word', place, exactly: () => value };
      }
      if (typeof value === 'boolean')
        return { kind: 'truth', holds: marks().fill(value ? 1 : 0), exactly: () => value };
      return constantColumn(value);
    }
    case 'figure':
      return columnOf(formulas, run.figures.get(node.figure)!.value);
    case 'target':
      return targetColumn(formulas, node.figure);
    case 'attainment':
      return attainmentColumn(formulas, run.figures.get(node.figure)!);
    case 'score':
      return scoreColumn(formulas);
    case 'bonus':
      return formulas.bonus(node.name);
    case 'own':
      return own?.[node.read];
    case 'rates': {
      const read = numberOf(formulas, node.argument);
      if (node.whole || node.after || !read) return undefined;
      const rates = run.rates.get(node.rates)!;
      return readColumn(work, node.read === 'rate' ? reached(rates) : amountsOf(rates), read);
    }
    case 'curve': {
      const read = numberOf(formulas, node.argument);
      return node.whole || !read ? undefined : readColumn(work, scores(run.curves.get(node.curve)!), read);
    }
    case 'apply':
      return applied(formulas, node);
    default:
      return undefined;
  }
}

const reached = once(ratePieces);
const scores = once(scorePieces);

function applied(formulas: Formulas, node: ApplyNode): Column | undefined {
  const { work } = formulas;
  const args = node.args.map((each) => columnOf(formulas, each));
  const [a, b, c] = args;
  const [x, y] = args.map(asNumber);
  switch (node.function) {
    case '+':
      return x && y && addColumns(work, x, y);
    case '-':
      return x && y && addColumns(work, x, negateColumn(work, y));
    case 'minus':
      return x && negateColumn(work, x);
    case 'abs':
      return x && absoluteColumn(work, x);
    case '*':
      return x && y && multiplyColumns(work, x, y);
    case '/':
    case 'average':
      return x && y && divideColumns(work, x, y);
    case 'min':
    case 'max': {
      const kind = node.function;
      const numbers = args.map(asNumber);
      return numbers.reduce((all, each) => all && each && boundColumns(work, kind, [all, each]));
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
      return x && y && compareColumns(work, node.function, [x, y]);
    case 'is':
    case 'is not':
      if (x && y) return compareColumns(work, node.function as Relation, [x, y]);
      return a!.kind === 'word' && b!.kind === 'word'
        ? compareWords(work, node.function, [a!, b!] as never)
        : undefined;
    case 'and':
    case 'or':
      return a!.kind === 'truth' && b!.kind === 'truth'
        ? joinTruths(work, node.function, [a!, b!])
        : undefined;
    case 'not':
      return a!.kind === 'truth' ? notColumn(work, a!) : undefined;
    case 'exists':
      return existsColumn(work, a!);
    case 'else':
      return elseColumns(work, a!, b!);
    case 'choose':
      return a!.kind === 'truth' ? chooseColumns(work, a!, b!, c!) : undefined;
    case 'round':
    case 'round half even':
    case 'round down':
    case 'floor':
    case 'ceil':
      return rounded(formulas, node, x);
    default:
      return undefined;
  }
}

const MODES = {
  round: 'half up',
  'round half even': 'half even',
  'round down': 'down',
  floor: 'floor',
  ceil: 'ceil',
} as const;

function rounded({ run, work }: Formulas, node: ApplyNode, x: NumberColumn | undefined): Column | undefined {
  const step = node.args[1]!;
  if (!x || step.kind !== 'constant') return undefined;
  const value = constantIn(run, step);
  if (typeof value !== 'object') return undefined;
  return roundColumn(work, x, { mode: MODES[node.function as keyof typeof MODES], step: value });
}

function targetColumn(formulas: Formulas, figure: string): Column | undefined {
  const { run, work, leaves } = formulas;
  return leaves.target?.(work, run.figures.get(figure)!, (node) => columnOf(formulas, node));
}

/** Actual against target; cells in which a lower result is better and 0 are left to the exact way. */
function attainmentColumn(formulas: Formulas, figure: Figure): Column | undefined {
  const { run, role, work } = formulas;
  const kpi = run.kpis.get(figure.name)!;
  const lines = [...role.targets, ...run.model.overrides.flatMap(({ targets }) => targets)];
  // a band has two ends
  if (lines.some((each) => each.kpi === kpi.name && each.upTo)) return undefined;
  if (figure.scope.kind !== 'own' && run.model.roles.some(({ targets }) => targets.some((each) => each.upTo)))
    return undefined;
  const at = { span: figure.span, type: figure.type, optional: true, figure: figure.id };
  const actual = asNumber(columnOf(formulas, { ...at, kind: 'figure' }));
  const target = asNumber(columnOf(formulas, { ...at, kind: 'target' }));
  if (!actual || !target) return undefined;
  if (kpi.attainment) {
    // missing where there is no target, or one of 0
    const ratio = divideColumns(work, actual, target);
    const value = columnOf({ ...formulas, own: { actual, target } }, kpi.attainment);
    return chooseColumns(work, existsColumn(work, ratio), value, ratio);
  }
  if (!kpi.lowerIsBetter) return divideColumns(work, actual, target);
  const turned = divideColumns(work, target, actual);
  const none = divideColumns(work, actual, target);
  // a target and nothing to hold against it: no upper end
  const { undecided } = work;
  work.steps.push((count) => {
    for (let at = 0; at < count; at++)
      if (turned.missing?.[at] === 1 && none.missing?.[at] !== 1) undecided[at] = 1;
  });
  const found = chooseColumns(work, existsColumn(work, none), turned, none);
  const exactly = (cell: number): Cell => {
    const value = found?.exactly(cell);
    if (value === undefined && none.exactly(cell) !== undefined) throw LEFT;
    return value;
  };
  return found && { ...found, exactly };
}

/** The weighted score of the role's scorecard. */
function scoreColumn(formulas: Formulas): Column | undefined {
  const { role, work } = formulas;
  const zero = constantColumn(whole(0));
  // what the weights of lines that are missing take from their sum, which is 1
  let spread: NumberColumn | undefined;
  let sum: NumberColumn | undefined;
  const plus = (all: NumberColumn | undefined, part: Column): NumberColumn =>
    all ? addColumns(work, all, part as NumberColumn) : (part as NumberColumn);
  const lines: NumberColumn[] = [];
  for (const line of role.scorecard ?? []) {
    const score = lineScore(formulas, line);
    if (!score) return undefined;
    lines.push(score);
    const weight = constantColumn(exact(line.weight));
    if (line.missing?.kind === 'spreads' && score.missing) {
      const there = existsColumn(work, score);
      spread = plus(spread, chooseColumns(work, there, zero, weight)!);
      const part = multiplyColumns(work, weight, score);
      sum = plus(sum, elseColumns(work, part, zero)!);
      // without enough of the others there is no score: seldom, and left to the exact way
      const { missing } = score;
      const { undecided } = work;
      if (exact(line.missing.atLeast).num !== 0)
        work.steps.push((count) => {
          for (let at = 0; at < count; at++) undecided[at]! |= missing[at]!;
        });
    } else {
      // one that has to be there and isn't stops the run
      needed(work, score);
      sum = plus(sum, multiplyColumns(work, weight, score));
    }
  }
  if (!sum) return undefined;
  const value = spread
    ? divideColumns(work, sum, addColumns(work, constantColumn(whole(1)), negateColumn(work, spread)))
    : sum;
  const exactly = (cell: number): Cell => {
    if (lines.some((each) => each.exactly(cell) === undefined)) throw LEFT;
    return value.exactly(cell);
  };
  return { ...value, exactly };
}

function lineScore(formulas: Formulas, line: ScoreLine): NumberColumn | undefined {
  const { run, work } = formulas;
  const figure = run.figures.get(line.kpi)!;
  const at = { span: line.span, type: figure.type, optional: true, figure: figure.id };
  const read = asNumber(
    columnOf(formulas, { ...at, kind: line.reads === 'value' ? 'figure' : 'attainment' }),
  );
  if (!read) return undefined;
  let score: NumberColumn | undefined =
    line.curve === undefined ? read : readColumn(work, scores(run.curves.get(line.curve)!), read);
  if (score && line.cap !== undefined)
    score = boundColumns(work, 'min', [score, constantColumn(exact(line.cap))]);
  if (score && line.floor !== undefined)
    score = boundColumns(work, 'max', [score, constantColumn(exact(line.floor))]);
  if (score && line.missing?.kind === 'counts')
    score = asNumber(elseColumns(work, score, constantColumn(exact(line.missing.score))));
  return score;
}

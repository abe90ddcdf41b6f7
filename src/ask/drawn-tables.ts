// The tables that a role's pay reads, as lines that can be drawn: between any two of its bounds a table gives a constant
// and a multiple of what it reads, so a line needs its ends alone, and a jump is where one piece doesn't begin as the
// last one ended.

import { type Exact, exact, exactText, isZero } from '../base/exact.ts';
import { walk } from '../library/parts.ts';
import {
  amountPieces,
  type Piece,
  type Pieces,
  type PieceValue,
  ratePieces,
  scorePieces,
} from '../library/pieces.ts';
import { isNumeric } from '../library/types.ts';
import type { CurveNode, Expression, GridNode, RatesNode } from '../model/expression.ts';
import type { GridPart } from '../model/inputs.ts';
import type { Bonus } from '../model/pay.ts';
import type { Model, Role } from '../model/policy.ts';
import type { Grid, GridKey } from '../model/tables.ts';
import type { ValueType } from '../model/value.ts';

/** A table that a bonus or a line of a scorecard reads. Figures are exact text. */
export interface DrawnTable {
  readonly role: string;
  /** The name of the bonus, or the KPI of the line of the scorecard. */
  readonly reader: { readonly kind: 'bonus' | 'score line'; readonly name: string; readonly title?: string };
  readonly table: string;
  /** The event for each of whose rows the bonus is worked out. */
  readonly perEvent?: string;
  /** What is read, as statements name it: `revenue`; of a part of something (`whole`) that too. */
  readonly argument: string;
  readonly whole?: string;
  /** The reading is the line's value times the whole: `ladder(x of y)` is `y * ladder(x / y)`. */
  readonly timesWhole?: true;
  /** The reading itself, as statements name it: `ladder(revenue)`. */
  readonly call: string;
  /** Whether what the table gives is all of the bonus's formula. */
  readonly isAmount: boolean;
  readonly x: ValueType;
  readonly y: ValueType;
  /** One; of a grid one for each combination of the other dimensions' keys. */
  readonly lines: readonly DrawnLine[];
}

export interface DrawnLine {
  /** Of a grid: the keys of the other dimensions. */
  readonly keys?: readonly GridPart[];
  /** In order; the first begins at `from` where the table has nothing below it, else it has no beginning. */
  readonly pieces: readonly DrawnPiece[];
}

/** What a table gives from one bound to the next; absent ends are open, and a piece without a value isn't listed. */
export interface DrawnPiece {
  readonly from?: string;
  readonly includes: boolean;
  readonly until?: string;
  /** `constant + slope * x`; of steps `constant` holds from `origin`, and `step.more` comes with each full `step.per`. */
  readonly constant: string;
  readonly slope: string;
  readonly step?: { readonly origin: string; readonly more: string; readonly per: string };
}

/** All tables of numbers that the bonuses and the scorecard of a role read, in the policy's order. */
export function drawnTables(model: Model, role: Role): readonly DrawnTable[] {
  const ofBonuses = role.bonuses.flatMap((bonus) =>
    readingsOf(bonus.value).flatMap((node) => ofBonus(model, role, { bonus, node })),
  );
  return [...ofBonuses, ...(role.scorecard ?? []).flatMap((line) => ofScoreLine(model, role, line))];
}

type Reading = RatesNode | CurveNode | GridNode;

function readingsOf(formula: Expression): readonly Reading[] {
  const found: Reading[] = [];
  walk(formula, (node) => {
    if (node.kind === 'rates' || node.kind === 'curve' || node.kind === 'grid') found.push(node);
  });
  return found;
}

function ofBonus(
  model: Model,
  role: Role,
  { bonus, node }: { readonly bonus: Bonus; readonly node: Reading },
): readonly DrawnTable[] {
  const drawn = linesOf(model, node);
  if (!drawn || !isNumeric(node.type)) return [];
  const { name, title, perEvent } = bonus;
  const { argument, whole } = drawn;
  return [
    {
      role: role.name,
      reader: { kind: 'bonus', name, ...(title === undefined ? {} : { title }) },
      table: drawn.table,
      ...(perEvent === undefined ? {} : { perEvent }),
      argument: wordsAt(model, argument),
      ...(whole ? { whole: wordsAt(model, whole) } : {}),
      ...(whole && node.kind === 'rates' && node.read === 'amount' ? { timesWhole: true } : {}),
      call: wordsAt(model, node),
      isAmount: node === bonus.value && whole === undefined,
      x: drawn.x,
      y: drawn.y,
      lines: drawn.lines,
    },
  ];
}

function ofScoreLine(
  model: Model,
  role: Role,
  line: NonNullable<Role['scorecard']>[number],
): readonly DrawnTable[] {
  const curve = model.curves.find((each) => each.name === line.curve);
  if (!curve || !isNumeric(curve.output)) return [];
  const title = model.kpis.find((each) => each.name === line.kpi)?.title;
  const read = line.reads === 'value' ? line.kpi : `attainment(${line.kpi})`;
  return [
    {
      role: role.name,
      reader: { kind: 'score line', name: line.kpi, ...(title === undefined ? {} : { title }) },
      table: curve.name,
      argument: read,
      call: `${curve.name}(${read})`,
      isAmount: false,
      x: curve.input,
      y: curve.output,
      lines: [{ pieces: drawnPieces(scorePieces(curve)) }],
    },
  ];
}

/** As statements write a part of a formula. */
function wordsAt({ sources }: Model, { span }: Expression): string {
  const text = sources.find((each) => each.name === span.source)?.text.slice(span.start, span.end) ?? '';
  return text.replace(/\s+/g, ' ').trim();
}

interface Drawn {
  readonly table: string;
  readonly argument: Expression;
  readonly whole?: Expression;
  readonly x: ValueType;
  readonly y: ValueType;
  readonly lines: readonly DrawnLine[];
}

/** Nothing of what isn't a function of one number: `ladder(x, after y)`, a grid of words. */
function linesOf(model: Model, node: Reading): Drawn | undefined {
  switch (node.kind) {
    case 'rates': {
      const rates = model.rates.find((each) => each.name === node.rates);
      if (!rates || node.after) return undefined;
      const pieces = node.read === 'rate' ? ratePieces(rates) : amountPieces(rates);
      const isRatio = node.whole !== undefined && node.read === 'amount';
      return {
        table: rates.name,
        argument: node.argument,
        ...(node.whole ? { whole: node.whole } : {}),
        x: rates.input,
        y: node.read === 'rate' ? rates.rate : isRatio ? rates.input : node.type,
        lines: [{ pieces: drawnPieces(pieces) }],
      };
    }
    case 'curve': {
      const curve = model.curves.find((each) => each.name === node.curve);
      if (!curve || !isNumeric(curve.output)) return undefined;
      return {
        table: curve.name,
        argument: node.argument,
        ...(node.whole ? { whole: node.whole } : {}),
        x: curve.input,
        y: curve.output,
        lines: [{ pieces: drawnPieces(scorePieces(curve)) }],
      };
    }
    case 'grid': {
      const grid = model.grids.find((each) => each.name === node.grid);
      return grid && ofGrid(grid, node);
    }
    default:
      return node satisfies never;
  }
}

// ---- pieces ----------------------------------------------------------------------------------------------------------

function drawnPieces({ below, pieces }: Pieces): readonly DrawnPiece[] {
  const [first] = pieces;
  const beneath = drawnPiece(below, { until: first?.bound });
  return [
    ...beneath,
    ...pieces.flatMap(({ bound, includes, value }: Piece, at) =>
      drawnPiece(value, { from: bound, includes, until: pieces[at + 1]?.bound }),
    ),
  ];
}

interface Ends {
  readonly from?: Exact | undefined;
  readonly includes?: boolean;
  readonly until?: Exact | undefined;
}

function drawnPiece(value: PieceValue, { from, includes = false, until }: Ends): readonly DrawnPiece[] {
  const ends = {
    ...(from ? { from: exactText(from) } : {}),
    includes,
    ...(until ? { until: exactText(until) } : {}),
  };
  switch (value.kind) {
    case 'straight':
      return [{ ...ends, constant: exactText(value.constant), slope: exactText(value.slope) }];
    case 'full': {
      const { base, more, per, origin } = value;
      const step = { origin: exactText(origin), more: exactText(more), per: exactText(per) };
      return [{ ...ends, constant: exactText(base), slope: '0', ...(isZero(per) ? {} : { step }) }];
    }
    case 'word':
    case 'missing':
      return [];
    default:
      return value satisfies never;
  }
}

// ---- grids -----------------------------------------------------------------------------------------------------------

/** A grid along its last dimension of bounds, once for each combination of the others' keys. */
function ofGrid(grid: Grid, node: GridNode): Drawn | undefined {
  const { dimensions, cells, name, output } = grid;
  const along = dimensions.findLastIndex(({ keys }) => keys.every((each) => each.kind === 'bound'));
  const argument = node.args[along];
  if (along < 0 || !argument || !isNumeric(output) || grid.rows) return undefined;
  const others = dimensions.map(({ keys }, index) =>
    index === along ? [undefined] : keys.map((_, at) => at),
  );
  const lines = combinations(others).map((places): DrawnLine => {
    const pieces = dimensions[along]!.keys.map((key, at): Piece => {
      const index = places.reduce<number>(
        (all, place, of) => all * dimensions[of]!.keys.length + (place ?? at),
        0,
      );
      const value: PieceValue = { kind: 'straight', constant: exact(cells[index]!), slope: exact('0') };
      return { ...boundOf(key), value };
    });
    const keys = places.flatMap((place, of) =>
      place === undefined ? [] : [keyPart(dimensions[of]!, place)],
    );
    return {
      keys,
      pieces: drawnPieces({ below: { kind: 'straight', constant: exact('0'), slope: exact('0') }, pieces }),
    };
  });
  const whole = node.ratio?.argument === along ? node.ratio.whole : undefined;
  return { table: name, argument, ...(whole ? { whole } : {}), x: dimensions[along]!.type, y: output, lines };
}

function boundOf(key: GridKey): Pick<Piece, 'bound' | 'includes'> {
  return key.kind === 'bound'
    ? { bound: exact(key.at), includes: key.includes }
    : { bound: exact('0'), includes: true };
}

function keyPart({ name, type, keys }: Grid['dimensions'][number], at: number): GridPart {
  const key = keys[at]!;
  switch (key.kind) {
    case 'bound':
      return { dimension: name, key: { value: key.at, type }, includes: key.includes };
    case 'word':
      return { dimension: name, key: { value: key.word, type } };
    case 'otherwise':
      return { dimension: name, key: 'otherwise' };
    default:
      return key satisfies never;
  }
}

function combinations(
  lists: readonly (readonly (number | undefined)[])[],
): readonly (readonly (number | undefined)[])[] {
  return lists.reduce<readonly (readonly (number | undefined)[])[]>(
    (all, list) => all.flatMap((each) => list.map((one) => [...each, one])),
    [[]],
  );
}

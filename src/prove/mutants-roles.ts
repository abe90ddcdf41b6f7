// Changes of what people are expected to reach and paid for it: the lines of roles, of the policy itself, and targets of one
// person or team.

import type { MutantKind } from '../model/mutation.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astPolicy from '../syntax/ast-policy.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { printExpression } from '../syntax/print-expression.ts';
import type { Noting } from './mutants.ts';
import { leftOut, listPeriod } from './mutants-data.ts';
import { listConstant, listFormula, moved, without } from './mutants-formulas.ts';
import { swapped } from './mutants-tables.ts';

export function listRoles(
  declaration: astPolicy.PolicyDeclaration | astRoles.RoleDeclaration | astRoles.ForDeclaration,
  noting: Noting,
): void {
  switch (declaration.kind) {
    case 'policy':
      if (declaration.rounding) listRounding(declaration.rounding, noting);
      // what it says of closed periods no test can notice: tests close none
      listBounds(declaration, noting);
      return;
    case 'for':
      for (const target of declaration.targets) listTarget(target, noting);
      return;
    case 'role':
      for (const target of declaration.targets) listTarget(target, noting);
      if (declaration.scorecard) listScorecard(declaration.scorecard, noting.of('scorecard'));
      listBounds(declaration, noting);
      for (const bonus of declaration.bonuses) listBonus(bonus, noting.of(`bonus \`${bonus.name.text}\``));
      listTerms(declaration, noting);
      return;
    default:
      declaration satisfies never;
  }
}

const UP = { kind: 'payment', ways: ['up'] } as const;
const CAP = { kind: 'cap', ways: ['up', 'down'] } as const;
const MODES: readonly string[] = ['half up', 'half even', 'down'];

function listRounding(rounding: astPolicy.Rounding, noting: Noting): void {
  const { mode, to } = rounding;
  for (const text of MODES.filter((each) => each !== mode.text))
    noting.put(
      swapped('rounding', rounding, {
        before: mode.text,
        after: text,
        with: { ...rounding, mode: { ...mode, text } },
      }),
    );
  if (to.kind !== 'number') return;
  const digits = to.digits === '1' ? '0.01' : '1';
  noting.put({
    kind: 'rounding',
    before: `to ${to.digits}`,
    after: `to ${digits}`,
    span: to.span,
    changes: new Map([[to, { ...to, digits }]]),
  });
}

type Bounded = Pick<astRoles.RoleDeclaration, 'gates' | 'caps' | 'floors' | 'draws'>;

function listBounds({ gates, caps, floors, draws }: Bounded, noting: Noting): void {
  for (const gate of gates) {
    const own = noting.of('gate');
    whole(own, 'gate', gate, `gate ${printExpression(gate.condition)}`);
    listFormula(own, gate.condition);
    listWhen(own, gate);
  }
  for (const [word, bound] of [
    ...caps.map((each) => ['cap', each] as const),
    ...floors.map((each) => ['floor', each] as const),
  ]) {
    const own = noting.of(word);
    whole(own, 'cap', bound, `${word} ${printExpression(bound.amount)}`);
    listFormula(own, bound.amount, CAP);
    if (bound.per) listPeriod(own, bound, bound.per);
    flag(own, 'cap', { part: bound, name: 'inAll', words: 'in all' });
    if ('carryExcess' in bound && bound.carryExcess)
      flag(own, 'cap', { part: bound, name: 'carryExcess', words: 'carry excess' });
  }
  for (const draw of draws) listDraw(draw, noting.of('draw'));
}

function listDraw(draw: astRoles.Draw, noting: Noting): void {
  whole(noting, 'payment', draw, `draw ${printExpression(draw.amount)}`);
  listFormula(noting, draw.amount, { kind: 'payment', ways: ['up', 'down'] });
  if (draw.per) listPeriod(noting, draw, draw.per);
  flag(noting, 'payment', { part: draw, name: 'recoverable', words: 'recoverable' });
  if (draw.length) listConstant(noting, draw.length, UP);
  if (!draw.recovered) return;
  listConstant(noting, draw.recovered.fromMonth, UP);
  if (draw.recovered.at) listConstant(noting, draw.recovered.at, UP);
}

/** Notes that a line isn't there any more. */
function whole(
  noting: Noting,
  kind: MutantKind,
  line: { readonly span: ast.Expression['span'] },
  words: string,
): void {
  noting.put({ kind, before: words, after: '', span: line.span, changes: new Map([[line, undefined]]) });
}

/** Notes that a line loses its condition, and the changes of the condition. */
function listWhen<T extends { readonly when?: ast.Expression }>(noting: Noting, line: T): void {
  if (!line.when) return;
  noting.put({ ...leftOut('condition', line.when), changes: new Map([[line, without(line, 'when')]]) });
  listFormula(noting, line.when);
}

interface Flag<T> {
  readonly part: T;
  readonly name: keyof T;
  readonly words: string;
}

/** Notes that words that stand in a line are left out, or the other way round. */
function flag<T extends { readonly span: ast.Expression['span'] }>(
  noting: Noting,
  kind: MutantKind,
  { part, name, words }: Flag<T>,
): void {
  const said = part[name] === true;
  const [before, after] = said ? [words, ''] : ['', words];
  noting.put(swapped(kind, part, { before, after, with: { ...part, [name]: !said } }));
}

function listTarget(target: astRoles.Target, noting: Noting): void {
  const { kpi, value, upTo, spread, fromTable } = target;
  const own = noting.of(`target \`${kpi.text}\``);
  whole(own, 'target', target, `target ${kpi.text} ${fromTable ? 'from ' : ''}${printExpression(value)}`);
  if (!fromTable) listFormula(own, value, { kind: 'target', ways: ['up', 'down'] });
  if (upTo) listFormula(own, upTo, { kind: 'target', ways: ['up', 'down'] });
  listWhen(own, target);
  if (target.addsUp) flag(own, 'target', { part: target, name: 'addsUp', words: 'adds up' });
  if (target.per) listPeriod(own, target, target.per);
  if (spread && spread.parts !== 'evenly') listPairs(own, 'target', spread.parts);
}

/** Notes that of neighbours one gets more and the other less, so that they come to the same. */
function listPairs(noting: Noting, kind: MutantKind, parts: readonly ast.Expression[]): void {
  for (const [index, part] of parts.entries()) {
    const next = parts[(index + 1) % parts.length]!;
    const [more, less] = [moved(part, 'up'), moved(next, 'down')];
    if (next === part || !more || !less) continue;
    noting.put({
      kind,
      before: `${printExpression(part)} and ${printExpression(next)}`,
      after: `${printExpression(more)} and ${printExpression(less)}`,
      span: part.span,
      changes: new Map([
        [part, more],
        [next, less],
      ]),
    });
  }
}

function listScorecard({ lines }: astRoles.Scorecard, noting: Noting): void {
  listPairs(
    noting,
    'weight',
    lines.map((each) => each.weight),
  );
  for (const line of lines) {
    const own = noting.of(`\`${line.kpi.text}\``);
    if (line.curve) {
      flag(own, 'table', { part: line, name: 'ofValue', words: 'of value' });
      const before = `on ${line.curve.text}`;
      own.put(swapped('table', line, { before, after: '', with: without(line, 'curve') }));
    }
    for (const word of ['cap', 'floor'] as const) {
      const bound = line[word];
      if (!bound) continue;
      const before = `${word} ${printExpression(bound)}`;
      own.put(swapped('cap', line, { before, after: '', with: without(line, word) }));
      listConstant(own, bound, CAP);
    }
    const { missing } = line;
    if (missing?.kind === 'counts')
      listConstant(own, missing.score, { kind: 'missing', ways: ['up', 'to 0'] });
    if (missing?.kind === 'spreads' && missing.atLeast)
      listConstant(own, missing.atLeast, { kind: 'missing', ways: ['up', 'down', 'to 0'] });
    if (missing?.kind === 'spreads') {
      const score: ast.PercentLiteral = { kind: 'percent', digits: '0', span: missing.span };
      const other = { ...line, missing: { kind: 'counts' as const, score, span: missing.span } };
      own.put(
        swapped('missing', line, {
          before: 'missing spreads its weight',
          after: 'missing counts 0%',
          with: other,
        }),
      );
    }
  }
}

function listBonus(bonus: astRoles.Bonus, noting: Noting): void {
  const { value, cap, floor, first, parts, later, holds, payableAs } = bonus;
  if (bonus.gated) flag(noting, 'gate', { part: bonus, name: 'gated', words: 'gated' });
  if (bonus.prorated !== undefined) {
    const words = (prorated: boolean): string => (prorated ? 'prorated' : 'not prorated');
    const other = { ...bonus, prorated: !bonus.prorated };
    noting.put(
      swapped('days', bonus, { before: words(bonus.prorated), after: words(!bonus.prorated), with: other }),
    );
  }
  if (bonus.per) listPeriod(noting, bonus, bonus.per);
  listFormula(noting, value);
  listWhen(noting, bonus);
  for (const [word, bound] of [['cap', cap] as const, ['floor', floor] as const]) {
    if (!bound) continue;
    const before = `${word} ${printExpression(bound)}`;
    noting.put(swapped('cap', bonus, { before, after: '', with: without(bonus, word) }));
    listFormula(noting, bound, CAP);
  }
  if (first) {
    listConstant(noting, first, { kind: 'payment', ways: ['up', 'down'] });
    const before = `first ${printExpression(first)}`;
    noting.put(swapped('payment', bonus, { before, after: '', with: without(bonus, 'first') }));
  }
  if (parts) listConstant(noting, parts.count, UP);
  if (later) listConstant(noting, later, UP);
  if (holds) {
    listConstant(noting, holds.share, UP);
    listConstant(noting, holds.length, UP);
    noting.put(swapped('payment', bonus, { before: 'holds', after: '', with: without(bonus, 'holds') }));
  }
  if (payableAs) {
    listFormula(noting, payableAs.value);
    listFormula(noting, payableAs.of);
  }
  if (bonus.whileEmployed)
    flag(noting, 'payment', { part: bonus, name: 'whileEmployed', words: 'while employed' });
  if (bonus.forfeited)
    flag(noting, 'payment', { part: bonus, name: 'forfeited', words: 'forfeited on leaving' });
}

function listTerms(role: astRoles.RoleDeclaration, noting: Noting): void {
  const { ramp, prorate } = role;
  if (ramp) {
    const before = `ramp ${ramp.steps.map(printExpression).join(', ')}`;
    noting.put({ kind: 'days', before, after: '', span: ramp.span, changes: new Map([[ramp, undefined]]) });
    for (const step of ramp.steps)
      listConstant(noting.of('ramp'), step, { kind: 'days', ways: ['up', 'down'] });
  }
  if (!prorate) return;
  for (const text of ['calendar days', 'months', 'none'].filter((each) => each !== prorate.text))
    noting.put({
      kind: 'days',
      before: `prorate by ${prorate.text}`,
      after: text === 'none' ? 'prorate none' : `prorate by ${text}`,
      span: prorate.span,
      changes: new Map([[prorate, { ...prorate, text }]]),
    });
}

// Changes of what people win or share: who an award is for, how many win it, and what it gives.

import type * as ast from '../syntax/ast.ts';
import type * as astAwards from '../syntax/ast-awards.ts';
import type { Noting } from './mutants.ts';
import { leftOut, listPeriod } from './mutants-data.ts';
import { listConstant, listFormula, without } from './mutants-formulas.ts';
import { swapped } from './mutants-tables.ts';

const AWARD = { kind: 'award', ways: ['up', 'down'] } as const;

export function listAwards(
  declaration: astAwards.AwardDeclaration | astAwards.LevelDeclaration | astAwards.PoolDeclaration,
  noting: Noting,
): void {
  listRecipients(declaration.to, noting);
  switch (declaration.kind) {
    case 'award':
      listWhen(declaration, noting);
      for (const prize of declaration.gives) {
        listFormula(noting, prize.value, { kind: 'award', ways: ['up', 'to 0'] });
        listWhen(prize, noting);
      }
      return;
    case 'level':
      listFormula(noting, declaration.when);
      return;
    case 'pool':
      listWhen(declaration, noting);
      listFormula(noting, declaration.value);
      if (declaration.per) listPeriod(noting, declaration, declaration.per);
      if (declaration.sharedBy !== 'equally') listFormula(noting, declaration.sharedBy);
      return;
    default:
      declaration satisfies never;
  }
}

function listWhen<T extends { readonly when?: ast.Expression }>(line: T, noting: Noting): void {
  if (!line.when) return;
  noting.put({ ...leftOut('condition', line.when), changes: new Map([[line, without(line, 'when')]]) });
  listFormula(noting, line.when, { kind: 'award', ways: ['up', 'down'] });
}

function listRecipients(to: astAwards.Recipients, noting: Noting): void {
  const { only, top, splitAmongTies } = to;
  const [before, after] = only ? ['only', ''] : ['', 'only'];
  noting.put(swapped('award', to, { before, after, with: { ...to, only: !only } }));
  const ties = splitAmongTies ? ['split among ties', ''] : ['', 'split among ties'];
  noting.put(
    swapped('award', to, {
      before: ties[0]!,
      after: ties[1]!,
      with: { ...to, splitAmongTies: !splitAmongTies },
    }),
  );
  if (!top) return;
  listConstant(noting, top.count, AWARD);
  listFormula(noting, top.by);
  const zero = top.withZero ? ['with zero', ''] : ['', 'with zero'];
  noting.put(
    swapped('award', to, {
      before: zero[0]!,
      after: zero[1]!,
      with: { ...to, top: { ...top, withZero: !top.withZero } },
    }),
  );
  if (top.thenBy) {
    listFormula(noting, top.thenBy);
    noting.put(
      swapped('award', to, { before: 'then by', after: '', with: { ...to, top: without(top, 'thenBy') } }),
    );
  }
}

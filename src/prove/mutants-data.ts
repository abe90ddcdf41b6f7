// Changes of what is read and measured: fallbacks of fields, computed fields, credit, KPIs and `let`s.

import type * as ast from '../syntax/ast.ts';
import type * as astData from '../syntax/ast-data.ts';
import type * as astMeasures from '../syntax/ast-measures.ts';
import { printExpression } from '../syntax/print-expression.ts';
import type { Noting } from './mutants.ts';
import { LONGER, listConstant, listFormula, moved, without } from './mutants-formulas.ts';
import { swapped } from './mutants-tables.ts';

type Declaration =
  | astData.PersonDeclaration
  | astData.EventDeclaration
  | astData.TableDeclaration
  | astData.CreditDeclaration
  | astMeasures.KpiDeclaration
  | astMeasures.LetDeclaration;

export function listData(declaration: Declaration, noting: Noting): void {
  switch (declaration.kind) {
    case 'person':
    case 'table':
      listFields(declaration.fields, noting);
      return;
    case 'event':
      listFields(declaration.fields, noting);
      for (const { name, value } of declaration.computed)
        listFormula(noting.of(`field \`${name.text}\``), value);
      return;
    case 'credit':
      listCredit(declaration.lines, noting);
      return;
    case 'kpi':
      listKpi(declaration, noting);
      return;
    case 'let':
      if (declaration.per) listPeriod(noting, declaration, declaration.per);
      listFormula(noting, declaration.value);
      return;
    default:
      declaration satisfies never;
  }
}

function listFields(fields: readonly astData.Field[], noting: Noting): void {
  for (const { name, fallback } of fields)
    if (fallback)
      listConstant(noting.of(`field \`${name.text}\``), fallback, { kind: 'else', ways: ['up', 'down'] });
}

/** Notes a line that is worked out over another length of time. */
export function listPeriod<T extends { readonly span: ast.Expression['span'] }>(
  noting: Noting,
  part: T,
  per: ast.GrainName,
): void {
  const text = LONGER[per.text];
  if (text === undefined) return;
  const other = { ...part, per: { ...per, text } };
  noting.put(swapped('period', part, { before: `per ${per.text}`, after: `per ${text}`, with: other }));
}

function listKpi(kpi: astMeasures.KpiDeclaration, noting: Noting): void {
  const { lowerIsBetter, value, attainment, status } = kpi;
  const words = ['lower is better', ''] as const;
  const [before, after] = lowerIsBetter ? words : ['', 'lower is better'];
  noting.put(swapped('direction', kpi, { before, after, with: { ...kpi, lowerIsBetter: !lowerIsBetter } }));
  listFormula(noting, value);
  if (attainment) listFormula(noting.of('attainment'), attainment);
  if (!status) return;
  listConstant(noting.of('green'), status.green, { kind: 'bound', ways: ['up', 'down'] });
  listConstant(noting.of('amber'), status.amber, { kind: 'bound', ways: ['up', 'down'] });
}

function listCredit(lines: readonly astData.CreditLine[], noting: Noting): void {
  const ordinary = lines.filter((each) => !each.extra);
  for (const [index, line] of ordinary.entries()) {
    const next = ordinary[index + 1];
    if (!next) break;
    const [a, b] = [shareText(line), shareText(next)];
    if (a !== b)
      noting.put({
        kind: 'credit',
        before: `${a}, ${b}`,
        after: `${b}, ${a}`,
        span: line.span,
        changes: new Map<object, object>([
          [line, { ...line, share: next.share }],
          [next, { ...next, share: line.share }],
        ]),
      });
    if (line.share === 'rest' || next.share === 'rest') continue;
    const [more, less] = [moved(line.share, 'up'), moved(next.share, 'down')];
    if (!more || !less) continue;
    noting.put({
      kind: 'credit',
      before: `${a}, ${b}`,
      after: `${printExpression(more)}, ${printExpression(less)}`,
      span: line.span,
      changes: new Map<object, object>([
        [line.share, more],
        [next.share, less],
      ]),
    });
  }
  for (const line of lines) listCreditLine(line, noting.of(`to \`${printExpression(line.to)}\``));
}

function listCreditLine(line: astData.CreditLine, noting: Noting): void {
  const { share, when, otherwise, role, extra, also, inEveryRole } = line;
  if (share !== 'rest') listConstant(noting, share, { kind: 'credit', ways: ['up', 'down'] });
  if (when) {
    noting.put({ ...leftOut('credit', when), changes: new Map([[line, without(line, 'when')]]) });
    listFormula(noting, when);
  }
  if (otherwise)
    noting.put({ ...leftOut('credit', otherwise), changes: new Map([[line, without(line, 'otherwise')]]) });
  if (role)
    noting.put(
      swapped('credit', line, { before: `in role ${role.text}`, after: '', with: without(line, 'role') }),
    );
  if (inEveryRole)
    noting.put(
      swapped('credit', line, { before: 'in every role', after: '', with: { ...line, inEveryRole: false } }),
    );
  if (extra) {
    const [before, after] = also ? ['extra also', 'extra'] : ['extra', 'extra also'];
    noting.put(swapped('credit', line, { before, after, with: { ...line, also: !also } }));
    noting.put({
      kind: 'credit',
      before: `to ${printExpression(line.to)} ${shareText(line)} ${before}`,
      after: '',
      span: line.span,
      changes: new Map([[line, undefined]]),
    });
  }
}

function shareText({ share }: astData.CreditLine): string {
  return share === 'rest' ? share : printExpression(share);
}

/** A condition, or what stands for what is missing, that isn't there any more. */
export function leftOut(kind: 'credit' | 'condition', part: ast.Expression) {
  return {
    kind,
    before: `${kind === 'condition' ? 'when ' : ''}${printExpression(part)}`,
    after: '',
    span: part.span,
  };
}

// A scorecard: weights that come to exactly 100%, what each line reads, and what it counts when that is missing.

import { absolute, add, equals, exact, exactText, ONE, sign, subtract, ZERO } from '../base/exact.ts';
import { comparable, isPlain, PERCENT, typeInWords } from '../library/types.ts';
import type { ScoreLine } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import { constantText } from './constants.ts';
import { type Checking, textOf } from './context.ts';
import * as messages from './messages.ts';
import { percentText, type RoleLines } from './roles.ts';

export function checkScorecard(
  checking: Checking,
  scorecard: ast.Scorecard,
  targetOptional: (kpi: string) => boolean,
  role: RoleLines,
): { readonly lines: readonly ScoreLine[]; readonly optional: boolean } {
  const seen = new Map<string, ast.ScoreLine>();
  const lines = scorecard.lines.flatMap((line) => {
    const first = seen.get(line.kpi.text);
    if (first)
      checking.diagnostics.push(messages.duplicateName(line.kpi.span, line.kpi.text, first.kpi.span));
    seen.set(line.kpi.text, line);
    return scoreLine(checking, line, targetOptional, role);
  });
  if (lines.length === scorecard.lines.length) {
    const total = lines.reduce((sum, line) => add(sum, exact(line.weight)), ZERO);
    if (!equals(total, ONE)) {
      const off = subtract(total, ONE);
      checking.diagnostics.push(
        messages.weightsDontAddUp(
          scorecard.span,
          percentText(exactText(total)),
          percentText(exactText(absolute(off))),
          sign(off) > 0,
        ),
      );
    }
  }
  return { lines, optional: lines.some((line) => line.missing?.kind === 'spreads') };
}

function scoreLine(
  checking: Checking,
  line: ast.ScoreLine,
  targetOptional: (kpi: string) => boolean,
  role: RoleLines,
): readonly ScoreLine[] {
  const kpi = checking.kpis.get(line.kpi.text);
  if (!kpi) {
    if (!checking.declared.kpis.has(line.kpi.text))
      checking.diagnostics.push(
        messages.unknownName(line.kpi.span, 'KPI', line.kpi.text, [...checking.declared.kpis.keys()]),
      );
    return [];
  }
  const share = (node: ast.Expression | undefined, what: string): string | undefined => {
    const constant = node && constantText(checking, node, what);
    if (!constant) return undefined;
    if (isPlain(constant.type)) return constant.text;
    checking.diagnostics.push(messages.wrongType(node.span, 'a percent', typeInWords(constant.type)));
    return undefined;
  };
  const weight = share(line.weight, 'a weight');
  if (weight !== undefined && sign(exact(weight)) <= 0)
    checking.diagnostics.push(messages.notPositive(line.weight.span, 'a weight'));
  const curve = line.curve && readCurve(checking, line, line.curve, line.ofValue ? kpi.type : PERCENT);
  if (line.curve && !curve) return [];
  if (!line.ofValue && !role.targets.some((target) => target.kpi === kpi.name)) {
    checking.diagnostics.push(
      messages.mayBeMissing(
        line.kpi.span,
        `the attainment of \`${kpi.name}\``,
        'there is no target',
        `add \`target ${kpi.name} …\` to role \`${role.declaration.name.text}\` or one that it extends`,
      ),
    );
    return [];
  }
  const optional = kpi.optional || (!line.ofValue && targetOptional(kpi.name)) || (curve?.optional ?? false);
  if (optional && !line.missing) {
    checking.diagnostics.push(
      messages.mayBeMissing(
        line.span,
        `the score of \`${kpi.name}\``,
        kpi.optional ? `\`${kpi.name}\` can be missing` : 'its target can be missing',
        `say what counts then: \`${textOf(checking, line.span)} missing counts 0%\``,
      ),
    );
  }
  if (kpi.lowerIsBetter && !line.ofValue && !line.curve && !line.cap)
    checking.diagnostics.push(messages.noUpperEnd(line.span, kpi.name, textOf(checking, line.span)));
  const cap = share(line.cap, 'a cap');
  const floor = share(line.floor, 'a floor');
  const missing = missingRule(line, share);
  return weight === undefined
    ? []
    : [
        {
          kpi: kpi.name,
          weight,
          ...(line.curve ? { curve: line.curve.text } : {}),
          reads: line.ofValue ? 'value' : 'attainment',
          ...(cap === undefined ? {} : { cap }),
          ...(floor === undefined ? {} : { floor }),
          ...(missing ? { missing } : {}),
          span: line.span,
        },
      ];
}

function missingRule(
  line: ast.ScoreLine,
  share: (node: ast.Expression | undefined, what: string) => string | undefined,
): ScoreLine['missing'] | undefined {
  if (!line.missing) return undefined;
  if (line.missing.kind === 'counts') {
    const score = share(line.missing.score, 'a score');
    return score === undefined ? undefined : { kind: 'counts', score };
  }
  return { kind: 'spreads', atLeast: share(line.missing.atLeast, 'a share of the weights') ?? '0' };
}

function readCurve(checking: Checking, line: ast.ScoreLine, name: ast.Name, reads: ValueType) {
  const type = checking.payouts.get(name.text);
  if (!checking.declared.curves.has(name.text)) {
    checking.diagnostics.push(
      messages.unknownName(name.span, 'curve', name.text, [...checking.declared.curves.keys()]),
    );
    return undefined;
  }
  if (!type || type.input.kind === 'error' || reads.kind === 'error') return undefined;
  if (!comparable(type.input, reads)) {
    checking.diagnostics.push(
      messages.wrongType(
        name.span,
        `a curve over ${typeInWords(reads)}`,
        `one over ${typeInWords(type.input)}`,
        [],
        line.ofValue
          ? undefined
          : `\`on ${name.text} of value\` reads the KPI itself instead of its attainment`,
      ),
    );
    return undefined;
  }
  if (!isPlain(type.output)) {
    checking.diagnostics.push(
      messages.wrongType(
        name.span,
        'a curve that gives percents',
        `one that gives ${typeInWords(type.output)}`,
      ),
    );
    return undefined;
  }
  return type;
}

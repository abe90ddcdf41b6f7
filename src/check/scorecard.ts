// A scorecard: weights that come to exactly 100%, what each line reads, and what it counts when that is missing.

import { absolute, add, equals, exact, ONE, sign, subtract, ZERO } from '../base/exact.ts';
import { percentNotation } from '../base/notation.ts';
import { type Grain, grainText } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { comparable, isPlain, PERCENT, typeInWords } from '../library/types.ts';
import type { ScoreLine } from '../model/policy.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astRoles from '../syntax/ast-roles.ts';
import { constantText } from './constants.ts';
import { type Checking, OWN, THIS_PERIOD, textOf } from './context.ts';
import { figureOf } from './figures.ts';
import { means } from './meanings.ts';
import * as messages from './messages.ts';
import * as seldom from './seldom-messages.ts';
import { checkTargetGrain, type RoleLines, targetOptional } from './targets.ts';
import { checkBothEnds } from './terms.ts';

export function checkScorecard(
  checking: Checking,
  scorecard: astRoles.Scorecard,
  role: RoleLines,
): readonly ScoreLine[] {
  const seen = new Map<string, astRoles.ScoreLine>();
  const lines = scorecard.lines.flatMap((line) => {
    const first = seen.get(line.kpi.text);
    if (first)
      checking.diagnostics.push(messages.duplicateName(line.kpi.span, line.kpi.text, first.kpi.span));
    seen.set(line.kpi.text, line);
    return scoreLine(checking, line, role);
  });
  if (lines.length === scorecard.lines.length) {
    const total = lines.reduce((sum, line) => add(sum, exact(line.weight)), ZERO);
    if (!equals(total, ONE)) {
      const off = subtract(total, ONE);
      checking.diagnostics.push(
        seldom.weightsDontAddUp(
          scorecard.span,
          percentNotation(total),
          percentNotation(absolute(off)),
          sign(off) > 0,
        ),
      );
    }
  }
  return lines;
}

/** Checks a scorecard over another grain than the policy's, where its targets may say less. */
export function checkScoreGrain(checking: Checking, role: RoleLines, grain: Grain, use: Span): void {
  if (grain === checking.grain) return;
  for (const line of role.scorecard?.lines ?? []) {
    const kpi = line.kpi.text;
    if (line.ofValue || !checking.kpis.has(kpi) || checkTargetGrain(checking, role, kpi, grain, line.span))
      continue;
    const optional = (over: Grain): boolean =>
      targetOptional(checking, role, kpi, { grain: over, reads: 'attainment' });
    if (line.missing || !optional(grain) || optional(checking.grain)) continue;
    checking.diagnostics.push(
      seldom.scoreMayBeMissing(line.span, kpi, `its target over a ${grainText(grain)} can be missing`, {
        shown: textOf(checking, line.span),
        related: [{ span: use, message: `the score over a ${grainText(grain)} is read here` }],
      }),
    );
  }
}

function scoreLine(checking: Checking, line: astRoles.ScoreLine, role: RoleLines): readonly ScoreLine[] {
  const kpi = checking.kpis.get(line.kpi.text);
  if (checking.declared.kpis.has(line.kpi.text)) means(checking, line.kpi, { kind: 'kpi' });
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
  const hasTarget =
    role.torn ||
    role.lost ||
    role.unclear.has(kpi.name) ||
    role.targets.some((target) => target.kpi === kpi.name);
  if (!line.ofValue && !hasTarget) {
    checking.diagnostics.push(
      messages.mayBeMissing(line.kpi.span, `the attainment of \`${kpi.name}\``, 'there is no target', {
        text: `add \`target ${kpi.name} …\` to role \`${role.declaration.name.text}\` or one that it extends`,
        yaml: `add \`targets: { ${kpi.name}: … }\` to role \`${role.declaration.name.text}\` or one that it extends`,
      }),
    );
    return [];
  }
  const own = figureOf(checking, kpi.name, OWN, THIS_PERIOD, { span: line.kpi.span, name: kpi.name });
  if (!own) return [];
  const noTarget =
    !line.ofValue && targetOptional(checking, role, kpi.name, { grain: checking.grain, reads: 'attainment' });
  const why = own.optional
    ? `\`${kpi.name}\` can be missing`
    : !line.ofValue && kpi.attainment?.optional
      ? 'its attainment can be missing'
      : noTarget
        ? 'its target can be missing, or zero'
        : curve?.optional
          ? `\`${line.curve!.text}\` says nothing outside its points`
          : undefined;
  if (why !== undefined && !line.missing)
    checking.diagnostics.push(
      seldom.scoreMayBeMissing(line.span, kpi.name, why, { shown: textOf(checking, line.span) }),
    );
  if (line.ofValue && !line.curve && !isPlain(kpi.type)) {
    checking.diagnostics.push(
      messages.wrongType(
        line.kpi.span,
        'a percent',
        typeInWords(kpi.type),
        [],
        'a score is a percent: read the value by a curve, or its attainment without `of value`',
      ),
    );
    return [];
  }
  const ownAttainment = checking.declared.kpis.get(kpi.name)?.attainment;
  if (kpi.lowerIsBetter && !ownAttainment && !line.ofValue && !line.cap && !levelAtTop(checking, line))
    checking.diagnostics.push(
      messages.noUpperEnd(line.span, kpi.name, {
        shown: textOf(checking, line.span),
        curve: line.curve?.text,
      }),
    );
  const cap = share(line.cap, 'a cap');
  const floor = share(line.floor, 'a floor');
  if (cap !== undefined && floor !== undefined)
    checkBothEnds(checking, exact(floor), exact(cap), { floor: line.floor!, cap: line.cap! });
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
  line: astRoles.ScoreLine,
  share: (node: ast.Expression | undefined, what: string) => string | undefined,
): ScoreLine['missing'] | undefined {
  if (!line.missing) return undefined;
  if (line.missing.kind === 'counts') {
    const score = share(line.missing.score, 'a score');
    return score === undefined ? undefined : { kind: 'counts', score };
  }
  return { kind: 'spreads', atLeast: share(line.missing.atLeast, 'a share of the weights') ?? '0' };
}

/** Whether a line reads a curve that ends, so that it has a score for a result of 0 where lower is better. */
function levelAtTop({ declared }: Checking, { curve }: astRoles.ScoreLine): boolean {
  const above = curve && declared.curves.get(curve.text)?.above;
  return curve !== undefined && !(above && 'more' in above);
}

function isCount(checking: Checking, line: astRoles.ScoreLine): boolean {
  return checking.kpis.get(line.kpi.text)?.adding !== 'ratio';
}

function readCurve(checking: Checking, line: astRoles.ScoreLine, name: ast.Name, reads: ValueType) {
  const type = checking.payouts.get(name.text);
  if (!checking.declared.curves.has(name.text)) {
    checking.diagnostics.push(
      messages.unknownName(name.span, 'curve', name.text, [...checking.declared.curves.keys()]),
    );
    return undefined;
  }
  means(checking, name, { kind: 'curve' });
  if (!type || type.input.kind === 'error' || reads.kind === 'error') return undefined;
  const counted =
    line.ofValue && reads.kind === 'number' && type.input.kind === 'percent' && isCount(checking, line);
  if (counted || !comparable(type.input, reads)) {
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

// Curves: points in order, jumps, what lies below and above, one type for all bounds and one for all scores.

import { compare, exact, sign } from '../base/exact.ts';
import type { Curve } from '../model/tables.ts';
import type * as astMeasures from '../syntax/ast-measures.ts';
import { type Checking, ERROR, textOf } from './context.ts';
import * as messages from './messages.ts';
import { listOf, OneType, wordIn } from './one-type.ts';
import * as rules from './rule-messages.ts';

type Point = Curve['points'][number];

/** The curve as the Model has it; `undefined` when it has no point that could be read (which has been reported). */
export function curveModel(checking: Checking, declaration: astMeasures.CurveDeclaration): Curve | undefined {
  const { name, mode } = declaration;
  const before = checking.diagnostics.length;
  const inputs = new OneType(checking, 'a point of a curve');
  const outputs = new OneType(checking, 'a score');
  outputs.type = wordsGiven(checking, declaration);
  const points = declaration.points.flatMap((point): readonly Point[] => {
    const at = inputs.read(point.at);
    const score = outputs.read(point.score);
    if (at === undefined || score === undefined) return [];
    return [{ at, score, ...(point.upTo ? { upTo: true } : {}), span: point.span }];
  });
  inOrder(checking, declaration, points);
  if (declaration.below?.bound) {
    const bound = inputs.read(declaration.below.bound);
    const first = points[0];
    if (bound !== undefined && first && compare(exact(bound), exact(first.at)) !== 0)
      checking.diagnostics.push(messages.belowWrongBound(declaration.below.bound.span, first.span));
  }
  const below = declaration.below && outputs.read(declaration.below.score);
  const end = declaration.above;
  const above = end && 'score' in end ? outputs.read(end.score) : undefined;
  const slope = end && 'more' in end ? slopeOf(checking, end, { inputs, outputs }) : undefined;
  if (declaration.points.length === 0)
    checking.diagnostics.push(
      messages.missingPart(name.span, `curve \`${name.text}\``, 'points', '100%: 100%'),
    );
  if (points.length === 0) return undefined;
  // what couldn't be read may have been what is asked for
  const whole = checking.diagnostics.length === before;
  const optional = whole && (below === undefined || (end === undefined && mode === 'linear'));
  const model: Curve = {
    name: name.text,
    ...(declaration.doc === undefined ? {} : { doc: declaration.doc }),
    mode,
    input: inputs.type ?? ERROR,
    output: outputs.type ?? ERROR,
    points,
    ...(below === undefined ? {} : { below }),
    ...(above === undefined ? {} : { above }),
    ...(slope === undefined ? {} : { slope }),
    span: name.span,
  };
  checking.payouts.set(model.name, { input: model.input, output: model.output, optional });
  return model;
}

/** The list of words that a curve in steps gives; `undefined` for numbers. */
function wordsGiven(checking: Checking, { mode, name, points, below, above }: astMeasures.CurveDeclaration) {
  const scores = [
    ...(below ? [below.score] : []),
    ...points.map((each) => each.score),
    ...(above && 'score' in above ? [above.score] : []),
  ];
  const words = scores.map(wordIn);
  const first = words.findIndex((each) => each !== undefined);
  if (first < 0 || words.includes(undefined)) return undefined;
  if (mode === 'linear')
    checking.diagnostics.push(
      messages.wrongType(
        scores[first]!.span,
        'a number, a percent, an amount or a duration',
        `\`${words[first]}\``,
        [],
        {
          text: `only a curve in steps gives words: \`curve ${name.text} steps\``,
          yaml: 'only a curve in steps gives words: `kind: steps`',
        },
      ),
    );
  return listOf(checking, words as readonly string[]);
}

/** Points ascend; two may stand at one bound where the first is the value just below it. */
function inOrder(
  checking: Checking,
  declaration: astMeasures.CurveDeclaration,
  points: readonly Point[],
): void {
  points.forEach((point, index) => {
    const before = points[index - 1];
    const order = before ? compare(exact(before.at), exact(point.at)) : -1;
    const jumps = before?.upTo === true && !point.upTo;
    if (order > 0 || (order === 0 && !jumps))
      checking.diagnostics.push(messages.pointsOutOfOrder(point.span, before!.span));
  });
  for (const [index, point] of declaration.points.entries()) {
    if (!point.upTo) continue;
    if (index === 0) {
      checking.diagnostics.push(
        messages.notHere(
          point.span,
          '`up to`',
          'what lies below the first point is what `below …: …` says: leave it out',
        ),
      );
      continue;
    }
    if (declaration.mode === 'steps') {
      checking.diagnostics.push(
        messages.notHere(
          point.span,
          '`up to`',
          'in steps the value below a point is that of the one before: leave it out',
        ),
      );
      continue;
    }
    const [at, next] = [points[index]?.at, points[index + 1]];
    if (at === undefined || points.length !== declaration.points.length) continue;
    if (!next || compare(exact(next.at), exact(at)) !== 0)
      checking.diagnostics.push(rules.jumpWithoutPoint(point.span, textOf(checking, point.at.span)));
  }
}

/** `1% more per full 1%`. */
function slopeOf(
  checking: Checking,
  {
    more,
    per,
    full,
    span,
  }: Exclude<NonNullable<astMeasures.CurveDeclaration['above']>, { readonly score: unknown }>,
  { inputs, outputs }: { readonly inputs: OneType; readonly outputs: OneType },
): Curve['slope'] {
  if (outputs.type?.kind === 'enumeration') {
    checking.diagnostics.push(
      messages.notHere(span, '`more per`', 'words have no sums: say the word, such as `above: gold`'),
    );
    return undefined;
  }
  const texts = { more: outputs.read(more), per: inputs.read(per) };
  if (texts.more === undefined || texts.per === undefined) return undefined;
  if (sign(exact(texts.per)) > 0) return { more: texts.more, per: texts.per, full };
  checking.diagnostics.push(messages.notPositive(per.span, 'what each step is for'));
  return undefined;
}

// What is measured, as sketches: measures, figures, targets, attainments and scores.

import { boundsOf, measureBounds } from '../analyse/bounds.ts';
import { figureCalled, measureCalled } from '../analyse/formulas.ts';
import { ANY, type Interval } from '../analyse/interval.ts';
import { wordsAt } from '../analyse/reading.ts';
import { exact } from '../base/exact.ts';
import { type Grain, grainText } from '../base/period.ts';
import { keyOf } from '../check/known.ts';
import { scorePieces } from '../library/pieces.ts';
import type { Expression, MeasureNode } from '../model/expression.ts';
import type { Figure, Model, ScoreLine } from '../model/policy.ts';
import { intersection } from './limits.ts';
import { readsOf } from './reads.ts';
import { choiceOf, constantSketch, either, type Fact, NOTHING_READ, type Sketch, sumOf } from './sketch.ts';
import { isNothing } from './sketch-facts.ts';
import { timesConstant } from './sketch-functions.ts';
import { throughTable } from './sketch-tables.ts';
import { PRESENT, type Sketcher, type Standing, there, type Valued } from './sketcher.ts';

/** A measure: an input over its own length of time. */
export function measureValue(sketcher: Sketcher, node: MeasureNode, { grain }: Standing): Valued {
  const { model } = sketcher;
  const measure = measureCalled(model, node.measure)!;
  const key = `${grainText(grain)} ${keyOf(node)}`;
  const value = sketcher.input(key, () => ({
    words: kpiOf(model, node) ?? wordsAt(model, node.span),
    range: intersection(measureBounds(model, measure), givenOf(sketcher, node, grain)),
    origin: {
      kind: 'measure',
      measure: node.measure,
      scope: node.scope,
      window: node.window,
      isLonger: grain !== model.grain,
    },
    span: node.span,
  }));
  const counts =
    measure.aggregate === 'sum' || measure.aggregate === 'count' || measure.aggregate === 'distinct';
  const isSure = counts && node.window.kind === 'period' && !node.window.back;
  return { value, missing: isSure ? PRESENT : sketcher.open(`missing ${key}`, NOTHING_READ) };
}

/** The KPI that is nothing but this measure. */
function kpiOf(model: Model, node: MeasureNode): string | undefined {
  return model.figures.find(({ value }) => value.kind === 'measure' && keyOf(value) === keyOf(node))?.id;
}

/** What is given of a figure that is nothing but this measure. */
function givenOf({ model, given }: Sketcher, node: MeasureNode, grain: Grain): Interval {
  if (grain !== model.grain) return ANY;
  return [...given]
    .filter(([id]) => {
      const formula = figureCalled(model, id)?.value;
      return formula?.kind === 'measure' && keyOf(formula) === keyOf(node);
    })
    .reduce((all, [, range]) => intersection(all, range), ANY);
}

/** A named formula, or the figure as a whole where that is wanted. */
export function figureValue(sketcher: Sketcher, figure: Figure, at: Standing): Valued {
  const { model, role, given } = sketcher;
  const isHere = at.grain === model.grain;
  const range = isHere ? given.get(figure.id) : undefined;
  if (isHere && sketcher.whole.has(figure.id)) {
    const key = `figure ${figure.id}`;
    const value = sketcher.input(key, () => ({
      words: figure.name,
      range: intersection(boundsOf({ model, role }, figure.value), range ?? ANY),
      origin: { kind: 'figure', figure: figure.id },
      span: figure.span,
    }));
    return { value, missing: figure.optional ? sketcher.open(`missing ${key}`, NOTHING_READ) : PRESENT };
  }
  if (figure.grain && figure.grain !== at.grain) {
    const reads = readsOf(model, role, [figure.value]);
    const why = { what: `\`${figure.name}\` has a length of time of its own`, span: figure.span };
    return {
      value: { kind: 'unknown', range: boundsOf({ model }, figure.value), reads, why },
      missing: figure.optional ? sketcher.open(`missing ${figure.id}`, reads) : PRESENT,
    };
  }
  const found = sketcher.value(figure.value, at);
  const bounds = intersection(boundsOf({ model }, figure.value), range ?? ANY);
  return { ...found, value: { kind: 'within', of: found.value, range: bounds } };
}

/** A target is made of constants, attributes and look-ups, the days that count and other people's. */
export function targetValue(sketcher: Sketcher, figure: Figure, { grain }: Standing): Valued {
  const { model, role } = sketcher;
  const node: Expression = {
    kind: 'target',
    figure: figure.id,
    type: figure.type,
    optional: true,
    span: figure.span,
  };
  const key = `${grainText(grain)} target ${figure.id}`;
  const reads = readsOf(model, role, [node]);
  const value = sketcher.input(key, () => ({
    words: `target ${figure.id}`,
    range: boundsOf({ model, role }, node),
    origin: { kind: 'other', reads },
    span: figure.span,
  }));
  return { value, missing: sketcher.open(`missing ${key}`, reads) };
}

/** Actual against target, as the KPI reads them; of a band it isn’t followed. */
export function attainmentValue(sketcher: Sketcher, figure: Figure, at: Standing): Valued {
  const { model, role } = sketcher;
  const kpi = model.kpis.find((each) => each.name === figure.name);
  const lines = [...model.roles, ...model.overrides].flatMap(({ targets }) => targets);
  const node: Expression = {
    kind: 'attainment',
    figure: figure.id,
    type: { kind: 'percent' },
    optional: true,
    span: figure.span,
  };
  const reads = readsOf(model, role, [node]);
  if (!kpi || lines.some((each) => each.kpi === figure.name && each.upTo)) {
    const why = { what: `the target of \`${figure.name}\` is a band`, span: figure.span };
    const missing = sketcher.open(`missing attainment ${figure.id} ${grainText(at.grain)}`, reads);
    return { value: { kind: 'unknown', range: boundsOf({ model, role }, node), reads, why }, missing };
  }
  const actual = figureValue(sketcher, figure, at);
  const target = targetValue(sketcher, figure, at);
  const missing = either(either(actual.missing, target.missing), isNothing(target.value));
  if (kpi.attainment) {
    const own = { actual, target, key: figure.id };
    const found = sketcher.value(kpi.attainment, { ...at, own });
    return { value: found.value, missing: either(missing, found.missing) };
  }
  const value: Sketch = kpi.lowerIsBetter
    ? { kind: 'over', a: target.value, b: actual.value }
    : { kind: 'over', a: actual.value, b: target.value };
  return { value, missing };
}

/** Of one who is away for the whole period there is none. */
export function scoreValue(sketcher: Sketcher, at: Standing): Valued {
  const away = sketcher.open(`away over the ${grainText(at.grain)}`, NOTHING_READ);
  const lines = (sketcher.role.scorecard ?? []).map((line) => ({ line, ...lineValue(sketcher, line, at) }));
  const spread = lines.filter(({ line }) => line.missing?.kind === 'spreads');
  if (spread.length === 0) {
    const parts = lines.map(({ line, value }) => timesConstant(value, exact(line.weight)));
    const missing = lines.reduce<Fact>((all, each) => either(all, each.missing), away);
    return { value: sumOf(parts), missing };
  }
  const values = lines.map(({ value }) => value);
  const still = spread.map((each) => each.missing);
  const value: Sketch = {
    kind: 'follows',
    by: values,
    still,
    low: values.reduce((a, b) => ({ kind: 'least', a, b })),
    high: values.reduce((a, b) => ({ kind: 'greatest', a, b })),
  };
  const readsMissing = readsOf(sketcher.model, sketcher.role, [
    { kind: 'score', type: { kind: 'percent' }, optional: true, span: spread[0]!.line.span },
  ]);
  const isSame = still.every((each) => each.kind === 'open' || each.kind === 'sure');
  const few = sketcher.open(`too few weights ${grainText(at.grain)}`, isSame ? NOTHING_READ : readsMissing);
  return { value, missing: either(away, few) };
}

function lineValue(sketcher: Sketcher, line: ScoreLine, at: Standing): Valued {
  const { model } = sketcher;
  const figure = figureCalled(model, line.kpi)!;
  const read =
    line.reads === 'value' ? figureValue(sketcher, figure, at) : attainmentValue(sketcher, figure, at);
  const curve = model.curves.find((each) => each.name === line.curve);
  const raw = line.curve === undefined || !curve ? read : throughTable(read, scorePieces(curve));
  let { value } = raw;
  if (line.cap !== undefined) value = { kind: 'least', a: value, b: constantSketch(exact(line.cap)) };
  if (line.floor !== undefined) value = { kind: 'greatest', a: value, b: constantSketch(exact(line.floor)) };
  if (line.missing?.kind === 'counts')
    return there(choiceOf(raw.missing, constantSketch(exact(line.missing.score)), value));
  return { value, missing: raw.missing };
}

// What a statement says of what was measured: KPIs against their targets, the scorecard, gates.

import {
  curveSentence,
  type FigureValue,
  figureIn,
  type GateLine,
  type KpiLine,
  kpiSentences,
  kpiTitle,
  type LineTelling,
  percentIn,
  type Score,
  sumOf,
  visible,
  WORDS,
} from '../../../src/browser-figures.ts';
import { Explained } from './explanation.tsx';
import { Read } from './read-values.tsx';
import { Sentence, Sentences } from './sentence.tsx';
import { tell } from './words.ts';

interface Whose {
  readonly person: string;
  readonly period: string;
}

/** A status as a dot with a name. */
export function Status({ status }: { readonly status: NonNullable<KpiLine['status']> }) {
  return (
    <span class={`rs-status rs-${status}`}>
      <span class="rs-dot" aria-hidden="true">
        {status === 'green' ? '●' : status === 'amber' ? '▲' : '■'}
      </span>
      <span class="rs-status-name">{tell(`status.${status}`)}</span>
    </span>
  );
}

/** KPIs with actual, target, attainment and status; below them how targets came about, and each KPI's explanation. */
export function Kpis({
  kpis,
  telling,
  whose,
}: {
  readonly kpis: readonly KpiLine[];
  readonly telling: LineTelling;
  readonly whose?: Whose;
}) {
  const { language } = telling;
  const figure = (value: FigureValue | 'top'): string => figureIn(language, value);
  return (
    <>
      <div class="rs-scroll">
        <table class="rs-stacked">
          <caption>{tell('part.kpis')}</caption>
          <thead>
            <tr>
              <th scope="col">{tell('kpi.kpi')}</th>
              <th scope="col" class="view-right">
                {tell('kpi.actual')}
              </th>
              <th scope="col" class="view-right">
                {tell('kpi.target')}
              </th>
              <th scope="col" class="view-right">
                {tell('kpi.attainment')}
              </th>
              <th scope="col">{tell('kpi.status')}</th>
            </tr>
          </thead>
          <tbody>
            {kpis.map((kpi) => (
              <tr key={kpi.kpi}>
                <th scope="row" title={kpi.doc === undefined ? visible(kpi.kpi) : visible(kpi.doc)}>
                  {kpiTitle(kpi)}
                </th>
                <td class="view-right" data-label={tell('kpi.actual')}>
                  {figure(kpi.actual)}
                </td>
                <td class="view-right" data-label={tell('kpi.target')}>
                  {kpi.target &&
                    (kpi.upTo ? `${figure(kpi.target)} – ${figure(kpi.upTo)}` : figure(kpi.target))}
                </td>
                <td class="view-right" data-label={tell('kpi.attainment')}>
                  {kpi.attainment && figure(kpi.attainment)}
                </td>
                <td data-label={tell('kpi.status')}>{kpi.status && <Status status={kpi.status} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Sentences texts={kpis.flatMap((each) => kpiSentences(each, language))} />
      {whose && (
        <details class="rs-events">
          <summary>{tell('explain.title')}</summary>
          {kpis.map((each) => (
            <div key={each.kpi} class="rs-explain-row">
              <span>{kpiTitle(each)}</span>
              <Explained asked={{ ...whose, what: each.kpi }} label={kpiTitle(each)} />
            </div>
          ))}
        </details>
      )}
    </>
  );
}

/** The lines of a scorecard with what each adds, and the score. */
export function ScoreTable({
  score,
  kpis,
  telling,
  whose,
}: {
  readonly score: Score;
  readonly kpis: readonly KpiLine[];
  readonly telling: LineTelling;
  readonly whose?: Whose;
}) {
  const { language } = telling;
  const titled = (kpi: string): string => kpiTitle(kpis.find((each) => each.kpi === kpi) ?? { kpi });
  const there = sumOf(score.lines.filter((each) => each.score !== null).map((each) => each.weight));
  return (
    <>
      <div class="rs-scroll">
        <table class="rs-stacked">
          <caption>{tell('part.score')}</caption>
          <thead>
            <tr>
              <th scope="col">{tell('kpi.kpi')}</th>
              <th scope="col" class="view-right">
                {tell('score.reads')}
              </th>
              <th scope="col" class="view-right">
                {tell('score.weight')}
              </th>
              <th scope="col" class="view-right">
                {tell('score.points')}
              </th>
            </tr>
          </thead>
          <tbody>
            {score.lines.map((line) => (
              <tr key={line.kpi}>
                <th scope="row">{titled(line.kpi)}</th>
                <td class="view-right" data-label={tell('score.reads')}>
                  {line.curve === undefined
                    ? figureIn(language, line.read)
                    : tell('score.on', { value: figureIn(language, line.read), curve: visible(line.curve) })}
                </td>
                <td class="view-right" data-label={tell('score.weight')}>
                  {line.score === null
                    ? tell('score.spread', { weight: percentIn(language, line.weight) })
                    : `${percentIn(language, line.weight)} × ${percentIn(language, line.score)}`}
                  {line.bound && <> ({tell(`score.${line.bound.kind}`)})</>}
                </td>
                <td class="view-right" data-label={tell('score.points')}>
                  {line.points === null ? WORDS[language].missing : percentIn(language, line.points)}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={2}>
                {tell('score.score')}
              </th>
              <td class="view-right">
                {there === '1' ? '' : tell('score.over', { weights: percentIn(language, there) })}
              </td>
              <td class="view-right">{figureIn(language, score.value)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <Sentences
        texts={score.lines.flatMap(({ kpi, curve, part }) =>
          curve === undefined || !part
            ? []
            : [
                tell('score.segment', {
                  kpi: titled(kpi),
                  curve: visible(curve),
                  where: curveSentence(part, language),
                }),
              ],
        )}
      />
      {whose && <Explained asked={{ ...whose, what: 'score' }} label={tell('score.score')} />}
    </>
  );
}

/** Gates, whether each is passed, and the values that it read. */
export function Gates({
  gates,
  telling,
}: {
  readonly gates: readonly GateLine[];
  readonly telling: LineTelling;
}) {
  const say = WORDS[telling.language];
  return (
    <>
      <h5>{tell('part.gates')}</h5>
      <ul class="rs-list">
        {gates.map(({ condition, passed, applies, inputs }) => (
          <li key={condition}>
            <span class={!applies ? 'view-note' : passed ? 'rs-good' : 'rs-bad'}>
              {!applies ? tell('part.notApplies') : passed ? say.passed : say.failed}
            </span>
            {': '}
            <Sentence text={`\`${visible(condition)}\``} />
            <Read inputs={inputs} telling={telling} />
          </li>
        ))}
      </ul>
    </>
  );
}

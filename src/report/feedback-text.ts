// Feedback to a person as text: pay against earlier periods, what went well, where it falls short, and the next step.

import { exact, exactText, isZero, negate, sign } from '../base/exact.ts';
import type { EarlierPay, Feedback, KpiFeedback, Praise } from '../model/feedback.ts';
import type { FigureValue } from '../model/inputs.ts';
import { hanging } from './amounts.ts';
import { WIDTH } from './columns.ts';
import { figureIn, type Language } from './explain-figures.ts';
import { amountMore, calledAs, gainText, type SeekTextOptions, stepParts } from './seek-text.ts';
import { SEEK_WORDS, type SeekWords } from './seek-words.ts';
import { visible } from './terminal-text.ts';

interface Telling {
  readonly say: SeekWords;
  readonly figure: (value: FigureValue | 'top') => string;
}

/** The feedback as text, ended by a line end. */
export function feedbackText(
  feedback: Feedback,
  { language = 'en', width = WIDTH }: SeekTextOptions = {},
): string {
  const { name, role, period, rejectsAllowed } = feedback;
  const blocks: readonly (readonly string[])[] = [
    [
      `${visible(name)}, ${visible(role)}, ${period}`,
      ...(rejectsAllowed ? [SEEK_WORDS[language].rejects] : []),
    ],
    payLines(feedback, language),
    ...feedbackBlocks(feedback, language).map(({ title, lines }) => [title, ...indented(lines)]),
  ];
  const lines = blocks.flatMap((each) => ['', ...each]);
  return `${lines
    .slice(1)
    .flatMap((each) => (each === '' ? [''] : hanging(each, width)))
    .join('\n')}\n`;
}

/** What there is to tell of one thing. */
export interface FeedbackBlock {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Pay, and how it goes against earlier periods. */
export function payLines({ pay, earlier }: Feedback, language: Language): readonly string[] {
  const telling = tellingIn(language);
  return [telling.say.payIs(telling.figure(pay)), ...earlier.map((each) => earlierLine(telling, each))];
}

/** What went well, what falls short, the next step, and the changes since earlier periods, where there are any. */
export function feedbackBlocks(feedback: Feedback, language: Language): readonly FeedbackBlock[] {
  const telling = tellingIn(language);
  const { say } = telling;
  const changes = changeLines(telling, feedback.kpis);
  return [
    { title: say.well, lines: wellLines(telling, feedback.well) },
    { title: say.weak, lines: weakLines(telling, feedback) },
    { title: say.next, lines: nextLines(telling, feedback) },
    ...(changes.length > 0 ? [{ title: say.changes, lines: changes }] : []),
  ];
}

function tellingIn(language: Language): Telling {
  return { say: SEEK_WORDS[language], figure: (value) => figureIn(language, value) };
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((each) => `  ${each}`);
}

function earlierLine({ say, figure }: Telling, { which, period, pay, more }: EarlierPay): string {
  const by = exact(more.value!);
  if (isZero(by)) return say.paySame(period, which);
  const size = figure({ ...more, value: exactText(sign(by) < 0 ? negate(by) : by) });
  return (sign(by) < 0 ? say.payLess : say.payMore)(size, period, which, figure(pay));
}

function wellLines({ say, figure }: Telling, well: readonly Praise[]): readonly string[] {
  if (well.length === 0) return [say.nothingWell];
  return well.map((each) => {
    switch (each.kind) {
      case 'target reached':
        return say.reached(calledAs(each.kpi), figure(each.kpi.now), ...expected({ say, figure }, each.kpi));
      case 'improved': {
        const { kpi, on } = each;
        return say.improved(calledAs(kpi), figure(on.value), figure(kpi.now), on.period, on.which);
      }
      case 'award':
        return say.won(visible(each.name));
      default:
        return each satisfies never;
    }
  });
}

/** The target, and how much of it there is. */
function expected({ figure }: Telling, { target, attainment }: KpiFeedback): [string, string | undefined] {
  return [target ? figure(target) : '', attainment ? figure(attainment) : undefined];
}

function weakLines(telling: Telling, { weak, kpis }: Feedback): readonly string[] {
  const { say, figure } = telling;
  if (!weak) return [kpis.some((each) => each.target) ? say.noWeak : say.noTargets];
  const { kpi, at } = weak;
  const gain = exact(at.gain.value ?? '0');
  return [
    say.weakIs(calledAs(kpi), figure(kpi.now), ...expected(telling, kpi)),
    sign(gain) > 0 ? say.weakCosts(figure(at.gain), figure(at.practical.amount)) : say.weakFree,
  ];
}

function nextLines(telling: Telling, { step }: Feedback): readonly string[] {
  const { say, figure } = telling;
  if (!step) return [say.noNext];
  const { kpi, to, worth } = step;
  const { by, at, what } = stepParts(telling, to, kpi.lowerIsBetter ? 'less' : 'more');
  return [
    say.nextIs(calledAs(kpi), by, at, what),
    say.nextBrings(gainText(telling, to.gain), figure(to.practical.amount)),
    ...(worth && sign(exact(worth.gain.value ?? '0')) > 0 && worth.gain.value !== to.gain.value
      ? [say.nextWorth(amountMore(telling, worth.by) ?? '', gainText(telling, worth.gain))]
      : []),
  ];
}

function changeLines({ say, figure }: Telling, kpis: readonly KpiFeedback[]): readonly string[] {
  return kpis.flatMap((kpi) =>
    kpi.earlier.flatMap(({ period, value, is }) =>
      is === 'the same' ? [] : [say.change(calledAs(kpi), figure(value), figure(kpi.now), period, is)],
    ),
  );
}

// One number of a policy fitted to a budget, for people.

import type { Fit, FitExact, FitPoint } from '../model/fit.ts';
import { moneyText } from './format.ts';
import { visibleLines } from './terminal-text.ts';

/** What was found, with the line of the policy before and after. */
export function fitText(fit: Fit): string {
  const { subject, file, line, budget, currency, now, outcome, runs } = fit;
  const money = (value: string) => moneyText(value, currency);
  const costs = ({ value, cost }: FitPoint) => `${value} costs ${money(cost)}`;
  const head = [
    `Fitted to a budget of ${money(budget)}: ${subject} (${file}:${line})`,
    `  ${now.value}, as it is now, costs ${money(now.cost)}`,
  ];
  const said = (): readonly string[] => {
    switch (outcome.kind) {
      case 'found':
        return [
          `  ${outcome.fits.value} fits: it costs ${money(outcome.fits.cost)}; at ${outcome.over.value}, the next step, it is ${money(outcome.over.cost)}`,
          `  ${exactText(outcome.exact, money)}`,
          '',
          ...outcome.diff.before.split('\n').map((each) => `- ${each}`),
          ...outcome.diff.after.split('\n').map((each) => `+ ${each}`),
          '',
          ...(fit.monotone
            ? []
            : [
                '  The cost goes up and down as it moves, so another value may fit as well; this is the nearest one.',
              ]),
        ];
      case 'always over':
      case 'always fits':
        return [
          outcome.kind === 'always over'
            ? '  No value that was tried fits: the cost stays above the budget.'
            : '  It is not what the budget depends on: with every value that was tried the cost stays within it.',
          `  Of these ${costs(fit.least)}, the least, and ${costs(fit.greatest)}, the most.`,
        ];
      default:
        return outcome satisfies never;
    }
  };
  return visibleLines(
    [
      ...head,
      ...said(),
      `  Every value was run over all of the data: ${runs} runs, in steps of ${fit.step}.`,
    ].join('\n'),
  );
}

function exactText(found: FitExact, money: (value: string) => string): string {
  switch (found.kind) {
    case 'value':
      return `Before rounding to cents the budget is met exactly at ${found.shown}.`;
    case 'jump':
      return `There is no value that meets it exactly: at ${found.shown} the cost jumps from ${money(found.below)} to ${money(found.above)}.`;
    case 'between':
      return 'Between the two the cost does not go straight, so no exact value is given.';
    default:
      return found satisfies never;
  }
}

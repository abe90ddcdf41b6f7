// Features of the language by name: what each adds to a generated policy, and a formula of money that shows whether it was
// at work. Each is drawn in turn, so that none stays untried.

import type { Feature } from './feature.ts';
import { OF_MONEY } from './features-of-money.ts';
import { OF_PAY } from './features-of-pay.ts';
import { OF_PEOPLE } from './features-of-people.ts';
import { OF_ROWS } from './features-of-rows.ts';

export const FEATURES: Readonly<Record<string, Feature>> = {
  ...OF_ROWS,
  ...OF_PEOPLE,
  ...OF_PAY,
  ...OF_MONEY,
};

export const FEATURE_NAMES = Object.keys(FEATURES);

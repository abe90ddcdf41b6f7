// The checks of what few policies have: amendments, corrections, tests and invariants, what people win and share, grids, calendars,
// scorecards, several currencies, targets of single people, and places among people. needed.ts says how they come to be
// at hand.

export { amendedDeclarations } from './amend.ts';
export { awardModel } from './awards.ts';
export { checkCalendar, workingTime } from './calendars.ts';
export { correctionsModel } from './corrections.ts';
export { convert, paysInModel } from './currencies.ts';
export { gridModel } from './grids.ts';
export { invariantModels } from './invariants.ts';
export { amongPeople } from './others.ts';
export { overrideModels } from './overrides.ts';
export { checkPointCircles } from './point-circles.ts';
export { poolModel, shareOfPool } from './pools.ts';
export { checkScorecard, checkScoreGrain } from './scorecard.ts';
export { checkTest } from './tests.ts';

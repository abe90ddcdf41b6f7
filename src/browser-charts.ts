// The door for pages that draw what a run gave: charts as options of the charting library, which the page loads itself, and
// the same as tables.

export { attainmentDrawing } from './charts/attainment-chart.ts';
export type { Drawing, Look } from './charts/drawing.ts';
export { overDrawing, partTitle } from './charts/over-chart.ts';
export { pointsOf } from './charts/payout.ts';
export { payoutDrawing, tableTitle } from './charts/payout-chart.ts';
export { responseDrawing } from './charts/response-chart.ts';
export { attainedIn, attainedOf, costByPart, kpiChoices, payByRole, payOfPerson } from './charts/series.ts';

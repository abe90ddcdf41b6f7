// What few policies pay by: draws, awards, levels and points, pools, scorecards, other currencies. See needed.ts for
// how it comes to be at hand.

export { pointsIn } from './account.ts';
export { awardPayLines, besidePay } from './award-lines.ts';
export { policyDraws, recovered, roleDraws } from './draws.ts';
export { paidIn, paidWhere } from './pays-in.ts';
export { poolRead, poolResults } from './pool-lines.ts';
export { poolIn } from './pools.ts';
export { scoreIn } from './score.ts';

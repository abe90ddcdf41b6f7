// The Result as JSON: keys in one fixed order, numbers as exact text, hidden characters escaped so that the text can be
// printed anywhere and still reads back as the same.

import type { Result } from '../model/result.ts';
import { visibleJson } from './terminal-text.ts';

// The order in which keys are written, whatever they are keys of; a key not named here comes last, by name.
const ORDER: ReadonlyMap<string, number> = new Map(
  `formatVersion policy engine asKnownOn rejectsAllowed periods statements groups company control
   code severity message place label data related help fix file row line column endLine endColumn start end
   attribute kind person name title period currency version backend zoneData roles
   role team kpi category since from until days daysInPeriod absent counted people
   kpis score gates longer bonuses pending stillThereOn condition passed applies formula
   text actual target upTo targetAccount upToAccount noTarget attainment status
   override written spread ramp percent month together counts weight curve read points inputs prorated of by share
   computed earned amount later forfeited earnedIn paid atPosting because value type members ordered tiers bound includes onAll part rate cap floor draw lines total pay balances due after
   before upTo past slope more per full grid dimension table key on found
   awards points kept levels award won place sharing prizes level since
   pools pool sharedBy parts unspent gained balance
   source all used filtered rejected reason totals rows moreRows sums field sum shares credited outside creditsWithoutRole extraWithoutPerson extraCreditedElsewhere
   policies tests failed at span conditions expected failures faults unused mark bonus`
    .split(/\s+/)
    .map((key, index) => [key, index]),
);

/** The Result as a JSON document; `formatVersion` comes first and names the layout. */
export function resultJson(result: Result): string {
  return jsonText(result);
}

/** Any plain data as indented JSON with keys in the fixed order, ended by a line end. */
export function jsonText(value: unknown): string {
  return `${visibleJson(JSON.stringify(inOrder(value, new Map()), null, 2))}\n`;
}

/** The same data with keys in order; `orders` remembers the order of keys that came together before. */
function inOrder(value: unknown, orders: Map<string, readonly string[]>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => inOrder(each, orders));
  const keys = Object.keys(value);
  const met = keys.join('\0');
  const order = orders.get(met) ?? keys.sort(byRank);
  orders.set(met, order);
  const record = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(order.map((key) => [key, inOrder(record[key], orders)]));
}

function byRank(a: string, b: string): number {
  const rank = (key: string) => ORDER.get(key) ?? ORDER.size;
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

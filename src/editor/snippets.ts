// What a declaration or clause looks like when it is begun: completion inserts it with places to fill in, which stand in
// `‹ ›` here.

// By the word of a declaration of the text form.
const DECLARATIONS: Readonly<Record<string, string>> = {
  policy:
    'policy ‹name› {\n  title     "‹Title›"\n  currency  ‹RUB›\n  timezone  "‹Europe/Moscow›"\n  period    ‹month›\n  effective from ‹2026-01-01› until ‹2026-12-31›\n  rounding  half up to 0.01\n}',
  import: 'import "‹./calendar.merit›"',
  calendar: 'calendar ‹office› {\n  work ‹monday› to ‹friday› ‹09:00› to ‹18:00›\n}',
  person: 'person {\n  ‹salary›: ‹money›\n}',
  event:
    'event ‹deal› {\n  id:        text key\n  ‹closed_on›: date posts\n  ‹manager›: person owner\n  ‹amount›: money\n}',
  table: 'table ‹quota› {\n  ‹person›: person key\n  ‹amount›: money\n}',
  credit: 'credit ‹deal› {\n  to ‹manager› 100%\n}',
  kpi: 'kpi ‹name› "‹Title›" ‹outcome› = ‹sum(deal.amount)›',
  let: 'let ‹name› = ‹1›',
  curve:
    'curve ‹standard› ‹linear› {\n  below 80%: 0%\n  80%:       50%\n  100%:      100%\n  above:     100%\n}',
  rates: 'rates ‹ladder› ‹marginal› {\n  from ‹0›: ‹3%›\n}',
  amounts: 'amounts ‹steps› {\n  from ‹0› until ‹10›: ‹100 RUB›\n}',
  grid: 'grid ‹payout› by ‹margin›, ‹size› {\n           | from 0 | from 10\n  from 0%  | 1%     | 2%\n  from 10% | 2%     | 3%\n}',
  role: 'role ‹seller› "‹Title›" {\n  target ‹revenue› ‹100›\n}',
  award: 'award ‹best› "‹Title›" {\n  to    ‹top 1 of seller by revenue›\n  gives ‹10_000 RUB›\n}',
  level: 'level ‹senior› {\n  to   ‹seller›\n  when ‹points[trailing 12 months] >= 300›\n}',
  pool: 'pool ‹gift› = ‹10% * revenue[company]› {\n  to     ‹seller›\n  shared ‹equally›\n}',
  for: 'for ‹person› ‹anna› {\n  target ‹revenue› ‹100›\n}',
  test: 'test "‹what must hold›" {\n  person ‹anna› { role ‹seller› }\n  expect ‹anna› in ‹2026-01› {\n    ‹pay is 0 RUB›\n  }\n}',
  invariant: 'invariant "‹what always holds›" { ‹pay >= 0 RUB› }',
};

// By the key of a clause.
const CLAUSES: Readonly<Record<string, string>> = {
  title: 'title "‹Title›"',
  amends: 'amends "‹./policy.merit›"',
  currency: 'currency ‹RUB›',
  timezone: 'timezone "‹Europe/Moscow›"',
  period: 'period ‹month›',
  effective: 'effective from ‹2026-01-01› until ‹2026-12-31›',
  reopens: 'reopens from ‹2026-01-01›',
  rounding: 'rounding ‹half up› to ‹0.01›',
  reports: 'report by person.‹team›',
  gates: 'gate ‹condition›',
  caps: 'cap ‹300_000 RUB›',
  floors: 'floor ‹20_000 RUB›',
  draws: 'draw ‹50_000 RUB› recoverable',
  pays_in: 'pays in ‹person.currency›',
  corrections: 'corrections within ‹12 months›',
  takes_back: 'takes back at most ‹20%› of pay',
  work: 'work ‹monday› to ‹friday› ‹09:00› to ‹18:00›',
  holidays: 'holiday ‹2026-01-01› until ‹2026-01-08› "‹New Year›"',
  year_starts: 'year starts ‹2026-02-01›',
  quarters: 'quarters ‹4, 4, 5› weeks',
  since: 'since ‹2024-01-01›',
  lines: 'to ‹manager› ‹100%›',
  value: 'value ‹formula›',
  owner: 'owner "‹Commercial director›"',
  attainment: 'attainment = ‹actual / target›',
  status: 'status green from ‹95%›, amber from ‹70%›',
  targets: 'target ‹revenue› ‹100›',
  ramp: 'ramp ‹25%, 50%, 75%›',
  prorate: 'prorate by ‹working days›',
  scorecard: 'scorecard {\n  ‹revenue› ‹100%› on ‹standard›\n}',
  bonuses: 'bonus ‹name› "‹Title›" = ‹10_000 RUB›',
  to: 'to ‹seller›',
  when: 'when ‹condition›',
  gives: 'gives ‹10_000 RUB›',
  shared: 'shared ‹equally›',
  given: 'given ‹revenue› from ‹0 RUB› until ‹1_000_000 RUB›',
  expect: 'expect ‹anna› in ‹2026-01› {\n  ‹pay is 0 RUB›\n}',
  rows: 'person ‹anna› { role ‹seller› }',
};

/** What a declaration looks like in the text form. */
export function declarationSnippet(word: string): string | undefined {
  return Object.hasOwn(DECLARATIONS, word) ? snippet(DECLARATIONS[word]!) : undefined;
}

/** What a clause of that key looks like in the text form. */
export function clauseSnippet(key: string): string | undefined {
  return Object.hasOwn(CLAUSES, key) ? snippet(CLAUSES[key]!) : undefined;
}

/** A text with places to fill in, as editors write it: what is called alike is filled in together. */
export function snippet(text: string): string {
  const places: string[] = [];
  return text.replace(/‹([^›]*)›/g, (_, place: string) => {
    if (!places.includes(place)) places.push(place);
    return `\${${places.indexOf(place) + 1}:${place}}`;
  });
}

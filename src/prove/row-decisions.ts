// The decisions of rows: computed fields, whom events are credited to, and which rows measures count.

import type { Place } from '../analyse/bounds.ts';
import { eventOf } from '../analyse/formulas.ts';
import { namesNobody } from '../library/decisions.ts';
import { walk } from '../library/parts.ts';
import type { CreditModel, EventModel, Model } from '../model/policy.ts';
import type { Listing } from './decisions.ts';
import { conditionWays, listCondition, listFormula, thereWays } from './formula-decisions.ts';
import { formulaWords } from './words.ts';

export function listRows(listing: Listing): void {
  const { model } = listing;
  for (const event of model.events) {
    for (const field of event.computed) {
      const of = { subject: `event \`${event.name}\`, field \`${field.name}\``, place: { model, event } };
      if (field.type.kind === 'truth')
        listing.put(
          { kind: 'condition', span: field.value.span },
          of.subject,
          conditionWays(of.place, field.value, { yes: 'yes', no: 'no' }),
        );
      listFormula(listing, field.value, of);
    }
    for (const line of event.credit) listCredit(listing, event, line);
  }
  listMeasures(listing);
}

function listCredit(listing: Listing, event: EventModel, line: CreditModel): void {
  const { model } = listing;
  const place: Place = { model, event };
  const to = formulaWords(model, line.to.span);
  const subject = `credit of \`${event.name}\` to \`${to}\`${line.as === undefined ? '' : ` as \`${line.as}\``}`;
  listCondition(listing, line.when, { subject, place }, 'when');
  if (namesNobody(line))
    listing.put(
      { kind: 'missing', span: line.to.span },
      subject,
      thereWays(line.to.optional, { there: 'names a person', missing: 'names nobody' }),
    );
  if (line.roles)
    listing.put(
      { kind: 'condition', span: line.span, part: 'in role' },
      `${subject}, in role \`${line.roles[0]}\``,
      [
        { way: 'yes', words: 'yes' },
        { way: 'no', words: 'no' },
      ],
    );
  listFormula(listing, line.to, { subject, place, said: line.to });
  if (line.otherwise) listFormula(listing, line.otherwise, { subject, place });
}

/** What measures count, by the KPI, `let` or bonus that counts it first. */
function listMeasures(listing: Listing): void {
  const { model } = listing;
  const owners = measureOwners(model);
  for (const measure of model.measures) {
    const subject = owners.get(measure.id) ?? `rows of \`${measure.event}\``;
    const of = { subject, place: { model, event: eventOf(model, measure) } };
    listCondition(listing, measure.where, of, 'where');
    for (const each of [measure.value, measure.each, measure.by]) if (each) listFormula(listing, each, of);
  }
}

function measureOwners(model: Model): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const figure of model.figures) {
    const word = model.kpis.some((each) => each.name === figure.name) ? 'kpi' : 'let';
    walk(figure.value, (node) => {
      if (node.kind === 'measure' && !found.has(node.measure))
        found.set(node.measure, `${word} \`${figure.name}\``);
    });
  }
  return found;
}

// The decisions of people's lines: KPIs and lets, targets of roles and of single people, awards and pools.

import { valueNotation } from '../library/notation.ts';
import type { Award, Level, Pool, Recipients } from '../model/pay.ts';
import type { Model, Target } from '../model/policy.ts';
import type { Listing } from './decisions.ts';
import { conditionWays, listCondition, listFormula, type Of, thereWays } from './formula-decisions.ts';
import { listPay, listRole } from './role-decisions.ts';
import { rolesInOrder } from './role-order.ts';
import { formulaWords } from './words.ts';

export function listLines(listing: Listing): void {
  const { model } = listing;
  listFigures(listing);
  for (const role of rolesInOrder(model)) {
    for (const target of role.targets) listTarget(listing, target, ` of role \`${role.name}\``);
    listRole(listing, role);
  }
  for (const { of, name, targets } of model.overrides) {
    const whose = ` for ${of} \`${name}\``;
    for (const target of targets) {
      const words = targetWords(model, target);
      const subject = `target \`${target.kpi}\`${whose}`;
      listing.put({ kind: 'target', span: target.span }, `${subject}, \`${words}\``, [
        { way: 'applies', words: 'applies' },
      ]);
      listTarget(listing, target, whose);
    }
  }
  listPay(listing);
  for (const award of model.awards) listAward(listing, award);
  for (const pool of model.pools) listPool(listing, pool);
}

function listFigures(listing: Listing): void {
  const { model } = listing;
  const place = { model };
  for (const { name, type, value } of model.figures) {
    const subject = `${model.kpis.some((each) => each.name === name) ? 'kpi' : 'let'} \`${name}\``;
    if (type.kind === 'truth')
      listing.put(
        { kind: 'condition', span: value.span },
        subject,
        conditionWays(place, value, { yes: 'yes', no: 'no' }),
      );
    listFormula(listing, value, { subject, place });
  }
  const targets = [...model.roles, ...model.overrides].flatMap((each) => each.targets);
  for (const kpi of model.kpis) {
    const subject = `kpi \`${kpi.name}\``;
    if (kpi.attainment) listFormula(listing, kpi.attainment, { subject: `${subject}, attainment`, place });
    if (!targets.some((each) => each.kpi === kpi.name && each.upTo)) continue;
    listing.put({ kind: 'band', span: kpi.span }, subject, [
      { way: 'inside', words: 'within its target' },
      { way: 'below', words: 'below its target' },
      { way: 'above', words: 'above its target' },
    ]);
  }
}

function listTarget(listing: Listing, target: Target, whose: string): void {
  const { model } = listing;
  const of: Of = { subject: `target \`${target.kpi}\`${whose}`, place: { model } };
  listCondition(listing, target.when, of, 'when');
  if (target.value.optional)
    listing.put(
      { kind: 'missing', span: target.value.span },
      `${of.subject}, \`${targetWords(model, target)}\``,
      thereWays(true, { there: 'there is one', missing: 'there is none' }),
    );
  listFormula(listing, target.value, { ...of, said: target.value });
  if (target.upTo) listFormula(listing, target.upTo, of);
}

function targetWords(model: Model, { value }: Target): string {
  return value.kind === 'constant' ? valueNotation(value.text, value.type) : formulaWords(model, value.span);
}

function listAward(listing: Listing, award: Award | Level): void {
  const { model } = listing;
  const { kind, name, to, when, span } = award;
  const of: Of = { subject: `${kind} \`${name}\``, place: { model } };
  const [won, not] = kind === 'award' ? ['won', 'not won'] : ['reached', 'not reached'];
  const everybody = to.top || when ? undefined : 'everybody whom it is for wins it';
  listing.put({ kind: 'award', span }, of.subject, [
    { way: 'won', words: won! },
    { way: 'not won', words: not!, impossible: everybody },
  ]);
  if (to.splitAmongTies)
    listing.put({ kind: 'award', span, part: 'split' }, of.subject, [
      { way: 'shared', words: 'a place is shared' },
      { way: 'alone', words: "a place is one person's" },
    ]);
  listRecipients(listing, to, of);
  // where nobody is ranked, who fulfils the condition wins
  if (when && !to.top) {
    listing.putAside({ kind: 'condition', span: when.span }, ['yes', 'no']);
    listFormula(listing, when, of);
  } else listCondition(listing, when, of, 'when');
  for (const prize of kind === 'award' ? award.gives : []) {
    const words = formulaWords(model, prize.value.span);
    const ofPrize = { ...of, subject: `${of.subject}, prize \`${words}\`` };
    listCondition(listing, prize.when, ofPrize, 'when');
    listFormula(listing, prize.value, ofPrize);
  }
}

function listPool(listing: Listing, { name, amount, to, when, sharedBy }: Pool): void {
  const of: Of = { subject: `pool \`${name}\``, place: { model: listing.model } };
  listFormula(listing, amount, of);
  listRecipients(listing, to, of);
  listCondition(listing, when, of, 'when');
  if (sharedBy !== 'equally') listFormula(listing, sharedBy, of);
}

function listRecipients(listing: Listing, { top }: Recipients, of: Of): void {
  for (const each of [top?.by, top?.thenBy]) if (each) listFormula(listing, each, of);
}

// Declarations that nothing reads. A KPI is shown in every result, so it is never unused: what it lacks is said once, by
// the SMART lints.

import type { Diagnostic } from '../base/diagnostic.ts';
import { walk } from '../library/parts.ts';
import type { Expression } from '../model/expression.ts';
import type { EventModel, FieldModel, Model } from '../model/policy.ts';
import { allFormulas, type Formula, figureCalled, present, ratesOfExchange } from './formulas.ts';
import * as messages from './messages.ts';
import { declared, type Reading } from './reading.ts';

export function unusedLints(reading: Reading): readonly Diagnostic[] {
  const { model } = reading;
  const formulas = allFormulas(model);
  return [
    ...unusedNames(reading, formulas),
    ...unreadFields(reading, formulas),
    ...model.events.flatMap((event) => uncountedCredit(model, event)),
  ];
}

function unusedNames(reading: Reading, formulas: readonly Formula[]): readonly Diagnostic[] {
  const { model } = reading;
  const used = new Set<string>(ratesOfExchange(model));
  const use = (node: Expression): void => {
    if (node.kind === 'rates') used.add(node.rates);
    else if (node.kind === 'curve') used.add(node.curve);
    else if (node.kind === 'grid') used.add(node.grid);
    else if (node.kind === 'lookup') used.add(node.table);
    else if (node.kind === 'pool') used.add(node.pool);
    else if (node.kind === 'figure' || node.kind === 'attainment' || node.kind === 'target') {
      const figure = figureCalled(model, node.figure);
      if (figure) used.add(figure.name);
    }
  };
  for (const { value } of formulas) walk(value, use);
  for (const role of model.roles) for (const { curve } of role.scorecard ?? []) if (curve) used.add(curve);
  const read = eventsRead(model, formulas);

  const unused = (
    names: readonly { readonly name: string; readonly span: FieldModel['span'] }[],
    what: string,
    isRead: (name: string) => boolean,
    help?: string,
  ): readonly Diagnostic[] =>
    names
      .filter(({ name }) => !isRead(name))
      .map(({ name, span }) => messages.unused(span, what, name, help));
  const isUsed = (name: string): boolean => used.has(name);
  const namesOf = (kind: 'let' | 'pool') =>
    declared(reading, kind).map(({ name }) => ({ name: name.text, span: name.span }));
  const dataToo = 'every run asks for its data: leave it out';
  return [
    ...unused(model.events, 'event', (name) => read.has(name), dataToo),
    ...unused(model.tables, 'table', isUsed, dataToo),
    ...unused(model.curves, 'curve', isUsed),
    ...unused(model.rates, 'table of rates', isUsed),
    ...unused(model.grids, 'grid', isUsed),
    ...unused(namesOf('let'), '`let`', isUsed),
    ...unused(
      namesOf('pool'),
      'pool',
      isUsed,
      'nobody is paid from it: let a bonus name it, or leave it out',
    ),
  ];
}

// ---- fields ------------------------------------------------------------------------------------------------

function unreadFields(reading: Reading, formulas: readonly Formula[]): readonly Diagnostic[] {
  const { model } = reading;
  const owners = new Map(
    declared(reading, 'event').map((event) => [
      event.name.text,
      event.fields.filter((each) => each.owner).map((each) => each.name.text),
    ]),
  );
  const exchange = ratesOfExchange(model);
  const used = eventsRead(model, formulas);
  const unread = (
    fields: readonly Pick<FieldModel, 'name' | 'type' | 'span'>[],
    read: ReadonlySet<string>,
    owner: string,
  ): readonly Diagnostic[] => {
    // `money in FIELD` reads the field that says in which
    const currencies = new Set(fields.flatMap(({ type }) => (type.kind === 'money' ? [type.currency] : [])));
    const never = fields.filter(({ name }) => !read.has(name) && !currencies.has(name));
    return never.length === 0 ? [] : [messages.unreadFields(never, owner)];
  };
  const events = model.events
    .filter((event) => used.has(event.name))
    .flatMap((event) => {
      const read = namesRead(
        formulas.filter((each) => each.event?.name === event.name),
        (node) => (node.kind === 'field' ? node.name : undefined),
      );
      // a reference may be what other events look back through
      const references = event.fields.filter((each) => each.references !== undefined).map(({ name }) => name);
      const own = [event.key, event.posting, ...present(event.known), ...references];
      for (const name of [...own, ...(owners.get(event.name) ?? [])]) read.add(name);
      for (const name of fieldsReadByOthers(event.name, formulas)) read.add(name);
      return unread([...event.fields, ...event.computed], read, `event \`${event.name}\``);
    });
  const tables = model.tables.flatMap((table) => {
    const read = namesRead(formulas, (node) =>
      node.kind === 'lookup' && node.table === table.name ? node.column : undefined,
    );
    // the whole table is unused, or read without naming its columns
    if (read.size === 0 || exchange.has(table.name)) return [];
    for (const name of [...table.keys, ...(table.dated ? ['from', 'until'] : [])]) read.add(name);
    return unread(table.fields, read, `table \`${table.name}\``);
  });
  const attributes = namesRead(formulas, (node) => {
    if (node.kind === 'measure') return node.scope.kind === 'group' ? node.scope.attribute : undefined;
    if (node.kind === 'of person') return node.attribute;
    return node.kind === 'attribute' ? node.name : undefined;
  });
  for (const name of model.reports) attributes.add(name);
  return [...events, ...tables, ...unread(model.attributes, attributes, '`person`')];
}

/** Events that are measured, paid for, or looked at by the rows of others. */
function eventsRead(model: Model, formulas: readonly Formula[]): ReadonlySet<string> {
  const looked = namesRead(formulas, (node) =>
    node.kind === 'through' || node.kind === 'look-back' ? node.event : undefined,
  );
  const paid = model.roles.flatMap((role) =>
    role.bonuses.flatMap(({ perEvent, payableAs }) => present(perEvent, payableAs?.event)),
  );
  return new Set([...model.measures.map((each) => each.event), ...looked, ...paid]);
}

/** Fields that rows of other events read through a key, or share. */
function fieldsReadByOthers(event: string, formulas: readonly Formula[]): ReadonlySet<string> {
  return namesRead(formulas, (node) => {
    if (node.kind === 'through' && node.event === event) return node.field;
    return node.kind === 'look-back' && node.event === event ? node.other : undefined;
  });
}

function namesRead(
  formulas: readonly Formula[],
  nameIn: (node: Expression) => string | undefined,
): Set<string> {
  const names = new Set<string>();
  for (const { value } of formulas)
    walk(value, (node) => {
      const name = nameIn(node);
      if (name !== undefined) names.add(name);
    });
  return names;
}

// ---- credit ------------------------------------------------------------------------------------------------

function uncountedCredit(model: Model, event: EventModel): readonly Diagnostic[] {
  const counted = new Set(
    model.measures.filter((each) => each.event === event.name).flatMap((each) => present(each.as)),
  );
  return event.credit.flatMap((line) =>
    line.extra && line.as !== undefined && !counted.has(line.as)
      ? [messages.creditNeverCounted(line.span, line.as)]
      : [],
  );
}

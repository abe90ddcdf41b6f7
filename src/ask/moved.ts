// Which amounts one row of an event moved: the policy's run over the data with the row and without it, statement by
// statement; and for each amount of pay what passed the change on, from the steps of both.

import type { Backend } from '../backend/backend.ts';
import { type Day, dayText, FIRST_DAY, LAST_DAY } from '../base/date.ts';
import { type Checked, type Diagnostic, hasErrors, RunError } from '../base/diagnostic.ts';
import { exactText } from '../base/exact.ts';
import { giveTurn, type Limits } from '../base/limits.ts';
import { runOver } from '../engine.ts';
import type { Run } from '../evaluate/cell.ts';
import type { PersonPay } from '../evaluate/person-pay.ts';
import { payOf, statementOf } from '../evaluate/statements.ts';
import { type Gathered, gather, type RunRequest } from '../gather.ts';
import type { CreditedRow, SourceSpec } from '../model/dataset.ts';
import type { EventExplanation, Moved } from '../model/event-explanation.ts';
import type { Expression } from '../model/expression.ts';
import type { EventModel, Model } from '../model/policy.ts';
import { openingFor, type Versions } from '../openings.ts';
import { bucketOf } from '../query/make-queries.ts';
import { failed } from './evaluate-expression.ts';
import { movedLines } from './moved-lines.ts';
import { findRow } from './without-row.ts';

/** Which row is asked about, and in which periods. */
export interface MovedRequest {
  readonly model: Model;
  readonly sources: readonly SourceSpec[];
  readonly event: string;
  readonly key: string;
  /** Periods of the policy, as a run takes them. */
  readonly period: string;
  readonly allowRejects?: boolean;
  /** As of which day: rows that became known after it are left out. */
  readonly asKnownOn?: Day;
  /** All versions of the policy: what goes on from earlier ones may be moved too. */
  readonly versions?: readonly Model[];
  /** What it may take; see `RunRequest`. */
  readonly limits?: Limits;
}

/** One side: a run of the policy over its data. */
export interface Side {
  readonly gathered: Gathered;
  readonly run: Run;
  /** Pay by person, then period. */
  readonly pay: ReadonlyMap<string, ReadonlyMap<string, PersonPay>>;
}

/**
 * What one row moved. `open` gives a backend for these sources, of which each is used once and closed. The value is
 * absent where either run has errors, or there is no such event or row (M3066).
 */
export async function explainEvent(
  request: MovedRequest,
  open: (sources: readonly SourceSpec[]) => Promise<Backend>,
): Promise<Checked<EventExplanation | undefined>> {
  try {
    return await moved(request, open);
  } catch (fault) {
    if (fault instanceof RunError) return failed(fault.diagnostics);
    throw fault;
  }
}

async function moved(
  request: MovedRequest,
  open: (sources: readonly SourceSpec[]) => Promise<Backend>,
): Promise<Checked<EventExplanation | undefined>> {
  const { model, sources, event: name, key, period, allowRejects = false, asKnownOn, limits } = request;
  const run = {
    model,
    period,
    allowRejects,
    ...(asKnownOn === undefined ? {} : { asKnownOn }),
    ...(limits && { limits }),
  };
  const models = request.versions ?? [model];
  const event = model.events.find((each) => each.name === name);
  const source = sources.find((each) => each.name === name);
  if (!event || !source) return failed([noEvent(model, name)]);
  const backend = await open(sources);
  try {
    const found = await findRow(event, source, { key, backend });
    const { value: gathered, diagnostics } = await gatherGoingOn(
      { ...run, sources },
      { models, open },
      backend,
    );
    if (!gathered) return failed(diagnostics);
    const credits = await creditsOf(event, key, backend);
    const rest = sources.map((each) => (each === source ? found.rest : each));
    const other = await open(rest);
    try {
      const without = await gatherGoingOn({ ...run, sources: rest }, { models, open }, other);
      if (!without.value) return failed(without.diagnostics);
      const sides = { with: await sideOf(gathered), without: await sideOf(without.value) };
      const credited = credits.map(({ row, as }) => creditedTo(gathered, row, as));
      const { title, currency } = model;
      const value: EventExplanation = {
        formatVersion: 1,
        policy: { name: model.name, ...(title === undefined ? {} : { title }), currency },
        event: name,
        key,
        row: found.row,
        file: source.file,
        fields: found.fields,
        credited,
        periods: gathered.periods.map((each) => each.id),
        ...(asKnownOn === undefined ? {} : { asKnownOn: dayText(asKnownOn) }),
        rejectsAllowed: allowRejects,
        moved: everyone(sides).flatMap((at): readonly Moved[] =>
          movedLines(sides, { ...at, isCredited: credited.some(({ person }) => person === at.person) }),
        ),
      };
      return { value, diagnostics };
    } finally {
      await other.close();
    }
  } finally {
    await backend.close();
  }
}

/** The data of a run with what goes on into it from earlier versions over the same data. */
async function gatherGoingOn(
  request: RunRequest,
  versions: Versions,
  backend: Backend,
): Promise<Checked<Gathered | undefined>> {
  const { value: opening, diagnostics } = await openingFor(request, versions);
  return hasErrors(diagnostics) ? failed(diagnostics) : gather({ ...request, opening }, backend);
}

function noEvent(model: Model, name: string): Diagnostic {
  const names = model.events.map((each) => `\`${each.name}\``).join(', ');
  return {
    code: 'M3066',
    severity: 'error',
    message: `the policy has no event \`${name}\``,
    help: `its events are ${names}`,
  };
}

async function sideOf(gathered: Gathered): Promise<Side> {
  const run = runOver(gathered);
  const persons = [...new Set(run.people.stays.map((each) => each.person))];
  const pay = new Map<string, ReadonlyMap<string, PersonPay>>();
  for (const person of persons) {
    await giveTurn(gathered.limits);
    pay.set(person, new Map(payOf(run, person, gathered.periods).map((each) => [each.period.id, each])));
  }
  return { gathered, run, pay };
}

/** By period, then person. */
function everyone({
  with: one,
  without: other,
}: Sides): readonly { readonly period: string; readonly person: string; readonly name: string }[] {
  const persons = [...new Set([...one.pay.keys(), ...other.pay.keys()])];
  return one.gathered.periods.flatMap(({ id }) =>
    persons.flatMap((person) => {
      const side = one.pay.get(person)?.has(id) ? one : other;
      const pay = side.pay.get(person)?.get(id);
      return pay ? [{ period: id, person, name: statementOf(side.run, pay).name }] : [];
    }),
  );
}

export interface Sides {
  readonly with: Side;
  readonly without: Side;
}

// ---- whom it credits -----------------------------------------------------------------------------------------------

interface Credited {
  readonly row: CreditedRow;
  readonly as?: string;
}

async function creditsOf(event: EventModel, key: string, backend: Backend): Promise<readonly Credited[]> {
  const field = event.fields.find((each) => each.name === event.key)!;
  const { type, span } = field;
  const isIt: Expression = {
    kind: 'apply',
    function: 'is',
    args: [
      { kind: 'field', name: field.name, type, optional: false, span },
      { kind: 'constant', text: key, type, optional: false, span },
    ],
    type: { kind: 'truth' },
    optional: false,
    span,
  };
  const names = [undefined, ...new Set(event.credit.flatMap((each) => each.as ?? []))];
  const found: Credited[] = [];
  for (const as of names) {
    const rows = await backend.rows({
      id: 'credited',
      event: event.name,
      buckets: [bucketOf({ from: FIRST_DAY, until: LAST_DAY + 1 })],
      columns: [],
      where: isIt,
      ...(as === undefined ? {} : { as }),
    });
    found.push(...rows.map((row) => ({ row, ...(as === undefined ? {} : { as }) })));
  }
  return found;
}

function creditedTo(
  { people }: Gathered,
  row: CreditedRow,
  as: string | undefined,
): EventExplanation['credited'][number] {
  const { person, role } = people.stays.find((each) => each.index === row.stay)!;
  return { person, role, share: exactText(row.share), ...(as === undefined ? {} : { as }) };
}

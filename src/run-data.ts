// What a run has read: as plain data, and with its answers at hand. All that evaluations of one policy share, or of
// policies that ask the same of the data.

import { InternalError } from './base/diagnostic.ts';
import type { Limits } from './base/limits.ts';
import type { Period } from './base/period.ts';
import type { Opening } from './evaluate/opening.ts';
import type { ControlTotals, TableData } from './model/dataset.ts';
import type { People } from './model/people.ts';
import type { Model } from './model/policy.ts';
import type { Answer } from './query/control.ts';
import { collectRows, type EventRows, type RowsAnswer } from './query/event-rows.ts';
import { collectFacts, type Facts } from './query/facts.ts';
import { askedBy, ofRows, written } from './query/of-rows.ts';

/** All that a run has read, as plain data that can be posted: no row of events is in it that nothing is paid by. */
export interface RunData {
  readonly periods: readonly Period[];
  readonly people: People;
  readonly tables: readonly TableData[];
  readonly answers: readonly Answer[];
  readonly rowsAnswers: readonly RowsAnswer[];
  readonly control: readonly ControlTotals[];
  /** The name of the backend that read it. */
  readonly backend: string;
  /** See `readFor`. */
  readonly policy: string;
}

/** The same, its answers at hand: whatever is worked out from it needs no backend any more. */
export interface Gathered extends Pick<RunData, 'periods' | 'people' | 'tables' | 'control' | 'backend'> {
  readonly model: Model;
  readonly facts: Facts;
  readonly rows: EventRows;
  /** What goes on from the version of the policy before. */
  readonly opening?: Opening;
  /** What all that is worked out from it may take. */
  readonly limits?: Limits;
}

/**
 * What was read, for a policy that asks no more of the data than the one for which it was read. Throws an
 * `InternalError` where that had other events, tables, people's attributes or measures: nothing is paid by chance.
 */
export function gathered(model: Model, data: RunData): Gathered {
  const { answers } = data;
  const asked = new Map(model.measures.map((each) => [each.id, askedBy(each)]));
  const isOther = ({ query }: Answer): boolean =>
    query.measures.some((each) => asked.has(each.id) && asked.get(each.id) !== askedBy(each));
  if (data.policy !== readFor(model) || answers.some(isOther))
    throw new InternalError('the data was read for a policy that asks something else of it');
  return collected(model, data);
}

/** The same for the policy for which it was read. */
export function collected(
  model: Model,
  { periods, people, tables, answers, rowsAnswers, control, backend }: Omit<RunData, 'policy'>,
): Gathered {
  const [facts, rows] = [collectFacts(answers), collectRows(rowsAnswers)];
  return { model, periods, people, tables, facts, rows, control, backend };
}

/** What of a policy decided about rows and people, as one text. */
export function readFor(model: Model): string {
  return written({ rows: ofRows(model), roles: model.roles.map((each) => each.name).sort() });
}

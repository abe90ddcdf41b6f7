// From a run that a person has checked to tests that hold it: what each statement says, and the least of the data that it
// takes to say it again. Each test is run before it is handed out.

import type { Backend } from '../backend/backend.ts';
import { FIRST_DAY } from '../base/date.ts';
import { type Checked, type Diagnostic, failedBy, hasErrors, RunError } from '../base/diagnostic.ts';
import { fiscalYears } from '../base/fiscal.ts';
import { parsePeriod } from '../base/period.ts';
import type { Span } from '../base/source.ts';
import { needSeldom } from '../check/needed.ts';
import { compile, resultIn, runOver } from '../engine.ts';
import { type Gathered, gather, type RunRequest } from '../gather.ts';
import type { Model } from '../model/policy.ts';
import type { Expectation, TestModel } from '../model/proof.ts';
import type { Statement } from '../model/result.ts';
import type { Cell } from '../model/value.ts';
import { needYaml } from '../syntax/forms.ts';
import { convertPolicy, type Form, formatPolicy } from '../syntax/print.ts';
import { verdictOn } from './expectation.ts';
import { type DataRow, dataRows, REACHES, type Reach, rowsWithin } from './recorded-rows.ts';
import { conditionsOf, recordedTest, type ToRecord, titleOf } from './recorded-text.ts';
import { gatherTest, type TestOptions } from './run-tests.ts';

/** A run whose statements become tests. */
export interface RecordRequest extends RunRequest {
  /** Whose statements; absent: everybody's. */
  readonly persons?: readonly string[];
  readonly form: Form;
  /** The policy's file that is written over, whose tests don't count. */
  readonly replaces?: string;
  /** Gives the backends that the tests are run on. */
  readonly openBackend: TestOptions['openBackend'];
}

/** A file of tests. */
export interface Recorded {
  readonly text: string;
  /** Names of the tests. */
  readonly tests: readonly string[];
  /** How many rows they have, people apart. */
  readonly rows: number;
  /** What isn't in them, and why, in words. */
  readonly leftOut: readonly string[];
}

/** Most rows of one test: past it nobody reads it. */
export const MOST_RECORDED = 300;

/** Runs the policy over data, and writes a test of each statement. The value is absent where the run has errors. */
export async function recordTests(
  request: RecordRequest,
  backend: Backend,
): Promise<Checked<Recorded | undefined>> {
  try {
    const { value: gathered, diagnostics } = await gather(request, backend);
    if (!gathered) return { value: undefined, diagnostics };
    const { persons } = request;
    const wanted = persons?.map((each) => each.normalize('NFC'));
    const statements = (await resultIn(gathered, request)).statements.filter(
      ({ person }) => wanted?.includes(person) ?? true,
    );
    const until = gathered.periods.reduce((last, each) => Math.max(last, each.until), FIRST_DAY);
    const rows = await dataRows(gathered, until, backend);
    return { value: await recordedAll({ request, gathered, rows }, statements), diagnostics };
  } catch (fault) {
    return failedBy(fault);
  }
}

interface Recording {
  readonly request: RecordRequest;
  readonly gathered: Gathered;
  readonly rows: readonly DataRow[];
}

async function recordedAll(recording: Recording, statements: readonly Statement[]): Promise<Recorded> {
  const { request, gathered } = recording;
  const tests: Tried[] = [];
  const names: string[] = [];
  const leftOut: string[] = [];
  for (const statement of statements) {
    const tried = await leastThatHolds(recording, statement);
    if (!tried || tried.record.conditions.length === 0) {
      leftOut.push(`${titleOf(statement)}: ${tried?.lost[0] ?? `it takes more than ${MOST_RECORDED} rows`}`);
      continue;
    }
    tests.push(tried);
    names.push(titleOf(statement));
    for (const each of tried.lost) leftOut.push(`${titleOf(statement)}: ${each}`);
  }
  const head = `// Recorded from a run of ${request.period}: it proves that the policy still says so, not that it is right.`;
  const text = [head, ...tests.map(({ record }) => recordedTest(gathered.model, record))].join('\n\n');
  const source = { name: 'recorded.merit', text };
  await needSeldom();
  if (request.form === 'yaml') await needYaml();
  const { value = text } = request.form === 'yaml' ? convertPolicy(source, 'yaml') : formatPolicy(source);
  return {
    text: value,
    tests: names,
    rows: tests.reduce((sum, each) => sum + sizeOf(each.record), 0),
    leftOut,
  };
}

// ---- one statement -------------------------------------------------------------------------------------------------

/** A test that was run: what holds of it, and what doesn't with so little of the data. */
interface Tried {
  readonly record: ToRecord;
  readonly lost: readonly string[];
}

/** The first reach of the data within which all holds that the statement says; else that within which most of it does. */
async function leastThatHolds(recording: Recording, statement: Statement): Promise<Tried | undefined> {
  let best: Tried | undefined;
  for (const reach of REACHES) {
    const record = recordOf(recording, statement, reach);
    if (sizeOf(record) > MOST_RECORDED) break;
    const tried = await tryOut(recording, record);
    if (!best || tried.lost.length < best.lost.length) best = tried;
    if (tried.lost.length === 0) break;
  }
  return best;
}

function sizeOf({ rows, tables, people, absences }: ToRecord): number {
  return rows.length + tables.length + people.length + absences.length;
}

function recordOf({ gathered, rows: all }: Recording, statement: Statement, reach: Reach): ToRecord {
  const { model } = gathered;
  const { person } = statement;
  const { from: since, until } = parsePeriod(statement.period, fiscalYears(model))!;
  const before = all.filter((row) => row.day < until);
  const rows = rowsWithin(model, before, { person, since, reach });
  const everybody = reach === 'credited' || reach === 'all';
  const named = new Set([person, ...rows.flatMap(personsIn)]);
  const tables = tableRows(gathered, { persons: named, rows, everything: everybody });
  for (const { name, cells } of tables) for (const each of personCells(model, name, cells)) named.add(each);
  const people = gathered.people.rows.filter(
    (row) => row.from < until && (everybody || named.has(row.person)),
  );
  const absences = gathered.people.absences.filter(
    (each) => each.from < until && people.some((row) => row.person === each.person),
  );
  return { statement, people, absences, rows, tables, conditions: conditionsOf(gathered, statement) };
}

function personsIn({ event, values }: DataRow): readonly string[] {
  return event.fields.flatMap((field, at) =>
    field.type.kind === 'person' && typeof values[at] === 'string' ? [values[at]] : [],
  );
}

function personCells(model: Model, table: string, cells: readonly Cell[]): readonly string[] {
  const fields = model.tables.find((each) => each.name === table)!.fields;
  return fields.flatMap((field, at) =>
    field.type.kind === 'person' && typeof cells[at] === 'string' ? [cells[at]] : [],
  );
}

/** Rows of tables that one of the people or rows may look up; of small tables all. */
function tableRows(
  { model, tables, people }: Gathered,
  of: {
    readonly persons: ReadonlySet<string>;
    readonly rows: readonly DataRow[];
    readonly everything: boolean;
  },
): ToRecord['tables'] {
  const texts = new Set<Cell>(of.persons);
  for (const { values } of of.rows) for (const each of values) if (typeof each === 'string') texts.add(each);
  for (const row of people.rows)
    if (of.persons.has(row.person)) for (const each of [row.team, ...row.attributes]) texts.add(each);
  return tables.flatMap(({ table, rows }) => {
    const { fields, keys } = model.tables.find((each) => each.name === table)!;
    const at = keys.map((key) => fields.findIndex((each) => each.name === key));
    const isText = (cell: Cell): boolean => typeof cell === 'string';
    const kept =
      of.everything || rows.length <= SMALL_TABLE
        ? rows
        : rows.filter((cells) => at.every((each) => !isText(cells[each]) || texts.has(cells[each])));
    return kept.map((cells) => ({ name: table, cells }));
  });
}

const SMALL_TABLE = 20;

// ---- trying a test -------------------------------------------------------------------------------------------------

/** Runs a test beside the policy, and drops from it what doesn't hold or can't be said. */
async function tryOut({ request, gathered }: Recording, record: ToRecord): Promise<Tried> {
  const name = '<recorded>';
  const sources = gathered.model.sources.map((each) =>
    each.name === request.replaces ? { ...each, text: '' } : each,
  );
  const lost: string[] = [];
  let conditions = record.conditions;
  for (;;) {
    const own = { ...record, conditions };
    const text = recordedTest(gathered.model, own);
    const compiled = compile([...sources, { name, text }]);
    const places = conditionPlaces(text, conditions);
    if (!compiled.value) {
      const wrong = compiled.diagnostics.filter((each) => each.severity === 'error');
      const unsaid = conditions.filter((_, at) => wrong.some(({ span }) => span && lies(span, places[at]!)));
      if (unsaid.length === 0) return { record: { ...own, conditions: [] }, lost: wrong.map(messageOf) };
      lost.push(...unsaid.map((each) => `\`${each}\` can't be expected`));
      conditions = conditions.filter((each) => !unsaid.includes(each));
      continue;
    }
    const test = compiled.value.tests.find((each) => each.span.source === name)!;
    const held = await holding(compiled.value, test, request);
    if (held.faults.length > 0)
      return { record: { ...own, conditions: [] }, lost: held.faults.map(messageOf) };
    const failing = conditions.filter((_, at) => !held.conditions[at]);
    return {
      record: { ...own, conditions: conditions.filter((each) => !failing.includes(each)) },
      lost: [
        ...lost,
        ...failing.map((each) => `\`${each}\` takes more of the data than ${MOST_RECORDED} rows`),
      ],
    };
  }
}

function messageOf({ message }: Diagnostic): string {
  return message;
}

/** Where each condition stands in the text of a test: a line each. */
function conditionPlaces(text: string, conditions: readonly string[]): readonly Omit<Span, 'source'>[] {
  let at = text.lastIndexOf('\n  expect ');
  return conditions.map((each) => {
    const start = text.indexOf(`\n    ${each}`, at);
    at = start + 1;
    return { start, end: start + each.length + 5 };
  });
}

function lies(span: Span, { start, end }: Omit<Span, 'source'>): boolean {
  return span.source === '<recorded>' && span.start >= start && span.end <= end;
}

/** Which of a test's conditions hold. */
async function holding(
  model: Model,
  test: TestModel,
  { openBackend }: RecordRequest,
): Promise<{ readonly conditions: readonly boolean[]; readonly faults: readonly Diagnostic[] }> {
  const { gathered, expectations, faults } = await gatherTest(model, test, { openBackend });
  if (!gathered || hasErrors(faults)) return { conditions: [], faults };
  const run = runOver(gathered);
  const holds = (expectation: Expectation, at: number): boolean => {
    try {
      return verdictOn(run, expectation, expectation.conditions[at]!).value === true;
    } catch (fault) {
      if (fault instanceof RunError) return false;
      throw fault;
    }
  };
  return {
    conditions: expectations.flatMap((each) => each.conditions.map((_, at) => holds(each, at))),
    faults: [],
  };
}

// Months closed one after another, as a payroll office would: what stories of tests share, and the sums by
// which they are compared with single runs.

import { createMemoryBackend } from '../../src/backend/memory.ts';
import { add, type Exact, exact, exactText, subtract, ZERO } from '../../src/base/exact.ts';
import type { Source } from '../../src/base/source.ts';
import { type Corrected, correct, type Open } from '../../src/closing/correct.ts';
import { run } from '../../src/engine.ts';
import { withChanges } from '../../src/ledger/snapshot.ts';
import type { SourceSpec } from '../../src/model/dataset.ts';
import type { PayLine } from '../../src/model/pay-lines.ts';
import type { Model } from '../../src/model/policy.ts';
import type { Statement } from '../../src/model/result.ts';
import { openingFor } from '../../src/openings.ts';
import { compileVersions, versionFor } from '../../src/versions.ts';
import { type Closed, closedWith } from './small-months.ts';

/** The policy's files and the data, as they are on the day of a close. */
export interface Office {
  readonly policy: readonly Source[];
  readonly sources: readonly SourceSpec[];
  /** Rows that are gone have been looked at. */
  readonly acceptRemoved?: boolean;
  readonly open?: Open;
}

/** Rows of text cells by source; the fields of the first row are the columns. */
export type Tables = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

/** Rows as sources of CSV; a source without rows has the columns that are given for it. */
export function sourcesOf(
  tables: Tables,
  columns: Readonly<Record<string, readonly string[]>>,
): readonly SourceSpec[] {
  return Object.entries(columns).map(([name, fields]) => {
    const cells = (tables[name] ?? []).map((row) => fields.map((field) => row[field] ?? ''));
    const text = [fields, ...cells].map((row) => row.map(quoted).join(',')).join('\n');
    return {
      name,
      file: `${name}.csv`,
      format: 'csv',
      content: { kind: 'text', text },
      columns: new Map(),
      constants: new Map(),
      dialect: {},
    };
  });
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

const openMemory: Open = async () => createMemoryBackend({ readFile: () => Promise.reject() });

export function modelsOf({ policy }: Pick<Office, 'policy'>): readonly Model[] {
  const { value, diagnostics } = compileVersions(policy);
  const errors = diagnostics.filter((each) => each.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((each) => `${each.code} ${each.message}`).join('\n'));
  return value;
}

/** A month as it would be closed now. */
export async function draft(before: Closed, office: Office, period: string): Promise<Corrected> {
  const models = modelsOf(office);
  const { sources, acceptRemoved = false, open = openMemory } = office;
  const { value, diagnostics } = await correct({ ...before, models, sources, period, acceptRemoved }, open);
  if (!value) throw new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
  return value;
}

/** Closes a month: what is kept of it goes through text and back, as in a store, and of the inputs only what has changed. */
export async function close(before: Closed, office: Office, period: string): Promise<Closed> {
  const kept = JSON.parse(JSON.stringify(await draft(before, office, period))) as Corrected;
  return closedWith(before, { ...kept, snapshot: withChanges(before.snapshot, kept.changes) });
}

/** Statements of single runs over periods, each by a version that holds in all of them, with what goes on between them. */
export async function single(office: Office, stretches: readonly string[]): Promise<readonly Statement[]> {
  const models = modelsOf(office);
  const found: Statement[] = [];
  for (const period of stretches) {
    const model = versionFor(models, period).value!;
    const request = { model, sources: office.sources, period };
    const opening = await openingFor(request, { models, open: openMemory });
    const { value, diagnostics } = await run({ ...request, opening: opening.value }, await openMemory([]));
    if (!value) throw new Error(diagnostics.map((each) => `${each.code} ${each.message}`).join('\n'));
    found.push(...value.statements);
  }
  return found;
}

// ---- sums ----------------------------------------------------------------------------------------------------------

function sum(amounts: readonly string[]): Exact {
  return amounts.map(exact).reduce(add, ZERO);
}

function linesOf({ lines = [] }: Statement, kind: PayLine['kind']): readonly PayLine[] {
  return lines.filter((each) => each.kind === kind);
}

/** By person: all that was paid, less what is owed of it, and with what is set against parts that aren't due yet. */
export function paidForGood({ closes }: Closed): ReadonlyMap<string, string> {
  return byPerson(
    closes.flatMap((each) => each.body.result.statements),
    (own) => {
      const paid = sum(own.map((each) => each.pay));
      const offsets = sum(own.flatMap((each) => linesOf(each, 'offset')).map((each) => each.amount));
      const debt = sum(
        own
          .flatMap((each) => [...linesOf(each, 'carried'), ...linesOf(each, 'owed')])
          .map((each) => each.amount),
      );
      return exactText(subtract(subtract(paid, offsets), debt));
    },
  );
}

/** By person: what is payable in all. */
export function payable(statements: readonly Statement[]): ReadonlyMap<string, string> {
  return byPerson(statements, (own) => exactText(sum(own.map((each) => each.pay))));
}

/** By person: what was paid for good and is due later, or is payable and due later. */
export function withDue(
  sums: ReadonlyMap<string, string>,
  last: readonly Statement[],
): ReadonlyMap<string, string> {
  const due = new Map(last.map((each) => [each.person, sum((each.due ?? []).map((part) => part.amount))]));
  return new Map(
    [...sums].map(([person, amount]) => [person, exactText(add(exact(amount), due.get(person) ?? ZERO))]),
  );
}

/** By person: what is earned in all; of a policy without draws and without anything that is lost. */
export function earned(statements: readonly Statement[]): ReadonlyMap<string, string> {
  return byPerson(statements, (own) => exactText(sum(own.map((each) => each.earned ?? each.pay))));
}

function byPerson(
  statements: readonly Statement[],
  of: (own: readonly Statement[]) => string,
): ReadonlyMap<string, string> {
  const people = [...new Set(statements.map((each) => each.person))].sort();
  const sums = people.map(
    (person) => [person, of(statements.filter((each) => each.person === person))] as const,
  );
  return new Map(sums.filter(([, amount]) => amount !== '0'));
}

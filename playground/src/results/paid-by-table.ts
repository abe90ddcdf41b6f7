// What people have of a table: of one tier what lies in it, of a point of a curve who lies from it up to the next.

import {
  compareTexts,
  type FigureValue,
  type Input,
  type RoleStatement,
} from '../../../src/browser-figures.ts';
import { noteOf, type PaidNote, type Part } from './paid-row.ts';
import type { PolicyLine } from './policy-lines.ts';

interface Reading {
  readonly input: Input;
  readonly of: string;
  readonly note?: PaidNote;
}

/** All readings of a table in a role's lines of pay, rows of bonuses per event included. */
function readingsOf({ lines }: RoleStatement, table: string): readonly Reading[] {
  const reads = ({ text }: Input): boolean =>
    text.startsWith(`${table}(`) || text.startsWith(`${table}.rate(`);
  return lines.flatMap((line) => {
    const note = noteOf(line);
    const more = note ? { note } : {};
    const own = line.inputs.filter(reads).map((input) => ({ input, of: line.title ?? line.name, ...more }));
    const ofRows = (line.perEvent?.rows ?? []).flatMap(({ key, inputs }) =>
      inputs.filter(reads).map((input) => ({ input, of: key, ...more })),
    );
    return [...own, ...ofRows];
  });
}

/** What lies in one tier of a table of rates, of each line of pay that reads it. */
export function tierRows(role: RoleStatement, { name, at }: PolicyLine): readonly Part[] {
  return readingsOf(role, name).flatMap(({ input, of, note }) =>
    (input.tiers ?? [])
      .filter(({ bound }) => bound.value !== null && at !== undefined && compareTexts(bound.value, at) === 0)
      .map(({ part, rate, amount }): Part => {
        const isMoney = amount?.type.kind === 'money' && amount.value !== null;
        const isPaid = note === undefined || note === 'cap';
        return {
          value: part,
          beside: rate,
          of,
          ...(isMoney ? { amount: isPaid ? amount.value : '0' } : {}),
          ...(note ? { note } : {}),
        };
      }),
  );
}

/** Who reads a table, or what lies on a curve from one of its points up to the next. */
export function readRows(role: RoleStatement, { kind, name, at }: PolicyLine): readonly Part[] {
  const isThere = (from: { readonly at: FigureValue } | undefined): boolean =>
    kind === 'table' || (from?.at.value != null && at !== undefined && compareTexts(from.at.value, at) === 0);
  const scored = [role, ...(role.longer ?? [])].flatMap(({ score }) =>
    (score?.lines ?? [])
      .filter((each) => each.curve === name && isThere(each.part?.from))
      .map(
        (each): Part => ({
          value: each.read,
          beside: { value: each.score, type: { kind: 'percent' } },
          of: each.kpi,
        }),
      ),
  );
  const read = readingsOf(role, name)
    .filter(({ input }) => isThere(input.curve?.from))
    .map(({ input, of, note }): Part => ({ value: input.value, of, ...(note ? { note } : {}) }));
  return [...scored, ...read];
}

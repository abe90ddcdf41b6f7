// Grids: keys in order or all words of a list in each dimension, one value for each cell, one type for all of them.

import { compare, exact } from '../base/exact.ts';
import type { Span } from '../base/source.ts';
import { TEXT } from '../library/types.ts';
import type { Grid, GridKey } from '../model/tables.ts';
import type { ValueType } from '../model/value.ts';
import type * as ast from '../syntax/ast.ts';
import type * as astMeasures from '../syntax/ast-measures.ts';
import { type Checking, ERROR } from './context.ts';
import { filled, laidOut, rowsWritten } from './grid-cells.ts';
import { means, wordOf } from './meanings.ts';
import * as messages from './messages.ts';
import { declaredList, listOf, OneType, wordIn } from './one-type.ts';
import * as seldom from './seldom-messages.ts';

/** What is read of a grid: the texts of the constants that it names. */
interface Reading {
  readonly checking: Checking;
  readonly grid: Span;
  readonly texts: Map<astMeasures.GridKey | ast.Expression, string>;
}

/**
 * The grid as the Model has it; `undefined` when something in it couldn't be read (which has been reported). The types of
 * its dimensions and cells, which formulas that read it need, are noted.
 */
export function gridModel(checking: Checking, grid: astMeasures.GridDeclaration): Grid | undefined {
  const { name, dimensions, columns, rows } = grid;
  const reading: Reading = { checking, grid: name.span, texts: new Map() };
  const { texts } = reading;
  const seen = new Map<string, Span>();
  for (const each of dimensions) {
    const first = seen.get(each.text);
    if (first) checking.diagnostics.push(messages.duplicateName(each.span, each.text, first));
    seen.set(each.text, each.span);
  }
  const depth = dimensions.length - 1;
  if (dimensions.length > 3)
    checking.diagnostics.push(
      messages.notHere(
        dimensions[3]!.span,
        `\`${dimensions[3]!.text}\``,
        'a grid has two or three dimensions',
      ),
    );
  // a lone `otherwise` is the rest of every dimension of the rows
  const full = rows.map(({ keys, values, span }) => {
    const isRest = keys.length === 1 && keys[0]!.kind === 'otherwise';
    return { keys: isRest ? Array.from({ length: depth }, () => keys[0]!) : keys, values, span };
  });
  const wrong = full.filter(({ keys }) => keys.length !== depth);
  const names = dimensions.map((each) => each.text);
  const asked = { rows: names.slice(0, depth), column: names.at(-1)! };
  for (const { keys, span } of wrong)
    checking.diagnostics.push(seldom.keysOfOtherNumber(keys[0]?.span ?? span, keys.length, asked));
  const types =
    wrong.length > 0
      ? dimensions.map(() => ERROR)
      : dimensions.map((_, index) =>
          index === depth
            ? dimension(reading, [columns])
            : dimension(
                reading,
                branches(
                  full.map(({ keys }) => keys),
                  index,
                ),
              ),
        );
  for (const [index, type] of types.entries()) {
    if (type.kind !== 'enumeration') continue;
    const named = index === depth ? columns : full.flatMap(({ keys }) => keys[index] ?? []);
    for (const each of named) if (each.kind === 'word') means(checking, each.word, wordOf(type));
  }
  const output = cells(reading, grid);
  if (rows.length === 0)
    checking.diagnostics.push(
      messages.missingPart(name.span, `grid \`${name.text}\``, 'rows', {
        text: 'from 0% | 10% | 11%',
        yaml: 'from 0%: 10% | 11%',
      }),
    );
  const keys = [...columns, ...full.flatMap((each) => each.keys)];
  // below its first bounds it gives 0, and there is no such word
  const optional = output.kind === 'enumeration' && keys.some((each) => each.kind === 'bound');
  checking.grids.set(name.text, { dimensions: types, output, optional });
  const keyOf = (key: astMeasures.GridKey): GridKey | undefined => {
    if (key.kind === 'otherwise') return { kind: 'otherwise' };
    if (key.kind === 'word') return { kind: 'word', word: key.word.text };
    const at = texts.get(key);
    return at === undefined ? undefined : { kind: 'bound', at, includes: key.word === 'from' };
  };
  const all = <T>(list: readonly (T | undefined)[]): readonly T[] | undefined =>
    list.every((each) => each !== undefined) ? (list as readonly T[]) : undefined;
  const read = full.map((row) => ({
    keys: all(row.keys.map(keyOf)),
    cells: all(row.values.map((each) => texts.get(each) ?? wordIn(each))),
  }));
  const headings = all(columns.map(keyOf));
  const whole = read.flatMap(({ keys, cells }) => (keys && cells ? [{ keys, cells }] : []));
  const unread = wrong.length > 0 || whole.length < rows.length || [output, ...types].includes(ERROR);
  if (!headings || unread || rows.length === 0) return undefined;
  const layout = laidOut(whole, headings);
  const { keys: levels, cells: values } = layout;
  const written = rowsWritten(layout);
  return {
    name: name.text,
    ...(grid.doc === undefined ? {} : { doc: grid.doc }),
    dimensions: levels.map((keys, index) => ({
      name: dimensions[index]!.text,
      type: types[index]!,
      keys,
    })),
    output,
    cells: filled(values),
    ...(written ? { rows: written } : {}),
    span: name.span,
  };
}

/** The keys of a dimension of the rows, in each group of rows that agree in the ones before. */
function branches(
  rows: readonly (readonly astMeasures.GridKey[])[],
  index: number,
): readonly (readonly astMeasures.GridKey[])[] {
  const groups: astMeasures.GridKey[][] = [];
  let before: string | undefined;
  for (const keys of rows) {
    const path = JSON.stringify(keys.slice(0, index).map(identity));
    if (path !== before || groups.length === 0) groups.push([]);
    before = path;
    const group = groups.at(-1)!;
    const last = group.at(-1);
    // the first of three keys stands on each of its rows
    const deeper = index + 1 < keys.length;
    if (!(deeper && last && identity(last) === identity(keys[index]!))) group.push(keys[index]!);
  }
  return groups;
}

function identity(key: astMeasures.GridKey): string {
  if (key.kind === 'bound')
    return `${key.word} ${JSON.stringify(key.value, (name, value) => (name === 'span' ? undefined : value))}`;
  return key.kind === 'word' ? `word ${key.word.text}` : 'otherwise';
}

/** The type of one dimension, from all its keys; each group of them must be in order, or complete. */
function dimension(reading: Reading, groups: readonly (readonly astMeasures.GridKey[])[]): ValueType {
  const { checking } = reading;
  const keys = groups.flat();
  const words = keys.flatMap((each) => (each.kind === 'word' ? [each.word.text] : []));
  const firstWord = keys.find((each) => each.kind === 'word');
  const firstBound = keys.find((each) => each.kind === 'bound');
  if (firstWord && firstBound) {
    const [first, second] = [firstWord, firstBound].sort((a, b) => a.span.start - b.span.start);
    checking.diagnostics.push(
      messages.wrongType(
        second!.span,
        first!.kind === 'word' ? 'a word, or `otherwise`' : 'a bound, such as `above 5`',
        first!.kind === 'word' ? 'a bound' : 'a word',
        [{ span: first!.span, message: 'because of this key' }],
      ),
    );
    return ERROR;
  }
  if (firstBound) {
    const bounds = new OneType(checking, 'a bound');
    for (const group of groups) ascending(reading, group, bounds);
    return bounds.type ?? ERROR;
  }
  const list = declaredList(checking, words);
  for (const group of groups) complete(reading, group, list?.members);
  return list ?? TEXT;
}

function ascending(
  { checking, texts }: Reading,
  keys: readonly astMeasures.GridKey[],
  bounds: OneType,
): void {
  let before:
    | { readonly text: string; readonly key: astMeasures.GridKey & { readonly kind: 'bound' } }
    | undefined;
  for (const key of keys) {
    if (key.kind !== 'bound') continue;
    const text = bounds.read(key.value);
    if (text === undefined) continue;
    texts.set(key, text);
    const order = before ? compare(exact(before.text), exact(text)) : -1;
    const stepsOver = before?.key.word === 'from' && key.word === 'above';
    if (order > 0 || (order === 0 && !stepsOver))
      checking.diagnostics.push(seldom.keysOutOfOrder(key.span, before!.key.span));
    before = { text, key };
  }
}

/** Every word of the list once, or `otherwise` for the rest; of other texts there is always a rest. */
function complete(
  { checking, grid }: Reading,
  keys: readonly astMeasures.GridKey[],
  members: readonly string[] | undefined,
): void {
  const seen = new Map<string, Span>();
  for (const key of keys) {
    const text = key.kind === 'word' ? key.word.text : 'otherwise';
    const first = seen.get(text);
    if (first) checking.diagnostics.push(messages.duplicateName(key.span, text, first));
    seen.set(text, key.span);
  }
  if (keys.some((each) => each.kind === 'otherwise')) return;
  const left = members?.filter((each) => !seen.has(each));
  if (left === undefined || left.length > 0)
    checking.diagnostics.push(seldom.wordsLeftOut(keys[0]?.span ?? grid, left ?? []));
}

/** The type of the cells: numbers or amounts alike, or words. */
function cells({ checking, texts }: Reading, { columns, rows }: astMeasures.GridDeclaration): ValueType {
  const values = new OneType(checking, 'a cell of a grid');
  const words = rows.flatMap((row) => row.values.map(wordIn));
  if (words.length > 0 && !words.includes(undefined))
    values.type = listOf(checking, words as readonly string[]);
  for (const row of rows) {
    if (row.values.length !== columns.length)
      checking.diagnostics.push(
        seldom.rowOfOtherLength(row.span, row.values.length, columns.length, columns[0]?.span ?? row.span),
      );
    for (const each of row.values) {
      const text = values.read(each);
      if (text !== undefined) texts.set(each, text);
    }
  }
  return values.type ?? ERROR;
}

// Statements of the text form as rows: cells that stand below those of their neighbours, then the rest, which may break.

import { beginsClause, continuesLine } from './outline.ts';
import type { PhraseName } from './phrases.ts';
import type { BonusPhrase } from './phrases-pay.ts';
import { comparison, isWord, nameText, quoted } from './print-expression.ts';
import { type Cells, headCells } from './print-heads.ts';
import { flat, group, type Layout, LINE, nest, render, spaced, WIDTH, widthOf } from './print-layout.ts';
import { beginsLine, bonusClauses, phraseText } from './print-phrases.ts';
import { isClaimAlone, type Statement, type Whole } from './print-statements.ts';

/** A statement of one line: cells that may be aligned with its neighbours', then the rest. */
export interface Row {
  readonly cells: Cells;
  readonly rest: Layout;
  /** Whether it is a line of a grid, which never breaks. */
  readonly isTable?: true;
  /** Whether what doesn't fit begins on a line of its own. */
  readonly breaksFirst?: boolean;
  /** Whether its cells stand below its neighbours' where the rest takes a line of its own, as in a list of KPIs. */
  readonly keepsPlace?: boolean;
  /** The statement with its clauses in a block, for when it doesn't fit. */
  readonly long?: { readonly head: Layout; readonly lines: readonly Row[] };
}

/** The lines of a block's head, up to `{`. */
export function headLines(
  statement: Statement | Whole,
  { indent, open }: { readonly indent: number; readonly open: string },
): readonly string[] {
  if ('shape' in statement && statement.equals !== undefined) {
    const row = rowOf(statement);
    return broken({ ...row, rest: [row.rest, open] }, indent).split('\n');
  }
  return [`${' '.repeat(indent)}${headOf(statement)}${open}`];
}

function headOf(statement: Statement | Whole): string {
  if ('shape' in statement) return plainCells(cellsOf(statement));
  const { clause, key } = statement;
  if (clause.form !== 'group') return clause.word!;
  return flat(spaced(clause.word, phraseText(clause.phrase as 'rowHead', key as never)));
}

/** A block that reads best on one line, if it fits: a row of a test, one expectation, one claim. */
export function oneLine(statement: Statement | Whole): Row | undefined {
  const lines = statement.lines!;
  if ('shape' in statement) {
    if (!isClaimAlone(statement)) return undefined;
    return { cells: cellsOf(statement), rest: ['{ ', rowOf(lines[0]!).rest, ' }'] };
  }
  const { form, lines: inside } = statement.clause;
  if (form !== 'group' || lines.length === 0 || (!inside!.named && lines.length > 1)) return undefined;
  const said = lines.map((line) => lineText(rowOf(line))).join(', ');
  // After `status green` the comma before `amber` would split nothing.
  if (/\bstatus green\b.*, amber\b/.test(said)) return undefined;
  return { cells: [['head', headOf(statement)]], rest: `{ ${said} }` };
}

function cellsOf({ shape, name, head }: Whole): Cells {
  const isText = shape.word === 'test' || shape.word === 'invariant';
  const text = name === undefined ? '' : isText ? quoted(name.text) : nameText(name);
  return [['word', shape.word], ['name', text], ...headCells(shape.head, head)];
}

/** The row of a statement, or of a declaration that has no block. */
export function rowOf(statement: Statement | Whole): Row {
  if ('shape' in statement) {
    const { equals, shape } = statement;
    const rest: Layout = equals ? ['= ', phraseText('formula', equals.value as never)] : '';
    const breaksFirst = shape.clauses.length > 1;
    return { cells: cellsOf(statement), rest, breaksFirst, keepsPlace: breaksFirst };
  }
  const { clause, name, key } = statement;
  const said = saidOf(statement);
  switch (clause.form) {
    case 'line':
      if (clause.phrase === 'creditLine') return creditRow(said);
      if (clause.word === '|') return gridRow('', said);
      return { cells: [['word', clause.word!]], rest: clause.defines === true ? ['= ', said] : said };
    case 'named': {
      const cells: Cells = [
        ['word', clause.word!],
        [clause.key, nameText(name!)],
      ];
      return clause.head === undefined ? { cells, rest: said } : bonusRow(statement, cells, clause.head);
    }
    case 'field': {
      const field = statement.value as { readonly known: boolean };
      const known = field.known ? 'known ' : '';
      const rest = phraseText('fieldType', { ...field, known: false } as never);
      return { cells: [['name', `${known}${nameText(name!)}:`]], rest };
    }
    case 'computed':
      return { cells: [['name', firstName(name!.text, continuesLine)]], rest: ['= ', said] };
    case 'block': {
      const isTaken = clause.phrase === 'cell' ? continuesLine : beginsStatement;
      return { cells: [['name', firstName(name!.text, isTaken)]], rest: said };
    }
    case 'entry':
      if (clause.separator === '|')
        return gridRow(flat(phraseText(clause.keyPhrase as 'gridKeys', key as never)), said);
      return {
        cells: [['key', `${flat(phraseText(clause.keyPhrase as 'curveKey', key as never))}:`]],
        rest: said,
      };
    case 'bare':
      return clause.phrase === 'claim' ? { cells: [], rest: said } : conditionRow(statement, said);
    case 'head':
    case 'group':
      return { cells: [], rest: said };
    default:
      return clause.form satisfies never;
  }
}

function saidOf({ clause, value }: Statement): Layout {
  if (clause.phrase === 'label') return labelText(clause.key, value);
  return phraseText(clause.phrase as 'formula', value as never);
}

/** Titles and the like stand in quotes always, codes where they must. */
function labelText(key: string, value: unknown): string {
  const { text } = value as { readonly text: string };
  return key === 'currency' && isWord(text) ? text : quoted(text);
}

/** A bonus; where its line is too long, its clauses stand in a block. */
function bonusRow({ value }: Statement, cells: Cells, head: PhraseName): Row {
  const bonus = value as BonusPhrase;
  const row = { cells: [...cells, ...headCells(head, bonus)], breaksFirst: true };
  const clauses = bonusClauses(bonus);
  const rest: Layout = ['= ', phraseText('bonus', bonus)];
  if (clauses.length === 0 || (clauses.length === 1 && bonus.when !== undefined)) return { ...row, rest };
  const lines = clauses.map(([word, said]): Row => ({ cells: [['word', word]], rest: said }));
  return { ...row, rest, long: { head: ['= ', phraseText('formula', bonus.value)], lines } };
}

/** Shares stand below each other, percents by their last digits. */
function creditRow(line: Layout): Row {
  const parts = line as readonly Layout[];
  const share = parts.findIndex(
    (part, index) => index > 2 && part !== ' ' && !flat(part).startsWith('else '),
  );
  const to = ['to', flat(parts.slice(0, share - 1))] as const;
  const said = flat(parts[share]!);
  if (!/^[0-9._]+%$/.test(said)) return { cells: [to], rest: parts.slice(share) };
  return { cells: [to, ['share', said]], rest: parts.slice(share + 2) };
}

/** A line of a grid: its keys, and what stands behind each bar. */
function gridRow(key: string, said: Layout): Row {
  const values = (said as readonly Layout[]).filter((part) => part !== ' | ');
  const columns = values.map((value, index) => [`value ${index}`, `| ${flat(value)}`] as const);
  return { cells: [['key', key], ...columns], rest: '', isTable: true };
}

/** What is expected: comparisons stand below each other. */
function conditionRow({ value }: Statement, said: Layout): Row {
  const compared = comparison(value as never);
  if (compared === undefined || flat(compared[0]).startsWith('-'))
    return { cells: [], rest: beginsLine(said) };
  return { cells: [['left', flat(compared[0])]], rest: compared[1] };
}

/** A name that begins a line, in quotes where the word would say something else. */
function firstName(text: string, isTaken: (word: string) => boolean): string {
  return isWord(text) && !isTaken(text) ? text : quoted(text);
}

function beginsStatement(word: string): boolean {
  return continuesLine(word) || beginsClause(word);
}

function plainCells(cells: Cells): string {
  return cells
    .map(([, text]) => text)
    .filter((text) => text !== '')
    .join(' ');
}

/** A statement in one line, however long; of a declaration that has a block, its first line. */
export function statementLine(statement: Statement | Whole): string {
  if (statement.lines === undefined) return lineText(rowOf(statement));
  if ('shape' in statement && statement.equals !== undefined) return lineText(rowOf(statement));
  return headOf(statement);
}

function lineText({ cells, rest }: Row): string {
  return [plainCells(cells), flat(rest)].filter((text) => text !== '').join(' ');
}

/** Whether two statements are aligned: named clauses only with those of their own kind, lines of their own never. */
export function isAlike(first: Statement | Whole, second: Statement | Whole): boolean {
  if ('shape' in first || 'shape' in second) return true;
  if (first.clause.form === 'group' || second.clause.form === 'group') return false;
  return first.clause === second.clause || (first.clause.form !== 'named' && second.clause.form !== 'named');
}

/** Whether the row can stand among aligned ones: it fits in a line, or breaks after its cells. */
export function canAlign(row: Row | undefined, indent: number): boolean {
  return row !== undefined && (row.keepsPlace === true || isShort(row, indent));
}

/** Whether the row fits in a line. */
export function isShort(row: Row | undefined, indent: number): boolean {
  return row !== undefined && (row.isTable === true || indent + widthOf(lineText(row)) <= WIDTH);
}

/** The rows' texts: their cells below each other if all still fit; what is too long by itself is broken. */
export function align(rows: readonly (Row | undefined)[], indent: number): readonly string[] {
  const all = rows.flatMap((row) => row ?? []);
  if (all.length < rows.length) return [];
  const widths = new Map<string, number>();
  const short = all.filter((row) => isShort(row, indent));
  const names = all.flatMap(({ cells }) => cells.filter(([column]) => column === 'name'));
  for (const [column, text] of [...names, ...short.flatMap((row) => row.cells)]) {
    widths.set(column, Math.max(widths.get(column) ?? 0, widthOf(text)));
  }
  const aligned = all.map((row) => {
    const cells = row.cells.map(([column, text]) => {
      const padding = ' '.repeat(Math.max(0, (widths.get(column) ?? 0) - widthOf(text)));
      return column === 'share' ? padding + text : text + padding;
    });
    const first = cells.filter((text) => text !== '').join(' ');
    const said = [first, flat(row.rest)].filter((text) => text !== '').join(' ');
    const line = `${' '.repeat(indent)}${said}`.trimEnd();
    if (row.isTable === true || widthOf(line) <= WIDTH) return line;
    if (row.keepsPlace !== true || short.length < 2) return undefined;
    return isShort(row, indent) ? broken(row, indent) : broken(row, indent, first.trimEnd());
  });
  return all.map((row, index) => (aligned.includes(undefined) ? broken(row, indent) : aligned[index]!));
}

/** A row by itself, broken where it doesn't fit. */
function broken(row: Row, indent: number, first = plainCells(row.cells)): string {
  const { cells, rest, breaksFirst = false, long } = row;
  const margin = ' '.repeat(indent);
  if (long !== undefined && !isShort(row, indent)) {
    const head = broken({ cells, breaksFirst, rest: [long.head, ' {'] }, indent, first);
    const lines = align(long.lines, indent + 2);
    return [head, ...lines, `${margin}}`].join('\n');
  }
  if (first === '') return margin + render(nest(4, rest), { from: indent, indent });
  if (rest === '') return margin + first;
  const layout = group(first, nest(4, breaksFirst ? LINE : ' ', rest));
  return margin + render(layout, { from: indent, indent });
}

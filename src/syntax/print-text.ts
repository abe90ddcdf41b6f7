// A policy in the text form: two blanks of indentation, one statement a line, what stands below each other aligned.

import type { Source } from '../base/source.ts';
import type { PolicyFile } from './ast.ts';
import { type Around, type Attached, attachComments, leading, type Remark } from './comments.ts';
import { beginsClause, continuesLine } from './outline.ts';
import { isWord, nameText, quoted } from './print-expression.ts';
import { flat, group, type Layout, LINE, nest, render, spaced, WIDTH, widthOf } from './print-layout.ts';
import { headCells, phraseText } from './print-phrases.ts';
import { type Statement, standApart, type Whole, wholesOf } from './print-statements.ts';

/** The file in the text form; `source` is what it was read from, in either form. It must have been read without errors. */
export function printText(file: PolicyFile, source: Source): string {
  const wholes = wholesOf(file.declarations);
  const attached = attachComments(file, wholes, source);
  const printer = new TextPrinter(attached);
  printer.all(wholes, 0);
  printer.remarks(attached.end, { indent: 0, isFirst: wholes.length === 0 });
  return printer.text();
}

/** A printed line; `comment` stands after it, below the comments of its neighbours. */
interface Line {
  readonly text: string;
  readonly comment?: string;
}

/** A statement of one line: cells that may be aligned with its neighbours', then the rest. */
interface Row {
  readonly cells: readonly (readonly [column: string, text: string])[];
  readonly rest: Layout;
  /** Whether what doesn't fit begins on a line of its own. */
  readonly breaksFirst: boolean;
}

const END: Line = { text: '' };

class TextPrinter {
  private readonly lines: Line[] = [];

  constructor(private readonly attached: Attached) {}

  text(): string {
    return withComments(this.lines)
      .map((line) => `${line}\n`)
      .join('');
  }

  /** The statements of one block. */
  all(statements: readonly (Statement | Whole)[], indent: number): void {
    const rows = statements.map((each) => (each.lines === undefined ? rowOf(each) : undefined));
    const leads = statements.map((each, index) => {
      const before = statements[index - 1];
      const apart = before !== undefined && standApart(before, each);
      return leading(this.attached.around(each), { isFirst: index === 0, apart });
    });
    for (let from = 0; from < statements.length; ) {
      let to = from + 1;
      if (isShort(rows[from], indent)) {
        while (
          to < statements.length &&
          !leads[to]!.blank &&
          !leads[to]!.remarks.some(({ blank }) => blank)
        ) {
          if (!isShort(rows[to], indent) || !isAlike(statements[from]!, statements[to]!)) break;
          to += 1;
        }
      }
      const texts = align(rows.slice(from, to), indent);
      for (let index = from; index < to; index++) {
        const statement = statements[index]!;
        const around = this.attached.around(statement);
        this.before(statement, leads[index]!, indent);
        if (statement.lines === undefined) this.statement(texts[index - from]!, around);
        else this.block(statement, around, indent);
      }
      from = to;
    }
  }

  remarks(remarks: readonly Remark[], at: { readonly indent: number; readonly isFirst: boolean }): void {
    for (const [index, { text, blank }] of remarks.entries()) {
      if (blank && !(index === 0 && at.isFirst)) this.lines.push(END);
      this.lines.push({ text: `${' '.repeat(at.indent)}//${text === '' ? '' : ` ${text}`}` });
    }
  }

  private before(
    { doc }: Statement | Whole,
    lead: { readonly remarks: readonly Remark[]; readonly blank: boolean },
    indent: number,
  ): void {
    this.remarks(lead.remarks, { indent, isFirst: false });
    if (lead.blank) this.lines.push(END);
    if (doc === undefined) return;
    for (const line of docLines(doc)) {
      this.lines.push({ text: `${' '.repeat(indent)}///${line === '' ? '' : ` ${line}`}` });
    }
  }

  private statement(text: string, { after }: Around): void {
    const lines = text.split('\n');
    for (const [index, each] of lines.entries()) {
      const isLast = index === lines.length - 1;
      this.lines.push({ text: each, ...(isLast && after !== undefined && { comment: after }) });
    }
  }

  private block(statement: Statement | Whole, { after, end }: Around, indent: number): void {
    const margin = ' '.repeat(indent);
    const comment = after === undefined ? {} : { comment: after };
    const lines = statement.lines!;
    if (lines.length === 0 && end.length === 0 && after === undefined) {
      this.lines.push({ text: `${margin}${headOf(statement)} {}` });
      return;
    }
    this.lines.push({ text: `${margin}${headOf(statement)} {`, ...comment });
    this.all(lines, indent + 2);
    this.remarks(end, { indent: indent + 2, isFirst: lines.length === 0 });
    this.lines.push({ text: `${margin}}` });
  }
}

/** The lines of a description, without what no form can keep: blanks at line ends and empty lines at the end. */
export function docLines(doc: string): readonly string[] {
  const lines = doc.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.trimEnd());
  while (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines;
}

function headOf(statement: Statement | Whole): string {
  if (!('shape' in statement)) return statement.clause.word!;
  return cellsOf(statement)
    .map(([, text]) => text)
    .filter((text) => text !== '')
    .join(' ');
}

function cellsOf({ shape, name, head }: Whole): Row['cells'] {
  return [
    ['word', shape.word],
    ['name', name === undefined ? '' : nameText(name)],
    ...headCells(shape.head, head),
  ];
}

function rowOf(statement: Statement | Whole): Row {
  if ('shape' in statement) {
    const { value } = statement.equals!;
    const rest = ['= ', phraseText('formula', value as never)];
    return { cells: cellsOf(statement), rest, breaksFirst: statement.shape.clauses.length > 1 };
  }
  const { clause, name, key, value } = statement;
  const said =
    clause.phrase === 'label'
      ? labelText(clause.key, value)
      : phraseText(clause.phrase as 'formula', value as never);
  const row = (cells: Row['cells'], rest: Layout, breaksFirst = false): Row => ({ cells, rest, breaksFirst });
  switch (clause.form) {
    case 'line':
      if (clause.phrase !== 'creditLine') return row([['word', clause.word!]], said);
      return creditRow(flat(said), said);
    case 'named': {
      const cells: Row['cells'] = [
        ['word', clause.word!],
        [clause.key, nameText(name!)],
      ];
      if (clause.head === undefined) return row(cells, said);
      return row([...cells, ...headCells(clause.head, value as object)], ['= ', said], true);
    }
    case 'field':
      return row([['name', `${nameText(name!)}:`]], said);
    case 'computed':
      return row([['name', firstName(name!.text, continuesLine)]], ['= ', said]);
    case 'block':
      return row([['name', firstName(name!.text, beginsStatement)]], said);
    case 'entry':
      return row([['key', `${flat(phraseText(clause.keyPhrase as 'formula', key as never))}:`]], said);
    case 'head':
      return row([], said);
    default:
      return clause.form satisfies never;
  }
}

/** Titles and the like stand in quotes always, codes and grains where they must. */
function labelText(key: string, value: unknown): string {
  const { text } = value as { readonly text: string };
  return ['currency', 'period'].includes(key) && isWord(text) ? text : quoted(text);
}

/** Shares stand below each other. */
function creditRow(line: string, said: Layout): Row {
  const parts = said as readonly Layout[];
  const share = parts.findIndex(
    (part, index) => index > 2 && part !== ' ' && !flat(part).startsWith('else '),
  );
  if (share === -1) return { cells: [], rest: line, breaksFirst: false };
  return { cells: [['to', flat(parts.slice(0, share - 1))]], rest: parts.slice(share), breaksFirst: false };
}

/** A name that begins a line, in quotes where the word would say something else. */
function firstName(text: string, isTaken: (word: string) => boolean): string {
  return isWord(text) && !isTaken(text) ? text : quoted(text);
}

function beginsStatement(word: string): boolean {
  return continuesLine(word) || beginsClause(word);
}

function plainCells({ cells }: Row): string {
  return cells
    .map(([, text]) => text)
    .filter((text) => text !== '')
    .join(' ');
}

/** Whether two statements are aligned: named clauses only with those of their own kind. */
function isAlike(first: Statement | Whole, second: Statement | Whole): boolean {
  if ('shape' in first || 'shape' in second) return true;
  return first.clause === second.clause || (first.clause.form !== 'named' && second.clause.form !== 'named');
}

function isShort(row: Row | undefined, indent: number): boolean {
  return row !== undefined && indent + widthOf(`${plainCells(row)} ${flat(row.rest)}`) <= WIDTH;
}

/** The rows' texts: their cells below each other if all still fit; a lone long row is broken. */
function align(rows: readonly (Row | undefined)[], indent: number): readonly string[] {
  const margin = ' '.repeat(indent);
  if (rows.some((row) => row === undefined)) return [];
  const widths = new Map<string, number>();
  for (const [column, text] of rows.flatMap((row) => row!.cells)) {
    widths.set(column, Math.max(widths.get(column) ?? 0, widthOf(text)));
  }
  const aligned = rows.map((row) => {
    const cells = row!.cells.flatMap(([column, text]) => {
      const width = widths.get(column)!;
      return width === 0 ? [] : [text + ' '.repeat(width - widthOf(text))];
    });
    return `${margin}${[...cells, flat(row!.rest)].join(' ')}`;
  });
  if (aligned.every((line) => widthOf(line) <= WIDTH)) return aligned;
  return rows.map((row) => {
    const { rest, breaksFirst } = row!;
    const layout = group(spaced(plainCells(row!)), nest(4, breaksFirst ? LINE : ' ', rest));
    return margin + render(layout, { from: indent, indent });
  });
}

/** Comments of neighbouring lines of one indentation stand below each other. */
function withComments(lines: readonly Line[]): readonly string[] {
  const indentOf = (line: Line) => widthOf(/^ */.exec(line.text)![0]);
  const texts: string[] = [];
  for (let from = 0; from < lines.length; ) {
    let to = from + 1;
    const isCommented = (index: number) => lines[index]?.comment !== undefined;
    while (isCommented(from) && isCommented(to) && indentOf(lines[to]!) === indentOf(lines[from]!)) to += 1;
    const width = Math.max(...lines.slice(from, to).map((line) => widthOf(line.text)));
    for (const { text, comment } of lines.slice(from, to)) {
      const padding = ' '.repeat(width - widthOf(text));
      texts.push(
        comment === undefined ? text : `${text}${padding}  //${comment === '' ? '' : ` ${comment}`}`,
      );
    }
    from = to;
  }
  return texts;
}

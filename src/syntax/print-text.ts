// A policy in the text form: two blanks of indentation, one statement a line, what stands below each other aligned.

import type { Source } from '../base/source.ts';
import type { PolicyFile } from './ast-policy.ts';
import { type Around, type Attached, attachComments, leading, type Remark } from './comments.ts';
import { widthOf } from './print-layout.ts';
import { align, canAlign, headLines, isAlike, isShort, oneLine, rowOf } from './print-rows.ts';
import { type Statement, standApart, type Whole, wholesOf } from './print-statements.ts';

/** The file in the text form; `source` is what it was read from, in either form. It must have been read without errors. */
export function printText(file: PolicyFile, source: Source): string {
  const wholes = wholesOf(file.declarations, source);
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
    const rows = statements.map((each) => {
      if (each.lines === undefined) return rowOf(each);
      const row = this.hasRemarksInside(each) ? undefined : oneLine(each);
      return isShort(row, indent) ? row : undefined;
    });
    const leads = statements.map((each, index) => {
      const before = statements[index - 1];
      const apart = before !== undefined && standApart(before, each);
      return leading(this.attached.around(each), { isFirst: index === 0, apart });
    });
    for (let from = 0; from < statements.length; ) {
      let to = from + 1;
      if (canAlign(rows[from], indent)) {
        while (to < statements.length && (rows[to]?.isTable === true || !hasBlank(leads[to]!))) {
          if (!canAlign(rows[to], indent) || !isAlike(statements[from]!, statements[to]!)) break;
          to += 1;
        }
      }
      const texts = align(rows.slice(from, to), indent);
      for (let index = from; index < to; index++) {
        const statement = statements[index]!;
        const around = this.attached.around(statement);
        this.before(statement, leads[index]!, indent);
        if (rows[index] !== undefined) this.statement(texts[index - from]!, around);
        else this.block(statement, around, indent);
      }
      from = to;
    }
  }

  /** Whether comments stand in the statement's block, which takes a line for each. */
  private hasRemarksInside(statement: Statement | Whole): boolean {
    const insides = statement.lines!.map((line) => this.attached.around(line));
    const isBare = ({ before, blank, after }: Around, index: number) =>
      before.length === 0 && after === undefined && (index === 0 || !blank);
    return this.attached.around(statement).end.length > 0 || !insides.every(isBare);
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
    const isEmpty = lines.length === 0 && end.length === 0 && after === undefined;
    const head = headLines(statement, { indent, open: isEmpty ? ' {}' : ' {' });
    for (const [index, text] of head.entries())
      this.lines.push({ text, ...(index === head.length - 1 && comment) });
    if (isEmpty) return;
    this.all(lines, indent + 2);
    this.remarks(end, { indent: indent + 2, isFirst: lines.length === 0 });
    this.lines.push({ text: `${margin}}` });
  }
}

function hasBlank({ remarks, blank }: ReturnType<typeof leading>): boolean {
  return blank || remarks.some((each) => each.blank);
}

/** The lines of a description, without what no form can keep: blanks at line ends and empty lines at the end. */
export function docLines(doc: string): readonly string[] {
  const lines = doc.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.trimEnd());
  while (lines.length > 1 && lines.at(-1) === '') lines.pop();
  return lines;
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

// A policy in YAML: the keys of shape.ts, short forms where they say all, and a new document where the text returns to
// a kind that it has left, so that the order survives.

import type { Source } from '../base/source.ts';
import type { PolicyFile } from './ast-policy.ts';
import { type Attached, attachComments, leading, type Remark } from './comments.ts';
import { flat, type Layout, render, WIDTH, widthOf } from './print-layout.ts';
import { paysOf, phraseText } from './print-phrases.ts';
import { isClaimAlone, type Statement, standApart, type Whole, wholesOf } from './print-statements.ts';
import { docLines } from './print-text.ts';
import { isBlock, label, scalar } from './print-yaml-scalar.ts';
import type { Clause, Part, Reader } from './shape.ts';

/** The file in YAML; `source` is what it was read from, in either form. It must have been read without errors. */
export function printYaml(file: PolicyFile, source: Source): string {
  const wholes = wholesOf(file.declarations, source);
  const attached = attachComments(file, wholes, source);
  const printer = new YamlPrinter(attached);
  printer.file(wholes);
  return printer.lines.map((line) => `${line}\n`).join('');
}

/** What stands before a value on its line: its key, or the dash of a list. */
interface Prefix {
  readonly indent: number;
  readonly text: string;
}

class YamlPrinter {
  readonly lines: string[] = [];

  constructor(private readonly attached: Attached) {}

  file(wholes: readonly Whole[]): void {
    let section = '';
    const left = new Set<string>();
    const names = new Set<string>();
    for (const [index, whole] of wholes.entries()) {
      const { shape, name } = whole;
      const isSame = shape.key === section;
      // A key stands once in a document, and a name once in its section.
      const isOnce = shape.named ? names.has(name!.text) : shape.listed !== true;
      const isRepeated = isSame ? isOnce : left.has(shape.key);
      const before = wholes[index - 1];
      const apart = before !== undefined && standApart(before, whole);
      const lead = leading(this.attached.around(whole), { isFirst: index === 0, apart });
      if (isRepeated) {
        if (beginsBlank(lead)) this.lines.push('');
        this.lines.push('---');
        left.clear();
      }
      if (isRepeated || !isSame) names.clear();
      // The policy and its people stand at the top, the others in their section.
      const isInside = (shape.named && shape.word !== 'policy') || shape.listed === true;
      const isFirstInside = isInside && (isRepeated || !isSame);
      this.before(isRepeated ? withoutBlank(lead) : lead, isInside && !isFirstInside ? 2 : 0);
      if (isFirstInside) this.lines.push(`${shape.key}:`);
      this.declaration(whole, isInside ? 2 : 0);
      section = shape.key;
      left.add(section);
      if (name !== undefined) names.add(name.text);
    }
    this.remarks(this.attached.end, 0, wholes.length === 0);
  }

  private declaration(whole: Whole, indent: number): void {
    const { shape, name, doc, head, equals, lines } = whole;
    const { after, end } = this.attached.around(whole);
    const comment = after === undefined ? '' : commentText(after);
    if (shape.word === 'policy') {
      this.lines.push(`policy: ${label(name!.text)}${comment}`);
      this.doc(doc, 0);
      this.groups(lines!, 0);
      // Further in than the keys, which tells it from what stands before the next section.
      this.remarks(end, 2, lines!.length === 0);
      return;
    }
    const isItem = shape.listed === true;
    const key = isItem ? '-' : `${scalar(name?.text ?? shape.key)}:`;
    const heads = shape.clauses.filter((clause) => clause.form === 'head' && head[clause.into] !== undefined);
    const short = doc === undefined ? this.shortOf(whole, heads) : undefined;
    if (short !== undefined) {
      const own = lines === undefined ? comment : this.afterText(lines[0]!);
      this.value({ indent, text: key }, short.clause.phrase, { value: short.value, comment: own });
      return;
    }
    const isBare = doc === undefined && heads.length === 0 && equals === undefined;
    if (isBare && lines?.length === 0) {
      this.lines.push(`${' '.repeat(indent)}${key} {}${comment}`);
    } else {
      const from = this.lines.length;
      if (!isItem) this.lines.push(`${' '.repeat(indent)}${key}${comment}`);
      this.doc(doc, indent + 2, isItem ? comment : '');
      for (const [index, clause] of heads.entries()) {
        const prefix = { indent: indent + 2, text: `${clause.key}:` };
        const own = isItem && doc === undefined && index === 0 ? comment : '';
        this.value(prefix, clause.phrase, { value: head[clause.into], comment: own, isFlat: isItem });
      }
      if (equals !== undefined) {
        const prefix = { indent: indent + 2, text: `${equals.clause.key}:` };
        this.value(prefix, equals.clause.phrase, { value: equals.value });
      }
      const isList = isBare && lines!.every((line) => line.clause.key === shape.short && line.clause.many);
      if (isList) this.items(lines!, indent + 2);
      else this.groups(lines ?? [], indent + 2);
      // A map of one key would be a field of that name.
      if (shape.word === 'person' && lines!.length === 0)
        this.lines.push(`${' '.repeat(indent + 2)}${shape.short}: {}`);
      if (isItem) this.lines[from] = `${' '.repeat(indent)}- ${this.lines[from]!.slice(indent + 2)}`;
    }
    this.remarks(end, indent + (isItem ? 4 : 2), lines?.length === 0);
  }

  /** What a declaration says, where that is all and one scalar says it. */
  private shortOf(whole: Whole, heads: readonly Clause[]): Pick<Statement, 'clause' | 'value'> | undefined {
    const { shape, head, equals, lines } = whole;
    const clause = heads[0];
    if (lines === undefined && equals === undefined && heads.length === 1 && clause!.key === shape.short)
      return { clause: clause!, value: head[clause!.into] };
    if (heads.length > 0) return undefined;
    if (lines === undefined) return equals?.clause.key === shape.short ? equals : undefined;
    if (!isClaimAlone(whole)) return undefined;
    // Between the name and the claim no comment has a place.
    const { after, end } = this.attached.around(whole);
    const isAlone = after === undefined && end.length === 0;
    return isAlone && this.attachedTo(lines[0]!).before.length === 0 ? lines[0] : undefined;
  }

  /** Statements by clause, each with its key. */
  private groups(statements: readonly Statement[], indent: number): void {
    for (let from = 0; from < statements.length; ) {
      const { clause } = statements[from]!;
      let to = from + 1;
      while (statements[to]?.clause === clause) to += 1;
      const first = statements[from]!;
      const margin = ' '.repeat(indent);
      const isOne = (clause.form === 'line' || clause.form === 'bare') && clause.many !== true;
      const lead = this.lead(first, statements[from - 1]);
      if (isOne) {
        this.before(lead, indent);
        const prefix = { indent, text: `${clause.key}:` };
        this.value(prefix, clause.phrase, { value: first.value, comment: this.afterText(first) });
      } else if (clause.form === 'block') {
        this.before(lead, indent);
        this.block(first, { indent, text: `${clause.key}:` }, '{}');
      } else {
        if (beginsBlank(lead)) this.lines.push('');
        this.lines.push(`${margin}${clause.key}:`);
        this.items(statements.slice(from, to), indent + 2);
      }
      from = to;
    }
  }

  /** A statement that has lines of its own. */
  private block(statement: Statement, { indent, text }: Prefix, empty: '{}' | '[]'): void {
    const lines = statement.lines!;
    const { end } = this.attachedTo(statement);
    const none = lines.length === 0 ? ` ${empty}` : '';
    this.lines.push(`${' '.repeat(indent)}${text}${none}${this.afterText(statement)}`);
    // An item begins after its dash.
    const inside = indent + (text.startsWith('- ') ? 4 : 2);
    this.items(lines, inside);
    this.remarks(end, inside, lines.length === 0);
  }

  /** The statements of one clause: a list, or a map by name or key. */
  private items(statements: readonly Statement[], indent: number): void {
    for (const [index, statement] of statements.entries()) {
      const { clause, name, key } = statement;
      const before = statements[index - 1];
      const isAgain = name !== undefined && before?.name?.text === name.text;
      const isSeveral = isAgain || (name !== undefined && statements[index + 1]?.name?.text === name.text);
      const margin = ' '.repeat(indent);
      const lead = this.lead(statement, before);
      if (clause.form === 'group') {
        const head = scalar(flat(phraseText(clause.phrase as 'formula', key as never)));
        this.before(lead, indent);
        this.block(statement, { indent, text: `- ${head}:` }, clause.lines!.named ? '{}' : '[]');
        continue;
      }
      const text =
        name !== undefined
          ? `${scalar(name.text)}:`
          : key !== undefined
            ? `${scalar(flat(phraseText(clause.keyPhrase as 'formula', key as never)))}:`
            : '-';
      if (isSeveral && clause.form === 'named') {
        if (!isAgain) {
          if (beginsBlank(lead)) this.lines.push('');
          this.lines.push(`${margin}${text}`);
        }
        this.before(isAgain ? lead : withoutBlank(lead), indent + 2);
        this.statement(statement, { indent: indent + 2, text: '-' });
      } else {
        this.before(lead, indent);
        this.statement(statement, { indent, text });
      }
    }
  }

  private statement(statement: Statement, prefix: Prefix): void {
    const { clause, doc, value } = statement;
    const comment = this.afterText(statement);
    const parts = spelt(statement);
    if (parts === undefined) {
      this.value(prefix, clause.phrase, { value, comment });
      return;
    }
    const margin = ' '.repeat(prefix.indent);
    const isItem = prefix.text === '-';
    const from = this.lines.length;
    if (!isItem) this.lines.push(`${margin}${prefix.text}${comment}`);
    const indent = prefix.indent + 2;
    this.doc(doc, indent, isItem ? comment : '');
    for (const [index, [part, said]] of parts.entries()) {
      const own = isItem && doc === undefined && index === 0 ? comment : '';
      const several = part.many === true ? (said as readonly unknown[]) : [said];
      if (several.length > 1) {
        this.lines.push(`${' '.repeat(indent)}${part.key}:${own}`);
        for (const one of several) this.value({ indent: indent + 2, text: '-' }, part.phrase, { value: one });
      } else {
        this.value({ indent, text: `${part.key}:` }, part.phrase, { value: several[0], comment: own });
      }
    }
    if (isItem) this.lines[from] = `${margin}- ${this.lines[from]!.slice(indent)}`;
  }

  /** A key or dash and its value, on one line or as a block. */
  private value(
    { indent, text }: Prefix,
    reader: Reader,
    said: { readonly value: unknown; readonly comment?: string; readonly isFlat?: boolean },
  ): void {
    const { value, comment = '', isFlat = indent === 0 } = said;
    const start = `${' '.repeat(indent)}${text} `;
    if (reader === 'label' || reader === 'flag') {
      const word = reader === 'flag' ? String(value) : label((value as { readonly text: string }).text);
      this.lines.push(`${start}${word}${comment}`);
      return;
    }
    const layout: Layout = phraseText(reader as 'formula', value as never);
    const line = `${start}${scalar(flat(layout))}`;
    const broken = render(layout, { from: indent + 2, indent: 0 }).split('\n');
    // No block where a comment at the declaration's end would seem to be its last line.
    if (isFlat || widthOf(line) <= WIDTH || broken.length === 1 || !isBlock(broken)) {
      this.lines.push(`${line}${comment}`);
    } else {
      const margin = ' '.repeat(indent + 2);
      this.lines.push(`${start}|-${comment}`, ...broken.map((each) => `${margin}${each}`));
    }
  }

  private doc(doc: string | undefined, indent: number, comment = ''): void {
    if (doc === undefined) return;
    const lines = docLines(doc);
    const margin = ' '.repeat(indent);
    if (lines.length === 1 || !isBlock(lines)) {
      this.lines.push(`${margin}doc: ${label(lines.join('\n'))}${comment}`);
      return;
    }
    const body = lines.map((line) => (line === '' ? '' : `${margin}  ${line}`));
    this.lines.push(`${margin}doc: |-${comment}`, ...body);
  }

  private lead(statement: Statement, before: Statement | undefined): Lead {
    const apart = before !== undefined && standApart(before, statement);
    return leading(this.attachedTo(statement), { isFirst: before === undefined, apart });
  }

  private afterText(statement: Statement): string {
    const { after } = this.attachedTo(statement);
    return after === undefined ? '' : commentText(after);
  }

  private attachedTo(statement: Statement) {
    return this.attached.around(statement);
  }

  private before({ remarks, blank }: Lead, indent: number): void {
    this.remarks(remarks, indent);
    if (blank) this.lines.push('');
  }

  private remarks(remarks: readonly Remark[], indent: number, isFirst = false): void {
    for (const [index, { text, blank }] of remarks.entries()) {
      if (blank && !(index === 0 && isFirst)) this.lines.push('');
      this.lines.push(`${' '.repeat(indent)}#${text === '' ? '' : ` ${text}`}`);
    }
  }
}

type Lead = ReturnType<typeof leading>;

function beginsBlank({ remarks, blank }: Lead): boolean {
  return remarks[0]?.blank ?? blank;
}

/** Without the empty line at the beginning, which stands before the key of the whole group. */
function withoutBlank({ remarks, blank }: Lead): Lead {
  const [first, ...rest] = remarks;
  if (first === undefined) return { remarks, blank: false };
  return { remarks: [{ ...first, blank: false }, ...rest], blank };
}

function commentText(text: string): string {
  return text === '' ? ' #' : ` # ${text}`;
}

/** The parts of a value that YAML spells out as a map; undefined where one phrase says it as well. */
function spelt(statement: Statement): readonly (readonly [Part, unknown])[] | undefined {
  const { clause, doc, value } = statement;
  const { parts } = clause;
  if (parts === undefined) return undefined;
  const said = (clause.form === 'computed' ? { value } : value) as Readonly<Record<string, unknown>>;
  const given = parts.flatMap((part): (readonly [Part, unknown])[] => {
    const one = part.into !== '' ? said[part.into] : part.phrase === 'pays' ? paysOf(said) : value;
    if (part.many === true && (one as readonly unknown[]).length === 0) return [];
    // A flag that is false by itself isn't said; where it may be unsaid, false says something.
    const isUnsaid =
      one === undefined || (part.phrase === 'flag' && one === false && part.key !== 'prorated');
    return isUnsaid ? [] : [[part, one]];
  });
  const isLong =
    clause.head === undefined ? said.when !== undefined && clause.form !== 'field' : given.length > 1;
  return doc !== undefined || isLong ? given : undefined;
}

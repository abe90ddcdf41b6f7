// The text form: tokens, an outline of statements and blocks, then each statement by the shape of what it stands in.
// A statement that can't be read is said and left out; the others survive.

import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { cover, type Source, type Span } from '../base/source.ts';
import type { Name } from './ast.ts';
import type { Declaration, PolicyFile } from './ast-policy.ts';
import { isEqualsOnly } from './find-clause.ts';
import { lex } from './lexer.ts';
import { makeDeclaration } from './make-declarations.ts';
import * as messages from './messages.ts';
import { continuesLine, outline, type Statement } from './outline.ts';
import type { PhraseName } from './phrases.ts';
import { endOf, spanOf, wholeSpan } from './places.ts';
import { add, ClauseReader, END, type Entries } from './read-clause.ts';
import { type DeclarationShape, SHAPES, shapeOf } from './shape.ts';
import { wholeOf } from './slice.ts';
import type { Token } from './tokens.ts';
import * as t from './tokens.ts';

/** Reads a `.merit` file. */
export function parseText(source: Source): Checked<PolicyFile> {
  const lexed = lex(wholeOf(source));
  const { statements, diagnostics } = outline(lexed.tokens);
  const reader = new StatementReader([...lexed.diagnostics, ...diagnostics]);
  const declarations = statements.flatMap((statement) => reader.declaration(statement) ?? []);
  const { comments } = lexed;
  return { value: { source: source.name, declarations, comments }, diagnostics: reader.diagnostics };
}

/** Reads statements, and collects what is wrong with them. */
class StatementReader {
  /** The first token of a declaration whose `{` or formula is missing: what is indented below it was meant to be it. */
  private unopened: Token | undefined;
  private readonly clauses: ClauseReader;

  constructor(readonly diagnostics: Diagnostic[]) {
    this.clauses = new ClauseReader(diagnostics);
  }

  declaration(statement: Statement): Declaration | undefined {
    const { tokens, block } = statement;
    const first = tokens[0];
    if (first === undefined) {
      this.diagnostics.push(messages.blockNotAllowed(block!.open.span, 'the beginning of a line'));
      return undefined;
    }
    const shape = shapeOf(first.value);
    if (shape === undefined) {
      if (this.unopened !== undefined && first.column > this.unopened.column) return undefined;
      this.diagnostics.push(
        messages.unknownDeclaration(
          first.span,
          first.image,
          SHAPES.map((each) => each.word),
        ),
      );
      return undefined;
    }
    this.unopened = undefined;
    const name = shape.named ? this.clauses.name(tokens, 1) : undefined;
    if (shape.named && name === undefined) return undefined;
    const place = name === undefined ? first.span : cover(first.span, name.span);
    const entries: Entries = new Map();
    const said = this.diagnostics.length;
    this.firstLine(shape, { tokens: tokens.slice(name === undefined ? 1 : 2), place, entries });
    const last = tokens.at(-1)!;
    // `kpi a =` and `kpi a = 1 +`: the line below was meant to go on with it, which has been said.
    if (this.diagnostics.length > said && endsOpen(last)) this.unopened = first;
    this.declarationBlock(shape, { statement, place, entries });
    const doc = first.doc?.text;
    return makeDeclaration(
      {
        shape,
        ...(name && { name }),
        ...(doc !== undefined && { doc }),
        span: wholeSpan(statement),
        place,
        entries,
      },
      this.diagnostics,
    );
  }

  /** What stands after the name, up to the block: the head, and `= …` where the declaration has it. */
  private firstLine(
    shape: DeclarationShape,
    at: { readonly tokens: readonly Token[]; readonly place: Span; readonly entries: Entries },
  ): void {
    const { tokens, place, entries } = at;
    const equals =
      shape.equals === undefined ? -1 : tokens.findIndex((token) => token.tokenType === t.Equals);
    const head = equals === -1 ? tokens : tokens.slice(0, equals);
    const value = this.clauses.phrase(shape.head, head, {
      place: endOf(place),
      end: equals === -1 ? END : '`=`',
    });
    const clauses = shape.clauses.filter((clause) => clause.form === 'head');
    if (value === undefined) {
      // Said; what the head would have filled isn't missed again.
      for (const clause of clauses) add(entries, clause.into, { value, span: place });
    } else if (clauses.length === 1 && clauses[0]!.required === true) {
      add(entries, clauses[0]!.into, { value, span: place });
    } else {
      for (const [into, part] of Object.entries(value))
        add(entries, into, { value: part, span: (part as Name).span });
    }
    if (equals === -1) return;
    const clause = shape.clauses.find((each) => each.key === shape.equals)!;
    const after = tokens.slice(equals + 1);
    const sign = tokens[equals]!.span;
    const formula = this.clauses.phrase(clause.phrase as PhraseName, after, { place: endOf(sign), end: END });
    add(entries, clause.into, { value: formula, span: spanOf(after) ?? sign });
  }

  private declarationBlock(
    shape: DeclarationShape,
    at: { readonly statement: Statement; readonly place: Span; readonly entries: Entries },
  ): void {
    const { block } = at.statement;
    const { entries } = at;
    const value = shape.clauses.find((clause) => clause.key === shape.equals);
    const inBlock = shape.clauses.filter((clause) => clause.form !== 'head' && !isEqualsOnly(clause));
    const unsaid = value !== undefined && !entries.has(value.into);
    if (block === undefined) {
      const isComplete = inBlock.every((clause) => clause.required !== true || entries.has(clause.into));
      if (value === undefined ? inBlock.length === 0 : !unsaid && isComplete) return;
      const orBlock = unsaid && !isEqualsOnly(value);
      const wanted = unsaid ? `\`=\` and a formula${orBlock ? ', or `{`' : ''}` : '`{`';
      const place = endOf(spanOf(at.statement.tokens)!);
      this.diagnostics.push(messages.unexpected(place, wanted, { found: END }));
      // Said; the clauses of the block aren't missed again.
      this.unopened = at.statement.tokens[0];
      for (const clause of shape.clauses) {
        if (clause.form !== 'head' && !entries.has(clause.into))
          add(entries, clause.into, { value: undefined, span: at.place });
      }
      return;
    }
    if (inBlock.length === 0) {
      this.diagnostics.push(messages.blockNotAllowed(block.open.span, `\`${shape.word}\``));
      return;
    }
    for (const statement of block.statements) this.clauses.clause(shape, statement, entries);
  }
}

/** Whether something must follow the token for a formula to be whole. */
function endsOpen(token: Token): boolean {
  return !t.isValue(token) && continuesLine(token.image);
}

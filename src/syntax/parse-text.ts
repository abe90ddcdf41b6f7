// The text form: tokens, an outline of statements and blocks, then each statement by the shape of what it stands in.
// A statement that can't be read is said and left out; the others survive.

import { tokenMatcher } from 'chevrotain';
import type { Checked, Diagnostic } from '../base/diagnostic.ts';
import { cover, type Source, type Span } from '../base/source.ts';
import type { Declaration, Name, PolicyFile } from './ast.ts';
import { LATER_CLAUSES, LATER_DECLARATIONS } from './later.ts';
import { lex } from './lexer.ts';
import { LIMITS } from './limits.ts';
import { nameOf } from './literals.ts';
import { type Entry, makeDeclaration } from './make-declarations.ts';
import * as messages from './messages.ts';
import { type Block, outline, type Statement } from './outline.ts';
import type { PhraseName, PhraseValue } from './phrases.ts';
import { type Around, readPhrase } from './read-phrase.ts';
import { type Clause, type DeclarationShape, type Reader, SHAPES, shapeOf } from './shape.ts';
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

type Entries = Map<string, Entry[]>;

/** Reads statements, and collects what is wrong with them. */
class StatementReader {
  constructor(readonly diagnostics: Diagnostic[]) {}

  declaration(statement: Statement): Declaration | undefined {
    const { tokens, block } = statement;
    const first = tokens[0];
    if (first === undefined) {
      this.diagnostics.push(messages.blockNotAllowed(block!.open.span, 'the beginning of a line'));
      return undefined;
    }
    if (LATER_DECLARATIONS.has(first.value)) {
      this.diagnostics.push(messages.notSupported(first.span, first.image));
      return undefined;
    }
    const shape = shapeOf(first.value);
    if (shape === undefined) {
      this.diagnostics.push(
        messages.unknownDeclaration(
          first.span,
          first.image,
          SHAPES.map((each) => each.word),
        ),
      );
      return undefined;
    }
    const name = shape.named ? this.name(tokens, 1) : undefined;
    if (shape.named && name === undefined) return undefined;
    const place = name === undefined ? first.span : cover(first.span, name.span);
    const entries: Entries = new Map();
    this.firstLine(shape, { tokens: tokens.slice(name === undefined ? 1 : 2), place, entries });
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
    const value = this.phrase(shape.head, head, { place: endOf(place), end: equals === -1 ? END : '`=`' });
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
    const formula = this.phrase(clause.phrase as PhraseName, after, { place: endOf(sign), end: END });
    add(entries, clause.into, { value: formula, span: spanOf(after) ?? sign });
  }

  private declarationBlock(
    shape: DeclarationShape,
    at: { readonly statement: Statement; readonly place: Span; readonly entries: Entries },
  ): void {
    const { block } = at.statement;
    const what = `\`${shape.word}\``;
    const hasValue = shape.equals !== undefined && at.entries.has(shape.equals);
    const takesBlock = shape.clauses.some(
      (clause) => clause.form !== 'head' && (clause.form !== 'line' || clause.word !== undefined),
    );
    if (block === undefined) {
      if (hasValue) return;
      if (takesBlock || shape.equals !== undefined) {
        const wanted =
          shape.equals === undefined ? '`{`' : takesBlock ? '`=` and a formula, or `{`' : '`=` and a formula';
        this.diagnostics.push(
          messages.unexpected(endOf(spanOf(at.statement.tokens)!), wanted, { found: END }),
        );
        // Said; the clauses of the block aren't missed again.
        for (const clause of shape.clauses) {
          if (clause.form !== 'head') add(at.entries, clause.into, { value: undefined, span: at.place });
        }
      }
      return;
    }
    if (hasValue || !takesBlock) {
      this.diagnostics.push(
        messages.blockNotAllowed(block.open.span, hasValue ? `${what} with \`=\`` : what),
      );
      return;
    }
    for (const statement of block.statements) this.clause(shape, statement, at.entries);
  }

  /** One statement of a declaration's block. */
  private clause(shape: DeclarationShape, statement: Statement, entries: Entries): void {
    const { tokens, block } = statement;
    const [first, second] = tokens;
    if (first === undefined) {
      this.diagnostics.push(messages.blockNotAllowed(block!.open.span, `\`${shape.word}\``));
      return;
    }
    const clause = this.findClause(shape, first, second);
    if (clause === undefined) return;
    if (first.doc !== undefined && clause.described !== true)
      this.diagnostics.push(messages.strayDoc(first.doc.span));
    if (block !== undefined && clause.form !== 'block') {
      this.diagnostics.push(messages.blockNotAllowed(block.open.span, `\`${first.image}\``));
    }
    const entry = this.entry(clause, statement);
    if (entry !== undefined) {
      const doc = clause.described === true ? first.doc?.text : undefined;
      add(entries, clause.into, { ...entry, ...(doc !== undefined && { doc }) });
    }
  }

  private findClause(shape: DeclarationShape, first: Token, second: Token | undefined): Clause | undefined {
    const { clauses } = shape;
    const entry = clauses.find((clause) => clause.form === 'entry');
    if (entry !== undefined) return entry;
    const field = clauses.find((clause) => clause.form === 'field');
    const computed = clauses.find((clause) => clause.form === 'computed');
    const byWord = clauses.find((clause) => clause.word === first.value && first.tokenType !== t.Text);
    if (second?.tokenType === t.Colon && field !== undefined) return field;
    if (second?.tokenType === t.Equals && computed !== undefined) return computed;
    if (byWord !== undefined) return byWord;
    const known = clauses.flatMap((clause) => clause.word ?? []);
    if (LATER_CLAUSES.has(first.value)) this.diagnostics.push(messages.notSupported(first.span, first.image));
    else if (field !== undefined && tokenMatcher(first, t.Named)) {
      const wanted = computed === undefined ? '`:` and a type' : '`:` and a type, or `=` and a formula';
      const at = second?.span ?? endOf(first.span);
      this.diagnostics.push(
        messages.unexpected(at, wanted, { found: second === undefined ? END : `\`${second.image}\`` }),
      );
    } else
      this.diagnostics.push(messages.unknownClause(first.span, first.image, { where: shape.word, known }));
    return undefined;
  }

  private entry(clause: Clause, statement: Statement): Entry | undefined {
    const { tokens, block } = statement;
    const first = tokens[0]!;
    const span = wholeSpan(statement);
    switch (clause.form) {
      case 'field':
      case 'computed': {
        const name = this.name(tokens, 0);
        if (name === undefined) return undefined;
        const value = this.read(clause.phrase, tokens.slice(2), { place: endOf(tokens[1]!.span), end: END });
        return { name, value, span };
      }
      case 'entry':
        return this.keyed(clause, tokens);
      case 'line': {
        // A credit line's `to` belongs to its phrase, in YAML too.
        const rest = clause.phrase === 'creditLine' ? tokens : tokens.slice(1);
        return { value: this.read(clause.phrase, rest, { place: endOf(first.span), end: END }), span };
      }
      case 'named':
        return this.named(clause, tokens);
      case 'block': {
        if (tokens[1] !== undefined)
          this.diagnostics.push(messages.leftOver(tokens[1].span, `\`${tokens[1].image}\``, {}));
        if (block === undefined) {
          this.diagnostics.push(messages.blockMissing(endOf(first.span), `\`${first.image}\``));
          return undefined;
        }
        return { value: this.blockLines(clause, block), span };
      }
      case 'head':
        return undefined;
      default:
        return clause.form satisfies never;
    }
  }

  /** `target NAME phrase`, `bonus NAME head = phrase`. */
  private named(clause: Clause, tokens: readonly Token[]): Entry | undefined {
    const name = this.name(tokens, 1);
    if (name === undefined) return undefined;
    const span = spanOf(tokens)!;
    let rest = tokens.slice(2);
    let head: object | undefined;
    if (clause.head !== undefined) {
      const equals = rest.findIndex((token) => token.tokenType === t.Equals);
      const before = equals === -1 ? rest : rest.slice(0, equals);
      head = this.phrase(clause.head, before, { place: endOf(name.span), end: END }) as object | undefined;
      if (equals === -1) {
        if (head !== undefined)
          this.diagnostics.push(messages.unexpected(endOf(span), '`=` and a formula', { found: END }));
        return { name, value: undefined, span };
      }
      rest = rest.slice(equals + 1);
    }
    const value = this.read(clause.phrase, rest, {
      place: endOf(tokens[tokens.length - rest.length - 1]!.span),
      end: END,
    });
    if (clause.head !== undefined && (head === undefined || value === undefined))
      return { name, value: undefined, span };
    return { name, value: head === undefined ? value : { ...head, ...(value as object) }, span };
  }

  /** `phrase: phrase`. */
  private keyed(clause: Clause, tokens: readonly Token[]): Entry {
    const span = spanOf(tokens)!;
    const colon = tokens.findIndex((token) => token.tokenType === t.Colon);
    const before = colon === -1 ? tokens : tokens.slice(0, colon);
    const key = this.phrase(clause.keyPhrase!, before, {
      place: startOf(span),
      end: colon === -1 ? END : '`:`',
    });
    if (key === undefined) return { value: undefined, span };
    if (colon === -1) {
      this.diagnostics.push(messages.unexpected(endOf(span), '`:`', { found: END }));
      return { value: undefined, span };
    }
    const value = this.read(clause.phrase, tokens.slice(colon + 1), {
      place: endOf(tokens[colon]!.span),
      end: END,
    });
    return { key, value, span };
  }

  private blockLines(clause: Clause, block: Block): readonly Entry[] {
    return block.statements.flatMap((statement) => {
      const { tokens } = statement;
      if (statement.block !== undefined) {
        this.diagnostics.push(messages.blockNotAllowed(statement.block.open.span, `\`${clause.key}\``));
      }
      if (tokens[0]?.doc !== undefined) this.diagnostics.push(messages.strayDoc(tokens[0].doc.span));
      const name = this.name(tokens, 0);
      if (name === undefined) return [];
      const value = this.read(clause.phrase, tokens.slice(1), { place: endOf(name.span), end: END });
      return [{ name, value, span: spanOf(tokens)! }];
    });
  }

  private name(tokens: readonly Token[], index: number): Name | undefined {
    const token = tokens[index];
    if (token !== undefined && tokenMatcher(token, t.Named)) return nameOf(token);
    const before = tokens[index - 1];
    const span = token?.span ?? (before && endOf(before.span));
    if (span !== undefined)
      this.diagnostics.push(
        messages.unexpected(span, 'a name', { found: token === undefined ? END : `\`${token.image}\`` }),
      );
    return undefined;
  }

  private read(reader: Reader, tokens: readonly Token[], around: Around): unknown {
    return this.phrase(reader === 'label' ? 'name' : (reader as PhraseName), tokens, around);
  }

  private phrase<P extends PhraseName>(
    phrase: P,
    tokens: readonly Token[],
    around: Around,
  ): PhraseValue<P> | undefined {
    // A file with this many errors isn't a policy: nothing more is shown of it.
    if (this.diagnostics.length > 5 * LIMITS.diagnostics) return undefined;
    const { value, diagnostics } = readPhrase(phrase, tokens, around);
    this.diagnostics.push(...diagnostics);
    return value;
  }
}

const END = 'the end of the line';

function add(entries: Entries, into: string, entry: Entry): void {
  const said = entries.get(into);
  if (said === undefined) entries.set(into, [entry]);
  else said.push(entry);
}

function spanOf(tokens: readonly Token[]): Span | undefined {
  return tokens.length === 0 ? undefined : cover(tokens[0]!.span, tokens.at(-1)!.span);
}

function wholeSpan({ tokens, block }: Statement): Span {
  const own = spanOf(tokens) ?? block!.open.span;
  if (block === undefined) return own;
  const last = block.close?.span ?? lastSpan(block);
  return cover(own, last);
}

/** The end of a block that was never closed. */
function lastSpan(block: Block): Span {
  let last = block.open.span;
  let inside: Block | undefined = block;
  while (inside !== undefined) {
    const statement: Statement | undefined = inside.statements.at(-1);
    last = statement?.block?.close?.span ?? spanOf(statement?.tokens ?? []) ?? last;
    inside = statement?.block?.close === undefined ? statement?.block : undefined;
  }
  return last;
}

function startOf(span: Span): Span {
  return { ...span, end: span.start };
}

function endOf(span: Span): Span {
  return { ...span, start: span.end };
}

// One statement of a declaration's block to the entry of its clause, by how the clause is written.

import { tokenMatcher } from 'chevrotain';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Name } from './ast.ts';
import { clauseOf, endOfClause } from './find-clause.ts';
import { LIMITS } from './limits.ts';
import { nameOf } from './literals.ts';
import type { Entry } from './make-parts.ts';
import * as messages from './messages.ts';
import type { Block, Statement } from './outline.ts';
import type { PhraseName, PhraseValue } from './phrases.ts';
import { endOf, spanOf, startOf, wholeSpan } from './places.ts';
import { type Around, readPhrase } from './read-phrase.ts';
import type { Clause, DeclarationShape, Reader } from './shape.ts';
import type { Token } from './tokens.ts';
import * as t from './tokens.ts';

/** The clauses of a declaration, by the part of the tree that they fill. */
export type Entries = Map<string, Entry[]>;

/** What ends a statement, in the user's words. */
export const END = 'the end of the line';

/** Reads the lines of blocks, and collects what is wrong with them. */
export class ClauseReader {
  constructor(private readonly diagnostics: Diagnostic[]) {}

  /** One statement of a declaration's block. */
  clause(shape: DeclarationShape, statement: Statement, entries: Entries): void {
    const { tokens, block } = statement;
    const first = tokens[0];
    if (first === undefined) {
      this.diagnostics.push(messages.blockNotAllowed(block!.open.span, `\`${shape.word}\``));
      return;
    }
    const clause = this.findClause(shape, tokens);
    if (clause === undefined) return;
    if (first.doc !== undefined && clause.described !== true)
      this.diagnostics.push(messages.strayDoc(first.doc.span));
    if (block !== undefined && !(clause.form === 'block' || clause.form === 'group' || clause.block)) {
      this.diagnostics.push(messages.blockNotAllowed(block.open.span, `\`${first.image}\``));
    }
    const end = endOfClause(shape, clause, tokens);
    const entry = this.entry(clause, { ...statement, tokens: tokens.slice(0, end) });
    if (entry !== undefined) {
      const doc = clause.described === true ? first.doc?.text : undefined;
      add(entries, clause.into, { ...entry, ...(doc !== undefined && { doc }) });
    }
    if (end < tokens.length) this.clause(shape, { tokens: tokens.slice(end) }, entries);
  }

  private findClause(shape: DeclarationShape, tokens: readonly Token[]): Clause | undefined {
    const found = clauseOf(shape, tokens);
    if (found !== undefined) return found;
    const [first, second] = tokens as [Token, Token?];
    const has = (form: Clause['form']) => shape.clauses.some((clause) => clause.form === form);
    if (has('field') && tokenMatcher(first, t.Named)) {
      const wanted = has('computed') ? '`:` and a type, or `=` and a formula' : '`:` and a type';
      const place = second?.span ?? endOf(first.span);
      this.diagnostics.push(
        messages.unexpected(place, wanted, { found: second === undefined ? END : `\`${second.image}\`` }),
      );
    } else {
      const known = shape.clauses.flatMap((clause) => clause.word ?? []);
      this.diagnostics.push(messages.unknownClause(first.span, first.image, { where: shape.word, known }));
    }
    return undefined;
  }

  private entry(clause: Clause, statement: Statement): Entry | undefined {
    const { tokens } = statement;
    const first = tokens[0]!;
    const span = wholeSpan(statement);
    switch (clause.form) {
      case 'field':
      case 'computed':
        return this.field(clause, tokens);
      case 'entry':
        return this.keyed(clause, tokens);
      case 'bare':
        return { value: this.read(clause.phrase, tokens, { place: startOf(first.span), end: END }), span };
      case 'line': {
        // A credit line's `to` belongs to its phrase, in YAML too.
        const rest = clause.phrase === 'creditLine' ? tokens : this.afterWords(clause, tokens);
        if (rest === undefined) return { value: undefined, span };
        const place = endOf(tokens[tokens.length - rest.length - 1]?.span ?? first.span);
        return { value: this.read(clause.phrase, rest, { place, end: END }), span };
      }
      case 'named':
        return this.named(clause, statement);
      case 'block':
        if (tokens[1] !== undefined)
          this.diagnostics.push(messages.leftOver(tokens[1].span, `\`${tokens[1].image}\``, {}));
        return this.withBlock(statement, (inside) => ({
          value: this.blockLines({ named: true, phrase: clause.phrase as PhraseName }, first, inside),
          span,
        }));
      case 'group': {
        const rest = clause.word === undefined ? tokens : tokens.slice(1);
        const key = this.read(clause.phrase, rest, { place: endOf(first.span), end: END });
        return this.withBlock(statement, (inside) => {
          const lines = this.blockLines(clause.lines!, first, inside);
          return { key, value: key === undefined ? undefined : lines, span };
        });
      }
      case 'head':
        return undefined;
      default:
        return clause.form satisfies never;
    }
  }

  /** `NAME: phrase`, `known NAME: phrase`, `NAME = phrase`. */
  private field(clause: Clause, tokens: readonly Token[]): Entry | undefined {
    const at = tokens[1]!.tokenType === t.Colon || tokens[1]!.tokenType === t.Equals ? 0 : 1;
    const name = this.name(tokens, at);
    if (name === undefined) return undefined;
    const around = { place: endOf(tokens[at + 1]!.span), end: END };
    const value = this.read(clause.phrase, tokens.slice(at + 2), around);
    const isKnown = at === 1 && value !== undefined;
    return { name, value: isKnown ? { ...(value as object), known: true } : value, span: spanOf(tokens)! };
  }

  /** What stands after the clause's words, and after its `=` where it has one. */
  private afterWords(clause: Clause, tokens: readonly Token[]): readonly Token[] | undefined {
    const words = [...clause.word!.split(' '), ...(clause.defines === true ? ['='] : [])];
    const wrong = words.findIndex((word, index) => tokens[index]?.image !== word);
    if (wrong === -1) return tokens.slice(words.length);
    const token = tokens[wrong];
    const place = token?.span ?? endOf(tokens.at(-1)!.span);
    const found = token === undefined ? END : `\`${token.image}\``;
    this.diagnostics.push(messages.unexpected(place, `\`${words[wrong]}\``, { found }));
    return undefined;
  }

  /** `target NAME phrase`, `bonus NAME head = phrase { … }`. */
  private named(clause: Clause, { tokens, block }: Statement): Entry | undefined {
    const name = this.name(tokens, 1);
    if (name === undefined) return undefined;
    const span = wholeSpan({ tokens, ...(clause.block && block && { block }) });
    let rest = tokens.slice(2);
    let head: object | undefined = {};
    if (clause.head !== undefined) {
      const equals = rest.findIndex((token) => token.tokenType === t.Equals);
      const before = equals === -1 ? rest : rest.slice(0, equals);
      head = this.phrase(clause.head, before, { place: endOf(name.span), end: END }) as object | undefined;
      if (equals === -1) {
        if (head !== undefined) {
          const place = endOf(spanOf(tokens)!);
          this.diagnostics.push(messages.unexpected(place, '`=` and a formula', { found: END }));
        }
        return { name, value: undefined, span };
      }
      rest = rest.slice(equals + 1);
    }
    const value = this.read(clause.phrase, rest, {
      place: endOf(tokens[tokens.length - rest.length - 1]!.span),
      end: END,
    });
    if (head === undefined || value === undefined) return { name, value: undefined, span };
    const whole: Record<string, unknown> = { ...head, ...(value as object) };
    if (clause.block !== undefined && block !== undefined) this.blockClauses(clause.block, block, whole);
    return { name, value: whole, span };
  }

  /** The clauses in a block after a value, each once with those before it. */
  private blockClauses(phrase: PhraseName, block: Block, into: Record<string, unknown>): void {
    for (const { tokens, block: inner } of block.statements) {
      const first = tokens[0];
      if (inner !== undefined)
        this.diagnostics.push(messages.blockNotAllowed(inner.open.span, 'a line in this block'));
      if (first === undefined) continue;
      if (first.doc !== undefined) this.diagnostics.push(messages.strayDoc(first.doc.span));
      const said = this.phrase(phrase, tokens, { place: startOf(first.span), end: END });
      for (const [key, value] of Object.entries(said ?? {})) {
        if (into[key] !== undefined) this.diagnostics.push(messages.clauseTwice(first.span, first.image));
        into[key] = value;
      }
    }
  }

  /** `phrase: phrase`. */
  private keyed(clause: Clause, tokens: readonly Token[]): Entry {
    const span = spanOf(tokens)!;
    const sign = clause.separator === '|' ? t.Bar : t.Colon;
    const colon = tokens.findIndex((token) => token.tokenType === sign);
    const wanted = `\`${clause.separator ?? ':'}\``;
    const before = colon === -1 ? tokens : tokens.slice(0, colon);
    const key = this.phrase(clause.keyPhrase!, before, {
      place: startOf(span),
      end: colon === -1 ? END : wanted,
    });
    if (key === undefined) return { value: undefined, span };
    if (colon === -1) {
      this.diagnostics.push(messages.unexpected(endOf(span), wanted, { found: END }));
      return { value: undefined, span };
    }
    const value = this.read(clause.phrase, tokens.slice(colon + 1), {
      place: endOf(tokens[colon]!.span),
      end: END,
    });
    return { key, value, span };
  }

  private withBlock(statement: Statement, read: (block: Block) => Entry): Entry | undefined {
    const { tokens, block } = statement;
    if (block !== undefined) return read(block);
    this.diagnostics.push(messages.blockMissing(endOf(spanOf(tokens)!), `\`${tokens[0]!.image}\``));
    return undefined;
  }

  /** The lines of a block: `NAME phrase`, or a phrase alone. */
  private blockLines(lines: NonNullable<Clause['lines']>, head: Token, block: Block): readonly Entry[] {
    return block.statements.flatMap((statement): readonly Entry[] => {
      const { tokens } = statement;
      const first = tokens[0];
      if (statement.block !== undefined)
        this.diagnostics.push(messages.blockNotAllowed(statement.block.open.span, `\`${head.image}\``));
      if (first === undefined) return [];
      if (first.doc !== undefined) this.diagnostics.push(messages.strayDoc(first.doc.span));
      const span = spanOf(tokens)!;
      const name = lines.named ? this.name(tokens, 0) : undefined;
      if (lines.named && name === undefined) return [];
      const place = name === undefined ? startOf(first.span) : endOf(first.span);
      const rest = lines.named ? tokens.slice(1) : tokens;
      const value = this.read(lines.phrase, rest, { place, end: END });
      return [{ ...(name && { name }), value, span }];
    });
  }

  name(tokens: readonly Token[], index: number): Name | undefined {
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

  phrase<P extends PhraseName>(
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

/** Keeps one more entry of a part. */
export function add(entries: Entries, into: string, entry: Entry): void {
  const said = entries.get(into);
  if (said === undefined) entries.set(into, [entry]);
  else said.push(entry);
}

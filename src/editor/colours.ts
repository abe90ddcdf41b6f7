// What each word of a file is, for colours: from its tokens, and from what the checker says of its names.

import { lineStartsOf, type Source, type Span } from '../base/source.ts';
import { isCurrencyCode } from '../base/unit.ts';
import type { NameKind } from '../check/meanings.ts';
import type * as ast from '../syntax/ast.ts';
import { isYaml, yamlPartsOf } from '../syntax/forms.ts';
import { lex } from '../syntax/lexer.ts';
import { outline, type Statement } from '../syntax/outline.ts';
import { wholeOf } from '../syntax/slice.ts';
import type { Token } from '../syntax/tokens.ts';
import * as t from '../syntax/tokens.ts';
import type { YamlScalar } from '../syntax/yaml-parts.ts';
import type { NameAt } from './names.ts';
import { type Project, sourceOf } from './project.ts';

/** What a word is. Names have the kind of what they stand for. */
export type ColourKind =
  | Exclude<NameKind, 'file'>
  | 'keyword'
  | 'operator'
  | 'number'
  | 'money'
  | 'unit'
  | 'date'
  | 'text'
  | 'comment'
  | 'doc';

/** A stretch of one line. */
export interface Colour {
  readonly span: Span;
  readonly kind: ColourKind;
  readonly modifiers: readonly 'declaration'[];
}

/** All that has a colour in a file, in the order of the text; no two overlap, and none goes over a line's end. */
export function coloursOf(project: Project, file: string): readonly Colour[] {
  const source = sourceOf(project, file);
  if (!source) return [];
  const names = new Names(project, file);
  const found = isYaml(file) ? ofYaml(source, names) : ofText(source, names);
  return apart(found.flatMap((each) => onLines(source, each)));
}

/** The names and scopes of a file by place. */
class Names {
  private readonly byStart: ReadonlyMap<number, readonly NameAt[]>;
  private readonly scopes: readonly Span[];

  constructor(project: Project, file: string) {
    const byStart = new Map<number, NameAt[]>();
    for (const each of project.names.byFile.get(file) ?? [])
      byStart.set(each.span.start, [...(byStart.get(each.span.start) ?? []), each]);
    this.byStart = byStart;
    const formulas = project.formulas.get(file) ?? [];
    this.scopes = formulas.flatMap(({ written }) => (written.kind === 'brackets' ? scopesIn(written) : []));
  }

  colour({ start, end, source }: Span): Colour | undefined {
    const all = this.byStart.get(start) ?? [];
    // `quarter of retail` is one name, of which the first word is the length
    const found =
      all.find(({ span }) => span.end === end) ??
      all.find(({ meaning }) => meaning.kind === 'length of time');
    if (!found) return undefined;
    const { kind } = found.meaning;
    return {
      span: { source, start, end },
      kind: kind === 'file' ? 'text' : kind,
      modifiers: found.declares ? ['declaration'] : [],
    };
  }

  isInScope({ start, end }: Span): boolean {
    return this.scopes.some((each) => each.start <= start && end <= each.end);
  }
}

/** `previous 3`, `to date`, `same period last year`: windows that aren't names. */
function scopesIn({ items }: ast.Brackets): readonly Span[] {
  return items.flatMap((item) => (item.kind === 'expression' || item.kind === 'by' ? [] : [item.span]));
}

function plain(span: Span, kind: ColourKind): Colour {
  return { span, kind, modifiers: [] };
}

// ---- the text form -----------------------------------------------------------------------------------------------

function ofText(source: Source, names: Names): readonly Colour[] {
  const { tokens, comments } = lex(wholeOf(source));
  const { statements } = outline(tokens);
  const first = new Set<Token>();
  const visit = ({ tokens: [head], block }: Statement): void => {
    if (head) first.add(head);
    for (const each of block?.statements ?? []) visit(each);
  };
  for (const each of statements) visit(each);
  return [
    ...comments.map(({ span }) => plain(span, 'comment')),
    ...tokens.flatMap((token) => [
      ...(token.doc ? [plain(token.doc.span, 'doc')] : []),
      ...ofToken(token, names, first.has(token)),
    ]),
  ];
}

/** `begins`: the first word of a line, which says what the line is. */
function ofToken(token: Token, names: Names, begins: boolean): readonly Colour[] {
  const { span, tokenType } = token;
  const named = names.colour(span);
  if (named) return [named];
  switch (tokenType) {
    case t.NumberToken:
    case t.PercentToken:
      return [plain(span, 'number')];
    case t.MoneyToken:
      return [plain(span, 'money')];
    case t.DurationToken:
      return withUnit(token);
    case t.DateToken:
    case t.PeriodToken:
      return [plain(span, 'date')];
    case t.Text:
      return [plain(span, 'text')];
    default:
      return /^[\p{L}_]/u.test(token.image) ? ofWord(token, names, begins) : ofSign(token);
  }
}

/** `4 hours`. */
function withUnit({ span, unit = '' }: Token): readonly Colour[] {
  const at = span.end - unit.length;
  if (unit === '' || at <= span.start) return [plain(span, 'number')];
  return [plain({ ...span, end: at }, 'number'), plain({ ...span, start: at }, 'unit')];
}

function ofWord({ span, tokenType, value }: Token, names: Names, begins: boolean): readonly Colour[] {
  if (names.isInScope(span)) return [plain(span, 'scope')];
  if (isCurrencyCode(value)) return [plain(span, 'unit')];
  return begins || tokenType !== t.Word ? [plain(span, 'keyword')] : [];
}

const OPERATORS: ReadonlySet<unknown> = new Set([
  t.Plus,
  t.Minus,
  t.Star,
  t.Slash,
  t.Less,
  t.LessOrEqual,
  t.Greater,
  t.GreaterOrEqual,
  t.Equals,
]);

function ofSign({ span, tokenType }: Token): readonly Colour[] {
  return OPERATORS.has(tokenType) ? [plain(span, 'operator')] : [];
}

// ---- YAML ----------------------------------------------------------------------------------------------------------

function ofYaml(source: Source, names: Names): readonly Colour[] {
  const { scalars, comments } = yamlPartsOf(source);
  return [
    ...comments.map(({ span }) => plain(span, 'comment')),
    ...scalars.flatMap((each) => ofScalar(each, names)),
  ];
}

const TEXTS: ReadonlySet<string> = new Set(['title', 'owner', 'timezone', 'amends', 'policy']);

function ofScalar(scalar: YamlScalar, names: Names): readonly Colour[] {
  const { span, is, path, slice } = scalar;
  const whole = names.colour(span);
  if (whole) return [whole];
  const key = path.at(-1) ?? '';
  if (is === 'value' && key === 'doc') return [plain(span, 'doc')];
  if (is === 'value' && TEXTS.has(key)) return [plain(span, 'text')];
  const { tokens, comments } = lex(slice);
  const [first] = tokens;
  return [
    ...comments.map((each) => plain(each.span, 'comment')),
    ...tokens.flatMap((token) => ofToken(token, names, is === 'key' && token === first)),
  ];
}

// ---- lines ---------------------------------------------------------------------------------------------------------

/** The parts of a stretch line by line, without blanks at their ends. */
function onLines(source: Source, colour: Colour): readonly Colour[] {
  const { span } = colour;
  const text = source.text.slice(span.start, span.end);
  if (!/[\r\n]/.test(text)) return [colour];
  const lines = lineStartsOf(source).filter((each) => each > span.start && each < span.end);
  return [span.start, ...lines].flatMap((start, index) => {
    const line = source.text.slice(start, lines[index] ?? span.end);
    const indent = index === 0 ? 0 : line.length - line.trimStart().length;
    const end = start + line.trimEnd().length;
    return end > start + indent ? [{ ...colour, span: { ...span, start: start + indent, end } }] : [];
  });
}

function apart(colours: readonly Colour[]): readonly Colour[] {
  const sorted = colours.toSorted((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const kept: Colour[] = [];
  for (const each of sorted) {
    const before = kept.at(-1)?.span.end ?? 0;
    if (each.span.start >= before && each.span.end > each.span.start) kept.push(each);
  }
  return kept;
}

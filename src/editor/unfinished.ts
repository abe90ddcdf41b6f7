// A text that is being written, made whole around the word under the cursor, so that the checker comes to the formula
// that the word is in: what stands behind may be left out, brackets closed, arguments and clauses that are missing added.

import type { Source } from '../base/source.ts';
import { findAggregate } from '../library/callable.ts';
import { lex } from '../syntax/lexer.ts';
import { isWholePhrase } from '../syntax/next-words.ts';
import type { PhraseName } from '../syntax/phrases.ts';
import { wholeOf } from '../syntax/slice.ts';
import type { Token } from '../syntax/tokens.ts';
import { type Cursor, type Inside, PROBE } from './cursor-place.ts';
import { lackingClauses } from './lacking.ts';
import type { Project } from './project.ts';

/** The text with the word in place, as it might be meant: the likeliest first. */
export function wholeTexts(project: Project, source: Source, cursor: Cursor): readonly string[] {
  const all = phraseTexts(project, source, cursor);
  return [...all, ...all.flatMap((text) => filled(project, source, { text, cursor }))];
}

function phraseTexts(project: Project, { text }: Source, { span, rest, at }: Cursor): readonly string[] {
  const before = text.slice(0, span.start);
  const asIs = `${before}${PROBE}${text.slice(span.end)}`;
  if (at.kind !== 'phrase') return [asIs];
  const { tokens, index, phrase, inside } = at;
  const until = rest?.end ?? span.end;
  const written = tokens.slice(0, index);
  const cut = (ends: readonly string[]): readonly string[] => {
    const end = ends.find((each) => {
      const closing = lex(wholeOf({ name: '', text: each })).tokens;
      return isWholePhrase(phrase as PhraseName, [...tokens.slice(0, index + 1), ...closing], 'clean');
    });
    return end === undefined ? [] : [`${before}${PROBE}${end}${text.slice(until)}`];
  };
  const closing = closingOf(project, written, inside);
  const plain = closingOf(undefined, written, inside);
  const isLast = /^[)\]]?$/.test(tokens[index + 1]?.image ?? '');
  const whole = isWholePhrase(phrase as PhraseName, tokens, 'clean') ? [asIs] : [];
  const more = closing === plain ? [] : cut([closing, ...ENDS.map((each) => `${closing}${each}`)]);
  const less = cut([plain, ...ENDS.map((each) => `${plain}${each}`)]);
  const found = isLast ? [...more, ...whole, ...less] : [...whole, ...more, ...less];
  const alone = `${text.slice(0, span.start - lengthBefore(tokens, index))}${PROBE}${text.slice(until)}`;
  return found.length === 0 && phrase !== 'label' ? [alone] : [...new Set(found)];
}

/** What a phrase may still want behind a word. */
const ENDS: readonly string[] = [' otherwise 0', ' is true', ' per month', ' 100%'];

/** How many characters of the text the words before the cursor take, blanks before it included. */
function lengthBefore(tokens: readonly Token[], index: number): number {
  return tokens[index]!.startOffset - tokens[0]!.startOffset;
}

interface Open {
  readonly at: number;
  readonly bracket: '(' | '[';
  /** What stands before the bracket. */
  readonly called: string;
}

/** What closes the brackets that the words open; with a project, what is called in them is given all that it takes. */
function closingOf(project: Project | undefined, words: readonly Token[], inside: Inside): string {
  const open: Open[] = [];
  for (const [at, { image }] of words.entries()) {
    if (image === '(' || image === '[') open.push({ at, bracket: image, called: words[at - 1]?.value ?? '' });
    else if (image === ')' || image === ']') open.pop();
  }
  return open
    .reverse()
    .map((each, index) => {
      const end = words.length - (index === 0 ? 0 : words.length - open[index - 1]!.at);
      const missing = project ? missingIn(project, each, ownOf(words.slice(each.at + 1, end)), inside) : '';
      const column = project && each.bracket === '[' ? columnOf(project, each.called) : undefined;
      return `${missing}${each.bracket === '(' ? ')' : ']'}${column === undefined ? '' : `.${column}`}`;
    })
    .join('');
}

/** The words that stand in no bracket of their own. */
function ownOf(words: readonly Token[]): readonly string[] {
  let depth = 0;
  return words.flatMap(({ image }) => {
    if (image === ')' || image === ']') depth -= 1;
    const own = depth === 0 ? [image] : [];
    if (image === '(' || image === '[') depth += 1;
    return own;
  });
}

/** The arguments and clauses without which a call isn't looked into. */
function missingIn(
  { checking }: Project,
  { bracket, called }: Open,
  own: readonly string[],
  inside: Inside,
): string {
  if (bracket !== '(' || !checking) return '';
  const { calendars, grids } = checking.declared;
  const given = own.filter((image) => image === ',').length + 1;
  const zeros = (wanted: number): string => ', 0'.repeat(Math.max(0, wanted - given));
  const grid = grids.get(called);
  if (grid) return zeros(grid.dimensions.length);
  const isOfRow = inside.clause?.key === 'computed' && !own.includes('of') && !own.includes('within');
  switch (called) {
    case 'working_time': {
      const [calendar] = calendars.keys();
      return given < 3 && calendar !== undefined ? `${zeros(2)}, ${calendar}` : '';
    }
    case 'convert': {
      const to = own.includes('to') ? '' : `, to ${checking.currency}`;
      return `${to}${own.includes('at') ? '' : ', at 2026-01-01'}`;
    }
    case 'percentile':
      return given === 1 ? ', 90%' : '';
    case 'round':
    case 'floor':
    case 'ceil':
      return own.includes('to') ? '' : ' to 1';
    default:
      return isOfRow && (called === 'exists' || findAggregate(called)) ? ' of this' : '';
  }
}

/** A column of a table whose row is looked up, other than its keys. */
function columnOf({ checking }: Project, table: string): string | undefined {
  const { fields = [], keys = [] } = checking?.declared.tables.get(table) ?? {};
  return fields.find(({ name }) => !keys.includes(name))?.name;
}

/** The text with what its declaration still lacks, without which it isn't checked. */
function filled(
  project: Project,
  source: Source,
  { text, cursor }: { readonly text: string; readonly cursor: Cursor },
): readonly string[] {
  const { at, rest } = cursor;
  if (at.kind !== 'phrase' || !rest) return [];
  const lacking = lackingClauses(project, at.inside);
  if (lacking.length === 0) return [];
  // both texts end alike behind the phrase
  const end = text.length - (source.text.length - rest.end);
  const { indent } = at.inside;
  const isYaml = indent !== undefined;
  const lines = lacking.map(([clause, value]) =>
    isYaml ? `${' '.repeat(indent)}${clause.key}: ${value}` : `${clause.word ?? clause.key} ${value}`,
  );
  if (!isYaml) {
    const hasBlock = at.inside.said !== undefined;
    const more = hasBlock ? `\n${lines.join('\n')}\n` : ` {\n${lines.join('\n')}\n}`;
    return [`${text.slice(0, end)}${more}${text.slice(end)}`];
  }
  const isLineStart = /[\r\n]$/.test(text.slice(0, end));
  const stop = isLineStart ? end : end + /^[^\r\n]*/.exec(text.slice(end))![0].length;
  const more = isLineStart ? `${lines.join('\n')}\n` : `\n${lines.join('\n')}`;
  return [`${text.slice(0, stop)}${more}${text.slice(stop)}`];
}

// Comments and blank lines to the statements that they stand by, by place alone. A statement has comments before it, at
// most one after it on its line, and a block has comments at its end; nothing else, so that both forms can hold all.

import type { Source } from '../base/source.ts';
import type { Comment, PolicyFile } from './ast-policy.ts';
import { isYaml } from './forms.ts';
import type { Statement, Whole } from './print-statements.ts';

/** A comment on a line of its own; `blank` says that an empty line stands before it. */
export interface Remark {
  readonly text: string;
  readonly blank: boolean;
}

/** What stands around a statement; `after` is at its end, or at the beginning of its block. */
export interface Around {
  readonly before: readonly Remark[];
  /** Whether an empty line stands before the statement, after its comments. */
  readonly blank: boolean;
  readonly after?: string;
  /** At the end of its block. */
  readonly end: readonly Remark[];
}

export interface Attached {
  around(statement: Statement | Whole): Around;
  /** At the end of the file. */
  readonly end: readonly Remark[];
}

/** A statement with what is found around it. */
interface Place {
  readonly statement?: Statement | Whole;
  readonly start: number;
  readonly stop: number;
  /** Where the value ends that stands before its block. */
  readonly headEnd?: number;
  /** By place; absent where it has no block. */
  readonly inside?: readonly Place[];
  readonly before: Remark[];
  blank: boolean;
  after?: string;
  readonly end: Remark[];
}

/** Finds the statement of each comment of the file. */
export function attachComments(file: PolicyFile, wholes: readonly Whole[], source: Source): Attached {
  const { comments = [] } = file;
  const own = comments.filter((comment) => isYaml(source.name) && comment.place === 'own line');
  const byEnd = new Map(own.map((comment) => [trimmedEnd(source.text, comment.span.end), comment]));
  const root: Place = {
    start: 0,
    stop: source.text.length + 1,
    inside: cutOverlaps(placesOf(wholes, source, byEnd)),
    before: [],
    blank: false,
    end: [],
  };
  new Attacher(source).fill(root, comments);
  const found = new Map<Statement | Whole, Place>();
  collect(root, found);
  return { around: (statement) => found.get(statement)!, end: root.end };
}

function placesOf(
  statements: readonly (Statement | Whole)[],
  source: Source,
  ownLines: ReadonlyMap<number, Comment>,
): readonly Place[] {
  return statements
    .map((statement): Place => {
      const start = beginningOf(statement, source);
      const end = endOf(statement, source.text, ownLines);
      const { lines } = statement;
      const inside = lines && { inside: placesOf(lines, source, ownLines) };
      const equals = 'equals' in statement && !isYaml(source.name) ? statement.equals : undefined;
      const head = equals && { headEnd: equals.span.end };
      return { statement, start, stop: end, ...head, ...inside, before: [], blank: false, end: [] };
    })
    .sort((a, b) => a.start - b.start);
}

/** Where a statement begins: what stands in a YAML block (`|-`) begins at the mark, where a comment may follow it. */
function beginningOf({ span }: Statement | Whole, { name, text }: Source): number {
  if (!isYaml(name)) return span.start;
  const header = /[|>][-+0-9]*[^\S\r\n]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)[^\r\n]*$/.exec(
    text.slice(Math.max(0, span.start - 1000), span.start),
  );
  return header === null ? span.start : span.start - header[0].length;
}

/** Where a statement ends: a map of YAML may take in the comments that follow it. */
function endOf({ span }: Statement | Whole, text: string, byEnd: ReadonlyMap<number, Comment>): number {
  let end = span.end;
  for (let last = byEnd.get(end); last !== undefined && last.span.start > span.start; last = byEnd.get(end)) {
    end = trimmedEnd(text, last.span.start);
  }
  return end;
}

/** The end of what stands before a place, without blanks. */
function trimmedEnd(text: string, at: number): number {
  let end = at;
  while (end > 0 && /\s/.test(text[end - 1]!)) end -= 1;
  return end;
}

/** The keys of a policy may stand anywhere in YAML; its place ends where another declaration begins. */
function cutOverlaps(places: readonly Place[]): readonly Place[] {
  return places.map((place, index) => {
    const next = places[index + 1]?.start ?? place.stop;
    return next < place.stop ? { ...place, stop: next } : place;
  });
}

function collect(place: Place, into: Map<Statement | Whole, Place>): void {
  if (place.statement !== undefined) into.set(place.statement, place);
  for (const each of place.inside ?? []) collect(each, into);
}

class Attacher {
  private readonly isYaml: boolean;

  constructor(private readonly source: Source) {
    this.isYaml = isYaml(source.name);
  }

  /** Gives the comments that lie in a block to what they stand by. */
  fill(block: Place, comments: readonly Comment[]): void {
    const inside = block.inside ?? [];
    const ofEach = new Map<Place, Comment[]>(inside.map((each) => [each, []]));
    const trailing = new Map<Place, Comment>();
    let at = 0;
    let stop = block.start;
    for (const comment of comments) {
      const { start, end } = comment.span;
      while (at < inside.length && inside[at]!.start <= start) {
        this.meet(inside[at]!, stop);
        stop = Math.max(stop, inside[at]!.stop);
        at += 1;
      }
      const blank = this.hasBlank(stop, start);
      const previous = inside[at - 1];
      const next = inside[at];
      if (previous !== undefined && start < previous.stop) {
        ofEach.get(previous)!.push(comment);
        continue;
      }
      stop = Math.max(stop, end);
      const isTrailing = comment.place === 'after code';
      if (isTrailing && previous !== undefined && this.onOneLine(previous.stop, start)) {
        trailing.set(previous, comment);
      } else if (isTrailing && this.opens(block, previous, start)) {
        block.after = comment.text;
      } else {
        const owner = previous && this.blockAround(previous, comment);
        if (owner !== undefined) owner.end.push({ text: comment.text, blank });
        else (next?.before ?? block.end).push({ text: comment.text, blank });
      }
    }
    for (; at < inside.length; at++) {
      this.meet(inside[at]!, stop);
      stop = Math.max(stop, inside[at]!.stop);
    }
    for (const [place, own] of ofEach) this.settle(place, own, trailing.get(place));
  }

  /** The comments that lie in a statement, and the one after it on its last line. */
  private settle(place: Place, own: readonly Comment[], trailing: Comment | undefined): void {
    if (place.inside !== undefined) {
      // In YAML a block ends with its last line, whose comment it is; in the text form with its `}`.
      this.fill(place, trailing !== undefined && this.isYaml ? [...own, trailing] : own);
      if (trailing === undefined || this.isYaml) return;
      if (place.after === undefined) place.after = trailing.text;
      else place.end.push({ text: trailing.text, blank: false });
      return;
    }
    const after = trailing ?? own.findLast((comment) => comment.place === 'after code');
    if (after !== undefined) place.after = after.text;
    for (const comment of own) {
      if (comment !== after) place.before.push({ text: comment.text, blank: false });
    }
  }

  private meet(place: Place, stop: number): void {
    place.blank = this.hasBlank(stop, place.start);
  }

  /** Whether a comment stands on the first line of a block, before anything in it. */
  private opens(block: Place, previous: Place | undefined, start: number): boolean {
    const isFirst = block.statement !== undefined && block.after === undefined && previous === undefined;
    const ends = [block.start, block.headEnd ?? block.start];
    return isFirst && ends.some((end) => this.onOneLine(Math.min(end, start), start));
  }

  /** In YAML a comment that is indented further than a block's key belongs to its end. */
  private blockAround(place: Place, { span }: Comment): Place | undefined {
    if (!this.isYaml || place.inside === undefined || this.hasCode(place.stop, span.start)) return undefined;
    if (this.column(span.start) <= this.column(place.start)) return undefined;
    const last = place.inside.at(-1);
    return (last && this.blockAround(last, { span } as Comment)) ?? place;
  }

  private column(at: number): number {
    return at - 1 - Math.max(...['\n', '\r'].map((end) => this.source.text.lastIndexOf(end, at - 1)));
  }

  private onOneLine(from: number, to: number): boolean {
    return !/[\r\n]/.test(this.source.text.slice(from, to));
  }

  private hasBlank(from: number, to: number): boolean {
    return /(?:\r\n|\n|\r(?!\n))[^\S\r\n]*(?:\r\n|\n|\r)/.test(
      this.source.text.slice(from, Math.max(from, to)),
    );
  }

  /** Whether anything but comments and blanks stands between two places. */
  private hasCode(from: number, to: number): boolean {
    return /^[^\S\r\n]*[^\s#]/m.test(this.source.text.slice(from, to).replace(/^[^\r\n]*/, ''));
  }
}

/** What stands before a statement, with the empty lines that its place asks for. */
export function leading(
  { before, blank }: Around,
  place: { readonly isFirst: boolean; readonly apart: boolean },
): { readonly remarks: readonly Remark[]; readonly blank: boolean } {
  const isBlank = (own: boolean) => !place.isFirst && (own || place.apart);
  if (before.length === 0) return { remarks: [], blank: isBlank(blank) };
  const remarks = before.map((each, index) => (index === 0 ? { ...each, blank: isBlank(each.blank) } : each));
  return { remarks, blank };
}

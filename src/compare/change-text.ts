// A difference as people read it: what it is, where it stands, and the lines that differ as the formatter writes them.

import type { Source, Span } from '../base/source.ts';
import type { Place, PolicyChange } from '../model/diff.ts';
import type { Declaration } from '../syntax/ast-policy.ts';
import type { Slot } from './compare-lists.ts';
import { meaningOf } from './meaning.ts';
import { lineOf, nameOf, type Property, type Written, writtenOf } from './parts.ts';

/** A difference: of a declaration, or of one of its lines. */
export interface Found {
  readonly pair: { readonly before?: Declaration; readonly after?: Declaration };
  readonly property?: Property;
  readonly slot?: Slot;
  readonly how: PolicyChange['how'];
  readonly roles?: readonly string[];
}

interface Versions {
  readonly before: { readonly sources: readonly Source[] };
  readonly after: { readonly sources: readonly Source[] };
}

/** The difference in words. */
export function changeOf(
  { pair, property, slot, how, roles }: Found,
  { before: old, after: now }: Versions,
  id: number,
): PolicyChange {
  const { before, after } = pair;
  const subject = (after ?? before)!;
  const was = renamedFrom({ pair, how, ...(slot && { slot }) });
  const wasText = before && writtenOf(before, old.sources);
  const isText = after && writtenOf(after, now.sources);
  const [spanBefore, span] = slot ? [slot.before[0]?.span, slot.after[0]?.span] : [before?.span, after?.span];
  return {
    id,
    how,
    kind: subject.kind,
    name: nameOf(subject),
    ...(property && { part: partName(property, slot!) }),
    ...(was !== undefined && { was }),
    ...(roles && { roles }),
    lines: slot ? slotLines(slot, wasText, isText) : wholeLines(wasText, isText),
    ...placed('placeBefore', spanBefore, old.sources),
    ...placed('place', span, now.sources),
  };
}

function renamedFrom({ pair, slot, how }: Found): string | undefined {
  if (how !== 'renamed') return undefined;
  return slot ? slot.before[0]!.name!.text : nameOf(pair.before!);
}

/** `target revenue`, `gate`, `currency`. */
function partName({ word }: Property, { name }: Slot): string {
  return name === '' ? word : `${word} ${name}`;
}

type Lines = PolicyChange['lines'];

function line(before: string | undefined, after: string | undefined): Lines[number] {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

/** Of several lines of one name those that differ. */
function slotLines({ before, after }: Slot, old: Written | undefined, now: Written | undefined): Lines {
  const left = before.map((node) => ({ text: old ? said(old, node) : '', meaning: meaningOf(node) }));
  const right = after.map((node) => ({ text: now ? said(now, node) : '', meaning: meaningOf(node) }));
  const own = (those: typeof left, others: typeof left) =>
    those.filter((each) => !others.some(({ meaning }) => meaning === each.meaning)).map(({ text }) => text);
  const [gone, come] = [own(left, right), own(right, left)];
  // the same lines in another order
  if (gone.length === 0 && come.length === 0)
    return right.length === left.length && right.every(({ meaning }, at) => meaning === left[at]!.meaning)
      ? []
      : [line(left.map(({ text }) => text).join('; '), right.map(({ text }) => text).join('; '))];
  const count = Math.max(gone.length, come.length);
  return Array.from({ length: count }, (_, at) => line(gone[at], come[at]));
}

function said(written: Written, node: Slot['before'][number]): string {
  return lineOf(written, node) || written.first;
}

/** Of a whole declaration its first line where that differs, and lines of its block by what names them. */
function wholeLines(old: Written | undefined, now: Written | undefined): Lines {
  if (!old || !now) {
    const all = (written: Written | undefined) =>
      written ? [written.first, ...written.lines.map(({ text }) => text)] : [];
    return [
      ...all(old).map((text) => line(text, undefined)),
      ...all(now).map((text) => line(undefined, text)),
    ];
  }
  const gone = old.lines.filter((each) => !now.lines.some(({ text }) => text === each.text));
  const come = now.lines.filter((each) => !old.lines.some(({ text }) => text === each.text));
  const found: Lines[number][] = old.first === now.first ? [] : [line(old.first, now.first)];
  const left = [...gone];
  const take = (fits: (each: Written['lines'][number]) => boolean): string | undefined => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0]!.text;
  };
  const clause = (key: string) => key.split(' ')[0];
  const twins = new Map(come.map((each) => [each, take(({ key }) => key === each.key)]));
  for (const each of come) {
    const twin = twins.get(each) ?? take(({ key }) => clause(key) === clause(each.key));
    found.push(line(twin, each.text));
  }
  return [...found, ...left.map(({ text }) => line(text, undefined))];
}

function placed(
  key: 'place' | 'placeBefore',
  span: Span | undefined,
  sources: readonly Source[],
): { readonly place?: Place; readonly placeBefore?: Place } {
  const source = span && sources.find(({ name }) => name === span.source);
  if (!span || !source) return {};
  const line = source.text.slice(0, span.start).split('\n').length;
  return { [key]: { file: source.name, line } };
}

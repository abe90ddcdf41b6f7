// How printed text breaks into lines: a document of words, places where a line may end, and groups that are laid out on
// one line if they fit. The layout knows nothing of Merit.

/** The longest line that the printer makes where it can choose. */
export const WIDTH = 110;

/**
 * Text; `line` is a blank or a line end (`soft`: nothing or a line end); a `group` ends none of its own lines if it
 * fits; `nest` indents the lines that begin inside it.
 */
export type Layout =
  | string
  | readonly Layout[]
  | { readonly kind: 'line'; readonly soft: boolean }
  | { readonly kind: 'group'; readonly inside: Layout }
  | { readonly kind: 'nest'; readonly by: number; readonly inside: Layout };

export const LINE: Layout = { kind: 'line', soft: false };
export const SOFT_LINE: Layout = { kind: 'line', soft: true };

export function group(...inside: readonly Layout[]): Layout {
  return { kind: 'group', inside };
}

export function nest(by: number, ...inside: readonly Layout[]): Layout {
  return { kind: 'nest', by, inside };
}

/** The parts with a blank between them; empty and absent ones are left out. */
export function spaced(...parts: readonly (Layout | undefined | false)[]): Layout {
  const said = parts.filter((part): part is Layout => part !== undefined && part !== false && part !== '');
  return said.flatMap((part, index) => (index === 0 ? [part] : [' ', part]));
}

/** The parts with the sign and a place to break between them. */
export function listed(parts: readonly Layout[], between: Layout): Layout {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [between, part]));
}

/** All on one line. */
export function flat(layout: Layout): string {
  if (typeof layout === 'string') return layout;
  if (isList(layout)) return layout.map(flat).join('');
  if (layout.kind === 'line') return layout.soft ? '' : ' ';
  return flat(layout.inside);
}

/** How many characters a text is wide. */
export function widthOf(text: string): number {
  return [...text].length;
}

/**
 * Lines of at most `WIDTH` characters where the breaks allow it. The first line begins at the column `from`; the
 * lines after it are indented by `indent`, and by what they are nested in.
 */
export function render(layout: Layout, at: { readonly from: number; readonly indent: number }): string {
  let out = '';
  let column = at.from;
  type Item = { readonly layout: Layout; readonly indent: number; readonly isFlat: boolean };
  const todo: Item[] = [{ layout, indent: at.indent, isFlat: false }];
  for (let item = todo.pop(); item !== undefined; item = todo.pop()) {
    const { layout: each, indent, isFlat } = item;
    if (typeof each === 'string') {
      out += each;
      column += widthOf(each);
    } else if (isList(each)) {
      for (const part of [...each].reverse()) todo.push({ layout: part, indent, isFlat });
    } else if (each.kind === 'nest') {
      todo.push({ layout: each.inside, indent: indent + each.by, isFlat });
    } else if (each.kind === 'group') {
      const fits = column + widthOf(flat(each.inside)) + widthOfRest(todo) <= WIDTH;
      todo.push({ layout: each.inside, indent, isFlat: isFlat || fits });
    } else if (isFlat) {
      const blank = each.soft ? '' : ' ';
      out += blank;
      column += blank.length;
    } else {
      out += `\n${' '.repeat(indent)}`;
      column = indent;
    }
  }
  return out;
}

/** What follows on the same line up to the next place that may break: it has to fit as well. */
function widthOfRest(todo: readonly { readonly layout: Layout; readonly isFlat: boolean }[]): number {
  let width = 0;
  for (let index = todo.length - 1; index >= 0 && width <= WIDTH; index--) {
    const { layout, isFlat } = todo[index]!;
    if (isFlat) {
      width += widthOf(flat(layout));
      continue;
    }
    const [before, broke] = upToBreak(layout);
    width += before;
    if (broke) break;
  }
  return width;
}

function upToBreak(layout: Layout): readonly [number, boolean] {
  if (typeof layout === 'string') return [widthOf(layout), false];
  if (!isList(layout)) return layout.kind === 'line' ? [0, true] : upToBreak(layout.inside);
  let width = 0;
  for (const part of layout) {
    const [before, broke] = upToBreak(part);
    width += before;
    if (broke) return [width, true];
  }
  return [width, false];
}

function isList(layout: Layout): layout is readonly Layout[] {
  return Array.isArray(layout);
}

// Texts of the engine and of users for places where the editor reads Markdown: they stay texts.

import type { Hover } from '../../../src/browser-editor.ts';

/** A Markdown string that shows exactly this text: no link, no picture, no HTML, no command. */
export function plain(text: string): {
  readonly value: string;
  readonly isTrusted: false;
  readonly supportHtml: false;
} {
  return { value: escaped(text), isTrusted: false, supportHtml: false };
}

/** The text with all signs that mean something in Markdown or HTML written so that they don't. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|~<>&$:@=^]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/^[ \t]+/gm, (blanks) => '&nbsp;'.repeat(blanks.length))
    .replace(/\r\n|\r|\n/g, '  \n');
}

/** A label that the editor draws: `$(bug)` in what users write stands for no picture. */
export function withoutPictures(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}

/** What a hover says, part by part: the only signs with a meaning are ours. */
export function hoverText(hover: Hover): ReturnType<typeof plain>[] {
  const { title, called, type, doc, formula, examples = [], value, note } = hover;
  const head = [`**${escaped(title)}**`, called && escaped(called), type && `*${escaped(type)}*`];
  const parts = [
    head.filter((each) => each).join(' &nbsp; '),
    formula && inMono(formula),
    value && `**${escaped(value)}**`,
    doc && escaped(doc),
    ...examples.map(inMono),
    note && escaped(note),
  ];
  return parts.flatMap((each) => (each ? [{ ...plain(''), value: each }] : []));
}

/** A formula between signs of code; a backtick of its own becomes one that means nothing. */
function inMono(text: string): string {
  return `\`${text.replaceAll('`', 'ˋ').replace(/\s+/g, ' ')}\``;
}

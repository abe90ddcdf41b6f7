// Text for pop-ups. Whatever a policy or its data says is text there: never a link, a command, a picture or HTML.

import { type MarkupContent, MarkupKind } from 'vscode-languageserver/node';

/** A line of a pop-up: code, a heading, or text as people write it. */
export type Part =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/** The parts in the form that a client shows, of those it offers. */
export function markupOf(parts: readonly Part[], formats: readonly string[] | undefined): MarkupContent {
  const isMarkdown = formats?.includes(MarkupKind.Markdown) === true;
  return {
    kind: isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
    value: parts.map((each) => (isMarkdown ? markdown(each) : plainText(each.text))).join('\n\n'),
  };
}

function markdown({ kind, text }: Part): string {
  switch (kind) {
    case 'heading':
      return `**${escaped(oneLine(text))}**`;
    case 'code':
      return fenced(text);
    case 'text':
      return escaped(text);
    default:
      return kind satisfies never;
  }
}

/** Code between fences that are longer than any run of their sign in it. */
function fenced(text: string): string {
  const written = plainText(text);
  const longest = Math.max(0, ...[...written.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}merit\n${written}\n${fence}`;
}

/** Text that means in Markdown what it says: every sign that could begin something is escaped. */
function escaped(text: string): string {
  return plainText(text)
    .split('\n')
    .map((line) => line.trim().replace(/[!-/:-@[-`{-~]/g, (sign) => `\\${sign}`))
    .join('  \n');
}

/** Text without what can't be seen and could reorder or steer what is around it. */
export function plainText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Text for a message box: editors take `[…](…)` in it for a link. */
export function messageText(text: string): string {
  return oneLine(plainText(text)).replaceAll('](', '] (');
}

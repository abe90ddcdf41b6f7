// Pages of HTML that need nothing else: every text is escaped, and a page forbids itself to load or run anything.

import type { Language } from './explain-figures.ts';

/** What every page has. */
export interface PageHead {
  readonly language: Language;
  readonly title: string;
  /** The style of the page, and its hash (`sha256-…`), by which the page allows it and no other. */
  readonly style: { readonly text: string; readonly hash: string };
}

/** A page of parts that are HTML already. */
export function htmlPage({ language, title, style }: PageHead, body: readonly string[]): string {
  const policy = `default-src 'none'; style-src '${style.hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style.text}</style>
</head>
<body>
${body.join('\n')}
</body>
</html>
`;
}

/** A column of a table. */
export interface HtmlColumn {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

/** A table of texts, which scrolls where it is too wide. */
export function tableHtml(columns: readonly HtmlColumn[], rows: readonly (readonly string[])[]): string {
  return tableOfHtml(
    columns,
    rows.map((cells) => cells.map(escaped)),
  );
}

/** The same of cells that are HTML already; the last row may be one of totals. */
export function tableOfHtml(
  columns: readonly HtmlColumn[],
  rows: readonly (readonly string[])[],
  { total }: { readonly total?: readonly string[] | undefined } = {},
): string {
  const cell = (tag: 'th' | 'td', html: string, at: number): string =>
    `<${tag}${columns[at]?.align === 'right' ? ' class="right"' : ''}>${html}</${tag}>`;
  const heads = columns.map(({ heading }, at) => cell('th', escaped(heading), at)).join('');
  const lines = rows.map((cells) => `<tr>${cells.map((each, at) => cell('td', each, at)).join('')}</tr>`);
  const foot = total
    ? `<tfoot><tr>${total.map((each, at) => cell('th', each, at)).join('')}</tr></tfoot>`
    : '';
  return `<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>${lines.join('\n')}</tbody>${foot}</table></div>`;
}

/** Text in which the policy's words stand between backticks. */
export function inline(text: string): string {
  return escaped(text).replace(/`([^`]*)`/g, '<code>$1</code>');
}

/** Text as HTML holds it, within elements and within quotes. */
export function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (letter) => names[letter] as string);
}

// A page of the site as HTML: its text, and the contents of all pages beside it. Policies in it have the colours that
// editors give them.

import MarkdownIt from 'markdown-it';
import { coloursOf } from '../src/editor/colours.ts';
import { openProject } from '../src/editor/project.ts';
import { siteLink, upTo } from './links.ts';
import type { Page, Section } from './pages.ts';

type Markdown = InstanceType<typeof MarkdownIt>;

/** The whole page. */
export function render(page: Page, sections: readonly Section[]): string {
  const up = upTo(page.path);
  const markdown = new MarkdownIt({ html: false, highlight: coloured });
  withAnchors(markdown);
  withLinks(markdown, page, sections);
  const body = markdown.render(page.text);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'">
<title>${escaped(page.title)}${page.path === 'index.html' ? '' : ' · Merit'}</title>
<link rel="stylesheet" href="${up}site.css">
</head>
<body>
<a class="to-contents" href="#contents">Contents</a>
<main>
<h1>${markdown.renderInline(page.title)}</h1>
${body}
</main>
<nav id="contents" aria-label="Contents">
<p><a href="${up}index.html">Merit</a></p>
${sections
  .filter(({ listed }) => listed !== false)
  .map((each) => sectionHtml(each, page, up))
  .join('\n')}
</nav>
</body>
</html>
`;
}

function sectionHtml({ title, pages }: Section, open: Page, up: string): string {
  if (title === '') return '';
  const items = pages.map(
    (each) =>
      `<li><a href="${up}${each.path}"${each.path === open.path ? ' aria-current="page"' : ''}>${escaped(each.title)}</a></li>`,
  );
  return `<h2>${escaped(title)}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
}

/** Headings can be linked to by their words. */
function withAnchors(markdown: Markdown): void {
  markdown.renderer.rules.heading_open = (tokens, index) => {
    const words = tokens[index + 1]?.content ?? '';
    return `<${tokens[index]!.tag} id="${escaped(anchorOf(words))}">`;
  };
}

function anchorOf(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

/** Links to files of the repository become links to their pages; what has no page is named without a link. */
function withLinks(markdown: Markdown, page: Page, sections: readonly Section[]): void {
  markdown.core.ruler.push('links', (state) => {
    for (const block of state.tokens) {
      const open: boolean[] = [];
      for (const token of block.children ?? []) {
        const attribute = token.type === 'image' ? 'src' : 'href';
        if (token.type === 'link_open' || token.type === 'image') {
          const link = siteLink(page, String(token.attrGet(attribute) ?? ''), sections);
          if (link !== undefined) token.attrSet(attribute, link);
          if (token.type !== 'link_open') continue;
          open.push(link !== undefined);
          if (link === undefined) token.hidden = true;
        } else if (token.type === 'link_close' && open.pop() === false) token.hidden = true;
      }
    }
  });
}

/** A block of code; of a policy with a colour for each word. */
function coloured(text: string, form: string): string {
  const [kind] = form.split(' ');
  if (kind !== 'merit' && kind !== 'yaml') return escaped(text);
  const name = kind === 'merit' ? 'policy.merit' : 'policy.merit.yaml';
  const source = { name, text };
  let html = '';
  let at = 0;
  for (const { span, kind: colour } of coloursOf(openProject([source]), name)) {
    html += `${escaped(text.slice(at, span.start))}<span class="${colour}">${escaped(text.slice(span.start, span.end))}</span>`;
    at = span.end;
  }
  return html + escaped(text.slice(at));
}

/** Text that HTML shows as it is. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

// Links of the site: those between files of the repository become links between pages, and each must lead somewhere.

import { posix } from 'node:path';
import type { Page, Section } from './pages.ts';

/** The way from a page to the site's folder. */
export function upTo(path: string): string {
  return '../'.repeat(path.split('/').length - 1);
}

/**
 * Where a link leads in the site, as seen from the page. A link to a file without a page of its own has none; one to
 * another host, or within the page, stays as it is.
 */
export function siteLink(page: Page, link: string, sections: readonly Section[]): string | undefined {
  if (/^[a-z]+:|^#/.test(link)) return link;
  if (page.file === undefined) return upTo(page.path) + link;
  const [path = '', anchor] = link.split('#');
  const file = posix.normalize(posix.join(posix.dirname(page.file), path));
  if (file === 'docs/playground.png') return `${upTo(page.path)}playground.png`;
  if (file === 'docs/README.md' || file === 'docs/errors') return `${upTo(page.path)}errors.html`;
  const target = sections.flatMap(({ pages }) => pages).find((each) => each.file === file);
  return target && upTo(page.path) + target.path + (anchor === undefined ? '' : `#${anchor}`);
}

/** Links of pages to pages, files or headings that aren't there. */
export function deadLinks(
  pages: readonly { readonly path: string; readonly html: string }[],
): readonly { readonly page: string; readonly link: string }[] {
  const anchors = new Map(
    pages.map(({ path, html }) => [path, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!))]),
  );
  const files = new Set(['site.css', 'playground.png', 'grammar.html']);
  return pages.flatMap(({ path, html }) =>
    [...html.matchAll(/(?:href|src)="([^"]*)"/g)].flatMap(([, link = '']) => {
      if (/^[a-z]+:/.test(link)) return [];
      const [to = '', anchor] = link.split('#');
      const target = to === '' ? path : posix.normalize(posix.join(posix.dirname(path), to));
      const found = anchors.get(target);
      const isThere = found ? anchor === undefined || found.has(anchor) : files.has(target);
      return isThere ? [] : [{ page: path, link }];
    }),
  );
}

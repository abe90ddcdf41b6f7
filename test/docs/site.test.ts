// The site: it can be built, no link of it is dead, it asks no other host, and what it says of the language is complete.

import { describe, expect, it } from 'vitest';
import { deadLinks } from '../../site/links.ts';
import { contents } from '../../site/pages.ts';
import { render } from '../../site/render.ts';
import { CALLABLES } from '../../src/editor/functions.ts';
import { SHAPES } from '../../src/syntax/shape.ts';

const sections = await contents();
const pages = sections
  .flatMap((each) => each.pages)
  .map((page) => ({ ...page, html: render(page, sections) }));
const htmlOf = (path: string) => pages.find((each) => each.path === path)!.html;

describe('the site', () => {
  it('has no dead links', () => {
    expect(deadLinks(pages)).toEqual([]);
  });

  it('finds a dead link, a page that is not there and a heading that is not there', () => {
    const html = '<a href="gone.html">a</a> <a href="b.html#gone">b</a> <a href="b.html#here">c</a>';
    const found = deadLinks([
      { path: 'a.html', html },
      { path: 'b.html', html: '<h2 id="here">' },
    ]);
    expect(found.map((each) => each.link)).toEqual(['gone.html', 'b.html#gone']);
  });

  it('loads nothing from other hosts, and runs nothing', () => {
    for (const { html } of pages) {
      expect(html).not.toMatch(/<script|<link[^>]+https?:|<img[^>]+https?:|style="|onerror=/);
      expect(html).toContain("default-src 'none'");
    }
  });

  it('lists every declaration and everything that can be called', () => {
    for (const { word } of SHAPES) expect(htmlOf('declarations.html')).toContain(`<h2 id="${word}">`);
    for (const name of CALLABLES.keys()) expect(htmlOf('functions.html')).toContain(`>${name}</h2>`);
  });
});

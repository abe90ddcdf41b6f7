// Writes the documentation as a site of static pages: `npm run docs` puts it into `site/dist`, `npm run docs -- FOLDER`
// elsewhere. Links between pages are relative, so that it works under any path of any server, and from a folder; it loads
// nothing from other hosts. A link that leads nowhere stops it.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deadLinks } from './links.ts';
import { contents } from './pages.ts';
import { render } from './render.ts';

const [folder = 'site/dist'] = process.argv.slice(2);
const sections = await contents();
const pages = sections
  .flatMap((each) => each.pages)
  .map((page) => ({ ...page, html: render(page, sections) }));
const dead = deadLinks(pages);
if (dead.length > 0) {
  for (const { page, link } of dead) console.error(`${page}: there is no \`${link}\``);
  process.exit(1);
}
rmSync(folder, { recursive: true, force: true });
for (const { path, html } of pages) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), html);
}
writeFileSync(join(folder, 'site.css'), readFileSync('site/site.css'));
cpSync('docs/playground.png', join(folder, 'playground.png'));
cpSync('grammar/railroad.html', join(folder, 'grammar.html'));
console.log(`${pages.length} pages in ${folder}`);

// What the site holds: pages that are written in `docs/`, and those made of the tables of the language, of the cases of
// published plans and of the errors' pages. A page's path is where it stands in the site.

import { readdirSync, readFileSync } from 'node:fs';
import { planPages } from './plans.ts';
import { declarationsPage, functionsPage } from './reference.ts';

/** A page of the site. */
export interface Page {
  /** In the site: `guide/hr.html`. */
  readonly path: string;
  readonly title: string;
  /** In Markdown, its title left out. */
  readonly text: string;
  /** The file that it is written in, from which its links start; absent: links are of the site. */
  readonly file?: string;
}

/** Pages that the contents list together. */
export interface Section {
  readonly title: string;
  readonly pages: readonly Page[];
  /** Pages that stand on a page of their own, and not in every page's contents. */
  readonly listed?: false;
}

/** Pages of the folder `docs`, in the order of reading. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  'Begin here': ['start.md'],
  Guides: ['for-hr.md', 'for-ops.md', 'for-developers.md', 'hr-flow.md'],
  'Write and check': ['coverage.md', 'mutation.md', 'prove.md', 'editors.md'],
  'Run and explain': ['databases.md', 'explain.md', 'seek.md', 'backtest.md', 'reports.md', 'monitoring.md'],
  'Close and correct': ['closing.md'],
  'For programs': ['embedding.md', 'versioning.md'],
};

/** All sections of the site, in the order of its contents. */
export async function contents(): Promise<readonly Section[]> {
  const there = new Set(readdirSync('docs'));
  const written = Object.entries(WRITTEN).map(([title, files]) => ({
    title,
    pages: files
      .filter((each) => there.has(each))
      .map((each) => pageOf(`docs/${each}`, each.replace('.md', '.html'))),
  }));
  const left = [...there].filter(
    (each) => each.endsWith('.md') && each !== 'README.md' && !Object.values(WRITTEN).flat().includes(each),
  );
  if (left.length > 0) throw new Error(`pages that stand in no section: ${left.join(', ')}`);
  const errors = readdirSync('docs/errors').map((each) =>
    pageOf(`docs/errors/${each}`, `errors/${each.replace('.md', '.html')}`),
  );
  const plans = await planPages();
  return [
    { title: '', pages: [pageOf('README.md', 'index.html')] },
    ...written,
    {
      title: 'Reference',
      pages: [
        declarationsPage(),
        functionsPage(),
        list('plans.html', 'Published plans', plans, PLANS),
        list('errors.html', 'Errors, warnings and notes', errors, ERRORS),
        pageOf('src/ARCHITECTURE.md', 'architecture.html'),
        pageOf('CHANGELOG.md', 'changelog.html'),
      ],
    },
    { title: 'Plans', pages: plans, listed: false },
    { title: 'Errors', pages: errors, listed: false },
  ];
}

const PLANS =
  'Plans that others have published with their answers, and how each is written in Merit. Every one is run by the tests of the ' +
  'project, and pays what was published, to the cent.';

const ERRORS =
  'A page for each code: what it means, why it matters for pay, how to mend it, and an example before and after. Examples are ' +
  'run by the tests of the project.';

function pageOf(file: string, path: string): Page {
  const [, title = file, text = ''] = /^# (.*)\n([\s\S]*)$/.exec(readFileSync(file, 'utf8')) ?? [];
  return { path, title, text, file };
}

function list(path: string, title: string, pages: readonly Page[], about: string): Page {
  const lines = pages.map((each) => `- [${each.title.replaceAll(/([[\]])/g, '\\$1')}](${each.path})`);
  return { path, title, text: `${about}\n\n${lines.join('\n')}\n` };
}

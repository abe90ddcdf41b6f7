// An explanation as one page of HTML that needs nothing else: steps open and close without a script, every text is escaped,
// and the page forbids itself to load or run anything.

import type { EventExplanation } from '../model/event-explanation.ts';
import type { Explanation } from '../model/explanation.ts';
import type { Language } from './explain-figures.ts';
import { notesOf, type Told, titleOf, toldOf } from './explain-told.ts';
import { WORDS } from './explain-words.ts';
import { escaped, htmlPage, inline, tableHtml } from './html.ts';
import { creditedText, groupsOf, movedCells, movedTitle, passedText } from './moved-text.ts';
import { visible } from './terminal-text.ts';

export interface ExplainHtmlOptions {
  readonly language?: Language;
  /** How deep steps are open at first; the others open when asked to, and in print. */
  readonly depth?: number;
}

/** How deep steps are open, unless said: pay, roles, lines, and what lines are made of. */
const OPEN = 3;

/** The style of every page. Its hash stands in `STYLE_HASH`. */
export const STYLE = `:root{color-scheme:light dark;--line:#8884;--soft:#777;--good:#0a7a3d;--bad:#b3261e}
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem}
h1{font-size:1.4rem;line-height:1.25}
h2{font-size:1.1rem;margin:2rem 0 .5rem}
details,.step{border-left:2px solid var(--line);margin:.35rem 0;padding-left:.8rem}
summary,.head{display:flex;gap:.75rem;align-items:baseline;flex-wrap:wrap}
summary{cursor:pointer}
summary::before{content:"▸";color:var(--soft);width:.8em;margin-left:-.3em}
details[open]>summary::before{content:"▾"}
.label{flex:1 1 16rem}
.value{font-weight:600;font-variant-numeric:tabular-nums}
.place{color:var(--soft);font-size:.8rem;min-width:9rem;text-align:right}
code{font:.92em ui-monospace,monospace}
p{margin:.15rem 0 .15rem 1.2rem;color:var(--soft);overflow-wrap:anywhere}
.tier{padding-left:1.2rem}
.would{border:1px solid var(--line);border-radius:.4rem;margin:.4rem 0 .4rem 1.2rem;padding:.3rem .7rem}
.would p{margin-left:0;color:inherit}
table{border-collapse:collapse;margin:.4rem 0 .6rem 1.2rem;font-size:.9rem}
th,td{padding:.15rem .7rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{font-weight:600}
.right{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.scroll{overflow-x:auto}
.note{color:var(--bad)}
@media print{body{max-width:none;margin:0;font-size:11px}details,tr{break-inside:avoid-page}
details::details-content{content-visibility:visible;block-size:auto}summary::before{content:""}}
`;

/** The hash of `STYLE` by which a page allows it and no other; a test says when it is stale. */
export const STYLE_HASH = 'sha256-r64gY0vZ0yqkdB2F5vmYldNePr9Mj4eS8tX59YuJ7eE=';

/** The page of an explanation. */
export function explanationHtml(explanation: Explanation, options: ExplainHtmlOptions = {}): string {
  const { language = 'en', depth = OPEN } = options;
  const title = titleOf(explanation, language);
  const policy = explanation.policy.title ?? explanation.policy.name;
  return htmlPage({ language, title, style: { text: STYLE, hash: STYLE_HASH } }, [
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(visible(policy))}</p>`,
    ...noteHtml(explanation, language),
    ...toldOf(explanation, language).map((each) => stepHtml(each, { language, open: depth })),
  ]);
}

/** The page of what an event moved. */
export function movedHtml(
  explanation: EventExplanation,
  { language = 'en' }: ExplainHtmlOptions = {},
): string {
  const say = WORDS[language];
  const title = movedTitle(explanation, language);
  const { fields, moved } = explanation;
  const groups = groupsOf(explanation).flatMap((group) => [
    `<h2>${escaped(group.title)}</h2>`,
    tableHtml(
      [
        { heading: '', align: 'left' },
        { heading: say.without, align: 'right' },
        { heading: say.with, align: 'right' },
        { heading: say.change, align: 'right' },
      ],
      group.all.map((each) => movedCells(each, language)),
    ),
    ...group.all.flatMap((each) => passedText(each, language)).map((each) => `<p>${inline(each)}</p>`),
  ]);
  return htmlPage({ language, title, style: { text: STYLE, hash: STYLE_HASH } }, [
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(fields.map(({ name, text }) => `${visible(name)} ${visible(text)}`).join(', '))}</p>`,
    `<p>${escaped(creditedText(explanation, language))}</p>`,
    ...noteHtml(explanation, language),
    ...(moved.length === 0 ? [`<p>${escaped(say.movedNothing)}</p>`] : groups),
  ]);
}

function noteHtml(explanation: Parameters<typeof notesOf>[0], language: Language): readonly string[] {
  return notesOf(explanation, language).map((each) => `<p class="note">${escaped(each)}</p>`);
}

// ---- steps ---------------------------------------------------------------------------------------------------------

interface Opening {
  readonly language: Language;
  /** How many levels from here on are open. */
  readonly open: number;
}

function stepHtml(told: Told, { language, open }: Opening): string {
  const { label, value, place, how, rows, would, parts } = told;
  const head = [
    `<span class="label">${inline(label)}</span>`,
    `<span class="value">${escaped(value)}</span>`,
    `<span class="place">${escaped(place ?? '')}</span>`,
  ].join('');
  const body = [
    ...how.map((each) => `<p${each.startsWith('  ') ? ' class="tier"' : ''}>${inline(each.trim())}</p>`),
    ...(rows ? [tableHtml(rows.columns, rows.cells)] : []),
    ...(rows?.rest === undefined ? [] : [`<p>${escaped(rows.rest)}</p>`]),
    ...(would.length > 0
      ? [
          `<div class="would"><p><strong>${escaped(WORDS[language].wouldPay)}</strong></p>`,
          ...would.map((each) => `<p>${inline(each)}</p>`),
          '</div>',
        ]
      : []),
    ...parts.map((each) => stepHtml(each, { language, open: open - 1 })),
  ];
  if (body.length === 0) return `<div class="step"><div class="head">${head}</div></div>`;
  return `<details${open > 0 ? ' open' : ''}><summary>${head}</summary>\n${body.join('\n')}\n</details>`;
}

// What all pages of a report share: whom they are told for, their style for screens and for A4, and small parts of HTML.

import type { FigureValue, Input } from '../model/inputs.ts';
import type { KpiLine } from '../model/kpi-lines.ts';
import { figureIn, type Language } from './explain-figures.ts';
import { WORDS, type Words } from './explain-words.ts';
import { escaped, htmlPage, inline } from './html.ts';
import { readValue } from './line-sentences.ts';
import { dayName, periodName } from './page-dates.ts';
import { type PageTexts, pageTexts } from './page-words.ts';
import { visible } from './terminal-text.ts';

/** What a page is told for. */
export interface Sheet {
  readonly language: Language;
  readonly currency: string;
  readonly period: string;
  readonly tell: PageTexts;
  readonly say: Words;
}

/** A sheet of a language. */
export function sheetOf(language: Language, currency: string, period: string): Sheet {
  return { language, currency, period, tell: pageTexts(language), say: WORDS[language] };
}

/** An amount in the policy's currency, escaped. */
export function moneyHtml({ language, currency }: Sheet, value: string): string {
  return figureHtml(language, { value, type: { kind: 'money', currency } });
}

/** A figure, escaped; its parts stay on one line. */
export function figureHtml(language: Language, figure: FigureValue | 'top'): string {
  if (figure !== 'top' && figure.value !== null && figure.type.kind === 'date')
    return escaped(dayName(language, figureIn(language, figure)));
  return escaped(figureIn(language, figure));
}

/** A period as people call it, escaped. */
export function periodHtml({ language }: Sheet, period: string): string {
  return escaped(periodName(language, period));
}

/** The same without the scope, where all of a table have one. */
export function plainTitle({ kpi, title }: Pick<KpiLine, 'kpi' | 'title'>): string {
  return visible(title ?? kpi.replace(/\[.*$/s, ''));
}

/** A status as a sign of its own shape and colour, with what it says. */
export function statusHtml({ tell }: Sheet, status: KpiLine['status'], says?: string): string {
  if (status === undefined) return escaped(says ?? '');
  const sign = status === 'green' ? '●' : status === 'amber' ? '▲' : '■';
  const name = tell(`status.${status}`);
  const text = says ?? name;
  const hidden = says === undefined ? '' : `<span class="unseen">, ${escaped(name)}</span>`;
  return `<span class="status ${status}"><span aria-hidden="true">${sign}</span> ${escaped(text)}${hidden}</span>`;
}

/** A block with a heading; nothing where there is nothing in it. */
export function sectionHtml(title: string, parts: readonly string[], kind = ''): readonly string[] {
  const filled = parts.filter((each) => each !== '');
  if (filled.length === 0) return [];
  const lead = kind === '' ? '<section>' : `<section class="${kind}">`;
  return [`${lead}<h2>${escaped(title)}</h2>`, ...filled, '</section>'];
}

/** Sentences, in which the policy's words stand between backticks, as a small list. */
export function sentencesHtml(texts: readonly string[]): string {
  const lines = texts.filter((each) => each !== '').map((each) => `<li>${inline(each)}</li>`);
  return lines.length === 0 ? '' : `<ul class="how">${lines.join('')}</ul>`;
}

/** The values that a formula read, each with what decided it. */
export function readTexts(inputs: readonly Input[], language: Language): readonly string[] {
  return inputs.flatMap((input) => {
    const { text, value, how } = readValue(input, language);
    return [`\`${text}\` = ${value}`, ...how];
  });
}

/** A page of a report. */
export function reportPage(sheet: Sheet, title: string, body: readonly string[]): string {
  const style = { text: REPORT_STYLE, hash: REPORT_STYLE_HASH };
  return htmlPage({ language: sheet.language, title, style }, body);
}

/** The style of every page of a report. Its hash stands in `REPORT_STYLE_HASH`. */
export const REPORT_STYLE = `@page{size:A4;margin:14mm 13mm}
:root{color-scheme:light;--fg:#1b2330;--soft:#5a6577;--line:#d5dae2;--tint:#f4f6f9;--good:#157347;--warn:#8f5500;--bad:#b3261e;--accent:#1f4fd8}
*{box-sizing:border-box}
body{font:15px/1.5 system-ui,sans-serif;color:var(--fg);background:#fff;margin:1.5rem auto;max-width:62rem;padding:0 1rem}
h1{font-size:1.6rem;line-height:1.2;margin:0}
h2{font-size:1.1rem;margin:1.8rem 0 .5rem}
h3{font-size:.95rem;margin:1rem 0 .3rem}
p{margin:.25rem 0}
a{color:var(--accent)}
header{display:flex;gap:1rem 2rem;align-items:flex-end;justify-content:space-between;flex-wrap:wrap;border-bottom:2px solid var(--fg);padding-bottom:.8rem}
nav{margin-bottom:.8rem;font-size:.9rem}
.sub,.note{color:var(--soft)}
.warning{color:var(--bad);font-weight:600}
.total{text-align:right;margin-left:auto}
.total strong{display:block;font-size:1.7rem;line-height:1.15;white-space:nowrap;font-variant-numeric:tabular-nums}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.6rem;margin:1rem 0;padding:0;list-style:none}
.tiles li{background:var(--tint);border-radius:.4rem;padding:.5rem .7rem;break-inside:avoid}
.tiles span{display:block;color:var(--soft);font-size:.82rem}
.tiles strong span{display:inline;font-size:inherit;margin-right:.5em}
.tiles span.green{color:var(--good)}.tiles span.amber{color:var(--warn)}.tiles span.red{color:var(--bad)}
.tiles strong{font-size:1.1rem;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{padding:.28rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
thead th{color:var(--soft);font-weight:600;font-size:.82rem;vertical-align:bottom}
tfoot th{border-bottom:0;border-top:2px solid var(--fg)}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
.right{text-align:right;font-variant-numeric:tabular-nums}
td.right,tfoot .right{white-space:nowrap}
.people td:nth-child(2){min-width:9rem}
.people th:first-child{width:3.5rem}
.scroll{overflow-x:auto;position:relative}
code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}
.how{margin:.15rem 0 .3rem;padding-left:1.1rem;color:var(--soft);font-size:.85rem}
.how li{overflow-wrap:anywhere}
.line{border-bottom:1px solid var(--line);padding:.45rem 0;break-inside:avoid}
.line>p:first-child,.sum{display:flex;gap:1rem;justify-content:space-between;margin:0}
.line strong,.sum strong{white-space:nowrap;font-variant-numeric:tabular-nums}
.zero>p:first-child{color:var(--soft)}
.sum{padding:.5rem 0;border-top:2px solid var(--fg);margin-top:-1px;font-weight:600}
.list{margin:.2rem 0;padding-left:1.1rem}
.status{white-space:nowrap}
.green{color:var(--good)}
.amber{color:var(--warn)}
.red{color:var(--bad)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.feedback{background:var(--tint);border-radius:.4rem;padding:.1rem 1rem .7rem;margin-top:1.2rem;break-inside:avoid}
.feedback h2{margin-top:.8rem}
.feedback .blocks{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:0 1.5rem}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(27rem,100%),1fr));gap:1rem 1.5rem;margin:1rem 0}
figure{margin:0;break-inside:avoid;min-width:0}
figcaption{font-weight:600;font-size:.92rem;margin-bottom:.2rem}
.chart svg{display:block;width:100%;height:auto}
.legend{display:flex;flex-wrap:wrap;gap:.1rem .9rem;list-style:none;margin:.3rem 0 0;padding:0;font-size:.82rem}
.swatch{width:.7em;height:.7em;margin-right:.35em}
details{margin:.3rem 0}
summary{cursor:pointer;color:var(--soft);font-size:.85rem}
.sign{display:grid;grid-template-columns:1fr 1fr;gap:1.4rem 2rem;margin-top:1.6rem}
.sign div{border-top:1px solid var(--fg);padding-top:.2rem;color:var(--soft);font-size:.82rem}
.room{border:1px solid var(--line);border-radius:.3rem;min-height:5.5rem;padding:.3rem .6rem;color:var(--soft);font-size:.82rem;margin-top:.5rem}
.meeting{break-inside:avoid}
footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.5rem;color:var(--soft);font-size:.8rem}
@media print{table{font-size:8.5pt}th,td{padding:.15rem .3rem}thead th{font-size:7.5pt;overflow-wrap:break-word;hyphens:auto}td.right{white-space:normal}.people table,.people thead th{font-size:7pt}.people thead th{overflow-wrap:anywhere;min-width:2.6rem}.people td:nth-child(2){min-width:6rem}.how,.legend,.note{font-size:8pt}figcaption{font-size:9pt}.tiles strong{font-size:10.5pt}.statuses{white-space:nowrap}header{flex-wrap:nowrap}h2{margin-top:1.2rem}body{margin:0;max-width:none;padding:0;font-size:10.5pt}h2,h3,caption{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}
nav,.data{display:none}a{color:inherit;text-decoration:none}.scroll{overflow:visible}.charts{grid-template-columns:1fr 1fr}.tiles{grid-template-columns:repeat(4,1fr)}.tiles li,.feedback,.status{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
`;

/** The hash of `REPORT_STYLE` by which a page allows it and no other; a test says when it is stale. */
export const REPORT_STYLE_HASH = 'sha256-7FpOkhU287la75Ge1cnrY5Pj8DhyP2tDo1chESMswUw=';

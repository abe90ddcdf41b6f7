// Pictures of charts on pages, each with what is read out in its place and the same as a table.

import { escaped, tableHtml } from './html.ts';
import type { PageTexts } from './page-words.ts';

/** A chart that is drawn already. */
export interface Picture {
  readonly title: string;
  /** What is read out in place of the picture. */
  readonly says: string;
  /** An SVG element that runs nothing, has no style, and in which every text is escaped. */
  readonly svg: string;
  readonly legend: readonly { readonly name: string; readonly colour: string }[];
  readonly table: {
    readonly heads: readonly { readonly text: string; readonly right?: true }[];
    readonly rows: readonly (readonly string[])[];
  };
}

/** A picture with its title and legend; the table is there when it is asked for, and not in print. */
export function pictureHtml({ title, says, svg, legend, table }: Picture, tell: PageTexts): string {
  const names = legend.map(
    ({ name, colour }) =>
      `<li><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect width="10" height="10" fill="${escaped(colour)}"/></svg>${escaped(name)}</li>`,
  );
  const columns = table.heads.map(({ text, right }) => ({
    heading: text,
    align: right ? ('right' as const) : ('left' as const),
  }));
  return [
    `<figure><figcaption>${escaped(title)}</figcaption>`,
    `<div class="chart" role="img" aria-label="${escaped(says)}">${svg}</div>`,
    names.length > 0 ? `<ul class="legend">${names.join('')}</ul>` : '',
    `<details class="data"><summary>${escaped(tell('chart.table'))}</summary>${tableHtml(columns, table.rows)}</details>`,
    '</figure>',
  ].join('\n');
}

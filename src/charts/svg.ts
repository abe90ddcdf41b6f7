// Charts as pictures for pages that run nothing: the charting library writes SVG without a browser. What it leaves of styles
// is written as attributes, since a page that forbids all styles but its own would drop them.

import { init } from 'echarts';
import type { Picture } from '../report/picture.ts';
import type { Drawing, Look } from './drawing.ts';

/** Colours of paper, as the pages' own style has them. */
const PAPER: Omit<Look, 'width'> = {
  fg: '#1b2330',
  muted: '#5a6577',
  line: '#d5dae2',
  panel: '#ffffff',
  accent: '#1f4fd8',
  good: '#157347',
  warn: '#b26a00',
  bad: '#b3261e',
  font: 'system-ui, sans-serif',
  dark: false,
};

/** How wide pictures are, in pixels: half a page, to which pages scale them. */
const WIDTH = 470;
/** Pictures are lower than charts on screens, so that several have room on a page. */
const MOST_HEIGHT = 250;

/** The picture of a drawing. */
export function pictureOf(drawing: Drawing, width: number = WIDTH): Picture {
  const { title, says, table, legend, isList = false } = drawing;
  const height = isList ? drawing.height : Math.min(drawing.height, MOST_HEIGHT);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(drawing.option({ ...PAPER, width }));
    return {
      title,
      says,
      svg: inert(chart.renderToSVGString({ useViewBox: true })),
      legend: legend?.(false) ?? [],
      table,
    };
  } finally {
    chart.dispose();
  }
}

/** The same picture without rules for pointers, hints for scripts, and styles within attributes. */
function inert(svg: string): string {
  return svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/ (?:ecmeta_\w+|class|pointer-events)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_, rules: string) =>
      rules
        .split(';')
        .filter((each) => each.includes(':'))
        .map((each) => {
          const [name = '', ...value] = each.split(':');
          return ` ${name.trim()}="${value.join(':').trim()}"`;
        })
        .join(''),
    )
    .replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg');
}

// The charting library, with no more of it than is drawn here. Tooltips are drawn as text, never as HTML.

import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  DataZoomInsideComponent,
  DataZoomSliderComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components';
import { type ECharts, type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([
  BarChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  DataZoomInsideComponent,
  DataZoomSliderComponent,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

export type { ECharts, EChartsCoreOption };

/** A chart within an element. All its words come with its option: the library has none of its own to say. */
export function openChart(element: HTMLElement): ECharts {
  return init(element, undefined, { renderer: 'svg' });
}

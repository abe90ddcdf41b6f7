// How an amount of a person goes with one KPI, as a line with where the person stands now.

import type { AmountResponse } from '../model/response.ts';
import { figureIn, type Language } from '../report/explain-figures.ts';
import { visible } from '../report/terminal-text.ts';
import type { Drawing } from './drawing.ts';
import { joined } from './payout.ts';
import { payoutOption } from './payout-chart.ts';
import { chartTexts } from './words.ts';

/** The chart of an answer, with where the person stands now. */
export function responseDrawing(
  { kpi, name, period, now, type, stretches }: AmountResponse,
  what: string,
  language: Language,
): Drawing {
  const tell = chartTexts(language);
  const kpiName = visible(kpi.title ?? kpi.kpi);
  const title = tell('response.title', { what, name: visible(name), kpi: kpiName, period });
  const x = kpi.now.type;
  const says = `${visible(name)}, ${tell('response.now')}\n${figureIn(language, now.value)} → ${figureIn(language, now.amount)}`;
  const lines = [{ name: what, stretches: joined(stretches) }];
  return {
    title,
    says: `${title}. ${says.replace('\n', ': ')}`,
    height: 360,
    table: {
      heads: [
        { text: kpiName, right: true },
        { text: what, right: true },
      ],
      rows: lines[0]!.stretches.flatMap((stretch) =>
        stretch.map((place) => [
          tell(place.included ? 'payout.from' : 'payout.upTo', {
            value: figureIn(language, { value: place.x, type: x }),
          }),
          figureIn(language, { value: place.y, type }),
        ]),
      ),
    },
    option: (look) =>
      payoutOption(lines, {
        title,
        x,
        y: type,
        xName: kpiName,
        language,
        look,
        points: [{ x: now.value.value, y: now.amount.value, held: false, says }],
        pointsName: tell('response.now'),
      }),
  };
}

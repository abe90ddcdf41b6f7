// One chart: a picture that follows the page's colours, language and width, and the same as a table behind a button.

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Drawing, Look } from '../../../src/browser-charts.ts';
import { isDark } from '../app/look.ts';
import { person } from '../app/state.ts';
import type { ECharts } from './echarts.ts';
import { tell } from './words.ts';

/** The chart with its title. */
export function Chart({ drawing }: { readonly drawing: Drawing }) {
  const asTable = useSignal(false);
  return (
    <figure class="ch-figure">
      <figcaption class="ch-head">
        <h3>{drawing.title}</h3>
        <button
          type="button"
          class="view-button"
          aria-pressed={asTable.value}
          onClick={() => {
            asTable.value = !asTable.value;
          }}
        >
          {asTable.value ? tell('chart') : tell('table')}
        </button>
      </figcaption>
      {asTable.value ? (
        <RowsTable drawing={drawing} />
      ) : (
        <>
          <Picture drawing={drawing} />
          <Legend all={drawing.legend?.(isDark()) ?? []} />
        </>
      )}
    </figure>
  );
}

function Legend({ all }: { readonly all: ReturnType<NonNullable<Drawing['legend']>> }) {
  if (all.length === 0) return null;
  return (
    <ul class="ch-legend">
      {all.map(({ name, colour }) => (
        <li key={name}>
          <span class="ch-swatch" style={{ background: colour }} aria-hidden="true" />
          {name}
        </li>
      ))}
    </ul>
  );
}

function RowsTable({ drawing: { table, title } }: { readonly drawing: Drawing }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard
    <section class="ch-scroll" tabIndex={0} aria-label={title}>
      <table>
        <thead>
          <tr>
            {table.heads.map(({ text, right }) => (
              <th key={text} scope="col" class={right ? 'view-right' : ''}>
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            <tr key={`${at} ${row[0]}`}>
              {row.map((cell, index) => (
                <td key={`${index} ${cell}`} class={table.heads[index]?.right ? 'view-right' : ''}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Picture({ drawing }: { readonly drawing: Drawing }) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | undefined>(undefined);
  const state = useSignal<'waiting' | 'drawn' | 'failed'>('waiting');
  const width = useSignal(0);
  const dark = isDark();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    let gone = false;
    const watch = new ResizeObserver(() => {
      width.value = element.clientWidth;
      chart.current?.resize();
    });
    watch.observe(element);
    import('./echarts.ts').then(
      ({ openChart }) => {
        if (gone) return;
        chart.current = openChart(element);
        state.value = 'drawn';
      },
      () => {
        if (!gone) state.value = 'failed';
      },
    );
    return () => {
      gone = true;
      watch.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
      state.value = 'waiting';
    };
  }, []);
  useEffect(() => {
    const [element, drawn] = [box.current, chart.current];
    if (!element || !drawn) return;
    drawn.resize();
    drawn.setOption(drawing.option(lookOf(element, dark)), { notMerge: true });
    const pick = ({ seriesIndex, dataIndex }: { seriesIndex?: number; dataIndex?: number }) => {
      const id = drawing.personAt?.(seriesIndex ?? -1, dataIndex ?? -1);
      if (id !== undefined) person.value = id;
    };
    drawn.on('click', pick);
    return () => {
      drawn.off('click', pick);
    };
  }, [drawing, dark, state.value, width.value < 480]);
  return (
    <>
      {state.value === 'waiting' && <p class="view-note">{tell('wait')}</p>}
      {state.value === 'failed' && <p class="view-note">{tell('failed')}</p>}
      <div
        ref={box}
        class="ch-box"
        role="img"
        aria-label={drawing.says}
        style={{ height: `${drawing.height}px` }}
      />
    </>
  );
}

/** The page's colours where the chart stands. */
function lookOf(element: HTMLElement, dark: boolean): Look {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    fg: of('fg'),
    muted: of('muted'),
    line: of('line'),
    panel: of('panel'),
    accent: of('accent'),
    good: of('good'),
    warn: of('warn'),
    bad: of('bad'),
    font: style.fontFamily,
    dark,
    width: element.clientWidth,
  };
}

// What is marked in the policy: problems under the text, places that a figure came from, and what stands in the margin.

import { effect } from '@preact/signals';
import type { Diagnostic } from '../../../src/browser-engine.ts';
import { diagnostics, margin, marks, policy } from '../app/state.ts';
import { plain } from './markdown.ts';
import { modelOf, opened } from './models.ts';
import { monaco } from './monaco.ts';
import { rangeOf } from './ranges.ts';

/** Marks what the state says, until the answer is called. */
export function showMarks(editor: monaco.editor.IStandaloneCodeEditor): () => void {
  const shown = new Map<string, readonly string[]>();
  const stops = [
    effect(() => {
      opened.value;
      // not at each key: until something else is found, marks move with the text they are at
      for (const { id, name } of policy.peek()) {
        const model = modelOf(id);
        if (!model) continue;
        const own = diagnostics.value.filter((each) => each.span?.source === name);
        monaco.editor.setModelMarkers(
          model,
          'merit',
          own.map((each) => markerOf(model, each)),
        );
      }
    }),
    effect(() => {
      opened.value;
      for (const { id, name } of policy.peek()) {
        const model = modelOf(id);
        if (!model) continue;
        const made: monaco.editor.IModelDeltaDecoration[] = [
          ...marks.value
            .filter((each) => each.source === name)
            .map((each) => ({
              range: rangeOf(model, each),
              options: { className: 'policy-mark', overviewRuler: { color: '#e0a800', position: 4 } },
            })),
          ...margin.value
            .filter((each) => each.span.source === name)
            .map((each) => {
              const { startLineNumber: line } = rangeOf(model, each.span);
              return {
                range: new monaco.Range(line, 1, line, 1),
                options: {
                  glyphMarginClassName: `margin-mark ${each.kind}`,
                  glyphMarginHoverMessage: plain(each.label),
                  ...(MARGIN_COLOURS[each.kind] && {
                    overviewRuler: { color: MARGIN_COLOURS[each.kind]!, position: 1 },
                  }),
                },
              };
            }),
        ];
        shown.set(id, model.deltaDecorations([...(shown.get(id) ?? [])], made));
      }
    }),
  ];
  const first = effect(() => {
    const [place] = marks.value;
    const model = editor.getModel();
    const file = policy.peek().find((each) => each.name === place?.source);
    if (place && model && file && modelOf(file.id) === model)
      editor.revealRangeInCenterIfOutsideViewport(rangeOf(model, place));
  });
  return () => {
    first();
    for (const stop of stops) stop();
  };
}

/** What wants looking at is seen beside the scroll bar too. */
const MARGIN_COLOURS: Readonly<Record<string, string>> = {
  partly: '#c98a00',
  'not-taken': '#b3261e',
  failed: '#b3261e',
};

const SEVERITIES = { error: 8, warning: 4, note: 2 } as const;

function markerOf(model: monaco.editor.ITextModel, found: Diagnostic): monaco.editor.IMarkerData {
  const { code, severity, message, help, span, related } = found;
  const range = rangeOf(model, span!);
  return {
    ...{ startLineNumber: range.startLineNumber, startColumn: range.startColumn },
    ...{ endLineNumber: range.endLineNumber, endColumn: range.endColumn },
    code,
    severity: SEVERITIES[severity],
    message: help === undefined ? message : `${message}\n${help}`,
    relatedInformation: (related ?? []).flatMap((each) => {
      const file = policy.peek().find(({ name }) => name === each.span.source);
      const other = file && modelOf(file.id);
      if (!other) return [];
      const place = rangeOf(other, each.span);
      return [
        {
          resource: other.uri,
          message: each.message,
          ...{ startLineNumber: place.startLineNumber, startColumn: place.startColumn },
          ...{ endLineNumber: place.endLineNumber, endColumn: place.endColumn },
        },
      ];
    }),
  };
}

// What the editor shows of values: lines above declarations, texts at the ends of lines, help with calls. What is above a
// declaration isn't said again at the end of its line.

import { effect } from '@preact/signals';
import type { Lens } from '../../../src/browser-editor.ts';
import { showPane } from '../app/actions.ts';
import { knownAt, locale, overview } from '../app/state.ts';
import { say } from '../app/words.ts';
import { runTestsNow } from '../tests/tests-state.ts';
import { askHere, placeOf } from './ask-here.ts';
import { hoverText, plain, withoutPictures } from './markdown.ts';
import { fileOf } from './models.ts';
import { monaco } from './monaco.ts';
import { LANGUAGES } from './providers.ts';
import { rangeOf } from './ranges.ts';

const RUN_TEST = 'merit.runTest';

/** Registers what is shown of values. */
export function registerValueProviders(): void {
  const { languages } = monaco;
  const changed = new monaco.Emitter<void>();
  effect(() => {
    knownAt.value;
    locale.value;
    changed.fire();
  });
  monaco.editor.registerCommand(RUN_TEST, (_, test: unknown) => runTest(test));
  languages.registerCodeLensProvider(LANGUAGES, {
    onDidChange: (listener) => changed.event(() => listener(undefined as never)),
    provideCodeLenses: async (model, token) => {
      const file = fileOf(model);
      const found = file && (await askHere('editor.lenses', { file: file.name }, token));
      const lenses = found?.filter((each) => each.kind !== 'pays' || each.of !== 'bonus') ?? [];
      return {
        lenses: lenses.map((each) => ({ range: rangeOf(model, each.span), command: commandOf(each) })),
        dispose: () => {},
      };
    },
  });
  languages.registerInlayHintsProvider(LANGUAGES, {
    onDidChangeInlayHints: changed.event,
    provideInlayHints: async (model, range, token) => {
      const file = fileOf(model);
      const found = file && (await askHere('editor.hints', { file: file.name }, token));
      const hints = found?.filter((each) => each.of === 'bonus') ?? [];
      return {
        hints: hints
          .map(({ at, text, tooltip }) => ({
            position: model.getPositionAt(at),
            label: text,
            tooltip,
            paddingLeft: true,
          }))
          .filter(({ position }) => range.containsPosition(position)),
        dispose: () => {},
      };
    },
  });
  languages.registerHoverProvider(LANGUAGES, {
    provideHover: async (model, position, token) => {
      const at = placeOf(model, position);
      const hover = at && (await askHere('editor.hover', at, token));
      return hover && { range: rangeOf(model, hover.span), contents: hoverText(hover) };
    },
  });
  languages.registerSignatureHelpProvider(LANGUAGES, {
    signatureHelpTriggerCharacters: ['(', ','],
    provideSignatureHelp: async (model, position, token) => {
      const at = placeOf(model, position);
      const help = at && (await askHere('editor.signature', at, token));
      if (!help) return undefined;
      const { active, signatures } = help;
      return {
        value: {
          activeSignature: active,
          activeParameter: signatures[active]?.activePart ?? -1,
          signatures: signatures.map(({ label, doc, parts }) => ({
            label,
            documentation: plain(doc),
            parameters: parts.map(([start, end]) => ({ label: [start, end] })),
          })),
        },
        dispose: () => {},
      };
    },
  });
}

function runTest(test: unknown): void {
  const at = overview.peek()?.tests.indexOf(String(test)) ?? -1;
  if (at < 0) return;
  showPane('tests');
  void runTestsNow([at]);
}

function commandOf(lens: Lens): monaco.languages.Command {
  return lens.kind === 'run test'
    ? { id: RUN_TEST, title: `$(play) ${titleOf(lens)}`, arguments: [lens.test] }
    : { id: '', title: titleOf(lens) };
}

/** The lens in the page's language. */
function titleOf(lens: Lens): string {
  return withoutPictures(inWords(lens));
}

function inWords(lens: Lens): string {
  switch (lens.kind) {
    case 'run test':
      return say('lens.runTest');
    case 'test result': {
      if (lens.passed) return say('lens.passed');
      const { expected, found, because } = lens;
      if (expected !== undefined && found !== undefined) return say('lens.failedValue', { expected, found });
      return because === undefined ? say('lens.failed') : say('lens.failedBecause', { because });
    }
    case 'value': {
      const { company, person, period } = lens;
      const shown = [company, person].filter((each) => each !== undefined).join(' · ');
      return say('lens.value', { value: shown, period });
    }
    case 'pays': {
      const { people, total, period } = lens;
      return people === 0 ? say('lens.paysNobody', { period }) : say('lens.pays', { people, total, period });
    }
    default:
      return lens satisfies never;
  }
}

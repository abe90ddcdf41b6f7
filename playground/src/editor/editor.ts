// The editor itself: it shows the active file, follows the page's state, and tells it where the cursor is.

import { effect, untracked } from '@preact/signals';
import { isDark } from '../app/look.ts';
import { narrow } from '../app/media.ts';
import { activePolicyFile, cursor, policy, reveal } from '../app/state.ts';
import { say } from '../app/words.ts';
import { runByHand } from '../app/work.ts';
import { defineColours } from './colours.ts';
import { taking } from './convert-form.ts';
import { registerFileProviders } from './file-providers.ts';
import { showMarks } from './marks.ts';
import { registerMerit } from './merit-language.ts';
import { fileOf, modelOf, syncModels, turnForm } from './models.ts';
import { monaco } from './monaco.ts';
import { registerProviders } from './providers.ts';
import { rangeOf } from './ranges.ts';
import { registerValueProviders } from './value-providers.ts';

let registered = false;

/** Opens the editor in an element; the answer closes it. */
export function openEditor(host: HTMLElement): () => void {
  if (!registered) {
    registerMerit();
    registerProviders();
    registerFileProviders();
    registerValueProviders();
    defineColours();
    registered = true;
  }
  const editor = monaco.editor.create(host, {
    model: null,
    automaticLayout: true,
    minimap: { enabled: false },
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontSize: 13,
    lineHeight: 20,
    scrollBeyondLastLine: false,
    renderLineHighlight: 'line',
    glyphMargin: true,
    lineNumbersMinChars: 3,
    folding: true,
    fixedOverflowWidgets: true,
    ariaLabel: say('pane.policy'),
    padding: { top: 6, bottom: 6 },
    wordWrap: 'off',
    quickSuggestions: { other: true, strings: false, comments: false },
    'semanticHighlighting.enabled': true,
    tabSize: 2,
    links: false,
    // policies are written in any alphabet, and the checker itself warns of look-alike letters in a name
    unicodeHighlight: { ambiguousCharacters: false },
    smoothScrolling: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  const stops = [
    // one effect: of two, the one that shows a model could run before the one that makes it
    effect(() => {
      const files = policy.value;
      const { id } = activePolicyFile.value;
      untracked(() => {
        syncModels(files);
        const model = modelOf(id);
        if (model && editor.getModel() !== model) editor.setModel(model);
      });
    }),
    effect(() => {
      monaco.editor.setTheme(isDark() ? 'merit-dark' : 'merit-light');
    }),
    effect(() => {
      editor.updateOptions({
        ariaLabel: say('pane.policy'),
        lineNumbers: narrow.value ? 'off' : 'on',
        glyphMargin: !narrow.value,
        wordWrap: narrow.value ? 'on' : 'off',
      });
    }),
    effect(() => {
      const place = reveal.value;
      const file = place && policy.peek().find((each) => each.name === place.source);
      const model = file && modelOf(file.id);
      if (!place || !model) return;
      if (editor.getModel() !== model) editor.setModel(model);
      const range = rangeOf(model, place);
      editor.setSelection(range);
      editor.revealRangeInCenterIfOutsideViewport(range);
      editor.focus();
      reveal.value = undefined;
    }),
    showMarks(editor),
  ];
  taking.take = turnForm;
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, () => void runByHand());
  const listening = editor.onDidChangeCursorSelection(({ selection }) => {
    const model = editor.getModel();
    const file = model && fileOf(model);
    if (!model || !file) return;
    cursor.value = {
      source: file.name,
      start: model.getOffsetAt(selection.getStartPosition()),
      end: model.getOffsetAt(selection.getEndPosition()),
    };
  });
  return () => {
    for (const stop of stops) stop();
    listening.dispose();
    editor.dispose();
  };
}

// The editor's two themes, in the page's colours.

import { monaco } from './monaco.ts';

interface Palette {
  readonly base: 'vs' | 'vs-dark';
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  /** Of windows in the editor, and around them. */
  readonly raised: string;
  readonly edge: string;
  /** Behind what is chosen in a list. */
  readonly chosen: string;
  readonly keyword: string;
  readonly word: string;
  readonly text: string;
  readonly number: string;
  readonly name: string;
  readonly type: string;
  readonly call: string;
}

const LIGHT: Palette = {
  base: 'vs',
  paper: '#ffffff',
  ink: '#1c2330',
  quiet: '#68727f',
  line: '#f3f5f9',
  raised: '#fbfbfc',
  edge: '#c9d0da',
  chosen: '#dfe7fb',
  keyword: '#7a2fb0',
  word: '#1f4fd8',
  text: '#157347',
  number: '#a04a00',
  name: '#1c2330',
  type: '#0b6e8a',
  call: '#8a5a00',
};

const DARK: Palette = {
  base: 'vs-dark',
  paper: '#191e27',
  ink: '#e3e7ee',
  quiet: '#8b97a8',
  line: '#1f2530',
  raised: '#222936',
  edge: '#3a4453',
  chosen: '#2d3d63',
  keyword: '#c99cf0',
  word: '#86a9ff',
  text: '#7fd3a4',
  number: '#f0b27a',
  name: '#e3e7ee',
  type: '#74c7dd',
  call: '#e5c07b',
};

/** Defines the themes `merit-light` and `merit-dark`. */
export function defineColours(): void {
  define('merit-light', LIGHT);
  define('merit-dark', DARK);
}

function define(name: string, palette: Palette): void {
  const of = (token: string, colour: string, fontStyle = '') => ({
    token,
    foreground: colour.slice(1),
    fontStyle,
  });
  monaco.editor.defineTheme(name, {
    base: palette.base,
    inherit: true,
    rules: [
      of('', palette.ink),
      of('comment', palette.quiet, 'italic'),
      of('comment.doc', palette.quiet),
      of('doc', palette.quiet),
      of('name', palette.name),
      of('name.declaration', palette.name, 'bold'),
      of('type.declaration', palette.type, 'bold'),
      of('word', palette.type),
      of('string', palette.text),
      of('number', palette.number),
      of('keyword', palette.keyword),
      of('keyword.word', palette.word),
      of('type', palette.type),
      of('function', palette.call),
      of('property', palette.name),
      of('variable', palette.name),
      of('enumMember', palette.type),
      of('operator', palette.quiet),
      of('type.yaml', palette.word),
      of('string.yaml', palette.ink),
    ],
    colors: {
      'editor.background': palette.paper,
      'editor.foreground': palette.ink,
      'editor.lineHighlightBackground': palette.line,
      'editor.lineHighlightBorder': '#00000000',
      'editor.rangeHighlightBackground': palette.line,
      'editorGutter.background': palette.paper,
      'editorLineNumber.foreground': palette.quiet,
      'editorCodeLens.foreground': palette.quiet,
      'editorWidget.background': palette.raised,
      'editorWidget.border': palette.edge,
      'editorHoverWidget.background': palette.raised,
      'editorHoverWidget.border': palette.edge,
      'editorHoverWidget.foreground': palette.ink,
      'editorSuggestWidget.background': palette.raised,
      'editorSuggestWidget.border': palette.edge,
      'editorSuggestWidget.selectedBackground': palette.chosen,
      'editorSuggestWidget.selectedForeground': palette.ink,
      'editorSuggestWidget.selectedIconForeground': palette.word,
      'editorSuggestWidget.highlightForeground': palette.word,
      'editorSuggestWidget.focusHighlightForeground': palette.word,
      'list.focusBackground': palette.chosen,
      'list.focusForeground': palette.ink,
      'list.hoverBackground': palette.line,
      'editorActionList.background': palette.raised,
      'editorActionList.foreground': palette.ink,
      'editorActionList.focusBackground': palette.chosen,
      'editorActionList.focusForeground': palette.ink,
      'menu.background': palette.raised,
      'menu.foreground': palette.ink,
      'menu.selectionBackground': palette.chosen,
      'menu.selectionForeground': palette.ink,
      'quickInput.background': palette.raised,
      'input.background': palette.paper,
      'input.border': palette.edge,
      focusBorder: palette.word,
      'editorLightBulb.foreground': palette.number,
      'editorLightBulbAutoFix.foreground': palette.word,
      'editorInlayHint.background': '#00000000',
      'editorInlayHint.foreground': palette.quiet,
    },
  });
}

// The door for browsers and workers, whole: the engine, questions about its results, and an editor's. A page that should
// load little imports the three parts by themselves.

export { toDecimal } from './base/decimal.ts';
export * from './browser-editor.ts';
export * from './browser-engine.ts';
export * from './browser-questions.ts';

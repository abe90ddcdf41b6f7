// What a rule wanted when it stopped, as a phrase of the language: `a value`, "`)`". Chevrotain asks for a message;
// it gets that phrase, and read-phrase.ts makes the Diagnostic.

import type { IParserErrorMessageProvider, TokenType } from 'chevrotain';

export const expectation: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => label(expected),
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: ({ expectedPathsPerAlt, customUserDescription }) =>
    customUserDescription ?? oneOf(expectedPathsPerAlt.flat().map((path) => path[0])),
  buildEarlyExitMessage: ({ expectedIterationPaths, customUserDescription }) =>
    customUserDescription ?? oneOf(expectedIterationPaths.map((path) => path[0])),
};

function label(type: TokenType): string {
  return type.LABEL ?? type.name;
}

function oneOf(types: readonly (TokenType | undefined)[]): string {
  const labels = [...new Set(types.flatMap((type) => (type === undefined ? [] : [label(type)])))];
  return labels.length === 1 ? labels[0]! : `${labels.slice(0, -1).join(', ')} or ${labels.at(-1)}`;
}

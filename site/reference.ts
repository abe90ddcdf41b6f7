// The reference of the language, made of the tables that the parser and the checker are driven by, so that it can't say
// anything else than they do.

import { CALLABLES } from '../src/editor/functions.ts';
import { clauseSnippet, declarationSnippet } from '../src/editor/snippets.ts';
import { FUNCTION_DOCUMENTATION } from '../src/library/documentation.ts';
import { OPERATORS } from '../src/library/operator.ts';
import { type Clause, SHAPES } from '../src/syntax/shape.ts';
import { docOf } from '../src/syntax/shape-docs.ts';
import type { Page } from './pages.ts';

/** Every declaration with its clauses, in the order in which a policy is best written. */
export function declarationsPage(): Page {
  const parts = SHAPES.map((shape) => {
    const rows = shape.clauses.map((clause) => [
      code(writtenAs(clause)),
      code(clause.key),
      sentence(docOf(clause)),
    ]);
    return [
      `## ${shape.word}`,
      sentence(docOf(shape)),
      `\`\`\`merit\n${filledIn(declarationSnippet(shape.word) ?? shape.word)}\n\`\`\``,
      shape.key === shape.word ? '' : `In YAML it stands under \`${shape.key}\`.`,
      table(['in the text form', 'in YAML', ''], rows),
    ].join('\n\n');
  });
  const about =
    'What a policy can say: each declaration with its clauses, as they are written in the text form and which key they have in ' +
    'YAML. [How formulas are read](functions.html) has a page of its own; the whole grammar is drawn in [diagrams](grammar.html).';
  return { path: 'declarations.html', title: 'Declarations', text: [about, ...parts].join('\n\n') };
}

/** All that can be called in a formula, and the operators. */
export function functionsPage(): Page {
  const calls = [...CALLABLES.values()].map(({ name, signatures, summary, examples }) =>
    [`## ${name}`, signatures.map(code).join(' · '), summary, examplesOf(examples)].join('\n\n'),
  );
  const operators = OPERATORS.map(({ name }) => {
    const { signature, summary, examples } = FUNCTION_DOCUMENTATION[name]!;
    return [code(signature), summary, examples.map(exampleText).join(', ')];
  });
  const about =
    'What formulas may hold. Values are exact fractions; `1/3 * 3` is 1. A value that can be missing must be answered for with ' +
    '`else` where something is paid by it.';
  return {
    path: 'functions.html',
    title: 'Formulas',
    text: [about, '## Operators', table(['written', 'what it is', 'examples'], operators), ...calls].join(
      '\n\n',
    ),
  };
}

interface Example {
  readonly formula: string;
  readonly value?: string;
}

function examplesOf(examples: readonly Example[]): string {
  return examples.map((each) => `- ${exampleText(each)}`).join('\n');
}

function exampleText({ formula, value }: Example): string {
  return value === undefined ? code(formula) : `${code(formula)} is ${code(value)}`;
}

function writtenAs(clause: Clause): string {
  const snippet = clauseSnippet(clause.key);
  return snippet === undefined
    ? [clause.word ?? clause.key, clause.defines ? '= …' : '…'].join(' ')
    : filledIn(snippet).split('\n')[0]!;
}

/** A snippet with what it proposes in place of what is to be filled in. */
function filledIn(snippet: string): string {
  return snippet.replaceAll(/\$\{\d+:([^}]*)\}/g, '$1');
}

function code(text: string): string {
  return `\`${text}\``;
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((each) => each.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

// What the language server offers about one document, in both forms: completion, fixes, layout, outline, folds, colours,
// tests by a click, and values of the project's own data.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CodeAction,
  CompletionList,
  DocumentSymbol,
  FoldingRange,
  Hover,
  MarkupContent,
  SemanticTokens,
  SemanticTokensDelta,
  SignatureHelp,
  TextEdit,
} from 'vscode-languageserver-protocol/node';
import { builtMerit, workplace } from './command.ts';
import { type Client, codes, span, startClient } from './lsp-client.ts';

const { files, folder } = workplace();
const { program } = builtMerit(folder);

const POLICY = `policy sales {
  title     "Sales"
  currency  RUB
  timezone  "Europe/Moscow"
  period    month
  effective from 2026-01-01 until 2026-12-31
  rounding  half up to 0.01
}

event deal {
  id:      text key
  day:     date posts
  manager: person owner
  amount:  money
}

/// Won deals.
kpi revenue "Revenue" outcome = sum(deal.amount)

role seller "Seller" {
  target revenue 1_000 RUB
  bonus fee = 5% * revenue
}

test "a deal earns its fee" {
  person anna { role seller }
  deal { manager anna, day 2026-01-10, amount 1_000 RUB }
  expect anna in 2026-01 { fee is 50 RUB }
}
`;
const YAML = `policy: sales
title: Sales
currency: RUB
timezone: Europe/Moscow
period: month
effective: from 2026-01-01 until 2026-12-31
rounding: half up to 0.01
events:
  deal:
    fields:
      id: text key
      day: date posts
      manager: person owner
      amount: money
kpis:
  revenue:
    title: Revenue
    value: sum(deal.amount)
roles:
  seller:
    targets:
      revenue: 1_000 RUB
    bonuses:
      fee: 5% * revenue
`;

let client: Client;
beforeAll(async () => {
  files({ 'sales/policy.merit': POLICY, 'yaml/policy.merit.yaml': YAML });
  client = await startClient({ program, folder });
  client.open('sales/policy.merit', POLICY);
  client.open('yaml/policy.merit.yaml', YAML);
});
afterAll(async () => {
  expect(await client.end()).toBe(0);
  expect(client.stderr()).toBe('');
});

const document = (name: string) => ({ textDocument: { uri: client.uri(name) } });
/** Where a piece of a text begins, or `into` characters into it. */
const place = (name: string, text: string, piece: string, into = 0) => {
  const before = text.slice(0, text.indexOf(piece) + into);
  const line = before.split('\n').length - 1;
  return client.at(name, line, before.length - before.lastIndexOf('\n') - 1);
};
const inPolicy = (piece: string, into = 0) => place('sales/policy.merit', POLICY, piece, into);
const inYaml = (piece: string, into = 0) => place('yaml/policy.merit.yaml', YAML, piece, into);

describe('completion', () => {
  it.each([
    ['in the text form', () => inPolicy('5% * revenue', 5)],
    ['in a formula in YAML', () => inYaml('5% * revenue', 5)],
  ])('offers names %s', async (_, at) => {
    const { items, isIncomplete } = await client.request<CompletionList>('textDocument/completion', at());
    expect(isIncomplete).toBe(false);
    const revenue = items.find(({ label }) => label === 'revenue');
    expect(revenue).toMatchObject({ textEdit: { newText: 'revenue' } });
    expect(items.length).toBeGreaterThan(5);
  });

  it('writes no snippets for a client that takes none', async () => {
    const plain = await startClient({ program, folder, capabilities: {} });
    plain.open('sales/policy.merit', POLICY);
    const { items } = await plain.request<CompletionList>(
      'textDocument/completion',
      plain.at('sales/policy.merit', 8, 0),
    );
    expect(items.length).toBeGreaterThan(5);
    expect(items.filter(({ insertTextFormat }) => insertTextFormat !== 1)).toEqual([]);
    expect(items.map(({ textEdit }) => textEdit!.newText).join()).not.toContain('${');
    await plain.end();
  });
});

describe('what is said of a word', () => {
  it.each([
    ['the text form', () => inPolicy('* revenue', 4), () => span(21, 19, 26)],
    ['YAML', () => inYaml('* revenue', 4), undefined],
  ])('is what it is, in %s', async (_, at, range) => {
    const said = await client.request<Hover>('textDocument/hover', at());
    expect((said.contents as MarkupContent).value).toContain('KPI revenue');
    expect((said.contents as MarkupContent).value).toContain('sum(deal.amount)');
    if (range) expect(said.range).toEqual(range());
  });

  it('is text, whatever the policy says', async () => {
    const hostile =
      '[pay](command:merit.runTests) <img src=x onerror=alert(1)> ![x](https://evil.example/x) www.evil.example ``` <b>';
    const text = `${POLICY}/// ${hostile}\n/// # heading\nkpi bad "**<i>x</i>** [t](command:x)" outcome = sum(deal.amount)\n`;
    client.open('hostile.merit', text);
    const said = await client.request<Hover>(
      'textDocument/hover',
      place('hostile.merit', text, 'bad "**', 1),
    );
    const { kind, value } = said.contents as MarkupContent;
    expect(kind).toBe('markdown');
    // every sign that means something in Markdown has a backslash before it, outside of the fences of the formula
    const prose = value.replace(/^```merit\n[^`]*\n```$/gm, '').replace(/^\*\*(.*)\*\*$/m, '$1');
    expect(prose).toContain('onerror');
    expect(prose.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
    client.close('hostile.merit');
  });

  it('is plain text for a client that shows only that', async () => {
    const plain = await startClient({ program, folder, capabilities: {} });
    plain.open('sales/policy.merit', POLICY);
    const said = await plain.request<Hover>('textDocument/hover', inPolicy('* revenue', 4));
    expect(said.contents).toMatchObject({ kind: 'plaintext' });
    expect((said.contents as MarkupContent).value).not.toContain('\\');
    await plain.end();
  });

  it('is how a call is written, while it is written', async () => {
    const help = await client.request<SignatureHelp>('textDocument/signatureHelp', inPolicy('sum(deal', 4));
    expect(help.signatures[help.activeSignature ?? 0]?.label).toMatch(/^sum\(/);
    expect(await client.request('textDocument/signatureHelp', inPolicy('title', 2))).toBeNull();
  });
});

describe('fixes', () => {
  it('come with what they mend, and mend it', async () => {
    const text = POLICY.replace('5% * revenue', '5% * revenu');
    client.write('sales/policy.merit', text);
    const [found] = await client.told('sales/policy.merit', (all) => codes(all).includes('M1101'));
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      ...document('sales/policy.merit'),
      range: found!.range,
      context: { diagnostics: [found] },
    });
    const preferred = actions.find(({ isPreferred }) => isPreferred);
    expect(preferred).toMatchObject({ kind: 'quickfix', title: 'Write `revenue`' });
    expect(preferred?.edit?.documentChanges).toMatchObject([
      { textDocument: { version: 2 }, edits: [{ range: found!.range, newText: 'revenue' }] },
    ]);
    const none = await client.request<CodeAction[]>('textDocument/codeAction', {
      ...document('sales/policy.merit'),
      range: found!.range,
      context: { diagnostics: [found], only: ['refactor'] },
    });
    expect(none).toEqual([]);
    client.edit('sales/policy.merit', found!.range, 'revenue');
    await client.told('sales/policy.merit', (all) => all.length === 0);
  });
});

describe('layout', () => {
  it("is the formatter's, in edits of what changes", async () => {
    client.open('layout.merit', POLICY.replace('  currency  RUB', 'currency RUB'));
    const edits = await client.request<TextEdit[]>('textDocument/formatting', {
      ...document('layout.merit'),
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(edits.every(({ range }) => range.start.line === 2 && range.end.line === 2)).toBe(true);
    expect(edits.map(({ newText }) => newText).join('')).toMatch(/^ +/);
    client.close('layout.merit');
  });
});

describe('the outline', () => {
  it('holds the declarations and their parts, in both forms', async () => {
    const names = (symbols: DocumentSymbol[]): unknown[] =>
      symbols.map(({ name, children }) => (children?.length ? [name, names(children)] : name));
    const text = await client.request<DocumentSymbol[]>(
      'textDocument/documentSymbol',
      document('sales/policy.merit'),
    );
    expect(names(text)).toEqual([
      'sales',
      ['deal', ['id', 'day', 'manager', 'amount']],
      'revenue',
      ['seller', ['revenue', 'fee']],
      'a deal earns its fee',
    ]);
    const yaml = await client.request<DocumentSymbol[]>(
      'textDocument/documentSymbol',
      document('yaml/policy.merit.yaml'),
    );
    expect(names(yaml)).toEqual(names(text).slice(0, -1));
    const [role] = text.filter(({ name }) => name === 'seller');
    expect(role?.selectionRange).toEqual(span(19, 5, 11));
    expect(role?.range).toMatchObject({ start: { line: 19 }, end: { line: 22 } });
  });
});

describe('folds', () => {
  it('leave the closing bracket in sight', async () => {
    const folds = await client.request<FoldingRange[]>(
      'textDocument/foldingRange',
      document('sales/policy.merit'),
    );
    // the policy stands in lines 0 to 7, the event in 9 to 14
    expect(folds).toContainEqual({ startLine: 0, endLine: 6 });
    expect(folds).toContainEqual({ startLine: 9, endLine: 13 });
  });
});

describe('colours', () => {
  const legend = () => client.started.capabilities.semanticTokensProvider!.legend;
  /** The colours as words with their types. */
  const words = (text: string, { data }: SemanticTokens): readonly string[] => {
    const lines = text.split('\n');
    let [line, column] = [0, 0];
    return Array.from({ length: data.length / 5 }, (_, at) => {
      const [down, across, length, type] = data.slice(at * 5, at * 5 + 5) as [number, number, number, number];
      column = down > 0 ? across : column + across;
      line += down;
      return `${legend().tokenTypes[type]} ${lines[line]!.slice(column, column + length)}`;
    });
  };

  it.each([
    ['text', 'sales/policy.merit', POLICY],
    ['YAML', 'yaml/policy.merit.yaml', YAML],
  ])('say what each word is, in %s', async (_, name, text) => {
    const all = await client.request<SemanticTokens>('textDocument/semanticTokens/full', document(name));
    expect(words(text, all)).toEqual(
      expect.arrayContaining([
        'struct deal',
        'property amount',
        'variable revenue',
        'function sum',
        'class seller',
      ]),
    );
  });

  it('come as what has changed, and for a part of the text', async () => {
    const first = await client.request<SemanticTokens>(
      'textDocument/semanticTokens/full',
      document('sales/policy.merit'),
    );
    client.edit('sales/policy.merit', span(0, 0, 0), '\n');
    const delta = await client.request<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', {
      ...document('sales/policy.merit'),
      previousResultId: first.resultId,
    });
    // the first word stands one line lower; all others are counted from the one before
    expect(delta.edits).toEqual([{ start: 0, deleteCount: 1, data: [1] }]);
    client.edit(
      'sales/policy.merit',
      { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
      '',
    );
    const part = await client.request<SemanticTokens>('textDocument/semanticTokens/range', {
      ...document('sales/policy.merit'),
      range: { start: { line: 17, character: 0 }, end: { line: 18, character: 0 } },
    });
    expect(words(POLICY, part)[0]).toBe('keyword kpi');
    expect(words(POLICY, part).at(-1)).toBe('property amount');
  });
});

describe('tests', () => {
  it('run by a command, and what fails is marked where it stands', async () => {
    const wrong = POLICY.replace('fee is 50 RUB', 'fee is 60 RUB');
    client.write('sales/policy.merit', wrong);
    const before = client.refreshed();
    const answer = await client.request('workspace/executeCommand', {
      command: 'merit.runTests',
      arguments: [client.uri('sales/policy.merit')],
    });
    expect(answer).toEqual({ passed: 0, failed: 1, summary: '1 test, 1 failed' });
    await client.refresh(before);
    const [failed] = await client.told('sales/policy.merit', (all) =>
      all.some(({ source }) => source === 'merit test'),
    );
    // 5 % of 1,000 RUB is 50 RUB
    expect(failed).toMatchObject({ severity: 1, range: { start: { line: 27 } } });
    expect(failed?.message).toContain('expected 60.00 RUB, found 50.00 RUB');
    client.write('sales/policy.merit', POLICY);
    await client.told('sales/policy.merit', (all) => all.length === 0);
    const again = await client.request('workspace/executeCommand', {
      command: 'merit.runTest',
      arguments: [client.uri('sales/policy.merit'), POLICY.indexOf('"a deal earns')],
    });
    expect(again).toEqual({ passed: 1, failed: 0, summary: '1 test, passed' });
  });

  it.each([
    ['merit.runTest', []],
    ['merit.runTests', [7]],
    ['merit.runTest', ['file:///nowhere.merit', 0]],
    ['merit.nothing', []],
  ])('are refused where nothing can be run: %s %j', async (command, given) => {
    const run = client.request('workspace/executeCommand', { command, arguments: given });
    await expect(run).rejects.toMatchObject({ code: -32803 });
  });
});

// The language server as editors have it: documents and their findings, projects over several files, names.

import { unlinkSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Location, WorkspaceEdit } from 'vscode-languageserver-protocol/node';
import { builtMerit, workplace } from './command.ts';
import { type Client, codes, span, startClient } from './lsp-client.ts';

const { files, folder } = workplace();
const { program } = builtMerit(folder);

/** A policy without a finding, and its KPI in a file of its own. */
const HEAD = `policy sales {
  title    "Sales"
  currency RUB
  timezone "Europe/Moscow"
  period   month
  rounding half up to 0.01
}
`;
const DEAL = `event deal {
  id:      text key
  day:     date posts
  manager: person owner
  amount:  money
}
`;
const KPI = '/// Won deals.\nkpi revenue "Revenue" outcome = sum(deal.amount)\n';
const ROLE = `role seller {
  target revenue 100 RUB
  bonus  fee = 5% * revenue
}
`;

let client: Client;
beforeAll(async () => {
  files({
    'sales/policy.merit': `${HEAD}import "./parts/data.merit"\n${ROLE}`,
    'sales/parts/data.merit': DEAL + KPI,
  });
  client = await startClient({ program, folder });
});
afterAll(async () => {
  expect(await client.end()).toBe(0);
  expect(client.stderr()).toBe('');
});

const isSound = (found: readonly unknown[]): boolean => found.length === 0;

describe('a session', () => {
  it('begins with what the server can do', () => {
    const { capabilities, serverInfo } = client.started;
    expect(serverInfo?.name).toBe('merit');
    expect(capabilities.positionEncoding).toBe('utf-16');
    expect(capabilities.textDocumentSync).toMatchObject({ openClose: true, change: 2 });
    expect(capabilities.executeCommandProvider?.commands).toContain('merit.runTest');
    expect(capabilities.diagnosticProvider).toBeUndefined();
  });
});

describe('findings', () => {
  it('are told when a document is opened, and taken back when it is mended', async () => {
    const broken = `${HEAD}${DEAL}${KPI}${ROLE.replace('5% * revenue', '5% * revenu')}`;
    client.open('one/wrong.merit', broken);
    const [found] = await client.told('one/wrong.merit', (all) => codes(all).includes('M1101'));
    // HEAD has 7 lines, DEAL 6, KPI 2: the bonus stands in the third line of the role
    expect(found).toMatchObject({ severity: 1, source: 'merit', range: span(17, 20, 26) });
    expect(found?.message).toContain('revenu');
    client.edit('one/wrong.merit', span(17, 26, 26), 'e');
    await client.told('one/wrong.merit', isSound);
    client.close('one/wrong.merit');
  });

  it('count UTF-16 units, as edits do', async () => {
    const name = 'one/units.merit';
    // 😀 takes two units, Cyrillic letters one each
    const line = (word: string): string => `kpi выручка "😀 Продажи" outcome = sum(deal.${word})`;
    client.open(name, `${HEAD}${DEAL}${line('amont')}\r\n`);
    const [found] = await client.told(name, (all) => all.length > 0);
    const start = line('').indexOf('deal.') + 'deal.'.length;
    expect(found?.range).toEqual(span(13, start, start + 5));
    client.edit(name, span(13, start + 3, start + 3), 'u');
    await client.told(name, (all) => all.every(({ severity }) => severity !== 1));
    // the emoji itself is replaced: two units
    client.edit(name, span(13, 13, 15), 'Ы');
    await client.told(name, (all) => all.every(({ severity }) => severity !== 1));
    client.edit(name, span(13, 0, 3), 'kpy');
    const [wrong] = await client.told(name, (all) => all.some(({ severity }) => severity === 1));
    expect(wrong?.range.start).toEqual({ line: 13, character: 0 });
    client.close(name);
  });

  it('stand in the right line whatever ends lines', async () => {
    const text = `${HEAD}${DEAL}kpi a = sum(deal.nothing)\n`.replaceAll('\n', '\r\n');
    client.open('one/crlf.merit', text);
    const [found] = await client.told('one/crlf.merit', (all) => all.length > 0);
    expect(found?.range).toEqual(span(13, 17, 24));
    client.close('one/crlf.merit');
  });

  it('are told for files that a document imports, and taken back with it', async () => {
    client.open('sales/policy.merit', `${HEAD}import "./parts/data.merit"\n${ROLE}`);
    await client.told('sales/policy.merit', isSound);
    files({ 'sales/parts/data.merit': `${DEAL}kpi revenue "Revenue" = sum(deal.amnt)\n` });
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uri('sales/parts/data.merit'), type: 2 }],
    });
    const found = await client.told('sales/parts/data.merit', (all) => all.length > 0);
    expect(codes(found)).toContain('M1101');
    client.close('sales/policy.merit');
    await client.told('sales/parts/data.merit', isSound);
    files({ 'sales/parts/data.merit': DEAL + KPI });
  });

  it('go by what is open, not by what is saved', async () => {
    client.open('sales/policy.merit', `${HEAD}import "./parts/data.merit"\n${ROLE}`);
    client.open('sales/parts/data.merit', DEAL);
    const found = await client.told('sales/policy.merit', (all) => codes(all).includes('M1101'));
    expect(found.length).toBeGreaterThan(0);
    client.write('sales/parts/data.merit', DEAL + KPI);
    await client.told('sales/policy.merit', isSound);
    client.close('sales/parts/data.merit');
    client.close('sales/policy.merit');
  });

  it('say what is worth a look once nothing is wrong', async () => {
    const text = `${HEAD}${DEAL}${KPI}${ROLE}kpi calls "Calls" = count(deal)\n`;
    client.open('one/lint.merit', text);
    const found = await client.told('one/lint.merit', (all) => all.length > 0);
    expect(found.every(({ severity, code }) => severity !== 1 && String(code).startsWith('M15'))).toBe(true);
    expect(found[0]?.codeDescription?.href).toMatch(/^file:.*\/docs\/errors\/M15\d\d\.md$/);
    client.close('one/lint.merit');
  });

  it('are there for YAML, and for the configuration', async () => {
    files({ 'yaml/merit.config.yaml': 'policy: policy.merit.yaml\nperiot: 2026-01\n' });
    client.open('yaml/policy.merit.yaml', 'policy: sales\ncurrency: RUB\nkpis:\n  a: "sum(deal.amount)"\n');
    const found = await client.told('yaml/policy.merit.yaml', (all) => codes(all).includes('M1101'));
    expect(found[0]?.range.start.line).toBeGreaterThanOrEqual(0);
    const config = await client.told('yaml/merit.config.yaml', (all) => all.length > 0);
    expect(config[0]?.range.start.line).toBe(1);
    client.close('yaml/policy.merit.yaml');
    await client.told('yaml/merit.config.yaml', isSound);
  });

  it('are there for a text that is saved nowhere', async () => {
    client.open('untitled:Untitled-1', 'kpi a = \n');
    await client.told('untitled:Untitled-1', (all) => all.length > 0);
    client.close('untitled:Untitled-1');
    await client.told('untitled:Untitled-1', isSound);
  });

  it('never come from outside of the project', async () => {
    files({ 'outside.merit': 'kpi secret_figure = 1 +\n' });
    client.open('inner/policy.merit', `${HEAD}import "../outside.merit"\n`);
    const found = await client.told('inner/policy.merit', (all) => all.length > 0);
    expect(codes(found)).toContain('M2055');
    client.close('inner/policy.merit');
  });
});

describe('names', () => {
  beforeAll(() => {
    client.open('sales/policy.merit', `${HEAD}import "./parts/data.merit"\n${ROLE}`);
  });
  afterAll(() => client.close('sales/policy.merit'));
  // `target revenue` in the second line of the role, which follows 7 lines of the policy and the import
  const revenue = () => client.at('sales/policy.merit', 9, 12);

  it('lead to where they are declared, in a file that is not open too', async () => {
    const found = await client.request<Location[]>('textDocument/definition', revenue());
    // the third line after DEAL's six: a description, then the KPI
    expect(found).toEqual([{ uri: client.uri('sales/parts/data.merit'), range: span(7, 4, 11) }]);
  });

  it('lead from a file to the policy that imports it', async () => {
    const at = client.at('sales/parts/data.merit', 7, 5);
    const found = await client.request<Location[]>('textDocument/references', {
      ...at,
      context: { includeDeclaration: false },
    });
    expect(found.map(({ uri, range }) => [uri, range.start.line])).toEqual([
      [client.uri('sales/policy.merit'), 9],
      [client.uri('sales/policy.merit'), 10],
    ]);
  });

  it('are renamed in all files at once', async () => {
    const asked = await client.request('textDocument/prepareRename', revenue());
    expect(asked).toEqual({ range: span(9, 9, 16), placeholder: 'revenue' });
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
      ...revenue(),
      newName: 'выручка',
    });
    const changes = edit.documentChanges as {
      textDocument: { uri: string; version: number };
      edits: unknown[];
    }[];
    expect(
      changes.map(({ textDocument, edits }) => [textDocument.uri, textDocument.version, edits.length]),
    ).toEqual([
      [client.uri('sales/policy.merit'), 1, 2],
      [client.uri('sales/parts/data.merit'), null, 1],
    ]);
  });

  it('are refused with a reason', async () => {
    const rename = client.request('textDocument/rename', { ...revenue(), newName: ' ' });
    await expect(rename).rejects.toThrow(/a name has at least one letter/);
  });

  it('are answered with nothing in files that are not there', async () => {
    const nowhere = client.at('nowhere/policy.merit', 0, 0);
    expect(await client.request('textDocument/definition', nowhere)).toBeNull();
    unlinkSync(`${folder}/outside.merit`);
  });
});

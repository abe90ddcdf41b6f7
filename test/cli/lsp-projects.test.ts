// Which files belong together for the language server: folders, imports, versions, both forms, several roots; and how it
// ends when its editor is gone.

import { spawn } from 'node:child_process';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Location, WorkspaceEdit } from 'vscode-languageserver-protocol/node';
import { builtMerit, workplace } from './command.ts';
import { type Client, codes, span, startClient } from './lsp-client.ts';

const { files, folder } = workplace();
const { program } = builtMerit(folder);

const head = (name: string, days: string): string => `policy ${name} {
  title    "Sales"
  currency RUB
  timezone "Europe/Moscow"
  period   month
  effective ${days}
  rounding half up to 0.01
}
`;
const YEAR = 'from 2026-01-01 until 2026-12-31';
const DEAL = `event deal {
  id:      text key
  day:     date posts
  manager: person owner
  amount:  money
}
kpi revenue "Revenue" outcome = sum(deal.amount)
`;
const SELLER = `role seller {
  target revenue 100 RUB
  bonus fee = 5% * revenue
}
`;

let client: Client;
beforeAll(async () => {
  files({
    'north/policy.merit': `${head('north', YEAR)}import "./data/deals.merit"\n${SELLER}`,
    'north/data/deals.merit': DEAL,
    'south/policy.merit': head('south', YEAR) + DEAL + SELLER,
    'versions/first.merit': `${head('first', 'from 2026-01-01 until 2026-06-30')}import "./data/deals.merit"\n${SELLER}`,
    'versions/second.merit': `${head('second', 'from 2026-07-01 until 2026-12-31')}import "./data/deals.merit"\n${SELLER}`,
    'versions/data/deals.merit': DEAL,
    'forms/policy.merit': head('text', YEAR) + DEAL + SELLER,
    'forms/policy.merit.yaml': 'policy: yaml\ncurrency: RUB\nkpis:\n  выручка: 1\n  double: выручка * 2\n',
    'forms/merit.config.yaml': 'policy: policy.merit\n',
  });
  client = await startClient({ program, folder, roots: [join(folder, 'north'), join(folder, 'south')] });
});
afterAll(async () => {
  expect(await client.end()).toBe(0);
  expect(client.stderr()).toBe('');
});

const isSound = (found: readonly unknown[]): boolean => found.length === 0;
const text = { north: () => `${head('north', YEAR)}import "./data/deals.merit"\n${SELLER}` };

describe('folders', () => {
  it('of several roots are projects of their own', async () => {
    client.open('north/policy.merit', text.north());
    client.open('south/policy.merit', `${head('south', YEAR) + DEAL + SELLER}kpi extra = nothing\n`);
    await client.told('north/policy.merit', isSound);
    await client.told('south/policy.merit', (all) => codes(all).includes('M1101'));
    client.close('south/policy.merit');
    client.close('north/policy.merit');
  });

  it('above a file that is imported are its project, up to the root', async () => {
    client.open('north/data/deals.merit', DEAL);
    await client.told('north/data/deals.merit', isSound);
    const uses = await client.request<Location[]>('textDocument/references', {
      ...client.at('north/data/deals.merit', 6, 5),
      context: { includeDeclaration: false },
    });
    expect(uses.map(({ uri }) => uri)).toEqual([
      client.uri('north/policy.merit'),
      client.uri('north/policy.merit'),
    ]);
    client.close('north/data/deals.merit');
  });

  it('outside of the roots are projects without what lies above', async () => {
    client.open('versions/data/deals.merit', DEAL);
    const uses = await client.request<Location[]>('textDocument/references', {
      ...client.at('versions/data/deals.merit', 6, 5),
      context: { includeDeclaration: true },
    });
    expect(uses.map(({ uri }) => uri)).toEqual([client.uri('versions/data/deals.merit')]);
    client.close('versions/data/deals.merit');
  });

  it('that come later are roots too', async () => {
    client.connection.onRequest('workspace/workspaceFolders', () =>
      ['north', 'south', 'versions'].map((name) => ({ uri: client.uri(name), name })),
    );
    client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: client.uri('versions'), name: 'versions' }], removed: [] },
    });
    client.open('versions/data/deals.merit', DEAL);
    const uses = async () =>
      client.request<Location[]>('textDocument/references', {
        ...client.at('versions/data/deals.merit', 6, 5),
        context: { includeDeclaration: false },
      });
    // the server asks for the folders first
    while ((await uses()).length === 0);
    // both versions of the policy use it: a target and a bonus each
    expect((await uses()).map(({ uri }) => uri)).toEqual([
      client.uri('versions/first.merit'),
      client.uri('versions/first.merit'),
      client.uri('versions/second.merit'),
      client.uri('versions/second.merit'),
    ]);
  });
});

describe('versions of a policy', () => {
  it('are no names given twice, and are renamed together', async () => {
    await client.told('versions/data/deals.merit', isSound);
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
      ...client.at('versions/data/deals.merit', 6, 5),
      newName: 'sales',
    });
    const changes = edit.documentChanges as { textDocument: { uri: string }; edits: unknown[] }[];
    const counts = changes.map(({ textDocument, edits }) => [textDocument.uri, edits.length] as const);
    expect(counts.toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      [client.uri('versions/data/deals.merit'), 1],
      [client.uri('versions/first.merit'), 2],
      [client.uri('versions/second.merit'), 2],
    ]);
    client.close('versions/data/deals.merit');
  });

  it('must follow each other', async () => {
    client.open(
      'versions/second.merit',
      `${head('second', 'from 2026-06-01 until 2026-12-31')}import "./data/deals.merit"\n${SELLER}`,
    );
    const found = await client.told('versions/second.merit', (all) => all.length > 0);
    expect(codes(found)).toEqual(['M1430']);
    client.close('versions/second.merit');
  });
});

describe('a file in the other form', () => {
  it('that the configuration leaves out stands by itself, and is renamed in its formulas', async () => {
    client.open(
      'forms/policy.merit.yaml',
      'policy: yaml\ncurrency: RUB\nkpis:\n  выручка: 1\n  double: выручка * 2\n',
    );
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
      ...client.at('forms/policy.merit.yaml', 4, 12),
      newName: 'revenue',
    });
    expect(edit.documentChanges).toEqual([
      {
        textDocument: { uri: client.uri('forms/policy.merit.yaml'), version: 1 },
        edits: [
          { range: span(3, 2, 9), newText: 'revenue' },
          { range: span(4, 10, 17), newText: 'revenue' },
        ],
      },
    ]);
    client.close('forms/policy.merit.yaml');
  });
});

describe('files', () => {
  it('that are gone have no findings any more', async () => {
    files({ 'south/more.merit': 'kpi more = nothing\n' });
    client.open('south/policy.merit', head('south', YEAR) + DEAL + SELLER);
    await client.told('south/more.merit', (all) => codes(all).includes('M1101'));
    rmSync(join(folder, 'south/more.merit'));
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uri('south/more.merit'), type: 3 }],
    });
    await client.told('south/more.merit', isSound);
    client.close('south/policy.merit');
  });

  it('to which a link leads out of the folder are not read', async () => {
    files({ 'secret/figures.merit': 'kpi secret_figure = 1 +\n' });
    symlinkSync(join(folder, 'secret'), join(folder, 'north/linked'));
    client.open('north/policy.merit', `${head('north', YEAR)}import "./linked/figures.merit"\n`);
    const found = await client.told('north/policy.merit', (all) => all.length > 0);
    expect(codes(found)).toContain('M2055');
    expect(JSON.stringify(found)).not.toContain('secret_figure');
    client.close('north/policy.merit');
  });

  it('that are open and not saved yet can be imported', async () => {
    client.open('north/new.merit', DEAL);
    client.open('north/policy.merit', `${head('north', YEAR)}import "./new.merit"\n${SELLER}`);
    await client.told('north/policy.merit', isSound);
    client.close('north/new.merit');
    await client.told('north/policy.merit', (all) => codes(all).includes('M2053'));
    client.close('north/policy.merit');
  });
});

describe('a server', () => {
  it('ends when the process that it was told of is gone', async () => {
    const editor = spawn(process.execPath, ['--eval', '']);
    await new Promise((done) => editor.once('exit', done));
    const server = spawn(process.execPath, [program, 'lsp', '--stdio'], { cwd: folder });
    const params = { processId: editor.pid, rootUri: null, capabilities: {} };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    server.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    expect(await new Promise((done) => server.once('exit', done))).toBe(1);
  });
});

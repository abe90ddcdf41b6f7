// Values of the project's own data in the editor: run in the background where that is asked for, and gone with an edit.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeLens, Hover, InlayHint, MarkupContent } from 'vscode-languageserver-protocol/node';
import { builtMerit, workplace } from './command.ts';
import { type Client, startClient } from './lsp-client.ts';

const { files, folder } = workplace();
const { program } = builtMerit(folder);

const POLICY = `policy sales {
  title    "Sales"
  currency RUB
  timezone "Europe/Moscow"
  period   month
  rounding half up to 0.01
}
event deal {
  id:      text key
  day:     date posts
  manager: person owner
  amount:  money
}
kpi revenue "Revenue" outcome = sum(deal.amount)
role seller {
  bonus fee = 5% * revenue
}
test "nobody sells" {
  person anna { role seller }
  expect anna in 2026-01 { fee is 0 RUB }
}
`;
const CONFIG = `policy: policy.merit
period: 2026-01..2026-02
people: { file: people.csv }
data:
  deal: { file: deals.csv }
`;
// anna sells for 1,000 in January and for 200 in February, boris for 40 in February
const DEALS = `id,day,manager,amount
1,2026-01-10,anna,1000.00
2,2026-02-10,anna,200.00
3,2026-02-11,boris,40.00
`;
const PEOPLE = 'id,name,role,from,until\nanna,Anna,seller,2025-01-01,\nboris,Boris,seller,2025-01-01,\n';

let client: Client;
beforeAll(async () => {
  files({
    'policy.merit': POLICY,
    'merit.config.yaml': CONFIG,
    'deals.csv': DEALS,
    'people.csv': PEOPLE,
    'bare/policy.merit': POLICY,
  });
  client = await startClient({ program, folder, settings: { values: true } });
});
afterAll(async () => {
  expect(await client.end()).toBe(0);
  expect(client.stderr()).toBe('');
});

const ALL = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
const hints = async (name: string): Promise<readonly unknown[]> => {
  const found = await client.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri: client.uri(name) },
    range: ALL,
  });
  return found.map(({ position, label }) => [position.line, label]);
};
const lenses = async (name: string): Promise<readonly CodeLens[]> =>
  client.request('textDocument/codeLens', { textDocument: { uri: client.uri(name) } });
/** Waits until the hints are as wanted: the server asks to have them shown anew when there are others. */
const hintsBecome = async (name: string, wanted: readonly unknown[]): Promise<void> => {
  for (;;) {
    const count = client.refreshed();
    const found = await hints(name);
    if (JSON.stringify(found) === JSON.stringify(wanted)) return;
    await client.refresh(count);
  }
};

describe('values', () => {
  it('are those of the last period of the configuration', async () => {
    client.open('policy.merit', POLICY);
    // in February 200 + 40 = 240 RUB, of which 5 % are 12 RUB
    await hintsBecome('policy.merit', [
      [13, '240 RUB'],
      [15, '12 RUB'],
    ]);
    const titles = (await lenses('policy.merit')).map(({ range, command }) => [
      range.start.line,
      command?.title,
    ]);
    expect(titles).toEqual([
      [13, 'value now: 240 RUB (2026-02)'],
      [14, 'pays 2 people, 12 RUB (2026-02)'],
      [15, 'pays 2 people, 12 RUB (2026-02)'],
      [17, 'Run this test'],
    ]);
    const said = await client.request<Hover>('textDocument/hover', client.at('policy.merit', 13, 5));
    expect((said.contents as MarkupContent).value).toContain('240 RUB');
  });

  it('are of the period and the person of the settings', async () => {
    client.configure({ values: true, period: '2026-01', person: 'anna' });
    // in January 1,000 RUB, all of them Anna's: 5 % are 50 RUB
    await hintsBecome('policy.merit', [
      [13, '1_000 RUB · Anna: 1_000 RUB'],
      [15, '50 RUB · Anna: 50 RUB'],
    ]);
    client.configure({ values: true });
    await hintsBecome('policy.merit', [
      [13, '240 RUB'],
      [15, '12 RUB'],
    ]);
  });

  it('are gone with an edit, and come back with the run', async () => {
    client.write('policy.merit', POLICY.replace('5% * revenue', '10% * revenue'));
    expect(await hints('policy.merit')).toEqual([]);
    await hintsBecome('policy.merit', [
      [13, '240 RUB'],
      [15, '24 RUB'],
    ]);
  });

  it('are of the data as it is now', async () => {
    files({ 'deals.csv': `${DEALS}4,2026-02-12,boris,60.00\n` });
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uri('deals.csv'), type: 2 }],
    });
    await hintsBecome('policy.merit', [
      [13, '300 RUB'],
      [15, '30 RUB'],
    ]);
  });

  it('are none while data cannot be read, nor where there is none, and the log says why', async () => {
    const logged = (): Promise<string> =>
      new Promise((done) => {
        client.connection.onNotification('window/logMessage', ({ message }: { message: string }) =>
          done(message),
        );
      });
    let said = logged();
    files({ 'deals.csv': `${DEALS}4,2026-02-12,nobody,60.00\n` });
    client.write('policy.merit', POLICY);
    expect(await said).toContain('nobody');
    expect(await hints('policy.merit')).toEqual([]);
    said = logged();
    client.open('bare/policy.merit', POLICY);
    expect(await said).toContain('no values: there is no merit.config.yaml');
    expect(await hints('bare/policy.merit')).toEqual([]);
    client.close('bare/policy.merit');
  });
});

describe('lenses', () => {
  it('run the test below them, and say what came of it', async () => {
    const run = (await lenses('policy.merit')).find(({ command }) => command?.command === 'merit.runTest');
    expect(run?.command?.arguments?.[0]).toBe(client.uri('policy.merit'));
    const before = client.refreshed();
    const answer = await client.request('workspace/executeCommand', run!.command!);
    expect(answer).toMatchObject({ passed: 1, failed: 0 });
    await client.refresh(before);
    const titles = (await lenses('policy.merit')).map(({ command }) => command?.title);
    expect(titles.slice(-2)).toEqual(['Run this test', 'passed']);
  });

  it('are only tests where no values are asked for', async () => {
    const plain = await startClient({ program, folder });
    plain.open('policy.merit', POLICY);
    await plain.told('policy.merit', () => true);
    const found = await plain.request<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: plain.uri('policy.merit') },
    });
    expect(found.map(({ command }) => command?.title)).toEqual(['Run this test']);
    await plain.end();
  });
});

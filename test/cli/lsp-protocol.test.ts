// How the language server takes what editors get wrong: no session, garbage, cancelled and stale requests, other ways of
// counting, clients that hang up.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { CancellationTokenSource, type Diagnostic } from 'vscode-languageserver-protocol/node';
import { builtMerit, workplace } from './command.ts';
import { codes, span, startClient } from './lsp-client.ts';

const { files, folder } = workplace();
const { program, start } = builtMerit(folder);

interface Raw {
  readonly process: ChildProcessWithoutNullStreams;
  send(message: unknown): void;
  write(bytes: string): void;
  /** The next message of the server that isn't a log line. */
  next(): Promise<{ id?: unknown; error?: { code: number; message: string }; result?: unknown }>;
  exit(): Promise<number | null>;
  errors(): string;
}

/** A server, and a client that writes what it likes. */
function raw(): Raw {
  const child = spawn(process.execPath, [program, 'lsp', '--stdio'], { cwd: folder });
  const exit = new Promise<number | null>((done) => child.once('exit', done));
  let [pending, errors] = [Buffer.alloc(0), ''];
  const messages: never[] = [];
  let wake = (): void => undefined;
  child.stderr.on('data', (data) => {
    errors += data;
  });
  child.stdout.on('data', (data: Buffer) => {
    pending = Buffer.concat([pending, data]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(pending.toString('latin1'));
      const [from, length] = [head?.[0].length ?? 0, Number(head?.[1])];
      if (!head || pending.length < from + length) break;
      messages.push(JSON.parse(pending.subarray(from, from + length).toString('utf8')) as never);
      pending = pending.subarray(from + length);
    }
    wake();
  });
  const write = (bytes: string): void => {
    child.stdin.write(bytes);
  };
  return {
    process: child,
    write,
    send(message) {
      const body = typeof message === 'string' ? message : JSON.stringify(message);
      write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    },
    async next() {
      while (messages.length === 0)
        await new Promise<void>((done) => {
          wake = done;
        });
      return messages.shift()!;
    },
    exit: () => exit,
    errors: () => errors,
  };
}

const request = (id: unknown, method: string, params?: unknown) => ({ jsonrpc: '2.0', id, method, params });
const notification = (method: string, params?: unknown) => ({ jsonrpc: '2.0', method, params });
const INITIALIZE = request(1, 'initialize', { processId: null, rootUri: null, capabilities: {} });

describe('a session', () => {
  it('answers nothing before it has begun, nor after it has ended', async () => {
    const server = raw();
    server.send(request('early', 'textDocument/hover', { textDocument: { uri: 'file:///a.merit' } }));
    expect(await server.next()).toMatchObject({ id: 'early', error: { code: -32002 } });
    server.send(notification('textDocument/didOpen', {}));
    server.send(INITIALIZE);
    expect(await server.next()).toMatchObject({ id: 1, result: { serverInfo: { name: 'merit' } } });
    server.send(INITIALIZE);
    expect(await server.next()).toMatchObject({ error: { code: -32600 } });
    server.send(request(2, 'shutdown'));
    expect(await server.next()).toMatchObject({ id: 2, result: null });
    server.send(request(3, 'textDocument/hover', {}));
    expect(await server.next()).toMatchObject({ id: 3, error: { code: -32600 } });
    server.send(notification('exit'));
    expect(await server.exit()).toBe(0);
    expect(server.errors()).toBe('');
  });

  it('that is never shut ends with 1', async () => {
    const server = raw();
    server.send(INITIALIZE);
    await server.next();
    server.send(notification('exit'));
    expect(await server.exit()).toBe(1);
  });

  it('ends when the client hangs up', async () => {
    const server = raw();
    server.send(INITIALIZE);
    await server.next();
    server.process.stdin.end();
    expect(await server.exit()).toBe(1);
    expect(server.errors()).toBe('');
  });

  it('can be exited before it has begun', async () => {
    const server = raw();
    server.send(notification('exit'));
    expect(await server.exit()).toBe(1);
  });
});

describe('the command', () => {
  it('says how it is used, and refuses other ways of speaking', () => {
    expect(start('lsp', '--help')).toMatchObject({ code: 0, err: '' });
    expect(start('lsp', '--help').out).toContain('docs/editors.md');
    expect(start('lsp', '--socket=1')).toMatchObject({ code: 2, out: '' });
  });
});

describe('garbage', () => {
  it('is answered, and what follows is heard', async () => {
    const server = raw();
    server.send('{"jsonrpc": "2.0", "id": 1, ');
    expect(await server.next()).toMatchObject({ id: null, error: { code: -32700 } });
    server.send('[]');
    expect(await server.next()).toMatchObject({ id: null, error: { code: -32600 } });
    server.send('null');
    expect(await server.next()).toMatchObject({ id: null, error: { code: -32600 } });
    server.send({ jsonrpc: '2.0', id: null, method: 'initialize', params: {} });
    expect(await server.next()).toMatchObject({ id: null, error: { code: -32600 } });
    server.send({ jsonrpc: '2.0', id: 5, method: 7 });
    expect(await server.next()).toMatchObject({ id: 5, error: { code: -32600 } });
    server.send(INITIALIZE);
    expect(await server.next()).toMatchObject({ id: 1, result: {} });
    server.send(request(6, 'merit/nothing', {}));
    expect(await server.next()).toMatchObject({ id: 6, error: { code: -32601 } });
    for (const params of [undefined, {}, { id: null }, 'text'])
      server.send(notification('$/cancelRequest', params));
    for (let at = 0; at < 4; at++)
      expect(await server.next()).toMatchObject({ id: null, error: { code: -32600 } });
    server.send(request(7, 'shutdown'));
    expect(await server.next()).toMatchObject({ id: 7, result: null });
    server.send(notification('exit'));
    expect(await server.exit()).toBe(0);
    expect(server.errors()).toBe('');
  });

  it('in parameters is an error of that request alone', async () => {
    const server = raw();
    server.send(INITIALIZE);
    await server.next();
    for (const params of [
      {},
      { textDocument: null },
      { textDocument: { uri: 7 } },
      { textDocument: { uri: 'a b' } },
    ]) {
      server.send(request(8, 'textDocument/documentSymbol', params));
      const answer = await server.next();
      expect(answer.id).toBe(8);
      expect(answer.error?.message ?? '').not.toMatch(/\n\s+at /);
    }
    server.send(notification('textDocument/didOpen', { textDocument: {} }));
    server.send(
      notification('textDocument/didChange', {
        textDocument: { uri: 'file:///none.merit' },
        contentChanges: [],
      }),
    );
    server.send(request(9, 'shutdown'));
    let answer = await server.next();
    while (answer.id !== 9) answer = await server.next();
    expect(answer.result).toBeNull();
    server.process.stdin.end();
    expect(await server.exit()).toBe(0);
  });

  it('in headers ends nothing', async () => {
    const server = raw();
    server.write('Content-Length: many\r\n\r\n');
    expect(await server.next()).toMatchObject({ error: { code: -32700 } });
    server.send(INITIALIZE);
    expect(await server.next()).toMatchObject({ id: 1, result: {} });
    server.process.stdin.end();
    await server.exit();
  });
});

const POLICY = 'policy p { currency RUB }\nkpi a "A" = 1\nkpi b "B" = a\n';

describe('a request', () => {
  it('that is cancelled before its turn is answered as cancelled', async () => {
    const server = raw();
    server.send(INITIALIZE);
    await server.next();
    const uri = 'file:///nowhere/policy.merit';
    const params = { textDocument: { uri }, position: { line: 2, character: 12 } };
    // in one go, so that the cancellation is read before the request is worked at
    const bodies = [
      request(10, 'textDocument/definition', params),
      request(11, 'textDocument/documentSymbol', params),
      notification('$/cancelRequest', { id: 11 }),
      request(12, 'shutdown'),
    ].map((each) => JSON.stringify(each));
    server.write(bodies.map((each) => `Content-Length: ${Buffer.byteLength(each)}\r\n\r\n${each}`).join(''));
    const answers = new Map<unknown, unknown>();
    while (answers.size < 3) {
      const answer = await server.next();
      answers.set(answer.id, answer.error?.code ?? answer.result);
    }
    expect(answers).toEqual(
      new Map<unknown, unknown>([
        [11, -32800],
        [10, null],
        [12, null],
      ]),
    );
    server.process.stdin.end();
    expect(await server.exit()).toBe(0);
  });

  it('that is cancelled while it is worked at is answered as cancelled or in full', async () => {
    const client = await startClient({ program, folder });
    client.open('policy.merit', POLICY);
    const asked = Array.from({ length: 20 }, () => {
      const cancel = new CancellationTokenSource();
      const answer = client.connection.sendRequest(
        'textDocument/definition',
        client.at('policy.merit', 2, 12),
        cancel.token,
      );
      cancel.cancel();
      return answer.then(
        () => 'answered',
        (fault: { code: number }) => fault.code,
      );
    });
    for (const each of await Promise.all(asked)) expect(['answered', -32800]).toContain(each);
    expect(await client.request('textDocument/definition', client.at('policy.merit', 2, 12))).toMatchObject([
      { range: span(1, 4, 5) },
    ]);
    expect(await client.end()).toBe(0);
  });

  it('about a text that has changed since is answered as such', async () => {
    const client = await startClient({ program, folder });
    client.open('policy.merit', POLICY);
    const asked = client.request('textDocument/definition', client.at('policy.merit', 2, 12));
    client.edit('policy.merit', span(0, 0, 0), '\n');
    await expect(asked).rejects.toMatchObject({ code: -32801 });
    expect(await client.request('textDocument/definition', client.at('policy.merit', 3, 12))).toMatchObject([
      { range: span(2, 4, 5) },
    ]);
    await client.end();
  });
});

describe('columns', () => {
  // в takes two bytes, 😀 four
  const text = `${POLICY}kpi выручка "😀" = nothing\n`;
  const column = (before: string, encoding: string): number =>
    encoding === 'utf-8' ? Buffer.byteLength(before) : [...before].length;

  it.each(['utf-8', 'utf-32'])('count %s where the client wants that', async (encoding) => {
    const client = await startClient({
      program,
      folder,
      capabilities: { general: { positionEncodings: [encoding] } },
    });
    expect(client.started.capabilities.positionEncoding).toBe(encoding);
    client.open('units.merit', text);
    const at = column('kpi выручка "😀" = ', encoding);
    const fits = (all: readonly Diagnostic[]): boolean => codes(all).includes('M1101');
    const found = (await client.told('units.merit', fits)).find(({ code }) => code === 'M1101');
    expect(found?.range).toEqual(span(3, at, at + 7));
    client.edit('units.merit', span(3, at, at + 7), 'a');
    await client.told('units.merit', (all) => !fits(all));
    await client.end();
  });

  it('count UTF-16 where the client says nothing, or offers that too', async () => {
    for (const capabilities of [{}, { general: { positionEncodings: ['utf-8', 'utf-16'] } }]) {
      const client = await startClient({ program, folder, capabilities });
      expect(client.started.capabilities.positionEncoding).toBe('utf-16');
      await client.end();
    }
  });
});

describe('a client that asks for findings by itself', () => {
  it('is told nothing unasked', async () => {
    files({ 'pull.merit': POLICY });
    const client = await startClient({
      program,
      folder,
      capabilities: { textDocument: { diagnostic: {} } },
      options: { diagnostics: 'pull' },
    });
    expect(client.started.capabilities.diagnosticProvider).toMatchObject({ interFileDependencies: true });
    let told = 0;
    client.connection.onNotification('textDocument/publishDiagnostics', () => {
      told++;
    });
    client.open('pull.merit', POLICY.replace('= a', '= c'));
    const answer = await client.request<{ kind: string; items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri: client.uri('pull.merit') },
    });
    expect(answer.kind).toBe('full');
    expect(codes(answer.items)).toContain('M1101');
    client.open('merit.config.yaml', 'periot: 2026-01\n');
    const config = await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri: client.uri('merit.config.yaml') },
    });
    expect(config.items).toMatchObject([{ range: { start: { line: 0 } } }]);
    await client.end();
    expect(told).toBe(0);
  });
});

describe('a large text', () => {
  it('is refused in a finding, and the server goes on', async () => {
    const client = await startClient({ program, folder });
    client.open('large.merit', `${POLICY}${'// a comment that goes on and on\n'.repeat(150_000)}`);
    const found = await client.told('large.merit', (all) => all.length > 0);
    expect(found[0]?.message).toMatch(/too long|characters/);
    client.open('small.merit', POLICY);
    expect(await client.request('textDocument/definition', client.at('small.merit', 2, 12))).not.toBeNull();
    expect(await client.end()).toBe(0);
  });
});

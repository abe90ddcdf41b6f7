// The wire: messages come in on one stream and go out on another. What isn't a message is answered as the protocol says and
// nothing else; before a session has begun and after it has ended only what belongs there goes through.

import {
  type CancellationToken,
  type ConnectionStrategy,
  type DataCallback,
  ErrorCodes,
  LSPErrorCodes,
  type Message,
  type MessageReader,
  type MessageWriter,
  type RequestMessage,
  ResponseError,
} from 'vscode-languageserver/node';

/** How far a session has come. */
export type Stage = 'new' | 'begun' | 'shut';

/** The messages of a stream that may be handled now; the others are answered here. */
export function guarded(reader: MessageReader, writer: MessageWriter, stage: () => Stage): MessageReader {
  const refuse = (id: number | string | null, code: number, message: string): void => {
    const answer = { jsonrpc: '2.0', id, error: { code, message } } as Message;
    writer.write(answer).catch(() => undefined);
  };
  reader.onError(() => refuse(null, ErrorCodes.ParseError, "what came in isn't a message"));
  return {
    onError: reader.onError,
    onClose: reader.onClose,
    onPartialMessage: reader.onPartialMessage,
    dispose: () => reader.dispose(),
    listen: (callback: DataCallback) =>
      reader.listen((message) => {
        const fault = faultOf(message, stage());
        if (!fault) callback(message);
        else if (fault !== 'drop') refuse(idOf(message), fault.code, fault.message);
      }),
  };
}

type Fault = { readonly code: number; readonly message: string } | 'drop' | undefined;

/** What is wrong with a message at this point of the session; `drop` where nobody waits for an answer. */
function faultOf(message: unknown, stage: Stage): Fault {
  const shape = shapeOf(message);
  if (shape === undefined) return { code: ErrorCodes.InvalidRequest, message: "this isn't a message" };
  if (shape === 'response' || shape === 'exit') return undefined;
  if (stage === 'begun') {
    if (shape !== 'initialize') return undefined;
    return { code: ErrorCodes.InvalidRequest, message: 'the session has begun already' };
  }
  if (stage === 'new' && shape === 'initialize') return undefined;
  if (shape === 'notification') return 'drop';
  return stage === 'new'
    ? {
        code: ErrorCodes.ServerNotInitialized,
        message: 'the session has not begun: `initialize` comes first',
      }
    : { code: ErrorCodes.InvalidRequest, message: 'the session has ended: only `exit` may follow' };
}

type Shape = 'initialize' | 'request' | 'notification' | 'exit' | 'response' | undefined;

function shapeOf(message: unknown): Shape {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return undefined;
  const { id, method, params } = message as Partial<RequestMessage>;
  const isId = typeof id === 'number' || typeof id === 'string';
  if (method === undefined)
    return isId && ('result' in message || 'error' in message) ? 'response' : undefined;
  if (typeof method !== 'string') return undefined;
  if (params !== undefined && typeof params !== 'object') return undefined;
  if (id !== undefined) return !isId ? undefined : method === 'initialize' ? method : 'request';
  if (method === '$/cancelRequest' && !hasId(params)) return undefined;
  return method === 'exit' ? 'exit' : 'notification';
}

function hasId(params: unknown): boolean {
  const id = (params as { readonly id?: unknown } | undefined)?.id;
  return typeof id === 'number' || typeof id === 'string';
}

function idOf(message: unknown): number | string | null {
  const id = (message as { readonly id?: unknown } | null)?.id;
  return typeof id === 'number' || typeof id === 'string' ? id : null;
}

/** What a request that its client has given up is answered with. */
export function cancelled(): ResponseError<undefined> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'the request was cancelled');
}

/** Requests that are cancelled before their turn are never worked at. */
export const CANCELS: ConnectionStrategy = {
  cancelUndispatched: (message) => ({
    jsonrpc: '2.0',
    id: (message as RequestMessage).id,
    error: cancelled().toJson(),
  }),
};

/** Lets what has come in meanwhile be heard, cancellations among it; throws where the request was given up. */
export async function breathe(token: CancellationToken): Promise<void> {
  await new Promise<void>((done) => setImmediate(done));
  if (token.isCancellationRequested) throw cancelled();
}

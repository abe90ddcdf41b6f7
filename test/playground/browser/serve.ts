// A static server for tests: folders under a path, right types, and a list of what was asked for. It knows nothing of the
// playground, so that what works here works on any server of files.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

/** A running server. */
export interface Served {
  /** Where the folder is: `http://127.0.0.1:40000/some/sub/path/`. */
  readonly url: string;
  /** Paths asked for, in order, with the answer's status: `200 /some/sub/path/index.html`. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.csv': 'text/csv; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Serves a folder under a path, on a free port of this machine. */
export async function serveFolder(folder: string, under = '/some/sub/path/'): Promise<Served> {
  const log: string[] = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://server').pathname);
    const inside = path.startsWith(under) ? normalize(path.slice(under.length)) : '..';
    const file = inside === '.' || inside.endsWith('/') ? join(inside, 'index.html') : inside;
    const bytes = file.startsWith('..')
      ? undefined
      : await readFile(join(folder, file)).catch(() => undefined);
    log.push(`${bytes ? 200 : 404} ${path}`);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    response.writeHead(bytes ? 200 : 404, { 'content-type': bytes ? type : 'text/plain' });
    response.end(bytes ?? 'not found');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${under}`,
    log,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

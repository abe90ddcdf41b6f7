// A PostgreSQL of the tests' own: made in a temporary folder, on a free port, with a password, and gone afterwards.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export const PASSWORD = 'geheim-7/@:';

export interface PostgresServer {
  readonly port: number;
  /** The address of a database, with the password of the tests' user. */
  url(database?: string): string;
  /** Runs statements as the tests' user. */
  run(...statements: readonly string[]): Promise<void>;
  /** Makes a table of texts, whose name is SQL; an empty cell is NULL. */
  fill(table: string, columns: readonly string[], rows: readonly (readonly string[])[]): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of the server's programs, where it is installed. */
export function postgresFolder(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [process.env.MERIT_POSTGRES, ...versions.map((each) => join(debian, each, 'bin'))];
  return folders.find((each) => each !== undefined && existsSync(join(each, 'initdb')));
}

/** Whether the tests of PostgreSQL can run; where they must and can't, they fail at the start of the server. */
export const HAS_POSTGRES = postgresFolder() !== undefined || Boolean(process.env.CI);
if (!HAS_POSTGRES)
  console.log('PostgreSQL is not installed (`apt-get install postgresql`): its tests are skipped');

/** The server refuses to run as root, and then runs as the user that its package made. */
function asUser(): { readonly before: readonly string[]; readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return { before: [] };
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const [uid, gid] = [id('-u'), id('-g')];
  return { before: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'], uid, gid };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { readonly port: number };
  await new Promise((done) => server.close(done));
  return port;
}

export async function startPostgres(): Promise<PostgresServer> {
  const programs = postgresFolder();
  if (programs === undefined) throw new Error('PostgreSQL is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'merit-postgres-'));
  const { before, uid, gid } = asUser();
  const secret = join(folder, 'password');
  writeFileSync(secret, PASSWORD);
  if (uid !== undefined) for (const each of [folder, secret]) chownSync(each, uid, gid!);
  const command = (name: string, options: readonly string[]): readonly [string, string[]] => {
    const [first, ...rest] = [...before, join(programs, name), ...options];
    return [first!, rest];
  };
  const data = join(folder, 'data');
  // sorted as people sort, so that nothing relies on the order of bytes unless it says so
  const locale = ['--locale-provider=icu', '--icu-locale=en', '--locale=C'];
  const login = ['-U', 'tester', '-A', 'scram-sha-256', `--pwfile=${secret}`];
  execFileSync(...command('initdb', ['-D', data, '-N', '-E', 'UTF8', ...locale, ...login]), {
    cwd: folder,
    stdio: 'pipe',
  });
  const port = await freePort();
  const options = ['-h', '127.0.0.1', '-p', String(port), '-k', folder, '-c', 'fsync=off'];
  const child: ChildProcess = spawn(...command('postgres', ['-D', data, ...options]), {
    cwd: folder,
    stdio: 'ignore',
  });
  const url = (database = 'postgres'): string =>
    `postgres://tester:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;
  await answering(url(), child);
  async function asked(work: (client: pg.Client) => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: url() });
    await client.connect();
    await work(client).finally(() => client.end());
  }
  return {
    port,
    url,
    run: (...statements) =>
      asked(async (client) => {
        for (const each of statements) await client.query(each);
      }),
    fill: (table, columns, rows) =>
      asked(async (client) => {
        await client.query(
          `CREATE TABLE ${table} (${columns.map((each) => `${quoted(each)} TEXT`).join(', ')})`,
        );
        const cells = columns.map((_, at) => rows.map((row) => row[at] || null));
        const arrays = columns.map((_, at) => `$${at + 1}::text[]`).join(', ');
        await client.query(`INSERT INTO ${table} SELECT * FROM unnest(${arrays})`, cells);
      }),
    async stop() {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGINT');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Waits until the server answers. */
async function answering(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('PostgreSQL did not start');
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    try {
      await client.connect();
      return;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    } finally {
      await client.end().catch(() => {});
    }
  }
}

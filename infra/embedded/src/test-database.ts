import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type PostgresBinaries, postgresBinaries, type ServerAccount, serverAccount } from './postgres-binaries.js';
import { initialise, run, type RunningServer, SUPERUSER } from './postgres-server.js';

export interface TestDatabase {
  /** Connects as the superuser who migrates. Row-level security does not bind it: read as a role of your own. */
  readonly ownerUrl: string;
  /** Connects as any role that exists; nobody needs a password here. */
  url(role: string): string;
  stop(): Promise<void>;
}

const CACHE = fileURLToPath(new URL('../../../tmp/', import.meta.url));

const FAST = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  autovacuum: 'off',
  shared_buffers: '64MB',
  max_connections: '200',
  wal_level: 'minimal',
  max_wal_senders: '0',
};

let server: Promise<RunningServer> | undefined;
let users = 0;

/**
 * A fresh, empty database on a throw-away PostgreSQL that lives as long as the test file.
 * Not durable (`fsync=off`); crash and speed tests take `startDatabase`.
 */
export async function startTestDatabase(): Promise<TestDatabase> {
  users += 1;
  server ??= startServer();
  const running = await server;
  const { port } = running;
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = (role: string, database = name) => `postgres://${role}@127.0.0.1:${port}/${database}`;
  await withClient(url(SUPERUSER, 'postgres'), (client) => client.query(`CREATE DATABASE ${name}`));
  let stopped = false;
  return {
    ownerUrl: url(SUPERUSER),
    url: (role) => url(role),
    async stop() {
      if (stopped) return;
      stopped = true;
      users -= 1;
      if (users > 0) return;
      server = undefined;
      await running.stop();
    },
  };
}

async function startServer(): Promise<RunningServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'junheng-test-'));
  const account = serverAccount(folder);
  if (account) execFileSync('chown', [`${account.uid}:${account.gid}`, folder]);
  const binaries = await postgresBinaries(account);
  const dataFolder = path.join(folder, 'cluster');
  copy(template(binaries, account), dataFolder);
  const logFile = path.join(folder, 'postgres.log');
  const running = await run({ binaries, account, dataFolder, logFile, settings: FAST, endWith: 'QUIT' });
  return {
    ...running,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function template(binaries: PostgresBinaries, account: ServerAccount | undefined): string {
  const kept = path.join(CACHE, `postgres-template-${binaries.version}-${account?.uid ?? process.getuid?.() ?? 0}`);
  if (existsSync(kept)) return kept;
  const folder = mkdtempSync(path.join(tmpdir(), 'junheng-template-'));
  if (account) execFileSync('chown', [`${account.uid}:${account.gid}`, folder]);
  const fresh = path.join(folder, 'cluster');
  initialise(binaries, account, fresh);
  mkdirSync(CACHE, { recursive: true });
  const partial = `${kept}.${process.pid}`;
  copy(fresh, partial);
  rmSync(folder, { recursive: true });
  try {
    renameSync(partial, kept);
  } catch {
    rmSync(partial, { recursive: true, force: true });
  }
  return kept;
}

// `fs.cp` would give the files to root.
const copy = (from: string, to: string) => execFileSync('cp', ['-R', '-p', from, to]);

async function withClient(connectionString: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

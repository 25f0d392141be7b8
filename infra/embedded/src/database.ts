import { createHmac, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { canReach, postgresBinaries, type ServerAccount, serverAccount, SYSTEM_FOLDER } from './postgres-binaries.js';
import { initialise, run, SUPERUSER } from './postgres-server.js';

export interface DatabaseOptions {
  /** Where the data live from one start to the next. */
  readonly dataDir: string;
  /** Taken when it is free; otherwise another. */
  readonly port?: number;
  /** Roles that may sign in; created where they are missing. */
  readonly roles?: readonly string[];
  /** Overrides of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Database {
  /** Connects as the superuser who migrates. Row-level security does not bind it. */
  readonly ownerUrl: string;
  /** Connects as one of the roles. */
  url(role: string): string;
  readonly port: number;
  /** The postmaster. */
  readonly pid: number;
  stop(): Promise<void>;
}

const DATABASE = 'junheng';
const ROLES = ['junheng_app', 'junheng_projector'];
const SETTINGS = { shared_buffers: '128MB', max_connections: '200', synchronous_commit: 'on' };

/** A durable PostgreSQL in `dataDir`, reachable from this machine only, that ends with this process. */
export async function startDatabase(options: DatabaseOptions): Promise<Database> {
  const { dataDir, port = 5433, roles = ROLES, settings = {} } = options;
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  // The account of the server must get through; what lies beside its folder has modes of its own.
  if (process.getuid?.() === 0) chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  const { folder, account } = home(path.resolve(dataDir));
  const binaries = await postgresBinaries(account);
  const dataFolder = path.join(folder, 'cluster');
  const password = secret(path.join(folder, 'password'));
  if (!existsSync(dataFolder)) initialise(binaries, account, dataFolder, password);
  refuseOtherVersion(dataFolder, binaries.version);

  const logFile = path.join(folder, 'postgres.log');
  const all = { ...SETTINGS, ...settings };
  const server = await run({ binaries, account, dataFolder, logFile, settings: all, endWith: 'INT' }, port);
  const urlOf = (role: string, word: string, database = DATABASE) =>
    `postgres://${role}:${word}@127.0.0.1:${server.port}/${database}`;
  const passwordOf = (role: string) => createHmac('sha256', password).update(role).digest('base64url');
  try {
    await prepare(urlOf(SUPERUSER, password, 'postgres'), new Map(roles.map((role) => [role, passwordOf(role)])));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    ownerUrl: urlOf(SUPERUSER, password),
    url: (role) => urlOf(role, passwordOf(role)),
    port: server.port,
    pid: server.pid,
    stop: () => server.stop(),
  };
}

/** Below `dataDir`, unless that lies in a folder closed to the account that the server needs, such as `/root`. */
function home(dataDir: string): { folder: string; account: ServerAccount | undefined } {
  const inside = path.join(dataDir, 'postgres');
  const account = serverAccount(path.join(inside, 'cluster'));
  if (canReach(account, inside)) return { folder: ownFolder(inside, account), account };
  const pointer = path.join(dataDir, 'postgres.location');
  if (!existsSync(pointer)) {
    mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
    writeFileSync(pointer, mkdtempSync(path.join(SYSTEM_FOLDER, 'data-')));
  }
  const folder = readFileSync(pointer, 'utf8').trim();
  const owner = serverAccount(path.join(folder, 'cluster'));
  return { folder: ownFolder(folder, owner), account: owner };
}

function ownFolder(folder: string, account: ServerAccount | undefined): string {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

function secret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

function refuseOtherVersion(dataFolder: string, version: string): void {
  const written = readFileSync(path.join(dataFolder, 'PG_VERSION'), 'utf8').trim();
  if (written === version.split('.')[0]) return;
  throw new Error(`The data in ${dataFolder} are PostgreSQL ${written}'s; this is ${version}. Dump and restore them.`);
}

async function prepare(url: string, passwords: ReadonlyMap<string, string>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    for (const [role, word] of passwords) {
      const name = client.escapeIdentifier(role);
      const known = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
      const verb = known.rowCount === 0 ? 'CREATE' : 'ALTER';
      await client.query(`${verb} ROLE ${name} LOGIN PASSWORD ${client.escapeLiteral(word)}`);
    }
  } finally {
    await client.end();
  }
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresBinaries, ServerAccount } from './postgres-binaries.js';
import { freePort } from './free-port.js';
import { SERVER_ENVIRONMENT } from './embedded.config.js';
import { removeStaleLock } from './postgres-lock.js';

export const SUPERUSER = 'junheng';

export interface ServerOptions {
  readonly binaries: PostgresBinaries;
  readonly account: ServerAccount | undefined;
  readonly dataFolder: string;
  readonly logFile: string;
  readonly settings: Readonly<Record<string, string>>;
  /** How it ends: `INT` rolls back and writes a checkpoint, `QUIT` drops everything (throw-away data only). */
  readonly endWith: 'INT' | 'QUIT';
}

export interface RunningServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

// The server ends when our end of its input closes: on stop(), and also when this process dies without a word.
const SUPERVISE = `
  signal=$1; shift; exec 3<&0
  "$@" 3<&- </dev/null & server=$!
  { cat <&3 >/dev/null; kill -$signal $server; } 2>/dev/null &
  wait $server; status=$?; kill $! 2>/dev/null; exit $status`;

/** Creates a cluster whose text sorts by code point on every machine. Without a password everyone local is trusted. */
export function initialise(
  { initdb }: PostgresBinaries,
  account: ServerAccount | undefined,
  dataFolder: string,
  password?: string,
): void {
  // Under another name until it is whole: a start that was killed here begins anew.
  const unfinished = `${dataFolder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  const passwordFile = `${unfinished}.password`;
  writeFileSync(passwordFile, password ?? '', { mode: 0o600 });
  if (account) for (const file of [unfinished, passwordFile]) chownSync(file, account.uid, account.gid);
  const options = [
    `--pgdata=${unfinished}`,
    `--username=${SUPERUSER}`,
    ...(password === undefined ? ['--auth=trust', '--no-sync'] : ['--auth=scram-sha-256', `--pwfile=${passwordFile}`]),
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    '--no-instructions',
  ];
  try {
    execFileSync(initdb, options, { ...account, env: SERVER_ENVIRONMENT, cwd: '/', stdio: 'pipe' });
    renameSync(unfinished, dataFolder);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Starts the server on `preferredPort` or, when that is taken, on any other, and waits until it accepts connections. */
export async function run(options: ServerOptions, preferredPort?: number): Promise<RunningServer> {
  await removeStaleLock(options.dataFolder);
  const stale = lockFile(options.dataFolder);
  const deadline = Date.now() + 30_000;
  for (let port = await freePort(preferredPort); ; port = await freePort()) {
    const server = launch(options, port);
    if (await isReady(options, server, stale)) return running(options, server, port);
    const log = readFileSync(options.logFile, 'utf8').slice(-2_000);
    // A port lost in the race, or the last backends of a killed server that still hold its shared memory.
    const again = /could not bind|could not create any TCP|still in use|lock file .* already exists/.test(log);
    if (!again || Date.now() > deadline) throw new Error(`PostgreSQL did not start. Its log says:\n${log}`);
    await pause(200);
  }
}

function launch({ binaries, account, dataFolder, logFile, settings, endWith }: ServerOptions, port: number) {
  const flags = Object.entries({
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = openSync(logFile, 'w', 0o600);
  const command = [binaries.postgres, '-D', dataFolder, ...flags];
  // Detached, or a Ctrl-C would end the server under the feet of the requests that are still being answered.
  const server = spawn('/bin/sh', ['-c', SUPERVISE, 'postgres', endWith, ...command], {
    ...account,
    env: SERVER_ENVIRONMENT,
    cwd: '/',
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  server.stdin?.on('error', () => undefined);
  return server;
}

async function isReady({ dataFolder }: ServerOptions, server: ChildProcess, stale: string): Promise<boolean> {
  let failure: Error | undefined;
  server.once('error', (error) => (failure = error));
  while (server.exitCode === null && server.signalCode === null) {
    if (failure) throw new Error('PostgreSQL could not be started.', { cause: failure });
    const lock = lockFile(dataFolder);
    if (lock !== stale && /^ready\s*$/m.test(lock)) return true;
    await pause(10);
  }
  return false;
}

function running({ dataFolder }: ServerOptions, server: ChildProcess, port: number): RunningServer {
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  server.unref();
  (server.stdin as unknown as { unref?: () => void }).unref?.();
  return {
    port,
    pid: Number(lockFile(dataFolder).split('\n', 1)[0]),
    async stop() {
      server.ref();
      server.stdin?.end();
      await ended;
    },
  };
}

const lockFile = (dataFolder: string): string => {
  const file = path.join(dataFolder, 'postmaster.pid');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

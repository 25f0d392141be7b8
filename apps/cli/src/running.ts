import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CliConfig } from './cli.config.js';
import { type Databases, externalDatabases } from './databases.js';

/** Where a running `junheng up` can be reached; readable by its owner only, as it holds the embedded passwords. */
export interface Running extends Pick<Databases, 'ownerUrl' | 'appUrl' | 'projectorUrl'> {
  readonly pid: number;
  readonly api: string;
  readonly issuer: string;
}

const fileOf = (home: string) => path.join(home, 'running.json');

export function announce(home: string, running: Running): void {
  mkdirSync(home, { recursive: true });
  writeFileSync(fileOf(home), JSON.stringify(running), { mode: 0o600 });
}

export function withdraw(home: string): void {
  rmSync(fileOf(home), { force: true });
}

/** The installation that `junheng up` runs from this home; undefined when none does. */
export function running(home: string): Running | undefined {
  try {
    const found = JSON.parse(readFileSync(fileOf(home), 'utf8')) as Running;
    process.kill(found.pid, 0);
    return found;
  } catch {
    return undefined;
  }
}

/** The databases to work on: those that the environment names, or those of a running `junheng up`. */
export function reachDatabases(config: CliConfig): Omit<Databases, 'stop'> {
  const found = config.databaseUrl ? externalDatabases(config, config.databaseUrl) : running(config.home);
  if (!found) throw new Error('Nothing runs here. Start it with `npm start`, or name a database in DATABASE_URL.');
  return found;
}

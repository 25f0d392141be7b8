import path from 'node:path';
import { startDatabase } from '@junheng/embedded';
import { migrate } from '@junheng/event-store';
import { migrateProcesses } from '@junheng/processes';
import { migrateViews } from '@junheng/views';
import pg from 'pg';
import type { CliConfig } from './cli.config.js';

/** One PostgreSQL, as each of our roles reaches it. */
export interface Databases {
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly projectorUrl: string;
  stop(): Promise<void>;
}

/** The database that `DATABASE_URL` names, or the embedded one; its schemas brought up to date. */
export async function openDatabases(config: CliConfig): Promise<Databases> {
  const databases = config.databaseUrl ? externalDatabases(config, config.databaseUrl) : await embedded(config);
  try {
    await migrateDatabase(databases.ownerUrl);
    return databases;
  } catch (error) {
    await databases.stop();
    throw error;
  }
}

export async function migrateDatabase(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await migrate(owner);
    await migrateViews(owner);
    await migrateProcesses(owner);
  } finally {
    await owner.end();
  }
}

async function embedded({ home, ports }: CliConfig): Promise<Databases> {
  const database = await startDatabase({ dataDir: path.join(home, 'data'), port: ports.database });
  return {
    ownerUrl: database.ownerUrl,
    appUrl: database.url('junheng_app'),
    projectorUrl: database.url('junheng_projector'),
    stop: () => database.stop(),
  };
}

export function externalDatabases({ appDatabaseUrl, projectorDatabaseUrl }: CliConfig, ownerUrl: string): Databases {
  return {
    ownerUrl,
    appUrl: appDatabaseUrl ?? inRole(ownerUrl, 'junheng_app'),
    projectorUrl: projectorDatabaseUrl ?? inRole(ownerUrl, 'junheng_projector'),
    stop: () => Promise.resolve(),
  };
}

/** Sessions of the owner that give up its rights from their first statement on. */
function inRole(ownerUrl: string, role: string): string {
  const url = new URL(ownerUrl);
  url.searchParams.set('options', `-c role=${role}`);
  return url.href;
}

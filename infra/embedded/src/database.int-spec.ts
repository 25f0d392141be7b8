import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type Database, startDatabase } from './database.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'junheng-data-'));
const started: Database[] = [];
afterAll(async () => {
  await Promise.all(started.map((database) => database.stop()));
  rmSync(dataDir, { recursive: true });
});

async function start(options: { port?: number } = {}): Promise<Database> {
  const database = await startDatabase({ dataDir, port: 0, ...options });
  started.push(database);
  return database;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.map(([value]: unknown[]) => value);
  } finally {
    await client.end();
  }
}

describe('The embedded database', () => {
  it('finds its data again after a clean stop', async () => {
    const first = await start();
    await ask(first.ownerUrl, `CREATE TABLE kept AS SELECT 'before'::text AS word`);
    await first.stop();
    const second = await start();
    expect(await ask(second.ownerUrl, 'SELECT word FROM kept')).toEqual(['before']);
    await second.stop();
  });

  it('recovers what was committed when it is killed', async () => {
    const first = await start();
    await ask(first.ownerUrl, `UPDATE kept SET word = 'committed'`);
    process.kill(first.pid, 'SIGKILL');
    const second = await start();
    expect(await ask(second.ownerUrl, 'SELECT word FROM kept')).toEqual(['committed']);
    await second.stop();
  });

  it('starts although another process has got the pid of the killed server', async () => {
    const lock = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
    writeFileSync(lock, `${process.pid}\n/elsewhere\n0\n1\n\n\n\nready   \n`);
    const database = await start();
    expect(await ask(database.ownerUrl, 'SELECT 1')).toEqual([1]);
    await database.stop();
  });

  it('takes another port when its own is taken', async () => {
    const squatter = createServer();
    const port = await new Promise<number>((resolve) =>
      squatter.listen(0, '127.0.0.1', () => resolve((squatter.address() as { port: number }).port)),
    );
    const database = await start({ port });
    expect(database.port).not.toBe(port);
    expect(await ask(database.ownerUrl, 'SELECT 1')).toEqual([1]);
    await database.stop();
    squatter.close();
  });

  it('lets its roles in with a password of their own, and nobody without', async () => {
    const database = await start();
    expect(await ask(database.url('junheng_app'), 'SELECT current_user::text')).toEqual(['junheng_app']);
    const stranger = `postgres://junheng_app:junheng@127.0.0.1:${database.port}/junheng`;
    await expect(ask(stranger, 'SELECT 1')).rejects.toThrow('password authentication failed');
    await database.stop();
  });

  it('keeps its folder to itself', () => {
    expect(statSync(path.join(dataDir, 'postgres')).mode & 0o077).toBe(0);
  });

  it('commits durably', async () => {
    const database = await start();
    expect(await ask(database.ownerUrl, 'SHOW synchronous_commit')).toEqual(['on']);
    expect(await ask(database.ownerUrl, 'SHOW fsync')).toEqual(['on']);
    await database.stop();
  });
});

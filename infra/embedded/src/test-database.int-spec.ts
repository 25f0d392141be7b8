import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestDatabase } from './test-database.js';

const first = await startTestDatabase();
const second = await startTestDatabase();
afterAll(() => Promise.all([first.stop(), second.stop()]));

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.map(([value]: unknown[]) => value);
  } finally {
    await client.end();
  }
}

describe('A test database', () => {
  it('is a PostgreSQL 18 in UTF-8', async () => {
    expect(await ask(first.ownerUrl, `SELECT current_setting('server_version') ~ '^18'`)).toEqual([true]);
    expect(await ask(first.ownerUrl, 'SHOW server_encoding')).toEqual(['UTF8']);
  });

  it('sorts text by code point', async () => {
    const sorted = `SELECT v FROM (VALUES ('b'), ('A'), ('a'), ('县'), ('é'), ('B')) t(v) ORDER BY v`;
    expect(await ask(first.ownerUrl, sorted)).toEqual(['A', 'B', 'a', 'b', 'é', '县']);
  });

  it('is its own, beside another of the same file', async () => {
    await ask(first.ownerUrl, 'CREATE TABLE mine (x int)');
    expect(await ask(second.ownerUrl, `SELECT to_regclass('mine')`)).toEqual([null]);
  });

  it('lets every role that exists in', async () => {
    await ask(first.ownerUrl, 'CREATE ROLE reader LOGIN');
    expect(await ask(first.url('reader'), 'SELECT current_user::text')).toEqual(['reader']);
  });
});

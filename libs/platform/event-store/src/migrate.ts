import { readFile } from 'node:fs/promises';
import type { ClientBase } from 'pg';

const MIGRATIONS = ['0001-ledger', '0002-append', '0003-reading'] as const;

// Any number that no one else locks in this database.
const LOCK = 0x6a75_6e68;

/**
 * Brings the ledger's schema up to date and returns the migrations it ran; the client is the database's owner.
 * Each migration commits as a whole; starts at the same moment wait for each other.
 */
export async function migrate(owner: ClientBase): Promise<readonly string[]> {
  await owner.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    await owner.query('CREATE SCHEMA IF NOT EXISTS ledger');
    await owner.query(
      'CREATE TABLE IF NOT EXISTS ledger.migration (name text PRIMARY KEY, ran_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await owner.query<{ name: string }>('SELECT name FROM ledger.migration');
    const missing = MIGRATIONS.filter((name) => !rows.some((row) => row.name === name));
    for (const name of missing) await run(owner, name);
    return missing;
  } finally {
    await owner.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }
}

async function run(owner: ClientBase, name: string): Promise<void> {
  const sql = await readFile(new URL(`./migrations/${name}.sql`, import.meta.url), 'utf8');
  await owner.query('BEGIN');
  try {
    await owner.query(sql);
    await owner.query('INSERT INTO ledger.migration (name) VALUES ($1)', [name]);
    await owner.query('COMMIT');
  } catch (error) {
    await owner.query('ROLLBACK');
    throw error;
  }
}

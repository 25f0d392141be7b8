import type { ClientBase } from 'pg';

const STATEMENTS = `
  CREATE SCHEMA IF NOT EXISTS process;
  CREATE TABLE IF NOT EXISTS process.checkpoint (
    tenant_id text COLLATE "C" NOT NULL,
    process text COLLATE "C" NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    error_code text,
    attempts int NOT NULL DEFAULT 0,
    retry_after timestamptz,
    PRIMARY KEY (tenant_id, process));
  ALTER TABLE process.checkpoint ADD COLUMN IF NOT EXISTS served_at timestamptz;
  ALTER TABLE process.checkpoint ENABLE ROW LEVEL SECURITY;
  ALTER TABLE process.checkpoint FORCE ROW LEVEL SECURITY;
  DROP POLICY IF EXISTS projector ON process.checkpoint;
  CREATE POLICY projector ON process.checkpoint TO junheng_projector USING (true) WITH CHECK (true);
  GRANT USAGE ON SCHEMA process TO junheng_projector;
  GRANT SELECT, INSERT, UPDATE ON process.checkpoint TO junheng_projector`;

const LOCK = 7_254_210_003;

/** Keeps how far each process has come; after the ledger's and the views' migrations, as the database's owner. */
export async function migrateProcesses(owner: ClientBase): Promise<void> {
  await owner.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    await owner.query(`BEGIN; ${STATEMENTS}; COMMIT`);
  } catch (error) {
    await owner.query('ROLLBACK');
    throw error;
  } finally {
    await owner.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }
}

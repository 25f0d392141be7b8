import type { ClientBase } from 'pg';

const LOCK = 7_254_210_002;

const STATEMENTS = [
  ...['junheng_projector', 'junheng_app'].map(role),
  `DO $$ BEGIN
     EXECUTE format('GRANT CREATE ON DATABASE %I TO junheng_projector', current_database());
   END $$`,
  `CREATE SCHEMA IF NOT EXISTS view`,
  `CREATE TABLE IF NOT EXISTS view.generation (
     generation int PRIMARY KEY,
     fingerprint text NOT NULL,
     status text NOT NULL CHECK (status IN ('building', 'live', 'retired')),
     created_at timestamptz NOT NULL DEFAULT now(),
     live_at timestamptz,
     retired_at timestamptz,
     dropped_at timestamptz)`,
  `CREATE TABLE IF NOT EXISTS view.checkpoint (
     tenant_id text COLLATE "C" NOT NULL,
     generation int NOT NULL REFERENCES view.generation,
     position bigint NOT NULL DEFAULT 0,
     rebuilds int NOT NULL DEFAULT 0,
     derived boolean NOT NULL,
     stopped_at_position bigint,
     error_code text,
     error_text text,
     attempts int NOT NULL DEFAULT 0,
     retry_after timestamptz,
     PRIMARY KEY (tenant_id, generation)) WITH (fillfactor = 50)`,
  `ALTER TABLE view.checkpoint ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE view.checkpoint FORCE ROW LEVEL SECURITY`,
  ...policy('view.checkpoint', 'projector', `TO junheng_projector USING (true) WITH CHECK (true)`),
  ...policy('view.checkpoint', 'region', `FOR SELECT TO junheng_app USING (${inRegion()})`),
  `GRANT USAGE ON SCHEMA view TO junheng_projector, junheng_app`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON view.generation, view.checkpoint TO junheng_projector`,
  `GRANT SELECT ON view.generation, view.checkpoint TO junheng_app`,
  `GRANT USAGE ON SCHEMA ledger TO junheng_projector`,
  `GRANT SELECT ON ledger.tenant, ledger.event TO junheng_projector`,
  ...policy('ledger.tenant', 'projector', `FOR SELECT TO junheng_projector USING (true)`),
  ...policy('ledger.event', 'projector', `FOR SELECT TO junheng_projector USING (true)`),
];

/** Brings the registry of generations up to date, after the ledger's own migration; the client is the database's owner. */
export async function migrateViews(owner: ClientBase): Promise<void> {
  await owner.query('SELECT pg_advisory_lock($1)', [LOCK]);
  try {
    await owner.query(['BEGIN', ...STATEMENTS, 'COMMIT'].join(';\n'));
  } catch (error) {
    await owner.query('ROLLBACK');
    throw error;
  } finally {
    await owner.query('SELECT pg_advisory_unlock($1)', [LOCK]);
  }
}

// Roles belong to the whole cluster, and another database may be creating them at this moment.
function role(name: string): string {
  return `DO $$ BEGIN
     IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN CREATE ROLE ${name} LOGIN; END IF;
   EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`;
}

function policy(table: string, name: string, clauses: string): string[] {
  return [`DROP POLICY IF EXISTS ${name} ON ${table}`, `CREATE POLICY ${name} ON ${table} ${clauses}`];
}

/** The caller's region is a prefix of the tenant; no setting sees nothing, `*` the whole country. */
export function inRegion(): string {
  const setting = `current_setting('junheng.region', true)`;
  const prefix = `CASE WHEN ${setting} = '*' THEN '' WHEN ${setting} ~ '^[0-9]+$' THEN ${setting} END`;
  // A scalar subquery is evaluated once for the statement, not for each row; the range lets an index serve the prefix.
  return `starts_with(tenant_id, (SELECT ${prefix})) AND tenant_id BETWEEN (SELECT ${prefix}) AND (SELECT ${prefix} || 'z')`;
}

/** A caller of one school sees that school's rows, or none where rows belong to no school. */
export function ofSchool(hasSchool: boolean, visibleToSchools: boolean): string {
  if (!hasSchool && visibleToSchools) return 'true';
  const school = `(SELECT nullif(current_setting('junheng.school', true), ''))`;
  return hasSchool ? `(${school} IS NULL OR school_code = ${school})` : `${school} IS NULL`;
}

import { startTestDatabase } from '@junheng/embedded';
import { migrate } from '@junheng/event-store';
import pg from 'pg';
import { migrateViews } from './migrate-views.js';
import type { ViewCatalogue } from './view-catalogue.js';
import { Projector, type ProjectorOptions } from './projector.js';

/** A database with a ledger that specs write by hand, so that it can also be wrong. */
export async function openTestLedger() {
  const database = await startTestDatabase();
  const owner = new pg.Pool({ connectionString: database.ownerUrl });
  const pools = [owner];
  await migrateAll(owner);

  function pool(role: string, max = 10): pg.Pool {
    const opened = new pg.Pool({ connectionString: database.url(role), max });
    pools.push(opened);
    return opened;
  }

  return {
    owner,
    url: database.url,
    pool,

    projector: (catalogue: ViewCatalogue, options: ProjectorOptions = {}) =>
      Projector.of(pool('junheng_projector'), catalogue, options),

    async append(
      tenant: string,
      events: readonly { readonly type: string; readonly [name: string]: unknown }[],
    ): Promise<number> {
      const { rows } = await owner.query<{ head: number }>(APPEND, [tenant, JSON.stringify(events)]);
      return rows[0]?.head ?? 0;
    },

    /** The number of the live generation. */
    async live(): Promise<number | undefined> {
      const { rows } = await owner.query<{ generation: number }>(
        `SELECT generation FROM view.generation WHERE status = 'live'`,
      );
      return rows[0]?.generation;
    },

    async statuses(): Promise<string[]> {
      const { rows } = await owner.query<{ status: string }>('SELECT status FROM view.generation ORDER BY generation');
      return rows.map(({ status }) => status);
    },

    async schemas(): Promise<string[]> {
      const { rows } = await owner.query<{ name: string }>(
        `SELECT nspname AS name FROM pg_namespace WHERE starts_with(nspname, 'read_') ORDER BY oid`,
      );
      return rows.map(({ name }) => name);
    },

    /** All rows of a generation's tables, as the database prints them. */
    async dump(schema: string, tenant = ''): Promise<string> {
      const { rows: tables } = await owner.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r' ORDER BY 1`,
        [schema],
      );
      const lines: string[] = [];
      for (const { name } of tables) {
        const { rows } = await owner.query<{ row: string }>(
          `SELECT to_json(t)::text AS row FROM ${schema}.${name} t WHERE starts_with(tenant_id, $1) ORDER BY 1`,
          [tenant],
        );
        lines.push(name, ...rows.map(({ row }) => row));
      }
      return lines.join('\n');
    },

    async close(): Promise<void> {
      await Promise.all(pools.map((one) => one.end()));
      await database.stop();
    },
  };
}

export type TestLedger = Awaited<ReturnType<typeof openTestLedger>>;

/** Resolves when the condition holds; looks again whenever the projector has done something. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = AbortSignal.timeout(50_000);
  while (!(await condition())) {
    if (deadline.aborted) throw new Error('It did not happen within 50 seconds.');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const APPEND = `
  WITH given AS (SELECT event, n FROM json_array_elements($2::json) WITH ORDINALITY AS e(event, n)),
  head AS (
    INSERT INTO ledger.tenant AS t (tenant_id, head) SELECT $1, count(*) FROM given
    ON CONFLICT (tenant_id) DO UPDATE SET head = t.head + excluded.head RETURNING head),
  added AS (
    INSERT INTO ledger.event (tenant_id, position, stream_id, version, type, type_version, data, meta, command_id,
                              recorded_at, leaf_hash)
    SELECT $1, p.position, 'spec-' || p.position, 1, event ->> 'type', 1, event::jsonb - 'type',
           '{"actor":"a1","role":"county-admin","correlationId":"c1"}', 'command-' || p.position,
           timestamptz '2013-09-01 00:00:00Z' + p.position * interval '1 second', ''
    FROM given, head, LATERAL (SELECT head - (SELECT count(*) FROM given) + n AS position) p)
  SELECT head::float8 AS head FROM head`;

async function migrateAll(owner: pg.Pool): Promise<void> {
  const client = await owner.connect();
  await migrate(client);
  await migrateViews(client);
  client.release();
}

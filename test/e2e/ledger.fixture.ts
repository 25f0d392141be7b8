import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { until } from './until.fixture.js';

/** The embedded database as its owner reaches it, whom no row-level security binds. */
export function ownerUrl(home: string): string {
  const folder = path.join(home, 'data', 'postgres');
  const password = readFileSync(path.join(folder, 'password'), 'utf8');
  const port = readFileSync(path.join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[3];
  return `postgres://junheng:${password}@127.0.0.1:${port}/junheng`;
}

export async function openLedger(home: string) {
  const pool = new pg.Pool({ connectionString: ownerUrl(home), max: 4 });
  return {
    pool,
    /** The command ids of a tenant's events, in the order of their positions. */
    async commandIds(tenant: string, from = 1): Promise<string[]> {
      const { rows } = await pool.query<{ command_id: string }>(
        'SELECT command_id FROM ledger.event WHERE tenant_id = $1 AND position >= $2 ORDER BY position',
        [tenant, from],
      );
      return rows.map(({ command_id }) => command_id);
    },
    /** Tenants whose positions, and streams whose versions, are not 1, 2, 3 … */
    async holes(): Promise<object[]> {
      const { rows } = await pool.query<object>(
        `SELECT tenant_id, 'position' AS what FROM ledger.event
         GROUP BY tenant_id HAVING min(position) <> 1 OR max(position) <> count(*)
         UNION ALL SELECT tenant_id, stream_id FROM ledger.event
         GROUP BY tenant_id, stream_id HAVING min(version) <> 1 OR max(version) <> count(*)
         UNION ALL SELECT t.tenant_id, 'head' FROM ledger.tenant t
         WHERE head <> (SELECT count(*) FROM ledger.event e WHERE e.tenant_id = t.tenant_id)`,
      );
      return rows;
    },
    end: () => pool.end(),
  };
}

/** Waits until a generation, the live one if none is named, holds every event; its number. */
export async function caughtUp(owner: pg.Pool, generation?: number): Promise<number> {
  return until('a generation to hold every event', async () => {
    const { rows } = await owner.query<{ generation: number; behind: boolean }>(
      `SELECT g.generation, EXISTS (
         SELECT FROM ledger.tenant t
         LEFT JOIN view.checkpoint c ON c.tenant_id = t.tenant_id AND c.generation = g.generation
         WHERE NOT coalesce(c.derived AND c.position = t.head, false)) AS behind
       FROM view.generation g WHERE g.generation = $1 OR $1 IS NULL AND g.status = 'live'`,
      [generation ?? null],
    );
    return rows[0]?.behind === false ? rows[0].generation : undefined;
  });
}

/** Waits until queries hold all that was loaded. */
export async function settled(home: string): Promise<void> {
  const ledger = await openLedger(home);
  await caughtUp(ledger.pool);
  await ledger.end();
}

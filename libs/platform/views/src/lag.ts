import type { Pool } from 'pg';
import type { Generation } from './generation.js';

/** How far a generation is behind one tenant's ledger, and why it does not go on. */
export interface TenantLag {
  readonly generation: number;
  readonly tenant: string;
  readonly position: number;
  readonly head: number;
  readonly stopped?: {
    readonly position: number;
    readonly code: string;
    readonly text: string;
    readonly attempts: number;
    readonly retryAfter: string;
  };
}

const TENANTS_A_ROUND = 200;

/** Tenants with events to fold, in no order, so that copies rarely meet; new tenants get their checkpoint. */
export async function laggingTenants(pool: Pool, { number, status }: Generation): Promise<string[]> {
  const { rows } = await pool.query<{ tenant: string; unmet: boolean }>({
    name: 'view-lagging',
    text: `SELECT t.tenant_id AS tenant, c.tenant_id IS NULL AS unmet FROM ledger.tenant t
           LEFT JOIN view.checkpoint c ON c.tenant_id = t.tenant_id AND c.generation = $1
           WHERE (c.tenant_id IS NULL OR c.position < t.head OR NOT c.derived)
             AND (c.retry_after IS NULL OR c.retry_after <= now())
           ORDER BY random() LIMIT ${TENANTS_A_ROUND}`,
    values: [number],
  });
  const unmet = rows.filter((row) => row.unmet).map(({ tenant }) => tenant);
  if (unmet.length > 0)
    await pool.query(
      `INSERT INTO view.checkpoint (tenant_id, generation, derived) SELECT unnest($1::text[]), $2, $3
       ON CONFLICT DO NOTHING`,
      [unmet, number, status === 'live'],
    );
  return rows.map(({ tenant }) => tenant);
}

/** Every tenant that a generation in use is behind of or stopped at, worst first. */
export async function lag(pool: Pool): Promise<TenantLag[]> {
  const { rows } = await pool.query<{
    generation: number;
    tenant: string;
    position: number;
    head: number;
    stopped_at: number | null;
    error_code: string;
    error_text: string;
    attempts: number;
    retry_after: string;
  }>(
    `SELECT g.generation, t.tenant_id AS tenant, coalesce(c.position, 0)::float8 AS position, t.head::float8 AS head,
            c.stopped_at_position::float8 AS stopped_at, c.error_code, c.error_text, c.attempts,
            to_char(c.retry_after AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS retry_after
     FROM view.generation g CROSS JOIN ledger.tenant t
     LEFT JOIN view.checkpoint c ON c.tenant_id = t.tenant_id AND c.generation = g.generation
     WHERE g.status <> 'retired' AND (c.tenant_id IS NULL OR c.position < t.head OR c.stopped_at_position IS NOT NULL)
     ORDER BY t.head - coalesce(c.position, 0) DESC, t.tenant_id, g.generation`,
  );
  return rows.map(({ generation, tenant, position, head, stopped_at, ...why }) => ({
    generation,
    tenant,
    position,
    head,
    ...(stopped_at !== null && {
      stopped: {
        position: stopped_at,
        code: why.error_code,
        text: why.error_text,
        attempts: why.attempts,
        retryAfter: why.retry_after,
      },
    }),
  }));
}

import { type RecordedEvent, upcast, type Upcasts } from '@junheng/event-store';
import type { ClientBase } from 'pg';

/** A tenant that one runner holds for a process, until its transaction ends. */
export interface Claimed {
  readonly tenant: string;
  readonly position: number;
  readonly head: number;
}

const CANDIDATES = 8;
const LONGEST_RETRY_S = 300;

/**
 * The tenant that has waited longest for this process and that no other runner holds. Candidates first, then the lock
 * on one row at a time: a lock over many tenants at once is nothing a cluster can do.
 */
export async function claim(client: ClientBase, process: string): Promise<Claimed | undefined> {
  const { rows: candidates } = await client.query<{ tenant: string; head: string }>(
    `SELECT tenant.tenant_id AS tenant, tenant.head FROM ledger.tenant
       LEFT JOIN process.checkpoint ON checkpoint.tenant_id = tenant.tenant_id AND process = $1
      WHERE tenant.head > coalesce(checkpoint.position, 0)
        AND (checkpoint.retry_after IS NULL OR checkpoint.retry_after < now())
      ORDER BY checkpoint.served_at NULLS FIRST, tenant.tenant_id LIMIT ${CANDIDATES}`,
    [process],
  );
  for (const { tenant, head } of candidates) {
    await client.query('INSERT INTO process.checkpoint (tenant_id, process) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      tenant,
      process,
    ]);
    // Another runner may have served it since the candidates were read.
    const { rows } = await client.query<{ position: string }>(
      `SELECT position FROM process.checkpoint
        WHERE tenant_id = $1 AND process = $2 AND position < $3 AND (retry_after IS NULL OR retry_after < now())
          FOR UPDATE SKIP LOCKED`,
      [tenant, process, head],
    );
    if (rows[0]) return { tenant, position: Number(rows[0].position), head: Number(head) };
  }
  return undefined;
}

export interface StoredEvent extends Omit<RecordedEvent, 'position'> {
  readonly position: string;
}

/** Events as they were stored: the next ones of these types. */
export async function nextEvents(
  client: ClientBase,
  { tenant, position, head }: Claimed,
  types: readonly string[],
  limit: number,
): Promise<readonly StoredEvent[]> {
  const { rows } = await client.query<StoredEvent>(
    `SELECT tenant_id AS tenant, position, stream_id AS stream, version, type, type_version AS "typeVersion",
            data, meta, command_id AS "commandId",
            to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "recordedAt"
       FROM ledger.event
      WHERE tenant_id = $1 AND position > $2 AND position <= $3 AND type = ANY($4)
      ORDER BY position LIMIT $5`,
    [tenant, position, head, types, limit],
  );
  return rows;
}

export const read = (stored: StoredEvent, upcasts: Upcasts): RecordedEvent => ({
  ...stored,
  ...upcast(upcasts, stored.type, stored),
  position: Number(stored.position),
});

export async function move(client: ClientBase, process: string, tenant: string, position: number): Promise<void> {
  await client.query(
    `UPDATE process.checkpoint
        SET position = $3, served_at = now(), error_code = NULL, attempts = 0, retry_after = NULL
      WHERE tenant_id = $1 AND process = $2`,
    [tenant, process, position],
  );
}

export interface Parking {
  readonly position: number;
  readonly code: string;
  /** Since the transaction began, which is where its clock stands still. */
  readonly secondsIn: number;
}

/** Leaves the tenant alone for a while: 1, 2, 4 … seconds, and never longer than five minutes. */
export async function park(
  client: ClientBase,
  process: string,
  tenant: string,
  { position, code, secondsIn }: Parking,
): Promise<void> {
  await client.query(
    `UPDATE process.checkpoint
        SET attempts = CASE WHEN position = $3 THEN attempts + 1 ELSE 1 END,
            retry_after = now() + make_interval(secs => $5 +
              least(power(2, CASE WHEN position = $3 THEN least(attempts, 9) ELSE 0 END), ${LONGEST_RETRY_S})),
            position = $3, error_code = $4, served_at = now()
      WHERE tenant_id = $1 AND process = $2`,
    [tenant, process, position, code, secondsIn],
  );
}

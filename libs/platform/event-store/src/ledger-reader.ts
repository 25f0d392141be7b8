import type { Pool, PoolClient } from 'pg';
import type { EventMeta, RecordedEvent } from './ledger.js';
import { upcast, type Upcasts } from './upcast.js';

interface EventRow {
  position: string;
  stream_id: string;
  version: number;
  type: string;
  type_version: number;
  data: Record<string, unknown>;
  meta: EventMeta;
  command_id: string;
  recorded_at: string;
}

const EVENTS = `
  SELECT position, stream_id, version, type, type_version, data, meta, command_id,
    to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS recorded_at
  FROM ledger.event WHERE tenant_id = $1 AND position >= $2 ORDER BY position LIMIT $3`;

/** Throws when a position is missing: positions are dense, so a hole means that the ledger is damaged. */
export async function readEvents(
  pool: Pool,
  tenant: string,
  { from, limit }: { readonly from: number; readonly limit: number },
  upcasts: Upcasts,
): Promise<RecordedEvent[]> {
  const { rows } = await inTenant(pool, tenant, (client) => client.query<EventRow>(EVENTS, [tenant, from, limit]));
  return rows.map((row, index) => {
    const position = Number(row.position);
    if (position !== Math.max(from, 1) + index) {
      throw new Error(`The ledger of ${tenant} has no event at position ${Math.max(from, 1) + index}.`);
    }
    return {
      tenant,
      position,
      stream: row.stream_id,
      version: row.version,
      type: row.type,
      ...upcast(upcasts, row.type, { typeVersion: row.type_version, data: row.data }),
      meta: row.meta,
      commandId: row.command_id,
      recordedAt: row.recorded_at,
    };
  });
}

export async function readHead(pool: Pool, tenant: string): Promise<number | undefined> {
  const { rows } = await inTenant(pool, tenant, (client) =>
    client.query<{ head: string }>('SELECT head FROM ledger.tenant WHERE tenant_id = $1', [tenant]),
  );
  return rows[0] && Number(rows[0].head);
}

export async function openTenants(pool: Pool, tenants: readonly string[]): Promise<void> {
  await pool.query('SELECT ledger.open_tenants($1)', [tenants]);
}

async function inTenant<Result>(pool: Pool, tenant: string, read: (client: PoolClient) => Promise<Result>) {
  if (!/^(?:\d{2}){1,3}$/.test(tenant)) throw new TypeError(`"${tenant}" cannot name a tenant.`);
  const client = await pool.connect();
  try {
    await client.query(`BEGIN READ ONLY; SET LOCAL junheng.region = '${tenant}'`);
    const result = await read(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

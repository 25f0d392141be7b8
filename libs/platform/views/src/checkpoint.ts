import type { ClientBase, QueryResult } from 'pg';
import type { Generation } from './generation.js';
import { ViewFailure } from './view-failure.js';

/** How far a generation has folded a tenant, and what it needs to know to go on. */
export interface Checkpoint {
  readonly position: number;
  /** Grows when the tenant is rebuilt, so that rows kept in memory are known to be old. */
  readonly rebuilds: number;
  /** Derived tables follow each batch; before, they wait until the tenant has caught up. */
  readonly derived: boolean;
  readonly attempts: number;
  readonly head: number;
}

const LONGEST_PAUSE_SECONDS = 600;

/** Opens a transaction that holds the tenant's checkpoint, or nothing when another copy holds it. */
export async function lockCheckpoint(
  client: ClientBase,
  { number }: Generation,
  tenant: string,
  whenTaken: 'skip' | 'wait',
): Promise<Checkpoint | undefined> {
  const id = client.escapeLiteral(tenant);
  // Rows can always be folded again, so their commit need not wait for the disk; rows and checkpoint are lost together.
  const results = (await client.query(`
    BEGIN; SET LOCAL synchronous_commit = off;
    SELECT position::float8, rebuilds, derived, attempts,
           (SELECT head::float8 FROM ledger.tenant WHERE tenant_id = ${id}) AS head
    FROM view.checkpoint WHERE tenant_id = ${id} AND generation = ${number}
    FOR UPDATE ${whenTaken === 'skip' ? 'SKIP LOCKED' : ''}`)) as unknown as QueryResult<Checkpoint>[];
  return results[2]?.rows[0];
}

/** Moves the checkpoint and commits. */
export async function moveCheckpoint(
  client: ClientBase,
  { number }: Generation,
  tenant: string,
  { position, derived, rebuilds }: Pick<Checkpoint, 'position' | 'derived'> & { readonly rebuilds?: number },
): Promise<void> {
  await client.query(`
    UPDATE view.checkpoint
    SET position = ${position}, derived = ${derived}, rebuilds = ${rebuilds ?? 'rebuilds'}, attempts = 0,
        stopped_at_position = NULL, error_code = NULL, error_text = NULL, retry_after = NULL
    WHERE tenant_id = ${client.escapeLiteral(tenant)} AND generation = ${number};
    COMMIT`);
}

/** Stops the tenant right before the event that cannot be folded, and tries again after a growing pause. */
export async function park(
  client: ClientBase,
  { number }: Generation,
  tenant: string,
  { checkpoint, error }: { readonly checkpoint: Checkpoint; readonly error: unknown },
): Promise<void> {
  const { code, text } = explain(error);
  await client.query(
    `UPDATE view.checkpoint
     SET stopped_at_position = $3, error_code = $4, error_text = $5, attempts = $6,
         retry_after = now() + make_interval(secs => $7)
     WHERE tenant_id = $1 AND generation = $2`,
    [
      tenant,
      number,
      Math.min(checkpoint.position + 1, checkpoint.head),
      code,
      text,
      checkpoint.attempts + 1,
      Math.min(2 ** checkpoint.attempts, LONGEST_PAUSE_SECONDS),
    ],
  );
  await client.query('COMMIT');
}

/** Says what went wrong and where in the code; messages may quote an event, so only those of the engine are kept. */
function explain(error: unknown): { code: string; text: string } {
  const failure = error instanceof ViewFailure ? error : undefined;
  const cause = (failure ? failure.cause : error) as (Error & Record<string, unknown>) | undefined;
  const engine = cause instanceof TypeError || cause instanceof RangeError || cause instanceof ReferenceError;
  const parts = [
    failure?.message,
    cause?.name,
    engine ? cause.message : undefined,
    ...['code', 'table', 'column', 'constraint'].map((name) => cause?.[name]),
    cause?.stack?.split('\n').find((line) => line.trim().startsWith('at ')),
  ];
  const text = parts.filter((part) => typeof part === 'string').map((part) => part.trim());
  return { code: failure?.code ?? 'WRITE_FAILED', text: text.join(' · ') };
}

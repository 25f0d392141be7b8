import type { ClientBase } from 'pg';

/** Brings the ledger's schema up to date; the client is the database's owner. Safe to run from several starts at once. */
export async function migrate(_owner: ClientBase): Promise<readonly string[]> {
  throw new Error('not yet');
}

import { setTimeout as pause } from 'node:timers/promises';
import { migrate } from '@junheng/event-store';
import { migrateProcesses } from '@junheng/processes';
import { migrateViews } from '@junheng/views';
import pg from 'pg';

/** Brings an empty database to the schemas that the product stands on. */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  await migrate(owner);
  await migrateViews(owner);
  await migrateProcesses(owner);
  await owner.end();
}

/** Waits until a first generation is live and has folded everything. */
export async function untilFolded(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  for (let folded = false; !folded; await pause(100)) {
    const { rows } = await owner.query<{ folded: boolean }>(`
      SELECT EXISTS (SELECT FROM view.generation WHERE status = 'live') AND NOT EXISTS (
        SELECT FROM ledger.tenant t WHERE NOT EXISTS (
          SELECT FROM view.checkpoint c JOIN view.generation g USING (generation)
          WHERE g.status = 'live' AND c.tenant_id = t.tenant_id AND c.position = t.head AND c.derived)) AS folded`);
    folded = rows[0]?.folded ?? false;
  }
  await owner.end();
}

import { readFileSync } from 'node:fs';
import { createHmac } from 'node:crypto';
import path from 'node:path';
import { catalogue } from '@junheng/product';
import { Projector } from '@junheng/views';
import pg from 'pg';
import { caughtUp, ownerUrl } from './ledger.fixture.js';

/** Has the running projector fold everything anew into tables beside the live ones, and waits until both have come to the end. */
export async function rebuilt(owner: pg.Pool, home: string): Promise<{ live: string; fresh: string }> {
  const live = await caughtUp(owner);
  const pool = new pg.Pool({ connectionString: projectorUrl(home), max: 8 });
  try {
    const projector = await Projector.of(pool, catalogue);
    const { schema, number } = await projector.rebuild();
    await caughtUp(owner, number);
    return { live: `read_${live}`, fresh: schema };
  } finally {
    await pool.end();
  }
}

/** Every row of every table of a generation, as the database prints it. */
export async function dump(owner: pg.Pool, schema: string): Promise<Record<string, string[]>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'r' ORDER BY 1",
    [schema],
  );
  const dumped: Record<string, string[]> = {};
  for (const { name } of tables) {
    const { rows } = await owner.query<{ row: string }>(
      `SELECT to_json(t)::text AS row FROM ${schema}.${name} t ORDER BY 1`,
    );
    dumped[name] = rows.map(({ row }) => row);
  }
  return dumped;
}

/** Every role's password follows from the owner's. */
function projectorUrl(home: string): string {
  const password = readFileSync(path.join(home, 'data', 'postgres', 'password'), 'utf8');
  const url = new URL(ownerUrl(home));
  url.username = 'junheng_projector';
  url.password = createHmac('sha256', password).update('junheng_projector').digest('base64url');
  return url.href;
}

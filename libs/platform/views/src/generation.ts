import type { ClientBase, Pool } from 'pg';
import { inRegion, ofSchool } from './migrate-views.js';
import type { ReadModel, ReadTable } from './read-table.js';
import { inTransaction } from './transaction.js';

/** A schema that holds all read tables. */
export interface Generation {
  readonly number: number;
  readonly schema: string;
  readonly status: 'building' | 'live';
}

/** The generations that this code can fold: those made from the same views, versions and columns. */
export class Generations {
  constructor(
    readonly pool: Pool,
    readonly model: ReadModel,
  ) {}

  /** Oldest first. */
  async mine(): Promise<Generation[]> {
    const { rows } = await this.pool.query<{ number: number; status: 'building' | 'live' }>(
      `SELECT generation AS number, status FROM view.generation
       WHERE fingerprint = $1 AND status <> 'retired' ORDER BY generation`,
      [this.model.fingerprint],
    );
    return rows.map((row) => ({ ...row, schema: `read_${row.number}` }));
  }

  /** Makes sure that a generation of this code exists: one retired a moment ago comes back, else a new one is begun. */
  ensure(): Promise<void> {
    return this.#exclusively(async (client) => {
      const { rows } = await client.query<{ generation: number; status: string }>(
        `SELECT generation, status FROM view.generation WHERE fingerprint = $1 AND dropped_at IS NULL
         ORDER BY status = 'retired', generation DESC LIMIT 1`,
        [this.model.fingerprint],
      );
      const [newest] = rows;
      if (!newest) await this.#create(client);
      if (newest?.status === 'retired')
        await client.query(`UPDATE view.generation SET status = 'building', retired_at = NULL WHERE generation = $1`, [
          newest.generation,
        ]);
    });
  }

  /** Begins a new generation to be filled beside the live one. */
  create(): Promise<Generation> {
    return this.#exclusively((client) => this.#create(client));
  }

  /** Makes a generation live, in one step for all readers, once it shows every tenant no earlier than the live one does. */
  async flip({ number }: Generation): Promise<boolean> {
    if (await isBehind(this.pool, number)) return false;
    return this.#exclusively(async (client) => {
      if (await isBehind(client, number)) return false;
      await client.query(
        `UPDATE view.generation SET status = 'retired', retired_at = now()
         WHERE status = 'live' OR (status = 'building' AND generation < $1)`,
        [number],
      );
      await client.query(`UPDATE view.generation SET status = 'live', live_at = now() WHERE generation = $1`, [number]);
      return true;
    });
  }

  /** Drops what was retired longer ago than any reader can still be using it. */
  dropRetired(graceSeconds: number): Promise<number> {
    return this.#exclusively(async (client) => {
      const { rows } = await client.query<{ generation: number }>(
        `UPDATE view.generation SET dropped_at = now()
         WHERE status = 'retired' AND dropped_at IS NULL AND retired_at <= now() - make_interval(secs => $1)
         RETURNING generation`,
        [graceSeconds],
      );
      for (const { generation } of rows) {
        await client.query('DELETE FROM view.checkpoint WHERE generation = $1', [generation]);
        await client.query(`DROP SCHEMA read_${generation} CASCADE`);
      }
      return rows.length;
    });
  }

  async #create(client: ClientBase): Promise<Generation> {
    const { rows } = await client.query<{ number: number }>(
      `INSERT INTO view.generation (generation, fingerprint, status)
       SELECT coalesce(max(generation), 0) + 1, $1, 'building' FROM view.generation RETURNING generation AS number`,
      [this.model.fingerprint],
    );
    const number = rows[0]?.number ?? 0;
    const schema = `read_${number}`;
    await client.query(`CREATE SCHEMA ${schema}`);
    await client.query(`GRANT USAGE ON SCHEMA ${schema} TO junheng_app`);
    await client.query(`SET LOCAL search_path = ${schema}`);
    for (const statement of this.model.createStatements) await client.query(statement);
    for (const table of this.model.tables)
      for (const statement of [...store(table, client), ...protect(table, client)]) await client.query(statement);
    return { number, schema, status: 'building' };
  }

  #exclusively<T>(work: (client: ClientBase) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, async (client) => {
      await client.query('LOCK TABLE view.generation IN SHARE ROW EXCLUSIVE MODE');
      return work(client);
    });
  }
}

// Compressing documents costs more than all else about writing them, and reading them uncompressed is faster, too.
function store({ name, columns }: ReadTable, client: ClientBase): string[] {
  const table = client.escapeIdentifier(name);
  return columns
    .filter(({ type }) => type === 'jsonb')
    .map((column) => `ALTER TABLE ${table} ALTER ${client.escapeIdentifier(column.name)} SET STORAGE EXTERNAL`);
}

function protect(table: ReadTable, client: ClientBase): string[] {
  const name = client.escapeIdentifier(table.name);
  const hasSchool = table.columns.some((column) => column.name === 'school_code');
  return [
    `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY projector ON ${name} TO junheng_projector USING (true) WITH CHECK (true)`,
    `CREATE POLICY scope ON ${name} FOR SELECT TO junheng_app
       USING (${inRegion()} AND ${ofSchool(hasSchool, table.visibleToSchools)})`,
    `GRANT SELECT ON ${name} TO junheng_app`,
  ];
}

// A tenant that is stopped holds the new generation back only where the live one has come further.
async function isBehind(client: Pool | ClientBase, generation: number): Promise<boolean> {
  const { rows } = await client.query<{ behind: boolean }>(
    `SELECT EXISTS (
       SELECT FROM ledger.tenant t
       LEFT JOIN view.checkpoint c ON c.tenant_id = t.tenant_id AND c.generation = $1
       LEFT JOIN view.checkpoint l ON l.tenant_id = t.tenant_id AND l.generation =
         (SELECT max(generation) FROM view.generation WHERE status = 'live')
       WHERE NOT coalesce(c.derived AND (c.position >= t.head OR c.position >= l.position)
         OR (c.stopped_at_position IS NOT NULL AND l.tenant_id IS NULL), false)) AS behind`,
    [generation],
  );
  return rows[0]?.behind ?? true;
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestDatabase } from '@junheng/embedded';
import type { Scope } from '@junheng/event-store';
import pg from 'pg';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { TenantTransaction } from './tenant-transaction.js';

@Entity('school_row')
class SchoolRow {
  @PrimaryColumn('text') tenant_id!: string;
  @PrimaryColumn('text') school_code!: string;
  @Column('text') word!: string;
}

const database = await startTestDatabase();
const owner = new pg.Client({ connectionString: database.ownerUrl });
const ROWS = `('420323', '3142032301', 'a'), ('420323', '3142032302', 'b'), ('420324', '3142032401', 'c'), ('62', '3162000001', 'd')`;
const VISIBLE = `starts_with(tenant_id, nullif(replace(current_setting('junheng.region', true), '*', ''), '-'))
  AND current_setting('junheng.region', true) <> ''
  AND (nullif(current_setting('junheng.school', true), '') IS NULL
    OR school_code = current_setting('junheng.school', true))`;

let live: string | undefined = 'read_1';
const reads = new TenantTransaction(
  { url: database.url('junheng_app'), entities: [SchoolRow], poolSize: 3, statementTimeoutMs: 300 },
  { schema: async () => live },
);

beforeAll(async () => {
  await owner.connect();
  await owner.query('CREATE ROLE junheng_app LOGIN; CREATE SCHEMA view; GRANT USAGE ON SCHEMA view TO junheng_app');
  await owner.query(
    'CREATE TABLE view.checkpoint (tenant_id text, generation int, position bigint, rebuilds int DEFAULT 0, derived boolean DEFAULT true)',
  );
  await owner.query(`INSERT INTO view.checkpoint VALUES ('420323', 1, 7), ('420323', 2, 99), ('420324', 1, 5)`);
  await owner.query('GRANT SELECT ON view.checkpoint TO junheng_app');
  for (const schema of ['read_1', 'read_2']) {
    await owner.query(`CREATE SCHEMA ${schema}; GRANT USAGE ON SCHEMA ${schema} TO junheng_app`);
    await owner.query(`CREATE TABLE ${schema}.school_row (tenant_id text, school_code text, word text)`);
    await owner.query(`INSERT INTO ${schema}.school_row VALUES ${ROWS}`);
    await owner.query(`ALTER TABLE ${schema}.school_row ENABLE ROW LEVEL SECURITY`);
    await owner.query(`CREATE POLICY scope ON ${schema}.school_row FOR SELECT TO junheng_app USING (${VISIBLE})`);
    await owner.query(`GRANT SELECT, INSERT ON ${schema}.school_row TO junheng_app`);
  }
  await owner.query(`UPDATE read_2.school_row SET word = upper(word)`);
});

afterAll(async () => {
  await reads.close();
  await owner.end();
  await database.stop();
});

const words = (scope: Scope) =>
  reads.run(scope, async (manager) => {
    const rows = await manager.find(SchoolRow, { order: { school_code: 'ASC' } });
    return rows.map(({ word }) => word);
  });

describe('The way to the read models', () => {
  it.each([
    [{ region: '' }, ['a', 'b', 'c', 'd']],
    [{ region: '42' }, ['a', 'b', 'c']],
    [{ region: '4203' }, ['a', 'b', 'c']],
    [{ region: '420323' }, ['a', 'b']],
    [{ region: '420323', school: '3142032301' }, ['a']],
    [{ region: '420325' }, []],
    [{ region: '-' }, []],
  ])('shows %j what lies in it', async (scope, expected) => {
    expect(await words(scope)).toEqual(expected);
  });

  it.each([
    { region: `'; DROP SCHEMA read_1; --` },
    { region: '4203%' },
    { region: '*' },
    { region: '420' },
    { region: '42', school: `' OR true` },
    { region: '42', school: '' },
  ])('takes no %j for a scope', async (scope) => {
    await expect(words(scope)).rejects.toThrow('A scope needs');
  });

  it('takes nothing for a schema but a generation', async () => {
    live = 'public; SELECT 1';
    await expect(words({ region: '42' })).rejects.toThrow('A generation needs a schema.');
    live = 'read_1';
  });

  it('leaves no scope behind on a connection', async () => {
    for (let i = 0; i < 6; i += 1) await words({ region: '42' });
    const client = new pg.Client({ connectionString: database.url('junheng_app') });
    await client.connect();
    expect((await client.query('SELECT * FROM read_1.school_row')).rows).toEqual([]);
    await client.end();
    await Promise.all(Array.from({ length: 9 }, () => words({ region: '-' }).then((seen) => expect(seen).toEqual([]))));
  });

  it('only reads', async () => {
    const write = reads.run({ region: '42' }, (manager) =>
      manager.query(`INSERT INTO school_row VALUES ('42', 'x', 'y')`),
    );
    await expect(write).rejects.toThrow('read-only transaction');
    expect(await words({ region: '420323' })).toEqual(['a', 'b']);
  });

  it('shows one instant to all queries of a transaction', async () => {
    const [before, after] = await reads.run({ region: '420323' }, async (manager) => {
      const first = await manager.count(SchoolRow);
      await owner.query(`INSERT INTO read_1.school_row VALUES ('420323', '3142032303', 'late')`);
      const second = await manager.count(SchoolRow);
      return [first, second];
    });
    expect(after).toBe(before);
    await owner.query(`DELETE FROM read_1.school_row WHERE word = 'late'`);
  });

  it('reads the generation that is live', async () => {
    live = 'read_2';
    expect(await words({ region: '420323' })).toEqual(['A', 'B']);
    live = 'read_1';
  });

  it('says so while there is no generation yet', async () => {
    live = undefined;
    await expect(words({ region: '42' })).rejects.toMatchObject({ code: 'BEHIND' });
    live = 'read_1';
  });

  it('ends a statement that takes too long, and goes on', async () => {
    const slow = reads.run({ region: '42' }, (manager) => manager.query('SELECT pg_sleep(5)'));
    await expect(slow).rejects.toMatchObject({ code: '57014' });
    expect(await words({ region: '420324' })).toEqual(['c']);
  });

  it('gives its connection back after an error', async () => {
    for (let i = 0; i < 8; i += 1) {
      await expect(reads.run({ region: '42' }, () => Promise.reject(new Error('ours')))).rejects.toThrow('ours');
    }
    expect(await words({ region: '420324' })).toEqual(['c']);
  });
});

describe('A query that must contain a position', () => {
  const count = (position: number, tenant = '420323', scope: Scope = { region: '42' }) =>
    reads.run(scope, (manager) => manager.count(SchoolRow), { tenant, position });

  it('is answered at once when it does', async () => {
    expect(await count(7)).toBe(3);
  });

  it('waits until it does', async () => {
    const answer = count(8);
    await owner.query(`UPDATE view.checkpoint SET position = 8 WHERE tenant_id = '420323' AND generation = 1`);
    expect(await answer).toBe(3);
  });

  it('says how far it is after 2 s', async () => {
    await expect(count(50)).rejects.toMatchObject({ code: 'BEHIND', details: { wanted: 50, reached: 8 } });
  });

  it('is refused outside of the scope', async () => {
    await expect(count(1, '620000')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(count(1, '420324', { region: '420323' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('has a stamp that moves with the tenants, their rebuilds and the generation', async () => {
    const moves = [
      `UPDATE view.checkpoint SET position = position + 1 WHERE tenant_id = '420323' AND generation = 1`,
      `UPDATE view.checkpoint SET rebuilds = 1 WHERE tenant_id = '420323' AND generation = 1`,
      `UPDATE view.checkpoint SET derived = false WHERE tenant_id = '420323' AND generation = 1`,
      `INSERT INTO view.checkpoint VALUES ('420325', 1, 0)`,
    ];
    const stamps = [await reads.stamp({ region: '42' })];
    expect(await reads.stamp({ region: '42' })).toBe(stamps[0]);
    for (const move of moves) {
      await owner.query(move);
      stamps.push(await reads.stamp({ region: '42' }));
    }
    live = 'read_2';
    stamps.push(await reads.stamp({ region: '42' }));
    live = 'read_1';
    expect([...new Set(stamps)]).toEqual(stamps);
  });
});

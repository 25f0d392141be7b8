import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { approved, countyReturns, opened, saved } from './county-returns.fixture.js';
import { LiveGeneration } from './live-generation.js';
import { readModelOf } from './read-table.js';
import { openTestLedger, type TestLedger } from './test-ledger.fixture.js';

describe('The application role', () => {
  let ledger: TestLedger;
  let app: Pool;
  beforeAll(async () => {
    ledger = await openTestLedger();
    app = ledger.pool('junheng_app');
    for (const county of ['420323', '420324', '340103'])
      await ledger.append(county, [
        opened(),
        saved(`${county}0001`, '30'),
        saved(`${county}0002`, '9'),
        approved(`${county}0001`),
      ]);
    await (await ledger.projector(countyReturns)).catchUp();
  });
  afterAll(() => ledger.close());

  async function seen(table: string, settings: Record<string, string>): Promise<string[]> {
    const client = await app.connect();
    await client.query('BEGIN');
    for (const [name, value] of Object.entries(settings)) await client.query(`SET LOCAL junheng.${name} = '${value}'`);
    const { rows } = await client.query<{ id: string }>(
      `SELECT coalesce(to_json(t) ->> 'school_code', tenant_id) AS id FROM ${table} t ORDER BY 1`,
    );
    await client.query('COMMIT');
    client.release();
    return rows.map(({ id }) => id);
  }

  it('sees the tenants below its region', async () => {
    expect(await seen('read_1.county_total', { region: '420323' })).toEqual(['420323']);
    expect(await seen('read_1.county_total', { region: '42' })).toEqual(['420323', '420324']);
    expect(await seen('read_1.county_total', { region: '*' })).toEqual(['340103', '420323', '420324']);
    expect(await seen('view.checkpoint', { region: '42' })).toEqual(['420323', '420324']);
  });

  it('sees nothing without a region, with an empty one, or with one that is none', async () => {
    for (const settings of [{}, { region: '' }, { region: '-' }, { region: '%' }, { region: '4203231' }]) {
      expect(await seen('read_1.school_return', settings as Record<string, string>)).toEqual([]);
      expect(await seen('view.checkpoint', settings as Record<string, string>)).toEqual([]);
    }
  });

  it('sees one school where it is scoped to it, and tables of no school only where the view opens them', async () => {
    const school = { region: '420323', school: '4203230002' };
    expect(await seen('read_1.school_return', school)).toEqual(['4203230002']);
    expect(await seen('read_1.school_return', { ...school, school: '4203240001' })).toEqual([]);
    expect(await seen('read_1.county_total', school)).toEqual([]);
    expect(await seen('read_1.open_campaign', school)).toEqual(['420323']);
    expect(await seen('read_1.county_total', { ...school, school: '' })).toEqual(['420323']);
  });

  it('changes nothing', async () => {
    for (const statement of [
      `INSERT INTO read_1.county_total VALUES ('420323', 2014, 1, 1)`,
      `UPDATE read_1.county_total SET approved = 9`,
      `DELETE FROM read_1.county_total`,
      `UPDATE view.checkpoint SET position = 0`,
      `DELETE FROM view.generation`,
      `CREATE SCHEMA read_9`,
    ])
      await expect(app.query(statement)).rejects.toThrow('permission denied');
  });

  it('finds the live generation of its own views, else the newest live one', async () => {
    const { fingerprint } = await readModelOf(countyReturns);
    expect(await new LiveGeneration(app, { fingerprint }).schema()).toBe('read_1');
    expect(await new LiveGeneration(app, { fingerprint: 'of a newer release' }).schema()).toBe('read_1');
  });

  it('meets row-level security with a policy on every table that has a tenant', async () => {
    const { rows } = await ledger.owner.query<{ name: string }>(
      `SELECT c.oid::regclass::text AS name FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
       WHERE c.relkind IN ('r', 'p') AND c.relnamespace::regnamespace::text ~ '^(read_|view$)'
         AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
           SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND 'junheng_app'::regrole = ANY (p.polroles)))`,
    );
    expect(rows).toEqual([]);
  });

  it('finds tenant_id first in every key and index', async () => {
    const { rows } = await ledger.owner.query<{ name: string }>(
      `SELECT i.indexrelid::regclass::text AS name FROM pg_index i
       JOIN pg_class c ON c.oid = i.indrelid
       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
       WHERE c.relnamespace::regnamespace::text ~ '^read_' AND a.attname <> 'tenant_id'`,
    );
    expect(rows).toEqual([]);
  });
});

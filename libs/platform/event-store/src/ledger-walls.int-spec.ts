import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Append, type Batch, fromAnswer, toBatch } from './append.js';
import { admin, fangxian, gauge, openLedger, refusalOf, zhushan } from './gauge.fixture.js';
import type { Scope } from './index.js';

const { owner, pool, store, raise, close } = await openLedger();
afterAll(close);

const yangang = '4203230001';
const leigu = '4203230002';

beforeAll(async () => {
  for (const id of [yangang, `${yangang}-2013`, leigu, `${yangang}9`, 'none']) await raise(id, 1, `first-${id}`);
  await raise('none', 1, 'elsewhere', fangxian);
});

/** What the application sees in a transaction of that scope; no scope at all when it is absent. */
async function seen(table: string, column: string, settings: Record<string, string> = {}): Promise<string[]> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    for (const [name, value] of Object.entries(settings)) await client.query(`SET LOCAL junheng.${name} = '${value}'`);
    const { rows } = await client.query(`SELECT DISTINCT ${column} AS value FROM ledger.${table} ORDER BY 1`);
    await client.query('COMMIT');
    return rows.map(({ value }) => value);
  } finally {
    client.release();
  }
}

const TABLES = ['tenant', 'event', 'command', 'claim'];

describe('Row-level security', () => {
  it('shows nothing to a session that names no region', async () => {
    for (const table of TABLES) expect(await seen(table, 'tenant_id')).toEqual([]);
  });

  it('shows nothing after the transaction that named one', async () => {
    const client = await pool.connect();
    await client.query(`BEGIN; SET LOCAL junheng.region = '42'; COMMIT`);
    expect((await client.query(`SELECT current_setting('junheng.region') AS region`)).rows).toEqual([{ region: '' }]);
    for (const table of TABLES) expect((await client.query(`SELECT FROM ledger.${table}`)).rowCount).toBe(0);
    client.release();
  });

  it('shows a province its counties, a county itself, the nation all', async () => {
    expect(await seen('event', 'tenant_id', { region: '4203' })).toEqual([zhushan, fangxian]);
    expect(await seen('event', 'tenant_id', { region: zhushan })).toEqual([zhushan]);
    expect(await seen('event', 'tenant_id', { region: '*' })).toEqual([zhushan, fangxian]);
    expect(await seen('event', 'tenant_id', { region: '62' })).toEqual([]);
    expect(await seen('event', 'tenant_id', { region: '-' })).toEqual([]);
  });

  it.each(['%', '_'])('takes a region for a prefix, not for a pattern (%s)', async (region) => {
    expect(await seen('event', 'tenant_id', { region })).toEqual([]);
  });

  it('shows a school the streams whose id begins with its code', async () => {
    const own = [`gauge-${yangang}`, `gauge-${yangang}-2013`];
    expect(await seen('event', 'stream_id', { region: zhushan, school: yangang })).toEqual(own);
    expect(await seen('command', 'streams[1]', { region: zhushan, school: yangang })).toEqual(own);
    expect(await seen('claim', 'key', { region: zhushan, school: yangang })).toEqual([]);
  });

  it('is forced on every table of the ledger that has a tenant', async () => {
    const { rows } = await owner.query(`
      SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
        EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid) AS has_policy
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
      WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'ledger'::regnamespace ORDER BY 1`);
    expect(rows).toEqual(
      [...TABLES].sort().map((relname) => {
        return { relname, relrowsecurity: true, relforcerowsecurity: true, has_policy: true };
      }),
    );
  });
});

describe('The application', () => {
  it.each([
    'INSERT INTO ledger.event SELECT * FROM ledger.event',
    'UPDATE ledger.event SET version = 1',
    'DELETE FROM ledger.event',
    'TRUNCATE ledger.event',
    'UPDATE ledger.tenant SET head = 0',
    'INSERT INTO ledger.command SELECT * FROM ledger.command',
    'DELETE FROM ledger.claim',
    'ALTER TABLE ledger.event DISABLE ROW LEVEL SECURITY',
    'SET ROLE junheng_ledger',
  ])('may not %s', async (sql) => {
    await expect(pool.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it('is no owner, no superuser, and stays below row-level security', async () => {
    const { rows } = await owner.query(`
      SELECT rolname, rolsuper, rolbypassrls, rolcreaterole,
        EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) AS owns_tables
      FROM pg_roles r WHERE rolname IN ('junheng_app', 'junheng_ledger') ORDER BY 1`);
    const harmless = { rolsuper: false, rolbypassrls: false, rolcreaterole: false, owns_tables: false };
    expect(rows).toEqual([
      { rolname: 'junheng_app', ...harmless },
      { rolname: 'junheng_ledger', ...harmless },
    ]);
  });
});

describe('The role that appends', () => {
  it('may add events and read them, and nothing else', async () => {
    const { rows } = await owner.query(`
      SELECT privilege_type FROM information_schema.role_table_grants
      WHERE grantee = 'junheng_ledger' AND table_schema = 'ledger' AND table_name = 'event' ORDER BY 1`);
    expect(rows.map((row) => row.privilege_type)).toEqual(['INSERT', 'SELECT']);
  });
});

describe('ledger.append, called past the store', () => {
  const outcomeOf = async (appends: Append[], batch: Batch) => {
    const { rows } = await pool.query('SELECT ledger.append($1, $2, $3, $4, $5) AS answer', batch);
    return fromAnswer(rows[0].answer, appends, batch)[0]?.outcome;
  };
  const append = async (scope: Scope, change: Partial<Append> = {}) => {
    const one: Append = {
      ...{ tenant: zhushan, commandId: JSON.stringify([scope, change]), commandType: 'Raise', payloadHash: '00' },
      ...{ scope, meta: '{}' },
      streams: [{ stream: `gauge-${leigu}`, events: [{ type: 'Raised', typeVersion: 1, payload: '{"by":1,"to":2}' }] }],
      ...change,
    };
    return outcomeOf([one], toBatch([one]));
  };

  it.each([[{ region: '420325' }], [{ region: '-' }], [{ region: '4203231' }], [{ region: zhushan, school: yangang }]])(
    'is the second wall for %j',
    async (scope) => {
      expect(await append(scope)).toBe('scope-exceeded');
    },
  );

  it.each([[{ region: '42' }], [{ region: '' }], [{ region: zhushan, school: leigu }]])('lets %j in', async (scope) => {
    expect(await append(scope)).toBe('appended');
  });

  const nothing: Append = {
    ...{ tenant: zhushan, commandId: 'nothing', commandType: 'Raise', payloadHash: '00', scope: { region: '62' } },
    ...{ meta: '{}', streams: [{ stream: 'gauge-x', events: [] }] },
  };
  it('takes no scope for none', async () => {
    const [tenants, brought, lines, ...rest] = toBatch([nothing]);
    const batch: Batch = [tenants, brought, lines.replace('\t62\t', '\t\t'), ...rest];
    expect(await outcomeOf([nothing], batch)).toBe('scope-exceeded');
  });

  it('leaves no gap for a batch that counts wrongly', async () => {
    const event = { type: 'Raised', typeVersion: 1, payload: '{}' };
    const streams = [{ stream: 'gauge-gap', expectedVersion: 0, events: [event, event] }];
    const one = { ...nothing, scope: { region: '' }, streams };
    const [tenants, brought, lines, ...rest] = toBatch([one]);
    const batch: Batch = [tenants, brought, lines.replace('\t2\t0\t2\t', '\t2\t0\t3\t'), ...rest];
    await expect(outcomeOf([one], batch)).rejects.toMatchObject({ code: '23502' });
    await expect(outcomeOf([one], [tenants, [7], lines, ...rest])).resolves.toBe('appended');
    expect((await store.events(zhushan, { from: 1, limit: 1000 })).length).toBe(await store.head(zhushan));
  });
});

describe('Reading', () => {
  it('is refused outside of the scope, also when the stream is in the cache', async () => {
    await store.load(gauge, zhushan, 'gauge', leigu, admin.scope);
    const load = (scope: Scope) => refusalOf(store.load(gauge, zhushan, 'gauge', leigu, scope, 0));
    expect(await load({ region: fangxian })).toBe('SCOPE_EXCEEDED');
    expect(await load({ region: zhushan, school: yangang })).toBe('SCOPE_EXCEEDED');
    expect(await load({ region: '-' })).toBe('SCOPE_EXCEEDED');
    expect(await load({ region: zhushan, school: leigu })).toBe('accepted');
  });

  it('finds nothing outside of the scope with the first wall taken away', async () => {
    const read = async (region: string, school?: string) => {
      const wanted = [{ n: 0, tenant: zhushan, stream: `gauge-${leigu}`, after: 0, region, school }];
      const { rows } = await pool.query('SELECT ledger.read_streams($1) AS found', [JSON.stringify(wanted)]);
      return rows[0].found[0][1];
    };
    expect(await read(fangxian)).toBe(0);
    expect(await read('')).toBe(0);
    expect(await read(zhushan, yangang)).toBe(0);
    expect(await read(zhushan, leigu)).toBeGreaterThan(0);
  });
});

import { afterAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { toBatch } from './append.js';
import { admin, fangxian, gauge, openLedger, refusalOf, zhushan } from './gauge.fixture.js';
import { EventStore, type Receipt } from './index.js';

const { owner, pool, appUrl, store, raise, close } = await openLedger();
afterAll(close);

const times = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, i) => make(i));
const oneTo = (count: number) => times(count, (index) => index + 1);
const versions = (receipts: readonly Receipt[]) => receipts.map(({ version }) => version).sort((a, b) => a - b);

/** Every position from 1 to the head, and every version of every stream from 1 on, exactly once. */
async function expectDense(tenant: string): Promise<void> {
  const { rows } = await owner.query(
    `SELECT (SELECT head FROM ledger.tenant WHERE tenant_id = $1) - count(*) AS missing,
       count(*) - max(position) AS beyond, min(position) - 1 AS before,
       (SELECT count(*) FROM (SELECT FROM ledger.event WHERE tenant_id = $1
         GROUP BY stream_id HAVING max(version) <> count(*)) s) AS torn
     FROM ledger.event WHERE tenant_id = $1`,
    [tenant],
  );
  expect(rows).toEqual([{ missing: '0', beyond: '0', before: '0', torn: '0' }]);
}

describe('Fifty writers', () => {
  it('on one stream each add one event', async () => {
    const receipts = await Promise.all(times(50, (index) => raise('one', 1, `stream-${index}`)));
    expect(versions(receipts)).toEqual(oneTo(50));
    expect((await store.load(gauge, zhushan, 'gauge', 'one', admin.scope)).state.level).toBe(50);
    await expectDense(zhushan);
  });

  it('on one tenant get dense positions', async () => {
    const before = (await store.head(fangxian)) ?? 0;
    const receipts = await Promise.all(
      times(50, async (writer) => {
        const own: Receipt[] = [];
        for (const count of oneTo(5)) own.push(await raise(`w${writer}`, 1, `t-${writer}-${count}`, fangxian));
        return own;
      }),
    );
    const positions = receipts.flat().map(({ position }) => position - before);
    expect(positions.sort((a, b) => a - b)).toEqual(oneTo(250));
    await expectDense(fangxian);
  });

  it('in two processes add what they were told, once', async () => {
    const stores = [store, new EventStore(pool)] as const;
    const attempts = times(50, async (writer) => {
      const attempt = () => raise(`both-${writer % 5}`, 1, `both-${writer}`, zhushan, stores[writer % 2 ? 0 : 1]);
      for (;;) {
        const outcome = await refusalOf(attempt());
        if (outcome !== 'VERSION_CONFLICT') return outcome;
      }
    });
    expect(new Set(await Promise.all(attempts))).toEqual(new Set(['accepted']));
    for (const stream of times(5, (index) => `both-${index}`)) {
      expect(await store.load(gauge, zhushan, 'gauge', stream, admin.scope)).toMatchObject({ version: 10 });
    }
    await expectDense(zhushan);
  });

  it('of the same command in two processes leave one event', async () => {
    const other = new EventStore(pool);
    const receipts = await Promise.all(
      times(50, (index) => raise('same', 1, 'same', zhushan, index % 2 ? store : other)),
    );
    expect(new Set(versions(receipts))).toEqual(new Set([1]));
    expect((await store.load(gauge, zhushan, 'gauge', 'same', admin.scope)).version).toBe(1);
  });
});

describe('A transaction that stalls', () => {
  it('never makes a reader skip an event', async () => {
    const stalled = new pg.Client({ connectionString: appUrl });
    await stalled.connect();
    const head = (await store.head(zhushan)) ?? 0;
    await stalled.query('BEGIN');
    await stalled.query(
      'SELECT ledger.append($1, $2, $3, $4, $5)',
      toBatch([
        {
          ...{ tenant: zhushan, commandId: 'stalled', commandType: 'Raise', payloadHash: '00', scope: { region: '' } },
          ...{ meta: '{}' },
          streams: [{ stream: 'gauge-stalled', events: [{ type: 'Raised', typeVersion: 1, payload: '{}' }] }],
        },
      ]),
    );
    const later = raise('after', 1, 'after-the-stalled');
    const elsewhere = await raise('elsewhere', 1, 'not-held-up', fangxian);
    expect(elsewhere.version).toBe(1);
    expect(await store.events(zhushan, { from: head + 1, limit: 10 })).toEqual([]);
    await stalled.query('COMMIT');
    await later;
    const read = await store.events(zhushan, { from: head + 1, limit: 10 });
    expect(read.map(({ stream, position }) => [stream, position])).toEqual([
      ['gauge-stalled', head + 1],
      ['gauge-after', head + 2],
    ]);
    await stalled.end();
  });
});

describe('A group', () => {
  it('fails for the one that the database cannot take, and for no other', async () => {
    const note = (id: string, commandId: string) =>
      store.append({
        ...{ tenant: zhushan, who: admin, commandId },
        streams: [{ category: 'gauge', id, command: { type: 'Raise' }, events: [{ type: 'Raised' }] }],
      });
    const others = times(5, (index) => note(`beside-${index}`, `beside-${index}`));
    const tooLongForAnIndex = times(200, (index) => hash('sha256', `${index}`)).join('');
    await expect(note('broken', tooLongForAnIndex)).rejects.toMatchObject({ code: '54000' });
    expect(versions((await Promise.all(others)).flat())).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('A process that is killed while it writes', () => {
  it('has left every command that it acknowledged, once', async () => {
    const script = (file: string) => fileURLToPath(new URL(file, import.meta.url));
    const child = spawn(
      process.execPath,
      [
        ...['--conditions', '@junheng/source', '--import', script('./typescript.fixture.mjs')],
        ...[script('./writer.fixture.ts'), appUrl, 'k'],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: {} },
    );
    const acknowledged: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line);
      if (acknowledged.length === 300) child.kill('SIGKILL');
    }
    const { rows } = await owner.query(
      `SELECT concat_ws(' ', c.command_id, c.versions[1], c.position) AS line, count(*)::int AS events
       FROM ledger.command c JOIN ledger.event e USING (tenant_id, command_id)
       WHERE c.command_id LIKE 'k-%' AND e.position = c.position AND e.version = c.versions[1] GROUP BY 1`,
    );
    const kept = new Map(rows.map(({ line, events }) => [line, events]));
    expect(acknowledged.length).toBeGreaterThanOrEqual(300);
    expect(acknowledged.filter((line) => kept.get(line) !== 1)).toEqual([]);
    await expectDense(zhushan);
  }, 60_000);
});

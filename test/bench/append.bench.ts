/**
 * How many single-event appends a second, ours beside @event-driven-io/emmett-postgresql and beside a plain INSERT.
 *
 *   npm run build && npx swc test/bench -d tmp --strip-leading-paths --config-file .swcrc && node tmp/bench/append.bench.js [--json] [--rounds 5] [--seconds 3] [--rest 0]
 *
 * One embedded PostgreSQL with synchronous_commit=on; the same 500 bytes; as many connections as writers for the others;
 * each writer awaits its append before the next. Contestants take turns, after a warm-up; medians are compared.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { startDatabase } from '@junheng/embedded';
import { EventStore, migrate, type Who } from '@junheng/event-store';
import pg from 'pg';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    rest: { type: 'string', default: '0' },
    only: { type: 'string' },
    lanes: { type: 'string' },
    limit: { type: 'string' },
  },
});

const figures = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`field_${i}`, `1610.3${i}`]));
const section = { campaign: 'annual-2013', figures, school: '4203230001' };
const payload = JSON.stringify(section);
const who: Who = {
  ...{ actor: 'reporter-4203230001', role: 'school-reporter', scope: { region: '' } },
  correlationId: '7b1f6f0e-3d2b-4c67-9f3e-5a1f0b7f2c11',
};
const TENANTS = Array.from({ length: 64 }, (_, index) => String(420300 + index));

const dataDir = mkdtempSync(path.join(tmpdir(), 'junheng-bench-'));
const database = await startDatabase({ dataDir, port: 5472, settings: { max_wal_size: '4GB' } });
const owner = new pg.Client({ connectionString: database.ownerUrl });
await owner.connect();
await migrate(owner);
await owner.query(`CREATE SCHEMA plain; CREATE TABLE plain.event (LIKE ledger.event INCLUDING ALL)`);
await owner.query('GRANT USAGE ON SCHEMA plain TO junheng_app; GRANT INSERT ON plain.event TO junheng_app');

/** Appends one event for writer `index` when called; `count` is how many that writer has appended before. */
type Appender = (index: number, count: number) => Promise<unknown>;

interface Contestant {
  readonly name: string;
  open(writers: number): Promise<{ append: Appender; close(): Promise<void> }>;
}

const storeOptions = {
  ...(options.lanes === undefined ? {} : { lanes: Number(options.lanes) }),
  ...(options.limit === undefined ? {} : { groupLimit: Number(options.limit) }),
};

async function openStore() {
  const pool = new pg.Pool({ connectionString: database.url('junheng_app'), max: 4 });
  const store = new EventStore(pool, storeOptions);
  await store.openTenants(TENANTS);
  return { store, close: () => pool.end() };
}

const tenantOf = (index: number) => TENANTS[index] as string;

function ours(name: string, tenant: (index: number) => string): Contestant {
  return {
    name,
    async open() {
      const { store, close } = await openStore();
      const run = randomUUID();
      const append: Appender = (index, count) => {
        const stream = {
          ...{ category: 'annualReturn', id: `${run}-${index}`, command: { type: 'SaveSection', ...section } },
          ...{ events: [{ type: 'ReturnSectionSaved', ...section }], expectedVersion: count },
        };
        return store.append({ tenant: tenant(index), who, commandId: randomUUID(), streams: [stream] });
      };
      return { append, close };
    },
  };
}

type Save = typeof section & { type: 'SaveSection' };
type Saved = typeof section & { type: 'ReturnSectionSaved' };
const saving = {
  initial: 0,
  decide: (command: Save): readonly Saved[] => [{ ...command, type: 'ReturnSectionSaved' }],
  evolve: (saved: number) => saved + 1,
};

const handled: Contestant = {
  name: 'handle',
  async open() {
    const { store, close } = await openStore();
    const run = randomUUID();
    const append: Appender = (index) =>
      store.handle(saving, {
        ...{ tenant: tenantOf(index), category: 'annualReturn', id: `${run}-${index}`, who, commandId: randomUUID() },
        command: { type: 'SaveSection', ...section },
      });
    return { append, close };
  },
};

const INSERT = 'INSERT INTO plain.event VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now(), $10)';

/** As anyone would write it, or with a named statement that each connection plans once. */
function insert(name: 'insert' | 'prepared'): Contestant {
  return {
    name,
    async open(writers) {
      const pool = new pg.Pool({ connectionString: database.url('junheng_app'), max: writers });
      const { scope: _, ...meta } = who;
      const append: Appender = (index, count) =>
        pool.query({
          ...(name === 'prepared' ? { name } : {}),
          text: INSERT,
          values: [
            ...[tenantOf(index), count + 1, `annualReturn-${index}`, count + 1, 'ReturnSectionSaved', 1],
            ...[JSON.stringify(section), JSON.stringify(meta), randomUUID(), Buffer.alloc(32)],
          ],
        });
      return { append, close: () => pool.end() };
    },
  };
}

const emmett: Contestant = {
  name: 'emmett',
  async open(writers) {
    const pool = new pg.Pool({ connectionString: database.ownerUrl, max: writers });
    const store = getPostgreSQLEventStore(database.ownerUrl, { connectionOptions: { pool } });
    await store.schema.migrate();
    const run = randomUUID();
    const append: Appender = (index) =>
      store.appendToStream(`annualReturn-${run}-${index}`, [{ type: 'ReturnSectionSaved', data: section }]);
    const close = async () => {
      await store.close();
      await pool.end();
    };
    return { append, close };
  },
};

const contestants = [
  ours('ours', tenantOf),
  ours('hot', () => tenantOf(0)),
  handled,
  insert('insert'),
  insert('prepared'),
  emmett,
].filter(({ name }) => options.only?.split(',').includes(name) ?? true);

interface Measured {
  readonly perSecond: number;
  /** Of this process and of PostgreSQL, in microseconds for each append. */
  readonly client: number;
  readonly server: number;
}

async function measure(contestant: Contestant, writers: number, seconds: number): Promise<Measured> {
  await owner.query('TRUNCATE ledger.event, ledger.command, plain.event; UPDATE ledger.tenant SET head = 0');
  if ((await owner.query(`SELECT to_regclass('emt_messages') AS it`)).rows[0].it) {
    await owner.query('TRUNCATE emt_messages, emt_streams');
  }
  await owner.query('VACUUM ledger.tenant');
  await owner.query('CHECKPOINT');
  await pause(Number(options.rest));
  const { append, close } = await contestant.open(writers);
  let done = 0;
  let stop = false;
  const all = Array.from({ length: writers }, async (_, index) => {
    for (let count = 0; !stop; count += 1) {
      await append(index, count);
      done += 1;
    }
  });
  await pause(seconds / 4);
  const before = { done, at: performance.now(), client: process.cpuUsage(), server: serverMicroseconds() };
  await pause(seconds);
  const appends = done - before.done;
  const elapsed = performance.now() - before.at;
  const client = process.cpuUsage(before.client);
  const server = serverMicroseconds() - before.server;
  stop = true;
  await Promise.all(all);
  await close();
  return {
    perSecond: (appends / elapsed) * 1000,
    client: (client.user + client.system) / appends,
    server: server / appends,
  };
}

const pause = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const TICK = 10_000;

/** CPU time of the postmaster's children so far; Linux only. */
function serverMicroseconds(): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    const [, parent, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(parent) === database.pid) ticks += Number(fields[9]) + Number(fields[10]);
  }
  return ticks * TICK;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] as number;
}

const results: Record<string, Record<string, Measured>> = {};
try {
  for (const writers of [16, 64]) {
    const runs = new Map<string, Measured[]>(contestants.map(({ name }) => [name, []]));
    for (const contestant of contestants) await measure(contestant, writers, 0.5);
    for (let round = 0; round < Number(options.rounds); round += 1) {
      for (const contestant of contestants) {
        runs.get(contestant.name)?.push(await measure(contestant, writers, Number(options.seconds)));
      }
    }
    results[writers] = Object.fromEntries(
      [...runs].map(([name, measured]) => [
        name,
        {
          perSecond: Math.round(median(measured.map(({ perSecond }) => perSecond))),
          client: Math.round(median(measured.map(({ client }) => client))),
          server: Math.round(median(measured.map(({ server }) => server))),
        },
      ]),
    );
  }
} finally {
  await owner.end();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

const TARGETS = [
  ['ours', 'emmett', 16, 3],
  ['ours', 'emmett', 64, 6],
  ['ours', 'insert', 16, 1],
  ['ours', 'insert', 64, 2.5],
  ['hot', 'ours', 64, 0.8],
] as const;
const ratios = TARGETS.flatMap(([one, other, writers, atLeast]) => {
  const [ourRate, otherRate] = [results[writers]?.[one]?.perSecond, results[writers]?.[other]?.perSecond];
  if (ourRate === undefined || otherRate === undefined) return [];
  return [{ one, other, writers, ratio: Math.round((ourRate / otherRate) * 100) / 100, atLeast }];
});

if (options.json) {
  console.log(JSON.stringify({ cpus: cpus().length, payloadBytes: payload.length, appendsPerSecond: results, ratios }));
} else {
  for (const [writers, measured] of Object.entries(results)) {
    console.log(`\n${writers} writers           appends/s   µs CPU here   µs CPU PostgreSQL`);
    for (const [name, { perSecond, client, server }] of Object.entries(measured)) {
      console.log(`  ${name.padEnd(18)} ${[perSecond, client, server].map((n) => String(n).padStart(11)).join('   ')}`);
    }
  }
  console.log();
  for (const { one, other, writers, ratio, atLeast } of ratios) {
    console.log(
      `${one} / ${other}, ${writers} writers: ${ratio} (at least ${atLeast}) ${ratio >= atLeast ? 'ok' : 'MISSED'}`,
    );
  }
}

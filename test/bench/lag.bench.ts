/**
 * How long after its commit a command shows in the read models, at 200 commands a second over the schools of 10 counties.
 *
 *   npm run build && npx swc test/bench -d tmp --strip-leading-paths --config-file .swcrc && node tmp/bench/lag.bench.js [seconds]
 *
 * Sections of returns are saved through the event store; the projector is a process of its own. A checkpoint is looked
 * at every 2 ms, so that much is measured on top.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startDatabase } from '@junheng/embedded';
import { EventStore, migrate } from '@junheng/event-store';
import type { Decider, Message } from '@junheng/kernel';
import { catalogue } from '@junheng/product';
import { migrateViews, Projector } from '@junheng/views';
import pg from 'pg';
import { fillLedgers } from './county-ledgers.js';

const COMMANDS_A_SECOND = 200;
const COUNTIES = Array.from({ length: 10 }, (_, index) => String(100_000 + index));
const EVENTS_A_COUNTY = 2_155;
const LOOK_MS = 2;

interface Saved extends Message {
  readonly [name: string]: unknown;
}
const recording: Decider<null, Saved, Saved> = { initial: null, decide: (event) => [event], evolve: () => null };

async function project(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  const projector = await Projector.of(pool, catalogue);
  projector.start();
  process.once('disconnect', () => process.exit());
  let most = 0;
  setInterval(() => process.send?.((most = Math.max(most, process.memoryUsage.rss()))), 100);
}

async function measure(seconds: number): Promise<object> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'junheng-bench-'));
  const database = await startDatabase({ dataDir, port: 5472 });
  let child: ChildProcess | undefined;
  try {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await migrate(owner);
    await migrateViews(owner);
    await fillLedgers(owner, COUNTIES.length * EVENTS_A_COUNTY);
    const pool = new pg.Pool({ connectionString: database.url('junheng_app'), max: 8 });
    pool.on('error', () => undefined);
    const store = new EventStore(pool);

    let rss = 0;
    child = fork(process.argv[1] ?? '', ['--project', database.url('junheng_projector')], {
      execArgv: ['--max-old-space-size=200'],
    });
    child.on('message', (most: number) => (rss = most));
    const isLive = async () => (await owner.query(`SELECT FROM view.generation WHERE status = 'live'`)).rowCount === 1;
    while (!(await isLive())) await pause(50);

    const shown = new Map<string, number>();
    const committed: { readonly tenant: string; readonly position: number; readonly at: number }[] = [];
    const lags: number[] = [];
    const sending = { on: true };
    const watching = (async () => {
      while (sending.on || committed.length > 0) {
        const { rows } = await owner.query<{ tenant: string; position: number }>(
          `SELECT tenant_id AS tenant, position::float8 AS position FROM view.checkpoint`,
        );
        const now = performance.now();
        for (const { tenant, position } of rows) shown.set(tenant, position);
        const waiting = committed.splice(0);
        for (const one of waiting)
          if ((shown.get(one.tenant) ?? 0) >= one.position) lags.push(now - one.at);
          else committed.push(one);
        await pause(LOOK_MS);
      }
    })();

    const send = async (number: number) => {
      const tenant = COUNTIES[number % COUNTIES.length] ?? '';
      const school = `${tenant}${String((number % 50) + 1).padStart(4, '0')}`;
      const figures = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`field_${index}`, String(number)]));
      const command = { type: 'ReturnSectionSaved', school, schoolYear: 2015, section: 'pupils', figures };
      const who = { actor: 'bench', role: 'school-reporter', scope: { region: tenant }, correlationId: randomUUID() };
      const id = `${school}-2015`;
      const request = { tenant, category: 'annualReturn', id, command, who, commandId: randomUUID() };
      const { position } = await store.handle(recording, request);
      committed.push({ tenant, position, at: performance.now() });
    };
    const started = performance.now();
    const sent: Promise<void>[] = [];
    for (let number = 0; number < seconds * COMMANDS_A_SECOND; number++) {
      const due = started + (number * 1000) / COMMANDS_A_SECOND;
      if (due > performance.now()) await pause(due - performance.now());
      sent.push(send(number));
    }
    await Promise.all(sent);
    const took = (performance.now() - started) / 1000;
    sending.on = false;
    await watching;
    await pool.end();
    await owner.end();
    lags.sort((a, b) => a - b);
    const at = (share: number) => Math.round(lags[Math.floor(share * (lags.length - 1))] ?? 0);
    return {
      commands: lags.length,
      commandsPerSecond: Math.round(lags.length / took),
      milliseconds: { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) },
      projectorRssMB: Math.round(rss / 2 ** 20),
    };
  } finally {
    if (child) {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    }
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const [mode, url] = process.argv.slice(2);
if (mode === '--project') await project(url ?? '');
else console.log(JSON.stringify(await measure(Number(mode ?? 20))));

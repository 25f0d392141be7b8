/**
 * How many events a second a rebuild folds, with 10^5 and 10^6 events in the ledgers of as many counties as that takes.
 *
 *   npm run build && npx swc test/bench -d tmp --strip-leading-paths --config-file .swcrc && node tmp/bench/rebuild.bench.js [events…]
 *
 * One projector process folds them into all read models of the product; PostgreSQL runs beside it, durable.
 * `eventsPerProcessorSecond` counts the projector's processor time only, so it holds on a busy machine, too.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDatabase } from '@junheng/embedded';
import { migrate } from '@junheng/event-store';
import { catalogue } from '@junheng/product';
import { migrateViews, Projector } from '@junheng/views';
import pg from 'pg';
import { fillLedgers } from './county-ledgers.js';
import { postgresSeconds } from './processor-time.js';

// Without it V8 lets garbage grow past what the projector may use.
const HEAP = '--max-old-space-size=200';

interface Measured {
  readonly events: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
  readonly eventsPerProcessorSecond: number;
  readonly postgresSeconds: number | undefined;
  readonly rssMB: number;
}

async function measure(events: number): Promise<Measured> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'junheng-bench-'));
  const database = await startDatabase({ dataDir, port: 5471 });
  try {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await migrate(owner);
    await migrateViews(owner);
    await fillLedgers(owner, events);
    await owner.end();
    const pool = new pg.Pool({ connectionString: database.url('junheng_projector'), max: 10 });
    pool.on('error', () => undefined);
    let folded = 0;
    let rss = 0;
    const observer = {
      folded(pass: { readonly events: number }) {
        folded += pass.events;
        rss = Math.max(rss, process.memoryUsage.rss());
      },
    };
    const projector = await Projector.of(pool, catalogue, { observer });
    const [cpu, before] = [process.cpuUsage(), postgresSeconds(database.pid) ?? 0];
    const started = performance.now();
    await projector.catchUp();
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const after = postgresSeconds(database.pid);
    const lag = await projector.lag();
    if (folded !== events || lag.length > 0) throw new Error(`Folded ${folded} of ${events} events.`);
    await pool.end();
    return {
      events,
      seconds: Math.round(seconds * 10) / 10,
      eventsPerSecond: Math.round(events / seconds),
      eventsPerProcessorSecond: Math.round(events / ((user + system) / 1e6)),
      postgresSeconds: after && Math.round((after - before) * 10) / 10,
      rssMB: Math.round(rss / 2 ** 20),
    };
  } finally {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const [one] = process.argv.slice(2).map(Number);
if (one !== undefined) console.log(JSON.stringify(await measure(one)));
else {
  // Each size in a process of its own, so that neither warms up the other.
  const run = (events: number) =>
    JSON.parse(
      execFileSync(process.execPath, [HEAP, process.argv[1] ?? '', String(events)], { encoding: 'utf8' }),
    ) as Measured;
  const sizes = [100_000, 1_000_000].map(run);
  const largeToSmall = (figure: 'eventsPerSecond' | 'eventsPerProcessorSecond') =>
    Math.round((100 * (sizes[1]?.[figure] ?? 0)) / (sizes[0]?.[figure] ?? 1)) / 100;
  const flat = { wall: largeToSmall('eventsPerSecond'), processor: largeToSmall('eventsPerProcessorSecond') };
  console.log(JSON.stringify({ sizes, flat }, null, 2));
}

import { setTimeout as pause } from 'node:timers/promises';
import { catalogue } from '@junheng/product';
import { Projector, type TenantLag } from '@junheng/views';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import pg from 'pg';
import { aligned } from './aligned.js';
import { cliConfig } from './cli.config.js';
import { reachDatabases } from './running.js';

export function viewsCommands(program: Command): void {
  program
    .command('lag')
    .description('Show the tenants whose figures are behind their ledger, and those that stopped and why.')
    .option('--json', 'print a document instead of a table')
    .action(({ json }: { json?: true }) =>
      withProjector(async (projector) => {
        const behind = await projector.lag();
        if (json) console.log(JSON.stringify(behind, null, 2));
        else console.log(behind.length === 0 ? 'Every tenant is up to date.' : table(behind));
        if (behind.some(({ stopped }) => stopped)) process.exitCode = 1;
      }),
    );
  program
    .command('rebuild')
    .description('Compute every read model anew beside the live one, which answers until the new one has caught up.')
    .option('--tenant <code>', 'only this tenant, inside the live generation')
    .action(({ tenant }: { tenant?: string }) =>
      withProjector((projector, pool) => (tenant ? rebuildTenant(projector, tenant) : rebuild(projector, pool))),
    );
  program
    .command('retry <tenant>')
    .description('Try a stopped tenant again at once, after its cause is mended.')
    .action((tenant: string) =>
      withProjector(async (projector) => {
        await projector.retry(tenant);
        console.log(`${tenant} is tried again. \`junheng lag\` tells how it went.`);
      }),
    );
}

async function withProjector(use: (projector: Projector, pool: pg.Pool) => Promise<void>): Promise<void> {
  const { projectorUrl } = reachDatabases(cliConfig());
  const pool = new pg.Pool({ connectionString: projectorUrl, max: 2, application_name: 'junheng-cli' });
  try {
    await use(await Projector.of(pool, catalogue), pool);
  } finally {
    await pool.end();
  }
}

const table = (behind: readonly TenantLag[]): string =>
  aligned(
    ['generation', 'tenant', 'position', 'head', 'stopped at', 'why'],
    behind.map(({ generation, tenant, position, head, stopped }) => [
      String(generation),
      tenant,
      String(position),
      String(head),
      stopped ? String(stopped.position) : '',
      stopped ? `${stopped.code}: ${stopped.text} (tried ${stopped.attempts} times)` : '',
    ]),
  );

async function rebuildTenant(projector: Projector, tenant: string): Promise<void> {
  const position = await projector.rebuildTenant(tenant);
  console.log(`${tenant} was computed anew up to position ${position}.`);
}

const LOOK_MS = 200;

/** The running projectors do the work; this only begins it and watches. */
async function rebuild(projector: Projector, pool: pg.Pool): Promise<void> {
  const { number } = await projector.rebuild();
  const bar = new SingleBar({ format: `generation ${number} [{bar}] {value}/{total} events`, hideCursor: true });
  bar.start(1, 0);
  for (;;) {
    const { rows } = await pool.query<{ status: string; done: number; all: number }>(
      `SELECT (SELECT status FROM view.generation WHERE generation = $1),
              (SELECT coalesce(sum(position), 0)::float8 FROM view.checkpoint WHERE generation = $1) AS done,
              (SELECT coalesce(sum(head), 0)::float8 FROM ledger.tenant) AS all`,
      [number],
    );
    const [state] = rows;
    if (state) {
      bar.setTotal(state.all);
      bar.update(state.done);
    }
    if (state?.status !== 'building') break;
    await pause(LOOK_MS);
  }
  bar.stop();
  console.log(`Generation ${number} answers every query now.`);
}

import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort, startIdentityProvider } from '@junheng/embedded';
import { lag } from '@junheng/views';
import type { Command } from 'commander';
import pg from 'pg';
import { Child } from './child.js';
import { type CliConfig, cliConfig } from './cli.config.js';
import { type Databases, openDatabases } from './databases.js';
import { announce, running, withdraw } from './running.js';
import { welcome } from './welcome.js';

const BOOT_MS = 60_000;

export function upCommand(program: Command): void {
  program
    .command('up')
    .description('Start everything: database, identity, projector and API; loads the demo into an empty database.')
    .option('--no-demo', 'leave an empty database empty')
    .action(({ demo }: { demo: boolean }) => up(cliConfig(), demo));
}

type Stop = () => Promise<void>;

async function up(config: CliConfig, demo: boolean): Promise<void> {
  const other = running(config.home);
  if (other) throw new Error(`It runs already (process ${other.pid}), at ${other.api}/graphql. End that one first.`);
  const started: Stop[] = [];
  let ending: Promise<void> | undefined;
  const end = () => (ending ??= endAll(started));
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });

  const boot = async () => {
    step('database');
    const databases = await openDatabases(config);
    started.push(() => databases.stop());

    const issuer = config.issuer ?? (await embeddedIdentity(config, databases, started));
    const apiPort = await freePort(config.ports.api);
    const services = [
      child(config, 'projector', {
        DATABASE_URL: databases.projectorUrl,
        APP_DATABASE_URL: databases.appUrl,
        PORT: String(await freePort(config.ports.projector)),
      }),
      child(config, 'api', { DATABASE_URL: databases.appUrl, OIDC_ISSUER: issuer, PORT: String(apiPort) }),
    ];
    for (const service of services) {
      step(service.name);
      started.push(() => service.stop());
      service.start();
    }
    const api = `http://localhost:${apiPort}`;
    announce(config.home, { ...databases, pid: process.pid, api, issuer });
    started.push(() => Promise.resolve(withdraw(config.home)));
    // Its libraries load while the services boot.
    const loader = demo ? import('./load-demo.js') : undefined;
    await ready(`${api}/health/ready`);
    if (loader) await (await loader).loadDemo(databases);
    await folded(databases.projectorUrl);
    console.log(welcome({ api, issuer, embeddedIdentity: !config.issuer, home: config.home }));
  };

  try {
    await Promise.race([boot().then(() => interrupted), interrupted]);
  } finally {
    await end();
  }
}

async function embeddedIdentity(config: CliConfig, databases: Databases, started: Stop[]): Promise<string> {
  step('identity');
  const registry = new pg.Pool({ connectionString: databases.ownerUrl, max: 1 });
  // An idle connection that the server closes is replaced by the next query; without a listener it would end the process.
  registry.on('error', () => undefined);
  const identity = await startIdentityProvider({
    dataDir: path.join(config.home, 'identity'),
    port: config.ports.identity,
    resolveSchool: async (school) => {
      const held = "SELECT tenant_id FROM ledger.claim WHERE namespace = 'school-code' AND key = $1";
      const { rows } = await registry.query<{ tenant_id: string }>(held, [school]);
      return rows[0]?.tenant_id;
    },
  });
  started.push(async () => {
    await identity.stop();
    await registry.end();
  });
  return identity.issuer;
}

/** A rebuild fills whatever heap it may have; with this one it needs about 200 MB in all and is as fast. */
const HEAPS: Readonly<Record<string, number>> = { projector: 200 };

function child({ environment }: CliConfig, name: string, own: NodeJS.ProcessEnv): Child {
  const script = fileURLToPath(new URL(`../../${name}/dist/main.js`, import.meta.url));
  const heap = HEAPS[name];
  return new Child(name, { script, ...(heap !== undefined && { heap }) }, { ...environment, ...own });
}

async function ready(url: string): Promise<void> {
  const deadline = Date.now() + BOOT_MS;
  for (;;) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    if (Date.now() > deadline) throw new Error(`${url} did not become ready within ${BOOT_MS / 1000} s.`);
    await pause(50);
  }
}

/** Until the read models hold what the ledgers hold: the first question after a start deserves a whole answer. */
async function folded(projectorUrl: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: projectorUrl, max: 1 });
  const deadline = Date.now() + BOOT_MS;
  try {
    while ((await lag(pool)).some(({ stopped }) => !stopped) && Date.now() < deadline) await pause(50);
  } finally {
    await pool.end();
  }
}

/** Last started, first ended: nothing loses what it stands on. */
async function endAll(started: Stop[]): Promise<void> {
  for (const stop of started.reverse()) await stop().catch((error: unknown) => console.error(String(error)));
}

const step = (what: string) => console.log(`junheng: starting the ${what}`);

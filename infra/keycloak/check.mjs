/**
 * Runs the identity tests against a real Keycloak with the realm of this folder.
 * The server is that of KEYCLOAK_HOME, or is fetched from Maven Central once and kept in tmp/. Needs Java 17.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const VERSION = '26.4.0';
const PATIENCE_MS = 8 * 60_000;
const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const tmp = path.join(root, 'tmp');

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  return error === undefined && status === 0;
}

function giveUp(reason) {
  console.error(`The tests against a real Keycloak did NOT run: ${reason}`);
  process.exit(2);
}

function keycloakHome() {
  if (process.env.KEYCLOAK_HOME) return process.env.KEYCLOAK_HOME;
  const home = path.join(tmp, `keycloak-${VERSION}`);
  if (existsSync(path.join(home, 'bin', 'kc.sh'))) return home;
  const artifact = `org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`;
  mkdirSync(tmp, { recursive: true });
  const fetched = run('mvn', ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${tmp}`]);
  if (!fetched) giveUp(`KEYCLOAK_HOME is not set, and Maven could not fetch ${artifact}.`);
  if (!run('unzip', ['-q', '-o', `keycloak-quarkus-dist-${VERSION}.zip`], { cwd: tmp })) giveUp('unzip failed.');
  return home;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function answers(issuer, server) {
  for (
    const deadline = Date.now() + PATIENCE_MS;
    Date.now() < deadline && server.exitCode === null;
    await pause(1_000)
  ) {
    const response = await fetch(issuer).catch(() => undefined);
    if (response?.ok) return true;
  }
  return false;
}

if (!run('java', ['-version'], { stdio: 'ignore' })) giveUp('there is no Java.');
const home = keycloakHome();
const imported = path.join(home, 'data', 'import');
mkdirSync(imported, { recursive: true });
for (const file of ['junheng-realm.json', 'junheng-users-0.json'])
  cpSync(path.join(here, file), path.join(imported, file));

const port = await freePort();
const issuer = `http://localhost:${port}/realms/junheng`;
const log = path.join(tmp, 'keycloak.log');
const out = openSync(log, 'w');
const server = spawn('bin/kc.sh', ['start-dev', '--db=dev-mem', '--import-realm', `--http-port=${port}`], {
  cwd: home,
  env: { ...process.env, JUNHENG_SERVICE_SECRET: 'for-this-run-only' },
  detached: true,
  stdio: ['ignore', out, out],
});
const begun = Date.now();
try {
  if (!(await answers(issuer, server))) {
    console.error(readFileSync(log, 'utf8').slice(-3_000));
    giveUp('the server did not come up.');
  }
  console.log(`Keycloak answers after ${Math.round((Date.now() - begun) / 1_000)} s at ${issuer}`);
  const passed = run('npx', ['jest', '--config', path.join(here, 'jest.config.mjs')], {
    cwd: root,
    env: { ...process.env, KEYCLOAK_ISSUER: issuer, NODE_OPTIONS: '--experimental-vm-modules' },
  });
  process.exitCode = passed ? 0 : 1;
} finally {
  if (server.exitCode === null) process.kill(-server.pid, 'SIGKILL');
}

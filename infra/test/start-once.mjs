/**
 * Does with `npm start` what a newcomer does: starts on an empty data folder, signs in and asks as it proposes, presses
 * Ctrl-C; then again on the same data, with the API's usual port taken, and asks what the README proposes.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');
const begun = performance.now();
const counts = { passed: 0, failed: 0 };
let running;

process.once('exit', () => running && signal(running, 'SIGKILL'));
const home = await mkdtemp(join(tmpdir(), 'junheng-start-'));
try {
  await session('first start, empty data folder', ({ output }) => exampleIn(output, 'the output of npm start'), 120);
  const readme = exampleIn(await readFile(join(root, 'README.md'), 'utf8'), 'README.md');
  const taken = await takePort(4000);
  await session('second start, port 4000 taken', () => readme, 60);
  taken.close();
} catch (error) {
  counts.failed += 1;
  say(`FAILED: ${error instanceof Error ? error.message : String(error)}`);
} finally {
  if (running) await end(running).catch(() => {});
  await rm(home, { recursive: true, force: true });
}
console.log(`start: ${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed > 0 ? 1 : 0);

async function session(what, example, seconds) {
  const start = performance.now();
  say(what);
  const server = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    env: { ...process.env, JUNHENG_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server.output = '';
  server.ended = new Promise((done) => server.once('close', done));
  server.ended.then(() => (server.over = true));
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk) => {
      server.output += chunk;
      process.stdout.write(String(chunk).replace(/^(?=.)/gm, '  | '));
    });
  }
  running = server;

  const { api, issuer } = await ready(server, seconds);
  passed(`ready at ${api} after ${since(start)}`);
  const { user, query } = example(server);
  const token = await signIn(issuer, user);
  passed(`${user} signed in at ${issuer}`);
  const rows = await ask(api, token, query);
  passed(`the example query gave ${rows} rows, ${since(start)} after npm start`);
  await end(server);
  const left = await leftBehind();
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
  passed(`Ctrl-C ended it${server.exitCode === null ? '' : ` with exit code ${server.exitCode}`}`);
  running = undefined;
}

/** The addresses that it printed; it takes another port when its own is in use. */
async function ready(server, seconds) {
  for (const limit = performance.now() + seconds * 1000; performance.now() < limit; await pause(200)) {
    if (server.over) throw new Error('npm start ended by itself');
    const api = /https?:\/\/[\w.[\]:-]+?:\d+(?=\/graphql)/.exec(server.output)?.[0];
    const issuer = /https?:\/\/[\w.[\]:-]+?:\d+\/realms\/junheng/.exec(server.output)?.[0];
    if (!api || !issuer) continue;
    const health = await fetch(`${api}/health/ready`).catch(() => undefined);
    if (health?.ok) return { api, issuer };
  }
  throw new Error(`not ready within ${seconds} s`);
}

async function signIn(issuer, username) {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: 'junheng-cli',
      username,
      password: 'junheng',
    }),
  });
  const answer = await response.json();
  if (!answer.access_token) throw new Error(`no token: ${response.status} ${JSON.stringify(answer)}`);
  return answer.access_token;
}

async function ask(api, token, query) {
  const response = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(`the example query failed: ${JSON.stringify(errors)}`);
  const rows = longestList(data);
  if (rows === 0) throw new Error(`the example query found nothing: ${JSON.stringify(data)}`);
  return rows;
}

function longestList(value) {
  if (value === null || typeof value !== 'object') return 0;
  return Math.max(Array.isArray(value) ? value.length : 0, ...Object.values(value).map(longestList));
}

/** The account and the query of the first example that a text proposes: as curl takes them, or as GraphQL. */
function exampleIn(text, where) {
  const body = /-d '(\{"query":.*?\})'/s.exec(text)?.[1];
  const query = body ? JSON.parse(body).query : /```graphql\n(.*?)```/s.exec(text)?.[1];
  if (!query) throw new Error(`${where} proposes no query`);
  return { user: /username=([\w-]+)/.exec(text)?.[1] ?? 'supervisor-42', query };
}

/** To the whole group, as a terminal does. */
async function end(server) {
  signal(server, 'SIGINT');
  const over = await Promise.race([server.ended.then(() => true), pause(20_000, false, { ref: false })]);
  if (over) return;
  signal(server, 'SIGKILL');
  throw new Error('still running 20 s after Ctrl-C');
}

function signal(server, name) {
  try {
    process.kill(-server.pid, name);
  } catch {
    // It has ended.
  }
}

/** PostgreSQL removes this file when it is shut down, and leaves it when it is killed. */
async function leftBehind() {
  const files = await readdir(home, { recursive: true });
  return files.filter((file) => file.endsWith('postmaster.pid'));
}

function takePort(port) {
  const server = createServer((socket) => socket.destroy());
  return new Promise((done) => {
    server.once('error', () => done({ close: () => {} })).listen(port, () => done(server));
  });
}

function passed(what) {
  counts.passed += 1;
  say(what);
}

function since(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

function say(what) {
  console.log(`[${since(begun)}] ${what}`);
}

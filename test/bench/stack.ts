import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Database, freePort } from '@junheng/embedded';
import type { Load, Loaded } from './load.worker.js';

export interface Stack {
  readonly apiPort: number;
  readonly issuer: string;
  /** Process ids of the services, from the outside. */
  pid(service: 'api' | 'projector'): number;
  token(username: string): Promise<string>;
  stop(): Promise<void>;
}

/** The product as `npm start` runs it, on a database that is there already, on ports of its own. */
export async function startStack(database: Database, home: string): Promise<Stack> {
  const [apiPort, identityPort, projectorPort] = [await freePort(), await freePort(), await freePort()];
  const up = spawn(process.execPath, ['apps/cli/dist/main.js', 'up', '--no-demo'], {
    env: {
      ...process.env,
      ...{ JUNHENG_HOME: home, LOG_LEVEL: 'error', JUNHENG_PORT: String(apiPort) },
      ...{ JUNHENG_IDENTITY_PORT: String(identityPort), JUNHENG_PROJECTOR_PORT: String(projectorPort) },
      DATABASE_URL: database.ownerUrl,
      APP_DATABASE_URL: database.url('junheng_app'),
      PROJECTOR_DATABASE_URL: database.url('junheng_projector'),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await said(up, 'Junheng is up');
  const issuer = `http://localhost:${identityPort}/realms/junheng`;
  return {
    apiPort,
    issuer,
    pid: (service) => childOf(up.pid ?? 0, path.join('apps', service, 'dist')),
    token: (username) => token(issuer, username),
    async stop() {
      up.kill('SIGTERM');
      if (up.exitCode === null) await once(up, 'exit');
    },
  };
}

async function said(process: ChildProcess, words: string): Promise<void> {
  let text = '';
  for await (const chunk of process.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    text += String(chunk);
    if (text.includes(words)) {
      process.stdout?.resume();
      return;
    }
  }
  throw new Error(`It ended without "${words}":\n${text}`);
}

async function token(issuer: string, username: string): Promise<string> {
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'junheng-cli', username, password: 'junheng' }),
  });
  const answer = (await response.json()) as { access_token?: string };
  if (answer.access_token === undefined) throw new Error(`No token for ${username}: ${JSON.stringify(answer)}`);
  return answer.access_token;
}

/** Runs one load from a process of its own. */
export async function load(work: Load): Promise<Loaded> {
  const worker = fork(new URL('load.worker.js', import.meta.url), { stdio: 'inherit' });
  worker.send(work);
  const [answer] = (await Promise.race([
    once(worker, 'message'),
    once(worker, 'exit').then(() => {
      throw new Error('The load generator failed.');
    }),
  ])) as [Loaded];
  return answer;
}

function childOf(parent: number, script: string): number {
  const found = readdirSync('/proc').find((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return Number(stat[1]) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(script);
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`No process of ${script}.`);
  return Number(found);
}

/** Forgets how much memory a process has held at its worst; Linux only. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Resident memory of a process in megabytes, at its worst since its peak was forgotten; Linux only. */
export function peakMB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

/** Processor seconds of a process so far; Linux only. */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

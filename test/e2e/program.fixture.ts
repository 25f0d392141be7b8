import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@junheng/embedded';
import { environment } from './e2e.config.js';
import { until } from './until.fixture.js';

const CLI = fileURLToPath(new URL('../../apps/cli/dist/main.js', import.meta.url));
// With the demo loaded into an empty database, on a machine that has much else to do.
export const START_SECONDS = 180;

export interface Addresses {
  readonly pid: number;
  readonly home: string;
  readonly api: string;
  readonly issuer: string;
}

export interface Program extends Addresses {
  output(): string;
  /** As Ctrl-C in a terminal; resolves with its exit code. */
  interrupt(): Promise<number | null>;
}

interface ProgramOptions {
  readonly demo?: boolean;
  /** Its own process group, as a terminal gives it; otherwise it ends with the tests' own. */
  readonly ownGroup?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Everything, as `junheng up` starts it: from the built files, on a data folder and ports of its own. */
export async function startProgram(home: string, options: ProgramOptions = {}): Promise<Program> {
  const { demo = true, ownGroup = true } = options;
  const log = `${home}.log`;
  const file = openSync(log, 'w');
  const child = spawn(process.execPath, [CLI, 'up', ...(demo ? [] : ['--no-demo'])], {
    env: environment({ JUNHENG_HOME: home, LOG_LEVEL: 'warn', ...(await freePorts()), ...options.environment }),
    stdio: ['ignore', file, file],
    detached: ownGroup,
  });
  const output = () => readFileSync(log, 'utf8');
  const ended = once(child, 'exit');
  const isUp = () => {
    if (child.exitCode !== null) throw new Error(`junheng up ended with ${child.exitCode}:\n${output()}`);
    return output().includes('Junheng is up') || undefined;
  };
  await until('junheng up', isUp, START_SECONDS).catch((error: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`${String(error)}\n${output()}`);
  });
  child.unref();
  const pid = child.pid!;
  return {
    pid,
    home,
    api: /https?:\S+?:\d+(?=\/graphql)/.exec(output())![0],
    issuer: /https?:\S+?:\d+\/realms\/junheng/.exec(output())![0],
    output,
    async interrupt() {
      process.kill(ownGroup ? -pid : pid, 'SIGINT');
      await ended;
      return child.exitCode;
    },
  };
}

async function freePorts(): Promise<Record<string, string>> {
  const names = ['JUNHENG_PORT', 'JUNHENG_IDENTITY_PORT', 'JUNHENG_PROJECTOR_PORT', 'JUNHENG_DATABASE_PORT'];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, String(await freePort())])));
}

export interface RunningProcess {
  readonly pid: number;
  readonly command: string;
}

/** Every process that was started for this data folder, as Linux lists them. */
export async function processesOf(home: string): Promise<RunningProcess[]> {
  const found: RunningProcess[] = [];
  for (const pid of (await readdir('/proc')).map(Number).filter(Boolean)) {
    const [command, surroundings] = await Promise.all([read(pid, 'cmdline'), read(pid, 'environ')]);
    if (command.includes(home) || surroundings.includes(`JUNHENG_HOME=${home}\0`)) found.push({ pid, command });
  }
  return found;
}

export async function serviceOf(home: string, name: 'api' | 'projector'): Promise<RunningProcess | undefined> {
  const script = path.join('apps', name, 'dist', 'main.js');
  return (await processesOf(home)).find(({ command }) => command.includes(script));
}

// A process may end while it is looked at.
const read = (pid: number, what: string): Promise<string> => readFile(`/proc/${pid}/${what}`, 'utf8').catch(() => '');

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '@junheng/embedded';
import { Client } from './client.fixture.js';
import { settled } from './ledger.fixture.js';
import { type Program, processesOf, startProgram } from './program.fixture.js';
import { START_MS } from './stack.fixture.js';

const END_MS = 10_000;
const COMPARE = `{ compareCounties(region: "50", schoolYear: 2013, standard: "cn-basic-2012") {
  nodes { county stages { stage composite { cv } } } } }`;

let folder: string;
let home: string;
let program: Program;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'junheng-again-'));
  await chmod(folder, 0o711);
  home = path.join(folder, 'home');
});
afterAll(async () => {
  for (const { pid } of await processesOf(home)) process.kill(pid, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

const compare = async () => new Client(program).ask('supervisor-50', COMPARE);

async function end() {
  const began = performance.now();
  const code = await program.interrupt();
  return { code, milliseconds: performance.now() - began, left: await processesOf(home) };
}

const gone = { code: 0, milliseconds: expect.any(Number), left: [] };

describe('Everything, started by one command', () => {
  let first: unknown;

  it(
    'ends on Ctrl-C within ten seconds and leaves no process behind',
    async () => {
      program = await startProgram(home);
      await settled(home);
      first = await compare();
      expect((await processesOf(home)).length).toBeGreaterThanOrEqual(4);
      const ended = await end();
      expect(ended).toEqual(gone);
      expect(ended.milliseconds).toBeLessThan(END_MS);
    },
    START_MS,
  );

  it(
    'finds its data again, and other ports when its own are taken',
    async () => {
      const taken = await Promise.all(Array.from({ length: 4 }, occupy));
      const names = ['JUNHENG_PORT', 'JUNHENG_IDENTITY_PORT', 'JUNHENG_PROJECTOR_PORT', 'JUNHENG_DATABASE_PORT'];
      const began = performance.now();
      program = await startProgram(home, {
        environment: Object.fromEntries(names.map((name, at) => [name, String(taken[at]!.port)])),
      });
      const again = await compare();
      const seconds = (performance.now() - began) / 1_000;
      process.stdout.write(`start to first answered query, warm, demo loaded: ${seconds.toFixed(1)} s\n`);
      expect(again).toEqual(first);
      const used = [program.api, program.issuer].map((address) => Number(new URL(address).port));
      expect(taken.map(({ port }) => port).filter((port) => used.includes(port))).toEqual([]);
      expect(program.output()).not.toContain('loading the demo');
      await Promise.all(taken.map(({ server }) => new Promise((resolve) => server.close(resolve))));
      expect(await end()).toEqual(gone);
    },
    START_MS,
  );
});

async function occupy(): Promise<{ port: number; server: Server }> {
  const port = await freePort();
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { port, server };
}

import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from './client.fixture.js';
import { County } from './county.fixture.js';
import { openLedger } from './ledger.fixture.js';
import { type Program, serviceOf, startProgram } from './program.fixture.js';
import { dump, rebuilt } from './rebuilt.fixture.js';
import { START_MS } from './stack.fixture.js';
import { until } from './until.fixture.js';

const COMMANDS = 500;
const AT_ONCE = 20;
const SCHOOLS = 20;

let folder: string;
let program: Program;
let client: Client;
let county: County;
let ledger: Awaited<ReturnType<typeof openLedger>>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'junheng-chaos-'));
  await chmod(folder, 0o711);
  program = await startProgram(path.join(folder, 'home'), { demo: false });
  client = new Client(program);
  ledger = await openLedger(program.home);
  county = await County.found(client, '650102', SCHOOLS);
}, START_MS);
afterAll(async () => {
  await ledger.end();
  await program.interrupt();
  await rm(folder, { recursive: true, force: true });
});

/** Sends until it is acknowledged, always under the same id, as a client does that has lost an answer. */
async function insist(commandId: string, n: number): Promise<number> {
  const input = { section: 'resources', figures: { books: String(1_000 + n) } };
  const request = await client.mutation('saveSection', { ...county.at(1 + (n % SCHOOLS)), input, commandId });
  return until(`command ${n}`, async () => {
    const answer = await client.send(county.reporter(1 + (n % SCHOOLS)), ...request).catch(() => undefined);
    return answer?.data?.saveSection.position as number | undefined;
  });
}

/** A load in the middle of which something happens. */
async function load(middle: () => Promise<void>): Promise<Map<string, number>> {
  const ids = Array.from({ length: COMMANDS }, () => randomUUID());
  const acknowledged = new Map<string, number>();
  const waiting = ids.map((id, n) => [id, n] as const);
  let happening: Promise<void> | undefined;
  const writer = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      acknowledged.set(next[0], await insist(...next));
      if (acknowledged.size === COMMANDS / 2) happening = middle();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writer));
  await happening;
  return acknowledged;
}

async function kill(name: 'api' | 'projector'): Promise<void> {
  const { pid } = (await serviceOf(program.home, name))!;
  process.kill(pid, 'SIGKILL');
  await until(`another ${name}`, async () => {
    const service = await serviceOf(program.home, name);
    return service && service.pid !== pid ? service : undefined;
  });
}

async function positionsByCommand(): Promise<Map<string, number[]>> {
  const stored = new Map<string, number[]>();
  for (const [at, id] of (await ledger.commandIds(county.code)).entries()) {
    stored.set(id, [...(stored.get(id) ?? []), at + 1]);
  }
  return stored;
}

const services = () => Promise.all([serviceOf(program.home, 'api'), serviceOf(program.home, 'projector')]);

async function cutConnections(): Promise<void> {
  const { rows } = await ledger.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'junheng\\_%'",
  );
  expect(rows.length).toBeGreaterThan(0);
}

async function demandNothingLost(acknowledged: Map<string, number>): Promise<void> {
  expect(acknowledged.size).toBe(COMMANDS);
  const stored = await positionsByCommand();
  for (const [id, position] of acknowledged) expect(stored.get(id)).toEqual([position]);
  expect(await ledger.holes()).toEqual([]);

  const { live, fresh } = await rebuilt(ledger.pool, program.home);
  expect(await dump(ledger.pool, fresh)).toEqual(await dump(ledger.pool, live));
}

describe('In the middle of a load', () => {
  it.each(['api', 'projector'] as const)(
    'the %s, killed and started again, loses no acknowledged command and repeats none; the read tables come to equal a rebuild',
    async (name) => demandNothingLost(await load(() => kill(name))),
    START_MS,
  );

  it(
    'connections that the database cuts end no process, and lose and repeat nothing',
    async () => {
      const before = await services();
      const acknowledged = await load(cutConnections);
      await cutConnections();
      await demandNothingLost(acknowledged);
      expect(await services()).toEqual(before);
    },
    START_MS,
  );
});

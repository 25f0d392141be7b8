import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client } from './client.fixture.js';
import { County } from './county.fixture.js';
import { openLedger } from './ledger.fixture.js';
import { sharedStack, START_MS } from './stack.fixture.js';

const WRITERS = 50;

let client: Client;
let county: County;
let ledger: Awaited<ReturnType<typeof openLedger>>;
beforeAll(async () => {
  const stack = await sharedStack();
  ({ client } = stack);
  ledger = await openLedger(stack.home);
  county = await County.found(client, '640104', WRITERS + 3);
  await Promise.all(Array.from({ length: WRITERS + 3 }, (_, i) => client.token(county.reporter(i + 1))));
}, START_MS);
afterAll(() => ledger.end());

async function save(serial: number, figures: object, commandId: string = randomUUID()): Promise<Answer> {
  const args = { ...county.at(serial), input: { section: 'resources', figures }, commandId };
  return client.send(county.reporter(serial), ...(await client.mutation('saveSection', args)));
}

async function head(): Promise<number> {
  const { rows } = await ledger.pool.query('SELECT head::int AS head FROM ledger.tenant WHERE tenant_id = $1', [
    county.code,
  ]);
  return rows[0].head;
}

describe('The same command', () => {
  it('sent twice has one effect and one receipt, even at the same moment', async () => {
    const before = await head();
    const commandId = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => save(1, { books: '1001' }, commandId)));
    answers.push(await save(1, { books: '1001' }, commandId));
    const receipts = answers.map(({ data }) => data.saveSection);
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(receipts[0]).toMatchObject({ id: `${county.school(1)}-2013`, version: 1, position: before + 1 });
    expect(await head()).toBe(before + 1);
  });

  it('sent again after others gets its first receipt and undoes nothing', async () => {
    const commandId = randomUUID();
    const first = await save(1, { computers: '51' }, commandId);
    const second = await save(1, { computers: '52' });
    const again = await save(1, { computers: '51' }, commandId);
    expect(again.data).toEqual(first.data);
    expect(await head()).toBe(second.data.saveSection.position);
  });

  it('that was refused is refused again with the same words, though it would be accepted by now', async () => {
    const commandId = randomUUID();
    const first = await client.refusedCommand(county.admin, 'approveReturn', { ...county.at(2), commandId });
    await county.enter(2);
    await county.submit(2);
    const again = await client.refusedCommand(county.admin, 'approveReturn', { ...county.at(2), commandId });
    const { correlationId: _, ...words } = first;
    expect(again).toMatchObject(words);
    expect(first).toMatchObject({ code: 'RETURN_NOT_SUBMITTED' });
  });

  it('with other figures under the same id is refused', async () => {
    const commandId = randomUUID();
    await save(3, { books: '1' }, commandId);
    const { refusals } = await save(3, { books: '2' }, commandId);
    expect(refusals).toMatchObject([{ code: 'COMMAND_ID_REUSED' }]);
  });
});

describe.each([
  { where: 'on one stream', school: () => 4 },
  { where: 'on one tenant', school: (writer: number) => writer + 4 },
])('$where, 50 writers at once', ({ school }) => {
  it('get dense positions and versions: each command once, none lost, none twice', async () => {
    const before = await head();
    const ids = Array.from({ length: WRITERS * 2 }, () => randomUUID());
    const answers = await Promise.all(ids.map((id, n) => save(school(n % WRITERS), { books: String(20_000 + n) }, id)));
    expect(answers.flatMap(({ refusals }) => refusals)).toEqual([]);
    const positions = answers.map(({ data }) => data.saveSection.position as number).sort((a, b) => a - b);
    expect(positions).toEqual(ids.map((_, n) => before + 1 + n));
    const byPosition = answers.map(({ data }, n) => [data.saveSection.position, ids[n]] as const);
    const stored = await ledger.commandIds(county.code, before + 1);
    expect(byPosition.map(([position]) => stored[position - before - 1])).toEqual(ids);
    expect(stored).toHaveLength(ids.length);
    expect(await ledger.holes()).toEqual([]);
  });
});

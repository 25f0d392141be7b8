import { afterAll, describe, expect, it } from '@jest/globals';
import { type Decider, RuleViolation } from '@junheng/kernel';
import { admin, fangxian, gauge, openLedger, refusalOf, zhushan } from './gauge.fixture.js';
import { decision, EventStore } from './index.js';

const { owner, pool, store, raise, close: closeLedger } = await openLedger();
afterAll(closeLedger);

const close = (id: string, commandId: string) =>
  store.handle(gauge, { tenant: zhushan, category: 'gauge', id, command: { type: 'Close' }, who: admin, commandId });
describe('A command', () => {
  it('adds what its decider decides', async () => {
    const receipt = await raise('a', 3, 'a-1');
    expect(receipt).toEqual({ id: 'a', version: 1, position: await store.head(zhushan) });
    expect(await store.load(gauge, zhushan, 'gauge', 'a', admin.scope)).toEqual({
      state: { level: 3, closed: false },
      version: 1,
    });
  });

  it('gives its first receipt when it is sent again', async () => {
    const first = await raise('b', 3, 'b-1');
    await raise('b', 4, 'b-2');
    expect(await raise('b', 3, 'b-1')).toEqual(first);
    expect((await store.load(gauge, zhushan, 'gauge', 'b', admin.scope)).version).toBe(2);
  });

  it('gives its first receipt when it is sent again at the same moment', async () => {
    const receipts = await Promise.all([1, 2, 3, 4].map(() => raise('c', 3, 'c-1')));
    expect(new Set(receipts.map(({ version }) => version))).toEqual(new Set([1]));
  });

  it('gives its first receipt although it would be refused by now', async () => {
    const first = await raise('d', 3, 'd-1');
    await close('d', 'd-2');
    expect(await raise('d', 3, 'd-1')).toEqual(first);
  });

  it('is refused again with the first reason', async () => {
    await close('e', 'e-1');
    await expect(raise('e', 3, 'e-2')).rejects.toMatchObject({ code: 'GAUGE_CLOSED', details: { lockedBy: 'Close' } });
    const other = new EventStore(pool);
    await expect(raise('e', 3, 'e-2', zhushan, other)).rejects.toMatchObject({
      code: 'GAUGE_CLOSED',
      message: 'The gauge is closed.',
      details: { lockedBy: 'Close' },
    });
    const { rows } = await owner.query(
      `SELECT outcome, code, streams, meta FROM ledger.command WHERE command_id = 'e-2'`,
    );
    expect(rows).toEqual([
      {
        ...{ outcome: 'refused', code: 'GAUGE_CLOSED', streams: ['gauge-e'] },
        meta: { actor: 'admin-420323', role: 'county-admin', correlationId: 'c-1' },
      },
    ]);
  });

  it('leaves a receipt although it changed nothing', async () => {
    await raise('f', 3, 'f-1');
    const receipt = await raise('f', 0, 'f-2');
    expect(receipt.version).toBe(1);
    await raise('f', 4, 'f-3');
    expect(await raise('f', 0, 'f-2')).toEqual(receipt);
  });

  it('cannot take the id of another', async () => {
    await raise('g', 3, 'g-1');
    expect(await refusalOf(raise('g', 4, 'g-1'))).toBe('COMMAND_ID_REUSED');
    const someone = { ...admin, actor: 'officer-420323' };
    const stolen = { tenant: zhushan, category: 'gauge', id: 'g', commandId: 'g-1', who: someone };
    expect(await refusalOf(store.handle(gauge, { ...stolen, command: { type: 'Raise', by: 3 } }))).toBe(
      'COMMAND_ID_REUSED',
    );
  });

  it('may say which version it was decided on', async () => {
    const at = (expectedVersion: number, commandId: string) =>
      store.handle(gauge, {
        ...{ tenant: zhushan, category: 'gauge', id: 'h', who: admin, commandId, expectedVersion },
        command: { type: 'Raise', by: 1 },
      });
    const first = await at(0, 'h-1');
    expect(await refusalOf(at(0, 'h-2'))).toBe('VERSION_CONFLICT');
    expect(await refusalOf(at(7, 'h-3'))).toBe('VERSION_CONFLICT');
    expect((await at(1, 'h-4')).version).toBe(2);
    expect(await at(0, 'h-1')).toEqual(first);
  });

  it('needs a ledger', async () => {
    expect(await refusalOf(raise('a', 1, 'x-1', '999999'))).toBe('TENANT_UNKNOWN');
  });

  it('is refused when it holds text that cannot be stored', async () => {
    const odd = (text: string, commandId: string) =>
      store.handle(
        { initial: null, decide: (command: { type: 'Say'; text: string }) => [command], evolve: () => null },
        { tenant: zhushan, category: 'note', id: 'a', command: { type: 'Say', text }, who: admin, commandId },
      );
    expect(await refusalOf(odd('a\u0000b', 'n-1'))).toBe('TEXT_UNSTORABLE');
    expect(await refusalOf(odd('a\ud800b', 'n-2'))).toBe('TEXT_UNSTORABLE');
    expect(await refusalOf(odd('\\u0000 and 𠮷 are fine', 'n-3'))).toBe('accepted');
  });
});

describe('A command for several streams', () => {
  const merge = (by: number, commandId: string) =>
    store.handleAll(
      zhushan,
      ['p', 'q', 'r'].map((id, index) => decision(gauge, 'gauge', id, { type: 'Raise', by: by * index })),
      admin,
      commandId,
    );

  it('adds to all of them', async () => {
    const head = (await store.head(zhushan)) ?? 0;
    const receipts = await merge(1, 'm-1');
    expect(receipts).toEqual([
      { id: 'p', version: 0, position: head + 2 },
      { id: 'q', version: 1, position: head + 2 },
      { id: 'r', version: 1, position: head + 2 },
    ]);
    expect(await merge(1, 'm-1')).toEqual(receipts);
  });

  it('adds to none when one refuses', async () => {
    await close('q', 'm-2');
    const head = await store.head(zhushan);
    expect(await refusalOf(merge(1, 'm-3'))).toBe('GAUGE_CLOSED');
    expect(await store.head(zhushan)).toBe(head);
  });

  it('adds to none when one has been changed by another process', async () => {
    const other = new EventStore(pool);
    const both = (commandId: string) =>
      other.handleAll(
        zhushan,
        [
          decision(gauge, 'gauge', 's', { type: 'Raise', by: 1 }, 0),
          decision(gauge, 'gauge', 't', { type: 'Raise', by: 1 }, 0),
        ],
        admin,
        commandId,
      );
    await raise('t', 1, 'm-4');
    expect(await refusalOf(both('m-5'))).toBe('VERSION_CONFLICT');
    expect((await store.load(gauge, zhushan, 'gauge', 's', admin.scope)).version).toBe(0);
  });
});

describe('A store that is behind', () => {
  it('never refuses for what it does not know yet', async () => {
    const reopening: Decider<boolean, { type: 'Open' | 'Use' }, { type: 'Opened' | 'Used' }> = {
      initial: false,
      decide({ type }, open) {
        if (type === 'Open') return open ? [] : [{ type: 'Opened' }];
        if (!open) throw new RuleViolation('DOOR_SHUT', 'The door is shut.');
        return [{ type: 'Used' }];
      },
      evolve: (open, { type }) => open || type === 'Opened',
    };
    const behind = new EventStore(pool);
    const door = { tenant: zhushan, category: 'door', id: 'a', who: admin };
    expect(await refusalOf(behind.handle(reopening, { ...door, command: { type: 'Use' }, commandId: 'door-1' }))).toBe(
      'DOOR_SHUT',
    );
    await store.handle(reopening, { ...door, command: { type: 'Open' }, commandId: 'door-2' });
    expect((await behind.handle(reopening, { ...door, command: { type: 'Use' }, commandId: 'door-3' })).version).toBe(
      2,
    );
  });

  it('decides again when its append comes too late', async () => {
    const behind = new EventStore(pool);
    await raise('u', 1, 'u-1', zhushan, behind);
    await raise('u', 10, 'u-2');
    expect((await raise('u', 100, 'u-3', zhushan, behind)).version).toBe(3);
    expect((await store.load(gauge, zhushan, 'gauge', 'u', admin.scope)).state.level).toBe(111);
  });
});

describe('Claims', () => {
  const take = (tenant: string, id: string, commandId: string, takenFrom?: string) =>
    refusalOf(
      store.handle(gauge, {
        ...{ tenant, category: 'gauge', id, commandId, who: { ...admin, scope: { region: '' } } },
        command: { type: 'Raise', by: 1 },
        claims: [{ namespace: 'school-code', key: '4203230001', ...(takenFrom === undefined ? {} : { takenFrom }) }],
      }),
    );

  it('are held by one stream of the whole country', async () => {
    expect(await take(zhushan, 'k1', 'k-1')).toBe('accepted');
    expect(await take(fangxian, 'k1', 'k-2')).toBe('CLAIM_TAKEN');
    expect(await take(zhushan, 'k2', 'k-3')).toBe('CLAIM_TAKEN');
    expect(await take(zhushan, 'k1', 'k-4')).toBe('accepted');
    expect(await take(fangxian, 'k1', 'k-2')).toBe('CLAIM_TAKEN');
  });

  it('are handed over by the tenant that holds them', async () => {
    expect(await take(fangxian, 'k1', 'k-5', '420324')).toBe('CLAIM_TAKEN');
    expect(await take(fangxian, 'k1', 'k-6', zhushan)).toBe('accepted');
    expect(await take(zhushan, 'k1', 'k-7')).toBe('CLAIM_TAKEN');
  });

  it('go to one of many who ask at once', async () => {
    const stores = [store, new EventStore(pool)];
    const asked = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const tenant = index % 2 ? zhushan : fangxian;
        return refusalOf(
          (stores[index % 4 < 2 ? 0 : 1] as EventStore).handle(gauge, {
            ...{ tenant, category: 'gauge', id: `race-${index}`, commandId: `race-${index}` },
            who: { ...admin, scope: { region: '' } },
            command: { type: 'Raise', by: 1 },
            claims: [{ namespace: 'school-code', key: 'raced' }],
          }),
        );
      }),
    );
    expect(asked.filter((answer) => answer === 'accepted')).toHaveLength(1);
    expect(asked.filter((answer) => answer === 'CLAIM_TAKEN')).toHaveLength(19);
  });
});

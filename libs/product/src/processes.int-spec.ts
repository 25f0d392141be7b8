import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '@junheng/embedded';
import { EventStore, migrate, type Who } from '@junheng/event-store';
import { migrateProcesses, ProcessRunner } from '@junheng/processes';
import { OnRegion, OnSchool } from '@junheng/register-feature';
import { OnCampaign } from '@junheng/reporting-feature';
import { migrateViews, Projector } from '@junheng/views';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type CommandSide, openCommandSide } from './command-side.js';
import { catalogue, processes } from './product.js';

const school = '2142010001';
const who = (region: string): Who => ({
  ...{ actor: 'a-1', role: 'province-supervisor', correlationId: 'c-1' },
  scope: { region },
});

let database: TestDatabase;
let side: CommandSide;
let projector: Projector;
let store: EventStore;
let pools: readonly pg.Pool[];
beforeAll(async () => {
  database = await startTestDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  for (const prepare of [migrate, migrateViews, migrateProcesses]) await prepare(owner);
  await owner.end();
  const pool = (role: string) => new pg.Pool({ connectionString: database.url(role), max: 6 });
  const [app, projecting] = [pool('junheng_app'), pool('junheng_projector')];
  pools = [app, projecting];
  store = new EventStore(app);
  projector = await Projector.of(projecting, catalogue);
  side = await openCommandSide(database.url('junheng_app'));
  for (const [code, kind] of [
    ['42', 'province'],
    ['4203', 'city'],
    ['420301', 'county'],
    ['420302', 'county'],
  ] as const) {
    await region(code, kind);
  }
});
afterAll(async () => {
  await side.close();
  await Promise.all(pools.map((pool) => pool.end()));
  await database.stop();
});

const region = async (code: string, kind: 'province' | 'city' | 'county') => {
  await store.openTenants([code]);
  const name = `${kind} ${code}`;
  const parent = code.slice(0, -2) || null;
  await side.commands.execute(
    new OnRegion(
      { region: code, commandId: randomUUID() },
      { type: 'RegisterRegion', code, name, kind, parent, validFrom: '1949-10-01' },
      who(code),
    ),
  );
};

/** What the projector's program does, until nothing is left to do. */
async function settle(): Promise<readonly unknown[]> {
  const alarms: unknown[] = [];
  const [, projecting] = pools;
  const runner = new ProcessRunner(projecting!, (command) => side.commands.execute(command), {
    alarm: (trouble) => alarms.push(trouble),
  });
  await projector.catchUp();
  for (const process of processes) await runner.catchUp(process);
  await projector.catchUp();
  return alarms;
}

const types = async (tenant: string, wanted: string) => {
  const events = await store.events(tenant, { from: 1, limit: 1000 });
  return events.flatMap(({ type, data, meta }) => (type.startsWith(wanted) ? [{ type, ...data, meta }] : []));
};

describe('The processes of the product', () => {
  it('carry a school from the ledger of one county into that of another', async () => {
    const facts = { name: '擂鼓镇小学', schoolType: 'primary', sponsor: 'county', setting: 'rural' } as const;
    const tell = (command: OnSchool['command']) =>
      side.commands.execute(
        new OnSchool({ county: '420301', school, commandId: randomUUID() }, command, who('420301')),
      );
    await tell({
      ...{ type: 'RegisterSchool', school, county: '420301', cluster: '擂鼓学区', openedOn: '1985-09-01', ...facts },
    });
    await tell({ type: 'MoveSchoolOut', from: '420301', to: '420302', effectiveOn: '2013-09-01' });
    expect(await settle()).toEqual([]);
    expect(await types('420302', 'SchoolMovedIn')).toMatchObject([
      { school, ...facts, cluster: null, from: '420301', effectiveOn: '2013-09-01', meta: { onBehalfOf: 'a-1' } },
    ]);
    expect(await settle()).toEqual([]);
    expect(await types('420302', 'School')).toHaveLength(1);
  });

  it('open a province’s campaign in each of its counties, and in one that is registered later', async () => {
    await settle();
    const deadline = '2099-09-20T10:00:00.000Z';
    const target = { region: '42', schoolYear: 2013, commandId: randomUUID() };
    await side.commands.execute(new OnCampaign(target, { type: 'OpenCampaign', deadline, scope: {} }, who('42')));
    await settle();
    for (const county of ['420301', '420302']) {
      expect(await types(county, 'Campaign')).toMatchObject([
        { type: 'CampaignOpened', openedAt: 'province', deadline },
      ]);
    }
    await region('420303', 'county');
    await settle();
    expect(await types('420303', 'Campaign')).toMatchObject([{ type: 'CampaignOpened', openedAt: 'province' }]);
    await settle();
    expect(await types('420301', 'Campaign')).toHaveLength(1);
  });
});

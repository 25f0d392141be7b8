import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { approved, countyReturns, opened, saved, withdrawn } from './county-returns.fixture.js';
import { Projector } from './projector.js';
import { readModelOf } from './read-table.js';
import { openTestLedger, type TestLedger, until } from './test-ledger.fixture.js';

const YEAR_2013 = [
  opened(),
  saved('4203230001', '30'),
  saved('4203230002', '25'),
  approved('4203230001'),
  saved('4203230002', '26'),
  approved('4203230002'),
  withdrawn('4203230001'),
];

describe('A generation', () => {
  let ledger: TestLedger;
  beforeAll(async () => void (ledger = await openTestLedger()));
  afterAll(() => ledger.close());

  it('goes live when it shows every tenant', async () => {
    await ledger.append('420323', YEAR_2013);
    await ledger.append('420324', [saved('4203240001', '5')]);
    const projector = await ledger.projector(countyReturns);
    projector.start();
    await until(async () => (await ledger.live()) === 1);

    expect(await projector.lag()).toEqual([]);
    expect(await ledger.dump('read_1')).toBe(
      [
        'county_total',
        '{"tenant_id":"420323","school_year":2013,"approved":1,"pupils":26}',
        'open_campaign',
        '{"tenant_id":"420323","school_year":2013,"deadline":"2013-10-31"}',
        'school_return',
        '{"tenant_id":"420323","school_code":"4203230002","school_year":2013,"status":"approved","saves":2,"figures":{"p_enrol": "26"},"saved_at":"2013-09-01T00:00:05.000000Z"}',
        '{"tenant_id":"420324","school_code":"4203240001","school_year":2013,"status":"draft","saves":1,"figures":{"p_enrol": "5"},"saved_at":"2013-09-01T00:00:01.000000Z"}',
      ].join('\n'),
    );

    await projector.stop();
  });

  it('is rebuilt byte for byte, and the one before it is retired', async () => {
    const projector = await ledger.projector(countyReturns);
    projector.start();
    await projector.rebuild();
    await until(async () => (await ledger.live()) === 2);
    await projector.stop();

    expect(await ledger.dump('read_2')).toBe(await ledger.dump('read_1'));
    expect(await ledger.statuses()).toEqual(['retired', 'live']);
  });

  it('is dropped when it has been retired for longer than the grace', async () => {
    const projector = await ledger.projector(countyReturns, { graceSeconds: 0 });
    projector.start();
    await until(async () => !(await ledger.schemas()).includes('read_1'));
    await projector.stop();

    expect(await ledger.schemas()).toEqual(['read_2']);
  });

  it('rebuilds one tenant in place', async () => {
    const projector = await ledger.projector(countyReturns);
    const before = await ledger.dump('read_2');
    await ledger.owner.query(`UPDATE read_2.school_return SET saves = 99`);
    await ledger.owner.query(`UPDATE read_2.county_total SET pupils = 99`);

    expect(await projector.rebuildTenant('420323')).toBe(7);
    expect(await ledger.dump('read_2', '420323')).toBe(
      before
        .split('\n')
        .filter((line) => !line.includes('420324'))
        .join('\n'),
    );
    expect(await ledger.dump('read_2', '420324')).toContain('"saves":99');
  });
});

describe('An event of an old type version', () => {
  let ledger: TestLedger;
  beforeAll(async () => void (ledger = await openTestLedger()));
  afterAll(() => ledger.close());

  it('is read in its newest form', async () => {
    await ledger.append('420323', [{ type: 'CampaignOpened', year: '2013' }]);
    const upcasts = {
      CampaignOpened: {
        1: ({ year }: Record<string, unknown>) => ({ schoolYear: Number(year) }),
        2: (data: Record<string, unknown>) => ({ ...data, deadline: '2013-10-31' }),
      },
    };
    await (await ledger.projector(countyReturns, { upcasts })).catchUp();

    expect(await ledger.dump('read_1')).toContain('{"tenant_id":"420323","school_year":2013,"deadline":"2013-10-31"}');
  });
});

describe('A fold', () => {
  let ledger: TestLedger;
  beforeAll(async () => void (ledger = await openTestLedger()));
  afterAll(() => ledger.close());

  const school = fc.constantFrom('4203230001', '4203230002', '4203230003');
  const schoolYear = fc.constantFrom(2013, 2014);
  const event = fc.oneof(
    fc.tuple(school, fc.nat(2000).map(String), schoolYear).map((some) => saved(...some)),
    fc.tuple(school, schoolYear).map((some) => approved(...some)),
    fc.tuple(school, schoolYear).map((some) => withdrawn(...some)),
    schoolYear.map(opened),
  );

  it('gives the same rows however its events are batched, as they come or all at once', async () => {
    const model = await readModelOf(countyReturns);
    const pool = ledger.pool('junheng_projector');
    let county = 100_000;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(event, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 30 }),
        async (batches, batchEvents) => {
          const tenant = String(county++);
          const remembering = new Projector(pool, model, { batchEvents });
          const forgetful = new Projector(pool, model, { rememberedRows: 0 });
          for (const [index, batch] of batches.entries()) {
            await ledger.append(tenant, batch);
            await (index % 3 === 0 ? forgetful : remembering).catchUp();
          }
          const asTheyCame = await ledger.dump('read_1', tenant);
          await remembering.rebuildTenant(tenant);

          expect(await ledger.dump('read_1', tenant)).toBe(asTheyCame);
        },
      ),
      { numRuns: 40 },
    );
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  approved,
  CountyTotal,
  countyReturns,
  countyTotals,
  openCampaigns,
  type ReturnEvent,
  saved,
  schoolReturns,
  SchoolReturn,
} from './county-returns.fixture.js';
import { Projector } from './projector.js';
import { readModelOf } from './read-table.js';
import { openTestLedger, type TestLedger } from './test-ledger.fixture.js';
import { derivation, view } from './view.js';
import { ViewCatalogue } from './view-catalogue.js';

const SOUND = [saved('4203230001', '30'), saved('4203230002', '25'), saved('4203230001', '31')];
const POISON = saved('4203230003', 'Li Lei, 13912345678');

describe('A tenant', () => {
  let ledger: TestLedger;
  let projector: Projector;
  beforeAll(async () => {
    ledger = await openTestLedger();
    projector = await ledger.projector(countyReturns);
  });
  afterAll(() => ledger.close());

  /** Other code for the same generation, as when a fold is mended without a new version. */
  const released = async (catalogue: ViewCatalogue) =>
    new Projector(projector.pool, { ...(await readModelOf(catalogue)), fingerprint: projector.model.fingerprint });

  it('stops at the event that a fold throws on, with all before it applied, and others go on', async () => {
    const strict = await released(catalogueThatParses());
    await ledger.append('420323', [...SOUND, POISON, saved('4203230001', '32')]);
    await ledger.append('420324', [saved('4203240001', '5')]);
    await strict.catchUp();

    const [stopped, ...others] = await strict.lag();
    expect(others).toEqual([]);
    expect(stopped).toMatchObject({
      tenant: '420323',
      position: 3,
      head: 5,
      stopped: { position: 4, code: 'FOLD_FAILED', attempts: 1 },
    });
    expect(stopped?.stopped?.text).toMatch(/^Folding FiguresSaved failed\. · SyntaxError · at /);
    expect(stopped?.stopped?.text).not.toContain('139');
    expect(await ledger.dump('read_1')).toContain('"p_enrol": "31"');
    expect(await ledger.dump('read_1')).toContain('4203240001');
  });

  it('waits longer after each failure', async () => {
    const strict = await released(catalogueThatParses());
    for (const attempts of [2, 3, 4]) {
      await strict.retry('420323');
      await strict.catchUp();
      expect((await strict.lag())[0]?.stopped).toMatchObject({ position: 4, attempts });
    }
    const { rows } = await ledger.owner.query<{ seconds: number }>(
      `SELECT ceil(extract(epoch FROM retry_after - now()))::int AS seconds FROM view.checkpoint WHERE tenant_id = '420323'`,
    );
    expect(rows[0]?.seconds).toBe(8);

    await strict.catchUp();
    expect((await strict.lag())[0]?.stopped).toMatchObject({ attempts: 4 });
  });

  it('goes on when it is retried and the fold has been mended', async () => {
    await projector.retry('420323');
    await projector.catchUp();

    expect(await projector.lag()).toEqual([]);
    expect(await ledger.dump('read_1', '420323')).toContain('Li Lei');
  });

  it('stops at the event whose row the database refuses, found by halving', async () => {
    const many = Array.from({ length: 37 }, (_, index) => saved(`42032500${10 + index}`, '1'));
    await ledger.append('420325', [...many, withoutYear(saved('4203259999', '1')), ...many]);
    await projector.catchUp();

    expect(await projector.lag()).toMatchObject([
      { tenant: '420325', position: 37, head: 75, stopped: { position: 38, code: 'WRITE_FAILED' } },
    ]);
    expect((await projector.lag())[0]?.stopped?.text).toContain('23502 · school_return · school_year');
  });

  it('stops at a gap in the ledger, and at an end before the head', async () => {
    await ledger.append('420326', SOUND);
    await ledger.owner.query(`DELETE FROM ledger.event WHERE tenant_id = '420326' AND position = 2`);
    await ledger.append('420327', SOUND);
    await ledger.owner.query(`DELETE FROM ledger.event WHERE tenant_id = '420327' AND position = 3`);
    await projector.catchUp();

    expect(await projector.lag()).toMatchObject([
      { tenant: '420325' },
      { tenant: '420326', position: 1, stopped: { position: 2, code: 'CORRUPT_GAP' } },
      { tenant: '420327', position: 2, stopped: { position: 3, code: 'CORRUPT_GAP' } },
    ]);
  });

  it('is never reached from the ledger of another', async () => {
    const careless = await released(new ViewCatalogue([reachingOut, openCampaigns, countyTotals]));
    await ledger.append('420328', SOUND);
    await careless.catchUp();

    expect((await careless.lag()).find(({ tenant }) => tenant === '420328')).toMatchObject({
      stopped: { position: 1, code: 'KEY_OUTSIDE_TENANT' },
    });
  });

  it('stops at the event after which a derivation fails', async () => {
    const failing = derivation({
      ...countyTotals,
      group: ({ tenant_id, school_year }: SchoolReturn) => ({ tenant_id, school_year }),
      from: [SchoolReturn],
      compute: async (group, read) => {
        const rows = await read.find(SchoolReturn, group);
        if (rows.length > 2) throw new RangeError('More than two.');
        return [{ table: CountyTotal, rows: [] }];
      },
    });
    const careless = await released(new ViewCatalogue([schoolReturns, openCampaigns, failing]));
    await ledger.append('420329', [...SOUND, saved('4203230003', '1'), approved('4203230001')]);
    await careless.catchUp();

    expect((await careless.lag()).find(({ tenant }) => tenant === '420329')).toMatchObject({
      position: 3,
      stopped: { position: 4, code: 'DERIVATION_FAILED', text: expect.stringContaining('More than two.') },
    });
  });
});

const withoutYear = ({ schoolYear: _, ...event }: ReturnEvent) => event;

/** The same view with a fold that insists on figures being numbers. */
function catalogueThatParses(): ViewCatalogue {
  const strict = view<SchoolReturn, ReturnEvent>(SchoolReturn, {
    name: 'school-return',
    version: 1,
    on: {
      FiguresSaved: {
        keys: ({ tenant, data }) => [{ tenant_id: tenant, school_code: data.school, school_year: data.schoolYear }],
        fold: (row, event, key) => {
          BigInt(event.data.figures['p_enrol'] ?? '0');
          return schoolReturns.on.get('FiguresSaved')?.fold(row, event, key);
        },
      },
    },
  });
  return new ViewCatalogue([strict, openCampaigns, countyTotals]);
}

const reachingOut = view<SchoolReturn, ReturnEvent>(SchoolReturn, {
  name: 'school-return',
  version: 1,
  on: {
    FiguresSaved: {
      keys: ({ data }) => [{ tenant_id: '420323', school_code: data.school, school_year: data.schoolYear }],
      fold: () => undefined,
    },
  },
});

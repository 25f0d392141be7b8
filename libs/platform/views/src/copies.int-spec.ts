import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Options, transform } from '@swc/core';
import {
  approved,
  countyReturns,
  countyTotals,
  openCampaigns,
  opened,
  saved,
  schoolReturns,
} from './county-returns.fixture.js';
import { LiveGeneration } from './live-generation.js';
import { openTestLedger, type TestLedger, until } from './test-ledger.fixture.js';
import { ViewCatalogue } from './view-catalogue.js';

const COUNTIES = ['420321', '420322', '420323', '420324', '420325'];
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

const load = (county: string, round: number) => [
  ...(round === 0 ? [opened()] : []),
  ...[1, 2, 3].map((school) => saved(`${county}000${school}`, String(round))),
  approved(`${county}0001`),
];

describe('Copies of a projector', () => {
  let ledger: TestLedger;
  let compiled: string;
  beforeAll(async () => {
    ledger = await openTestLedger();
    compiled = await compile();
  }, 30_000);
  afterAll(async () => {
    rmSync(compiled, { recursive: true });
    await ledger.close();
  });

  it('share the tenants: each event is folded once', async () => {
    const folded: number[] = [];
    const observer = { folded: ({ events }: { events: number }) => void folded.push(events) };
    const copies = [
      await ledger.projector(countyReturns, { observer }),
      await ledger.projector(countyReturns, { observer }),
    ];
    for (const copy of copies) copy.start();
    for (let round = 0; round < 20; round++)
      await Promise.all(COUNTIES.map((county) => ledger.append(county, load(county, round))));
    await until(async () => (await ledger.live()) === 1 && (await copies[0]?.lag())?.length === 0);
    await Promise.all(copies.map((copy) => copy.stop()));

    expect(folded.reduce((sum, events) => sum + events)).toBe(COUNTIES.length * (20 * 4 + 1));
    expect(await ledger.dump('read_1')).toBe(await rebuilt(ledger));
  }, 30_000);

  it('repeat nothing and lose nothing when they are killed', async () => {
    let appended = 0;
    const loading = { on: true };
    const writing = (async () => {
      for (let round = 20; loading.on; round++)
        for (const county of COUNTIES) appended = await ledger.append(county, load(county, round));
    })();
    for (let life = 0; life < 4; life++) {
      const child = startProcess(compiled, ledger.url('junheng_projector'));
      const before = await positions(ledger);
      await until(async () => (await positions(ledger)) > before + 20);
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    loading.on = false;
    await writing;
    expect(appended).toBeGreaterThan(0);
    const survivor = await ledger.projector(countyReturns);
    await survivor.catchUp();

    expect(await survivor.lag()).toEqual([]);
    const asItCame = await ledger.dump(`read_${await ledger.live()}`);
    expect(await rebuilt(ledger)).toBe(asItCame);
  }, 60_000);

  it('fill the generation of a changed view while queries read the live one', async () => {
    const former = await ledger.live();
    const changed = new ViewCatalogue([{ ...schoolReturns, version: 2 }, openCampaigns, countyTotals]);
    const successor = await ledger.projector(changed, { batchEvents: 2 });
    const reader = new LiveGeneration(ledger.pool('junheng_app'), { fingerprint: 'of an older release' });
    const before = await ledger.dump(`read_${former}`);
    expect(await reader.schema()).toBe(`read_${former}`);
    successor.start();
    await until(async () => {
      expect(await ledger.dump((await reader.schema()) ?? '')).toBe(before);
      return (await ledger.live()) !== former;
    });
    await successor.stop();

    expect(await ledger.dump(`read_${await ledger.live()}`)).toBe(before);
  }, 30_000);

  it('leave the generation of another release alone', async () => {
    const [live, stale] = [await ledger.live(), await ledger.projector(countyReturns)];
    await expect(stale.rebuildTenant('420323')).rejects.toThrow('No generation of these views is live.');
    expect(await ledger.live()).toBe(live);
  });
});

async function rebuilt(ledger: TestLedger): Promise<string> {
  const projector = await ledger.projector(countyReturns);
  await projector.rebuild();
  await projector.catchUp();
  return ledger.dump(`read_${await ledger.live()}`);
}

async function positions({ owner }: TestLedger): Promise<number> {
  const { rows } = await owner.query<{ sum: number }>('SELECT sum(position)::float8 AS sum FROM view.checkpoint');
  return rows[0]?.sum ?? 0;
}

function startProcess(folder: string, url: string): ChildProcess {
  return spawn(process.execPath, [path.join(folder, 'projector-process.fixture.js'), url], { stdio: 'inherit' });
}

/** Node cannot run TypeScript yet, and the build leaves fixtures out. */
async function compile(): Promise<string> {
  const {
    exclude: _,
    $schema: __,
    ...options
  } = JSON.parse(readFileSync(path.join(ROOT, '.swcrc'), 'utf8')) as Options & { $schema?: string };
  const source = path.dirname(fileURLToPath(import.meta.url));
  mkdirSync(path.join(ROOT, 'tmp'), { recursive: true });
  const folder = mkdtempSync(path.join(ROOT, 'tmp', 'views-'));
  for (const file of readdirSync(source).filter((name) => /^(?!.*spec\.ts$).*\.ts$/.test(name))) {
    const { code } = await transform(readFileSync(path.join(source, file), 'utf8'), {
      ...options,
      swcrc: false,
      filename: file,
      sourceMaps: false,
    });
    writeFileSync(path.join(folder, file.replace(/\.ts$/, '.js')), code);
  }
  return folder;
}

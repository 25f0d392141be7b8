import { beforeAll, describe, expect, it } from '@jest/globals';
import { Rational } from '@junheng/kernel';
import { soundFigures } from '@junheng/reporting-domain/testing';
import type { Client } from './client.fixture.js';
import { County } from './county.fixture.js';
import { sharedStack, START_MS } from './stack.fixture.js';
import { until } from './until.fixture.js';

const RETURN = `query ($county: ID!, $school: ID!, $schoolYear: Int!, $atLeast: AtLeast) {
  annualReturn(county: $county, school: $school, schoolYear: $schoolYear, atLeast: $atLeast) {
    status version dueOn figures approvedFigures approvedVersion lock { code lockedBy remedy }
    reasons { field code text } reopening { status reason expiresAt }
    sinceApproval { field before after added } findings { check level fields }
  }
}`;
const BOARD = `query ($county: ID!, $schoolYear: Int!, $basis: String!, $atLeast: AtLeast) {
  countyBoard(county: $county, schoolYear: $schoolYear, basis: $basis, atLeast: $atLeast) {
    basis stages {
      stage pupils completeness { expected reported missing }
      indicators { indicator status mean cv interval { low high } }
    }
  }
}`;

let client: Client;
let county: County;
beforeAll(async () => {
  ({ client } = await sharedStack());
  county = await County.found(client, '610102', 3);
}, START_MS);

/** The newest position that a command of this spec was given. */
let position = 0;
async function done(command: Promise<{ position: number }>) {
  ({ position } = await command);
}

const atLeast = () => ({ tenant: county.code, position });
async function returned(serial: number, account = county.admin) {
  return (await client.ask(account, RETURN, { ...county.at(serial), atLeast: atLeast() })).annualReturn;
}
async function primary(basis = 'current') {
  const variables = { county: county.code, schoolYear: 2013, basis, atLeast: atLeast() };
  const { countyBoard } = await client.ask(county.supervisor, BOARD, variables);
  return countyBoard[0].stages.find(({ stage }: { stage: string }) => stage === 'primary');
}
async function books(basis = 'current') {
  return (await primary(basis)).indicators.find(({ indicator }: { indicator: string }) => indicator === 'books');
}
const ratio = (a: string, b: string) => Rational.of(a).dividedBy(Rational.of(b)).toDecimal(12);

describe('A return', () => {
  it('tells its reporter which field of a wrong section is wrong, and why', async () => {
    const save = (figures: object) =>
      client.refusedCommand(county.reporter(1), 'saveSection', {
        ...county.at(1),
        input: { section: 'resources', figures },
      });
    expect(await save({ books: '-1' })).toMatchObject({ code: 'FIGURE_NEGATIVE', where: 'resources.books' });
    expect(await save({ books: '5400.5' })).toMatchObject({ code: 'FIGURE_TOO_PRECISE', where: 'resources.books' });
    expect(await save({ boks: '5400' })).toMatchObject({
      code: 'FIELD_UNKNOWN',
      where: expect.stringContaining('boks'),
    });
    expect(await save({ books: 5400 })).toMatchObject({ code: 'FIGURE_NOT_A_NUMBER' });
  });

  it('is not submitted while a check refuses it, and names the check and its figures', async () => {
    await done(county.enter(1, { p_enrol: '271' }));
    const refusal = await client.refusedCommand(county.principal(1), 'submitReturn', county.at(1));
    expect(refusal).toMatchObject({
      code: 'RETURN_HAS_ERRORS',
      findings: expect.any(Array),
      remedy: expect.any(String),
    });
    expect(JSON.stringify(refusal['findings'])).toContain('p_enrol');
    await done(county.enter(1));
    expect(await returned(1)).toMatchObject({ status: 'draft', figures: soundFigures, findings: [] });
  });

  it('is submitted by the principal, not by the reporter, and then lies with the county', async () => {
    expect(await client.refusedCommand(county.reporter(1), 'submitReturn', county.at(1))).toMatchObject({
      code: 'FORBIDDEN',
    });
    await done(county.submit(1));
    expect(await returned(1, county.reporter(1))).toMatchObject({
      status: 'submitted',
      lock: { code: 'RETURN_SUBMITTED' },
    });
    const input = { section: 'resources', figures: { books: '1' } };
    const late = await client.refusedCommand(county.reporter(1), 'saveSection', { ...county.at(1), input });
    expect(late).toMatchObject({ code: 'RETURN_SUBMITTED', lockedBy: expect.any(String), remedy: expect.any(String) });
  });

  it('comes back to the school with a reason for each field and a day', async () => {
    const reasons = [{ field: 'books', code: 'DOUBTFUL', text: '与台账不符' }];
    const input = { reasons, dueOn: '2049-12-01' };
    await done(client.command(county.admin, 'returnForCorrection', { ...county.at(1), input }));
    expect(await returned(1, county.principal(1))).toMatchObject({
      status: 'returned',
      reasons,
      dueOn: '2049-12-01',
      lock: null,
    });
  });

  it('is corrected, submitted again and approved', async () => {
    const input = { section: 'resources', figures: { books: '5670' } };
    await done(client.command(county.reporter(1), 'saveSection', { ...county.at(1), input }));
    await done(county.submit(1));
    await done(county.approve(1));
    expect(await returned(1)).toMatchObject({
      status: 'approved',
      approvedFigures: { books: '5670' },
      sinceApproval: [],
    });
  });

  it('shows in the county’s figures from the position of its approval on, as an interval while schools are missing', async () => {
    const { completeness, indicators } = await primary();
    expect(completeness).toEqual({ expected: 3, reported: 1, missing: [county.school(2), county.school(3)] });
    expect(indicators[0]).toMatchObject({
      status: 'incomplete',
      cv: null,
      interval: { low: '0', high: expect.any(String) },
    });
    await done(county.report(2));
    await done(county.report(3, { books: '8100' }));
    const all = await primary();
    expect(all).toMatchObject({ pupils: '810', completeness: { expected: 3, reported: 3, missing: [] } });
    expect(await books()).toMatchObject({ status: 'known', mean: ratio('19170', '810'), interval: null });
  });

  it('answers a command that was decided on an old version with a conflict', async () => {
    const input = { reason: '台账更正', figures: { books: '5671' } };
    const refusal = await client.refusedCommand(county.admin, 'correctReturn', {
      ...county.at(1),
      input,
      expectedVersion: 1,
    });
    expect(refusal).toMatchObject({ code: expect.stringMatching(/CONFLICT/) });
  });
});

describe('A reopening', () => {
  const ask = (account: string) =>
    client.command(account, 'requestReopening', { ...county.at(2), input: { reason: '漏报一间教室' } });
  const grant = (account: string, expiresAt: string) => {
    const args = { ...county.at(2), input: { expiresAt } };
    return client.mutation('approveReopening', args).then((request) => client.send(account, ...request));
  };

  it('needs another person than the one who asks, and an end still to come', async () => {
    await done(ask(county.admin));
    const [own, past] = [
      await grant(county.admin, '2049-01-01T00:00:00Z'),
      await grant(county.admin, '2013-09-02T00:00:00Z'),
    ];
    expect(own.refusals).toMatchObject([{ code: 'REOPENING_SAME_PERSON', lockedBy: 'the four-eyes rule' }]);
    expect(past.refusals).toHaveLength(1);
    const declined = { ...county.at(2), input: { reason: '由学校申请' } };
    await done(client.command(county.admin, 'declineReopening', declined));
    expect(await returned(2)).toMatchObject({ status: 'approved', reopening: null, lock: { code: 'RETURN_APPROVED' } });
  });

  it('ends by itself', async () => {
    await done(ask(county.principal(2)));
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const { data } = await grant(county.admin, expiresAt);
    ({ position } = data.approveReopening);
    let count = 5410;
    const refusal = await until('the end of the reopening', async () => {
      // A figure that stays as it is needs no permission.
      count += 1;
      const args = { ...county.at(2), input: { section: 'resources', figures: { books: String(count) } } };
      const { refusals } = await client.send(county.reporter(2), ...(await client.mutation('saveSection', args)));
      return refusals[0];
    });
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expiresAt));
    expect(refusal).toMatchObject({ code: 'REOPENING_EXPIRED', remedy: expect.any(String), expiresAt });
    expect(await returned(2)).toMatchObject({ reopening: { status: 'expired', expiresAt } });
  });

  it('lets the school change its figures, while the approved ones go on counting until the next approval', async () => {
    await done(ask(county.principal(2)));
    const { data } = await grant(county.admin, '2049-01-01T00:00:00Z');
    ({ position } = data.approveReopening);
    const before = await books();
    await done(
      client.command(county.reporter(2), 'saveSection', {
        ...county.at(2),
        input: { section: 'resources', figures: { books: '5501' } },
      }),
    );
    const open = await returned(2);
    expect(open).toMatchObject({
      approvedFigures: { books: '5400' },
      reopening: { status: 'granted' },
    });
    expect(open.sinceApproval).toEqual([{ field: 'books', before: '5400', after: '5501', added: false }]);
    expect(await books()).toEqual(before);
    await done(county.submit(2));
    await done(county.approve(2));
    expect(await books()).toMatchObject({ mean: ratio('19271', '810') });
  });
});

describe('A sealed snapshot', () => {
  it('keeps its figures while a correction changes the current ones, and says which version it holds', async () => {
    const campaign = { region: county.code, schoolYear: 2013 };
    expect(await client.refusedCommand(county.admin, 'sealSnapshot', campaign)).toMatchObject({
      code: 'CAMPAIGN_NOT_CLOSED',
    });
    await done(client.command(county.admin, 'closeCampaign', campaign));
    await done(client.command(county.admin, 'sealSnapshot', campaign));
    const sealed = await books('sealed-1');
    expect(sealed).toEqual(await books());

    const { approvedVersion } = await returned(3);
    const input = { figures: { books: '8370' }, reason: '重复登记', supersedes: approvedVersion };
    await done(client.command(county.admin, 'correctReturn', { ...county.at(3), input }));
    expect(await books('sealed-1')).toEqual(sealed);
    expect(await books()).toMatchObject({ mean: ratio('19541', '810') });
    expect((await returned(3)).approvedVersion).toBeGreaterThan(approvedVersion);

    const { sealedReturns } = await client.ask(
      county.supervisor,
      `{ sealedReturns(county: "${county.code}", schoolYear: 2013, snapshot: 1) { nodes { school figures version hash } } }`,
    );
    expect(sealedReturns.nodes[2]).toMatchObject({
      school: county.school(3),
      figures: { books: '8100' },
      version: approvedVersion,
    });
    expect(sealedReturns.nodes[0].hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('refuses a correction that was decided on figures corrected since', async () => {
    const input = { figures: { books: '8371' }, reason: '更正', supersedes: 1 };
    const refusal = await client.refusedCommand(county.admin, 'correctReturn', { ...county.at(3), input });
    expect(refusal).toMatchObject({ code: 'FIGURES_SUPERSEDED', lockedBy: expect.stringContaining('version') });
  });
});

describe('The next school year', () => {
  it('stands beside the year before', async () => {
    await done(county.openCampaign(2014));
    for (const serial of [1, 2, 3]) await done(county.report(serial, { books: '8370' }, 2014));
    const { countyBoard } = await client.ask(
      county.supervisor,
      `query ($atLeast: AtLeast) { countyBoard(county: "610102", schoolYear: 2014, atLeast: $atLeast) {
        stages { indicators { indicator mean } } previousStages { stage indicators { indicator mean } } } }`,
      { atLeast: atLeast() },
    );
    const of = (stages: { indicators: { indicator: string; mean: string }[] }[]) =>
      stages[0]!.indicators.find(({ indicator }) => indicator === 'books')!.mean;
    expect(of(countyBoard[0].stages)).toBe('31');
    expect(of(countyBoard[0].previousStages)).toBe(ratio('19541', '810'));
  });
});

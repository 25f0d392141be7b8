import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SchoolFacts } from '@junheng/register-contract';
import type { Figures } from '@junheng/reporting-contract';
import { annualReturnForm, bySection } from '@junheng/reporting-domain';
import { leiguPrimary, soundFigures } from '@junheng/reporting-domain/testing';
import { randomUUID } from 'node:crypto';
import { ReturnOf } from './annual-return.query.js';
import { CampaignFindings } from './campaign-findings.query.js';
import { CampaignProgress } from './campaign-progress.projection.js';
import { Campaigns, ProgressOfCampaign, ReturnsOfCampaign, SealedReturns } from './campaign.query.js';
import { ExportReturns } from './export-returns.query.js';
import { ImportReturns } from './import-returns.handler.js';
import { caller, openReporting, type OpenReporting } from './reporting.fixture.js';

const deadline = '2099-09-20T10:00:00.000Z';
const open = { type: 'OpenCampaign', deadline, scope: {} } as const;
const refused = (code: string) => expect.objectContaining({ code });
const primary = (school: string, name: string): SchoolFacts => ({ ...leiguPrimary, school, name });

let reporting: OpenReporting;
beforeAll(async () => {
  reporting = await openReporting();
  await reporting.region('42', 'province');
});
afterAll(() => reporting.close());

async function county(code: string, ...schools: readonly string[]): Promise<void> {
  await reporting.region(code, 'county');
  for (const school of schools) await reporting.school(code, primary(school, `小学 ${school}`));
}

async function enter(of: readonly [string, string, number], figures: Figures = soundFigures): Promise<void> {
  for (const [section, some] of bySection(annualReturnForm, figures)) {
    await reporting.send(of, { type: 'SaveSection', section, figures: some });
  }
}

async function approve(of: readonly [string, string, number], figures: Figures = soundFigures): Promise<void> {
  await enter(of, figures);
  await reporting.send(of, { type: 'SubmitReturn', explanations: [] });
  await reporting.send(of, { type: 'ApproveReturn' });
}

async function returned([code, school, schoolYear]: readonly [string, string, number], who = caller(code)) {
  await reporting.catchUp();
  return reporting.queries.execute(new ReturnOf({ county: code, school, schoolYear }, who.scope));
}

async function progress(code: string) {
  await reporting.catchUp();
  const args = { region: code, schoolYear: 2013, first: 50 };
  return (await reporting.queries.execute(new ProgressOfCampaign(args, { region: code }))).nodes;
}

describe('A school’s return', () => {
  const of = ['420301', '2142010001', 2013] as const;
  beforeAll(async () => {
    await county('420301', of[1], '2142010002');
    await reporting.campaign('420301', open);
  });

  it('is there before anything is saved, with what the school is asked', async () => {
    const answer = await returned(of);
    expect(answer).toMatchObject({ status: 'missing', version: 0, figures: {}, lock: null, stages: ['primary'] });
    const asked = answer?.form.sections.flatMap(({ fields }) => fields.map(({ id }) => id));
    expect(asked).toContain('p_enrol');
    expect(asked).not.toContain('j_enrol');
  });

  it('goes from saving to approval, and shows what changed since', async () => {
    await approve(of);
    expect(await returned(of)).toMatchObject({
      status: 'approved',
      approvedFigures: soundFigures,
      sinceApproval: [],
      findings: [],
      lock: { code: 'RETURN_APPROVED' },
      lastRole: 'county-admin',
    });
    const [admin, officer] = [caller('420301', undefined, 'admin'), caller('420301', undefined, 'officer')];
    await reporting.send(of, { type: 'RequestReopening', reason: '台账有误', requestedBy: 'officer' }, officer);
    const grant = { type: 'ApproveReopening', expiresAt: '2099-01-01T00:00:00Z' } as const;
    await expect(reporting.send(of, { ...grant, approvedBy: 'officer' }, officer)).rejects.toEqual(
      refused('REOPENING_SAME_PERSON'),
    );
    await reporting.send(of, { ...grant, approvedBy: 'admin' }, admin);
    await reporting.send(of, { type: 'SaveSection', section: 'resources', figures: { books: '5401' } });
    expect(await returned(of)).toMatchObject({
      status: 'draft',
      lock: null,
      reopening: { status: 'granted' },
      sinceApproval: [{ field: 'books', before: '5400', after: '5401', added: false }],
      approvedFigures: { books: '5400' },
    });
  });

  it('answers a command that comes again with its first receipt, whatever the clock says', async () => {
    const id = randomUUID();
    const wish = { type: 'SaveSection', section: 'resources', figures: { computers: '41' } } as const;
    const first = await reporting.send(of, wish, caller('420301'), id);
    expect(await reporting.send(of, wish, caller('420301'), id)).toEqual(first);
    await expect(reporting.send(of, { ...wish, figures: { computers: '42' } }, caller('420301'), id)).rejects.toEqual(
      refused('COMMAND_ID_REUSED'),
    );
  });

  it('is compared with the last year when it is submitted', async () => {
    await reporting.campaign('420301', open, 2014);
    const next = [of[0], of[1], 2014] as const;
    await enter(next, { ...soundFigures, land: '8000' });
    await expect(reporting.send(next, { type: 'SubmitReturn', explanations: [] })).rejects.toMatchObject({
      code: 'EXPLANATION_MISSING',
      details: { findings: [{ check: 'land_falls', previous: { land: '8856' } }] },
    });
    const explanations = [{ check: 'land_falls', field: null, text: '修路征用' }];
    await reporting.send(next, { type: 'SubmitReturn', explanations });
    expect(await returned(next)).toMatchObject({
      status: 'submitted',
      explanations,
      lock: { code: 'RETURN_SUBMITTED' },
    });
  });

  it('shows two sources side by side', async () => {
    const values = [
      { value: '795', source: '差距值一览表' },
      { value: '705', source: '镇长讲话' },
    ];
    await reporting.send(of, { type: 'RecordFigureConflict', field: 'p_enrol', values });
    expect((await returned(of))?.conflicts).toEqual([{ field: 'p_enrol', values }]);
  });

  it('is out of reach for another school, by the handler and by the database', async () => {
    const other = caller('420301', '2142010002');
    const wish = { type: 'SaveSection', section: 'resources', figures: { books: '1' } } as const;
    await expect(reporting.send(of, wish, other)).rejects.toEqual(refused('SCOPE_EXCEEDED'));
    expect(await returned(of, other)).toBeNull();
    expect(await returned(of, caller('420301', of[1]))).toMatchObject({ school: of[1] });
  });

  it('is the same after a rebuild', async () => {
    const before = await returned(of);
    await reporting.rebuild('420301');
    expect(await returned(of)).toEqual(before);
  });
});

describe('A campaign', () => {
  const [one, two, three] = ['2142020001', '2142020002', '2142020003'] as const;
  beforeAll(async () => {
    await county('420302', one, two, three);
    await reporting.campaign('420302', { ...open, scope: { schools: [one, two, three] } });
    await reporting.school('420302', primary('2142020004', '不在范围内'));
    await approve(['420302', one, 2013]);
    await reporting.send(['420302', two, 2013], { type: 'SaveSection', section: 'premises', figures: { land: '1' } });
  });

  it('counts who has come how far', async () => {
    expect(await progress('420302')).toEqual([
      expect.objectContaining({
        expected: 3,
        missing: 1,
        saved: 1,
        submitted: 0,
        returned: 0,
        approved: 1,
        counted: 1,
      }),
    ]);
  });

  it('lists its schools page by page and by status', async () => {
    const args = { county: '420302', schoolYear: 2013, first: 2 };
    const list = (more: object) => new ReturnsOfCampaign({ ...args, ...more }, { region: '420302' });
    const first = await reporting.queries.execute(list({}));
    expect(first.nodes.map(({ school_code }) => school_code)).toEqual([one, two]);
    const rest = await reporting.queries.execute(list({ after: first.pageInfo.endCursor }));
    expect(rest.nodes.map(({ school_code, status }) => [school_code, status])).toEqual([[three, 'missing']]);
    expect((await reporting.queries.execute(list({ status: 'draft' }))).nodes).toMatchObject([{ school_code: two }]);
  });

  it('shows a school its own line only', async () => {
    const args = { county: '420302', schoolYear: 2013, first: 50 };
    const seen = await reporting.queries.execute(new ReturnsOfCampaign(args, { region: '420302', school: two }));
    expect(seen.nodes.map(({ school_code }) => school_code)).toEqual([two]);
    const scope = { region: '420302', school: two };
    expect(await reporting.transaction.run(scope, (manager) => manager.find(CampaignProgress))).toEqual([]);
  });

  it('tells who listens what has changed', async () => {
    const feed = reporting.progress.of({ county: '420302', schoolYear: 2013 }, { region: '420302' });
    expect((await feed.next()).value).toMatchObject({ campaignProgress: { missing: 1, saved: 1 } });
    await reporting.send(['420302', three, 2013], { type: 'SaveSection', section: 'premises', figures: { land: '1' } });
    await reporting.catchUp();
    expect((await feed.next()).value).toMatchObject({ campaignProgress: { missing: 0, saved: 2 } });
    await feed.return(undefined);
  });

  it('freezes what is approved, and a correction gives the next snapshot', async () => {
    await expect(reporting.campaign('420302', { type: 'SealSnapshot' })).rejects.toEqual(
      refused('CAMPAIGN_NOT_CLOSED'),
    );
    await reporting.campaign('420302', { type: 'CloseCampaign' });
    await reporting.catchUp();
    await reporting.campaign('420302', { type: 'SealSnapshot' });
    const correction = { type: 'CorrectReturn', figures: { books: '5300' }, reason: '清点后更正' } as const;
    await reporting.send(['420302', one, 2013], correction);
    await reporting.catchUp();
    await reporting.campaign('420302', { type: 'SealSnapshot' });
    await reporting.catchUp();
    const sealed = async (snapshot: number) => {
      const args = { county: '420302', schoolYear: 2013, snapshot, first: 50 };
      return (await reporting.queries.execute(new SealedReturns(args, { region: '420302' }))).nodes;
    };
    expect(await sealed(1)).toMatchObject([{ school_code: one, figures: soundFigures, version: 8 }]);
    expect(await sealed(2)).toMatchObject([{ school_code: one, figures: { books: '5300' }, version: 9 }]);
    const late = { type: 'SaveSection', section: 'premises', figures: { land: '2' } } as const;
    await expect(reporting.send(['420302', two, 2013], late)).rejects.toEqual(refused('SCHOOL_YEAR_SEALED'));
  });
});

describe('The returns of a county', () => {
  it('show the school that is far from its peers, to the county and not to the school', async () => {
    const schools = [1, 2, 3, 4, 5, 6].map((n) => `214203000${n}`);
    await county('420303', ...schools);
    await reporting.campaign('420303', open);
    for (const [n, school] of schools.entries()) {
      const books = n === 5 ? '40000' : String(5400 + n);
      await enter(['420303', school, 2013], { p_enrol: '270', books });
    }
    await reporting.catchUp();
    const query = (school?: string) =>
      new CampaignFindings({ county: '420303', schoolYear: 2013 }, caller('420303', school).scope);
    expect(await reporting.queries.execute(query())).toMatchObject([
      { school: '2142030006', finding: { check: 'books_unlike_peers', figures: { books: '40000' } } },
    ]);
    expect(await reporting.queries.execute(query('2142030006'))).toEqual([]);
    const answer = await returned(['420303', '2142030006', 2013]);
    expect(answer?.findings.map(({ check }) => check)).toContain('books_unlike_peers');
  });
});

describe('A province’s campaign', () => {
  const campaigns = async (region: string) => {
    await reporting.catchUp();
    const args = { region, schoolYear: 2020, first: 50 };
    return (await reporting.queries.execute(new Campaigns(args, { region }))).nodes;
  };

  it('appears in the counties that it asks, with its form, once', async () => {
    await county('420311');
    await county('420312');
    await reporting.catchUp();
    await reporting.campaign('42', { ...open, scope: { regions: ['420311', '420313'], types: ['primary'] } }, 2020);
    await reporting.catchUp();
    await reporting.process('42');
    await reporting.process('42');
    expect(await campaigns('42')).toMatchObject([
      { tenant_id: '42', opened_at: 'province' },
      { tenant_id: '420311', opened_at: 'province', scope: { types: ['primary'] }, deadline },
    ]);
    expect((await campaigns('420311'))[0]?.form_hash).toBe((await campaigns('42'))[0]?.form_hash);
  });

  it('appears in a county that is registered later', async () => {
    await county('420313');
    await reporting.catchUp();
    await reporting.process('420313');
    expect(await campaigns('420313')).toMatchObject([{ status: 'open', opened_at: 'province' }]);
  });

  it('keeps its deadline to itself and hands on what the province does', async () => {
    const moved = '2099-10-01T00:00:00.000Z';
    const move = { type: 'MoveDeadline', deadline: moved, reason: '暴雨停课' } as const;
    await expect(reporting.campaign('420311', move, 2020)).rejects.toEqual(refused('DEADLINE_SET_BY_PROVINCE'));
    await reporting.campaign('42', move, 2020);
    await reporting.campaign('42', { type: 'CloseCampaign' }, 2020);
    await reporting.process('42');
    expect(await campaigns('420311')).toMatchObject([{ deadline: moved, status: 'closed' }]);
  });
});

describe('A file of returns', () => {
  const [one, two] = ['2142040001', '2142040002'] as const;
  const target = { county: '420304', schoolYear: 2013 };
  const csv = (text: string) => Buffer.from(text).toString('base64');
  const send = (content: string, dryRun: boolean, commandId: string = randomUUID(), who = caller('420304')) =>
    reporting.commands.execute(
      new ImportReturns({ ...target, commandId }, { name: 'returns.csv', content, dryRun }, who),
    );
  beforeAll(async () => {
    await county('420304', one, two);
    await reporting.campaign('420304', open);
    await reporting.send(['420304', one, 2013], { type: 'SaveSection', section: 'resources', figures: { books: '1' } });
  });

  const content = csv(`school,books,land,j_enrol\n${one},5400,8856,\n${two},x,1,\n2142049999,1,1,\n`);

  it('says in a dry run what it would change and what is wrong, and changes nothing', async () => {
    const report = await send(content, true);
    expect(report).toMatchObject({ dryRun: true, saved: 0, position: null });
    expect(report.rows[0]).toMatchObject({
      school: one,
      saved: false,
      errors: [],
      changes: [
        { section: 'resources', field: 'books', before: '1', after: '5400' },
        { section: 'premises', field: 'land', before: undefined, after: '8856' },
      ],
    });
    expect(report.rows[1]?.errors).toMatchObject([{ code: 'CELL_NOT_A_NUMBER', field: 'books' }]);
    expect(report.rows[2]?.errors).toContainEqual(expect.objectContaining({ code: 'SCHOOL_NOT_ASKED' }));
    expect(await returned(['420304', one, 2013])).toMatchObject({ figures: { books: '1' } });
  });

  it('is saved by the rules of a user’s command, once', async () => {
    const commandId = randomUUID();
    const report = await send(content, false, commandId);
    expect(report.rows.map(({ saved }) => saved)).toEqual([true, false, false]);
    const after = await returned(['420304', one, 2013]);
    expect(after).toMatchObject({ figures: { books: '5400', land: '8856' }, version: 3 });
    expect((await send(content, false, commandId)).saved).toBe(0);
    expect((await returned(['420304', one, 2013]))?.version).toBe(3);
  });

  it('cannot reach another school from one school’s account', async () => {
    const report = await send(csv(`school,books\n${two},5\n`), false, randomUUID(), caller('420304', one));
    expect(report.rows[0]).toMatchObject({ saved: false, errors: [{ code: 'FORBIDDEN' }] });
  });

  it.each(['csv', 'xlsx'] as const)('comes out as the template and in again without a change: %s', async (format) => {
    await reporting.catchUp();
    const file = await reporting.queries.execute(new ExportReturns({ ...target, format }, { region: '420304' }));
    expect(file.fileName).toBe(`annual-return-420304-2013.${format}`);
    const report = await send(file.content, true);
    expect(report.errors).toEqual([]);
    expect(report.rows.map(({ school, changes, errors }) => [school, changes, errors])).toEqual([
      [one, [], []],
      [two, [], []],
    ]);
  });
});

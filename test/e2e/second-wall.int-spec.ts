import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Scope, Who } from '@junheng/event-store';
import { OnSchool, RegionOf, Regions, SchoolOf, Schools } from '@junheng/register-feature';
import { annualReturn } from '@junheng/reporting-domain';
import { OnAnnualReturn, OnCampaign, ReturnOf } from '@junheng/reporting-feature';
import { catalogue } from '@junheng/product';
import { policy } from '../../apps/api/src/policy.js';
import { CompareCounties } from '../../libs/evaluation/feature/src/compare-counties.query.js';
import { CountyBoard } from '../../libs/evaluation/feature/src/county-board.query.js';
import { Gaps } from '../../libs/evaluation/feature/src/gaps.query.js';
import { SchoolAssessments } from '../../libs/evaluation/feature/src/school-assessments.query.js';
import { AdoptedStandards } from '../../libs/evaluation/feature/src/standard-list.query.js';
import { CampaignFindings } from '../../libs/reporting/feature/src/campaign-findings.query.js';
import {
  Campaigns,
  FormOfCampaign,
  ProgressOfCampaign,
  ReturnsOfCampaign,
  SealedReturns,
} from '../../libs/reporting/feature/src/campaign.query.js';
import { ExportReturns } from '../../libs/reporting/feature/src/export-returns.query.js';
import { openUnguarded } from './unguarded.fixture.js';

const [COUNTY, OTHER] = ['420323', '340104'];
const [SCHOOL, OTHER_SCHOOL] = ['2142032301', '2142032302'];
const YEAR = { county: COUNTY, schoolYear: 2013 };
const UNDER = { standard: 'cn-basic-2012', basis: 'current', first: 50 };
const PAGE = { first: 50 };
const ofSchool = { county: COUNTY, school: SCHOOL, schoolYear: 2013 };

/** Each query about Zhushan, with whose eyes it is asked. */
const QUERIES: Readonly<Record<string, (scope: Scope) => object>> = {
  regions: (scope) => new Regions({ region: COUNTY, ...PAGE }, scope),
  region: (scope) => new RegionOf({ region: COUNTY }, scope),
  schools: (scope) => new Schools({ county: COUNTY, ...PAGE, orderBy: 'code', status: 'open' } as never, scope),
  school: (scope) => new SchoolOf({ county: COUNTY, school: SCHOOL }, scope),
  compareCounties: (scope) => new CompareCounties({ region: '42', schoolYear: 2013, ...UNDER }, scope),
  countyBoard: (scope) => new CountyBoard({ ...YEAR, basis: 'current' }, scope),
  schoolAssessments: (scope) => new SchoolAssessments({ ...YEAR, ...UNDER, onlyLacking: false }, scope),
  gaps: (scope) => new Gaps({ ...YEAR, ...UNDER, onlyLacking: false }, scope),
  adoptedStandards: (scope) => new AdoptedStandards(COUNTY, scope),
  campaigns: (scope) => new Campaigns({ region: COUNTY, ...PAGE }, scope),
  campaignProgress: (scope) => new ProgressOfCampaign({ region: COUNTY, schoolYear: 2013, ...PAGE }, scope),
  returnForm: (scope) => new FormOfCampaign({ region: COUNTY, schoolYear: 2013 }, scope),
  returns: (scope) => new ReturnsOfCampaign({ ...YEAR, ...PAGE }, scope),
  campaignFindings: (scope) => new CampaignFindings(YEAR, scope),
  annualReturn: (scope) => new ReturnOf(ofSchool, scope),
  sealedReturns: (scope) => new SealedReturns({ ...YEAR, snapshot: 1, ...PAGE }, scope),
  exportReturns: (scope) => new ExportReturns({ ...YEAR, format: 'csv' }, scope),
};

let system: Awaited<ReturnType<typeof openUnguarded>>;
beforeAll(async () => {
  system = await openUnguarded([COUNTY, OTHER]);
  for (const type of ['CloseCampaign', 'SealSnapshot'] as const) {
    const target = { region: COUNTY, schoolYear: 2013, commandId: randomUUID() };
    await system.commands.execute(new OnCampaign(target, { type }, as({ region: COUNTY })));
    await system.catchUp();
  }
}, 180_000);
afterAll(() => system.close());

/** What a query finds, or the code of its refusal. */
async function found(query: object): Promise<unknown> {
  const answer: unknown = await system.queries
    .execute(query as never)
    .catch((error: unknown) => (error as { code?: string }).code);
  if (typeof answer === 'object' && answer !== null && 'nodes' in answer) return answer.nodes;
  return answer;
}
const NOTHING = [null, [], 'NOT_FOUND'];

const as = (scope: Scope): Who => ({ actor: 'a-1', role: 'county-admin', scope, correlationId: 'c-1' });

describe('The second wall', () => {
  it('is tried with every query of the policy but that of standards, which are public', () => {
    const queries = Object.keys(policy).flatMap((operation) => /^Query\.(\w+)/.exec(operation)?.slice(1) ?? []);
    expect(Object.keys(QUERIES).sort()).toEqual(queries.filter((query) => query !== 'standards').sort());
  });
});

describe.each(Object.entries(QUERIES))('%s, asked without the guard', (name, query) => {
  it.each([{ region: OTHER }, { region: '34' }, { region: '-' }, { region: OTHER, school: SCHOOL }])(
    'finds nothing of another’s county for %j',
    async (scope) => {
      expect(NOTHING).toContainEqual(await found(query(scope)));
    },
  );

  it('finds something for who holds the county', async () => {
    // Nothing stands out among the five schools of Leigu.
    if (name !== 'campaignFindings') expect(NOTHING).not.toContainEqual(await found(query({ region: COUNTY })));
  });
});

describe('The rows of every read table', () => {
  const rowsSeen = async (scope: Scope): Promise<{ table: string; tenant: string; school?: string }[]> => {
    const seen = await system.transaction.run(scope, async (manager) => {
      const all = [];
      for (const entity of catalogue.entities) {
        for (const row of (await manager.find(entity)) as { tenant_id: string; school_code?: string }[]) {
          all.push({ table: entity.name, tenant: row.tenant_id, school: row.school_code });
        }
      }
      return all;
    });
    return seen as { table: string; tenant: string; school?: string }[];
  };

  it('are seen by who holds their county, and by nobody else', async () => {
    const all = await rowsSeen({ region: '' });
    expect(new Set(all.map(({ tenant }) => tenant.slice(0, 2)))).toEqual(new Set(['34', '42', '50']));
    for (const region of [COUNTY, OTHER, '42', '3401']) {
      expect(await rowsSeen({ region })).toEqual(all.filter(({ tenant }) => tenant.startsWith(region)));
    }
    expect(await rowsSeen({ region: '-' })).toEqual([]);
  });

  it('about one school are seen by no other school', async () => {
    const seen = await rowsSeen({ region: COUNTY, school: SCHOOL });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(({ tenant, school }) => tenant !== COUNTY || (school ?? SCHOOL) !== SCHOOL)).toEqual([]);
  });

  it('about a whole county’s results are seen by no school', async () => {
    const tables = new Set((await rowsSeen({ region: COUNTY, school: SCHOOL })).map(({ table }) => table));
    for (const table of ['CountyAssessmentRow', 'CampaignProgress']) expect(tables).not.toContain(table);
  });
});

describe('The ledger, written to without the guard', () => {
  const heads = async () => (await system.owner.query('SELECT tenant_id, head FROM ledger.tenant ORDER BY 1')).rows;
  const commandLog = async () => (await system.owner.query('SELECT count(*)::int AS n FROM ledger.command')).rows[0].n;
  const note = { type: 'AttachNote', note: 'n-1', field: null, text: '核对过' } as const;
  const target = { county: COUNTY, school: SCHOOL, schoolYear: 2013 };
  const command = { commandId: randomUUID() };

  it.each([
    ['a return', (who: Who) => new OnAnnualReturn({ ...target, ...command }, note, who)],
    [
      'a campaign',
      (who: Who) =>
        new OnCampaign(
          { region: COUNTY, schoolYear: 2013, ...command },
          { type: 'MoveDeadline', deadline: '2050-01-01T00:00:00Z', reason: '延期' },
          who,
        ),
    ],
    [
      'a school',
      (who: Who) =>
        new OnSchool(
          { county: COUNTY, school: SCHOOL, ...command },
          { type: 'RenameSchool', school: SCHOOL, name: '新名小学', effectiveOn: '2014-09-01' } as never,
          who,
        ),
    ],
  ])('refuses %s to who does not hold it, and keeps no trace of it', async (_, envelope) => {
    const before = [await heads(), await commandLog()];
    const strangers: Scope[] = [
      { region: OTHER },
      { region: '34' },
      { region: '-' },
      { region: COUNTY, school: OTHER_SCHOOL },
    ];
    for (const scope of strangers) {
      const refusal: unknown = await system.commands.execute(envelope(as(scope))).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'SCOPE_EXCEEDED' });
    }
    expect([await heads(), await commandLog()]).toEqual(before);
  });

  it('shows no stream to who does not hold it', async () => {
    const load = (scope: Scope) => system.store.load(annualReturn, COUNTY, 'annualReturn', `${SCHOOL}-2013`, scope);
    expect((await load({ region: COUNTY, school: SCHOOL })).version).toBeGreaterThan(0);
    for (const scope of [{ region: OTHER }, { region: '-' }, { region: COUNTY, school: OTHER_SCHOOL }]) {
      await expect(load(scope)).rejects.toMatchObject({ code: 'SCOPE_EXCEEDED' });
    }
  });
});

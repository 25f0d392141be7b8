import { derivation } from '@junheng/views';
import { factsOn, isInScope } from '@junheng/reporting-domain';
import { CampaignProgress, CampaignSchool } from './campaign-progress.projection.js';
import { Campaign } from './campaign.projection.js';
import { ReportedSchool } from './reported-school.projection.js';
import type { ReturnStatus } from './reporting.enums.js';
import { ReturnStanding } from './return-standing.projection.js';

interface Group {
  readonly tenant_id: string;
  readonly school_year?: number;
}

/** Who is asked follows from the register as of the campaign's day; who has answered, from the returns. */
export const campaignProgress = derivation({
  name: 'campaign-progress',
  version: 1,
  tables: [CampaignProgress, CampaignSchool],
  from: [Campaign, ReportedSchool, ReturnStanding],

  group(row): Group {
    const { tenant_id } = row;
    return 'school_year' in row ? { tenant_id, school_year: row.school_year } : { tenant_id };
  },

  async compute(group: Group, read) {
    const { tenant_id } = group;
    const [campaigns, schools, standings] = await Promise.all([
      read.find(Campaign, group),
      read.find(ReportedSchool, { tenant_id }),
      read.find(ReturnStanding, group),
    ]);
    const asked = campaigns.flatMap((campaign) => askedBy(campaign, schools, standings));
    return [
      {
        table: CampaignProgress,
        rows: campaigns.map(({ school_year }) => ({
          tenant_id,
          school_year,
          ...counts(asked.filter((school) => school.school_year === school_year)),
        })),
      },
      { table: CampaignSchool, rows: asked },
    ];
  },
});

function askedBy(
  { tenant_id, school_year, as_of, scope }: Campaign,
  schools: readonly ReportedSchool[],
  standings: readonly ReturnStanding[],
): CampaignSchool[] {
  const ofYear = standings.filter((row) => row.school_year === school_year);
  const bySchool = new Map(ofYear.map((row) => [row.school_code, row]));
  return schools.flatMap(({ school_code, history }) => {
    const facts = factsOn(history, as_of);
    if (!facts || !isInScope({ scope }, facts)) return [];
    const { name, schoolType: school_type, stages, cluster } = facts;
    const { status = 'missing', counted = false } = bySchool.get(school_code) ?? {};
    return [{ tenant_id, school_year, school_code, name, school_type, stages, cluster, status, counted }];
  });
}

function counts(asked: readonly CampaignSchool[]) {
  const count = (status: ReturnStatus) => asked.filter((school) => school.status === status).length;
  return {
    expected: asked.length,
    missing: count('missing'),
    saved: count('draft'),
    submitted: count('submitted'),
    returned: count('returned'),
    approved: count('approved'),
    counted: asked.filter(({ counted }) => counted).length,
  };
}
